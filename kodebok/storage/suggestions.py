"""Suggestions: the switch, each run, each suggestion with its explanation, each verdict.

A trigger of the schema refuses a coding of origin `suggestion` without an accepting verdict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kodebok.domain.ids import new_id, now
from kodebok.domain.suggestion import (
    PassageRole,
    SuggestedPassage,
    Suggestion,
    SuggestionKind,
    SuggestionRun,
    Verdict,
    VerdictGiven,
)
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row

SWITCH_ON, SWITCH_OFF, RUN_KIND = "suggestions.on", "suggestions.off", "suggestions.compute"
ACCEPT_KIND, REJECT_KIND = "suggestion.accept", "suggestion.reject"


@dataclass(frozen=True, slots=True)
class SuggestionSwitch:
    """Whether suggestions are computed in this study.

    Attributes:
        at: When it was chosen last; empty when nobody has chosen yet.
    """

    is_on: bool = False
    coder_id: str = ""
    at: str = ""


def load_switch(store: Store) -> SuggestionSwitch:
    """The switch: off until someone turns it on."""
    found = load_all(store, SuggestionSwitch, "suggestion_switch")
    return found[0] if found else SuggestionSwitch()


def turn_switch(act: Act, *, is_on: bool) -> bool:
    """Turn suggestions on or off for the study; False when they were so."""
    switch = load_switch(act.store)
    if switch.is_on == is_on:
        return False
    project_id = act.store.rows("SELECT id FROM project")[0][0]
    row = {"is_on": int(is_on), "coder_id": act.coder_id, "at": now()}
    if switch.at:
        return act.update("suggestion_switch", project_id, **row)
    act.insert("suggestion_switch", {"id": project_id, **row})
    return True


def count_acts_of_computing(store: Store) -> int:
    """How often suggestions were ever computed, also where the act was taken back."""
    found: int = store.rows(
        "SELECT count(*) FROM events WHERE json_extract(body, '$.kind') = ?", [RUN_KIND]
    )[0][0]
    return found


def count_acts_in_unread(store: Store) -> int:
    """How many of these looked at sources not read through, also where the act was taken back."""
    found: int = store.rows(
        "SELECT count(DISTINCT e.seq) FROM events e JOIN payloads p ON p.seq = e.seq "
        "WHERE json_extract(e.body, '$.kind') = ? AND p.text LIKE '{%\"unread_too\": true%'",
        [RUN_KIND],
    )[0][0]
    return found


def add_run(act: Act, run: SuggestionRun, found: Iterable[Suggestion]) -> None:
    """Write a run with its suggestions, in their order."""
    act.insert("suggestion_runs", to_row(run, kind=str(run.kind), recipe=_dump(run.recipe)))
    for position, suggestion in enumerate(found):
        act.insert(
            "suggestions",
            {
                "id": suggestion.id,
                "run_id": run.id,
                "kind": str(suggestion.kind),
                "code_id": suggestion.code_id,
                "position": position,
                "rank": suggestion.rank,
                "score": suggestion.score,
                "evidence": _dump(suggestion.evidence),
            },
        )
        for place, passage in enumerate(suggestion.passages):
            row = to_row(passage, role=str(passage.role), id=new_id(), position=place)
            act.insert("suggestion_passages", {**row, "suggestion_id": suggestion.id})


def load_runs(store: Store) -> list[SuggestionRun]:
    """All runs, oldest first."""
    rows = store.rows(
        "SELECT id, kind, coder_id, at, seed, seen, recipe FROM suggestion_runs ORDER BY at, id"
    )
    return [
        SuggestionRun(
            id=row[0],
            kind=SuggestionKind(row[1]),
            coder_id=row[2],
            at=row[3],
            seed=row[4],
            seen=row[5],
            recipe=json.loads(row[6]),
        )
        for row in rows
    ]


def load_suggestions(store: Store, run_ids: Iterable[str] | None = None) -> list[Suggestion]:
    """The suggestions of some runs, or of all, each run's in its order."""
    wanted = None if run_ids is None else list(run_ids)
    marks = "" if wanted is None else ", ".join("?" * len(wanted))
    where = "" if wanted is None else f"WHERE s.run_id IN ({marks})"
    passages: dict[str, list[SuggestedPassage]] = {}
    for suggestion_id, source_id, start, end, text, role, score in store.rows(
        'SELECT p.suggestion_id, p.source_id, p."start", p."end", p.text, p.role, p.score '
        "FROM suggestion_passages p JOIN suggestions s ON s.id = p.suggestion_id "
        f"{where} ORDER BY p.suggestion_id, p.position",
        wanted or (),
    ):
        place = SuggestedPassage(source_id, start, end, text, PassageRole(role), score)
        passages.setdefault(suggestion_id, []).append(place)
    rows = store.rows(
        "SELECT s.id, s.run_id, s.kind, s.rank, s.score, s.code_id, s.evidence FROM suggestions s "
        f"JOIN suggestion_runs r ON r.id = s.run_id {where} ORDER BY r.at, r.id, s.position",
        wanted or (),
    )
    return [
        Suggestion(
            id=row[0],
            run_id=row[1],
            kind=SuggestionKind(row[2]),
            rank=row[3],
            score=row[4],
            passages=tuple(passages[row[0]]),
            code_id=row[5],
            evidence=json.loads(row[6]),
        )
        for row in rows
    ]


def add_verdict(act: Act, verdict: VerdictGiven) -> None:
    """Write a verdict; of an acceptance before the coding that it allows."""
    act.insert("verdicts", to_row(verdict, verdict=str(verdict.verdict)))


def load_verdicts(store: Store) -> list[VerdictGiven]:
    """All verdicts, oldest first."""
    return load_all(store, VerdictGiven, "verdicts", "ORDER BY at, id")


def count_verdicts_by_code(store: Store, coder_id: str) -> dict[str, dict[Verdict, int]]:
    """How a coder decided about the suggestions of each code, by code id."""
    counted: dict[str, dict[Verdict, int]] = {}
    for code_id, verdict, count in store.rows(
        "SELECT s.code_id, v.verdict, count(*) FROM verdicts v "
        "JOIN suggestions s ON s.id = v.suggestion_id "
        "WHERE v.coder_id = ? AND s.code_id IS NOT NULL GROUP BY s.code_id, v.verdict",
        [coder_id],
    ):
        counted.setdefault(code_id, {})[Verdict(verdict)] = count
    return counted


def forget_suggestions_of(act: Act, source_id: str) -> None:
    """Remove every suggestion that shows words of a source, with its verdict.

    The codings that verdicts allowed must be gone already.
    """
    for (suggestion_id,) in act.store.rows(
        "SELECT DISTINCT suggestion_id FROM suggestion_passages WHERE source_id = ?", [source_id]
    ):
        act.delete_where("verdicts", "suggestion_id", suggestion_id)
        act.delete_where("suggestion_passages", "suggestion_id", suggestion_id)
        act.delete("suggestions", suggestion_id)


def _dump(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
