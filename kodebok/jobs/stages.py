"""The stages that can be run elsewhere: by name, so that a runner need not know what they do.

A stage is a function from arguments to rows, both of plain JSON values. It knows nothing of who
called it, of the project file or of the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, Protocol

Row = dict[str, Any]
Stage = Callable[[Mapping[str, Any]], Iterator[Row]]

KEPT = "--kept"  # the child stays, and answers one request after the other

# Name of the stage, and the function that does it as `module:function`.
STAGES = {
    "transcribe": "kodebok.jobs.transcribing:transcribe",
    "voices": "kodebok.jobs.transcribing:voices",
}


class Runner(Protocol):
    """Anything that runs a stage and hands its rows back in order."""

    def __call__(self, name: str, arguments: Mapping[str, Any]) -> Iterator[Row]:
        """The rows, as they come; closing the iterator ends the work."""
        ...


def load_stage(name: str) -> Stage:
    """The function of a stage; a name that is `module:function` names it itself.

    Raises:
        KeyError: There is no such stage.
    """
    place = name if ":" in name else STAGES[name]
    module, _, function = place.partition(":")
    stage: Stage = getattr(import_module(module), function)
    return stage
