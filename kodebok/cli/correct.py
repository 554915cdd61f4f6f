"""`kodebok correct`: words, turns and voices of a source; codings stay on their words."""

from __future__ import annotations

from typing import Any

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.session import Session, with_session
from kodebok.domain.source import Role, Source, Speaker, Turn
from kodebok.domain.verbatim import MarkKind
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator

_ = translator("cli")
_n = plural_translator("cli")


@new_command(
    mark(
        "Correct a source: its words, its turns or its voices. Codings stay on their words.\n\n"
        "Words: --start and --end, or --text, say what is wrong; --with says what is to stand "
        "there. Turns have numbers, which 'kodebok sources show SOURCE --places' prints: "
        "--split-at begins a new turn at an offset, --join joins a turn with the next, --turn with "
        "--speaker says whose voice it is, and --onwards also of its later turns. Voices: --voice "
        "with --rename, --role or --case; --name OLD=NEW names several for the whole source; "
        "--voice with --swap lets two change places, from --turn on if given.\n\n"
        "Recognised speech: --uncertain lists the words that the model was unsure of, --settle "
        "with --with puts the right word in all places, and without it says that the word is "
        "right. --mark puts a pause, a cut word, a sound or an overlap on the words, --unmark "
        "takes it away."
    )
)
@argument("source", mark("The source's name or id."))
@option("--start", type=int, metavar="N", help=mark("Offset of the first character, from 0."))
@option("--end", type=int, metavar="N", help=mark("Offset after the last character."))
@option("--text", metavar="TEXT", help=mark("The words that are wrong."))
@option("--nth", type=int, metavar="N", help=mark("Which place, when the words stand in several."))
@option("--with", "replacement", metavar="TEXT", help=mark("The words that are to stand there."))
@option("--split-at", type=int, metavar="N", help=mark("Begin a new turn at this offset."))
@option("--join", type=int, metavar="TURN", help=mark("Join this turn with the next."))
@option("--turn", type=int, metavar="TURN", help=mark("The turn whose voice is to be changed."))
@option("--speaker", metavar="NAME", help=mark("The voice of the turn, or of a new turn."))
@option("--onwards", is_flag=True, help=mark("Also the later turns of the same voice."))
@option("--voice", metavar="NAME", help=mark("The voice to change, by the name it has now."))
@option("--rename", metavar="NAME", help=mark("A new name; that of another voice joins the two."))
@option("--role", type=click.Choice([str(r) for r in Role]), help=mark("What the voice does."))
@option("--case", metavar="CASE", help=mark("The participant whose voice it is."))
@option("--name", "names", multiple=True, metavar="OLD=NEW", help=mark("Name a voice; repeatable."))
@option("--swap", metavar="NAME", help=mark("The voice that changes places with --voice."))
@option("--uncertain", is_flag=True, help=mark("List the words that the model was unsure of."))
@option("--settle", metavar="WORD", help=mark("Settle this word in all its places."))
@option(
    "--mark", "mark_kind", type=click.Choice([str(k) for k in MarkKind if k != "unclear"]),
    help=mark("Put this mark on the words."),
)  # fmt: skip
@option(
    "--value", default="", metavar="TEXT",
    help=mark("A pause's seconds, or what a sound is, such as 'ler'."),
)  # fmt: skip
@option("--unmark", is_flag=True, help=mark("Take the marks off the words."))
@with_session
def command(session: Session, source: str, **given: Any) -> None:
    """Correct one thing."""
    from kodebok.coding.naming import find_source

    found = find_source(session.store, source)
    _ways(given)(session, found, given)


def _ways(given: dict[str, Any]) -> Any:
    """What is to be done: exactly one thing.

    Raises:
        WrongUseError: None, or more than one (K625).
    """
    from kodebok.cli import correct_spoken as spoken

    for name, way in (
        ("settle", spoken.settle),
        ("swap", spoken.swap_voices),
        ("names", spoken.name_voices),
        ("uncertain", spoken.list_uncertain),
        ("mark_kind", spoken.put_mark),
        ("unmark", spoken.take_marks),
    ):
        if given[name]:
            return way
    ways = {
        "replacement": _correct_words,
        "split_at": _split_turn,
        "join": _join_turns,
        "turn": _set_speaker,
        "voice": _change_voice,
    }
    chosen = [name for name in ways if given[name] is not None]
    if len(chosen) != 1:
        raise WrongUseError(
            _("it is not said what to correct, or more than one thing is"),
            _("give one of --with, --split-at, --join, --turn or --voice"),
            "K625",
        )
    return ways[chosen[0]]


