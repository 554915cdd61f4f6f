"""What the author should know of a chapter's quotes before using it."""

from __future__ import annotations

from kodebok.coding.quoting import spread_of_voices
from kodebok.export.model import ChosenQuote, StudyView
from kodebok.export.quoting import drifted
from kodebok.i18n import plural_translator, translator

_ = translator("export")
_n = plural_translator("export")


def chapter_doubts(view: StudyView, quotes: tuple[ChosenQuote, ...]) -> tuple[str, ...]:
    """Sentences for the user: quotes that drifted, one voice that dominates, unheard words."""
    found = (_drift(quotes), _dominance(view, quotes), _unheard(view, quotes))
    return tuple(sentence for sentence in found if sentence)


def _drift(quotes: tuple[ChosenQuote, ...]) -> str:
    ids = [chosen.quote.id[:8] for chosen in quotes if drifted(chosen)]
    if not ids:
        return ""
    return _n(
        "{n} quote is not what its source says now: {ids}",
        "{n} quotes are not what their sources say now: {ids}",
        len(ids),
        ids=", ".join(ids),
    )


def _dominance(view: StudyView, quotes: tuple[ChosenQuote, ...]) -> str:
    voices = [chosen.case_id or chosen.quote.source_id for chosen in quotes]
    spread = spread_of_voices(voices, view.case_numbers())
    if spread.dominant is None:
        return ""
    most = dict(spread.counts)[spread.dominant]
    return _("One voice has {n} of {total} quotes", n=most, total=len(quotes))


def _unheard(view: StudyView, quotes: tuple[ChosenQuote, ...]) -> str:
    unheard = [c for c in quotes if not view.is_heard(c.quote.source_id, c.quote.span)]
    if not unheard:
        return ""
    return _n(
        "{n} quote is a machine transcript that nobody has compared with the sound",
        "{n} quotes are machine transcripts that nobody has compared with the sound",
        len(unheard),
    )
