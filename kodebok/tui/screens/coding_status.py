"""The line under the text: every code at the cursor, and what is marked."""

from __future__ import annotations

from kodebok.domain.coding import Coding
from kodebok.domain.text import count_words
from kodebok.i18n import plural_translator, translator
from kodebok.tui.reader.palette import Look
from kodebok.tui.reader.view import ReaderView
from kodebok.tui.screens.coding_desk import CodingDesk
from kodebok.tui.screens.coding_panes import WEIGHT_WORDS
from kodebok.tui.widgets.pieces import DIM, HIT, STRONG, Line, Piece, code_pieces, spread, width_of

_ = translator("coding_screen")
_n = plural_translator("coding_screen")


def status_line(desk: CodingDesk, reader: ReaderView, said: str, width: int, look: Look) -> Line:
    """What was just said, else every code at the cursor; at the right what is marked."""
    right = _marked_words(reader)
    if desk.only_mine:
        right = [(_("only mine") + "  ", DIM), *right]
    if said:
        return spread([(said, STRONG)], right, width, look)
    return spread(_codes_here(desk, reader, width - width_of(right) - 1, look), right, width, look)


def _marked_words(reader: ReaderView) -> list[Piece]:
    if reader.selection is None:
        return [(_("marking"), STRONG)] if reader.is_marking else []
    count = count_words(reader.selected_text)
    return [
        (_n("{n} word marked", "{n} words marked", count), STRONG if reader.is_marking else DIM)
    ]


def _codes_here(desk: CodingDesk, reader: ReaderView, width: int, look: Look) -> list[Piece]:
    here = [desk.codings[span.id] for span in reader.codings_at_cursor if span.id in desk.codings]
    if not here:
        return [(_("Nothing is coded here"), DIM)]
    active = reader.active_coding
    line: list[Piece] = []
    for place, coding in enumerate(here):
        pieces = _coding_pieces(desk, coding, active is not None and coding.id == active.id, look)
        left = len(here) - place
        reserve = len(f"+{left}") if left > 1 else 0
        if line and width_of(line) + width_of(pieces) + reserve > width:
            return [*line, (f"+{left}", STRONG)]
        line += pieces
    return line


def _coding_pieces(desk: CodingDesk, coding: Coding, is_active: bool, look: Look) -> list[Piece]:
    code = desk.tree[coding.code_id]
    pieces = [*code_pieces(code, look), (" ", ""), (code.name, HIT if is_active else "")]
    asides = [_(WEIGHT_WORDS[coding.weight])] if coding.weight is not None else []
    if coding.coder_id != desk.coder_id:
        asides.append(desk.coder_names.get(coding.coder_id, "?"))
    if any(note.target_id == coding.id for note in desk.notes):
        asides.append(_("memo"))
    if asides:
        pieces.append((f" ({', '.join(asides)})", DIM))
    return [*pieces, ("  ", "")]
