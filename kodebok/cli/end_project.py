"""`kodebok end-project`: the end of a study, step by step, as its card says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kodebok.cli.anonymise_acts import unlocked
from kodebok.cli.base import new_command, option
from kodebok.cli.consent import checked_receipt, hand_out
from kodebok.cli.output import show_json, write_text
from kodebok.cli.session import Session, ask_text, can_ask, confirm, with_session
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.storage.sealing import KeyPart
    from kodebok.study.ending import EndStep, EndWork

_ = translator("cli")

_MOST_SHOWN = 20
_KEY = {"both": ("REPLACEMENTS", "PERSONS"), "persons": ("PERSONS",),
        "replacements": ("REPLACEMENTS",), "keep": ()}  # fmt: skip

# What a step does, and by the name of the step.
_ASKED = {
    "quotes": mark("Quotes that nobody has compared with the sound; afterwards nobody can."),
    "sound": mark("Delete the sound."),
    "originals": mark("Delete original transcripts, and files with names in them."),
    "key": mark("Destroy the key."),
    "copies": mark("Delete the kept copies."),
    "outside": mark("Forget the study outside its folder."),
}


@new_command(
    mark(
        "End the study as its card says, step by step.\n\n"
        "Each step is shown and asked about, and is final. It can be broken off: the next time it "
        "goes on where it was. At the end the folder is scanned, questions on indirect "
        "identification are asked, and there is a receipt for the method chapter. --dry-run shows "
        "what there is to do."
    )
)
@option("--dry-run", is_flag=True, help=mark("Show what there is to do, and change nothing."))
@option(
    "--key", "key_part", type=click.Choice(list(_KEY)),
    help=mark("What is destroyed of the key; else what the card says."),
)  # fmt: skip
@option(
    "--receipt", type=click.Path(path_type=Path), metavar="FILE", callback=checked_receipt,
    help=mark("Write the receipt, which names no one: .txt, .docx or .html."),
)  # fmt: skip
@with_session
def command(session: Session, *, dry_run: bool, key_part: str | None, receipt: Path | None) -> None:
    """Go through the steps that are open."""
    from kodebok.study.ending import next_step, plan_end
    from kodebok.study.ending_receipt import end_receipt

    if dry_run:
        _show_plan(session, plan_end(session.study))
        return
    _confirm_begin(session)
    while (work := next_step(session.study)) is not None:
        if not _take(session, work, key_part):
            session.say(_("Broken off. 'kodebok end-project' goes on from here."))
            return
    _ask_questions(session)
    hand_out(session, end_receipt(session.study), receipt)
    _offer_deletion(session, receipt)


def _show_plan(session: Session, plan: list[EndWork]) -> None:
    if session.json:
        items = [
            {
                "step": str(work.step),
                "things": len(work.things),
                "state": work.record.state if work.record else None,
            }
            for work in plan
        ]
        show_json("end", items)
        return
    for work in plan:
        _show(work)


def _show(work: EndWork) -> None:
    state = _("still to do") if work.is_open else _("done or left out")
    write_text(f"\n{_(_ASKED[work.step])} ({state}, {len(work.things)})\n")
    for thing in work.things[:_MOST_SHOWN]:
        write_text(f"  {thing}\n")
    if len(work.things) > _MOST_SHOWN:
        write_text("  …\n")


def _confirm_begin(session: Session) -> None:
    """Let the user type the study's title; `--yes` does not answer this.

    Raises:
        WrongUseError: There is no one to ask (K575), or something else was typed (K581).
    """
    if not can_ask():
        raise WrongUseError(
            _("this is final, and is confirmed by a person"),
            _("run it in a terminal, or see with --dry-run what there is to do"),
            "K575",
        )
    title = session.study.project().title
    typed = ask_text(_("The end of a study cannot be undone. Type {word} to begin: ", word=title))
    if typed != title:
        raise WrongUseError(_("that is not the study's title"), _("nothing was changed"), "K581")


def _take(session: Session, work: EndWork, key_part: str | None) -> bool:
    """Ask about a step; False when it is neither taken nor left out."""
    from kodebok.study.ending import EndStep, skip_step, take_step

    if not work.things:
        take_step(session.study, work.step)
        return True
    _show(work)
    question = _("Seen to?") if work.step is EndStep.QUOTES else _("Do it now, for good?")
    if confirm(question):
        take_step(session.study, work.step, _key_parts(session, work.step, key_part))
        return True
    if confirm(_("Leave this step out for good?")):
        skip_step(session.study, work.step, ask_text(_("Why? It is kept with the study: ")))
        return True
    return False


def _key_parts(session: Session, step: EndStep, chosen: str | None) -> frozenset[KeyPart]:
    from kodebok.storage.sealing import KeyPart
    from kodebok.study.ending import EndStep, default_key_parts

    if step is not EndStep.KEY:
        return frozenset()
    parts = (
        frozenset(KeyPart[name] for name in _KEY[chosen])
        if chosen is not None
        else default_key_parts(session.study)
    )
    if len(parts) == 1:
        unlocked(session)
    return parts


def _ask_questions(session: Session) -> None:
    """Indirect identification: asked where text stays, and only what nobody has answered."""
    from kodebok.domain.card import Afterwards
    from kodebok.study.card import load_card
    from kodebok.study.ending_check import QUESTIONS, answer, open_questions

    if load_card(session.study).afterwards is Afterwards.DELETE:
        return
    say = translator("study")
    for question in open_questions(session.study):
        is_yes = confirm(say(QUESTIONS[question]))
        why = ask_text(_("What makes it so? (empty goes on) "))
        answer(session.study, question, is_yes=is_yes, why=why)


def _offer_deletion(session: Session, receipt: Path | None) -> None:
    """Delete the whole study where the card says so, once the receipt lies elsewhere."""
    from kodebok.domain.card import Afterwards
    from kodebok.study.card import load_card
    from kodebok.study.ending import delete_study

    if load_card(session.study).afterwards is not Afterwards.DELETE:
        return
    folder = session.study.folder.resolve()
    if receipt is None or receipt.resolve().is_relative_to(folder):
        session.say(_("The card says that everything is deleted. Do it again with --receipt FILE, "
                      "outside the study: then the study can go."))  # fmt: skip
        return
    title = session.study.project().title
    asked = _("Delete the whole study now? Type {word}, or Enter to leave it: ", word=title)
    if ask_text(asked) == title:
        delete_study(session.study)
        session.say(_("The study is deleted. Its backups elsewhere you must delete yourself."))
