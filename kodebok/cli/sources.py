"""`kodebok sources`: list, show, change, remove; and their sound."""

from __future__ import annotations

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.items import source_columns, source_items
from kodebok.cli.output import Item, clock, show, show_json, write_text
from kodebok.cli.session import Session, with_session
from kodebok.domain.source import Mode, SourceType
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_group(mark("List, show, change or remove sources; without a command: list."))
def command() -> None:
    """The sources of the study."""


@command.command("list", help=mark("List the sources."))
@with_session
def list_sources(session: Session) -> None:
    """Print every source."""
    show(session, "sources", source_items(session.store), source_columns())


@command.command("show", help=mark("Print the text of a source, with voices and times."))
@argument("source", mark("The source's name or id."))
@option("--places", is_flag=True, help=mark("Print where each turn begins and ends."))
@with_session
def show_source(session: Session, source: str, places: bool) -> None:
    """Print one source, a turn to a line."""
    from kodebok.coding.naming import find_source
    from kodebok.storage import sources

    found = find_source(session.store, source)
    text = sources.load_text(session.store, found.id)
    labels = {s.id: s.label for s in sources.load_speakers(session.store, found.id)}
    turns: list[Item] = [
        {
            "number": number,
            "start": turn.start,
            "end": turn.end,
            "speaker": labels.get(turn.speaker_id or ""),
            "time_ms": turn.start_ms,
            "text": text[turn.start : turn.end],
        }
        for number, turn in enumerate(sources.load_turns(session.store, found.id), start=1)
    ]
    if session.json:
        show_json("turns", turns)
        return
    for turn in turns:
        head = f"{turn['number']} {turn['start']}-{turn['end']} " if places else ""
        time = f"[{clock(turn['time_ms'])}] " if turn["time_ms"] is not None else ""
        voice = f"{turn['speaker']}: " if turn["speaker"] else ""
        write_text(f"{head}{time}{voice}{turn['text']}")


@command.command("set", help=mark("Change what is known of a source."))
@argument("source", mark("The source's name or id."))
@option("--name", metavar="TEXT", help=mark("A new name."))
@option("--type", "kind", type=click.Choice([str(t) for t in SourceType]), help=mark("Its type."))
@option("--case", metavar="CASE", help=mark("The participant; an empty one for none."))
@option(
    "--language", type=click.Choice(("nb", "nn", "en")), help=mark("The language of its words.")
)
@option("--date", metavar="DATE", help=mark("When it took place, such as 2025-02-12."))
@option("--place", metavar="TEXT", help=mark("Where it took place."))
@option("--mode", type=click.Choice([str(m) for m in Mode]), help=mark("How it was held."))
@option("--interviewer", metavar="NAME", help=mark("Who asked."))
@option("--observer", metavar="NAME", help=mark("Who looked on and wrote."))
@option(
    "--asked", metavar="CODE", multiple=True,
    help=mark("A code that the guide of this source asked about; replaces those that stand."),
)  # fmt: skip
@with_session
def set_source(session: Session, source: str, asked: tuple[str, ...], **given: str | None) -> None:
    """Change one source."""
    from kodebok.cli.facts import change_source
    from kodebok.coding.naming import find_source
    from kodebok.storage import sources

    store = session.store
    found = find_source(store, source)
    change_source(session, found, asked, given)
    show(
        session,
        "sources",
        source_items(store, [sources.load_source(store, found.id)]),
        source_columns(),
    )


@command.command(
    "remove", help=mark("Remove a source with all that is coded in it; undo brings it back.")
)
@argument("source", mark("The source's name or id."))
@with_session
def remove_source(session: Session, source: str) -> None:
    """Remove one source."""
    from kodebok.coding.naming import find_source
    from kodebok.storage import codings, sources

    store = session.store
    found = find_source(store, source)
    count = len(codings.load_codings(store, found.id))
    if not session.ask(_("Remove {name} with its {n} codings?", name=found.name, n=count)):
        session.say(_("Nothing was changed."))
        return
    with store.act("source.remove", session.coder_id, found.id) as act:
        sources.remove_source(act, found.id)
    session.say(_("Removed {name}; 'kodebok undo' brings it back.", name=found.name))


@command.command(
    "sound",
    help=mark(
        "List where sound lies; with a source and --delete: delete it for good.\n\n"
        "Chosen quotes that nobody has compared with the sound are listed first. A receipt without "
        "a name is left."
    ),
)
@argument("source", mark("The source's name or id."), required=False)
@option("--delete", is_flag=True, help=mark("Delete the sound; it does not come back."))
@with_session
def sound(session: Session, source: str | None, delete: bool) -> None:
    """List or delete sound."""
    from kodebok.cli.recordings_view import delete_sound_of, show_recordings

    if not delete:
        show_recordings(session, source)
    elif source is None:
        raise WrongUseError(_("it is not said which sound to delete"), _("name the source"), "K667")
    else:
        delete_sound_of(session, source)
