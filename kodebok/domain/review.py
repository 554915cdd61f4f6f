"""What a supervisor is sent, what comes back, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kodebok.domain.span import Span

MARK_LENGTH = 4  # signs of a printed id after its letter


class ReviewForm(StrEnum):
    """In which form a package goes out."""

    WORD = "word"
    INTERVIEW = "interview"
    HTML = "html"
    KODEBOK = "kodebok"

    @property
    def suffix(self) -> str:
        """The ending of the file's name, without the dot."""
        return {"html": "html", "kodebok": "kodebok"}.get(self, "docx")


class ReviewTarget(StrEnum):
    """What an item of a package is."""

    CODING = "coding"
    CODE = "code"
    THEME = "theme"
    SOURCE = "source"


class AnswerKind(StrEnum):
    """What a supervisor says of an item; a reply is the student's own."""

    AGREE = "agree"
    DOUBT = "doubt"
    PROPOSE = "propose"
    COMMENT = "comment"
    REPLY = "reply"


class AnswerState(StrEnum):
    """What became of an answer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISCUSSED = "discussed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ReviewPackage:
    """A package that was sent.

    Attributes:
        recipient: To whom, in the student's words.
        due: ISO date until when answers are wanted; empty for none.
        chosen: What was chosen, in words.
        made: UTC time, ISO 8601.
    """

    id: str
    recipient: str
    form: ReviewForm
    coder_id: str
    made: str
    due: str = ""
    questions: str = ""
    chosen: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing of a package that can be answered on.

    Attributes:
        mark: The printed id, such as `K-3F2A`; no two of a study are alike.
        target_id: Id of the coding, code, theme or source.
        code_id: The code when it was sent; a coding may have another by now.
        start, end: Where the words stand now, half-open code points; edits carry them.
        text: The words as they were sent.
    """

    id: str
    package_id: str
    mark: str
    target: ReviewTarget
    target_id: str
    position: int
    code_id: str | None = None
    source_id: str | None = None
    start: int | None = None
    end: int | None = None
    text: str = ""

    @property
    def span(self) -> Span | None:
        """Where the words stand now, when it is a passage."""
        return None if self.start is None or self.end is None else Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """An answer as it is kept.

    Attributes:
        item_id: What it is about; None for what could not be placed.
        thread: Id of the answer that it replies to.
        proposal: The code that is proposed, as it was written.
        author: Who wrote it, as the file says; else the package's recipient.
        at: When it was written, ISO 8601, as the file says; empty when it does not.
        received: UTC time, ISO 8601.
        file: SHA-256 in hex of the file it came in; empty for the student's own replies.
        source_id, start, end: The words it stands on; edits carry them.
        quoted: Those words as they stood in the file.
        is_resolved: Whether the supervisor marked it as resolved.
        reason: Why it was accepted, discussed or rejected.
        settled: UTC time, ISO 8601.
        coding_id: The coding that its acceptance led to.
    """

    id: str
    package_id: str
    kind: AnswerKind
    text: str
    item_id: str | None = None
    thread: str | None = None
    proposal: str = ""
    author: str = ""
    at: str = ""
    received: str = ""
    file: str = ""
    source_id: str | None = None
    start: int | None = None
    end: int | None = None
    quoted: str = ""
    is_resolved: bool = False
    state: AnswerState = AnswerState.OPEN
    reason: str = ""
    settled: str = ""
    coding_id: str | None = None


def mark_of(item_id: str) -> str:
    """The printed id that an item's id begins with."""
    return f"K-{item_id.replace('-', '')[:MARK_LENGTH].upper()}"
