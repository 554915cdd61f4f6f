"""`kodebok withdraw`: a participant withdraws, and everything of them is erased for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kodebok.cli.anonymise_acts import unlocked
from kodebok.cli.base import argument, new_command, option
from kodebok.cli.consent import checked_receipt, hand_out
from kodebok.cli.output import Item, show_json, write_text
from kodebok.cli.session import Session, ask_text, can_ask, confirm, tell, with_session
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.study.withdrawing_plan import Found, WithdrawalPlan

_ = translator("cli")

_KINDS = {
    "texts": mark("said by another"),
    "notes": mark("memo"),
    "codes": mark("codebook"),
    "sources": mark("source"),
    "departures": mark("file that left"),
    "quotes": mark("quote"),
    "condensations": mark("condensation"),
    "themes": mark("theme"),
    "summaries": mark("summary"),
}


@new_command(
    mark(
        "A participant withdraws: everything of them is erased for good.\n\n"
        "First it is shown what that would touch, and asked about every place where others tell "
        "of them. Nothing brings it back: not undo, no copy, no merge, no backup. --dry-run shows, "
        "and changes nothing."
    )
)
@argument("case", mark("The participant's name or id."))
@option("--dry-run", is_flag=True, help=mark("Show what would be touched, and change nothing."))
@option(
    "--mentions",
    type=click.Choice(["ask", "erase", "keep"]),
    default="ask",
    show_default=True,
    help=mark("What becomes of places where others tell of them."),
)
@option(
    "--receipt", type=click.Path(path_type=Path), metavar="FILE", callback=checked_receipt,
    help=mark("Write the receipt, which names no one: .txt, .docx or .html."),
)  # fmt: skip
@with_session
def command(
    session: Session, case: str, *, dry_run: bool, mentions: str, receipt: Path | None
) -> None:
    """Show, ask, erase, and hand out the receipt."""
    from kodebok.study.gating import needs_passphrase
    from kodebok.study.withdrawal_receipt import Asked, plan_lines, withdrawal_receipt
    from kodebok.study.withdrawing import withdraw
    from kodebok.study.withdrawing_plan import plan_withdrawal

    if not dry_run:
        _check_someone_is_there()
    if needs_passphrase(session.study):
        unlocked(session)
    plan = plan_withdrawal(session.study, case)
    if dry_run and session.json:
        show_json("withdrawal", [_item(plan)])
        return
    write_text("\n".join(plan_lines(plan, session.study.project().language)) + "\n")
    if dry_run:
        return
    asked = Asked(
        confirm(_("Has something of theirs been made anonymous already?")),
        confirm(_("Has something of theirs been submitted or published already?")),
    )
    chosen = _decide(plan.found, mentions)
    _confirm_end(plan.case.name)
    done = withdraw(session.study, plan, chosen)
    for name in done.files_left:
        tell(_("{file} could not be deleted: delete it yourself.", file=name))
    for path in plan.own_files:
        tell(_("{file} is your own, and tells of them: see to it yourself.", file=path.name))
    hand_out(session, withdrawal_receipt(session.study, done, asked), receipt)


def _check_someone_is_there() -> None:
    """See that a person can confirm.

    Raises:
        WrongUseError: There is no one to ask (K575).
    """
    if not can_ask():
        raise WrongUseError(
            _("this is final, and is confirmed by a person"),
            _("run it in a terminal, or see with --dry-run what it would touch"),
            "K575",
        )


def _item(plan: WithdrawalPlan) -> Item:
    """A plan by the schema `withdrawal`."""
    return {
        "case": plan.case.id,
        "sources": list(plan.sources),
        "shared": list(plan.shared),
        "turns": plan.turns,
        "recordings": plan.sound,
        "codings": plan.codings,
        "quotes": plan.quotes,
        "memos": plan.memos,
        "suggestions": plan.suggestions,
        "names": len(plan.entities),
        "files": [path.name for path in plan.files],
        "own_files": [path.name for path in plan.own_files],
        "resting": [{"code": o.path, "own": o.own, "all": o.all} for o in plan.resting],
        "left": [
            {"kind": one.kind, "made": one.made, "recipient": one.recipient} for one in plan.left
        ],
        "backups": plan.backups,
        "places": [
            {"id": one.stone, "kind": one.table, "text": one.text, "quoted": one.is_quoted}
            for one in plan.found
        ],
    }


def _decide(found: tuple[Found, ...], mentions: str) -> set[str]:
    if mentions != "ask":
        return {one.stone for one in found} if mentions == "erase" else set()
    chosen = set()
    for number, one in enumerate(found, 1):
        kind = _(_KINDS.get(one.table, mark("other")))
        why = _("their words") if one.is_quoted else _("names them")
        write_text(f"\n{number}/{len(found)} {kind}, {why}:\n  {one.text}\n")
        if confirm(_("Erase it?")):
            chosen.add(one.stone)
    return chosen


def _confirm_end(name: str) -> None:
    """Let the user type the participant's name; `--yes` does not answer this.

    Raises:
        WrongUseError: Something else was typed (K576).
    """
    typed = ask_text(_("This cannot be undone. Type {word} to go on: ", word=name))
    if typed != name:
        raise WrongUseError(_("that is not the name"), _("nothing was erased"), "K576")
