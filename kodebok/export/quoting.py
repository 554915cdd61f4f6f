"""The words of a quote as they are printed, and what must be said of them.

This is the one place where a quote gets its form: cuts, insertions, marks, degree.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from kodebok.domain.quote import Degree, Insertion, Quote, has_drifted, render_quote
from kodebok.domain.span import Edit, Span, carry_span
from kodebok.domain.text import count_words, fold_space
from kodebok.export.model import ChosenQuote, StudyView
from kodebok.export.presets import Preset
from kodebok.export.voices import language_name
from kodebok.i18n import translator_to


@dataclass(frozen=True, slots=True)
class PrintedQuote:
    """A quote ready to be set.

    Attributes:
        words: With cuts and insertions marked, without quotation marks.
        remarks: What must be said of them, such as "etter notat"; empty for words as spoken.
        language: The language the words are in.
        is_block: Whether they stand in a block of their own.
    """

    words: str
    remarks: tuple[str, ...]
    language: str
    is_block: bool
    opening: str
    closing: str

    @property
    def marked_words(self) -> str:
        """The words inside their quotation marks."""
        return f"{self.opening}{self.words}{self.closing}"


def print_quote(
    view: StudyView, chosen: ChosenQuote, preset: Preset, language: str
) -> PrintedQuote:
    """A quote in the form that the preset gives it, in a document of a language."""
    words = printed_words(chosen, preset.cut)
    is_block = preset.block_from is not None and count_words(words) >= preset.block_from
    opening, closing = preset.mark_pair if preset.block_marks or not is_block else ("", "")
    source = view.sources.get(chosen.quote.source_id)
    is_translated = chosen.quote.degree is Degree.TRANSLATED
    spoken = language if is_translated or source is None else source.language
    remarks = quote_remarks(view, chosen, language)
    return PrintedQuote(words, remarks, spoken, is_block, opening, closing)


def printed_words(chosen: ChosenQuote, cut: str) -> str:
    """The author's wording if the degree allows one, else the source's words as they are now."""
    quote = chosen.quote
    if quote.degree is not Degree.VERBATIM and quote.wording.strip():
        return fold_space(quote.wording)
    cuts, insertions = quote.cuts, quote.insertions
    if (cuts or insertions) and chosen.words != quote.text:
        cuts, insertions = carried_marks(quote, chosen.words)
    return render_quote(chosen.words, cuts, insertions, cut)


def carried_marks(quote: Quote, words: str) -> tuple[tuple[Span, ...], tuple[Insertion, ...]]:
    """The quote's cuts and insertions moved to where they belong in `words`.

    Needed when the source was corrected or anonymised after the quote was chosen.
    """
    changes = SequenceMatcher(None, quote.text, words, autojunk=False).get_opcodes()
    edits = [
        Edit(a, quote.text[a:b], words[c:d]) for kind, a, b, c, d in changes if kind != "equal"
    ]
    cuts: list[Span | None] = list(quote.cuts)
    offsets = [insertion.offset for insertion in quote.insertions]
    for edit in reversed(edits):
        cuts = [cut and carry_span(cut, edit) for cut in cuts]
        offsets = [at + edit.shift if at >= edit.end else min(at, edit.start) for at in offsets]
    moved = [Insertion(at, i.text) for at, i in zip(offsets, quote.insertions, strict=True)]
    return tuple(cut for cut in cuts if cut), tuple(moved)


def quote_remarks(view: StudyView, chosen: ChosenQuote, language: str) -> tuple[str, ...]:
    """What a reader must know of the words; nothing when they are verbatim and heard."""
    _ = translator_to(language, "export")
    quote = chosen.quote
    source = view.sources.get(quote.source_id)
    remarks = []
    if source and source.type.is_notes:
        remarks.append(_("after notes"))
    if quote.degree is Degree.LIGHT:
        remarks.append(_("lightly edited"))
    elif quote.degree is Degree.NORMALISED:
        remarks.append(_("normalised"))
    elif quote.degree is Degree.TRANSLATED:
        name = language_name(source.language, language) if source else ""
        remarks.append(_("translated from {language}", language=name) if name else _("translated"))
    if not view.is_heard(quote.source_id, quote.span):
        remarks.append(_("machine transcript, not checked against the sound"))
    return tuple(remarks)


def is_verbatim(view: StudyView, chosen: ChosenQuote) -> bool:
    """Whether the words may be called the speaker's own, to the letter."""
    return not quote_remarks(view, chosen, "en")


def drifted(chosen: ChosenQuote) -> bool:
    """Whether the source no longer says what was chosen."""
    return has_drifted(chosen.quote, chosen.words)
