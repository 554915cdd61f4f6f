"""Putting originals back: to the byte, codings on their words, and what was typed since stays."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kodebok.anonymise.key_file import KeptPart, OpenKey
from kodebok.anonymise.rewriting import words_back
from kodebok.domain.entity import Replacement
from kodebok.domain.ids import now
from kodebok.domain.span import Edit, Span
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import anonymisation, entities, sources, typed_texts
from kodebok.storage.act_kinds import RESTORE_KIND
from kodebok.storage.history import Act, applies_in_force, undo, undo_target
from kodebok.storage.sealing import KeyPart, unseal_texts
from kodebok.study.anonymising_words import Pieces, follow_kept_words
from kodebok.study.opening import Study

_ = translator("study")

# Errors of `undo` that say: this one cannot be taken back as it was done.
_NOT_AS_DONE = frozenset({"K212", "K236", "K237"})


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        mentions: In the texts of sources.
        values: Columns beside the texts.
        is_undone: Whether the apply itself was taken back, so that what was done before it can be
            undone too; else it was put back on top of what was done since.
        lacking: Replacements whose originals are no longer known.
    """

    mentions: int
    values: int
    is_undone: bool
    lacking: int


def restore_originals(study: Study, key: OpenKey) -> Restored:
    """Put every original back that the key file knows.

    Raises:
        WrongUseError: There is nothing to put back (K833), or the key was destroyed (K836).
    """
    state = anonymisation.load_state(study.store)
    if not state.is_applied:
        raise WrongUseError(
            _("nothing is anonymised in this study"), _("there is nothing to put back"), "K833"
        )
    if not any(key.content.part(part) != KeptPart() for part in KeyPart):
        raise WrongUseError(
            _("the key was destroyed, and no original is known"), _("go on from here"), "K836"
        )
    mentions = len(anonymisation.load_replacements(study.store))
    values = sum(len(key.content.part(part).values) for part in KeyPart)
    if _take_back_apply(study, key):
        return Restored(mentions, values, is_undone=True, lacking=0)
    return _put_back(study, key)


def _take_back_apply(study: Study, key: OpenKey) -> bool:
    """Undo the apply when it is the last act in force and the only one of its kind."""
    in_force = applies_in_force(study.store)
    if len(in_force) != 1 or undo_target(study.store) != in_force[0]:
        return False
    try:
        undo(study.store, study.coder.id, lambda: unseal_texts(study.store, key.content.texts()))
    except WrongUseError as error:
        if error.code in _NOT_AS_DONE:
            return False
        raise
    return True


def _put_back(study: Study, key: OpenKey) -> Restored:
    store = study.store
    spans = key.content.part(KeyPart.REPLACEMENTS).spans
    with store.act(RESTORE_KIND, study.coder.id, study.project().id) as act:
        placed = anonymisation.load_replacements(store)
        by_source: dict[str, list[Replacement]] = {}
        for one in placed:
            if one.id in spans:
                by_source.setdefault(one.source_id, []).append(one)
        unchanged = _unchanged_values(act, key)
        for source_id, listed in by_source.items():
            _restore_source(act, source_id, listed, key)
        values = _restore_values(act, key, unchanged)
        _note_restored(act, key)
        act.when_recorded.append(lambda: unseal_texts(store, key.content.texts()))
    mentions = sum(len(listed) for listed in by_source.values())
    return Restored(mentions, values, is_undone=False, lacking=len(placed) - mentions)


def _restore_source(act: Act, source_id: str, listed: list[Replacement], key: OpenKey) -> None:
    """Put the originals of one source back, the last in the text first."""
    part = key.content.part(KeyPart.REPLACEMENTS)
    text = sources.load_text(act.store, source_id)
    kept = typed_texts.kept_words(act.store, source_id)
    edits = [Edit(one.start, text[one.start : one.end], part.spans[one.id]) for one in listed]
    for edit in reversed(edits):
        act.edit_text(source_id, edit)
    pieces = Pieces(edits)
    for one, span in zip(listed, pieces.new_spans(), strict=True):
        for border in part.borders.get(one.id, ()):
            _restore_border(act, border, span)
    follow_kept_words(act, source_id, text, kept, pieces)
    known = {one.id for one in listed}
    now_there = anonymisation.load_replacements(act.store, source_id)
    anonymisation.remove_replacements(act, [one for one in now_there if one.id in known])


def _restore_border(act: Act, border: tuple[str, str, str, int], span: Span) -> None:
    """A border that lay within the original, and was moved to its edge, goes back."""
    table, row_id, column, offset = border
    edge = span.end if column == "end" else span.start
    anonymisation.put_border(act, table, row_id, column, (edge, span.start + offset))


def _unchanged_values(act: Act, key: OpenKey) -> frozenset[str]:
    """Places that say still what was written when they were anonymised."""
    return frozenset(
        place
        for part in KeyPart
        for place, value in key.content.part(part).values.items()
        if typed_texts.typed_text(act.store, *_place(place)) == value.new
    )


def _restore_values(act: Act, key: OpenKey, unchanged: frozenset[str]) -> int:
    count = 0
    for part in KeyPart:
        for place, value in sorted(key.content.part(part).values.items()):
            current = typed_texts.typed_text(act.store, *_place(place))
            if not current:
                continue
            old = value.old if place in unchanged else words_back(current, value.pairs)
            if old != current:
                typed_texts.change_typed(act, *_place(place), old)
                count += 1
    return count


def _place(place: str) -> tuple[str, str, str]:
    """Table, column and row."""
    table, column, row_id = place.split(":", 2)
    return table, column, row_id


def _note_restored(act: Act, key: OpenKey) -> None:
    for entity_id in sorted(entities.load_applied_ids(act.store)):
        known = key.content.entities.get(entity_id)
        if known is not None:
            entities.unblank_entity(act, known)
    anonymisation.forget_applied_texts(act)
    anonymisation.write_leftovers(act, ())
    state = anonymisation.load_state(act.store)
    still = bool(entities.load_applied_ids(act.store))
    anonymisation.write_state(act, replace(state, at=now(), is_applied=still, mentions=0))
