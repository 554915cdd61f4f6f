"""A researcher who does anything at all, one act after another, from a seed.

As a program (`python -m tests.storage.random_acts FOLDER SEED COUNT`) it names each act on
stdout, number and hash, as soon as the act is confirmed.
"""

from __future__ import annotations

import os
import random
import sys
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kodebok.domain.case import VariableKind
from kodebok.domain.code import Code, Color
from kodebok.domain.coding import Coding, Weight
from kodebok.domain.ids import new_id
from kodebok.domain.note import Condensation, Note, Target
from kodebok.domain.quote import Degree, Insertion, Quote
from kodebok.domain.source import Turn
from kodebok.domain.span import Edit, Span
from kodebok.storage import cases, codes, codings, notes, projects, quotes, sources
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from tests.builders import add_interview

WORDS = "vi møtes hver onsdag på huset BTI-arbeidet å være ærlig 3. sa hun da… «nei»".split()
LONGEST_TURN = 200
KEPT_SOURCES = 3
OWN_EVENT = "SELECT seq, hash FROM events WHERE body LIKE ? ORDER BY seq DESC LIMIT 1"


class RandomResearcher:
    """Does random acts in a store; the same seed does the same, where ids are seeded too."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)  # noqa: S311 - no secret
        self.coder_id = projects.first_user(store).id
        self.kinds: list[Callable[[Act], None]] = [
            *(self.correct_a_word, self.rewrite_a_passage) * 3,
            *(self.add_coding,) * 6,
            *(self.move_coding, self.remove_coding) * 2,
            *(self.add_code, self.change_code, self.move_code, self.remove_code, self.merge_codes),
            *(self.split_turn, self.join_turns, self.change_voice),
            *(self.write_memo, self.mark_passage, self.change_memo, self.remove_memo),
            *(self.add_case, self.set_value, self.remove_case, self.add_variable),
            *(self.choose_quote, self.change_quote, self.release_quote),
            *(self.add_theme, self.gather_codes, self.remove_theme),
            *(self.condense, self.summarise, self.mark_asked, self.mark_read),
            *(self.remove_source, self.remove_variable),
        ]

    def do_one_act(self) -> str:
        """One act that leaves its trace in the history, whatever others do meanwhile.

        Returns:
            The act's subject, which no other act has.
        """
        subject, changed = new_id(), False
        while not changed:
            with self.store.act("random", self.coder_id, subject) as act:
                few = len(self._ids("sources")) < KEPT_SOURCES
                kind = self.add_source if few else self.random.choice(self.kinds)
                act.kind = f"random.{kind.__name__}"
                kind(act)
                changed = bool(act.changes)
        return subject

    def add_source(self, _act: Act) -> None:
        lines = [f"{self.random.choice('IRS')}: {self._words()}" for _ in range(12)]
        add_interview(self.store, "\n".join(lines), f"Intervju {new_id()}")

    def _ids(self, table: str) -> list[Any]:
        return [row[0] for row in self.store.rows(f"SELECT id FROM {table} ORDER BY id")]

    def _one(self, table: str) -> Any:
        found = self._ids(table)
        return self.random.choice(found) if found else None

    def _words(self, most: int = 12) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(1, most)))

    def _span(self) -> tuple[str, Span, str]:
        source_id = self._one("sources")
        text = sources.load_text(self.store, source_id)
        start = self.random.randrange(len(text) - 1)
        end = min(len(text), start + self.random.randint(1, 60))
        return source_id, Span(start, end), text[start:end]

    def _turn(self) -> tuple[Turn, str]:
        source_id = self._one("sources")
        turn = self.random.choice(sources.load_turns(self.store, source_id))
        return turn, sources.load_text(self.store, source_id)[turn.start : turn.end]

    def correct_a_word(self, act: Act) -> None:
        turn, text = self._turn()
        word = self.random.choice(text.split() or [""])
        new = self.random.choice([*WORDS, word + "e", ""])
        act.edit_text(turn.source_id, Edit(turn.start + text.index(word), word, new))

    def rewrite_a_passage(self, act: Act) -> None:
        turn, text = self._turn()
        start = self.random.randint(0, len(text))
        end = self.random.randint(start, min(len(text), start + 30))
        most = 1 if len(text) > LONGEST_TURN else 5
        new = self.random.choice(["", self._words(most), f" {self._words(most)} "])
        act.edit_text(turn.source_id, Edit(turn.start + start, text[start:end], new))

    def split_turn(self, act: Act) -> None:
        turn, text = self._turn()
        if not text:
            return
        at = self.random.randint(0, len(text))
        act.edit_text(turn.source_id, Edit(turn.start + at, "", "\n"))
        act.update("turns", turn.id, end=turn.start + at)
        new = replace(turn, id=sources.new_turn_id(self.store, turn.source_id))
        sources.add_turn(act, replace(new, start=turn.start + at + 1, end=turn.end + 1))

    def join_turns(self, act: Act) -> None:
        turns = sources.load_turns(self.store, self._one("sources"))
        if len(turns) < 2:
            return
        place = self.random.randrange(len(turns) - 1)
        first, second = turns[place], turns[place + 1]
        act.update("turns", first.id, end=second.end)
        sources.remove_turn(act, second)
        act.edit_text(first.source_id, Edit(first.end, "\n", self.random.choice([" ", ""])))

    def change_voice(self, act: Act) -> None:
        turn, _text = self._turn()
        voices = sources.load_speakers(self.store, turn.source_id)
        if voices:
            act.update("turns", turn.id, speaker_id=self.random.choice(voices).id)

    def remove_source(self, act: Act) -> None:
        if self.random.random() < 0.1:
            sources.remove_source(act, self._one("sources"))

    def add_coding(self, act: Act) -> None:
        code_id = self._one("codes")
        source_id, span, text = self._span()
        if code_id:
            coding = Coding(new_id(), source_id, code_id, self.coder_id, span.start, span.end, text)
            codings.add_coding(act, coding)

    def move_coding(self, act: Act) -> None:
        coding_id = self._one("codings")
        if coding_id:
            coding = codings.load_coding(self.store, coding_id)
            text = sources.load_text(self.store, coding.source_id)
            start = max(0, coding.start - self.random.randint(0, 5))
            end = min(len(text), coding.end + self.random.randint(0, 5))
            weight = self.random.choice([None, *Weight])
            codings.change_coding(
                act, coding_id, start=start, end=end, text=text[start:end], weight=weight
            )

    def remove_coding(self, act: Act) -> None:
        coding_id = self._one("codings")
        if coding_id:
            codings.remove_coding(act, coding_id)

    def add_code(self, act: Act) -> None:
        parent_id = self.random.choice([None, self._one("codes")])
        code = Code(new_id(), self._words(3), parent_id, color=self.random.choice(list(Color)))
        codes.add_code(act, replace(code, theory=("spinnteori",)))

    def change_code(self, act: Act) -> None:
        code_id = self._one("codes")
        if code_id:
            codes.change_code(act, code_id, definition=self._words(), theory=(self._words(2),))

    def move_code(self, act: Act) -> None:
        code_id = self._one("codes")
        if code_id:
            tree = codes.load_code_tree(self.store)
            below = {code_id, *(code.id for code in tree.descendants(code_id))}
            free = [None, *(code.id for code in tree if code.id not in below)]
            codes.change_code(act, code_id, parent_id=self.random.choice(free), position=0)

    def remove_code(self, act: Act) -> None:
        code_id = self._one("codes")
        if code_id and self.random.random() < 0.5:
            codes.remove_code(act, code_id)

    def merge_codes(self, act: Act) -> None:
        from_id, into_id = self._one("codes"), self._one("codes")
        if from_id != into_id:
            codes.move_uses(act, from_id, into_id)

    def write_memo(self, act: Act) -> None:
        target = self.random.choice(
            [Target.PROJECT, Target.SOURCE, Target.CODE, Target.CODING, Target.CASE]
        )
        target_id = None if target is Target.PROJECT else self._one(f"{target}s")
        if target is Target.PROJECT or target_id:
            notes.add_note(act, Note(new_id(), target, target_id, self.coder_id, self._words()))

    def mark_passage(self, act: Act) -> None:
        source_id, span, _text = self._span()
        note = Note(new_id(), Target.PASSAGE, source_id, self.coder_id, self._words())
        notes.add_note(act, replace(note, start=span.start, end=span.end))

    def change_memo(self, act: Act) -> None:
        note_id = self._one("notes")
        if note_id:
            notes.change_note(act, note_id, text=self._words(), title=self._words(2))

    def remove_memo(self, act: Act) -> None:
        note_id = self._one("notes")
        if note_id:
            notes.remove_note(act, note_id)

    def add_case(self, act: Act) -> None:
        case = cases.add_case(act, f"Informant {new_id()}")
        act.update("sources", self._one("sources"), case_id=case.id)

    def add_variable(self, act: Act) -> None:
        cases.add_variable(act, f"Rolle {new_id()}", VariableKind.TEXT)

    def set_value(self, act: Act) -> None:
        known, variables = cases.load_cases(self.store), cases.load_variables(self.store)
        if known and variables:
            value = self.random.choice(["", self._words(2)])
            cases.set_value(act, self.random.choice(known), self.random.choice(variables), value)

    def remove_case(self, act: Act) -> None:
        case_id = self._one("cases")
        if case_id:
            cases.remove_case(act, case_id)

    def remove_variable(self, act: Act) -> None:
        variable_id = self._one("variables")
        if variable_id:
            cases.remove_variable(act, variable_id)

    def choose_quote(self, act: Act) -> None:
        source_id, span, text = self._span()
        quote = Quote(new_id(), source_id, span.start, span.end, text, coder_id=self.coder_id)
        quotes.add_quote(act, replace(quote, code_id=self._one("codes")))

    def change_quote(self, act: Act) -> None:
        quote_id = self._one("quotes")
        if quote_id:
            changes = {
                "cuts": (Span(0, 1),),
                "insertions": (Insertion(0, self._words(2)),),
                "degree": self.random.choice(list(Degree)),
                "used_in": self._words(2),
            }
            quotes.change_quote(act, quote_id, **changes)

    def release_quote(self, act: Act) -> None:
        quote_id = self._one("quotes")
        if quote_id:
            quotes.remove_quote(act, quote_id)

    def add_theme(self, act: Act) -> None:
        notes.add_theme(act, f"Tema {new_id()}", self._words())

    def gather_codes(self, act: Act) -> None:
        theme_id, known = self._one("themes"), self._ids("codes")
        if theme_id:
            chosen = self.random.sample(known, self.random.randint(0, min(4, len(known))))
            notes.set_theme_codes(act, theme_id, chosen)

    def remove_theme(self, act: Act) -> None:
        theme_id = self._one("themes")
        if theme_id:
            notes.remove_theme(act, theme_id)

    def condense(self, act: Act) -> None:
        coding_id = self._one("codings")
        text = self.random.choice(["", self._words()])
        if coding_id:
            notes.write_condensation(act, Condensation(new_id(), text, coding_id=coding_id))

    def summarise(self, act: Act) -> None:
        code_id = self._one("codes")
        if code_id:
            codes.write_summary(act, code_id, self.random.choice(["", self._words()]))

    def mark_asked(self, act: Act) -> None:
        known = self._ids("codes")
        chosen = self.random.sample(known, self.random.randint(0, min(3, len(known))))
        sources.mark_asked(act, self._one("sources"), chosen)

    def mark_read(self, act: Act) -> None:
        source_id = self._one("sources")
        if not sources.mark_read(act, source_id, self.coder_id):
            sources.unmark_read(act, source_id, self.coder_id)


def seed_identities(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Let new rows get the same ids each time, so that a failure can be seen again."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(int=chance.getrandbits(128), version=4))
    monkeypatch.setattr("secrets.randbits", chance.getrandbits)


def main() -> None:
    folder, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with Store.open(folder) as store:
        researcher = RandomResearcher(store, seed)
        os.write(1, b"ready\n")
        for _ in range(count):
            subject = researcher.do_one_act()
            seq, digest = store.rows(OWN_EVENT, [f'%"subject":"{subject}"%'])[0]
            os.write(1, f"{seq} {digest}\n".encode())


if __name__ == "__main__":
    main()
