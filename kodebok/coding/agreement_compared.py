"""What is compared of a study: which sources, whose codings, and how they lie in the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kodebok.coding.agreement_text import Coded, ComparedText, Continuum
from kodebok.coding.retrieval import participants_turns
from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Coding
from kodebok.domain.project import User
from kodebok.domain.source import Source
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import codes, codings, sources
from kodebok.storage.blind import load_blind
from kodebok.storage.database import Store

_ = translator("agreement")


@dataclass(frozen=True, slots=True)
class ComparedSource:
    """A source that all the coders have coded or read.

    Attributes:
        words: The whole canonical text.
        text: Its participants' turns, end to end.
        coded: What each coder coded there.
    """

    source: Source
    words: str
    text: ComparedText
    coded: Continuum


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that a comparison needs.

    Attributes:
        left_out: Sources that some, but not all, of the coders have coded or read, and those that
            one of them, or who looks, is still coding blind.
    """

    coders: tuple[User, ...]
    tree: CodeTree
    taking_part: tuple[ComparedSource, ...]
    left_out: tuple[Source, ...]


def load_compared(
    store: Store,
    coders: Sequence[User],
    source_ids: Collection[str] = (),
    *,
    rollup: bool = False,
) -> Compared:
    """Load what the coders did with the sources that all of them have coded or read.

    Args:
        store: The project.
        coders: Two or more.
        source_ids: Only these sources; all when empty.
        rollup: Whether a code also stands where one below it was used.

    Raises:
        WrongUseError: Fewer than two different coders (K360); no source that all of them have
            coded or read (K361); none of them coded anything there (K362).
    """
    if len({coder.id for coder in coders}) < max(2, len(coders)):
        raise WrongUseError(
            _("agreement is between two coders or more, each named once"),
            _("name them, as in 'kodebok compare MAREN JONAS'; see 'kodebok coders'"),
            "K360",
        )
    tree = codes.load_code_tree(store)
    listed = [s for s in sources.load_sources(store) if not source_ids or s.id in source_ids]
    work = _Work(tree, coders, codings.load_codings(store), rollup=rollup)
    reads = sources.load_reads(store)
    wanted = {*work.wanted, store.viewer}
    seen = {s.id: work.coders_of(s.id) | (reads.get(s.id, set()) & work.wanted) for s in listed}
    being_coded = {b.source_id for b in load_blind(store) if not b.ended and b.coder_id in wanted}
    taking_part = [s for s in listed if seen[s.id] == work.wanted and s.id not in being_coded]
    compared = Compared(
        coders=tuple(coders),
        tree=tree,
        taking_part=tuple(_load_source(store, source, work) for source in taking_part),
        left_out=tuple(s for s in listed if seen[s.id] and s not in taking_part),
    )
    _refuse_nothing(compared)
    return compared


class _Work:
    """What each coder coded, by source."""

    def __init__(
        self, tree: CodeTree, coders: Sequence[User], made: Iterable[Coding], *, rollup: bool
    ) -> None:
        self.order = [coder.id for coder in coders]
        self.wanted = set(self.order)
        self._tree = tree
        self._rollup = rollup
        self._coded: dict[tuple[str, str], list[Coded]] = {}
        for coding in made:
            if coding.coder_id in self.wanted:
                found = self._coded.setdefault((coding.source_id, coding.coder_id), [])
                found += ((coding.start, coding.end, code) for code in self._meant(coding.code_id))

    def _meant(self, code_id: str) -> list[str]:
        above = self._tree.ancestors(code_id) if self._rollup else ()
        return [code_id, *(code.id for code in above)]

    def coders_of(self, source_id: str) -> set[str]:
        """Who coded something in a source."""
        return {coder_id for coder_id in self.order if (source_id, coder_id) in self._coded}

    def lay(self, source_id: str, text: ComparedText) -> Continuum:
        """What was coded in a source, by its place in the compared text."""
        layers = (text.lay(self._coded.get((source_id, coder), ())) for coder in self.order)
        return Continuum(text.length, tuple(layers))


def _load_source(store: Store, source: Source, work: _Work) -> ComparedSource:
    text = ComparedText(participants_turns(store, source.id))
    words = sources.load_text(store, source.id)
    return ComparedSource(source, words, text, work.lay(source.id, text))


def _refuse_nothing(compared: Compared) -> None:
    if not compared.taking_part:
        raise WrongUseError(
            _("there is no source that all of these coders have coded or marked as read"),
            _("let each read the same sources, and mark them with 'kodebok read SOURCE'"),
            "K361",
        )
    if not any(layer for item in compared.taking_part for layer in item.coded.layers):
        raise WrongUseError(
            _("none of these coders has coded anything in the sources that all have read"),
            _("code them first; see 'kodebok code --help'"),
            "K362",
        )
