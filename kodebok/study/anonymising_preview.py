"""What an apply would change, to be looked at before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from kodebok.anonymise.key_file import OpenKey
from kodebok.anonymise.rewriting import Rewriter
from kodebok.domain.span import Span
from kodebok.storage import anonymisation, entities, sources, typed_texts
from kodebok.study.anonymising_apply import entities_to_apply
from kodebok.study.opening import Study


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """A place that an apply would change.

    Attributes:
        source_id: The source; None for a value beside the texts.
        table, column: Where the value stands; `texts` and `text` for a source.
        start: Offset in the text or value, in code points.
        before, after: What stands there, and what would.
        entity_id: Whose original it is.
    """

    source_id: str | None
    table: str
    column: str
    start: int
    before: str
    after: str
    entity_id: str


def preview_apply(study: Study, key: OpenKey | None = None) -> list[PlannedChange]:
    """Every place that would change, sources first, in the order of the texts.

    Args:
        study: The study; nothing is written.
        key: The open key; without it, new mentions of what is applied already are not seen.
    """
    known = entities.load_entities(study.store) if key is None else entities_to_apply(study, key)
    rewriters: dict[str, Rewriter] = {}

    def rewriter_of(language: str) -> Rewriter:
        return rewriters.setdefault(language, Rewriter(known, language))

    found = []
    for source in sources.load_sources(study.store):
        text = sources.load_text(study.store, source.id)
        held = anonymisation.load_replacements(study.store, source.id)
        spans = [Span(one.start, one.end) for one in held]
        for one in rewriter_of(source.language).edits(text, spans):
            edit = one.edit
            place = ("texts", "text", edit.start, edit.removed, edit.inserted)
            found.append(PlannedChange(source.id, *place, one.entity_id))
    rewriter = rewriter_of(study.project().language)
    for typed in typed_texts.typed_texts(study.store):
        if (typed.table, typed.column) == ("recordings", "path"):
            continue
        for one in rewriter.edits(typed.text):
            edit = one.edit
            place = (typed.table, typed.column, edit.start, edit.removed, edit.inserted)
            found.append(PlannedChange(None, *place, one.entity_id))
    return found
