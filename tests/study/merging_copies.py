"""Copies of one study on several machines, and what of them is compared."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kodebok.config import Settings
from kodebok.domain.merge import Choice
from kodebok.errors import WrongUseError
from kodebok.storage import projects
from kodebok.storage.database import Store
from kodebok.storage.history import redo, undo
from kodebok.storage.integrity import check_store
from kodebok.study.merging import Merging, Preview, merge_copy, open_merge
from kodebok.study.opening import Study
from tests.builders import make_store, state_of
from tests.storage.random_acts import RandomResearcher

State = dict[str, list[tuple[Any, ...]]]


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """A store that does not wait for the disk."""
    with Store.open(folder) as store:
        store.db.execute("PRAGMA synchronous=OFF")
        yield store


def copy_of(folder: Path, name: str) -> Path:
    """A copy of a study beside it."""
    target = folder.parent / name
    shutil.copytree(folder, target)
    return target


def start(folder: Path, seed: int, acts: int) -> Path:
    """A study in which one researcher has worked."""
    folder = folder / "start"
    with make_store(folder) as store:
        store.db.execute("PRAGMA synchronous=OFF")
        researcher = RandomResearcher(store, seed)
        for _ in range(acts):
            researcher.do_one_act()
    return folder


def work(folder: Path, seed: int, acts: int) -> None:
    """Random acts in one copy, some of which are taken back, and some of those done again."""
    with opened(folder) as store:
        researcher = RandomResearcher(store, seed)
        for _ in range(acts):
            researcher.do_one_act()
            if researcher.random.random() < 0.2:
                _turn_back(store, researcher)


def _turn_back(store: Store, researcher: RandomResearcher) -> None:
    turns: list[Callable[[Store, str], object]] = [undo] * researcher.random.randint(1, 4)
    turns += [redo] * researcher.random.randint(0, 2)
    for turn in turns:
        try:
            turn(store, researcher.coder_id)
        except WrongUseError:
            return


def study_of(store: Store) -> Study:
    """The study as its first coder works in it."""
    return Study(store, projects.first_user(store), Settings(store.folder))


def merge(into: Path, other: Path, choice: Choice | None = None) -> int | None:
    """Merge, and see that the file is whole afterwards."""
    with opened(into) as store:
        number = merge_copy(study_of(store), other, choice)
        assert check_store(store) == []
    return number


def look(into: Path, other: Path) -> Preview | None:
    """What a merge would do."""
    with opened(into) as store, open_merge(study_of(store), other) as merging:
        return merging.preview() if merging else None


@contextmanager
def merging(into: Path, other: Path) -> Iterator[tuple[Store, Merging]]:
    """A merge under way."""
    with opened(into) as store, open_merge(study_of(store), other) as found:
        assert found is not None
        yield store, found


def rows_of_study(folder: Path) -> State:
    """Every row of a study but for what is a copy's own: the numbers of turns and of versions."""
    with opened(folder) as store:
        state = state_of(store)
        columns = [row[1] for row in store.rows("PRAGMA table_info(turns)")]
        number = columns.index("id")
        indexed = dict(state.pop("search"))
        state["turns"] = sorted(
            (*(v for place, v in enumerate(row) if place != number), indexed[row[number]])
            for row in state["turns"]
        )
    return state
