"""The guided first project: five things done once, told one at a time, ticked off by doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kodebok.i18n import mark, translator
from kodebok.tui import state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kodebok.storage.database import Store

_ = translator("tui")

OFF = "tour-off"
_CODING_ACTS = frozenset({"coding.add", "code.in-vivo"})
_NEW_CODE = "code.add"  # on a source: a code that was made and put on a passage at once
_EVENTS_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `action` is the id of the action whose key begins it."""

    id: str
    title: str
    how: str
    action: str


STEPS = (
    Step(
        "import",
        mark("Bring in a text"),
        mark("{key}, then choose a file or drag one in"),
        "project.add-files",
    ),
    Step(
        "code",
        mark("Mark and code a passage"),
        mark("{key}, then v and arrows, then c"),
        "app.coding",
    ),
    Step(
        "matrix",
        mark("See which participants say what"),
        mark("{key}"),
        "app.matrix",
    ),
    Step(
        "export",
        mark("Make a Word file"),
        mark("{key}"),
        "app.export",
    ),
    Step(
        "undo",
        mark("Undo something"),
        mark("{key}, also tomorrow"),
        "study.undo",
    ),
)


def is_on() -> bool:
    """Whether the user still wants to be shown round."""
    return OFF not in state.flags()


def turn_off() -> None:
    """Show the tour no more."""
    state.set_flag(OFF)


def turn_on() -> None:
    """Show the tour from its beginning."""
    for step in STEPS:
        state.set_flag(_flag(step.id), on=False)
    state.set_flag(OFF, on=False)


def note_done(step_id: str) -> None:
    """A step was taken that leaves no trace in the project, such as a look at the matrix."""
    if is_on():
        state.set_flag(_flag(step_id))


def _flag(step_id: str) -> str:
    return f"tour-{step_id}"


def steps_done(store: Store) -> set[str]:
    """Ids of the steps taken: from the project's history, and from what was noted."""
    from kodebok.storage import sources
    from kodebok.storage.history import load_events

    noted = state.flags()
    done = {step.id for step in STEPS if _flag(step.id) in noted}
    events = load_events(store, _EVENTS_LOOKED_AT)
    kinds = {event.kind for event in events}
    ids = {source.id for source in sources.load_sources(store)}
    if ids:
        done.add("import")
    if kinds & _CODING_ACTS or any(e.kind == _NEW_CODE and e.subject in ids for e in events):
        done.add("code")
    if "undo" in kinds:
        done.add("undo")
    return done


def next_step(done: set[str]) -> Step | None:
    """The first step not taken, or None when all are."""
    return next((step for step in STEPS if step.id not in done), None)


def step_sentence(step: Step, keys: Mapping[str, str]) -> str:
    """The step in one line.

    Args:
        step: The step.
        keys: By action id, the key as the user knows it.
    """
    how = _(step.how, key=keys[step.action])
    return _(
        "First round {n}/{all}: {title} – {how}",
        n=STEPS.index(step) + 1,
        all=len(STEPS),
        title=_(step.title),
        how=how,
    )
