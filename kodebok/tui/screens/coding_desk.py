"""One source open for coding: what is known of it, kept as the study has it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Coding
from kodebok.domain.note import Note, Target
from kodebok.domain.quote import Quote
from kodebok.domain.source import Source, Speaker, Turn
from kodebok.domain.span import Span
from kodebok.domain.text import sentence_spans
from kodebok.domain.wondering import Wondering
from kodebok.storage import codes, codings, notes, projects, quotes, sources, wonderings
from kodebok.storage.blind import blind_sources_of_viewer
from kodebok.study.opening import Study
from kodebok.tui.reader.document import CodedSpan, ReaderDocument

_MS_PER_SECOND, _SECONDS_PER_HOUR, _SECONDS_PER_MINUTE = 1000, 3600, 60


class CodingDesk:
    """A source with its codings, codes, memos and quotes, as the coding screen shows them.

    Attributes:
        only_mine: Whether the codings of other coders are left out.
    """

    def __init__(self, study: Study, source_id: str) -> None:
        self.study = study
        self.store = study.store
        self.coder_id = study.coder.id
        self.only_mine = False
        self.coder_names = {user.id: user.name for user in projects.load_users(study.store)}
        self.source: Source
        self.text = ""
        self.turns: list[Turn] = []
        self.speakers: dict[str, Speaker] = {}
        self.tree = CodeTree(())
        self.codings: dict[str, Coding] = {}
        self.counts: dict[str, int] = {}
        self.notes: list[Note] = []
        self.wonderings: list[Wondering] = []
        self.quotes: list[Quote] = []
        self.is_read = self.is_blind = False
        self._patterns: dict[str, int] = {}
        self.load(source_id)

    def load(self, source_id: str) -> None:
        """Read everything of a source.

        Raises:
            KeyError: There is no such source any longer.
        """
        self.source = sources.load_source(self.store, source_id)
        self.text = sources.load_text(self.store, source_id)
        self.turns = sources.load_turns(self.store, source_id)
        self.speakers = {s.id: s for s in sources.load_speakers(self.store, source_id)}
        self.load_marks()

    def load_marks(self) -> None:
        """Read what stands on the text: codes, codings, memos, quotes."""
        source_id = self.source.id
        self.load_tree()
        self.codings = {c.id: c for c in codings.load_codings(self.store, source_id)}
        self.counts = codes.count_codings(self.store)
        self.load_notes()
        self.load_quotes()
        self.is_blind = source_id in blind_sources_of_viewer(self.store)
        self.is_read = self.coder_id in sources.load_reads(self.store).get(source_id, set())

    def load_tree(self) -> None:
        """Read the codebook."""
        self.tree = codes.load_code_tree(self.store)
        tops = {code.id: place for place, code in enumerate(self.tree.children(None))}
        self._patterns = {code.id: tops[self.tree.top(code.id).id] for code in self.tree}

    def load_notes(self) -> None:
        """Read the memos of the whole study, and the wonderings at this source."""
        self.notes = notes.load_notes(self.store)
        self.wonderings = wonderings.load_wonderings(self.store, self.source.id)

    def load_quotes(self) -> None:
        """Read the chosen quotes of the source."""
        self.quotes = quotes.load_quotes(self.store, self.source.id)

    def take_up(self, added: Iterable[Coding]) -> None:
        """Know of new codings without reading all of them again."""
        for coding in added:
            self.codings[coding.id] = coding
            self.counts[coding.code_id] = self.counts.get(coding.code_id, 0) + 1

    @property
    def document(self) -> ReaderDocument:
        """What the reader shows."""
        return ReaderDocument(self.text, tuple(self.turns), self.speakers)

    def spans(self) -> list[CodedSpan]:
        """The codings as the reader draws them."""
        return [self.span_of(coding) for coding in self.codings.values() if self._shows(coding)]

    def _shows(self, coding: Coding) -> bool:
        return not self.only_mine or coding.coder_id == self.coder_id

    def span_of(self, coding: Coding) -> CodedSpan:
        """A coding as the reader draws it."""
        code = self.tree[coding.code_id]
        return CodedSpan(
            id=coding.id,
            start=coding.start,
            end=coding.end,
            color=code.color,
            letter=code.letter,
            name=code.name,
            pattern=self._patterns[code.id],
        )

    def noted_spans(self) -> list[Span]:
        """Passages of the source that have a memo, on themselves or on their coding."""
        found = []
        for note in self.notes:
            if note.target is Target.PASSAGE and note.target_id == self.source.id:
                found.append(Span(note.start or 0, note.end or 0))
            elif note.target is Target.CODING and note.target_id in self.codings:
                found.append(self.codings[note.target_id].span)
        found += [wondering.span for wondering in self.wonderings]
        return found

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence at an offset, or the one before it in the same turn; None in an empty one.

        It is what a code key codes when nothing is marked.
        """
        turn = self.turn_at(offset)
        spans = sentence_spans(self.text, turn.start, turn.end)
        before = bisect_right(spans, offset, key=lambda span: span.start)
        return spans[max(0, before - 1)] if spans else None

    def turn_at(self, offset: int) -> Turn:
        """The turn that an offset stands in."""
        place = bisect_right(self.turns, offset, key=lambda turn: turn.start)
        return self.turns[max(0, place - 1)]

    def memos_here(self, offset: int) -> list[Note]:
        """Memos about a place: on its passages, its codings and their codes, and on the source."""
        here = {c.id for c in self.codings.values() if c.start <= offset < c.end}
        code_ids = {self.codings[coding_id].code_id for coding_id in here}
        near: list[Note] = []
        wide: list[Note] = []
        for note in self.notes:
            if note.target is Target.PASSAGE and note.target_id == self.source.id:
                if (note.start or 0) <= offset <= (note.end or 0):
                    near.append(note)
            elif note.target is Target.CODING and note.target_id in here:
                near.append(note)
            elif note.target_id in code_ids or note.target_id == self.source.id:
                wide.append(note)
        return near + wide

    def quote_on(self, span: Span) -> Quote | None:
        """The chosen quote that has a character in common with the passage, or None."""
        return next((quote for quote in self.quotes if quote.span.overlaps(span)), None)

    def reference(self, start: int) -> str:
        """Where a passage stands, in words: source, voice and time of its first turn."""
        turn = self.turn_at(start)
        speaker = self.speakers.get(turn.speaker_id or "")
        parts = [self.source.name]
        if speaker is not None and speaker.label not in parts:
            parts.append(speaker.label)
        if turn.start_ms is not None:
            parts.append(clock(turn.start_ms))
        return ", ".join(parts)

    def with_reference(self, span: Span) -> str:
        """The passage's words with their reference in brackets."""
        return f"{self.text[span.start : span.end]} ({self.reference(span.start)})"


def clock(milliseconds: int) -> str:
    """A place in a recording as `hh:mm:ss`."""
    seconds = milliseconds // _MS_PER_SECOND
    hours, rest = divmod(seconds, _SECONDS_PER_HOUR)
    minutes, seconds = divmod(rest, _SECONDS_PER_MINUTE)
    return f"{hours:02}:{minutes:02}:{seconds:02}"
