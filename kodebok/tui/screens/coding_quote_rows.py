"""The chosen quotes as the quotes screen lists them, and how they spread over voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kodebok.coding.quoting import Spread, spread_of_voices
from kodebok.domain.case import CaseKind
from kodebok.domain.diff import diff_edits
from kodebok.domain.quote import Degree, Quote, has_drifted
from kodebok.export.model import ChosenQuote, StudyView
from kodebok.export.presets import Preset
from kodebok.export.quoting import print_quote
from kodebok.i18n import translator
from kodebok.tui.reader.document import format_time
from kodebok.tui.reader.palette import Look
from kodebok.tui.screens.coding_quote_sheets import DEGREE_WORDS
from kodebok.tui.widgets.pieces import DIM, HIT, STRONG, WARN, Line, Piece, wrap

_ = translator("coding_screen")

QUOTE_LINES = 4


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A chosen quote as it is listed.

    Attributes:
        number: From 1, in the order of the quotes.
        printed: Its words with marks, as the preset prints them.
        remarks: What must be said of it, such as "etter notat".
        drifted: Whether the source says something else now.
        is_heard: False when its words were recognised by a machine and nobody has compared them
            with the sound.
    """

    number: int
    quote: Quote
    words_now: str
    voice: str
    source: str
    code: str
    time_ms: int | None
    printed: str
    remarks: tuple[str, ...]
    drifted: bool
    is_heard: bool = True


def quote_rows(view: StudyView, preset: Preset) -> list[QuoteRow]:
    """Every chosen quote, in its order."""
    return [
        _row(view, preset, number, chosen) for number, chosen in enumerate(view.quotes, start=1)
    ]


def _row(view: StudyView, preset: Preset, number: int, chosen: ChosenQuote) -> QuoteRow:
    quote = chosen.quote
    printed = print_quote(view, chosen, preset, view.project.language)
    source = view.sources.get(quote.source_id)
    code_id = quote.code_id
    turns = view.turns.get(quote.source_id, ())
    turn = next((t for t in turns if t.start <= quote.start < t.end), None)
    return QuoteRow(
        number=number,
        quote=quote,
        words_now=chosen.words,
        voice=voice_of(view, chosen),
        source=source.name if source else "",
        code=view.codes.path(code_id) if code_id and code_id in view.codes else "",
        time_ms=turn.start_ms if turn else None,
        printed=printed.marked_words,
        remarks=printed.remarks,
        drifted=has_drifted(quote, chosen.words),
        is_heard=view.is_heard(quote.source_id, quote.span),
    )


def voice_of(view: StudyView, chosen: ChosenQuote) -> str:
    """The participant whose words they are, else the voice's label, else the source's name."""
    case = view.cases.get(chosen.case_id or "")
    if case is not None:
        return case.name
    source = view.sources.get(chosen.quote.source_id)
    return chosen.speaker or (source.name if source else "")


def spread(view: StudyView) -> Spread:
    """How the chosen quotes spread over the participants."""
    voices = [c.name for c in view.cases.values() if c.kind is CaseKind.PARTICIPANT]
    return spread_of_voices([voice_of(view, chosen) for chosen in view.quotes], voices)


def draw_quote(row: QuoteRow, width: int, look: Look) -> list[Line]:
    """Number, place and degree; then the words as they are printed."""
    between = " - " if look.ascii else " · "
    places = [row.source, *([row.voice] if row.voice != row.source else [])]
    if row.time_ms is not None:
        places.append(format_time(row.time_ms))
    head: list[Piece] = [(f"{row.number}. ", STRONG), (between.join(places), "")]
    verbatim = row.quote.degree is Degree.VERBATIM and row.is_heard
    facts = [*([_(DEGREE_WORDS[Degree.VERBATIM])] if verbatim else []), *row.remarks]
    if row.quote.used_in:
        facts.append(_("used in {place}", place=row.quote.used_in))
    head.append((f"  {', '.join(facts)}", DIM))
    if row.drifted:
        head.insert(0, ("! " + _("changed") + "  ", WARN))
    code: list[Piece] = [("   ", ""), (row.code.replace("/", " / ") or _("no code"), DIM)]
    words = wrap(row.printed, width - 3, QUOTE_LINES - 2, look)
    return [head, *([("   ", ""), (line, "")] for line in words), code]


def draw_drift(row: QuoteRow) -> list[Line]:
    """What was chosen and what stands there now, with the words that differ standing out."""
    edits = diff_edits(row.quote.text, row.words_now)[::-1]
    was: list[Piece] = [(_("Chosen: "), DIM)]
    now: list[Piece] = [(_("Now: "), DIM)]
    at = 0
    for edit in edits:
        same = row.quote.text[at : edit.start]
        was += [(same, ""), (edit.removed, HIT)]
        now += [(same, ""), (edit.inserted, HIT)]
        at = edit.end
    rest = row.quote.text[at:]
    return [[*was, (rest, "")], [*now, (rest, "")]]


def draw_spread(found: Spread, total: int, look: Look) -> list[Line]:
    """One line a voice: its name, a bar, its number of quotes."""
    widest = max((len(name) for name, _count in found.counts), default=0)
    sign = "#" if look.ascii else "█"
    return [
        [(f"{name:<{widest}}  ", ""), (sign * count, ""), (f" {count}", STRONG if count else DIM)]
        for name, count in found.counts
        if total
    ]


def spread_words(found: Spread, rows: Sequence[QuoteRow]) -> Line:
    """Whether one voice dominates, in one line."""
    heard = sum(count > 0 for _name, count in found.counts)
    words = _(
        "{n} quotes from {heard} of {all} voices",
        n=len(rows),
        heard=heard,
        all=len(found.counts),
    )
    if found.dominant is None:
        return [(words, DIM)]
    warning = _("{voice} dominates", voice=found.dominant)
    return [(words, DIM), (f"  {warning}", WARN)]
