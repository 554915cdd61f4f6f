"""Which printed combinations of background information point to one participant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

MOST_TOGETHER = 3  # values that a reader would put together


@dataclass(frozen=True, slots=True)
class SingledOut:
    """A combination that one participant alone has.

    Attributes:
        case_id: Whose it is.
        variables: What has to be known together; no fewer of them would do.
    """

    case_id: str
    variables: tuple[str, ...]


def find_singled_out(
    values: Mapping[str, Mapping[str, str]], printed: Sequence[str], most: int = MOST_TOGETHER
) -> list[SingledOut]:
    """The smallest combinations of printed variables that one participant alone has.

    Args:
        values: By participant: variable and value. An empty value tells nothing.
        printed: Variables that would be printed together.
        most: How many a combination may hold.
    """
    found: list[SingledOut] = []
    for size in range(1, min(most, len(printed)) + 1):
        for together in combinations(printed, size):
            holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
            for case_id, own in values.items():
                told = tuple(own.get(name, "").strip().casefold() for name in together)
                if all(told):
                    holders[told].append(case_id)
            alone = {cases[0] for cases in holders.values() if len(cases) == 1}
            known = {
                one.case_id for one in found if set(one.variables) < set(together)
            }  # fmt: skip
            found += [SingledOut(case_id, together) for case_id in sorted(alone - known)]
    return found
