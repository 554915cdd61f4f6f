"""Builders that make a project, or a part of one, in one line. Real files, real SQLite."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from kodebok.domain.case import CaseKind, VariableKind
from kodebok.domain.code import Code
from kodebok.domain.coding import Coding
from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, Target
from kodebok.domain.project import Project
from kodebok.domain.quote import Quote
from kodebok.domain.source import Role, Source, SourceType, Speaker, Turn
from kodebok.domain.span import Edit, Span
from kodebok.domain.text import canonicalise, count_words, find_folded
from kodebok.storage import cases, codes, codings, notes, projects, quotes, sources
from kodebok.storage.database import Store

CODER = "Kari"
INTERVIEW = """\
I: Hva gjør dere når en bruker har sammensatte behov?
R: Vi møtes hver onsdag. Det faste møtet er det som holder oss sammen.
I: Hvem er med?
R: Ergoterapeut, sykepleier og ofte fastlegen, når han har tid."""

HISTORY_TABLES = frozenset({"events", "merged_events", "payloads"})


def make_store(folder: Path, *, title: str = "Studie", coders: tuple[str, ...] = (CODER,)) -> Store:
    """A new project with its coders, the first of whom made it."""
    store = Store.create(folder)
    ids = [new_id() for _ in coders]
    with store.act("project.create", ids[0]) as act:
        projects.add_project(act, Project(new_id(), title))
        for coder_id, name in zip(ids, coders, strict=True):
            projects.insert_user(act, projects.User(coder_id, name))
    return store


def coder_of(store: Store, name: str | None = None) -> str:
    """Id of a coder: of that name, else of the one who made the project."""
    if name is None:
        return projects.first_user(store).id
    found = projects.find_user(store, name)
    if found is None:
        raise KeyError(name)
    return found.id


def add_interview(
    store: Store,
    text: str = INTERVIEW,
    name: str = "Intervju 1",
    *,
    case: str | None = None,
    **facts: Any,
) -> str:
    """A source out of lines `VOICE: words`; `I` asks. A line without a voice has none.

    Args:
        store: The project.
        text: Its lines; each becomes a turn.
        name: Name of the source.
        case: Name of the participant whose source it is; made when there is none.
        facts: Other fields of the Source, such as `type`, `date` or `language`.

    Returns:
        Id of the source.
    """
    pairs = [_voice_and_words(line) for line in canonicalise(text).split("\n")]
    source = Source(new_id(), name, **facts)
    whole = "\n".join(words for _, words in pairs)
    labels = list(dict.fromkeys(label for label, _ in pairs if label))
    with store.act("source.add", coder_of(store), source.id) as act:
        case_id = add_case(store, case) if case else None
        voices = {
            label: Speaker(
                new_id(),
                source.id,
                label,
                Role.INTERVIEWER if label == "I" else Role.PARTICIPANT,
                None if label == "I" else case_id,
            )
            for label in labels
        }
        sources.add_source(
            act,
            replace(source, case_id=case_id, words=count_words(whole)),
            whole,
            voices.values(),
            _turns(source.id, pairs, {label: voice.id for label, voice in voices.items()}),
        )
    return source.id


def _voice_and_words(line: str) -> tuple[str | None, str]:
    label, colon, words = line.partition(": ")
    return (label, words) if colon and " " not in label else (None, line)


def _turns(
    source_id: str, pairs: list[tuple[str | None, str]], voices: dict[str, str]
) -> list[Turn]:
    turns, at = [], 0
    for turn_id, (label, words) in zip(sources.new_turn_ids(len(pairs)), pairs, strict=True):
        voice = voices[label] if label else None
        turns.append(Turn(turn_id, source_id, at, at + len(words), voice))
        at += len(words) + 1
    return turns


def add_notes_source(store: Store, text: str, name: str = "Notat 1") -> str:
    """A source of notes, whose words are the note-taker's."""
    return add_interview(store, text, name, type=SourceType.NOTES)


