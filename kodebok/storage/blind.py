"""Blind coding: who may not see whose codings, and where. One place decides.

A store knows who looks at it (`Store.viewer`). While that coder is blind in a source, everything
that others coded, condensed, quoted or wrote there is left out of what the storage room reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kodebok.domain.blind import AgreementRun, BlindSource, Recoding, Settlement
from kodebok.domain.ids import now
from kodebok.storage.rows import load_all, to_row

if TYPE_CHECKING:
    from kodebok.storage.database import Store
    from kodebok.storage.history import Act

BEGIN_KIND, END_KIND, RECODE_KIND = "blind.begin", "blind.end", "recoding.begin"
KEEP_KIND, SETTLE_KIND = "agreement.keep", "coding.settle"

_BLIND_OF_VIEWER = "SELECT source_id FROM blind_sources WHERE coder_id = ? AND ended = ''"


def is_blind(store: Store) -> bool:
    """Whether who looks at the study is blind in a source of it."""
    if not store.viewer:
        return False
    return store.row(f"{_BLIND_OF_VIEWER} LIMIT 1", [store.viewer]) is not None


def seen(store: Store, alias: str = "") -> tuple[str, list[Any]]:
    """The condition that lets through what the viewer may see, with its parameters.

    Args:
        store: The project.
        alias: Of a table with `coder_id` and `source_id`, with its point, such as `c.`.

    Returns:
        An empty condition for whoever may see everything.
    """
    if not is_blind(store):
        return "", []
    condition = f"({alias}coder_id = ? OR {alias}source_id NOT IN ({_BLIND_OF_VIEWER}))"
    return condition, [store.viewer, store.viewer]


def hidden_codings(store: Store) -> set[str]:
    """Ids of the codings that the viewer may not see."""
    condition, values = seen(store)
    if not condition:
        return set()
    rows = store.rows(f"SELECT id FROM codings WHERE NOT {condition}", values)
    return {row[0] for row in rows}


def blind_sources_of_viewer(store: Store) -> set[str]:
    """Ids of the sources that the viewer is blind in."""
    if not store.viewer:
        return set()
    return {row[0] for row in store.rows(_BLIND_OF_VIEWER, [store.viewer])}


def load_blind(store: Store) -> list[BlindSource]:
    """Every source that someone is or was blind in, oldest first."""
    return load_all(store, BlindSource, "blind_sources", "ORDER BY begun, id")


def add_blind(act: Act, blind: BlindSource) -> None:
    """Let a coder be blind in a source."""
    act.insert("blind_sources", to_row(blind))


def end_blind(act: Act, coder_id: str, source_ids: Iterable[str]) -> list[str]:
    """Let a coder see again.

    Returns:
        Ids of the sources in which she was blind.
    """
    wanted = set(source_ids)
    open_ = [
        item
        for item in load_blind(act.store)
        if item.coder_id == coder_id and not item.ended and item.source_id in wanted
    ]
    for item in open_:
        act.update("blind_sources", item.id, ended=now())
    return [item.source_id for item in open_]


def load_recodings(store: Store) -> list[Recoding]:
    """Every round in which someone coded anew, in order."""
    return load_all(store, Recoding, "recodings", "ORDER BY first_id, round")


def add_recoding(act: Act, recoding: Recoding) -> None:
    """Write a round."""
    act.insert("recodings", to_row(recoding, created=recoding.created or now()))


def load_runs(store: Store) -> list[AgreementRun]:
    """Figures that were kept, oldest first."""
    found = load_all(store, AgreementRun, "agreement_runs", "ORDER BY at, id")
    return [
        replace(run, figures=tuple(tuple(row) for row in json.loads(str(run.figures))))
        for run in found
    ]


def add_run(act: Act, run: AgreementRun) -> None:
    """Keep figures."""
    act.insert("agreement_runs", to_row(run, figures=json.dumps(run.figures)))


def load_settlements(store: Store) -> list[Settlement]:
    """What coders settled, oldest first."""
    return load_all(store, Settlement, "settlements", "ORDER BY at, id")


def add_settlement(act: Act, settlement: Settlement) -> None:
    """Write what was settled."""
    act.insert("settlements", to_row(settlement))
