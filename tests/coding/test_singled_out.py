"""Which combinations of background information point to one participant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kodebok.coding.singled_out import SingledOut, find_singled_out

VALUES = {
    "1": {"rolle": "leder", "sted": "A", "alder": "40"},
    "2": {"rolle": "leder", "sted": "B", "alder": "40"},
    "3": {"rolle": "sykepleier", "sted": "A", "alder": "40"},
    "4": {"rolle": "Sykepleier ", "sted": "A", "alder": "50"},
}


def test_the_smallest_combination_is_told_and_none_that_holds_it() -> None:
    found = find_singled_out(VALUES, ["rolle", "sted", "alder"])
    assert SingledOut("2", ("sted",)) in found
    assert SingledOut("4", ("alder",)) in found
    assert SingledOut("1", ("rolle", "sted")) in found
    assert SingledOut("3", ("rolle", "alder")) in found
    assert not [one for one in found if one.case_id == "2" and set(one.variables) > {"sted"}]


def test_a_role_that_several_have_tells_nothing_and_an_empty_value_neither() -> None:
    assert find_singled_out(VALUES, ["rolle"]) == []
    assert find_singled_out({"1": {"rolle": ""}, "2": {"rolle": "leder"}}, ["rolle"]) == [
        SingledOut("2", ("rolle",))
    ]


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3),
        st.dictionaries(st.sampled_from("xyz"), st.sampled_from("12"), max_size=3),
        max_size=8,
    )
)
def test_whoever_is_named_is_alone(values: dict[str, dict[str, str]]) -> None:
    for one in find_singled_out(values, ["x", "y", "z"]):
        own = [values[one.case_id].get(name) for name in one.variables]
        same = [c for c, v in values.items() if [v.get(name) for name in one.variables] == own]
        assert same == [one.case_id]
        assert all(own)
