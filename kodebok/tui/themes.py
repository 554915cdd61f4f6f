"""Four themes: dark, light, high contrast and plain; the accents are Okabe and Ito's."""

from __future__ import annotations

from textual.theme import Theme

_SKY, _BLUE, _GREEN = "#56B4E9", "#0072B2", "#009E73"
_ORANGE, _VERMILION, _YELLOW = "#E69F00", "#D55E00", "#F0E442"

THEMES = {
    "dark": Theme(
        "kodebok-dark",
        primary=_SKY,
        secondary=_BLUE,
        accent=_ORANGE,
        warning=_ORANGE,
        error="#FF7A3D",
        success="#2FBF95",
        foreground="#E4E4E4",
        background="#16181C",
        surface="#1D2026",
        panel="#2A2F38",
        dark=True,
    ),
    "light": Theme(
        "kodebok-light",
        primary=_BLUE,
        secondary=_SKY,
        accent="#A85A00",
        warning="#8F5200",
        error="#A63A00",
        success="#00664A",
        foreground="#1A1A1A",
        background="#FCFBF8",
        surface="#F3F1EC",
        panel="#E2DFD8",
        dark=False,
    ),
    "contrast": Theme(
        "kodebok-contrast",
        primary=_YELLOW,
        secondary=_SKY,
        accent=_YELLOW,
        warning=_YELLOW,
        error="#FF9E66",
        success="#5CF0C0",
        foreground="#FFFFFF",
        background="#000000",
        surface="#000000",
        panel="#303030",
        dark=True,
    ),
    "plain": Theme(
        "kodebok-plain",
        primary="#FFFFFF",
        secondary="#D0D0D0",
        accent="#FFFFFF",
        warning="#FFFFFF",
        error="#FFFFFF",
        success="#FFFFFF",
        foreground="#E8E8E8",
        background="#000000",
        surface="#000000",
        panel="#2C2C2C",
        dark=True,
    ),
}
