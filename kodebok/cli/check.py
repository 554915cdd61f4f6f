"""`kodebok check`: whether the study's file is whole."""

from __future__ import annotations

from kodebok.cli.base import new_command, option
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.errors import ExitCode
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(
    mark(
        "Check that the study's file is whole: the file itself, the chain of the history, the "
        "texts, every coding on its words, the search index. Exits with 4 when something is wrong."
    )
)
@option(
    "--mend", is_flag=True, help=mark("Build the search index anew when it is that which is wrong.")
)
@with_session
def command(session: Session, mend: bool) -> int:
    """Check."""
    from kodebok.storage.integrity import check_store, rebuild_index

    faults = check_store(session.store)
    if mend and any(fault.kind == "index" for fault in faults):
        rebuild_index(session.store)
        session.say(_("Built the search index anew."))
        faults = check_store(session.store)
    items = [
        {"kind": f.kind, "subject": f.subject, "message": f.message, "remedy": f.remedy}
        for f in faults
    ]
    if items or session.json:
        columns = [
            Column(_("What is wrong"), "message"),
            Column(_("Where"), "subject"),
            Column(_("What to do"), "remedy"),
        ]
        show(session, "faults", items, columns)
    if faults:
        return ExitCode.IN_USE_OR_DAMAGED
    session.say(_("The study is whole."))
    return ExitCode.DONE
