"""Two corrections of one text are woven so that nothing is lost and nothing is mixed."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.merge_text import Side, Weave, diff_hunks, net_hunks, weave
from kodebok.domain.span import Edit, Span

TALK = "Vi møtes hver onsdag på huset.\nHvem er med?\nErgoterapeut, sykepleier og fastlegen."

WORDS = st.sampled_from("vi møtes hver onsdag på huset 3. «nei»".split())
TEXTS = st.lists(st.one_of(WORDS, st.just("\n")), max_size=20).map(" ".join)


def replaced(text: str, old: str, new: str) -> Edit:
    return Edit(text.index(old), old, new)


def woven(mine: list[Edit], theirs: list[Edit], base: str = TALK) -> Weave:
    return Weave(base, weave(base, mine, theirs))


@st.composite
def corrected(draw: st.DrawFn, base: str) -> tuple[list[Edit], str]:
    edits, text = [], base
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 8)))
        edit = Edit(start, text[start:end], draw(st.sampled_from(["", "x", " hver ", "onsdag\n"])))
        edits.append(edit)
        text = edit.apply(text)
    return edits, text


@given(st.data(), TEXTS)
def test_the_net_of_corrections_leads_to_the_same_text(data: st.DataObject, base: str) -> None:
    edits, after = data.draw(corrected(base))
    hunks = net_hunks(base, edits)
    assert Weave(base, weave(base, hunks, [])).merged == after
    assert all(one.end <= next_.start for one, next_ in itertools.pairwise(hunks))


@given(TEXTS, TEXTS)
def test_what_differs_between_two_texts_leads_from_one_to_the_other(old: str, new: str) -> None:
    assert Weave(old, weave(old, diff_hunks(old, new), [])).merged == new


@given(st.data(), TEXTS)
def test_stretches_tell_both_texts_and_are_the_same_whoever_merges(
    data: st.DataObject, base: str
) -> None:
    mine, my_text = data.draw(corrected(base))
    theirs, their_text = data.draw(corrected(base))
    hunks = net_hunks(base, mine), net_hunks(base, theirs)
    stretches = weave(base, *hunks)
    whole = Weave(base, stretches)
    assert (whole.text(Side.MINE), whole.text(Side.THEIRS)) == (my_text, their_text)
    turned = weave(base, hunks[1], hunks[0])
    assert [(s.start, s.mine, s.theirs, s.merged) for s in stretches] == [
        (s.start, s.theirs, s.mine, s.merged) for s in turned
    ]


@given(st.data(), TEXTS.filter(len))
def test_a_passage_that_neither_touched_keeps_its_words(data: st.DataObject, base: str) -> None:
    theirs, their_text = data.draw(corrected(base))
    hunks = net_hunks(base, theirs)
    start = data.draw(st.integers(0, len(base) - 1))
    end = data.draw(st.integers(start + 1, len(base)))
    if any(hunk.start < end and hunk.end > start for hunk in hunks):
        return
    carried, has_words = woven([], hunks, base).carry(Span(start, end), Side.MINE)
    assert has_words
    assert their_text[carried.start : carried.end] == base[start:end]


@given(st.data(), TEXTS)
def test_every_sign_of_the_woven_text_is_found_where_it_came_from(
    data: st.DataObject, base: str
) -> None:
    mine, _my_text = data.draw(corrected(base))
    theirs, _their_text = data.draw(corrected(base))
    stretches = [
        stretch
        for stretch in weave(base, net_hunks(base, mine), net_hunks(base, theirs))
        if stretch.merged is not None
    ]
    whole = Weave(base, stretches)
    texts = {side: whole.text(side) for side in Side}
    rebuilt = ""
    for at, length, places in whole.origins():
        words = whole.merged[at : at + length]
        rebuilt += words
        for side, place in places.items():
            assert texts[side][place : place + length] == words
    assert rebuilt == whole.merged
    assert texts[Side.BASE] == base


def test_corrections_of_different_words_are_both_taken() -> None:
    mine = [replaced(TALK, "onsdag", "tirsdag")]
    theirs = [replaced(TALK, "Hvem", "Og hvem")]
    assert woven(mine, theirs).merged.startswith("Vi møtes hver tirsdag på huset.\nOg hvem er med?")


def test_corrections_of_one_word_are_a_conflict_also_in_different_letters() -> None:
    mine = [Edit(TALK.index("tes"), "", "t")]
    theirs = [Edit(TALK.index("s hver"), "s", "t")]
    (stretch,) = weave(TALK, mine, theirs)
    assert (stretch.base, stretch.mine, stretch.theirs) == ("møtes", "møttes", "møtet")
    assert stretch.merged is None


def test_the_same_correction_in_both_is_made_once() -> None:
    edit = replaced(TALK, "onsdag", "tirsdag")
    assert woven([edit], [edit]).merged == TALK.replace("onsdag", "tirsdag")


def test_words_put_in_at_one_place_by_both_are_a_conflict() -> None:
    at = TALK.index(" på")
    (stretch,) = weave(TALK, [Edit(at, "", " alltid")], [Edit(at, "", " aldri")])
    assert stretch.merged is None


def test_a_correction_that_was_taken_back_is_none() -> None:
    edit = replaced(TALK, "onsdag", "tirsdag")
    assert net_hunks(TALK, [edit, edit.inverse()]) == []


def test_a_passage_whose_words_the_other_removed_has_none_left() -> None:
    start = TALK.index("onsdag")
    gone = replaced(TALK, "hver onsdag på ", "")
    span, has_words = woven([], [gone]).carry(Span(start, start + 6), Side.MINE)
    assert not has_words
    assert span == Span(gone.start, gone.start)
