"""The end of a study, step by step, as its card says: what there is to do, and doing it.

A step is noted when it is done, so that the end goes on where it was broken off. Each may be done
twice.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kodebok.anonymise.key_file import overwrite_and_remove
from kodebok.coding.hearing import unheard_quotes
from kodebok.domain.card import Afterwards
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.paths import DATABASE_NAME, PROJECT_FOLDERS, SETTINGS_NAME, user_state_dir
from kodebok.storage import anonymisation, recordings
from kodebok.storage.copies import COPIES_FOLDER
from kodebok.storage.ending import EndRecord, load_end, note_end
from kodebok.storage.scrubbing import scrub
from kodebok.storage.sealing import KeyPart
from kodebok.study.anonymising_files import open_leftovers, settle_leftover
from kodebok.study.card import load_card
from kodebok.study.key_acts import destroy_key
from kodebok.study.opening import Study
from kodebok.study.recorded import list_recordings
from kodebok.study.sound_deletion import delete_sound, look_before_deleting
from kodebok.study.sound_files import SOUND_FOLDER, delete_file
from kodebok.study.sound_in_key import told_place
from kodebok.study.unlocking import has_key_file, key_path

_ = translator("study")

END_KIND = "study.end"
DONE, SKIPPED = "done", "skipped"
ORIGINALS_FOLDER = "transcripts"


class EndStep(StrEnum):
    """The steps, in their order."""

    QUOTES = "quotes"
    SOUND = "sound"
    ORIGINALS = "originals"
    KEY = "key"
    COPIES = "copies"
    OUTSIDE = "outside"


# Steps that are open again when something came in after them.
_TAKEN_ANEW = frozenset({EndStep.SOUND, EndStep.ORIGINALS})


@dataclass(frozen=True, slots=True)
class EndWork:
    """What a step has to do.

    Attributes:
        things: Names of what goes, or of what is to be seen to; for the user's own eyes.
        record: What was noted of it before; None when it was not taken yet.
    """

    step: EndStep
    things: tuple[str, ...]
    record: EndRecord | None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be taken; one after which something came in again is, too."""
        if self.record is None:
            return True
        return self.step in _TAKEN_ANEW and bool(self.things) and self.record.state == DONE


def plan_end(study: Study) -> list[EndWork]:
    """All steps with what each has to do now; nothing is changed."""
    noted = load_end(study.store)
    return [EndWork(step, tuple(_THINGS[step](study)), noted.get(step)) for step in EndStep]


def next_step(study: Study) -> EndWork | None:
    """The first step that is still open; None when all are taken."""
    return next((work for work in plan_end(study) if work.is_open), None)


def take_step(study: Study, step: EndStep, key_parts: frozenset[KeyPart] = frozenset()) -> None:
    """Take a step, for good, and note it.

    Args:
        study: The study.
        step: Which.
        key_parts: What is destroyed of the key, in that step; nothing keeps it.

    Raises:
        WrongUseError: The passphrase is needed for a part of the key alone (K845).
        KodebokError: Something could not be deleted (K577, K958); the step stays open.
    """
    if step is EndStep.SOUND:
        _delete_all_sound(study)
    elif step is EndStep.ORIGINALS:
        _delete_originals(study)
    elif step is EndStep.KEY and key_parts:
        _destroy(study, key_parts)
    elif step is EndStep.OUTSIDE:
        forget_outside(study)
    note(study, step, DONE)
    scrub(study.store)


def skip_step(study: Study, step: EndStep, why: str = "") -> None:
    """Note that a step is left out, and why."""
    note(study, step, SKIPPED, why)


def note(study: Study, record_id: str, state: str, why: str = "") -> None:
    """Note a step or an answer; once the copies are gone, none is kept of what follows."""
    with study.store.act(END_KIND, study.coder.id, study.project().id) as act:
        note_end(act, record_id, state, why.strip())
    copies = load_end(study.store).get(EndStep.COPIES)
    if copies is not None and copies.state == DONE:
        shutil.rmtree(study.folder / COPIES_FOLDER, ignore_errors=True)


def _unheard(study: Study) -> Iterator[str]:
    if any(not one.deleted_at for one in recordings.load_recordings(study.store)):
        for quote in unheard_quotes(study.store):
            yield quote.text


def _sound(study: Study) -> Iterator[str]:
    for known in list_recordings(study.store):
        if not known.recording.deleted_at:
            yield known.recording.name
    told = _known_sound(study)
    yield from (path.name for path in _files_in(study.folder / SOUND_FOLDER) if path not in told)


def _known_sound(study: Study) -> set[Path]:
    """Where sound lies that has a name in the study; a place in a locked key is not told."""
    told = set()
    for one in recordings.load_recordings(study.store):
        if one.path and not one.deleted_at:
            with suppress(WrongUseError):
                told.add(study.folder / told_place(study, one).path)
    return told


def _originals(study: Study) -> Iterator[str]:
    for path in _files_in(study.folder / ORIGINALS_FOLDER):
        yield path.relative_to(study.folder).as_posix()
    for one in open_leftovers(study):
        if one.path.parent.name != ORIGINALS_FOLDER:
            yield one.path.relative_to(study.folder).as_posix()


