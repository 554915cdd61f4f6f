"""`kodebok merge`: two researchers, one study: take in what was done in another copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.output import Column, Item, for_terminal, show
from kodebok.cli.session import Session, ask_text, can_ask, with_session
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.domain.merge import Conflict
    from kodebok.study.merging import Merging, Preview

_ = translator("cli")

_ASK = "ask"


@new_command(
    mark(
        "Take in what was done in another copy of this study, as one act that can be undone. What "
        "one copy alone changed is taken; where both changed the same thing you are asked, and "
        "nothing is written before all is answered. The other copy is not changed: merge there "
        "as well, and both are alike.\n\n"
        "What was erased for good in one copy is erased in both."
    )
)
@argument("other", mark("The other copy's folder, or its file kodebok.db."), metavar="OTHER")
@option(
    "--conflicts",
    type=click.Choice([_ASK, "mine", "theirs"]),
    default=_ASK,
    help=mark("Whose word counts where both changed the same: ask, mine or theirs."),
)
@option("--dry-run", is_flag=True, help=mark("Show what would come in, and change nothing."))
@with_session
def command(session: Session, other: str, conflicts: str, dry_run: bool) -> None:
    """Merge."""
    from kodebok.domain.merge import Choice
    from kodebok.study.merging import open_merge

    with open_merge(session.study, Path(other).expanduser()) as merging:
        if merging is None:
            _show(session, [])
            session.say(_("The other copy holds nothing that is not here."))
            return
        merging.always = None if conflicts == _ASK else Choice(conflicts)
        if dry_run:
            _show(session, _items(merging, merging.preview()))
            _warn(session, merging)
            return
        preview = _settled(session, merging)
        _show(session, _items(merging, preview))
        _warn(session, merging)
        if not session.ask(_("Take this in?")):
            session.say(_("Nothing was changed."))
            return
        merging.take(preview)
        session.say(_("The other copy is taken in. Take it back with 'kodebok undo'."))
        session.say(_("Merge there too, and both copies are alike."))


def _settled(session: Session, merging: Merging) -> Preview:
    """Ask until every conflict is settled.

    Raises:
        WrongUseError: There is no terminal to ask on (K624).
    """
    preview = merging.preview()
    while preview.unsettled:
        if not can_ask():
            _show(session, _items(merging, preview))
            raise WrongUseError(
                _("the two copies disagree, and there is no one to ask"),
                _("give --conflicts mine or theirs, or merge in a terminal"),
                "K624",
            )
        count = len(preview.unsettled)
        for number, conflict in enumerate(preview.unsettled, 1):
            session.say("")
            _ask_one(
                merging, conflict, _("Question {number} of {count}", number=number, count=count)
            )
        preview = merging.preview()
    return preview


def _ask_one(merging: Merging, conflict: Conflict, heading: str) -> None:
    from kodebok.cli.session import tell as say
    from kodebok.domain.merge import Choice
    from kodebok.study.merging_words import choices_of, tell

    told = tell(merging, conflict)
    say(f"{heading}: {for_terminal(told.subject)}")
    say(f"  {for_terminal(told.what)}")
    say(f"  {_('mine')}: {for_terminal(told.mine)}")
    say(f"  {_('theirs')}: {for_terminal(told.theirs)}")
    words = {choice: _word(choice) for choice in choices_of(conflict)}
    shown = " / ".join(words.values())
    while True:
        answer = ask_text(f"{shown}? ").casefold()
        for choice, word in words.items():
            if answer and (word.startswith(answer) or str(choice).startswith(answer)):
                merging.choices[conflict.key] = Choice(choice)
                return


def _word(choice: str) -> str:
    return {"mine": _("mine"), "theirs": _("theirs"), "both": _("both")}[str(choice)]


def _items(merging: Merging, preview: Preview) -> list[Item]:
    from kodebok.study.merging_words import table_name, tell

    brought = [
        {
            "kind": "brought",
            "table": one.table,
            "what": table_name(one.table),
            "added": one.added,
            "changed": one.changed,
            "removed": one.removed,
        }
        for one in preview.brought
    ]
    conflicts = []
    for conflict in preview.conflicts:
        told = tell(merging, conflict)
        choice = merging.choices.get(conflict.key, merging.always)
        conflicts.append(
            {
                "kind": "conflict",
                "table": conflict.table,
                "id": conflict.row_id,
                "conflict": str(conflict.kind),
                "column": conflict.column,
                "subject": told.subject,
                "what": told.what,
                "mine": told.mine,
                "theirs": told.theirs,
                "choice": str(choice) if choice else None,
            }
        )
    settled = [
        {"kind": kind, "table": table, "id": str(key)}
        for kind, places in (
            ("unified", preview.notices.unified),
            ("renamed", preview.notices.renamed),
            ("moved-on", preview.notices.moved_on),
            ("lost-words", preview.notices.lost_words),
        )
        for table, key in places
    ]
    settled += [
        {"kind": "lost-voices", "table": "turns", "id": f"{source_id}:{at}"}
        for source_id, at in preview.notices.lost_voices
    ]
    return [*brought, *conflicts, *settled]


def _show(session: Session, items: list[Item]) -> None:
    if session.json:
        show(session, "merge", items, ())
        return
    brought = [item for item in items if item["kind"] == "brought"]
    conflicts = [item for item in items if item["kind"] == "conflict"]
    if brought:
        columns = [
            Column(_("What comes in"), "what"),
            Column(_("New"), "added", is_number=True),
            Column(_("Changed"), "changed", is_number=True),
            Column(_("Removed"), "removed", is_number=True),
        ]
        show(session, "merge", brought, columns)
    if conflicts:
        columns = [
            Column(_("Disagreement"), "subject", width=30),
            Column(_("About"), "what"),
            Column(_("Mine"), "mine"),
            Column(_("Theirs"), "theirs"),
            Column(_("Chosen"), "choice"),
        ]
        shown = [
            {**item, "choice": _word(item["choice"]) if item["choice"] else "–"}
            for item in conflicts
        ]
        show(session, "merge", shown, columns)
    for sentence in _settled_without_asking(items):
        session.say(sentence)


def _settled_without_asking(items: list[Item]) -> list[str]:
    counted = {
        kind: sum(item["kind"] == kind for item in items)
        for kind in ("unified", "renamed", "moved-on", "lost-words", "lost-voices")
    }
    sentences = {
        "unified": _("Made in both copies and joined: {count}", count=counted["unified"]),
        "renamed": _("Given a name of its own: {count}", count=counted["renamed"]),
        "moved-on": _(
            "Moved to the code that theirs was merged into: {count}", count=counted["moved-on"]
        ),
        "lost-words": _("Coded words that are gone: {count}", count=counted["lost-words"]),
        "lost-voices": _(
            "Given another voice in one copy, but joined with the turn before in the other, "
            "whose voice counts: {count}",
            count=counted["lost-voices"],
        ),
    }
    return [sentence for kind, sentence in sentences.items() if counted[kind]]


def _warn(session: Session, merging: Merging) -> None:
    if merging.erased:
        session.say(
            _(
                "Erased for good in the other copy, and here as well, which no undo brings back: "
                "{count} things",
                count=merging.erased,
            )
        )
