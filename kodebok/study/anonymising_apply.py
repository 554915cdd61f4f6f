"""Applying what was decided: everything typed or imported, in one act, and gone from the disk.

The order: key file written and on the disk → the transaction ends, marked *scrub pending* →
index, file, log and copies are scrubbed → the mark is taken off. What breaks off is finished when
the study is opened next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kodebok.anonymise.key_file import KeptValue, KeyContent, OpenKey
from kodebok.anonymise.rewriting import LEFT_OUT, EntityEdit, Rewriter
from kodebok.domain.entity import Entity, Replacement
from kodebok.domain.ids import new_id, now
from kodebok.domain.source import Source
from kodebok.domain.span import Edit, Span
from kodebok.errors import ProjectInUseError, WrongUseError
from kodebok.i18n import translator
from kodebok.storage import anonymisation, entities, scrubbing, sources, text_edits, typed_texts
from kodebok.storage.act_kinds import APPLY_KIND
from kodebok.storage.history import Act
from kodebok.storage.sealing import HistoryText, KeyPart, seal_texts
from kodebok.storage.typed_texts import TypedText
from kodebok.study.anonymising_files import find_leftovers
from kodebok.study.anonymising_gathered import Gathered, part_of_table
from kodebok.study.anonymising_words import Pieces, follow_kept_words
from kodebok.study.opening import Study
from kodebok.study.sound_in_key import hidden_place, is_own_place

_ = translator("study")

NOTHING = "[]"  # the cuts or insertions of a quote that has none
_SOUND_PLACE = ("recordings", "path")
_ENTITY_ORIGINALS = frozenset({"name", "aliases", "reason"})


@dataclass(frozen=True, slots=True)
class Applied:
    """What an apply did.

    Attributes:
        mentions: Replaced in the texts of sources.
        values: Columns beside the texts that were changed.
        entities: Entities whose originals are in the key file alone now.
        leftovers: Files in the folder in which originals still stand.
        is_scrubbed: False while another program is in the way; opening again finishes.
    """

    mentions: int
    values: int
    entities: int
    leftovers: int
    is_scrubbed: bool


def entities_to_apply(study: Study, key: OpenKey) -> list[Entity]:
    """All entities, those that are applied with the originals that the key file knows."""
    applied = entities.load_applied_ids(study.store)
    return [
        key.content.entities.get(one.id, one) if one.id in applied else one
        for one in entities.load_entities(study.store)
    ]


def apply_anonymisation(study: Study, key: OpenKey) -> Applied:
    """Replace every mention of what was decided, everywhere, and let the originals go.

    Works again after new sources, corrections and decisions: the same key file takes them.

    Raises:
        WrongUseError: Nothing is decided (K830); a name is another's replacement (K831), or a
            replacement holds a name (K834).
        ProjectInUseError: Another program holds the project.
        KodebokError: The key file cannot be written; nothing was changed.
    """
    store = study.store
    known = entities_to_apply(study, key)
    _check_ready(study, known)
    gathered = Gathered(key.content, anonymisation.is_applied(store))
    rewriters = _Rewriters(known)
    written: list[KeyContent] = []
    try:
        with store.act(APPLY_KIND, study.coder.id, study.project().id) as act:
            mentions = sum(
                _apply_to_source(act, source, rewriters.of(source.language), gathered)
                for source in sources.load_sources(store)
            )
            rewriter = rewriters.of(study.project().language)
            values = _apply_to_values(act, rewriter, gathered)
            found = find_leftovers(study.folder, rewriter)
            changed = [one for one in known if one.action and one.action.changes_text]
            _note_applied(act, key, changed, mentions, [one.place for one in found])
            act.when_recorded.append(
                lambda: written.append(_seal(study, key, changed, rewriter, gathered))
            )
    except BaseException:
        key.take_back()
        raise
    key.settle(written[0])
    return Applied(mentions, values, len(changed), len(found), scrub_now(study))


def scrub_now(study: Study) -> bool:
    """Let what was taken out be gone from the disk; False when another program is in the way."""
    try:
        scrubbing.scrub(study.store)
    except ProjectInUseError:
        return False
    return True


class _Rewriters:
    """One rewriter for each language."""

    def __init__(self, known: Sequence[Entity]) -> None:
        self._known = known
        self._made: dict[str, Rewriter] = {}

    def of(self, language: str) -> Rewriter:
        if language not in self._made:
            self._made[language] = Rewriter(self._known, language)
        return self._made[language]


def _check_ready(study: Study, known: Sequence[Entity]) -> None:
    applied = entities.load_applied_ids(study.store)
    pending = [
        one
        for one in known
        if one.id not in applied and one.action is not None and one.action.changes_text
    ]
    if not pending and not applied:
        raise WrongUseError(
            _("nothing is decided yet that would change the text"),
            _("decide with 'kodebok anonymise --decide'"),
            "K830",
        )
    rewriter = Rewriter(known, study.project().language)
    if any(rewriter.has_mention(one.replacement) for one in pending):
        raise WrongUseError(
            _("what is to stand in the text holds a name that is itself to be replaced"),
            _("choose another replacement; see 'kodebok anonymise --entities'"),
            "K834",
        )
    used = {one.replacement.casefold() for one in known if one.action in entities.NAMING}
    if any(name.casefold() in used for one in pending for name in one.originals):
        raise WrongUseError(
            _("someone is called what stands for someone else in the text"),
            _("choose another replacement; see 'kodebok anonymise --entities'"),
            "K831",
        )


def _apply_to_source(act: Act, source: Source, rewriter: Rewriter, gathered: Gathered) -> int:
    store = act.store
    text = sources.load_text(store, source.id)
    held = [Span(one.start, one.end) for one in anonymisation.load_replacements(store, source.id)]
    kept = typed_texts.kept_words(store, source.id)
    edits: list[EntityEdit] = []
    ids: list[str] = []
    for found in reversed(rewriter.edits(text, held)):
        one = _safe(act, source.id, found)
        edits.insert(0, one)
        ids.insert(0, new_id())
        span = Span(one.edit.start, one.edit.end)
        borders = text_edits.borders_within(store, source.id, span)
        gathered.keep_span(ids[0], one.edit.removed, borders)
        act.edit_text(source.id, one.edit)
    pieces = Pieces([one.edit for one in edits])
    anonymisation.add_replacements(
        act,
        (
            Replacement(new, source.id, span.start, span.end, one.entity_id, number)
            for number, (new, one, span) in enumerate(
                zip(ids, edits, pieces.new_spans(), strict=True)
            )
        ),
    )
    if edits:
        for old, new in follow_kept_words(act, source.id, text, kept, pieces):
            for column in ("cuts", "insertions"):
                value = KeptValue(getattr(old, column), getattr(new, column))
                if value.old not in {"", NOTHING}:
                    gathered.keep_value(old.table, column, old.row_id, value)
    return len(edits)


def _safe(act: Act, source_id: str, one: EntityEdit) -> EntityEdit:
    """The edit; where a coding would lose its last word, a mark is left in its place."""
    edit = one.edit
    if edit.inserted.strip() or not text_edits.takes_a_coding(act.store, source_id, edit):
        return one
    return EntityEdit(Edit(edit.start, edit.removed, LEFT_OUT), one.entity_id)


def _apply_to_values(act: Act, rewriter: Rewriter, gathered: Gathered) -> int:
    count = 0
    for one in list(typed_texts.typed_texts(act.store)):
        if (one.table, one.column) == _SOUND_PLACE:
            count += _hide_sound_place(act, one, rewriter, gathered)
            continue
        rewritten = rewriter.rewrite(one.text)
        if rewritten.text != one.text:
            place = (one.table, one.column, one.row_id)
            new = typed_texts.change_typed(act, *place, rewritten.text)
            gathered.keep_value(*place, KeptValue(one.text, new, rewritten.pairs))
            count += 1
    return count


def _hide_sound_place(act: Act, one: TypedText, rewriter: Rewriter, gathered: Gathered) -> int:
    """Let the key alone know where sound lies, when the place names someone."""
    tells = rewriter.has_trace if is_own_place(one.text) else rewriter.has_mention
    if not tells(one.text):
        return 0
    new = typed_texts.change_typed(act, *_SOUND_PLACE, one.row_id, hidden_place(one.row_id))
    gathered.keep_value(*_SOUND_PLACE, one.row_id, KeptValue(one.text, new))
    return 1


def _note_applied(
    act: Act,
    key: OpenKey,
    changed: Iterable[Entity],
    mentions: int,
    found: Iterable[tuple[str, str]],
) -> None:
    for one in changed:
        entities.blank_entity(act, one.id)
    anonymisation.note_applied_texts(act)
    anonymisation.write_leftovers(act, found)
    state = anonymisation.load_state(act.store)
    anonymisation.write_state(
        act,
        replace(
            state,
            at=now(),
            revision=key.content.revision + 1,
            is_applied=True,
            mentions=state.mentions + mentions,
            no_replacements=False,
            no_persons=False,
        ),
    )


def _seal(
    study: Study, key: OpenKey, changed: Iterable[Entity], rewriter: Rewriter, gathered: Gathered
) -> KeyContent:
    """Take originals out of the history, write the key file, and mark the file to be scrubbed."""
    taken = seal_texts(study.store, lambda one: _part_of(one, rewriter))
    content = gathered.added_to_content(changed, taken)
    key.write(content)
    scrubbing.mark_pending(study.store)
    return content


def _part_of(one: HistoryText, rewriter: Rewriter) -> KeyPart | None:
    """Which part of the key a text of the history belongs to; None when it may stay.

    What was read in the sources goes whole: an earlier wording may name someone in a form that
    nobody looks for.
    """
    if (one.table, one.column) in typed_texts.SOURCE_WORDS:
        return KeyPart.REPLACEMENTS
    if one.table == "entities" and one.column in _ENTITY_ORIGINALS:
        return KeyPart.REPLACEMENTS
    if not rewriter.has_trace(one.text):
        return None
    return part_of_table(one.table)