def add_case(
    store: Store, name: str, values: dict[str, str] | None = None, *, site: bool = False
) -> str:
    """The participant (or site) of that name, with values; made when there is none."""
    known = {case.name: case for case in cases.load_cases(store)}
    with store.act("case.add", coder_of(store)) as act:
        kind = CaseKind.SITE if site else CaseKind.PARTICIPANT
        case = known.get(name) or cases.add_case(act, name, kind)
        for variable_name, value in (values or {}).items():
            variables = {v.name: v for v in cases.load_variables(store)}
            variable = variables.get(variable_name)
            if variable is None:
                variable = cases.add_variable(act, variable_name, VariableKind.TEXT)
            case = cases.set_value(act, case, variable, value)
    return case.id


def add_code(store: Store, path: str, **fields: Any) -> str:
    """The code of that path, such as `Samhandling/Faste møtepunkt`; made with its parents."""
    parent_id: str | None = None
    with store.act("code.add", coder_of(store)) as act:
        for name in path.split("/"):
            known = {c.name: c for c in codes.load_code_tree(store).children(parent_id)}
            if name in known:
                code_id = known[name].id
            else:
                code_id = new_id()
                last = name == path.rpartition("/")[2]
                code = Code(code_id, name, parent_id, position=len(known))
                codes.add_code(act, replace(code, **fields) if last else code)
            parent_id = code_id
    return code_id


def span_of(store: Store, source_id: str, words: str, nth: int = 1) -> Span:
    """Where words stand in a source, white space folded; `nth` counts from 1."""
    return find_folded(sources.load_text(store, source_id), words)[nth - 1]


def code_passage(
    store: Store,
    source_id: str,
    code_id: str,
    words: str,
    *,
    nth: int = 1,
    coder_id: str | None = None,
) -> str:
    """A coding of the place where `words` stand.

    Returns:
        Id of the coding.
    """
    coder_id = coder_id or coder_of(store)
    span = span_of(store, source_id, words, nth)
    text = sources.load_text(store, source_id)[span.start : span.end]
    coding = Coding(new_id(), source_id, code_id, coder_id, span.start, span.end, text)
    with store.act("coding.add", coder_id, coding.id) as act:
        codings.add_coding(act, coding)
    return coding.id


def choose_quote(store: Store, source_id: str, words: str, **fields: Any) -> str:
    """A chosen quote of the place where `words` stand."""
    span = span_of(store, source_id, words)
    text = sources.load_text(store, source_id)[span.start : span.end]
    quote = Quote(new_id(), source_id, span.start, span.end, text, coder_id=coder_of(store))
    with store.act("quote.choose", quote.coder_id, quote.id) as act:
        quotes.add_quote(act, replace(quote, **fields))
    return quote.id


def write_memo(
    store: Store, text: str, target: Target = Target.PROJECT, target_id: str | None = None
) -> str:
    """A memo on something."""
    note = Note(new_id(), target, target_id, coder_of(store), text)
    with store.act("note.add", note.coder_id, note.id) as act:
        notes.add_note(act, note)
    return note.id


def mark_passage(store: Store, source_id: str, words: str, text: str) -> str:
    """A memo on the place where `words` stand."""
    span = span_of(store, source_id, words)
    note = Note(new_id(), Target.PASSAGE, source_id, coder_of(store), text)
    with store.act("note.add", note.coder_id, note.id) as act:
        notes.add_note(act, replace(note, start=span.start, end=span.end))
    return note.id


def correct(store: Store, source_id: str, old: str, new: str, nth: int = 1) -> None:
    """Let `new` stand where `old` stood, to the letter."""
    text, at = sources.load_text(store, source_id), -1
    for _ in range(nth):
        at = text.index(old, at + 1)
    with store.act("text.correct", coder_of(store), source_id) as act:
        act.edit_text(source_id, Edit(at, old, new))


def state_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that a person's acts can change, by table, and what the search index holds.

    The history itself is left out, and so is `sources.version`, which counts edits and undos.
    """
    tables = [
        row[0]
        for row in store.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite%' ORDER BY name"
        )
        if row[0] not in HISTORY_TABLES
    ]
    state = {table: _rows_without_version(store, table) for table in tables}
    state["search"] = store.rows("SELECT rowid, text FROM search ORDER BY rowid")
    return state


def _rows_without_version(store: Store, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in store.rows(f"PRAGMA table_info({table})") if row[1] != "version"]
    names = ", ".join(f'"{name}"' for name in columns)
    return store.rows(f"SELECT {names} FROM {table} ORDER BY id")
