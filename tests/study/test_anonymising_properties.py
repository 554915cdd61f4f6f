"""Whatever is coded, corrected and undone: names go, come back, and never come back unasked."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kodebok.domain.coding import Coding
from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, Target
from kodebok.domain.quote import Insertion, Quote
from kodebok.domain.span import Edit, Span
from kodebok.errors import WrongUseError
from kodebok.storage import anonymisation, codings, encrypted, notes, quotes, sources
from kodebok.storage.history import redo, undo
from kodebok.storage.integrity import check_store
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.anonymising_restore import restore_originals
from kodebok.study.opening import Study
from kodebok.study.unlocking import unlock
from tests.builders import add_code, add_interview, state_of
from tests.storage.random_acts import RandomResearcher
from tests.study.anonymised import (
    PASSPHRASE,
    add_entity,
    new_study,
    quick_decrypt,
    quick_encrypt,
    traces_of,
)

NAMES = ("Zebrahild", "Kvistebakk", "Ulvhilda", "Snøvoll")
PLAIN = "vi møtes hver onsdag og det er bra nok, mener jeg".split()
FORMS = (
    "Zebrahild Kvistebakk",
    "Zebrahild",
    "Zebrahilds",
    "zebrahild",
    "Ulvhilda",
    "ULVHILDA",
    "Ulvhildas",
)


@pytest.fixture(autouse=True)
def key_that_opens_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "user-data"))


def text_with_names(chance: random.Random) -> str:
    lines = []
    for number in range(chance.randint(1, 6)):
        words = [
            chance.choice(FORMS if chance.random() < 0.3 else PLAIN)
            for _ in range(chance.randint(1, 12))
        ]
        lines.append(f"{'IR'[number % 2]}: {' '.join(words)}.")
    return "\n".join(lines)


def random_span(chance: random.Random, text: str) -> Span:
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.randint(1, 25))
    return Span(start, end)


def mark_at_random(study: Study, chance: random.Random, source_id: str, code_id: str) -> None:
    """Codings, quotes with cuts, and memos on passages, with borders anywhere."""
    text, me = sources.load_text(study.store, source_id), study.coder.id
    for _ in range(12):
        span = random_span(chance, text)
        words = text[span.start : span.end]
        if words.strip():
            with study.store.act("coding.add", me) as act:
                coding = Coding(new_id(), source_id, code_id, me, span.start, span.end, words)
                codings.add_coding(act, coding)
        cut = random_span(chance, words)
        quote = Quote(
            new_id(),
            source_id,
            span.start,
            span.end,
            words if chance.random() < 0.7 else "noe annet, sa Zebrahild",
            cuts=(cut,),
            insertions=(Insertion(chance.randint(0, len(words)), "Ulvhilda"),),
            coder_id=me,
        )
        note = Note(new_id(), Target.PASSAGE, source_id, me, "Om Zebrahild og Ulvhildas ord")
        with study.store.act("quote.choose", me) as act:
            quotes.add_quote(act, quote)
            notes.add_note(act, Note(**{**fields_of(note), "start": span.start, "end": span.end}))


def fields_of(note: Note) -> dict[str, object]:
    return {name: getattr(note, name) for name in note.__slots__}


def study_with_names(folder: Path, chance: random.Random) -> Study:
    study = new_study(folder)
    code_id = add_code(study.store, "Ansvar")
    for number in range(2):
        source_id = add_interview(study.store, text_with_names(chance), f"Zebrahild {number}")
        mark_at_random(study, chance, source_id, code_id)
    add_entity(study, "Zebrahild Kvistebakk", "Gunn Lillevik", "Zebrahild", "Kvistebakk")
    add_entity(study, "Ulvhilda", "Ellinor", "Snøvoll")
    return study


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10_000), work_between=st.booleans())
def test_names_go_and_come_back_with_every_coding_on_its_words(
    tmp_path_factory: pytest.TempPathFactory, seed: int, *, work_between: bool
) -> None:
    folder = tmp_path_factory.mktemp("study")
    chance = random.Random(seed)  # noqa: S311 - no secret
    with study_with_names(folder, chance) as study:
        before = state_of(study.store)
        key = unlock(study, PASSPHRASE)
        apply_anonymisation(study, key)
        assert check_store(study.store) == []
        assert traces_of(folder, *NAMES) == []
        spans = anonymisation.load_replacements(study.store)
        for one in spans:
            words = sources.load_text(study.store, one.source_id)[one.start : one.end]
            assert words.lower().startswith(("gunn", "lillevik", "ellinor"))
        if work_between:
            add_code(study.store, "Noe nytt")
        restore_originals(study, key)
        after = state_of(study.store)
        after["codes"] = [row for row in after["codes"] if row[1] != "Noe nytt"]
        differing = {table for table in before if before[table] != after[table]}
        assert differing <= ({"anonymisation"} if work_between else set())
        assert check_store(study.store) == []


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10_000))
def test_whatever_is_done_undone_and_redone_no_name_comes_back_before_it_is_asked_for(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("study")
    chance = random.Random(seed)  # noqa: S311 - no secret
    with study_with_names(folder, chance) as study:
        key = unlock(study, PASSPHRASE)
        researcher = RandomResearcher(study.store, seed)
        apply_anonymisation(study, key)
        for number in range(30):
            do_something(study, researcher, chance)
            if number == 15:
                apply_anonymisation(study, key)
        assert check_store(study.store) == []
        assert traces_of(folder, *NAMES) == []
        restore_originals(study, key)
        assert check_store(study.store) == []
        assert not anonymisation.is_applied(study.store)
        for _ in range(10):
            do_something(study, researcher, chance)
        assert check_store(study.store) == []


def do_something(study: Study, researcher: RandomResearcher, chance: random.Random) -> None:
    """An act, or an undo or redo; one that is refused changes nothing."""
    turn = chance.choice([None, None, undo, redo])
    if turn is None:
        researcher.do_one_act()
        return
    before = state_of(study.store)
    try:
        turn(study.store, study.coder.id)
    except WrongUseError as refused:
        assert refused.code in {"K211", "K212", "K236", "K237", "K238"}
        assert state_of(study.store) == before


def test_a_replacement_keeps_its_original_through_corrections_around_and_within_it(
    tmp_path: Path,
) -> None:
    with new_study(tmp_path / "study") as study:
        source_id = add_interview(study.store, "R: Der kom Zebrahild og Zebrahilds mor.")
        add_entity(study, "Zebrahild", "Gunn")
        key = unlock(study, PASSPHRASE)
        apply_anonymisation(study, key)
        text = sources.load_text(study.store, source_id)
        with study.store.act("text.correct", study.coder.id) as act:
            act.edit_text(source_id, Edit(text.index("Gunns") + 4, "s", "ar"))
            act.edit_text(source_id, Edit(0, "Der kom Gunn", "Da kom altså Gunn hit"))
        restore_originals(study, key)
        assert sources.load_text(study.store, source_id) == (
            "Da kom altså Zebrahild hit og Zebrahilds mor."
        )


def test_a_replacement_that_was_corrected_away_does_not_bring_its_name_back(
    tmp_path: Path,
) -> None:
    with new_study(tmp_path / "study") as study:
        source_id = add_interview(study.store, "R: Der kom Zebrahild og en til.")
        add_entity(study, "Zebrahild", "Gunn")
        key = unlock(study, PASSPHRASE)
        apply_anonymisation(study, key)
        with study.store.act("text.correct", study.coder.id) as act:
            act.edit_text(source_id, Edit(0, "Der kom Gunn og", "Der kom"))
        restore_originals(study, key)
        assert sources.load_text(study.store, source_id) == "Der kom en til."
