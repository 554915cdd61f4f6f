"""Captions, ELAN and Praat: the words with the times at which they are spoken."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from kodebok.coding.marking import put_mark
from kodebok.domain.recording import WordTime
from kodebok.domain.span import Span
from kodebok.domain.verbatim import MarkKind
from kodebok.errors import WrongUseError
from kodebok.sources.options import ReadOptions
from kodebok.sources.reading import read_file
from kodebok.storage import sounding, sources
from kodebok.study.exporting import ExportKind, ExportOptions, make_export
from kodebok.study.opening import Study, create_study
from tests.builders import add_interview, coder_of, span_of

SPOKEN = """\
Kari&Co: hva er bra
Ola: det er <bra> "nok" til at alle kommer hver uke og blir lenge etter at møtet er over
Kari&Co: ja"""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with create_study(tmp_path / "study", "Prøve", coder="Kari") as made:
        yield made


@pytest.fixture
def source(study: Study) -> str:
    source_id = add_interview(study.store, SPOKEN, "I1")
    text = sources.load_text(study.store, source_id)
    words = [Span(m.start(), m.end()) for m in re.finditer(r"\S+", text)]
    ids = sources.new_turn_ids(len(words))
    with study.store.act("times", coder_of(study.store)) as act:
        sounding.add_word_times(
            act,
            [
                WordTime(key, source_id, w.start, w.end, n * 600, n * 600 + 500, 0.9)
                for n, (key, w) in enumerate(zip(ids, words, strict=True))
            ],
        )
    return source_id


def make(study: Study, form: str, view: str = "") -> bytes:
    options = ExportOptions(source="I1", format=form, view=view)
    return make_export(study, ExportKind.CAPTIONS, options).content


@pytest.mark.parametrize("form", ["vtt", "srt"])
def test_captions_are_short_and_hold_every_word(
    study: Study, source: str, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"c.{form}"
    path.write_bytes(make(study, form))
    shown = path.read_text(encoding="utf-8")
    times = re.findall(r"(\d+):(\d+):(\d+)[.,](\d+) --> (\d+):(\d+):(\d+)[.,](\d+)", shown)
    starts = [int(t[2]) * 1_000 + int(t[3]) + int(t[1]) * 60_000 for t in times]
    ends = [int(t[6]) * 1_000 + int(t[7]) + int(t[5]) * 60_000 for t in times]
    assert starts == sorted(starts)
    assert all(0 < end - start <= 7_000 for start, end in zip(starts, ends, strict=True))
    (arrival,) = read_file(path, ReadOptions())
    said = " ".join(turn.text for turn in arrival.turns)
    spoken = sources.load_text(study.store, source)
    if form == "srt":  # it knows no way to write such a sign, and its readers pass over it
        spoken = spoken.replace("<bra>", "")
    assert said.split() == spoken.split()
    assert arrival.turns[0].start_ms == 0


def test_a_voice_in_webvtt_is_escaped(study: Study, source: str) -> None:
    shown = make(study, "vtt").decode()
    assert shown.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.700\n<v Kari&amp;Co>hva er bra\n")
    assert "&lt;bra&gt;" in shown


def test_elan_gets_a_tier_for_each_voice(study: Study, source: str) -> None:
    root = etree.fromstring(make(study, "eaf"))
    assert [child.tag for child in root] == [
        *("HEADER", "TIME_ORDER", "TIER", "TIER", "LINGUISTIC_TYPE")
    ]
    slots = {s.get("TIME_SLOT_ID"): int(s.get("TIME_VALUE")) for s in root.iter("TIME_SLOT")}
    assert list(slots.values()) == sorted(slots.values())
    tiers = {tier.get("TIER_ID"): tier for tier in root.iter("TIER")}
    assert list(tiers) == ["Kari&Co", "Ola"]
    told = [
        (slots[a.get("TIME_SLOT_REF1")], slots[a.get("TIME_SLOT_REF2")], a.findtext("*"))
        for a in tiers["Kari&Co"].iter("ALIGNABLE_ANNOTATION")
    ]
    assert told == [(0, 1_700, "hva er bra"), (12_600, 13_100, "ja")]
    assert str(study.folder) not in etree.tostring(root, encoding="unicode")


def test_praat_gets_tiers_without_gaps(study: Study, source: str) -> None:
    shown = make(study, "textgrid").decode("utf-8")
    assert shown.startswith('File type = "ooTextFile"\nObject class = "TextGrid"\n')
    assert '<bra> ""nok"" til' in shown
    end = float(re.search(r"^xmax = ([\d.]+)", shown, re.MULTILINE)[1])
    for tier in shown.split("    item [")[1:]:
        if not tier[0].isdigit():
            continue
        intervals = re.findall(
            r"intervals \[\d+\]:\s+xmin = ([\d.]+)\s+xmax = ([\d.]+)\s+text = \"(.*)\"", tier
        )
        borders = [(float(a), float(b)) for a, b, _text in intervals]
        assert borders[0][0] == 0
        assert borders[-1][1] == end
        assert all(a[1] == b[0] for a, b in pairwise(borders))
        assert all(a < b for a, b in borders)


def test_a_transcript_with_times_of_turns_alone_has_captions_too(study: Study) -> None:
    source_id = add_interview(study.store, SPOKEN, "I1")
    turns = sources.load_turns(study.store, source_id)
    with study.store.act("times", coder_of(study.store)) as act:
        for number, turn in enumerate(turns):
            act.update("turns", turn.id, start_ms=number * 5_000)
    shown = make(study, "srt").decode()
    assert "1\n00:00:00,000 --> 00:00:05,000\n" in shown
    assert "3\n00:00:10,000 --> 00:00:12,000\n" in shown


def test_a_source_without_times_says_so(study: Study) -> None:
    add_interview(study.store, SPOKEN, "I1")
    with pytest.raises(WrongUseError, match="K430"):
        make(study, "vtt")


def test_a_transcript_is_printed_verbatim_clean_or_readable(study: Study, source: str) -> None:
    put_mark(
        study.store, study.coder.id, source, span_of(study.store, source, "er bra"),
        MarkKind.SOUND, "ler",
    )  # fmt: skip

    def text(view: str) -> str:
        options = ExportOptions(source="I1", view=view)
        return make_export(study, ExportKind.TEXT, options).content.decode()

    assert "hva er bra [ler]\n" in text("")
    assert "hva er bra\n" in text("clean")
    assert "Hva er bra.\n" in text("readable")
    assert "hva er bra [ler]" in make(study, "vtt", "verbatim").decode()


def test_a_transcript_for_word_has_its_voices_and_marks(study: Study, source: str) -> None:
    options = ExportOptions(source="I1", format="docx", view="readable")
    content = make_export(study, ExportKind.TEXT, options).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    assert "Hva er bra." in body
    assert "Kari&amp;Co: " in body
