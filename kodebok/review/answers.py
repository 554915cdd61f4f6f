"""Answers as they stand in a file that came back, before they are placed in the study."""

from __future__ import annotations

from dataclasses import dataclass

from kodebok.domain.review import AnswerKind


@dataclass(frozen=True, slots=True)
class Found:
    """An answer in a file.

    Attributes:
        key: What tells it apart in its file.
        mark: The printed id of what it is about; empty when that must be found by its words.
        near: The printed id that stands before it, where nothing tells more.
        quoted: The words that it stands on.
        around: The paragraph that those words stand in.
        parent: Key of the answer that it replies to.
    """

    key: str
    mark: str
    kind: AnswerKind
    text: str
    proposal: str = ""
    near: str = ""
    author: str = ""
    at: str = ""
    quoted: str = ""
    around: str = ""
    parent: str = ""
    is_resolved: bool = False
