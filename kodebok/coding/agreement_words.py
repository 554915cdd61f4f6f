"""What measures of agreement are called, what they tell, and what to bear in mind."""

from __future__ import annotations

from kodebok.coding.agreement_bootstrap import DRAWS
from kodebok.coding.agreement_compared import Compared
from kodebok.coding.agreement_passages import CU_ALPHA, U_ALPHA, U_BINARY
from kodebok.coding.agreement_report import Report
from kodebok.coding.agreement_units import AC1, ALPHA, FLEISS, KAPPA, PERCENT, UnitKind
from kodebok.domain.project import Method
from kodebok.i18n import plural_translator, translator

_ = translator("agreement")
_n = plural_translator("agreement")

# Krippendorff's customary limits (Content Analysis, chapter 12).
RELIABLE, TENTATIVE = 0.8, 0.667


def measure_name(measure: str) -> str:
    """The measure's name in a table."""
    return {
        PERCENT: _("Percent agreement"),
        KAPPA: _("Cohen's κ"),
        FLEISS: _("Fleiss' κ"),
        ALPHA: _("Krippendorff's α"),
        AC1: _("Gwet's AC1"),
        U_ALPHA: _("uα, passages and codes"),
        U_BINARY: _("uα, coded or not"),
        CU_ALPHA: _("cuα, which code"),
    }[measure]


def what_it_tells(measure: str) -> str:
    """What the measure looks at, in a few words."""
    beyond = _("how far they agree beyond chance, for each unit and code")
    return {
        PERCENT: _("how often they judge alike; also by chance"),
        KAPPA: beyond,
        FLEISS: beyond,
        ALPHA: beyond,
        AC1: _("the same, but rare codes do not pull it down"),
        U_ALPHA: _("whether they gave the same characters the same codes"),
        U_BINARY: _("whether they coded the same characters at all"),
        CU_ALPHA: _("whether they chose the same code, where both have coded"),
    }[measure]


def what_it_means(measure: str, value: float | None) -> str:
    """How good such a value is by Krippendorff's limits.

    Nothing for percent and AC1, which rare codes alone make high.
    """
    if value is None:
        return _("cannot be reckoned: nothing varies, or nothing is shared")
    if measure in {PERCENT, AC1}:
        return ""
    if value >= RELIABLE:
        return _("good enough to build on")
    if value >= TENTATIVE:
        return _("enough for tentative conclusions")
    if value > 0:
        return _("too low to build on; talk the differences through")
    return _("no better than chance")


def what_was_compared(compared: Compared, report: Report) -> list[str]:
    """Which sources, which units, and where the intervals come from; a sentence each."""
    names = ", ".join(item.source.name for item in compared.taking_part)
    said = [_("Compared on what all of them have coded or marked as read: {names}.", names=names)]
    if compared.left_out:
        left = ", ".join(source.name for source in compared.left_out)
        said.append(
            _(
                "Left out, since not all of them have read it, or it is still being coded blind: "
                "{names}.",
                names=left,
            )
        )
    said.append(_units(report))
    said.append(_("uα and cuα rest on the participants' {n} characters.", n=report.characters))
    said.append(_intervals(report))
    return said


def _units(report: Report) -> str:
    counted = {
        UnitKind.TURNS: _n("{n} turn", "{n} turns", report.units),
        UnitKind.SENTENCES: _n("{n} sentence", "{n} sentences", report.units),
        UnitKind.CHARACTERS: _n("{n} character", "{n} characters", report.units),
    }[report.unit]
    return _(
        "Units: {counted} of participants. A unit has a code when a passage with that code touches "
        "it. Codes that none of them used are not counted.",
        counted=counted,
    )


def _intervals(report: Report) -> str:
    if report.by_source:
        return _("Intervals: 95 % of {n} draws of whole sources.", n=DRAWS)
    return _(
        "Intervals: 95 % of {n} draws of turns, since there are too few sources to draw from. "
        "Turns of one conversation hang together, so the real uncertainty is larger.",
        n=DRAWS,
    )


def warnings(report: Report) -> list[str]:
    """What makes figures look better or firmer than they are."""
    said = []
    uncoded = round(100 * report.uncoded)
    if report.unit is UnitKind.CHARACTERS:
        said.append(
            _(
                "Beware: agreement of characters is inflated by uncoded text. None of them coded "
                "{uncoded} % of the characters, and each counts as agreement. Look at cuα, or use "
                "turns.",
                uncoded=uncoded,
            )
        )
    said.append(
        _(
            "Percent agreement and AC1 are high whenever codes are rare, for most units lack most "
            "codes. The limits 0.8 and 0.667 are Krippendorff's, and a custom, not a law."
        )
    )
    return said


def why_not_asked(method: Method) -> str | None:
    """Why the way of working does not ask for agreement; None when it does, or is undecided."""
    return {
        Method.REFLEXIVE: _(
            "Reflexive thematic analysis does not ask for this: codes grow out of the researcher's "
            "own reading, and a colleague who reads otherwise opens the analysis rather than "
            "showing an error in it."
        ),
        Method.SDI: _(
            "SDI does not ask for this: its codes lie close to the data, and the test of a code is "
            "that it could not have been made before the passage was read, not that two agree."
        ),
        Method.CONDENSATION: _(
            "Systematic text condensation does not ask for this: several readers are there to "
            "widen the view and to negotiate the codes, not to be counted."
        ),
    }.get(method)


def kind_of_difference(*, in_codes: bool) -> str:
    """What a passage's coders differ in."""
    return _("codes") if in_codes else _("borders")


def headings() -> dict[str, str]:
    """Headings of the tables, by field."""
    return {
        "measure": _("Measure"),
        "value": _("Value"),
        "interval": _("Interval"),
        "tells": _("What it tells"),
        "means": _("What it means"),
        "percent": _("Percent"),
        "differ_in": _("Differ in"),
        "cost": _("Share of the disagreement"),
        "kept": _("Kept last"),
    }
