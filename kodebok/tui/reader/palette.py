"""The reader's styles, made from the theme's two colours so that light and dark both read well.

Nothing is told by hue alone: coded text has a bar with a letter and a pattern, the active coding
is underlined, and without colour coded text is underlined, the active coding bold besides, and
what is selected reversed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

from rich.style import Style
from textual.color import Color as Rgb

from kodebok.domain.code import Color
from kodebok.tui.reader.cells import cells
from kodebok.tui.reader.document import CodedSpan

# Contrast ratios of the Web Content Accessibility Guidelines 2.1, 1.4.3 and 1.4.11.
TEXT_CONTRAST = 4.5
SIGN_CONTRAST = 3.0

_TINT_ON_DARK = 0.30
_TINT_ON_LIGHT = 0.38
_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Look:
    """How the reader is drawn.

    Attributes:
        color: Whether codes are told by hue too.
        ascii: Whether bars and marks are drawn with ASCII signs alone; the text stays as it is.
    """

    color: bool = True
    ascii: bool = False


class Mark(IntFlag):
    """What a stretch of text is, besides what codes it has."""

    ACTIVE = 1
    NOTED = 2
    HIT = 4
    CURRENT_HIT = 8
    SELECTED = 16
    CURSOR = 32
    RESTING_CURSOR = 64
    MUTED = 128
    PLAYED = 256


_BOX_BARS = "┃║╏│┇╎"
_ASCII_BARS = "|:!I;="


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs that the reader draws, one cell each."""

    bars: str
    note: str
    quote: str
    cut: str
    hidden: str = "+"

    def bar(self, span: CodedSpan) -> str:
        """The bar of a coding's code."""
        return self.bars[span.pattern % len(self.bars)]

    def letter(self, span: CodedSpan) -> str:
        """The sign at the bar's beginning."""
        letter = span.letter or span.name[:1].upper()
        return letter if len(letter) == 1 and cells(letter) == 1 else "*"


BOX_SIGNS = Signs(_BOX_BARS, note="•", quote="»", cut="…")
ASCII_SIGNS = Signs(_ASCII_BARS, note="*", quote='"', cut="~")


