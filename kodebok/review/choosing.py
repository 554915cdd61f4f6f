"""What goes into a package: what the student chose, and what is most in doubt."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kodebok.domain.code import Code
from kodebok.domain.coding import Excerpt, Weight
from kodebok.domain.note import Note, Target, Theme
from kodebok.domain.review import ReviewForm
from kodebok.domain.span import Span
from kodebok.domain.wondering import Wondering
from kodebok.errors import WrongUseError
from kodebok.export.model import StudyView
from kodebok.i18n import translator

_ = translator("review")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the student wants to send.

    Attributes:
        recipient: To whom, such as a first name; it is kept in the study, not in the package.
        code_ids: Codes whose passages go, those of the codes below them too.
        theme_ids: Themes, with the passages of their codes.
        source_ids: Only passages of these sources.
        memo_ids: Memos that go along.
        definitions: Whether the definitions of the codes go along.
        doubtful: How many of the passages most in doubt; 0 for all.
        sample: How many passages, drawn; 0 for all.
        seed: What the draw begins with.
        due: ISO date until when answers are wanted.
        language: Of the package; the project's when empty.
    """

    recipient: str
    form: ReviewForm = ReviewForm.WORD
    code_ids: tuple[str, ...] = ()
    theme_ids: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    memo_ids: tuple[str, ...] = ()
    definitions: bool = False
    doubtful: int = 0
    sample: int = 0
    seed: int = 1
    due: str = ""
    questions: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes: codes and themes to answer on, and passages."""

    codes: tuple[Code, ...]
    themes: tuple[Theme, ...]
    excerpts: tuple[Excerpt, ...]


def choose(view: StudyView, wish: Wish, wonderings: Iterable[Wondering]) -> Chosen:
    """What a wish means in the study as it stands.

    Raises:
        WrongUseError: Nothing was chosen, or nothing is there (K972), or a whole interview was
            wanted without one source (K973).
    """
    themes = tuple(theme for theme in view.themes if theme.id in wish.theme_ids)
    named = tuple(code for code in view.codes if code.id in wish.code_ids)
    pool = _passages(view, wish, themes)
    if wish.form is ReviewForm.INTERVIEW:
        if len(wish.source_ids) != 1:
            raise WrongUseError(
                _("a whole interview is one source"), _("name it with --source"), "K973"
            )
        return Chosen(named, themes, tuple(pool))
    if not _says_what(wish) or not (pool or named or themes):
        raise WrongUseError(
            _("nothing was chosen that could be sent"),
            _("choose with --code, --theme, --source, --doubtful or --sample"),
            "K972",
        )
    if wish.doubtful:
        pool = most_doubtful(view, pool, wonderings)[: wish.doubtful]
    if wish.sample and wish.sample < len(pool):
        drawn = random.Random(wish.seed).sample(range(len(pool)), wish.sample)  # noqa: S311 - a sample for a reader
        pool = [pool[n] for n in sorted(drawn)]
    return Chosen(named, themes, tuple(pool))


def _says_what(wish: Wish) -> bool:
    named = (wish.code_ids, wish.theme_ids, wish.source_ids, wish.doubtful, wish.sample)
    return any(named)


def _passages(view: StudyView, wish: Wish, themes: Sequence[Theme]) -> list[Excerpt]:
    """The passages of what was named, each with a code once, whoever coded it."""
    named = [*wish.code_ids, *(code_id for theme in themes for code_id in theme.code_ids)]
    wanted = {
        code.id for code_id in named if code_id in view.codes for code in _family(view, code_id)
    }
    found: dict[tuple[str, str, int, int], Excerpt] = {}
    for excerpt in view.excerpts:
        if named and excerpt.code_id not in wanted:
            continue
        if wish.source_ids and excerpt.source_id not in wish.source_ids:
            continue
        key = (excerpt.source_id, excerpt.code_id, excerpt.start, excerpt.end)
        found.setdefault(key, excerpt)
    return list(found.values())


def _family(view: StudyView, code_id: str) -> list[Code]:
    return [view.codes[code_id], *view.codes.descendants(code_id)]


def most_doubtful(
    view: StudyView, pool: Sequence[Excerpt], wonderings: Iterable[Wondering]
) -> list[Excerpt]:
    """The passages by signs of doubt that the student has left, the most first.

    A wondering on the words counts 3; another coder's other code on them, and a passage that
    contradicts its code, 2; one that nuances it, a memo on the coding, a code without a
    definition and words under three codes or more, 1.
    """
    signs = _Signs(view, list(wonderings))
    return sorted(pool, key=lambda e: (-signs.count(e), e.source, e.start, e.end, e.code))


class _Signs:
    def __init__(self, view: StudyView, wonderings: list[Wondering]) -> None:
        self._view = view
        self._wonderings = wonderings
        self._noted = {note.target_id for note in view.notes if note.target is Target.CODING}
        self._in_source: dict[str, list[Excerpt]] = {}
        for excerpt in view.excerpts:
            self._in_source.setdefault(excerpt.source_id, []).append(excerpt)

    def count(self, excerpt: Excerpt) -> int:
        """How strongly a passage is in doubt."""
        span = Span(excerpt.start, excerpt.end)
        here = [e for e in self._in_source[excerpt.source_id] if e.span.overlaps(span)]
        wondered = any(
            w.source_id == excerpt.source_id and w.span.overlaps(span) for w in self._wonderings
        )
        others = [e for e in here if e.coder != excerpt.coder]
        differs = bool(others) and all(e.code_id != excerpt.code_id for e in others)
        by_weight = {Weight.CONTRADICTS: 2, Weight.NUANCES: 1}
        undefined = not self._view.codes[excerpt.code_id].definition
        crowded = len({e.code_id for e in here}) > 2  # noqa: PLR2004 - three codes on the same words
        return (
            3 * wondered
            + 2 * differs
            + (by_weight.get(excerpt.weight, 0) if excerpt.weight else 0)
            + (excerpt.id in self._noted)
            + undefined
            + crowded
        )


def notes_on(notes: Iterable[Note], wanted: Collection[str], target_id: str) -> tuple[str, ...]:
    """The memos on a thing that the student wants to send."""
    return tuple(n.text for n in notes if n.id in wanted and n.target_id == target_id)
