"""How long a person waits for fresh suggestions after one more coding, by the clock."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.suggest_material import make_labelled
from benchmarks.suggest_speed import (
    NORMAL_CODES,
    NORMAL_EXAMPLES,
    NORMAL_INTERVIEWS,
    NORMAL_PASSAGES,
    RUNS,
)
from kodebok.domain.code import Code
from kodebok.domain.coding import Coding
from kodebok.domain.ids import new_id
from kodebok.domain.source import Source, Turn
from kodebok.domain.suggestion import SuggestionKind
from kodebok.domain.text import count_words
from kodebok.jobs.child import KeptStage
from kodebok.storage.codes import add_code
from kodebok.storage.codings import add_coding
from kodebok.storage.sources import add_source, mark_read, new_turn_ids
from kodebok.study.opening import create_study
from kodebok.suggest.runs import SUGGESTER, Wish, plan
from kodebok.suggest.verdicts import turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.suggest_material import Labelled
    from kodebok.jobs.stages import Row
    from kodebok.storage.database import Store

SHOWN = 30  # as on the screen


def measure_round_trip() -> dict[str, float]:
    """Milliseconds from one more coding in a study's file to new suggestions from a kept child.

    By the clock: reading the study, asking the child, and the rows that come back explained.
    """
    labelled = make_labelled(NORMAL_PASSAGES, NORMAL_CODES, NORMAL_INTERVIEWS, seed=3)
    with TemporaryDirectory() as folder, create_study(Path(folder) / "study") as study:
        fill_study(study.store, study.coder.id, labelled)
        kept = KeptStage(SUGGESTER)
        rows = list(ask_suggester(study.store, study.coder.id, kept))
        seconds = []
        for _run in range(RUNS):
            suggestion = rows[-1]["suggestion"]
            source_id, start, end, words, *_rest = suggestion["passages"][0]
            place = (source_id, start, end, words)
            began = perf_counter()
            with study.store.act("coding.add", study.coder.id) as act:
                add_coding(act, new_coding(study.coder.id, suggestion["code_id"], place))
            rows = list(ask_suggester(study.store, study.coder.id, kept))
            seconds.append(perf_counter() - began)
        kept.close()
    return {"one more coding to new rows from the kept child, ms": median(seconds) * 1000}


def ask_suggester(store: Store, coder_id: str, kept: KeptStage) -> Iterator[Row]:
    """What the screen asks for after a coding, without its steps."""
    task = plan(store, coder_id, SuggestionKind.CODE, Wish(limit=SHOWN))
    with kept.ask(task.arguments()) as job:
        yield from (row for row in job if "suggestion" in row)


def fill_study(store: Store, coder_id: str, labelled: Sequence[Labelled]) -> None:
    """Write interviews, codes and the first codings into a study, read through."""
    code_ids = {name: new_id() for name in sorted({c for item in labelled for c in item.codes})}
    coded = {id(item) for item in [item for item in labelled if item.codes][:NORMAL_EXAMPLES]}
    with store.act("import", coder_id) as act:
        for name, code_id in code_ids.items():
            add_code(act, Code(code_id, name))
        for name in sorted({item.source for item in labelled}):
            mine = [item for item in labelled if item.source == name]
            text = "\n".join(item.text for item in mine)
            source = Source(new_id(), name, words=count_words(text))
            ends = list(accumulate(len(item.text) + 1 for item in mine))
            starts = [0, *ends[:-1]]
            places = zip(new_turn_ids(len(mine)), starts, ends, strict=True)
            turns = [Turn(number, source.id, start, end - 1) for number, start, end in places]
            add_source(act, source, text, [], turns)
            mark_read(act, source.id, coder_id)
            for item, start in zip(mine, starts, strict=True):
                place = (source.id, start, start + len(item.text), item.text)
                for code in item.codes if id(item) in coded else ():
                    add_coding(act, new_coding(coder_id, code_ids[code], place))
    turn(store, coder_id, is_on=True)


def new_coding(coder_id: str, code_id: str, place: tuple[str, int, int, str]) -> Coding:
    source_id, start, end, words = place
    return Coding(new_id(), source_id, code_id, coder_id, start, end, words)
