"""Settling passages that were coded differently, and keeping the figures before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from kodebok.coding.agreement_compared import Compared
from kodebok.coding.agreement_differences import Difference, find_differences
from kodebok.coding.agreement_report import Report, report_agreement
from kodebok.domain.blind import AgreementRun, Settlement, Settling
from kodebok.domain.code import SHORTEST_ID
from kodebok.domain.coding import Coding
from kodebok.domain.ids import new_id, now
from kodebok.domain.project import User
from kodebok.domain.text import canonicalise
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import blind, codings
from kodebok.storage.database import Store
from kodebok.storage.history import Act

_ = translator("agreement")

ID_SIGNS = 8


def difference_id(difference: Difference) -> str:
    """What names a difference, while its place is as it is."""
    place = f"{difference.source.id}:{difference.span.start}:{difference.span.end}"
    return sha256(place.encode()).hexdigest()[:ID_SIGNS]


def find_difference(compared: Compared, typed: str) -> Difference:
    """The difference of that id, or of its first signs (four at least).

    Raises:
        WrongUseError: There is none, or more than one (K376).
    """
    wanted = typed.strip().lower()
    found = [d for d in find_differences(compared) if difference_id(d).startswith(wanted)]
    if len(wanted) < SHORTEST_ID or len(found) != 1:
        raise WrongUseError(
            _("no difference has that id, or more than one has"),
            _("see 'kodebok compare ... --differences'; an id changes when the passages do"),
            "K376",
        )
    return found[0]


def coders_key(coders: Iterable[User]) -> str:
    """Some coders, whatever order they are named in."""
    return ",".join(sorted(coder.id for coder in coders))


def settle(
    store: Store,
    doer_id: str,
    compared: Compared,
    difference: Difference,
    choice: Settling,
    *,
    agree_with: User | None = None,
    reason: str = "",
) -> Settlement:
    """Let all compared coders have the same codings on a passage.

    The figures are kept first, when nothing was settled since they were kept last. What is taken
    away stands in the history, and undo brings it back.

    Args:
        store: The project.
        doer_id: Who settles it.
        compared: The coders and their codings.
        difference: The passage.
        choice: Whether one coder's codings stand (`agree_with`), everyone's, or nobody's.
        agree_with: The coder whose codings stand.
        reason: Why.

    Raises:
        WrongUseError: The coder to agree with is not among those compared (K377).
    """
    if choice is Settling.AGREE and (agree_with is None or agree_with not in compared.coders):
        raise WrongUseError(
            _("the coder to agree with is none of those compared"),
            _("name one of them, or 'both' or 'none'"),
            "K377",
        )
    before = _figures_to_keep(store, doer_id, compared)
    settlement = Settlement(
        id=new_id(),
        at=now(),
        coder_id=doer_id,
        source_id=difference.source.id,
        start=difference.span.start,
        end=difference.span.end,
        coders=coders_key(compared.coders),
        choice=agree_with.id if agree_with and choice is Settling.AGREE else str(choice),
        reason=canonicalise(reason).strip(),
    )
    there = _codings_on(store, compared, difference)
    with store.act(blind.SETTLE_KIND, doer_id, difference.source.id) as act:
        if before is not None:
            blind.add_run(act, before)
        _make_alike(act, compared.coders, there, _standing(there, choice, agree_with))
        blind.add_settlement(act, settlement)
    return settlement


def _codings_on(store: Store, compared: Compared, difference: Difference) -> list[Coding]:
    wanted = {coder.id for coder in compared.coders}
    return [
        coding
        for coding in codings.load_codings(store, difference.source.id)
        if coding.coder_id in wanted and coding.span.overlaps(difference.span)
    ]


Place = tuple[int, int, str]


def _place(coding: Coding) -> Place:
    return (coding.start, coding.end, coding.code_id)


def _standing(
    there: Sequence[Coding], choice: Settling, agree_with: User | None
) -> dict[Place, Coding]:
    """The codings that everyone is to have, by passage and code."""
    if choice is Settling.NONE:
        return {}
    only = agree_with.id if agree_with and choice is Settling.AGREE else None
    return {_place(c): c for c in there if only is None or c.coder_id == only}


def _make_alike(
    act: Act, coders: Sequence[User], there: Sequence[Coding], standing: dict[Place, Coding]
) -> None:
    for coding in there:
        if _place(coding) not in standing:
            codings.remove_coding(act, coding.id)
    for coder in coders:
        has = {_place(coding) for coding in there if coding.coder_id == coder.id}
        for place, model in standing.items():
            if place not in has:
                start, end, code_id = place
                codings.add_coding(
                    act,
                    Coding(new_id(), model.source_id, code_id, coder.id, start, end, model.text),
                )


def _figures_to_keep(store: Store, doer_id: str, compared: Compared) -> AgreementRun | None:
    """The figures now, unless settling has begun since figures were kept."""
    key = coders_key(compared.coders)
    runs = [run for run in blind.load_runs(store) if run.coders == key]
    settled = [item for item in blind.load_settlements(store) if item.coders == key]
    if runs and settled and settled[-1].at >= runs[-1].at:
        return None
    run = make_run(doer_id, compared, report_agreement(compared), _("before settling"))
    if runs and (runs[-1].figures, runs[-1].sources) == (run.figures, run.sources):
        return None
    return run


def make_run(doer_id: str, compared: Compared, report: Report, note: str = "") -> AgreementRun:
    """Figures as they are kept."""
    return AgreementRun(
        id=new_id(),
        at=now(),
        coder_id=doer_id,
        coders=coders_key(compared.coders),
        sources=",".join(sorted(item.source.id for item in compared.taking_part)),
        unit=str(report.unit),
        figures=tuple((r.code_id, r.measure, r.value, r.low, r.high) for r in report.rows),
        note=canonicalise(note).strip(),
    )


def keep_figures(
    store: Store, doer_id: str, compared: Compared, report: Report, note: str = ""
) -> AgreementRun:
    """Keep figures as they are now."""
    run = make_run(doer_id, compared, report, note)
    with store.act(blind.KEEP_KIND, doer_id, run.id) as act:
        blind.add_run(act, run)
    return run


def runs_of(store: Store, coders: Iterable[User]) -> list[AgreementRun]:
    """The figures kept for some coders, oldest first."""
    key = coders_key(coders)
    return [run for run in blind.load_runs(store) if run.coders == key]


def value_in(run: AgreementRun, code_id: str | None, measure: str) -> float | None:
    """One figure that was kept; None where there was none."""
    return next((row[2] for row in run.figures if row[:2] == (code_id, measure)), None)
