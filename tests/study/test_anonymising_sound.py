"""Sound that was left in a place that names someone is found with the key, and after restoring."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.errors import WrongUseError
from kodebok.storage import encrypted, recordings
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.anonymising_preview import preview_apply
from kodebok.study.anonymising_restore import restore_originals
from kodebok.study.ending import EndStep, plan_end, take_step
from kodebok.study.opening import Study
from kodebok.study.recorded import SoundRequest, admit_sound
from kodebok.study.sound_deletion import delete_sound, look_before_deleting
from kodebok.study.sound_in_key import hidden_place, told_place
from kodebok.study.unlocking import unlock
from tests.builders import add_interview
from tests.study.anonymised import (
    PASSPHRASE,
    add_entity,
    new_study,
    opened_again,
    quick_decrypt,
    quick_encrypt,
    traces_of,
)


@pytest.fixture(autouse=True)
def key_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "user-data"))
    monkeypatch.delenv("KODEBOK_PASSPHRASE", raising=False)


def write_silence(path: Path) -> None:
    with wave.open(str(path), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(16_000)
        stream.writeframes(b"\0\0" * 16_000)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "lyd" / "Solfrid Bakkemo.wav"
    path.parent.mkdir()
    write_silence(path)
    return path


@pytest.fixture
def study(tmp_path: Path, sound: Path) -> Iterator[Study]:
    with new_study(tmp_path / "study") as made:
        add_interview(made.store, "R: Solfrid kommer.", "I1")
        add_entity(made, "Solfrid Bakkemo", "Gunn Lillevik", "Solfrid")
        admit_sound(made, sound, SoundRequest(in_place=True))
        yield made


def place_of(study: Study) -> Path:
    (known,) = recordings.load_recordings(study.store)
    return Path(told_place(study, known).path)


def test_the_place_is_in_the_key_alone_and_found_with_it(study: Study, sound: Path) -> None:
    assert all(one.table != "recordings" or one.column != "path" for one in preview_apply(study))
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    assert traces_of(study.folder, "Solfrid", "Bakkemo") == []
    assert place_of(study) == sound
    with opened_again(study) as again:
        with pytest.raises(WrongUseError, match="K946"):
            place_of(again)
        unlock(again, PASSPHRASE)
        assert place_of(again) == sound
        apply_anonymisation(again, again.key)
        assert place_of(again) == sound


def test_the_place_comes_back_with_the_originals(study: Study, sound: Path) -> None:
    key = unlock(study, PASSPHRASE)
    apply_anonymisation(study, key)
    add_interview(study.store, "R: Noe mer.", "I2")
    assert not restore_originals(study, key).is_undone
    (known,) = recordings.load_recordings(study.store)
    assert known.path == str(sound)


def test_sound_whose_place_the_key_knows_is_deleted_with_the_key_open(
    study: Study, sound: Path
) -> None:
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    (known,) = recordings.load_recordings(study.store)
    delete_sound(study, look_before_deleting(study, known.id))
    assert not sound.exists()


def test_sound_among_the_studys_own_is_counted_once_at_the_end_with_the_key_open(
    tmp_path: Path,
) -> None:
    with new_study(tmp_path / "other") as study:
        sound = study.folder / "audio" / "Solfrid Bakkemo.wav"
        write_silence(sound)
        add_interview(study.store, "R: Solfrid kommer.", "I1")
        add_entity(study, "Solfrid Bakkemo", "Gunn Lillevik", "Solfrid")
        admit_sound(study, sound, SoundRequest(in_place=True))
        apply_anonymisation(study, unlock(study, PASSPHRASE))
        (known,) = recordings.load_recordings(study.store)
        assert known.path == hidden_place(known.id)
        assert sound_at_the_end(study) == (known.name,)
        with opened_again(study) as again:
            assert sound_at_the_end(again) == (known.name, sound.name)
            with pytest.raises(WrongUseError, match="K946"):
                take_step(again, EndStep.SOUND)
            assert sound.exists()
            unlock(again, PASSPHRASE)
            take_step(again, EndStep.SOUND)
            assert sound_at_the_end(again) == ()
            assert not sound.exists()


def sound_at_the_end(study: Study) -> tuple[str, ...]:
    return next(work.things for work in plan_end(study) if work.step is EndStep.SOUND)
