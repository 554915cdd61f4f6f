"""A row in every table of ways of working, its words given by a function of table and column."""

from __future__ import annotations

from collections.abc import Callable

from kodebok.domain.blind import AgreementRun, BlindSource, Recoding, Settlement
from kodebok.domain.ids import new_id
from kodebok.domain.theory import Theory, TheoryStep
from kodebok.domain.wondering import Wondering
from kodebok.storage import blind, theories, wonderings
from kodebok.storage.history import Act


def write_method(act: Act, source_id: str, me: str, word: Callable[[str, str], str]) -> None:
    """Write a wondering, a theory, a step, and everything of double coding."""
    surprise, against = word("wonderings", "surprise"), word("wonderings", "theory")
    wonderings.add_wondering(act, Wondering(new_id(), source_id, me, 0, 5, surprise, against))
    name, author, year, says = (
        word("theories", column) for column in ("name", "author", "year", "says")
    )
    theories.add_theory(act, Theory(new_id(), name, author, year, says))
    told = (word("theory_steps", column) for column in ("surprise", "theory", "changed"))
    theories.add_step(act, TheoryStep(new_id(), me, act.at, None, *told))
    blind.add_blind(act, BlindSource(new_id(), source_id, me, act.at, act.at))
    blind.add_recoding(act, Recoding(new_id(), me, me, 2))
    note = word("agreement_runs", "note")
    blind.add_run(act, AgreementRun(new_id(), act.at, me, me, source_id, "turns", (), note))
    reason = word("settlements", "reason")
    blind.add_settlement(act, Settlement(new_id(), act.at, me, source_id, 0, 5, me, "none", reason))
