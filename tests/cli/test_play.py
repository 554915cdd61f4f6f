"""`kodebok play` and `kodebok sources sound`: heard, cut out, and deleted for good."""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kodebok.cli import recordings_view
from kodebok.domain.recording import chunk_row
from kodebok.jobs.players import open_player
from kodebok.jobs.stages import STAGES
from kodebok.study import playing, recorded
from tests.cli.conftest import Run
from tests.study.fake_sound import ROOT, make_chunk

LINES = ["0> hva er bra", "1> Kari sier at morgenmøtet er bra"]


def hear(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A stage that hears these lines in whatever sound it is given."""
    bounds = [[0, 9_000], [10_000, 19_000]]
    told = {"duration_ms": 20_000, "speech": bounds, "chunks": bounds, "engine": "fake"}
    yield {"plan": {**told, "broken": False}}
    for number, line in enumerate(LINES):
        yield {"chunk": chunk_row(make_chunk(number, line))}


@pytest.fixture
def heard(empty: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one line in a study with a transcribed recording of twenty seconds."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setitem(STAGES, "transcribe", "tests.cli.test_play:hear")
    monkeypatch.setattr(recorded, "check_model", lambda _name: None)
    monkeypatch.setattr(playing, "open_player", lambda p, _o: open_player(p, ("--ao=null",)))
    with wave.open(str(tmp_path / "I1.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        tone = (int(8_000 * math.sin(i / 20)) for i in range(16_000 * 20))
        out.writeframes(b"".join(struct.pack("<h", value) for value in tone))
    assert empty("transcribe", tmp_path / "I1.wav", "--speakers", 1).code == 0
    assert empty("quote", "choose", "--source", "I1", "--text", "morgenmøtet er bra").code == 0
    return empty


def samples(path: Path) -> list[int]:
    with wave.open(io.BytesIO(path.read_bytes())) as sound:
        content = sound.readframes(sound.getnframes())
    return list(struct.unpack(f"<{len(content) // 2}h", content))


def test_a_quote_is_played_and_counts_as_heard_when_that_is_said(heard: Run) -> None:
    (before,) = heard("quote", "--json").items
    assert before["heard"] is False
    answer = heard("play", "1", "--heard")
    assert answer.code == 0, answer.err
    assert "Playing from 0:00:11" in answer.err
    assert heard("quote", "--json").items[0]["heard"] is True
    assert "noted already" in heard("play", "1", "--heard", "--no-sound").err
    assert "Taken back" in heard("play", "1", "--not-heard").err
    assert heard("quote", "--json").items[0]["heard"] is False


def test_a_part_of_a_source_is_heard_by_its_words(heard: Run) -> None:
    line = ("play", "I1", "--text", "morgenmøtet er bra", "--heard", "--no-sound")
    assert heard(*line).code == 0
    assert heard("quote", "--json").items[0]["heard"] is True


def test_a_passage_is_played_slower_from_a_time(heard: Run) -> None:
    answer = heard("play", "I1", "--from", "0:19.5", "--speed", "2")
    assert answer.code == 0
    assert "Playing from 0:00:19" in answer.err


def test_an_unheard_quote_is_never_called_verbatim(heard: Run, tmp_path: Path) -> None:
    (item,) = heard("quote", "--json").items
    assert item["degree"] == "unheard"
    answer = heard("export", "word", "-o", tmp_path / "k.docx")
    assert "machine transcript" in answer.err
    heard("play", "1", "--heard", "--no-sound")
    assert heard("quote", "--json").items[0]["degree"] == "verbatim"
    again = heard("export", "word", "-o", tmp_path / "k2.docx")
    assert "machine transcript" not in again.err


@pytest.mark.parametrize("ending", ["wav", "ogg", "mp3"])
def test_a_passage_is_cut_out_as_a_file(heard: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"klipp.{ending}"
    answer = heard("play", "1", "--clip", path)
    assert answer.code == 0, answer.err
    assert answer.out.strip() == str(path)
    assert path.stat().st_size > 1_000
    assert heard("play", "1", "--clip", path).code == 2
    assert heard("play", "1", "--clip", path, "--overwrite").code == 0


def test_a_clip_is_as_long_as_its_passage_and_silent_where_it_is_muted(
    heard: Run, tmp_path: Path
) -> None:
    path = tmp_path / "klipp.wav"
    assert heard("play", "1", "--clip", path, "--mute", "0:11.5-0:12").code == 0
    sound = samples(path)
    assert len(sound) == round((0.15 + 1.45 + 0.15) * 48_000)
    begin = round(0.15 * 48_000)
    assert max(map(abs, sound[: begin - 100])) > 7_000
    assert max(map(abs, sound[begin + 10 : begin + 24_000 - 10])) == 0
    assert max(map(abs, sound[begin + 24_100 :])) > 7_000


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("play", "nobody"), "K521"),
        (("play", "1", "--clip", "klipp.flac"), "K525"),
        (("play", "1", "--clip", "k.wav", "--mute", "2"), "K664"),
        (("play", "1", "--clip", "k.wav", "--mute", "12-11"), "K665"),
        (("play", "I1", "--from", "noon"), "K664"),
        (("sources", "sound", "--delete"), "K667"),
        (("sources", "sound", "nobody", "--delete"), "K529"),
    ],
)
def test_what_cannot_be_done_is_said(heard: Run, words: tuple[str, ...], code: str) -> None:
    answer = heard(*words)
    assert answer.code == 2
    assert code in answer.err


def test_a_source_without_sound_says_so(heard: Run, material: Path) -> None:
    heard("import", material / "I2.txt", "--yes")
    answer = heard("play", "I2")
    assert answer.code == 2
    assert "K522" in answer.err


def test_sound_is_listed_with_where_it_lies(heard: Run, tmp_path: Path) -> None:
    (item,) = heard("sources", "sound", "--json").items
    assert (tmp_path / "study" / item["path"]).is_file()
    assert heard("sources", "sound", "I1", "--json").items == [item]


def test_deleting_needs_a_terminal_whatever_yes_says(heard: Run) -> None:
    answer = heard("sources", "sound", "I1", "--delete", "--yes")
    assert answer.code == 2
    assert "K666" in answer.err


def test_deleting_lists_unheard_quotes_asks_and_leaves_a_receipt(
    heard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings_view, "can_ask", lambda: True)
    (item,) = heard("sources", "sound", "--json").items
    path = tmp_path / "study" / item["path"]
    refused = heard("sources", "sound", "I1", "--delete", stdin="ja\n")
    assert "Nothing was changed." in refused.err
    assert path.is_file()
    answer = heard("sources", "sound", "I1", "--delete", stdin="delete\n")
    assert answer.code == 0, answer.err
    assert "1 chosen quote was never compared" in answer.err
    assert "morgenmøtet er bra" in answer.out
    assert "only an encrypted" in answer.err
    assert not path.exists()
    (left,) = heard("sources", "sound", "--json").items
    assert (left["state"], left["name"], left["path"]) == ("deleted", "", "")
    last = heard("history", "--json").items[0]
    assert last["kind"] == "sound.delete"
    assert "I1" not in str(last)
    played = heard("play", "1")
    assert "K956" in played.err
    assert heard("sources", "sound", "I1", "--delete", stdin="delete\n").code == 2


def test_undo_does_not_bring_deleted_sound_back(
    heard: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings_view, "can_ask", lambda: True)
    assert heard("sources", "sound", "I1", "--delete", stdin="delete\n").code == 0
    assert "chose a quote" in heard("undo").err
    assert heard("sources", "sound", "--json").items[0]["state"] == "deleted"
