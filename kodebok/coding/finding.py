"""Search: find words or a pattern in the texts, look at the hits, code the chosen ones together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kodebok.coding.passages import Passage, code_passages
from kodebok.domain.coding import Coding, CodingOrigin
from kodebok.domain.source import Source
from kodebok.domain.span import Span
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import cases, codings, search, sources
from kodebok.storage.database import Store

_ = translator("coding")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where something was found.

    Attributes:
        number: From 1, in the order shown.
        turn: The whole turn, for its words around the hit.
        context: The turn's words.
        context_start: Where the turn begins.
    """

    number: int
    source_id: str
    source: str
    start: int
    end: int
    text: str
    turn: int
    context: str
    context_start: int
    speaker: str | None
    case: str | None
    time_ms: int | None

    @property
    def span(self) -> Span:
        """Where the hit stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where to look; empty fields let all through.

    Attributes:
        code_ids: Only in passages with one of these codes.
    """

    source_ids: tuple[str, ...] = ()
    case_ids: tuple[str, ...] = ()
    code_ids: tuple[str, ...] = ()


def find(
    store: Store,
    typed: str,
    scope: SearchScope | None = None,
    *,
    regex: bool = False,
    limit: int | None = None,
) -> list[Hit]:
    """Places where the words, phrases and prefixes* that were typed stand, or a pattern.

    Raises:
        WrongUseError: Nothing was typed, or the pattern is not a regular expression.
    """
    scope = scope or SearchScope()
    query = search.WordQuery.parse(typed)
    pattern = _compile(typed) if regex else query.pattern()
    if not regex and not query.parts:
        raise WrongUseError(
            _("there is nothing to search for"), _('give a word, or a "phrase"'), "K340"
        )
    voices = _Voices(store)
    spans = _found(store, query, pattern, scope, regex=regex)
    inside = _inside(store, scope, voices)
    chosen = (item for item in spans if inside(*item))
    return [voices.hit(n, *item) for n, item in enumerate(islice(chosen, limit), start=1)]


def _compile(typed: str) -> re.Pattern[str]:
    try:
        pattern = re.compile(typed, re.IGNORECASE)
    except re.error as error:
        raise WrongUseError(
            _("that is not a regular expression: see sign {n}", n=(error.pos or 0) + 1),
            _("put a backslash before a sign that is meant as it stands"),
            "K341",
        ) from error
    if pattern.match(""):
        raise WrongUseError(
            _("that pattern matches everywhere"), _("ask for at least one sign"), "K342"
        )
    return pattern


def _found(
    store: Store,
    query: search.WordQuery,
    pattern: re.Pattern[str],
    scope: SearchScope,
    *,
    regex: bool,
) -> Iterator[tuple[search.TurnHit, Span]]:
    if regex:
        wanted = scope.source_ids or tuple(s.id for s in sources.load_sources(store))
        turns: Iterable[search.TurnHit] = search.scan_turns(store, wanted)
    elif scope.source_ids:
        turns = [t for i in scope.source_ids for t in search.search_turns(store, query, None, i)]
    else:
        turns = search.iter_turns(store, query)
    for turn in turns:
        for span in search.spans_in_turn(turn, pattern):
            yield turn, span


class _Voices:
    """Names of sources, voices and participants, looked up per turn."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.sources: dict[str, Source] = {s.id: s for s in sources.load_sources(store)}
        self.case_names = {case.id: case.name for case in cases.load_cases(store)}
        self._known: dict[int, tuple[str | None, str | None, int | None]] = {}

    def case_id(self, turn: search.TurnHit) -> str | None:
        """The participant who speaks the turn, else the source's."""
        return self._look_up(turn)[1]

    def _look_up(self, turn: search.TurnHit) -> tuple[str | None, str | None, int | None]:
        if turn.turn_id not in self._known:
            self._known[turn.turn_id] = search.load_voice(self.store, turn.turn_id)
        return self._known[turn.turn_id]

    def hit(self, number: int, turn: search.TurnHit, span: Span) -> Hit:
        label, case_id, time_ms = self._look_up(turn)
        return Hit(
            number=number,
            source_id=turn.source_id,
            source=self.sources[turn.source_id].name,
            start=span.start,
            end=span.end,
            text=turn.text[span.start - turn.start : span.end - turn.start],
            turn=turn.turn_id,
            context=turn.text,
            context_start=turn.start,
            speaker=label,
            case=self.case_names.get(case_id or ""),
            time_ms=time_ms,
        )


def _inside(
    store: Store, scope: SearchScope, voices: _Voices
) -> Callable[[search.TurnHit, Span], bool]:
    coded: dict[str, list[Span]] = {}
    for source_id, start, end, code_id in codings.load_spans(store) if scope.code_ids else ():
        if code_id in scope.code_ids:
            coded.setdefault(source_id, []).append(Span(start, end))

    def inside(turn: search.TurnHit, span: Span) -> bool:
        if scope.case_ids and voices.case_id(turn) not in scope.case_ids:
            return False
        places = coded.get(turn.source_id, ())
        return not scope.code_ids or any(place.overlaps(span) for place in places)

    return inside


def code_hits(
    store: Store, coder_id: str, hits: Iterable[Hit], code_ids: Sequence[str], *, turns: bool = True
) -> list[Coding]:
    """Code the chosen hits together, as one act whose origin is the search.

    Args:
        store: The project.
        coder_id: Who does it.
        hits: The chosen ones.
        code_ids: The codes.
        turns: Whether the whole turn around a hit is coded, or the words found alone.
    """
    passages: list[Passage] = []
    for hit in hits:
        around = Span(hit.context_start, hit.context_start + len(hit.context))
        passages.append((hit.source_id, around if turns else hit.span))
    return code_passages(store, coder_id, passages, code_ids, CodingOrigin.SEARCH)


def parse_choice(typed: str, count: int) -> list[int]:
    """Numbers chosen as `1,3-5`, or all of them for `all`.

    Raises:
        WrongUseError: It is not such a choice, or a number is not between 1 and `count`.
    """
    if typed.strip().lower() in {"all", "alle"}:
        return list(range(1, count + 1))
    chosen: list[int] = []
    for part in typed.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise WrongUseError(
                _("the choice of hits is not understood"), _("write it as 1,3-5 or all"), "K343"
            )
        numbers = range(int(first), int(last or first) + 1)
        if not numbers or numbers[0] < 1 or numbers[-1] > count:
            raise WrongUseError(
                _("there are {n} hits", n=count), _("choose numbers from 1 to {n}", n=count), "K344"
            )
        chosen += [number for number in numbers if number not in chosen]
    return chosen
