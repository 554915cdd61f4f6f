"""What was typed or imported stands in payloads alone, so that it can be erased for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kodebok.domain.code import Code
from kodebok.domain.coding import Coding
from kodebok.domain.ids import new_id
from kodebok.domain.note import Condensation, Note, Target
from kodebok.domain.project import Project, User
from kodebok.domain.quote import Insertion, Quote
from kodebok.domain.source import Source, Speaker, Turn
from kodebok.domain.span import Edit
from kodebok.domain.suggestion import (
    SuggestedPassage,
    Suggestion,
    SuggestionKind,
    SuggestionRun,
    Verdict,
    VerdictGiven,
)
from kodebok.domain.text import count_words
from kodebok.storage import cases, codes, codings, notes, projects, quotes, sources, suggestions
from kodebok.storage.database import Store
from kodebok.storage.history import undo
from kodebok.storage.integrity import check_store
from kodebok.storage.schema import TEXT_COLUMNS
from tests.builders import coder_of
from tests.storage.anonymise_rows import write_anonymisation
from tests.storage.life_rows import write_life
from tests.storage.method_rows import write_method
from tests.storage.review_rows import write_reviews
from tests.storage.sound_rows import write_sound

CANARY = "kanarifugl"

# Columns of text that nobody types: identities, times, and words out of fixed lists.
OWN_COLUMNS = frozenset(
    "id source_id case_id site_id code_id coder_id coding_id parent_id theme_id variable_id "
    "speaker_id target_id created changed at kind type mode language method case_word role origin "
    "color letter weight degree cuts target run_id suggestion_id seen verdict "
    "legal_basis data_class machine is_allowed afterwards purposes manner digest recipient "
    "made sha256 engine plan voices deleted_at recording_id state dropped "
    "action entity_id rule folder spans stamp "
    "sample_id answer package_id item_id form mark thread received file settled "
    "begun ended first_id coders sources unit figures choice wondering_id".split()
)


def canary(table: str, column: str) -> str:
    return f"{CANARY}-{table}-{column}"


def planted(folder: Path, canary: Callable[[str, str], str] = canary) -> Store:
    """A project that has a canary in every column that may hold typed words."""
    made = Store.create(folder)
    me = User(new_id(), canary("users", "name"), canary("users", "role"))
    with made.act("project.create", me.id) as act:
        project = Project(new_id(), canary("project", "title"))
        projects.add_project(act, replace(project, notice=canary("project", "notice")))
        projects.insert_user(act, me)
    with made.act("all", me.id) as act:
        projects.add_question(act, canary("questions", "text"), 0)
        case = cases.add_case(act, canary("cases", "name"))
        variable = cases.add_variable(act, canary("variables", "name"))
        cases.set_value(act, case, variable, canary("case_values", "value"))
        text = f"Vi sa {canary('texts', 'text')} og så {canary('codings', 'text')}"
        source = Source(
            new_id(),
            canary("sources", "name"),
            words=count_words(text),
            date=canary("sources", "date"),
            place=canary("sources", "place"),
            interviewer=canary("sources", "interviewer"),
            observer=canary("sources", "observer"),
            file_name=canary("sources", "file_name"),
        )
        voice = Speaker(new_id(), source.id, canary("speakers", "label"))
        turn = Turn(sources.new_turn_ids(1)[0], source.id, 0, len(text), voice.id)
        sources.add_source(act, source, text, [voice], [turn])
        code = Code(
            new_id(),
            canary("codes", "name"),
            **{
                name: canary("codes", name)
                for name in ("definition", "use_when", "not_when", "example", "question")
            },
            theory=(canary("codes", "theory"),),
        )
        codes.add_code(act, code)
        words = canary("codings", "text")
        start = text.index(words)
        coding = Coding(new_id(), source.id, code.id, me.id, start, start + len(words), words)
        codings.add_coding(act, coding)
        note = Note(new_id(), Target.CODE, code.id, me.id, canary("notes", "text"))
        notes.add_note(act, replace(note, title=canary("notes", "title")))
        theme = notes.add_theme(act, canary("themes", "name"), canary("themes", "idea"))
        notes.set_theme_codes(act, theme.id, [code.id])
        shorter = Condensation(new_id(), canary("condensations", "text"), coding_id=coding.id)
        notes.write_condensation(act, shorter)
        codes.write_summary(act, code.id, canary("summaries", "text"))
        quote = Quote(
            new_id(),
            source.id,
            start,
            start + len(words),
            canary("quotes", "text"),
            code_id=code.id,
            insertions=(Insertion(0, canary("quotes", "insertions")),),
            wording=canary("quotes", "wording"),
            used_in=canary("quotes", "used_in"),
            note=canary("quotes", "note"),
            coder_id=me.id,
        )
        quotes.add_quote(act, quote)
        sources.mark_asked(act, source.id, [code.id])
        sources.mark_read(act, source.id, me.id)
        suggestions.turn_switch(act, is_on=True)
        kind = SuggestionKind.CODE
        recipe = {"without": canary("suggestion_runs", "recipe")}
        run = SuggestionRun(new_id(), kind, me.id, act.at, 1, "0" * 64, recipe)
        place = SuggestedPassage(source.id, 0, 5, canary("suggestion_passages", "text"))
        evidence = {"words": canary("suggestions", "evidence")}
        suggested = Suggestion(new_id(), run.id, kind, 1, 0.5, (place,), code.id, evidence)
        suggestions.add_run(act, run, [suggested])
        reason = canary("verdicts", "reason")
        verdict = VerdictGiven(new_id(), suggested.id, me.id, Verdict.REJECTED, act.at, reason)
        suggestions.add_verdict(act, verdict)
        write_life(act, project.id, case.id, canary)
        write_sound(act, source.id, canary)
        write_anonymisation(act, source.id, canary)
        write_method(act, source.id, me.id, canary)
        write_reviews(act, source.id, canary)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with planted(tmp_path) as made:
        yield made


def bodies(store: Store) -> str:
    return "\n".join(row[0] for row in store.rows("SELECT body FROM events"))


def payloads(store: Store) -> str:
    return "\n".join(row[0] for row in store.rows("SELECT text FROM payloads"))


def test_every_column_for_typed_words_is_known_to_the_history(store: Store) -> None:
    tables = store.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' "
        "AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlite%'"
    )
    assert {row[0] for row in tables} == TEXT_COLUMNS.keys() | {
        "events",
        "merged_events",
        "payloads",
    }
    for table, texts in TEXT_COLUMNS.items():
        columns = store.rows(f"PRAGMA table_info({table})")
        of_text = {row[1] for row in columns if row[2] == "TEXT"}
        assert texts <= of_text, table
        assert of_text - texts <= OWN_COLUMNS, table


def test_typed_words_are_in_the_tables_and_in_payloads_but_never_in_an_event(store: Store) -> None:
    kept = payloads(store)
    for table, columns in TEXT_COLUMNS.items():
        for column in columns:
            found = store.rows(f'SELECT "{column}" FROM {table}')
            assert any(canary(table, column) in row[0] for row in found), f"{table}.{column}"
            assert canary(table, column) in kept, f"{table}.{column}"
    assert CANARY not in bodies(store)
    assert check_store(store) == []


def test_neither_a_change_nor_a_correction_nor_a_removal_brings_words_into_an_event(
    store: Store,
) -> None:
    me = coder_of(store)
    (source_id,) = store.rows("SELECT id FROM sources")[0]
    with store.act("text.correct", me) as act:
        act.edit_text(source_id, Edit(0, "Vi sa", f"{CANARY}-før sa vi"))
        text = sources.load_text(store, source_id)
        words = canary("codings", "text")
        act.edit_text(source_id, Edit(text.index(words) + 3, words[3:], f"{CANARY}-etter"))
        act.edit_text(source_id, Edit(0, text[: text.index(words)], ""))
        act.edit_text(source_id, Edit(0, sources.load_text(store, source_id)[:5], ""))
    with store.act("change.all", me) as act:
        for table, columns in TEXT_COLUMNS.items():
            for row_id, column in [
                (row[0], column)
                for column in sorted(columns)
                for row in store.rows(f"SELECT id FROM {table}")
            ]:
                act.update(table, row_id, **{column: f"{CANARY}-ny-{table}-{column}"})
    with store.act("remove.all", me) as act:
        for table in ("quotes", "notes", "condensations", "theme_codes", "themes", "codings"):
            for (row_id,) in store.rows(f"SELECT id FROM {table}"):
                act.delete(table, row_id)
        sources.remove_source(act, source_id)
        codes.remove_code(act, store.rows("SELECT id FROM codes")[0][0])
        cases.remove_case(act, store.rows("SELECT id FROM cases")[0][0])
        cases.remove_variable(act, store.rows("SELECT id FROM variables")[0][0])
    assert f"{CANARY}-etter" in payloads(store)
    assert f"{CANARY}-ny-codes-theory" in payloads(store)
    undo(store, me)
    assert CANARY not in bodies(store)


def test_two_equal_words_have_digests_that_tell_nothing(store: Store) -> None:
    me = coder_of(store)
    with store.act("note.add", me) as act:
        for _ in range(2):
            notes.add_note(act, Note(new_id(), Target.PROJECT, None, me, "Ola Nordmann"))
    found = store.rows("SELECT digest, salt FROM payloads WHERE text = 'Ola Nordmann'")
    assert len(found) == len(set(found)) == 2
    assert len({digest for digest, _ in found}) == 2
