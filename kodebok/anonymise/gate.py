"""The gate: the one place that every export, package and clip passes before it is written.

`check` is given all texts of the file as a reader of it could see them, its properties and its
name. What the gate can know depends on how far the study has come; this module holds what all
gates share, and the gate of a study in which nothing has been anonymised yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from kodebok.i18n import translator

_ = translator("anonymise")


@dataclass(frozen=True, slots=True)
class ExportText:
    """A stretch of text in a file that is about to leave.

    Attributes:
        where: The place in the file, such as `word/document.xml`; never text of the study.
    """

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class ExportContent:
    """A file that is about to leave.

    Attributes:
        kind: What kind of export it is, such as `word` or `refi`.
        file_name: The last part of the path it is to have; names leak there too.
        texts: Everything in it that can be read: text, comments, properties, names of parts.
    """

    kind: str
    file_name: str
    texts: tuple[ExportText, ...]


@dataclass(frozen=True, slots=True)
class GateHit:
    """A place in a file where someone could be recognised.

    Attributes:
        where: The place in the file; never text of the study.
        line: Which line of it, from 1.
        context: A digest of the words around it, by which a harmless hit is known again.
        found: The words themselves, for the user's own eyes: never in an error or a log.
        is_original: Whether the key knows it; else only the finders are sure of it.
    """

    where: str
    line: int
    context: str
    found: str = field(repr=False)
    is_original: bool = True


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """What the gate says of an export.

    Attributes:
        passes: Whether it may be written.
        sentences: What to tell the user, whether it passes or not; no text of the study.
        places: Where persons could be recognised, such as `word/comments.xml, paragraph 3`.
        hits: The same places with what stands there.
    """

    passes: bool
    sentences: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    hits: tuple[GateHit, ...] = field(default=(), repr=False)


class Gate(Protocol):
    """Anything that judges an export."""

    def check(self, content: ExportContent) -> GateVerdict:
        """The verdict on one file."""
        ...


class UnappliedGate:
    """The gate of a study in which anonymisation has never been applied.

    There is no key file to look names up in, so the student's own exports pass, with a warning.
    """

    def check(self, content: ExportContent) -> GateVerdict:
        """Let the file pass, and say that its text is not anonymised."""
        sentence = _(
            "{file} is not anonymised: anonymisation has not been applied in this study, "
            "so do not share it",
            file=content.file_name,
        )
        return GateVerdict(passes=True, sentences=(sentence,))


class ClosedGate:
    """A gate that lets nothing pass, and says why.

    Args:
        sentence: For the user.
    """

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    def check(self, _content: ExportContent) -> GateVerdict:
        """Stop the file."""
        return GateVerdict(passes=False, sentences=(self._sentence,))
