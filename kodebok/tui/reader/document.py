"""What a reader is given to show. Offsets are half-open code points of the canonical text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kodebok.domain.code import Color
from kodebok.domain.source import Role, Speaker, Turn

MILLISECONDS_PER_SECOND = 1000


@dataclass(frozen=True, slots=True)
class CodedSpan:
    """A coding as the reader draws it: `start` to `end` of the canonical text.

    Attributes:
        id: The coding's id; what messages and `active_coding` name it by.
        letter: One sign drawn where its bar begins; the name's first letter when empty.
        name: The code's name, for the status line.
        pattern: Which of the bar patterns, counted round; so that colour is never the only sign.
    """

    id: str
    start: int
    end: int
    color: Color = Color.GREY
    letter: str = ""
    name: str = ""
    pattern: int = 0

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class ReaderDocument:
    r"""One source's canonical text with its turns, which are joined by `\n`.

    Attributes:
        turns: In order, covering the text; empty for a text that has none.
        speakers: By id; a turn whose speaker is not here has no label.

    Raises:
        ValueError: The turns do not cover the text.
    """

    text: str
    turns: tuple[Turn, ...] = ()
    speakers: Mapping[str, Speaker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.turns:
            object.__setattr__(self, "turns", (Turn(0, "", 0, len(self.text)),))
        expected = 0
        for turn in self.turns:
            if turn.start != expected or turn.end < turn.start:
                raise ValueError("the turns do not follow each other in the text")
            expected = turn.end + 1
        if expected != len(self.text) + 1:
            raise ValueError("the turns do not cover the text")

    def label(self, turn: Turn) -> str:
        """The name of the turn's voice, or an empty text."""
        speaker = self.speakers.get(turn.speaker_id or "")
        return speaker.label if speaker else ""

    def is_interviewer(self, turn: Turn) -> bool:
        """Whether an interviewer speaks."""
        speaker = self.speakers.get(turn.speaker_id or "")
        return speaker is not None and speaker.role is Role.INTERVIEWER

    @property
    def has_margin(self) -> bool:
        """Whether any turn has a speaker or a time to show."""
        return any(t.speaker_id in self.speakers or t.start_ms is not None for t in self.turns)


def format_time(milliseconds: int) -> str:
    """A place in a recording as `mm:ss`, or `h:mm:ss` from one hour."""
    minutes, seconds = divmod(milliseconds // MILLISECONDS_PER_SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
