"""`kodebok transcribe`: sound files into sources, on this machine."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.session import Session, ask_text, can_ask, tell, with_session
from kodebok.domain.recording import RecordingState
from kodebok.domain.source import SourceType
from kodebok.errors import ExitCode, KodebokError, WrongUseError
from kodebok.i18n import language, mark, translator

if TYPE_CHECKING:
    from kodebok.domain.source import Source
    from kodebok.study.recorded import KnownRecording, SoundRequest

_ = translator("cli")

_WITH_TEXT = (SourceType.INTERVIEW, SourceType.GROUP, SourceType.NOTES, SourceType.OBSERVATION)


@new_command(
    mark(
        "Turn sound into sources, on this machine; without a file: list the recordings.\n\n"
        "FILE may be wav, mp3, m4a, ogg, opus, flac, wma, mp4 or mov; several files are taken "
        "one after another. You can code on meanwhile. Whatever breaks off the work, --resume "
        "goes on at the next stretch. The file is copied into the study's folder 'audio' under a "
        "name without identity; sound is sensitive, and 'kodebok sources sound' says where it lies "
        "and deletes it."
    )
)
@argument("audio", mark("Sound files."), nargs=-1, metavar="FILE")
@option("--model", default="", metavar="NAME", help=mark("The speech model; see 'kodebok models'."))
@option(
    "--language",
    "spoken",
    type=click.Choice(("nb", "nn", "en")),
    help=mark("The language of the speech; else the study's."),
)
@option(
    "--speakers", type=int, metavar="N", help=mark("How many voices there are; 1 for all as one.")
)
@option(
    "--glossary",
    default="",
    metavar="TEXT",
    help=mark("Words that may occur; off by default, for it can do harm."),
)
@option("--name", default="", metavar="TEXT", help=mark("The source's name; else the file's."))
@option("--case", default="", metavar="CASE", help=mark("The participant whose words they are."))
@option(
    "--type", "kind", type=click.Choice([str(t) for t in _WITH_TEXT]), default="interview",
    help=mark("What kind of material it is."),
)  # fmt: skip
@option("--in-place", is_flag=True, help=mark("Leave the file where it lies, and copy nothing."))
@option("--resume", is_flag=True, help=mark("Go on with what was begun; without a file: with all."))
@option("--again", is_flag=True, help=mark("Begin anew with what was begun."))
@with_session
def command(
    session: Session, audio: tuple[str, ...], resume: bool, again: bool, **given: Any
) -> int:
    """Take the files in, and transcribe them."""
    from kodebok.cli.recordings_view import show_recordings

    if not audio and not resume:
        show_recordings(session)
        return ExitCode.DONE
    if not audio:
        queue, failed = _begun(session), 0
    else:
        queue, failed = _admitted(session, audio, given, resume=resume, again=again)
    made, broken = _work(session, queue)
    _show_made(session, made)
    return ExitCode.FAILED if failed + broken else ExitCode.DONE


def _begun(session: Session) -> list[str]:
    from kodebok.study.recorded import list_recordings

    open_states = {RecordingState.WAITING, RecordingState.BEGUN, RecordingState.HEARD}
    queue = [k.recording.id for k in list_recordings(session.store) if k.state in open_states]
    if not queue:
        session.say(_("Nothing was left unfinished."))
    return queue


def _admitted(
    session: Session, audio: tuple[str, ...], given: dict[str, Any], *, resume: bool, again: bool
) -> tuple[list[str], int]:
    """Ids of the recordings to work on, and how many files failed."""
    from kodebok.study.recorded import admit_sound, check_model

    check_model(given["model"])
    request = _request(session, given, several=len(audio) > 1)
    queue: dict[str, None] = {}
    failed = 0
    for name in audio:
        path = Path(name).expanduser()
        try:
            known = admit_sound(session.study, path, request)
            if _is_to_do(session, known, request, path.name, resume=resume, again=again):
                queue[known.recording.id] = None
        except KodebokError as error:
            if len(audio) == 1:
                raise
            failed += 1
            tell(f"{path.name}: {error}")
    return list(queue), failed


def _request(session: Session, given: dict[str, Any], *, several: bool) -> SoundRequest:
    from kodebok.study.recorded import SoundRequest

    if several and given["name"]:
        raise WrongUseError(
            _("one name cannot stand for several files"),
            _("leave --name out, or give one file at a time"),
            "K660",
        )
    return SoundRequest(
        language=given["spoken"] or session.study.project().language or language(),
        speakers=_speakers(session, given["speakers"]),
        settings={"model": given["model"], "glossary": given["glossary"]},
        name=given["name"],
        case=given["case"],
        type=SourceType(given["kind"]),
        in_place=given["in_place"],
    )


def _speakers(session: Session, told: int | None) -> int:
    """How many voices; asked for, since guessing it fails one time in four.

    Raises:
        WrongUseError: Nobody can be asked (K661), or the answer is no number (K662).
    """
    if told is not None:
        return told
    if session.yes:
        return 1
    if not can_ask():
        raise WrongUseError(
            _("it is not said how many voices there are"),
            _("give --speakers N, or --speakers 1 for voices that are not told apart"),
            "K661",
        )
    answer = ask_text(_("How many voices are there? (Enter: not told apart)") + " ")
    if not answer:
        return 1
    if not answer.isdecimal():
        raise WrongUseError(
            _("that is no number of voices"), _("write a number, such as 2"), "K662"
        )
    return int(answer)


def _is_to_do(
    session: Session,
    known: KnownRecording,
    request: SoundRequest,
    file_name: str,
    *,
    resume: bool,
    again: bool,
) -> bool:
    from kodebok.storage.sources import load_source
    from kodebok.study.recorded import begin_anew

    if known.source_id is not None:
        source = load_source(session.store, known.source_id)
        session.say(
            _("{file} is in the study already, as {source}.", file=file_name, source=source.name)
        )
        return False
    if again:
        begin_anew(session.study, known.recording.id, request)
    elif known.state is RecordingState.BEGUN and not resume:
        raise WrongUseError(
            _("{file} was begun earlier", file=file_name),
            _("add --resume to go on, or --again to begin anew"),
            "K663",
        )
    return True


def _work(session: Session, queue: list[str]) -> tuple[list[Source], int]:
    """The sources that were made, and how many recordings failed."""
    from kodebok.cli.recordings_view import ProgressLine
    from kodebok.study.transcribing import Step, transcribe_all

    made: list[Source] = []
    failed = 0
    line = ProgressLine(session)
    with closing(transcribe_all(session.study, queue)) as progress:
        try:
            for told in progress:
                line.show(told)
                if told.source is not None:
                    made.append(told.source)
                failed += told.step is Step.FAILED
        except KeyboardInterrupt:
            line.end()
            tell(_("Stopped; what was heard is kept. Go on with: kodebok transcribe --resume"))
            raise
    line.end()
    return made, failed


def _show_made(session: Session, made: list[Source]) -> None:
    from kodebok.cli.items import source_columns, source_items
    from kodebok.cli.output import show

    if made or session.json:
        show(session, "sources", source_items(session.store, made), source_columns())
    if made:
        session.say(
            _(
                "Nobody has compared the text with the sound yet: quotes from it say so until you "
                "have heard them."
            )
        )
