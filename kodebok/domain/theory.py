"""Theory in a study: what is fetched, from whom, and the steps between it and the data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theory:
    """A theory or concept that the study draws on.

    Attributes:
        id: Empty for one that codes name, but nobody has written into the register.
        says: What it says, in the student's words.
    """

    id: str
    name: str
    author: str = ""
    year: str = ""
    says: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class TheoryStep:
    """A step between data and theory.

    Attributes:
        wondering_id: The wondering that it began with, if it was marked.
        surprise: What surprised.
        theory: Which theory was fetched for it.
        changed: What changed: a code, a theme, a question.
    """

    id: str
    coder_id: str
    at: str
    wondering_id: str | None
    surprise: str
    theory: str
    changed: str