def _key(study: Study) -> Iterator[str]:
    state = anonymisation.load_state(study.store)
    if not state.revision:
        return
    if not state.no_replacements:
        yield _("replacements: which names stand behind what is in the text")
    if not state.no_persons:
        yield _("persons: who the participants are")


def _copies(study: Study) -> Iterator[str]:
    yield from (path.name for path in _files_in(study.folder / COPIES_FOLDER))


def _outside(study: Study) -> Iterator[str]:
    project_id = study.project().id
    for path in _files_in(user_state_dir()):
        with suppress(OSError, ValueError):
            text = path.read_text(encoding="utf-8")
            if project_id in text or str(study.folder) in text:
                yield path.name


_THINGS = {
    EndStep.QUOTES: _unheard,
    EndStep.SOUND: _sound,
    EndStep.ORIGINALS: _originals,
    EndStep.KEY: _key,
    EndStep.COPIES: _copies,
    EndStep.OUTSIDE: _outside,
}


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def _delete_all_sound(study: Study) -> None:
    for known in list_recordings(study.store):
        if not known.recording.deleted_at:
            delete_sound(study, look_before_deleting(study, known.recording.id))
    for path in _files_in(study.folder / SOUND_FOLDER):
        delete_file(path)


def _delete_originals(study: Study) -> None:
    for one in open_leftovers(study):
        settle_leftover(study, str(one.path), delete=True)
    for path in _files_in(study.folder / ORIGINALS_FOLDER):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise KodebokError(
                _("{file} could not be deleted", file=path.name),
                _("close it in other programs, and do it again"),
                "K577",
            ) from error


def _destroy(study: Study, parts: frozenset[KeyPart]) -> None:
    state = anonymisation.load_state(study.store)
    gone = {KeyPart.REPLACEMENTS: state.no_replacements, KeyPart.PERSONS: state.no_persons}
    left = frozenset(part for part in parts if not gone[part])
    if state.revision and left:
        destroy_key(study, left, study.key)


def forget_outside(study: Study) -> None:
    """Forget the study in what kodebok keeps between sittings: folders and ids."""
    wanted = {study.project().id, str(study.folder)}
    for path in _files_in(user_state_dir()):
        if path.suffix != ".json":
            _forget_log(path, wanted)
            continue
        with suppress(OSError, ValueError):
            content = json.loads(path.read_text(encoding="utf-8"))
            path.write_text(json.dumps(_without(content, wanted)), encoding="utf-8")


def _forget_log(path: Path, wanted: set[str]) -> None:
    """A log or a crash report that names the study's folder goes as a whole."""
    with suppress(OSError, ValueError):
        text = path.read_text(encoding="utf-8")
        if any(word in text for word in wanted):
            path.unlink()


def _without(content: object, wanted: set[str]) -> object:
    if isinstance(content, dict):
        return {key: _without(value, wanted) for key, value in content.items() if key not in wanted}
    if isinstance(content, list):
        return [_without(item, wanted) for item in content if item not in wanted]
    return content


def default_key_parts(study: Study) -> frozenset[KeyPart]:
    """What the card says of the key: it is kept only for an archive."""
    if load_card(study).afterwards is Afterwards.ARCHIVE or not has_key_file(study):
        return frozenset()
    return frozenset(KeyPart)


def check_may_delete(study: Study) -> None:
    """See that the whole study may be deleted: only where the card says so, after all steps.

    Raises:
        WrongUseError: The card says otherwise (K579), or a step is open (K580).
    """
    if load_card(study).afterwards is not Afterwards.DELETE:
        raise WrongUseError(
            _("the card does not say that everything is deleted"),
            _("write it there first: 'kodebok card set --afterwards delete'"),
            "K579",
        )
    if next_step(study) is not None:
        raise WrongUseError(
            _("a step of the end is still open"), _("go on with 'kodebok end-project'"), "K580"
        )


def delete_study(study: Study) -> None:
    """Delete the study's own files, for good; others in the folder stay, and the folder with them.

    Raises:
        WrongUseError: The card says otherwise (K579), or a step is open (K580).
        KodebokError: Something could not be deleted (K577).
    """
    check_may_delete(study)
    folder = study.folder
    keys = [key_path(study), key_path(study).with_name(key_path(study).name + ".before")]
    forget_outside(study)
    study.close()
    own = [path for path in folder.glob(f"{DATABASE_NAME}*") if path.is_file()]
    try:
        for path in (*own, *keys, folder / SETTINGS_NAME):
            if path.is_file():
                overwrite_and_remove(path)
        for name in (*PROJECT_FOLDERS, COPIES_FOLDER):
            if (folder / name).is_dir():
                shutil.rmtree(folder / name)
        if not any(folder.iterdir()):
            folder.rmdir()
    except OSError as error:
        raise KodebokError(
            _("{file} could not be deleted", file=folder.name),
            _("close it in other programs, and do it again"),
            "K577",
        ) from error
