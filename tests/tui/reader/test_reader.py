"""The reader on a screen: keys, mouse, messages, edits, and what is painted."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding

from kodebok.domain.code import Color
from kodebok.domain.span import Edit, Span
from kodebok.i18n import set_language
from kodebok.tui.reader.document import ReaderDocument
from kodebok.tui.reader.keys import BINDINGS, describe_keys
from kodebok.tui.reader.palette import Look
from kodebok.tui.reader.widget import Reader

from .builders import INTERVIEW, SPEAKERS, coded, document, turns_of

SOURCE = document(*INTERVIEW)
LONG = document(*(f"p: Replikk nummer {number} om morgenmøtet." for number in range(300)))
RESERVED = {*"0123456789cnimuUrdeqsxatgo", "slash", "question_mark", "comma", "full_stop"}
BEHIND_ALTGR = {
    "left_curly_bracket",
    "right_curly_bracket",
    "left_square_bracket",
    "right_square_bracket",
    "backslash",
    "at",
    "dollar_sign",
    "semicolon",
}
TEXT_X = 20


class ReaderApp(App[None]):
    """A screen with nothing but a reader, which writes down the messages."""

    BINDINGS: ClassVar = [Binding("escape", "note('escape')"), Binding("c", "note('c')")]

    def __init__(self, source: ReaderDocument = SOURCE, *spans) -> None:
        super().__init__()
        self.source, self.spans = source, spans
        self.moves: list[tuple[int, list[str]]] = []
        self.selections: list[Span | None] = []
        self.noted: list[str] = []

    def compose(self) -> ComposeResult:
        yield Reader(self.source)

    def on_mount(self) -> None:
        self.reader.set_codings(self.spans)

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)

    def on_reader_cursor_moved(self, message: Reader.CursorMoved) -> None:
        self.moves.append((message.offset, [span.id for span in message.codings_here]))

    def on_reader_selection_changed(self, message: Reader.SelectionChanged) -> None:
        self.selections.append(message.span)

    def action_note(self, what: str) -> None:
        self.noted.append(what)


def screen_rows(app: App) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def row_text(app: ReaderApp, y: int) -> str:
    return app.reader.render_line(y).text.rstrip()


async def test_a_passage_is_found_and_marked_by_keys_alone():
    app = ReaderApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "w", "w", "v", "w", "w")
        assert app.reader.selected_text == "tvil. Alle"
        await pilot.press("right_parenthesis")
        assert app.reader.selected_text == "tvil. Alle faggrupper står rundt tavla."
        await pilot.press("escape")
        assert app.reader.selection is None
        assert app.selections[-1] is None
        assert app.noted == []


async def test_escape_with_nothing_marked_goes_on_to_the_screen():
    app = ReaderApp()
    async with app.run_test() as pilot:
        await pilot.press("escape", "c")
        assert app.noted == ["escape", "c"]


async def test_words_sentences_and_turns_are_marked_at_once_and_grown():
    app = ReaderApp()
    async with app.run_test() as pilot:
        await pilot.press("f", "S")
        assert app.reader.selected_text == "Morgenmøtet."
        await pilot.press("minus")
        assert app.reader.selected_text == "Morgenmøtet"
        await pilot.press("plus", "plus")
        assert app.reader.selected_text.startswith("Morgenmøtet. Uten")
        await pilot.press("escape", "W")
        assert app.reader.is_marking


async def test_shift_and_arrows_mark_and_a_plain_arrow_lets_go():
    app = ReaderApp()
    async with app.run_test() as pilot:
        await pilot.press("shift+right", "shift+right", "shift+right")
        assert app.reader.selected_text == "Hva"
        await pilot.press("right")
        assert app.reader.selection is None


async def test_the_screen_is_told_where_the_cursor_is_and_which_codes_are_there():
    spans = [
        coded(SOURCE, "Morgenmøtet. Uten tvil.", "long"),
        coded(SOURCE, "Morgenmøtet", "short"),
    ]
    app = ReaderApp(SOURCE, *spans)
    async with app.run_test() as pilot:
        await pilot.press("p")
        assert app.moves[-1] == (spans[0].start, ["short", "long"])
        assert app.reader.active_coding.id == "short"
        await pilot.press("z")
        assert app.reader.active_coding.id == "long"
        await pilot.press("z")
        assert app.reader.active_coding.id == "short"
        assert app.reader.current_turn == SOURCE.turns[1]


async def test_the_active_coding_is_the_one_that_is_underlined():
    spans = [coded(SOURCE, "Uten tvil. Alle", "long"), coded(SOURCE, "Uten", "short")]
    app = ReaderApp(SOURCE, *spans)

    def underlined() -> str:
        strip = app.reader.render_line(2)
        return "".join(s.text for s in strip if s.style is not None and s.style.underline)

    async with app.run_test() as pilot:
        await pilot.press("p", "right")
        assert underlined() == "Uten"
        await pilot.press("z")
        assert underlined() == "Uten tvil. Alle"


async def test_no_key_is_acted_upon_before_the_reader_knows_its_size():
    reader = Reader(SOURCE)
    for action in ("next-row", "next-page", "next-word"):
        reader.action_move(action)
        reader.action_extend(action)
    for unit in ("word", "sentence", "turn"):
        reader.action_mark_unit(unit)
    reader.action_mark()
    reader.action_grow()
    reader.action_shrink()
    reader.action_swap_ends()
    assert reader.cursor_offset == 0
    assert reader.selection is None


async def test_what_is_shown_before_the_first_resize_is_kept():
    reader = Reader()

    class Early(App[None]):
        def compose(self) -> ComposeResult:
            reader.show(SOURCE, SOURCE.text.index("Uten"))
            reader.set_codings([coded(SOURCE, "Uten", "u")])
            yield reader

    async with Early().run_test():
        assert reader.cursor_offset == SOURCE.text.index("Uten")
        assert [span.id for span in reader.codings_at_cursor] == ["u"]
        assert "Morgenmøtet. Uten" in reader.render_line(2).text


async def test_the_view_follows_the_cursor_and_a_far_jump_leaves_room_around_it():
    app = ReaderApp(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+end")
        assert any("nummer 299" in row for row in screen_rows(app))
        app.reader.go_to(LONG.text.index("nummer 150 "))
        await pilot.pause()
        rows = [i for i, row in enumerate(screen_rows(app)) if "nummer 150 " in row]
        assert rows == [8]
        await pilot.press("ctrl+home")
        assert "nummer 0 " in screen_rows(app)[0]


async def test_pages_overlap_by_a_row():
    app = ReaderApp(LONG)
    async with app.run_test(size=(80, 25)) as pilot:
        await pilot.press("pagedown")
        assert app.reader.current_turn.id == 12
        await pilot.press("pageup")
        assert app.reader.current_turn.id == 0


async def test_the_terminals_cursor_follows_for_screen_readers():
    app = ReaderApp(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "l", "j")
        assert app.cursor_position == (TEXT_X + 2, 2)
        await pilot.press("ctrl+end")
        row = next(i for i, text in enumerate(screen_rows(app)) if "nummer 299" in text)
        assert app.cursor_position.y == row


async def test_a_click_moves_a_drag_marks_two_clicks_a_word_and_three_a_turn():
    app = ReaderApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(Reader, offset=(TEXT_X + 13, 2))
        assert app.reader.cursor_offset == SOURCE.text.index("Uten")
        assert app.reader.selection is None
        await pilot.mouse_down(Reader, offset=(TEXT_X + 13, 2))
        await pilot.hover(Reader, offset=(TEXT_X + 21, 2))
        await pilot.mouse_up(Reader, offset=(TEXT_X + 21, 2))
        assert app.reader.selected_text == "Uten tvil"
        await pilot.hover(Reader, offset=(TEXT_X, 0))
        assert app.reader.selected_text == "Uten tvil"
        await pilot.click(Reader, offset=(TEXT_X + 19, 2), times=2)
        assert app.reader.selected_text == "tvil"
        await pilot.click(Reader, offset=(TEXT_X + 19, 2), times=3)
        assert app.reader.selected_text.endswith("rundt tavla.")


async def test_a_drag_backwards_marks_both_signs_under_the_pointer():
    app = ReaderApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.mouse_down(Reader, offset=(TEXT_X + 16, 2))
        await pilot.hover(Reader, offset=(TEXT_X + 13, 2))
        await pilot.mouse_up(Reader, offset=(TEXT_X + 13, 2))
        assert app.reader.selected_text == "Uten"
        assert app.reader.cursor_offset == SOURCE.text.index("Uten")


async def test_a_bar_in_the_gutter_can_be_clicked():
    spans = [coded(SOURCE, "Uten tvil. Alle", "long"), coded(SOURCE, "Uten", "short")]
    app = ReaderApp(SOURCE, *spans)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(Reader, offset=(TEXT_X - 2, 2))
        assert app.reader.active_coding.id == "long"
        assert app.reader.cursor_offset == spans[0].start


async def test_the_wheel_scrolls_and_leaves_the_cursor():
    app = ReaderApp(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.scroll_relative(y=30, animate=False)
        await pilot.pause()
        assert app.reader.cursor_offset == 0
        assert "nummer 15 " in screen_rows(app)[0]
        await pilot.press("l")
        assert "nummer 0 " in screen_rows(app)[0]


async def test_what_is_marked_is_copied_and_nothing_else():
    app = ReaderApp()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+c")
        assert app.clipboard == ""
        await pilot.press("f", "W", "ctrl+c")
        assert app.clipboard == "Morgenmøtet"


async def test_a_selection_made_by_the_screen_is_brought_into_the_text():
    app = ReaderApp()
    async with app.run_test():
        app.reader.set_selection(Span(SOURCE.text.index("Uten"), 10_000))
        assert app.reader.selected_text.startswith("Uten tvil.")
        app.reader.set_selection(None)
        assert app.reader.selection is None
        app.reader.go_to(10_000)
        assert app.reader.cursor_offset == len(SOURCE.text)


async def test_a_corrected_turn_is_shown_and_codings_stay_on_their_words():
    app = ReaderApp(SOURCE, coded(SOURCE, "Uten tvil", "u"), coded(SOURCE, "Hva", "gone"))
    edit = Edit(0, "Hva er du", "Si hva du er")
    text = edit.apply(SOURCE.text)
    turns = turns_of("i: " + text.split("\n")[0], *INTERVIEW[1:])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "p", "W")
        app.reader.apply_edit(edit, turns)
        await pilot.pause()
        assert app.reader.selected_text == "Uten"
        assert app.reader.active_coding.start == text.index("Uten tvil")
        assert "Si hva du er mest fornøyd med?" in screen_rows(app)[0]
        assert app.reader.document == ReaderDocument(text, turns, SPEAKERS)


async def test_an_edit_that_does_not_fit_changes_nothing():
    app = ReaderApp()
    async with app.run_test():
        with pytest.raises(ValueError, match="at that offset"):
            app.reader.apply_edit(Edit(0, "Noe annet", ""), SOURCE.turns)
        with pytest.raises(ValueError, match="turns"):
            app.reader.apply_edit(Edit(0, "Hva", "Hvorfor"), SOURCE.turns)
        assert app.reader.document == SOURCE


async def test_another_source_takes_the_place_of_the_first():
    app = ReaderApp(LONG, coded(LONG, "Replikk", "r"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+end")
        app.reader.show(SOURCE)
        await pilot.pause()
        assert "Hva er du mest fornøyd med?" in screen_rows(app)[0]
        assert app.reader.codings_at_cursor == ()
        assert app.reader.max_scroll_y == 0


async def test_a_narrower_screen_keeps_the_words_at_the_top_in_sight():
    app = ReaderApp(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.go_to(LONG.text.index("nummer 150 "))
        await pilot.pause()
        await pilot.resize_terminal(40, 24)
        await pilot.pause()
        assert any("nummer 150" in row for row in screen_rows(app))


async def test_only_the_rows_that_differ_are_painted(monkeypatch):
    app = ReaderApp(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        painted: list[int] = []
        render_line = app.reader.render_line
        monkeypatch.setattr(
            app.reader, "render_line", lambda y: (painted.append(y), render_line(y))[1]
        )
        await pilot.press("l")
        assert painted == [0]
        painted.clear()
        await pilot.press("j")
        assert painted == [0, 2]
        painted.clear()
        app.reader.set_codings([coded(LONG, "Replikk nummer 3", color=Color.BLUE)])
        await pilot.pause()
        assert painted == [6]


async def test_rows_marked_out_of_sight_are_not_painted_as_they_were():
    app = ReaderApp(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("v", "ctrl+end", "ctrl+home")
        app.reader.scroll_relative(y=30, animate=False)
        await pilot.pause()
        plain = app.reader.render_line(0)
        assert len({segment.style for segment in plain if "nummer" in segment.text}) == 1
        await pilot.press("ctrl+end", "escape", "ctrl+home", "pagedown")
        backgrounds = {s.style.bgcolor for s in app.reader.render_line(0) if s.style}
        assert len(backgrounds) == 1


async def test_a_row_is_painted_anew_though_its_strip_was_given_up_for_room(monkeypatch):
    monkeypatch.setattr("kodebok.tui.reader.canvas._STRIPS_KEPT", 0)
    app = ReaderApp(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "W")
        await pilot.pause()
        row = app.screen._compositor.render_strips()[2]
        marked = app.reader.render_line(2)
        assert {s.style for s in marked} <= {s.style for s in row}


async def test_colour_can_be_turned_off_and_the_theme_changed():
    app = ReaderApp(SOURCE, coded(SOURCE, "Uten", color=Color.BLUE, letter="B"))
    async with app.run_test() as pilot:

        def colors() -> set:
            return {s.style.bgcolor for s in app.reader.render_line(2) if s.style}

        dark = colors()
        assert len(dark) == 2
        app.theme = "textual-light"
        await pilot.pause()
        light = colors()
        assert light.isdisjoint(dark)
        app.reader.set_look(Look(color=False, ascii=True))
        await pilot.pause()
        assert len(colors()) == 1


async def test_an_empty_source_can_be_shown_and_moved_over():
    app = ReaderApp(document(""))
    async with app.run_test() as pilot:
        for binding in BINDINGS:
            if binding.id not in {"reader.unmark", "reader.copy"}:
                await pilot.press(binding.key.split(",")[0])
        assert app.reader.cursor_offset == 0
        assert app.reader.selection is None


async def test_a_tiny_view_does_no_harm():
    app = ReaderApp()
    async with app.run_test(size=(3, 2)) as pilot:
        await pilot.press("j", "ctrl+end", "k", "v", "f")
        assert app.reader.cursor_offset > 0


async def test_every_binding_can_be_changed_by_its_id():
    app = ReaderApp()
    async with app.run_test() as pilot:
        app.set_keymap({"reader.next-turn": "N"})
        await pilot.press("N")
        assert app.reader.current_turn.id == 1


def test_keys_leave_room_for_the_coding_screen_and_for_a_norwegian_keyboard():
    taken = {key for binding in BINDINGS for key in binding.key.split(",")}
    assert not taken & RESERVED
    assert not taken & BEHIND_ALTGR


def test_every_binding_has_an_id_of_its_own_and_help_in_three_languages():
    ids = [binding.id for binding in BINDINGS]
    assert len(set(ids)) == len(ids)
    try:
        words = {}
        for language in ("en", "nb", "nn"):
            set_language(language)
            words[language] = {
                help_.id: (help_.description, help_.tooltip) for help_ in describe_keys()
            }
    finally:
        set_language("")
    assert words["nb"]["reader.next-turn"] == ("Neste replikk", "Til neste replikk")
    assert words["nn"]["reader.mark-sentence"][0] == "Merk setning"
    for binding_id, english in words["en"].items():
        assert words["nb"][binding_id] != english
        assert words["nn"][binding_id] != english


async def test_a_frame_around_the_reader_shifts_neither_the_mouse_nor_the_cursor():
    class Framed(ReaderApp):
        CSS = "Reader { border: round white; padding: 1 2; margin: 1; }"

    app = Framed()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.click(Reader, offset=(3 + TEXT_X + 13, 2 + 2))
        assert app.reader.cursor_offset == SOURCE.text.index("Uten")
        assert app.cursor_position == (1 + 3 + TEXT_X + 13, 1 + 2 + 2)
