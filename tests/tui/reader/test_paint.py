"""What a row looks like: the signs that are drawn, and the styles that tell things apart."""

from __future__ import annotations

import pytest
from textual.color import Color as Rgb

from kodebok.domain.code import Color
from kodebok.domain.source import Role, Speaker
from kodebok.domain.span import Span
from kodebok.tui.reader.document import ReaderDocument, format_time
from kodebok.tui.reader.lanes import Lanes
from kodebok.tui.reader.layout import Layout
from kodebok.tui.reader.paint import Picture, changed_rows, divide, heading_turns, paint_row
from kodebok.tui.reader.palette import TEXT_CONTRAST, Look, Mark, Palette, contrast_ratio

from .builders import INTERVIEW, coded, document, turns_of

DARK = (Rgb.parse("#121212"), Rgb.parse("#e0e0e0"))
LIGHT = (Rgb.parse("#e0e0e0"), Rgb.parse("#1f1f1f"))
PALE = (Rgb.parse("#002b36"), Rgb.parse("#839496"))
HIGH = (Rgb.parse("#000000"), Rgb.parse("#ffffff"))
SOURCE = document(*INTERVIEW)


def picture(source: ReaderDocument, *spans, view=80, look=None, **fields) -> Picture:
    columns = divide(view, source)
    layout = Layout(source.text, source.turns, columns.text, heading_turns(source, columns))
    palette = Palette(*DARK, look or Look())
    fields = {"cursor": None, **fields}
    return Picture(source, layout, Lanes(spans, layout.row_of), columns, palette, **fields)


def drawn(painted: Picture, count: int) -> list[str]:
    return [paint_row(painted, row).text.rstrip() for row in range(count)]


def styles_of(painted: Picture, words: str) -> list:
    start = painted.document.text.index(words)
    strip = paint_row(painted, painted.layout.row_of(start))
    return [segment.style for segment in strip if words in segment.text]


def test_speaker_time_lanes_and_text_stand_side_by_side():
    spans = [
        coded(SOURCE, "Uten tvil. Alle faggrupper står rundt tavla.", letter="M", pattern=1),
        coded(SOURCE, "Alle", letter="F"),
    ]
    assert drawn(picture(SOURCE, *spans, view=70), 9) == [
        " Intervjuer         Hva er du mest fornøyd med?",
        " 00:00",
        " Informant 1     FM Morgenmøtet. Uten tvil. Alle faggrupper står",
        " 01:01            ║ rundt tavla.",
        "",
        " Intervjuer         Brukes de fire meterne?",
        " 02:02",
        " Informant 1        Ja. [latter] Noen mer enn andre.",
        " 03:03",
    ]


def test_on_a_wide_screen_the_time_stands_beside_the_speaker():
    assert drawn(picture(SOURCE, view=120), 3) == [
        " Intervjuer   00:00          Hva er du mest fornøyd med?",
        "",
        " Informant 1  01:01          Morgenmøtet. Uten tvil. Alle faggrupper står rundt tavla.",
    ]


def test_on_a_narrow_screen_the_speaker_stands_above():
    assert drawn(picture(SOURCE, view=50), 6) == [
        "      Intervjuer  00:00",
        "      Hva er du mest fornøyd med?",
        "",
        "      Informant 1  01:01",
        "      Morgenmøtet. Uten tvil. Alle faggrupper",
        "      står rundt tavla.",
    ]


def test_a_source_without_speakers_and_times_needs_no_margin():
    source = document("Tiltaket ble lagt ned.", "Det sto i saksframlegget.")
    assert drawn(picture(source), 3) == [
        "        Tiltaket ble lagt ned.",
        "",
        "        Det sto i saksframlegget.",
    ]


def test_ascii_signs_are_enough():
    spans = [
        coded(SOURCE, "Morgenmøtet. Uten tvil. Alle faggrupper står rundt tavla.", letter="M"),
    ]
    spans += [coded(SOURCE, "Uten", str(number), letter="U") for number in range(7)]
    painted = picture(SOURCE, *spans, view=70, look=Look(ascii=True), note_starts=[0])
    assert drawn(painted, 4) == [
        " Intervjuer        *Hva er du mest fornøyd med?",
        " 00:00",
        " Informant 1 +UUUUM Morgenmøtet. Uten tvil. Alle faggrupper står",
        " 01:01            | rundt tavla.",
    ]


def test_a_long_name_is_cut():
    speakers = {"p": Speaker("p", "s", "Fagutviklingssykepleier Berg", Role.PARTICIPANT)}
    source = ReaderDocument("Ja.", turns_of("p: Ja."), speakers)
    assert drawn(picture(source), 1) == [" Fagutvikling…        Ja."]
    assert drawn(picture(source, look=Look(ascii=True)), 1) == [" Fagutvikling~        Ja."]


def test_the_users_text_is_never_markup():
    assert "Ja. [latter] Noen" in drawn(picture(SOURCE), 12)[6]


@pytest.mark.parametrize("view", [1, 2, 5, 39, 40, 69, 70, 80, 109, 110, 200])
def test_every_row_is_as_wide_as_the_view(view):
    painted = picture(document("p: 語語 👨‍👩‍👧 tverrfaglig\tsamhandling", "i: Ja."), view=view)
    for row in range(painted.layout.row_count + 2):
        assert paint_row(painted, row).cell_length == view


def test_text_is_eighty_cells_wide_at_most():
    assert divide(300, SOURCE).text == 80


