"""What the study holds, as items that are printed: the fields of each schema, and their columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kodebok.cli.output import Column, Item, clock, shortened
from kodebok.i18n import translator

if TYPE_CHECKING:
    from kodebok.coding.finding import Hit
    from kodebok.domain.coding import Excerpt
    from kodebok.domain.source import Source
    from kodebok.storage.database import Store

_ = translator("cli")

SHORT_ID = 8  # signs of an id that are shown to people
SHORT_TEXT = 90  # signs of a passage in a list


def short_id(full: str) -> str:
    """The beginning of an id, enough to name it by."""
    return full[:SHORT_ID]


def source_items(store: Store, listed: Iterable[Source] | None = None) -> list[Item]:
    """Sources by the schema `sources`."""
    from kodebok.storage import cases, codes, sources

    names = {case.id: case.name for case in cases.load_cases(store)}
    tree, asked = codes.load_code_tree(store), sources.load_asked(store)
    labels: dict[str, list[str]] = {}
    for speaker in sources.load_speakers(store):
        labels.setdefault(speaker.source_id, []).append(speaker.label)
    turns = sources.count_turns(store)
    readers = sources.load_reads(store)
    return [
        {
            "id": source.id,
            "name": source.name,
            "type": str(source.type),
            "case": names.get(source.case_id or ""),
            "words": source.words,
            "turns": turns.get(source.id, 0),
            "speakers": labels.get(source.id, []),
            "language": source.language,
            "finished": source.finished,
            "date": source.date,
            "place": source.place,
            "mode": source.mode and str(source.mode),
            "interviewer": source.interviewer,
            "observer": source.observer,
            "readers": len(readers.get(source.id, ())),
            "asked": [tree.path(code.id) for code in tree if (source.id, code.id) in asked],
        }
        for source in (sources.load_sources(store) if listed is None else listed)
    ]


def source_columns() -> list[Column]:
    """What people are shown of sources."""
    return [
        Column(_("Name"), "name"),
        Column(_("Type"), "type", is_choice=True),
        Column(_("Participant"), "case"),
        Column(_("Words"), "words", is_number=True),
        Column(_("Turns"), "turns", is_number=True),
        Column(_("Voices"), "speakers", width=30),
        Column(_("Language"), "language", is_choice=True),
        Column(_("Readers"), "readers", is_number=True),
    ]


def code_items(store: Store) -> list[Item]:
    """The codebook by the schema `codes`."""
    from kodebok.storage import codes

    tree = codes.load_code_tree(store)
    counts = codes.count_codings(store)
    return [
        {
            "id": code.id,
            "name": code.name,
            "path": tree.path(code.id),
            "definition": code.definition,
            "origin": str(code.origin),
            "color": str(code.color),
            "codings": counts.get(code.id, 0),
            "letter": code.letter,
            "use_when": code.use_when,
            "not_when": code.not_when,
            "example": code.example,
            "question": code.question,
            "theory": list(code.theory),
        }
        for code in tree
    ]


def code_columns() -> list[Column]:
    """What people are shown of codes."""
    return [
        Column(_("Code"), "path"),
        Column(_("Codings"), "codings", is_number=True),
        Column(_("Origin"), "origin", is_choice=True),
        Column(_("Letter"), "letter"),
        Column(_("Colour"), "color", is_choice=True),
        Column(_("Definition"), "definition", width=60),
    ]


def excerpt_item(excerpt: Excerpt) -> Item:
    """A coding by the schema `quotes`."""
    return {
        "id": excerpt.id,
        "source": excerpt.source,
        "case": excerpt.case,
        "code": excerpt.code,
        "start": excerpt.start,
        "end": excerpt.end,
        "text": excerpt.text,
        "speaker": excerpt.speaker,
        "time_ms": excerpt.time_ms,
        "coder": excerpt.coder,
        "weight": excerpt.weight and str(excerpt.weight),
        "after_notes": bool(excerpt.notes_only),
    }


def hit_item(hit: Hit) -> Item:
    """A hit of a search by the schema `quotes`: it has no code, no coder and no id yet."""
    return {
        "id": None,
        "number": hit.number,
        "source": hit.source,
        "case": hit.case,
        "code": None,
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "speaker": hit.speaker,
        "time_ms": hit.time_ms,
        "coder": None,
        "context": hit.context,
    }


def coded_items(store: Store, coding_ids: Iterable[str]) -> list[Item]:
    """Some codings by the schema `quotes`."""
    from kodebok.storage import codes, codings

    wanted = set(coding_ids)
    excerpts = codings.load_excerpts(store, codes.load_code_tree(store))
    return [excerpt_item(excerpt) for excerpt in excerpts if excerpt.id in wanted]


def quote_columns() -> list[Column]:
    """What people are shown of coded passages."""
    return [
        Column(_("Id"), "short"),
        Column(_("Source"), "source"),
        Column(_("Participant"), "case"),
        Column(_("Code"), "code", width=30),
        Column(_("Place"), "place"),
        Column(_("Time"), "time"),
        Column(_("Coder"), "coder"),
        Column(_("Text"), "text"),
    ]


def for_people(items: Iterable[Item]) -> list[Item]:
    """Coded passages with short ids, places and times."""
    return [
        {
            **item,
            "short": short_id(item["id"] or ""),
            "place": f"{item['start']}-{item['end']}",
            "time": clock(item["time_ms"]),
        }
        for item in items
    ]


def note_item(note: Any, names: dict[str, str]) -> Item:
    """A memo by the schema `memos`."""
    return {
        "id": note.id,
        "kind": str(note.kind),
        "on": str(note.target),
        "target": names.get(note.target_id or "", note.target_id),
        "title": note.title,
        "text": note.text,
        "start": note.start,
        "end": note.end,
        "created": note.created,
        "changed": note.changed,
        "coder": names.get(note.coder_id),
    }


def named_things(store: Store) -> dict[str, str]:
    """By id: what a person calls sources, codes, cases, themes and coders."""
    from kodebok.storage import cases, codes, notes, projects, sources

    tree = codes.load_code_tree(store)
    return {
        **{source.id: source.name for source in sources.load_sources(store)},
        **{code.id: tree.path(code.id) for code in tree},
        **{case.id: case.name for case in cases.load_cases(store)},
        **{theme.id: theme.name for theme in notes.load_themes(store)},
        **{user.id: user.name for user in projects.load_users(store)},
    }


def first_line(text: str) -> str:
    """A text as a list shows it."""
    return shortened(text, SHORT_TEXT)