def contrast_ratio(one: Rgb, other: Rgb) -> float:
    """From 1 to 21, as the Web Content Accessibility Guidelines 2.1 define it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Rgb) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for part in color.normalized
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def toward(color: Rgb, goal: Rgb, background: Rgb, contrast: float) -> Rgb:
    """The colour moved towards `goal` until it stands out from the background enough."""
    share = 0.0
    moved = color
    while contrast_ratio(moved, background) < contrast and share < 1.0:
        share += _STEP
        moved = color.blend(goal, min(1.0, share))
    return moved


class Palette:
    """Rich styles for everything that the reader draws.

    Args:
        background, foreground: Of the theme; an ANSI default counts as black on white or the
            reverse, as `dark` says.
        dark: Whether the background is a dark one.
    """

    def __init__(self, background: Rgb, foreground: Rgb, look: Look, *, dark: bool = True) -> None:
        self.look = look
        self.signs = ASCII_SIGNS if look.ascii else BOX_SIGNS
        self._terminal_colors = background.ansi is not None
        if self._terminal_colors:
            background, foreground = (_BLACK, _WHITE) if dark else (_WHITE, _BLACK)
        self._background, self._foreground = background, foreground
        share = _TINT_ON_DARK if background.brightness < _MIDDLE else _TINT_ON_LIGHT
        self._tints = {c: background.blend(Rgb.parse(c.rgb), share) for c in Color}
        self._bars = {
            c: toward(Rgb.parse(c.rgb), foreground, background, SIGN_CONTRAST) for c in Color
        }
        halfway = background.blend(foreground, 0.5)
        self._dim = toward(halfway, foreground, background, TEXT_CONTRAST)
        muted = background.blend(foreground, _MUTED_SHARE)
        self._muted = toward(muted, foreground, background, TEXT_CONTRAST)
        self._extreme = _WHITE if background.brightness < _MIDDLE else _BLACK
        self._text_styles: dict[tuple[Color | None, int], Style] = {}
        self.plain = self._style(foreground, background)
        self.strong = self.plain + Style(bold=True)
        self.muted = self._style(self._muted, background)
        self.dim = self._style(self._dim, background)

    def _style(self, foreground: Rgb, background: Rgb) -> Style:
        if self._terminal_colors:
            return Style(
                color=None if foreground == self._foreground else foreground.rich_color,
                bgcolor=None if background == self._background else background.rich_color,
            )
        return Style(color=foreground.rich_color, bgcolor=background.rich_color)

    def bar(self, color: Color, *, active: bool) -> Style:
        """The style of a bar in the gutter."""
        foreground = self._bars[color] if self.look.color else self._foreground
        if active:
            return self._style(self._background, foreground) + Style(bold=True)
        return self._style(foreground, self._background)

    def text(self, tint: Color | None, marks: int) -> Style:
        """The style of a stretch of text that is all the same."""
        key = (tint, marks)
        style = self._text_styles.get(key)
        if style is None:
            make = self._colored if self.look.color else self._uncolored
            style = self._text_styles[key] = make(tint, Mark(marks))
        return style

    def _colored(self, tint: Color | None, marks: Mark) -> Style:
        background = self._background if tint is None else self._tints[tint]
        foreground = self._muted if Mark.MUTED in marks and tint is None else self._foreground
        foreground = toward(foreground, self._extreme, background, TEXT_CONTRAST)
        extra = Style(
            underline=Mark.ACTIVE in marks or None,
            italic=Mark.NOTED in marks or None,
            bold=bool(marks & (Mark.HIT | Mark.CURRENT_HIT | Mark.CURSOR | Mark.PLAYED)) or None,
        )
        if Mark.CURSOR in marks:
            background, foreground = self._foreground, self._background
        elif Mark.RESTING_CURSOR in marks:
            background, foreground = self._dim, self._background
        elif Mark.PLAYED in marks:
            background, foreground = self._played, self._background
        elif Mark.SELECTED in marks:
            background, foreground = self._selection, self._background
        elif Mark.CURRENT_HIT in marks:
            background, foreground = _CURRENT_HIT, _BLACK
        elif Mark.HIT in marks:
            background, foreground = _HIT, _BLACK
        return self._style(foreground, background) + extra

    @property
    def _selection(self) -> Rgb:
        return self._block(_SELECTION)

    @property
    def _played(self) -> Rgb:
        return self._block(_PLAYED)

    def _block(self, color: Rgb) -> Rgb:
        """A colour to lie behind text in the background's own colour."""
        strong = self._background.blend(color, _SELECTION_SHARE)
        return toward(strong, self._foreground, self._background, TEXT_CONTRAST)

    def _uncolored(self, tint: Color | None, marks: Mark) -> Style:
        is_cursor = bool(marks & (Mark.CURSOR | Mark.RESTING_CURSOR))
        is_block = bool(marks & (Mark.SELECTED | Mark.CURRENT_HIT | Mark.PLAYED))
        is_hit = bool(marks & (Mark.HIT | Mark.CURRENT_HIT))
        return self.plain + Style(
            reverse=(is_cursor != is_block) or None,
            underline=is_cursor or (tint is not None and not is_block) or None,
            bold=is_hit or bool(marks & (Mark.ACTIVE | Mark.CURSOR | Mark.PLAYED)) or None,
            italic=is_hit or Mark.NOTED in marks or None,
        )


_BLACK = Rgb(0, 0, 0)
_WHITE = Rgb(255, 255, 255)
_MIDDLE = 0.5
_SELECTION_SHARE = 0.8
_MUTED_SHARE = 0.78
_SELECTION = Rgb.parse(Color.SKY.rgb)
_PLAYED = Rgb.parse(Color.GREEN.rgb)
_HIT = Rgb.parse(Color.ORANGE.rgb)
_CURRENT_HIT = Rgb.parse(Color.YELLOW.rgb)