def test_the_shortest_coding_gives_the_tint():
    spans = [
        coded(SOURCE, "Uten tvil. Alle faggrupper", color=Color.BLUE),
        coded(SOURCE, "tvil. Alle", color=Color.ORANGE),
        coded(SOURCE, "Alle", color=Color.GREEN),
    ]
    painted = picture(SOURCE, *spans)
    tint = painted.palette.text
    assert styles_of(painted, "Uten") == [tint(Color.BLUE, 0)]
    assert styles_of(painted, "tvil") == [tint(Color.ORANGE, 0)]
    assert styles_of(painted, "Alle") == [tint(Color.GREEN, 0)]
    assert styles_of(painted, "faggrupper") == [tint(Color.BLUE, 0)]


def test_selection_cursor_hits_memos_and_the_active_coding_are_told_apart():
    def here(words):
        start = SOURCE.text.index(words)
        return Span(start, start + len(words))

    painted = picture(
        SOURCE,
        coded(SOURCE, "faggrupper", color=Color.SKY),
        selection=here("Uten"),
        cursor=here("tvil").start,
        active="faggrupper",
        hits=[here("Alle"), here("Noen")],
        current_hit=1,
        noted=[here("tavla")],
    )
    style = painted.palette.text
    assert styles_of(painted, "Uten") == [style(None, Mark.SELECTED)]
    assert styles_of(painted, "t")[0] != style(None, 0)
    assert styles_of(painted, "Alle") == [style(None, Mark.HIT)]
    assert styles_of(painted, "Noen") == [style(None, Mark.CURRENT_HIT)]
    assert styles_of(painted, "tavla") == [style(None, Mark.NOTED)]
    assert styles_of(painted, "faggrupper") == [style(Color.SKY, Mark.ACTIVE)]


ONE_MARK = [mark for mark in Mark if mark != Mark.MUTED]


@pytest.mark.parametrize("color", [True, False])
def test_no_two_marks_look_the_same(color):
    palette = Palette(*DARK, Look(color=color))
    tint = Color.ORANGE
    looks = [palette.text(None, 0), palette.text(tint, 0)]
    looks += [palette.text(tint, mark) for mark in ONE_MARK]
    assert len(set(looks)) == len(looks)


def test_without_colour_codes_have_no_hue():
    palette = Palette(*DARK, Look(color=False))
    assert {palette.text(color, 0) for color in Color} == {palette.text(Color.BLUE, 0)}
    assert {palette.bar(color, active=False) for color in Color} == {palette.plain}
    assert palette.text(Color.BLUE, 0).underline


@pytest.mark.parametrize("theme", [DARK, LIGHT, PALE, HIGH])
def test_text_on_every_tint_and_mark_can_be_read(theme):
    palette = Palette(*theme, Look())
    for tint in (None, *Color):
        for marks in (0, *ONE_MARK, Mark.MUTED):
            style = palette.text(tint, marks)
            ratio = contrast_ratio(
                Rgb.from_rich_color(style.color), Rgb.from_rich_color(style.bgcolor)
            )
            assert ratio >= TEXT_CONTRAST, (tint, marks)


@pytest.mark.parametrize("theme", [DARK, LIGHT, PALE, HIGH])
def test_bars_stand_out_from_the_background(theme):
    palette = Palette(*theme, Look())
    for color in Color:
        style = palette.bar(color, active=False)
        ratio = contrast_ratio(Rgb.from_rich_color(style.color), Rgb.from_rich_color(style.bgcolor))
        assert ratio >= 3


def test_a_terminals_own_colours_are_left_alone():
    default = Rgb.parse("ansi_default")
    palette = Palette(default, default, Look())
    assert palette.plain.color is None
    assert palette.plain.bgcolor is None


def test_the_space_that_a_row_is_broken_at_is_not_tinted():
    painted = picture(SOURCE, coded(SOURCE, "Alle faggrupper står rundt tavla"), view=50)
    row = painted.layout.row_of(SOURCE.text.index("Alle"))
    tinted = [s.text for s in paint_row(painted, row) if s.style == styles_of(painted, "Alle")[0]]
    assert tinted == ["Alle faggrupper"]


def test_a_tint_never_tears_a_sign_apart():
    source = document("a👨‍👩‍👧b")
    painted = picture(source, coded(source, "👨", color=Color.BLUE))
    segments = [segment.text for segment in paint_row(painted, 0)]
    assert "👨‍👩‍👧" in segments


def test_the_same_picture_gives_the_same_strip_and_a_moved_cursor_touches_two_rows():
    one, other = picture(SOURCE, cursor=3), picture(SOURCE, cursor=len(SOURCE.text))
    assert paint_row(one, 0) == paint_row(picture(SOURCE, cursor=3), 0)
    assert changed_rows(one, other) == [(0, 0), (6, 6)]


def test_every_row_that_differs_between_two_pictures_is_among_the_changed_ones():
    spans = [coded(SOURCE, "Uten tvil", "a"), coded(SOURCE, "Noen mer", "b")]
    one = picture(SOURCE, *spans, view=30, cursor=9, active="a", selection=Span(2, 9))
    other = picture(SOURCE, *spans, view=30, cursor=130, active="b", selection=Span(60, 130))
    differing = {
        row for row in range(one.layout.row_count) if paint_row(one, row) != paint_row(other, row)
    }
    ranges = changed_rows(one, other)
    assert differing <= {row for first, last in ranges for row in range(first, last + 1)}


def test_times_are_written_as_players_write_them():
    assert [format_time(ms) for ms in (0, 61_999, 3_600_000)] == ["00:00", "01:01", "1:00:00"]
