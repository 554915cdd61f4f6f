"""Ids of what was erased for good: kept in the study and beside it, so that no backup undoes it.

Outside the project they lie in the user's data folder under the project's id. They are ids alone,
which say nothing about anyone once the rows are gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.paths import user_data_dir
from kodebok.storage import cases, departures, projects, sources
from kodebok.storage.database import Store
from kodebok.storage.erasing import Erased, Eraser, erase_history
from kodebok.storage.history import Act
from kodebok.storage.scrubbing import mark_pending, scrub
from kodebok.storage.sealing import HistoryText
from kodebok.study.anonymising_files import find_files
from kodebok.study.sound_files import delete_file
from kodebok.study.withdrawing_plan import learned_from, own_places, own_words
from kodebok.study.withdrawing_words import OwnWords

_ = translator("study")

APPLY_KIND = "erasure.apply"
_FOLDER = "erased"


def record_erasures(act: Act, ids: Iterable[str]) -> None:
    """Keep ids in the study, as part of the act that erases; `remember_erasures` follows it."""
    departures.add_erasures(act, ids)


def remember_erasures(project_id: str, ids: Iterable[str]) -> None:
    """Keep ids beside the study, in the user's data folder.

    Raises:
        KodebokError: K572, the folder cannot be written.
    """
    path = _path(project_id)
    known = sorted(remembered_erasures(project_id) | set(ids))
    unfinished = path.with_suffix(".unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(known, indent=1), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise KodebokError(
            _("what was erased could not be noted outside the study"),
            _("see that there is room; delete old backups, which still hold what was erased"),
            "K572",
        ) from error


def remembered_erasures(project_id: str) -> set[str]:
    """Ids that the user's data folder remembers; a file that cannot be read counts as none."""
    try:
        content = json.loads(_path(project_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return (
        {item for item in content if isinstance(item, str)} if isinstance(content, list) else set()
    )


def _path(project_id: str) -> Path:
    return user_data_dir() / _FOLDER / f"{project_id}.json"


def apply_erasures(store: Store, ids: Collection[str], *, on_disk: bool = True) -> int:
    """Erase in a copy or a restored backup what was erased elsewhere; it is final there too.

    Args:
        store: The copy.
        ids: Tombstones, as `erasures` has them.
        on_disk: Whether the copy lies on the disk: then the act is recorded, its files go too, and
            the file is scrubbed. In memory only rows and the history's words go.

    Returns:
        How many of the tombstones were new to the copy.

    Raises:
        KodebokError: The disk is full, or another program holds the file.
    """
    missed = set(ids) - departures.load_erasures(store)
    count = len(missed)
    if not missed:
        return 0
    words = _words_of(store, missed)
    missed |= {row_id for known in words for row_id in learned_from(store, known)}

    def is_told(one: HistoryText) -> bool:
        return one.table != "texts" and any(known.tells(one.text) for known in words)

    if not on_disk:
        with store.transaction():
            _erase(Act(store, APPLY_KIND, projects.first_user(store).id, ""), missed, is_told)
        return count
    with store.act(APPLY_KIND, projects.first_user(store).id) as act:
        erased = _erase(act, missed, is_told)
        act.when_recorded.append(lambda: erase_history(store, erased, missed, is_told))
        mark_pending(store)
    files = [path for path, _digest, texts in find_files(store.folder)
             if path.name in erased.files or _tells(words, path, texts)]  # fmt: skip
    for path in (*(store.folder / sound for sound in erased.sound), *files):
        delete_file(path)
    scrub(store)
    return count


def _erase(act: Act, missed: set[str], is_told: Callable[[HistoryText], bool]) -> Erased:
    erased = Eraser(act).erase(missed)
    record_erasures(act, missed | erased.ids)
    erase_history(act.store, erased, missed, is_told)
    return erased


def _words_of(store: Store, missed: set[str]) -> list[OwnWords]:
    """What tells the participants who withdrew from all others, in this copy."""
    found = []
    for case in cases.load_cases(store):
        if case.id in missed:
            voices = {v.label for v in sources.load_speakers(store) if v.case_id == case.id}
            names = {case.name, *(label for label in voices if len(label) > 1)}
            found.append(own_words(store, own_places(store, case.id), names))
    return found


def _tells(words: Iterable[OwnWords], path: Path, texts: Iterable[str]) -> bool:
    read = [path.stem.replace("_", " "), *texts] if words else []
    return any(known.tells(text) for known in words for text in read)
