"""What the screen of two coders says: figures with what they mean, and a passage in its context."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from kodebok.coding import agreement_words
from kodebok.coding.agreement_compared import Compared, ComparedSource
from kodebok.coding.agreement_differences import Difference
from kodebok.coding.agreement_report import Agreement, Report
from kodebok.coding.agreement_units import ALPHA, PERCENT
from kodebok.coding.settling import value_in
from kodebok.domain.blind import AgreementRun
from kodebok.i18n import language, translator
from kodebok.tui.widgets.pieces import DIM, STRONG, Line

_ = translator("compare_screen")

CONTEXT = 160  # characters before and after a passage


def draw_difference(difference: Difference, _width: int) -> Sequence[Line]:
    """The two lines of a row: what it costs and where, then the words."""
    kind = agreement_words.kind_of_difference(in_codes=difference.in_codes)
    share = f"{_number(100 * difference.cost, 1)} %"
    first: Line = [
        (f"{share:>7}  ", STRONG),
        (difference.source.name, STRONG),
        (f"   {kind}", DIM),
    ]
    return [first, [("   " + " ".join(difference.text.split()), "")]]


def describe_difference(compared: Compared, difference: Difference) -> Text:
    """A passage with what stands around it, and what each coder has coded there."""
    item = next(i for i in compared.taking_part if i.source.id == difference.source.id)
    before, words, after = _around(item, difference)
    text = Text()
    for coder, codes in zip(compared.coders, difference.codes, strict=True):
        text.append(f"{coder.name}: ", "bold")
        paths = [compared.tree.path(code_id).replace("/", " / ") for code_id in codes]
        text.append(f"{'; '.join(paths) if paths else '–'}\n")
    if not difference.in_codes:
        text.append(_("The codes are the same; the borders differ.") + "\n", "dim")
    text.append("\n")
    text.append(before, "dim")
    text.append(words, "bold")
    text.append(after, "dim")
    return text


def _around(item: ComparedSource, difference: Difference) -> tuple[str, str, str]:
    start, end = difference.span.start, difference.span.end
    before = item.words[max(0, start - CONTEXT) : start]
    after = item.words[end : end + CONTEXT]
    return before, item.words[start:end], after


def describe_report(compared: Compared, report: Report, runs: Sequence[AgreementRun]) -> Text:
    """The figures of the whole, then by code, in words, with what to bear in mind."""
    text = Text()
    titles = agreement_words.headings()
    for row in report.rows:
        if row.code_id is None:
            text.append(f"{agreement_words.measure_name(row.measure)}: ", "bold")
            text.append(_figure(row))
            means = agreement_words.what_it_means(row.measure, row.value)
            text.append(f"  {means}\n" if means else "\n", "dim")
            if runs:
                kept = [value_in(run, None, row.measure) for run in runs]
                told = " → ".join(_value(row.measure, value) for value in kept)
                text.append(f"    {titles['kept']}: {told}\n", "dim")
    text.append("\n" + _("By code: percent, and Krippendorff's α with its interval") + "\n", "bold")
    for code in compared.tree:
        found = {row.measure: row for row in report.rows if row.code_id == code.id}
        if found:
            shown = [_figure(found[m]) for m in (PERCENT, ALPHA) if m in found]
            text.append(f"{compared.tree.path(code.id).replace('/', ' / ')}: ")
            text.append("   ".join(shown) + "\n")
    text.append("\n")
    for sentence in agreement_words.what_was_compared(compared, report):
        text.append(sentence + "\n", "dim")
    for sentence in agreement_words.warnings(report):
        text.append(sentence + "\n")
    uncoded = round(100 * report.uncoded)
    text.append(
        _(
            "{n} % of the compared characters have no code: agreement that counts characters "
            "looks better than it is.",
            n=uncoded,
        )
        + "\n"
    )
    return text


def _figure(row: Agreement) -> str:
    value = _value(row.measure, row.value)
    if row.low is None or row.high is None:
        return value
    low, high = _value(row.measure, row.low), _value(row.measure, row.high)
    return f"{value} ({low} … {high})"


def _value(measure: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{_number(value, 1)} %" if measure == PERCENT else _number(value, 2)


def _number(value: float, places: int) -> str:
    """With a comma where the language has one, and no sign before a zero."""
    shown = f"{round(value, places) + 0.0:.{places}f}"
    return shown if language() == "en" else shown.replace(".", ",")
