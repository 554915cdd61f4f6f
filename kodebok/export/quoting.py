"""The words of a quote as they are printed, and what must be said of them.

This is the one place where a quote gets its form: cuts, insertions, marks, degree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from kodebok.domain.coding import Excerpt
from kodebok.domain.quote import Degree, Insertion, Quote, has_drifted, render_quote
from kodebok.domain.source import Role, Turn
from kodebok.domain.span import Edit, Span, carry_span
from kodebok.domain.text import count_words, fold_space
from kodebok.export.model import ChosenQuote, StudyView
from kodebok.export.presets import Preset
from kodebok.export.voices import language_name, participant_label
from kodebok.i18n import translator_to

INNER_MARKS = "‘’"
"""What stands for the quotation marks inside a quote that has the same ones around it."""


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
    words = printed_words(chosen, preset.cut, voice_changes(view, chosen.quote, language))
    is_block = preset.block_from is not None and count_words(words) >= preset.block_from
    opening, closing = preset.mark_pair if preset.block_marks or not is_block else ("", "")
    source = view.sources.get(chosen.quote.source_id)
    is_translated = chosen.quote.degree is Degree.TRANSLATED
    spoken = language if is_translated or source is None else source.language
    remarks = quote_remarks(view, chosen, language)
    if opening:
        words = words.replace(opening, INNER_MARKS[0]).replace(closing, INNER_MARKS[1])
    return PrintedQuote(words, remarks, spoken, is_block, opening, closing)


def passage_words(view: StudyView, excerpt: Excerpt, language: str) -> str:
    """A coded passage in one line, with the voices named where they change."""
    return render_quote(excerpt.text, (), voice_changes(view, excerpt, language))


def voice_changes(
    view: StudyView, passage: Quote | Excerpt, language: str
) -> tuple[Insertion, ...]:
    """Names of voices to put in where a passage goes from one to another.

    Without them a question would be printed as if the informant had asked it. A passage of one
    participant gets none; one that begins with the interviewer gets one there.
    """
    turns = view.turns.get(passage.source_id, ())
    first = max(bisect_right(turns, passage.start, key=lambda turn: turn.start) - 1, 0)
    last = bisect_left(turns, passage.end, key=lambda turn: turn.start)
    inside = turns[first:last]
    changes = [b for a, b in pairwise(inside) if a.speaker_id != b.speaker_id]
    begins = inside[:1] if changes or _asks(view, inside[:1]) else ()
    named = ((turn, _voice_name(view, turn, language)) for turn in (*begins, *changes))
    return tuple(
        Insertion(max(turn.start - passage.start, 0), f"{name}:") for turn, name in named if name
    )


def _asks(view: StudyView, turns: Sequence[Turn]) -> bool:
    speakers = (view.speakers.get(turn.speaker_id or "") for turn in turns)
    return any(speaker is not None and speaker.role is Role.INTERVIEWER for speaker in speakers)


def _voice_name(view: StudyView, turn: Turn, language: str) -> str:
    """The participant's number or the interviewer's word; the transcript's label for others."""
    speaker = view.speakers.get(turn.speaker_id or "")
    if speaker is None:
        return ""
    number = view.case_numbers().get(speaker.case_id or "")
    if number is not None:
        return participant_label(number, language, view.project.case_word)
    if speaker.role is Role.INTERVIEWER:
        return translator_to(language, "export")("Interviewer")
    return speaker.label


def printed_words(chosen: ChosenQuote, cut: str, voices: tuple[Insertion, ...] = ()) -> str:
    """The author's wording if the degree allows one, else the source's words as they are now.

    Args:
        chosen: The quote.
        cut: The mark for words left out.
        voices: Names of voices to put in, at offsets of the words as they are now.
    """
    quote = chosen.quote
    if quote.degree is not Degree.VERBATIM and quote.wording.strip():
        return fold_space(quote.wording)
    cuts, insertions = quote.cuts, quote.insertions
    if (cuts or insertions) and chosen.words != quote.text:
        cuts, insertions = carried_marks(quote, chosen.words)
    return render_quote(chosen.words, cuts, (*insertions, *voices), cut)


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
