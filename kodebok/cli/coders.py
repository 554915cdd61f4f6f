"""`kodebok coders`: who works in the study."""

from __future__ import annotations

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_group(
    mark(
        "List or add coders, and let one code blind or anew; without a command: list.\n\n"
        "Blind: the coder sees nobody else's codings in those sources until she marks them as read."
    )
)
def command() -> None:
    """Coders."""


@command.command("list", help=mark("List the coders with how much each has coded."))
@with_session
def list_coders(session: Session) -> None:
    """Print all."""
    from kodebok.storage import codings, projects

    counts: dict[str, int] = {}
    for coding in codings.load_codings(session.store):
        counts[coding.coder_id] = counts.get(coding.coder_id, 0) + 1
    items = [
        {
            "id": user.id,
            "name": user.name,
            "role": user.role,
            "codings": counts.get(user.id, 0),
            "at_work": user.id == session.coder_id,
        }
        for user in projects.load_users(session.store)
    ]
    columns = [
        Column(_("Name"), "name"),
        Column(_("Role"), "role"),
        Column(_("Codings"), "codings", is_number=True),
        Column(_("At work"), "at_work"),
    ]
    show(session, "coders", items, columns)


@command.command("add", help=mark("Add a coder."))
@argument("name", mark("The new name."))
@option("--role", default="", metavar="TEXT", help=mark("What the coder does, such as supervisor."))
@with_session
def add_coder(session: Session, name: str, role: str) -> None:
    """Add one."""
    from kodebok.study.opening import add_coder as add

    user = add(session.study, name, role)
    session.say(_("Added {name}; work as that coder with --coder.", name=user.name))


_sources = argument("source", mark("Names or ids of sources."), nargs=-1)
_sample = option("--sample", type=int, metavar="N", help=mark("Draw so many sources at random."))
_seed = option(
    "--seed", type=int, default=1, show_default=True, metavar="N",
    help=mark("Of the drawing; the same number draws the same sources."),
)  # fmt: skip


@command.command(
    "blind", help=mark("Let a coder code sources without seeing others' work; or list who does.")
)
@argument("name", mark("The coder's name or id."), required=False)
@_sources
@_sample
@_seed
@option("--end", is_flag=True, help=mark("End it, in these sources or in all."))
@with_session
def blind_coder(
    session: Session,
    name: str | None,
    source: tuple[str, ...],
    sample: int | None,
    seed: int,
    end: bool,
) -> None:
    """Begin, end or list blind coding."""
    from kodebok.coding import blinding
    from kodebok.coding.naming import find_coder, find_source

    store = session.store
    if name is not None and (end or source or sample is not None):
        coder = find_coder(store, name)
        chosen = [find_source(store, item) for item in source]
        if end:
            blinding.end_blind(store, session.coder_id, coder, [item.id for item in chosen])
        elif sample is not None:
            drawn = blinding.draw_sources(blinding.sources_to_draw(store, coder), sample, seed)
            blinding.begin_blind(store, session.coder_id, coder, [*chosen, *drawn], seed)
        else:
            blinding.begin_blind(store, session.coder_id, coder, chosen)
    _show_blind(session)


def _show_blind(session: Session) -> None:
    from kodebok.cli.items import named_things
    from kodebok.storage.blind import load_blind

    names = named_things(session.store)
    items = [
        {
            "coder": names.get(item.coder_id),
            "source": names.get(item.source_id),
            "begun": item.begun,
            "ended": item.ended or None,
            "seed": item.seed,
        }
        for item in load_blind(session.store)
    ]
    columns = [
        Column(_("Coder"), "coder"),
        Column(_("Source"), "source"),
        Column(_("Blind from"), "begun"),
        Column(_("Until"), "ended"),
        Column(_("Drawn with seed"), "seed", is_number=True),
    ]
    show(session, "blind", items, columns)


@command.command(
    "again", help=mark("Let a coder code anew what she has coded, blind to her own codings.")
)
@argument("name", mark("The coder's name or id."))
@_sources
@_sample
@_seed
@with_session
def code_again(
    session: Session, name: str, source: tuple[str, ...], sample: int | None, seed: int
) -> None:
    """Begin a round of recoding."""
    from kodebok.coding import blinding
    from kodebok.coding.naming import find_coder, find_source

    store = session.store
    coder = find_coder(store, name)
    chosen = [find_source(store, item) for item in source]
    drawn_with = None
    if sample is not None or not chosen:
        own = blinding.coded_by(store, coder)
        chosen += blinding.draw_sources(own, len(own) if sample is None else sample, seed)
        drawn_with = seed if sample is not None else None
    second, _round = blinding.begin_recoding(store, session.coder_id, coder, chosen, drawn_with)
    session.say(
        _(
            "Code anew with --coder '{second}'; compare with 'kodebok compare {name} --recoded' "
            "when the sources are marked as read.",
            second=second.name,
            name=coder.name,
        )
    )
    _show_blind(session)
