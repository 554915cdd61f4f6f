"""The made-up study inside kodebok: brought in and coded through kodebok's own functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kodebok.coding import codebook, passages
from kodebok.domain.coding import CodingOrigin
from kodebok.domain.source import Arrival, ReadTurn
from kodebok.domain.span import Span
from kodebok.storage import projects
from kodebok.study.importing import SourceFacts, plan_source, store_plans
from kodebok.study.opening import Study, create_study

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.corpus import Corpus


@dataclass
class Loaded:
    """A study with the corpus in it; ids stand in the order of the corpus."""

    study: Study
    source_ids: list[str]
    code_ids: list[str]
    coder_ids: list[str]


def arrivals(corpus: Corpus) -> list[Arrival]:
    """The interviews as readers of files would hand them on."""
    return [
        Arrival(
            source.name, tuple(ReadTurn(turn.text, turn.speaker) for turn in source.turns), "txt"
        )
        for source in corpus.sources
    ]


def bring_in(study: Study, listed: list[Arrival]) -> list[str]:
    """Plan and store; the ids of the sources."""
    plans = []
    for arrival in listed:
        taken = [plan.name for plan in plans]
        plans.append(plan_source(study.store, arrival, SourceFacts(), taken))
    return [source.id for source in store_plans(study.store, study.coder.id, plans)]


def add_codes(study: Study, corpus: Corpus) -> list[str]:
    """The codebook; parents stand before their children in the corpus."""
    ids: list[str] = []
    with study.store.act("codebook.import", study.coder.id):
        for code in corpus.codes:
            parent_id = None if code.parent is None else ids[code.parent]
            ids.append(codebook.add_code(study.store, study.coder.id, code.name, parent_id).id)
    return ids


def load(corpus: Corpus, folder: Path, *, coded: bool = True) -> Loaded:
    """A new study in `folder` with everything of the corpus; codings as one act."""
    study = create_study(folder, "Korpus", coder=corpus.coders[0])
    with study.store.act("coder.add", study.coder.id) as act:
        others = [projects.add_user(act, name).id for name in corpus.coders[1:]]
    loaded = Loaded(
        study,
        bring_in(study, arrivals(corpus)),
        add_codes(study, corpus),
        [study.coder.id, *others],
    )
    if coded:
        code_all(loaded, corpus)
    return loaded


def code_all(loaded: Loaded, corpus: Corpus) -> None:
    """Every coding of the corpus, as one act."""
    with loaded.study.store.act("coding.add", loaded.coder_ids[0]) as act:
        for coding in corpus.codings:
            passages.add_codings(
                act,
                loaded.source_ids[coding.source],
                Span(coding.start, coding.end),
                [loaded.code_ids[coding.code]],
                CodingOrigin.IMPORT,
                loaded.coder_ids[coding.coder],
            )


def code_one_by_one(loaded: Loaded, corpus: Corpus, count: int | None = None) -> None:
    """Every coding as an act of its own, durable with its event."""
    for coding in corpus.codings[:count]:
        passages.code_passage(
            loaded.study.store,
            loaded.coder_ids[coding.coder],
            loaded.source_ids[coding.source],
            Span(coding.start, coding.end),
            [loaded.code_ids[coding.code]],
        )
