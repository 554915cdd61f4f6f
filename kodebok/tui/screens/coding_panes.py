"""The panes beside the reader: the code tree, the excerpts of a code, the memos at the cursor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical

from kodebok.domain.code import Code, CodeTree
from kodebok.domain.coding import Excerpt, Weight
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.i18n import mark, translator
from kodebok.tui.reader.document import format_time
from kodebok.tui.reader.palette import Look
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, Piece, code_pieces, spread, wrap
from kodebok.tui.widgets.rows import Rows

_ = translator("coding_screen")

WEIGHT_WORDS = {
    Weight.SUPPORTS: mark("supports"),
    Weight.NUANCES: mark("nuances"),
    Weight.CONTRADICTS: mark("contradicts"),
}
WEIGHT_SIGNS = {Weight.SUPPORTS: "+", Weight.NUANCES: "~", Weight.CONTRADICTS: "-"}

NOTE_WORDS = {
    NoteKind.MEMO: mark("Memo"),
    NoteKind.FIRST_IMPRESSION: mark("First impression"),
    NoteKind.AFTER_CODING: mark("After coding"),
    NoteKind.ANALYTIC: mark("Analytic memo"),
    NoteKind.METHOD: mark("Method memo"),
    NoteKind.THEORY: mark("Theory memo"),
    NoteKind.WONDERING: mark("Wondering"),
}
TARGET_WORDS = {
    Target.PASSAGE: mark("the passage"),
    Target.CODING: mark("the coding"),
    Target.CODE: mark("the code"),
    Target.SOURCE: mark("the source"),
}

EXCERPT_LINES, MEMO_LINES = 3, 3


class Pane(Vertical):
    """A list under a title that names its key."""

    DEFAULT_CSS = """
    Pane { background: $surface; }
    Pane > PieceLines { background: $panel; }
    Pane > Rows { height: 1fr; background: $surface; }
    """

    def __init__(self, title: str, key: str, rows: Rows[Any], id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title, self._shortcut = title, key
        self.rows = rows

    def compose(self) -> ComposeResult:
        """Title and list."""
        yield PieceLines()
        yield self.rows

    def on_mount(self) -> None:
        """Show the title."""
        self.say("")

    def say(self, words: str) -> None:
        """Put words behind the title, such as a number or the name of a code."""
        shown: list[Piece] = [(self._shortcut, DIM), (f" {self._title}", STRONG)]
        if words:
            shown.append((f"  {words}", DIM))
        self.query_one(PieceLines).show(shown)


def draw_code(
    code: Code, tree: CodeTree, counts: Mapping[str, int], width: int, look: Look
) -> list[Line]:
    """A line of the code tree: indented, with its sign and its number of codings."""
    depth = tree.depth(code.id)
    name: Piece = (f" {code.name}", "" if depth else STRONG)
    left: list[Piece] = [("  " * depth, ""), *code_pieces(code, look), name]
    count = counts.get(code.id, 0)
    return [
        spread(left, [(f" {count or '·' if not look.ascii else count or '.'} ", DIM)], width, look)
    ]


def draw_excerpt(excerpt: Excerpt, width: int, look: Look, own: str = "") -> list[Line]:
    """Where an excerpt stands, and its words on the lines that are left.

    Args:
        excerpt: The coded passage.
        width: Cells that a line has.
        look: Signs and colours.
        own: The coder who looks on, who is not named; another coder is.
    """
    return [
        [(place_words(excerpt, look, own), DIM)],
        *([(f"  {words}", "")] for words in wrap(excerpt.text, width - 2, EXCERPT_LINES - 1, look)),
    ]


def place_words(excerpt: Excerpt, look: Look, own: str = "") -> str:
    """Source, voice, time, what the passage does to its code, and whose coding it is."""
    parts = [excerpt.source]
    if excerpt.speaker and excerpt.speaker != excerpt.source:
        parts.append(excerpt.speaker)
    if excerpt.time_ms is not None:
        parts.append(format_time(excerpt.time_ms))
    if excerpt.weight is not None:
        parts.append(_(WEIGHT_WORDS[excerpt.weight]))
    if own and excerpt.coder != own:
        parts.append(excerpt.coder)
    return (" - " if look.ascii else " · ").join(parts)


def draw_note(note: Note, about: str, width: int, look: Look) -> list[Line]:
    """What a memo is and is about, and its first words."""
    kind = note.title or _(NOTE_WORDS[note.kind])
    head: list[Piece] = [(kind, STRONG), (f"  {about}", DIM)]
    return [head, *([(f"  {w}", "")] for w in wrap(note.text, width - 2, MEMO_LINES - 1, look))]


def about_words(note: Note, tree: CodeTree, code_of_coding: Mapping[str, str]) -> str:
    """What a memo is about, in words."""
    code_id = note.target_id if note.target is Target.CODE else None
    if note.target is Target.CODING:
        code_id = code_of_coding.get(note.target_id or "")
    words = _(TARGET_WORDS[note.target]) if note.target in TARGET_WORDS else str(note.target)
    if code_id is not None and code_id in tree:
        return f"{words}: {tree[code_id].name}"
    return words
