"""What the card says of dates and places, on any system."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.card import Card, EndState, days_left, end_state, is_inside, missing_fields
from kodebok.domain.consent import Consent, standing_consent

END = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (END - timedelta(days=31), EndState.FAR),
        (END - timedelta(days=30), EndState.NEAR),
        (END, EndState.NEAR),
        (END + timedelta(days=1), EndState.PASSED),
    ],
)
def test_the_end_is_near_for_thirty_days_and_passed_the_day_after(day, state):
    assert end_state(Card("p", end_date=END.isoformat()), day) is state


@given(st.dates(), st.dates())
def test_an_end_has_passed_exactly_when_no_day_is_left(end, today):
    card = Card("p", end_date=end.isoformat())
    assert days_left(card, today) == (end - today).days
    assert (end_state(card, today) is EndState.PASSED) == (today > end)


def test_a_card_without_a_date_never_ends():
    assert end_state(Card("p"), END) is EndState.UNKNOWN


def test_a_folder_is_in_the_approved_place_on_windows_whatever_its_capitals():
    approved = PureWindowsPath(r"N:\Forskning\Kari")
    assert is_inside(PureWindowsPath(r"n:\forskning\KARI\studie"), approved)
    assert not is_inside(PureWindowsPath(r"C:\Users\Kari\studie"), approved)
    assert not is_inside(PureWindowsPath(r"N:\Forskning\Kari2\studie"), approved)


def test_a_folder_is_in_the_approved_place_on_a_mac():
    approved = PurePosixPath("/Volumes/Forskning")
    assert is_inside(PurePosixPath("/Volumes/Forskning/studie"), approved)
    assert not is_inside(PurePosixPath("/Users/kari/studie"), approved)


def test_a_card_says_which_fields_it_lacks():
    assert "end_date" in missing_fields(Card("p"))
    assert "end_date" not in missing_fields(Card("p", end_date="2026-06-30"))


def test_the_newest_consent_stands_unless_it_was_withdrawn():
    old, new = Consent("1", "a", "2025-01-01"), Consent("2", "a", "2025-02-01")
    other = Consent("3", "b", "2025-03-01")
    assert standing_consent([old, new, other], "a") is new
    gone = Consent("2", "a", "2025-02-01", withdrawn="2025-04-01")
    assert standing_consent([old, gone], "a") is old
    assert standing_consent([gone], "a") is None
