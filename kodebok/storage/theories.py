"""The register of theories, and the log of steps between data and theory."""

from __future__ import annotations

from kodebok.domain.ids import now
from kodebok.domain.theory import Theory, TheoryStep
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row

ADD_KIND, CHANGE_KIND, REMOVE_KIND = "theory.add", "theory.change", "theory.remove"
LINK_KIND, STEP_KIND, UNSTEP_KIND = "theory.link", "theory.step", "theory.unstep"


def load_theories(store: Store) -> list[Theory]:
    """The register, by name."""
    return load_all(store, Theory, "theories", "ORDER BY name")


def add_theory(act: Act, theory: Theory) -> None:
    """Write a theory into the register."""
    act.insert("theories", to_row(theory, created=theory.created or now()))


def change_theory(act: Act, theory_id: str, **values: str) -> bool:
    """Change a theory; False when it was so."""
    return act.update("theories", theory_id, **values)


def remove_theory(act: Act, theory_id: str) -> None:
    """Take a theory out of the register."""
    act.delete("theories", theory_id)


def load_steps(store: Store) -> list[TheoryStep]:
    """The log, oldest first."""
    return load_all(store, TheoryStep, "theory_steps", "ORDER BY at, id")


def add_step(act: Act, step: TheoryStep) -> None:
    """Write a step."""
    act.insert("theory_steps", to_row(step))


def remove_step(act: Act, step_id: str) -> None:
    """Take a step out of the log."""
    act.delete("theory_steps", step_id)
