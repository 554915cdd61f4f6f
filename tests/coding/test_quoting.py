"""Quotes are their source's words, and it shows when they no longer are."""

import pytest

from kodebok.coding import corrections, quoting
from kodebok.domain.quote import Degree, render_quote
from kodebok.domain.span import Span
from kodebok.errors import WrongUseError
from kodebok.storage import quotes, sources
from tests.builders import add_code, add_interview, coder_of, make_store

TEXT = "I: Hva gjør dere?\nR: Vi møtes, eh, altså, hver onsdag. Det går bra."


@pytest.fixture
def study(tmp_path):
    store = make_store(tmp_path)
    source = add_interview(store, TEXT)
    at = sources.load_text(store, source).index("Vi møtes")
    me = coder_of(store)
    span = Span(at, at + len("Vi møtes, eh, altså, hver onsdag."))
    return store, me, source, quoting.choose_quote(store, me, source, span, add_code(store, "A"))


def test_the_same_passage_is_chosen_once(study):
    store, me, source, quote = study
    assert quoting.choose_quote(store, me, source, quote.span, quote.code_id).id == quote.id
    assert len(quotes.load_quotes(store)) == 1


def test_cuts_and_insertions_are_named_by_their_words(study):
    store, me, _, quote = study
    cuts = quoting.find_cuts(quote.text, ["eh, altså,"])
    insertion = quoting.find_insertion(quote.text, "Vi", "hjemmetjenesten")
    quoting.edit_quote(store, me, quote.id, cuts=cuts, insertions=(insertion,))
    (kept,) = quotes.load_quotes(store)
    printed = render_quote(kept.text, kept.cuts, kept.insertions)
    assert printed == "Vi [hjemmetjenesten] møtes, […] hver onsdag."
    with pytest.raises(WrongUseError, match="K352"):
        quoting.find_cuts(quote.text, ["ikke der"])


def test_a_wording_of_ones_own_is_never_verbatim(study):
    store, me, _, quote = study
    with pytest.raises(WrongUseError, match="K351"):
        quoting.edit_quote(store, me, quote.id, wording="Vi møtes hver onsdag.")
    with pytest.raises(WrongUseError, match="K351"):
        quoting.edit_quote(store, me, quote.id, degree=Degree.LIGHT)
    assert quoting.edit_quote(
        store, me, quote.id, degree=Degree.LIGHT, wording="Vi møtes hver onsdag."
    )


def test_drift_is_reported_and_settled_by_choice(study):
    store, me, source, quote = study
    assert not quoting.check_quotes(store)[0].drifted
    at = sources.load_text(store, source).index("onsdag")
    corrections.correct_text(store, me, source, Span(at, at + 6), "torsdag")
    (check,) = quoting.check_quotes(store)
    assert check.drifted
    assert check.words_now == "Vi møtes, eh, altså, hver torsdag."
    quoting.settle_drift(store, me, quote.id)
    assert not quoting.check_quotes(store)[0].drifted


def test_a_correction_before_the_quote_is_no_drift(study):
    store, me, source, _ = study
    corrections.correct_text(store, me, source, Span(0, 3), "Ehm, hva")
    assert not quoting.check_quotes(store)[0].drifted


def test_a_quote_is_named_by_number_or_id(study):
    store, me, _, quote = study
    assert quoting.find_quote(store, "1").id == quote.id
    assert quoting.find_quote(store, quote.id[:8]).id == quote.id
    for typed in ("0", "2", "zzzz", ""):
        with pytest.raises(WrongUseError, match="K350"):
            quoting.find_quote(store, typed)
    quoting.release_quote(store, me, quote.id)
    assert quotes.load_quotes(store) == []


def test_one_voice_that_dominates_is_named():
    voices = ["Informant 1", "Informant 2", "Informant 3"]
    assert quoting.spread_of_voices(["Informant 1"] * 3, voices).dominant is None
    spread = quoting.spread_of_voices(["Informant 1"] * 4 + ["Informant 2"], voices)
    assert spread.dominant == "Informant 1"
    assert spread.counts == (("Informant 1", 4), ("Informant 2", 1), ("Informant 3", 0))
    assert quoting.spread_of_voices(voices * 2, voices).dominant is None