def _correct_words(session: Session, source: Source, given: dict[str, Any]) -> None:
    from kodebok.cli.code import given_passage
    from kodebok.coding.corrections import correct_text
    from kodebok.storage.sources import load_text

    text = load_text(session.store, source.id)
    span = given_passage(text, given["start"], given["end"], given["text"], given["nth"])
    if not 0 <= span.start <= span.end <= len(text):
        raise WrongUseError(
            _("the passage does not lie in the source"),
            _("give --start and --end as offsets from 0, the end not included"),
            "K626",
        )
    edits = correct_text(session.store, session.coder_id, source.id, span, given["replacement"])
    if edits:
        session.say(_n("Corrected {n} place.", "Corrected {n} places.", len(edits)))
        _tell_names(session, given["replacement"])
    else:
        session.say(_("It says so already; nothing was changed."))


def _tell_names(session: Session, words: str) -> None:
    """Say when words that were typed after anonymisation was applied name someone."""
    from kodebok.storage.anonymisation import is_applied

    if is_applied(session.store):
        from kodebok.study.checking_new_text import sentences_on_new_text

        for sentence in sentences_on_new_text(session.study, words):
            session.say(sentence)


def _split_turn(session: Session, source: Source, given: dict[str, Any]) -> None:
    from kodebok.coding.corrections import set_speaker, split_turn

    store, coder = session.store, session.coder_id
    with store.act("turn.split", coder, source.id):
        new = split_turn(store, coder, source.id, given["split_at"])
        if given["speaker"]:
            set_speaker(store, coder, source.id, new.id, given["speaker"])
    session.say(_("Divided the turn."))


def _join_turns(session: Session, source: Source, given: dict[str, Any]) -> None:
    from kodebok.coding.corrections import join_turns

    turn = numbered_turn(session, source, given["join"])
    join_turns(session.store, session.coder_id, turn.id, source.id)
    session.say(_("Joined the turns."))


def _set_speaker(session: Session, source: Source, given: dict[str, Any]) -> None:
    from kodebok.coding.corrections import set_speaker

    if not given["speaker"]:
        raise WrongUseError(_("it is not said whose voice it is"), _("give --speaker NAME"), "K627")
    turn = numbered_turn(session, source, given["turn"])
    changed = set_speaker(
        session.store,
        session.coder_id,
        source.id,
        turn.id,
        given["speaker"],
        onwards=given["onwards"],
    )
    session.say(_n("Changed {n} turn.", "Changed {n} turns.", changed))


def _change_voice(session: Session, source: Source, given: dict[str, Any]) -> None:
    from kodebok.cli.facts import nothing_given
    from kodebok.coding.corrections import change_speaker
    from kodebok.coding.naming import find_case

    speaker = _find_voice(session, source, given["voice"])
    if not (given["rename"] or given["role"] or given["case"]):
        raise nothing_given()
    case_id = find_case(session.store, given["case"]).id if given["case"] else None
    changed = change_speaker(
        session.store,
        session.coder_id,
        speaker,
        label=given["rename"],
        role=Role(given["role"]) if given["role"] else None,
        case_id=case_id,
    )
    session.say(_("Changed the voice.") if changed else _("It is so already; nothing was changed."))


def numbered_turn(session: Session, source: Source, number: int) -> Turn:
    """The turn of a number, from 1.

    Raises:
        WrongUseError: There is none (K628).
    """
    from kodebok.storage.sources import load_turns

    turns = load_turns(session.store, source.id)
    if not 1 <= number <= len(turns):
        raise WrongUseError(
            _("the source has {n} turns", n=len(turns)),
            _("see their numbers with 'kodebok sources show SOURCE --places'"),
            "K628",
        )
    return turns[number - 1]


def _find_voice(session: Session, source: Source, typed: str) -> Speaker:
    from kodebok.storage.sources import load_speakers

    speakers = load_speakers(session.store, source.id)
    for speaker in speakers:
        if speaker.label.casefold() == typed.strip().casefold() or speaker.id == typed:
            return speaker
    raise WrongUseError(
        _("the source has no voice of that name"),
        _("see '{command}' for what there is", command="kodebok sources"),
        "K629",
    )
