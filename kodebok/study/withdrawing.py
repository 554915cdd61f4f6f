"""A participant withdraws: everything of them is erased for good, here and in copies to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from kodebok.anonymise.key_file import KeptPart, KeyContent, OpenKey
from kodebok.domain.departure import Departure
from kodebok.domain.erasure import read_cell_stone
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.storage import anonymisation
from kodebok.storage.erasing import Erased, Eraser, erase_history
from kodebok.storage.history import Act
from kodebok.storage.scrubbing import mark_pending, scrub
from kodebok.storage.sealing import HistoryText, KeyPart
from kodebok.study.erasures import record_erasures, remember_erasures
from kodebok.study.gating import needs_passphrase
from kodebok.study.opening import Study
from kodebok.study.sound_files import delete_file
from kodebok.study.withdrawing_plan import WithdrawalPlan, names_of, own_places, own_words
from kodebok.study.withdrawing_words import OwnWords

_ = translator("study")

WITHDRAW_KIND = "case.withdraw"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did; it names no one.

    Attributes:
        case_id: The participant's former id.
        removed: How many rows went, by table.
        turns: How many turns in sources with others lost their words.
        sound, files: How many recordings and other files were deleted.
        decided: How many places were decided on, and how many of them were erased.
        key_entries: How much was taken out of the key file.
        left: What had left the study before.
        backups: How many backups were made before.
        files_left: Files that could not be deleted; names, for the user alone.
    """

    case_id: str
    removed: Counter[str]
    turns: int
    sound: int
    files: int
    decided: tuple[int, int]
    key_entries: int
    left: tuple[Departure, ...]
    backups: int
    files_left: tuple[str, ...] = ()


def withdraw(study: Study, plan: WithdrawalPlan, chosen: Collection[str]) -> Withdrawn:
    """Erase a participant for good. Undo, redo, copies, merges and backups never bring it back.

    Args:
        study: The study, with its key open if it has a key file.
        plan: What was shown.
        chosen: Stones of the places found that are erased too; the others stay.

    Raises:
        WrongUseError: The key is not open (K574).
        KodebokError: A disk that is full or cannot be written; nothing was changed, or opening
            the study again finishes the scrub.
    """
    if needs_passphrase(study):
        raise WrongUseError(
            _("the key holds what they are called and what they said"),
            _("open it with its passphrase first"),
            "K574",
        )
    case = plan.case
    words = own_words(study.store, own_places(study.store, case.id), names_of(study, case))
    picked = {one.stone for one in plan.found if one.stone in set(chosen)}
    stones = set(plan.stones) | picked
    kept = _kept_rows(plan, picked)

    def is_told(one: HistoryText) -> bool:
        if one.table == "texts" or not kept.isdisjoint(one.subjects):
            return False
        return words.tells(one.text)

    key_entries = 0
    with study.store.act(WITHDRAW_KIND, study.coder.id, case.id) as act:
        erased = Eraser(act).erase(stones)
        record_erasures(act, stones | erased.ids)
        key_entries = _finish(study, act, erased, stones, words, is_told)
    remember_erasures(study.project().id, stones | erased.ids)
    sound, files, files_left = _delete_files(study, erased, plan.files)
    scrub(study.store)
    return Withdrawn(
        case_id=case.id,
        removed=erased.removed,
        turns=erased.turns,
        sound=sound,
        files=files,
        decided=(len(plan.found), len(picked)),
        key_entries=key_entries,
        left=plan.left,
        backups=plan.backups,
        files_left=files_left,
    )


def _kept_rows(plan: WithdrawalPlan, picked: Collection[str]) -> set[str]:
    """Rows in which words stay by decision: their history stays too."""
    places = (read_cell_stone(one.stone) for one in plan.found if one.stone not in picked)
    return {place.row_id for place in places if place is not None}


def _finish(
    study: Study,
    act: Act,
    erased: Erased,
    stones: Collection[str],
    words: OwnWords,
    is_told: Callable[[HistoryText], bool],
) -> int:
    """Let the history be erased as the act is recorded, and the key file be written with it."""
    key = study.key
    content = None if key is None else without_person(key.content, erased, stones, words)
    count = 0
    if key is not None and content is not None:
        count = _size(key.content) - _size(content)
        content = replace(content, revision=content.revision + 1)
        state = anonymisation.load_state(study.store)
        anonymisation.write_state(act, replace(state, revision=content.revision))

    def follow() -> None:
        sealed = erase_history(study.store, erased, stones, is_told)
        mark_pending(study.store)
        if key is not None and content is not None:
            write_key(key, without_texts(content, sealed))

    act.when_recorded.append(follow)
    return count


def write_key(key: OpenKey, content: KeyContent) -> None:
    """The key file first: what the study says to be erased is."""
    key.write(content)
    key.settle(content)


def without_person(
    content: KeyContent, erased: Erased, stones: Collection[str], words: OwnWords
) -> KeyContent:
    """What the key says, without a participant: names, originals, values and texts."""
    ids = erased.ids | set(stones)
    for part in KeyPart:
        kept = content.parts[part]
        if kept is None:
            continue
        left = KeptPart(
            {key: one for key, one in kept.entities.items() if key not in ids},
            {key: one for key, one in kept.spans.items() if key not in ids},
            {key: one for key, one in kept.borders.items() if key not in ids},
            {
                key: one
                for key, one in kept.values.items()
                if key.split(":", 2)[2] not in ids and not words.tells(one.old)
            },
            {key: one for key, one in kept.texts.items() if not words.tells(one.text)},
        )
        content = replace(content, parts={**content.parts, part: left})
    return content


def without_texts(content: KeyContent, sealed: Collection[tuple[str, int]]) -> KeyContent:
    """What the key says, without texts of the history that were erased."""
    gone = {f"{event_id}:{number}" for event_id, number in sealed}
    for part in KeyPart:
        kept = content.parts[part]
        if kept is not None:
            texts = {key: one for key, one in kept.texts.items() if key not in gone}
            left = replace(kept, texts=texts)
            content = replace(content, parts={**content.parts, part: left})
    return content


def _size(content: KeyContent) -> int:
    parts = (content.part(part) for part in KeyPart)
    return sum(len(p.entities) + len(p.spans) + len(p.values) + len(p.texts) for p in parts)


def _delete_files(
    study: Study, erased: Erased, files: Collection[Path]
) -> tuple[int, int, tuple[str, ...]]:
    """Delete sound and files; those that cannot be are named."""
    left: list[str] = []
    counts = []
    for group in ([study.folder / path for path in erased.sound], files):
        done = 0
        for path in group:
            try:
                delete_file(path)
                done += 1
            except KodebokError:
                left.append(path.name)
        counts.append(done)
    return counts[0], counts[1], tuple(left)
