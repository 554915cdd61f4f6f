"""What a merge brings, and where two copies disagree, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kodebok.domain.merge import Choice, Conflict, ConflictKind, Row, State, rows_of
from kodebok.domain.merge_study import split_turn_key
from kodebok.i18n import mark, translator
from kodebok.study.merging import Merging

_ = translator("study")

# Plural of what stands in a table, as the keys of the translations.
TABLES = {
    "asked": mark("questions asked"),
    "case_values": mark("values of participants"),
    "cases": mark("participants and sites"),
    "codes": mark("codes"),
    "codings": mark("coded passages"),
    "condensations": mark("condensations"),
    "consents": mark("consents"),
    "entities": mark("decisions on names"),
    "notes": mark("memos"),
    "project": mark("facts about the study"),
    "questions": mark("research questions"),
    "quotes": mark("chosen quotes"),
    "reads": mark("sources read through"),
    "sources": mark("sources"),
    "speakers": mark("voices"),
    "suggestions": mark("suggestions"),
    "summaries": mark("summaries of codes"),
    "texts": mark("corrected texts"),
    "theme_codes": mark("codes of themes"),
    "themes": mark("themes"),
    "turns": mark("turns"),
    "users": mark("coders"),
    "variables": mark("variables"),
    "verdicts": mark("verdicts"),
    "wonderings": mark("wonderings"),
    "blind_sources": mark("sources coded blind"),
    "recodings": mark("rounds of coding anew"),
    "agreement_runs": mark("figures of agreement"),
    "settlements": mark("differences between coders that were settled"),
    "theories": mark("theories"),
    "theory_steps": mark("steps between data and theory"),
}
# One of a table, and what its row is called by.
_THINGS = {
    "cases": mark("participant"),
    "codes": mark("code"),
    "codings": mark("coded passage"),
    "condensations": mark("condensation"),
    "entities": mark("name"),
    "notes": mark("memo"),
    "project": mark("study"),
    "quotes": mark("quote"),
    "sources": mark("source"),
    "speakers": mark("voice"),
    "summaries": mark("summary of a code"),
    "texts": mark("text"),
    "themes": mark("theme"),
    "theories": mark("theory"),
    "turns": mark("turn"),
    "users": mark("coder"),
    "variables": mark("variable"),
    "case_values": mark("value of a participant"),
    "verdicts": mark("verdict"),
}
_COLUMNS = {
    "case_id": mark("participant"),
    "code_id": mark("code"),
    "color": mark("colour"),
    "definition": mark("definition"),
    "example": mark("example"),
    "idea": mark("idea"),
    "name": mark("name"),
    "not_when": mark("when not to use it"),
    "origin": mark("origin"),
    "parent_id": mark("place in the codebook"),
    "place": mark("borders"),
    "replacement": mark("pseudonym"),
    "speaker_id": mark("voice"),
    "text": mark("text"),
    "title": mark("title"),
    "use_when": mark("when to use it"),
    "value": mark("value"),
    "weight": mark("weight"),
}
_NAMES = ("name", "title", "label", "text")
_LONGEST = 60  # signs of what a thing is called


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict in words.

    Attributes:
        subject: What it is about, such as "code: Tillit".
        what: What the two disagree about.
        mine, theirs: What each says.
    """

    subject: str
    what: str
    mine: str
    theirs: str


def tell(merging: Merging, conflict: Conflict) -> Told:
    """A conflict in words, with what the study calls things."""
    states = (merging.compared.mine, merging.compared.theirs, merging.compared.base)
    subject = _subject(conflict, states)
    if conflict.kind is ConflictKind.DELETED:
        mine, theirs = (
            _("deleted") if said is None else _("changed or used: {count}", count=said)
            for said in (conflict.mine, conflict.theirs)
        )
        return Told(subject, _("deleted in one copy, used in the other"), mine, theirs)
    if conflict.kind is ConflictKind.NAME:
        what = _("made in both copies under one name; mine or theirs joins them, both keeps two")
        return Told(subject, what, str(conflict.mine), str(conflict.theirs))
    if conflict.kind is ConflictKind.CIRCLE:
        what = _("moved in both copies, so that codes would stand under each other")
        return Told(subject, what, _("as it is here"), _("as it is there"))
    if conflict.kind is ConflictKind.TEXT:
        what = _("the same words, which were: {words}", words=_shown(conflict.base, states))
        return Told(subject, what, _shown(conflict.mine, states), _shown(conflict.theirs, states))
    column = _COLUMNS.get(conflict.column)
    what = _("changed in both copies: {what}", what=_(column) if column else conflict.column)
    return Told(subject, what, _shown(conflict.mine, states), _shown(conflict.theirs, states))


def choices_of(conflict: Conflict) -> list[Choice]:
    """How a conflict can be settled."""
    return [Choice.MINE, Choice.THEIRS, *([Choice.BOTH] if conflict.can_be_both else [])]


def table_name(table: str) -> str:
    """What the things in a table are called."""
    return _(TABLES[table]) if table in TABLES else table


def _subject(conflict: Conflict, states: tuple[State, ...]) -> str:
    table, row_id = conflict.table, conflict.row_id
    thing = _(_THINGS[table]) if table in _THINGS else table
    if table == "texts":
        return f"{thing}: {_name_of(states, 'sources', row_id)}"
    if table == "turns":
        source_id, _at = split_turn_key(row_id)
        return f"{thing}: {_name_of(states, 'sources', source_id)}"
    return f"{thing}: {_name_of(states, table, row_id)}"


def _name_of(states: tuple[State, ...], table: str, row_id: Any) -> str:
    for state in states:
        row = rows_of(state, table).get(row_id)
        if row is not None:
            return _cut(_called(row, states))
    return _("something made in both")


def _called(row: Row, states: tuple[State, ...]) -> str:
    named = next((str(row[name]) for name in _NAMES if row.get(name)), "")
    if named:
        return named
    for column, table in (("case_id", "cases"), ("code_id", "codes"), ("coding_id", "codings")):
        if row.get(column):
            return _name_of(states, table, row[column])
    return str(row["id"])


def _shown(value: Any, states: tuple[State, ...]) -> str:
    """A value as people read it: an id by what it names."""
    if isinstance(value, dict):
        return ", ".join(f"{value[name]}" for name in sorted(value, reverse=True))
    if value is None or value == "":
        return _("nothing")
    for state in states:
        for table in ("codes", "cases", "sources", "speakers", "users", "themes"):
            row = rows_of(state, table).get(value)
            if row is not None:
                return _cut(_called(row, states))
    return str(value)


def _cut(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else folded[: _LONGEST - 1] + "…"
