"""Coding blind: who is to code what without seeing the others, and coding anew oneself."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from kodebok.domain.blind import BlindSource, Recoding
from kodebok.domain.ids import new_id, now
from kodebok.domain.project import User
from kodebok.domain.source import Source
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import blind, codings, projects, sources
from kodebok.storage.database import Store

_ = translator("agreement")

DEFAULT_SEED = 1


def draw_sources(listed: Sequence[Source], count: int, seed: int = DEFAULT_SEED) -> list[Source]:
    """A random sample; the same seed and the same sources give the same.

    Raises:
        WrongUseError: There are fewer sources than that, or none are wanted (K372).
    """
    if not 0 < count <= len(listed):
        raise WrongUseError(
            _("there are {n} sources to draw from", n=len(listed)),
            _("draw fewer, or name the sources"),
            "K372",
        )
    ordered = sorted(listed, key=lambda source: (source.created, source.name, source.id))
    drawn = {source.id for source in Random(seed).sample(ordered, count)}  # noqa: S311 - no secret
    return [source for source in ordered if source.id in drawn]


def sources_to_draw(store: Store, coder: User) -> list[Source]:
    """Sources that someone else has coded, and this coder has neither coded nor read."""
    reads = sources.load_reads(store)
    coded = {(coding.source_id, coding.coder_id) for coding in codings.load_codings(store)}
    by_others = {source_id for source_id, coder_id in coded if coder_id != coder.id}
    return [
        source
        for source in sources.load_sources(store)
        if source.id in by_others
        and (source.id, coder.id) not in coded
        and coder.id not in reads.get(source.id, ())
    ]


def begin_blind(
    store: Store, doer_id: str, coder: User, chosen: Sequence[Source], seed: int | None = None
) -> list[Source]:
    """Let a coder be blind in sources, until she marks them as read, or it is ended.

    Args:
        store: The project.
        doer_id: Who arranges it.
        coder: Who is not to see what others do there.
        chosen: Where.
        seed: Of the sample that drew them, if it was one.

    Returns:
        The sources in which she was not blind already.

    Raises:
        WrongUseError: No source was named (K373).
    """
    if not chosen:
        raise WrongUseError(
            _("no source was named to be coded blind"),
            _("name sources, or draw some with --sample"),
            "K373",
        )
    there = {b.source_id for b in blind.load_blind(store) if b.coder_id == coder.id and not b.ended}
    new = [source for source in chosen if source.id not in there]
    if new:
        with store.act(blind.BEGIN_KIND, doer_id, coder.id) as act:
            for source in new:
                blind.add_blind(act, BlindSource(new_id(), source.id, coder.id, now(), "", seed))
    return new


def end_blind(store: Store, doer_id: str, coder: User, source_ids: Sequence[str] = ()) -> list[str]:
    """Let a coder see again, in these sources or in all.

    Returns:
        Ids of the sources in which she was blind.
    """
    wanted = source_ids or [item.source_id for item in blind.load_blind(store)]
    with store.act(blind.END_KIND, doer_id, coder.id) as act:
        return blind.end_blind(act, coder.id, wanted)


def begin_recoding(
    store: Store, doer_id: str, coder: User, chosen: Sequence[Source], seed: int | None = None
) -> tuple[User, Recoding]:
    """Begin a round in which a coder codes anew what she has coded, blind to it.

    She does so as a coder of its own, her second self, so that both codings stay.

    Returns:
        Her second self, and the round.

    Raises:
        WrongUseError: No source was named (K373), or one that she has not coded (K374).
    """
    coded = {c.source_id for c in codings.load_codings(store) if c.coder_id == coder.id}
    if any(source.id not in coded for source in chosen):
        raise WrongUseError(
            _("a source that was not coded by {name} cannot be coded anew", name=coder.name),
            _("choose sources that this coder has coded"),
            "K374",
        )
    earlier = [item for item in blind.load_recodings(store) if item.first_id == coder.id]
    number = 2 + len(earlier)
    name = _("{name}, round {n}", name=coder.name, n=number)
    while projects.find_user(store, name) is not None:
        name += "+"
    with store.act(blind.RECODE_KIND, doer_id, coder.id) as act:
        second = projects.add_user(act, name)
        recoding = Recoding(new_id(), second.id, coder.id, number)
        blind.add_recoding(act, recoding)
        begin_blind(store, doer_id, second, chosen, seed)
    return second, recoding


def coded_by(store: Store, coder: User) -> list[Source]:
    """Sources that a coder has coded."""
    coded = {c.source_id for c in codings.load_codings(store) if c.coder_id == coder.id}
    return [source for source in sources.load_sources(store) if source.id in coded]


def second_self(store: Store, coder: User, number: int | None = None) -> User:
    """The coder as she coded anew: in her last round, or in that of a number.

    Raises:
        WrongUseError: There was no such round (K375).
    """
    rounds = [r for r in blind.load_recodings(store) if r.first_id == coder.id]
    wanted = [r for r in rounds if number is None or r.round == number]
    if not wanted:
        raise WrongUseError(
            _("{name} has not coded anything anew", name=coder.name),
            _("begin a round with 'kodebok coders again'"),
            "K375",
        )
    users = {user.id: user for user in projects.load_users(store)}
    return users[wanted[-1].coder_id]
