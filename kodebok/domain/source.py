"""Sources: what a study reads, their turns and their speakers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kodebok.domain.span import Span


class SourceType(StrEnum):
    """What kind of material a source is."""

    INTERVIEW = "interview"
    GROUP = "group"
    NOTES = "notes"
    OBSERVATION = "observation"
    DOCUMENT = "document"
    ANSWERS = "answers"

    @property
    def is_notes(self) -> bool:
        """Whether its words are a note-taker's, so that a quote must say so."""
        return self in {SourceType.NOTES, SourceType.OBSERVATION}


class Mode(StrEnum):
    """How an interview was held."""

    IN_PERSON = "in-person"
    PHONE = "phone"
    VIDEO = "video"
    WRITTEN = "written"


class Role(StrEnum):
    """What a speaker does in the conversation."""

    INTERVIEWER = "interviewer"
    PARTICIPANT = "participant"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of one source.

    Attributes:
        label: The name that the transcript gives the voice, such as "Informant 3".
        case_id: The participant whose voice it is, when known.
    """

    id: str
    source_id: str
    label: str
    role: Role = Role.PARTICIPANT
    case_id: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted stretch: `start` to `end` of the canonical text.

    Attributes:
        id: Ascending within a source; also the row of the search index.
        start_ms: When the turn begins in the recording, in milliseconds.
    """

    id: int
    source_id: str
    start: int
    end: int
    speaker_id: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None

    @property
    def span(self) -> Span:
        """Where the turn stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript, a note, a document or one respondent's answers; its text is kept apart.

    Attributes:
        version: Counts the edits of the text, from 1.
        finished: False while a transcription is incomplete.
        words: Number of words of the current text.
    """

    id: str
    name: str
    type: SourceType = SourceType.INTERVIEW
    case_id: str | None = None
    language: str = "nb"
    date: str | None = None
    place: str | None = None
    mode: Mode | None = None
    interviewer: str | None = None
    observer: str | None = None
    file_name: str | None = None
    version: int = 1
    words: int = 0
    finished: bool = True
    created: str = ""


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """A turn as a reader of files found it, before it has a source.

    Attributes:
        speaker: Label as written, without colon or brackets; None when no one is named.
        start_ms, end_ms: Milliseconds from the start of the recording.
    """

    text: str
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of mend that was made, or is offered, on a text as it arrived.

    Attributes:
        kind: Stable name, such as `line-hyphens`.
        count: How many places it touches.
        before, after: One example; shown to the user, never logged.
    """

    kind: str
    count: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """One source as it was understood from a file, to be confirmed before it is stored.

    Attributes:
        name: Suggested name of the source.
        format: What the file was read as, such as `txt`, `docx-teams`, `vtt`.
        encoding: Of text files; None for binary formats.
        values: Background values that came with it (a spreadsheet's other columns).
        doubts: Sentences for the user about what was unclear.
    """

    name: str
    turns: tuple[ReadTurn, ...]
    format: str
    type: SourceType = SourceType.INTERVIEW
    encoding: str | None = None
    case_name: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[str, ...] = ()
    legend: dict[str, str] = field(default_factory=dict)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Labels of the voices, in the order in which they first speak."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))
