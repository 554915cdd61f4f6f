"""Whether what an export prints of participants points to one of them."""

from __future__ import annotations

from collections.abc import Sequence

from kodebok.coding.singled_out import SingledOut, find_singled_out
from kodebok.domain.case import CaseKind
from kodebok.i18n import plural_translator
from kodebok.storage import cases
from kodebok.study.opening import Study

_n = plural_translator("study")

_WITH_ROLES = frozenset({"word", "html", "appendix", "excel"})  # kinds of export
_FEWEST = 2  # participants from which on one can be told from others


def load_singled_out(study: Study, printed: Sequence[str] | None = None) -> list[SingledOut]:
    """Combinations that one participant alone has.

    Args:
        study: The study.
        printed: Names of the variables that are printed; all of the study's when None.
    """
    listed = [
        one for one in cases.load_cases(study.store) if one.kind is CaseKind.PARTICIPANT
    ]  # fmt: skip
    if len(listed) < _FEWEST:
        return []
    names = [one.name for one in cases.load_variables(study.store)] if printed is None else printed
    return find_singled_out({one.id: one.values for one in listed}, names)


def singled_out_sentences(study: Study, printed: Sequence[str] | None = None) -> list[str]:
    """A warning for each smallest combination of variables, with how many it points to."""
    together: dict[tuple[str, ...], int] = {}
    for one in load_singled_out(study, printed):
        together[one.variables] = together.get(one.variables, 0) + 1
    return [
        _n(
            "{variables}, printed together, point to {n} participant alone",
            "{variables}, printed together, point to {n} participants, each alone",
            count,
            variables=" + ".join(variables),
        )
        for variables, count in together.items()
    ]


def printed_role_sentences(study: Study, kind: str) -> tuple[str, ...]:
    """Warnings on what an export prints beside a quote: the role, and no other variable."""
    if kind not in _WITH_ROLES:
        return ()
    role = study.settings.get("role-variable").casefold()
    names = [one.name for one in cases.load_variables(study.store)]
    return tuple(singled_out_sentences(study, [n for n in names if n.casefold() == role]))
