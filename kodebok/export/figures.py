"""Figures for a thesis: counts by participant, the curve of new codes, codes that share words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from kodebok.export.model import StudyView
from kodebok.i18n import translator_to

FIGURES = ("matrix", "new-codes", "cooccurrence")
FORMATS = ("svg", "png")
DOTS_PER_INCH = 200
BLUE, GREY, ORANGE = "#0072B2", "#999999", "#D55E00"  # Okabe and Ito
MOST_CODES = 30  # bars that can still be read on a page


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Codes after so many interviews: as they came, the mean of all orders, and the band."""

    codes: int
    mean: float
    low: int
    high: int


def matrix_figure(view: StudyView, *, form: str, language: str = "", command: str = "") -> bytes:
    """A bar of codings for each code and participant; participants by their number."""
    lang = language or view.project.language
    _ = translator_to(lang, "export")
    ids, numbers = view.case_ids_by_name(), view.case_numbers()
    counts: Counter[tuple[str, int]] = Counter()
    for excerpt in view.excerpts:
        number = numbers.get(ids.get(excerpt.case or "", ""), 0)
        counts[excerpt.code_id, number] += 1
    used = Counter[str]()
    for (code_id, _number), count in counts.items():
        used[code_id] += count
    kept = {code_id for code_id, _count in used.most_common(MOST_CODES)}
    codes = [code for code in view.codes if code.id in kept]
    columns = sorted({number for _code, number in counts})
    figure = _new_figure(max(6.0, 2 + 0.9 * len(columns)), 1.2 + 0.28 * max(1, len(codes)))
    most = max(counts.values(), default=1)
    axes = figure.subplots(1, max(1, len(columns)), sharey=True, squeeze=False)[0]
    for axis, number in zip(axes, columns, strict=False):
        lengths = [counts[code.id, number] for code in codes]
        axis.barh(range(len(codes)), lengths, color=BLUE)
        axis.set_xlim(0, most)
        axis.set_xticks([0, most])
        axis.set_title(str(number) if number else "–", fontsize=9)
    axes[0].set_yticks(range(len(codes)), [code.name for code in codes], fontsize=8)
    axes[0].invert_yaxis()
    figure.supxlabel(_("Codings, by participant"), fontsize=9)
    return _finished(figure, form, command)


def curve_figure(
    points: Sequence[CurvePoint], *, form: str, language: str, command: str = ""
) -> bytes:
    """Codes after each interview as they came, and the band of other orders."""
    _ = translator_to(language, "export")
    figure = _new_figure(6.0, 4.0)
    axis = figure.subplots()
    places = range(1, len(points) + 1)
    axis.fill_between(
        places,
        [p.low for p in points],
        [p.high for p in points],
        color=GREY,
        alpha=0.35,
        label=_("95 % of other orders"),
    )
    axis.plot(places, [p.mean for p in points], color=GREY, linestyle="--", label=_("Mean"))
    axis.plot(places, [p.codes for p in points], color=BLUE, marker="o", label=_("As they came"))
    axis.set_xticks(list(places))
    axis.set_ylim(bottom=0)
    axis.set_xlabel(_("Interviews"))
    axis.set_ylabel(_("Different codes"))
    axis.legend(frameon=False)
    return _finished(figure, form, command)


def cooccurrence_figure(
    view: StudyView,
    pairs: Counter[tuple[str, str]],
    *,
    form: str,
    language: str = "",
    command: str = "",
) -> bytes:
    """How many pairs of codings of two codes share words, as a grid with the numbers in it."""
    _ = translator_to(language or view.project.language, "export")
    weight = Counter[str]()
    for pair, count in pairs.items():
        for code_id in pair:
            weight[code_id] += count
    kept = {code_id for code_id, _count in weight.most_common(MOST_CODES)}
    codes = [code for code in view.codes if code.id in kept]
    grid = [
        [pairs[min(a.id, b.id), max(a.id, b.id)] if a.id != b.id else 0 for b in codes]
        for a in codes
    ]
    side = 2.5 + 0.3 * max(1, len(codes))
    figure = _new_figure(side, side)
    axis = figure.subplots()
    if codes:
        axis.imshow(grid, cmap="Blues")
    most = max((count for row in grid for count in row), default=0)
    for row, counts in enumerate(grid):
        for column, count in enumerate(counts):
            if count:
                color = "white" if count > most / 2 else "black"
                axis.text(
                    column, row, str(count), ha="center", va="center", fontsize=7, color=color
                )
    names = [code.name for code in codes]
    axis.set_xticks(range(len(codes)), names, rotation=90, fontsize=7)
    axis.set_yticks(range(len(codes)), names, fontsize=7)
    axis.set_title(_("Pairs of codings that share words"), fontsize=9)
    return _finished(figure, form, command)


def _new_figure(width: float, height: float) -> Any:
    """A figure of its own, in inches, without a window or global state."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _finished(figure: Any, form: str, command: str) -> bytes:
    """The file, with the command that makes it again; a picture also carries its words as text.

    The gate reads them there.
    """
    import matplotlib as mpl
    from matplotlib.text import Text

    if command:
        figure.text(0.0, -0.02, command, fontsize=5, color=GREY)
    words = "\n".join(
        dict.fromkeys(text.get_text() for text in figure.findobj(Text) if text.get_text().strip())
    )
    out = BytesIO()
    # Text stays text, so that it can be searched and read aloud; ids and dates do not change.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "kodebok"}):
        if form == "svg":
            figure.savefig(out, format="svg", metadata={"Date": None}, bbox_inches="tight")
        else:
            figure.savefig(
                out,
                format="png",
                dpi=DOTS_PER_INCH,
                metadata={"Description": words, "Software": None},
                bbox_inches="tight",
            )
    return out.getvalue()
