"""Search by word, phrase and prefix over all sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kodebok.storage import sources
from kodebok.storage.database import Store
from kodebok.storage.search import WordQuery, iter_turns, scan_turns, search_turns, spans_in_turn
from tests.builders import add_interview, make_store

LINES = [
    "Vi møtes hver onsdag på huset",
    "Ære og ÅRET rundt, sa Øystein",
    "Tverrfaglig samhandling er helse- og omsorgsarbeid",
    "are og aret er noe annet enn åre",
    "BTI-arbeidet, altså BTI arbeidet",
    "Latter (ler) [uklart] «sitat» NEAR AND OR NOT text:ord ^ord ord*",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with make_store(tmp_path_factory.mktemp("search")) as made:
        add_interview(made, "\n".join(LINES), "Første")
        add_interview(made, "R: Onsdag er en fin dag", "Andre")
        yield made


def lines_with(store: Store, typed: str) -> list[str]:
    return sorted(hit.text for hit in search_turns(store, WordQuery.parse(typed)))


def marked(store: Store, typed: str) -> list[str]:
    query = WordQuery.parse(typed)
    found = []
    for hit in search_turns(store, query):
        text = sources.load_text(store, hit.source_id)
        assert spans_in_turn(hit, query.pattern()), "a hit shows where it is one"
        found += [text[s.start : s.end] for s in spans_in_turn(hit, query.pattern())]
    return sorted(found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("onsdag", ["Onsdag", "onsdag"]),
        ("ONSDAG", ["Onsdag", "onsdag"]),
        ("onsda", []),
        ("onsda*", ["Onsdag", "onsdag"]),
        ("ons*", ["Onsdag", "onsdag"]),
        ("o*", ["ORT", "OR"]),
        ("ære", ["Ære"]),
        ("øystein", ["Øystein"]),
        ("året", ["ÅRET"]),
        ("aret", ["aret"]),
        ("are", ["are"]),
        ("a\u030are", ["åre"]),
        ('"hver onsdag"', ["hver onsdag"]),
        ('"onsdag hver"', []),
        ('"hver ons*"', ["hver onsdag"]),
        ("onsdag huset", ["huset", "onsdag"]),
        ('"BTI arbeidet"', ["BTI arbeidet", "BTI-arbeidet"]),
        ("BTI-arbeidet", ["BTI arbeidet", "BTI-arbeidet"]),
        ("(ler)", ["ler"]),
        ("[uklart]", ["uklart"]),
        ('"uten slutt', []),
        ("helse-", ["helse"]),
        ("", []),
        ("  ", []),
        ("* \" ' ( ) - ^ :", []),
    ],
)
def test_what_is_typed_is_found_and_nothing_else(
    store: Store, typed: str, found: list[str]
) -> None:
    if typed == "o*":
        words = {word.lower() for word in marked(store, typed)}
        assert words == {"onsdag", "og", "omsorgsarbeid", "or", "ord"}
        return
    assert marked(store, typed) == found


@pytest.mark.parametrize("word", ["NEAR", "AND", "OR", "NOT", "text:ord", "^ord"])
def test_words_of_the_index_own_language_are_just_words(store: Store, word: str) -> None:
    assert lines_with(store, word) == [LINES[-1]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("ab\"*()-^:{}+.\\' å"), st.characters())))
def test_whatever_is_typed_is_harmless(store: Store, typed: str) -> None:
    query = WordQuery.parse(typed)
    for hit in search_turns(store, query, limit=3):
        assert hit.text
    query.pattern()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(LINES[:5]), st.data())
def test_every_word_of_a_text_finds_it(store: Store, line: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(line.split()))
    length = data.draw(st.integers(1, len(word)))
    assert line in lines_with(store, word)
    assert line in lines_with(store, f"{word.strip(',-')[:length]}*")


def test_a_search_can_be_kept_to_one_source_and_to_the_first_hits(store: Store) -> None:
    first, second = sorted(sources.load_sources(store), key=lambda s: s.name, reverse=True)
    query = WordQuery.parse("onsdag")
    assert [hit.source_id for hit in search_turns(store, query, source_id=second.id)] == [second.id]
    assert len(search_turns(store, query, limit=1)) == 1
    assert len(list(iter_turns(store, query))) == 2
    assert list(iter_turns(store, WordQuery.parse(""))) == []
    assert [hit.text for hit in scan_turns(store, [first.id])] == LINES


def test_hits_stand_where_the_words_stand_in_the_source(store: Store) -> None:
    (hit,) = search_turns(store, WordQuery.parse("Øystein"))
    (span,) = spans_in_turn(hit, WordQuery.parse("Øystein").pattern())
    assert sources.load_text(store, hit.source_id)[span.start : span.end] == "Øystein"
