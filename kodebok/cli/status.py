"""`kodebok status`: what is here, and what lacks."""

from __future__ import annotations

from kodebok.cli.base import new_command
from kodebok.cli.output import show_json, write_text
from kodebok.cli.session import Session, with_session
from kodebok.cli.words import grouped
from kodebok.i18n import mark, plural_translator, translator

_ = translator("cli")
_n = plural_translator("cli")


@new_command(mark("Print what is in the study, and what lacks."))
@with_session
def command(session: Session) -> None:
    """Print the state."""
    from kodebok.storage.projects import load_questions
    from kodebok.study.machine import disk_of
    from kodebok.study.status import load_status

    status = load_status(session.study, disk=disk_of(session.study.folder))
    questions = [question.text for question in load_questions(session.store)]
    item = {
        "title": status.project.title,
        "folder": str(session.study.folder),
        "language": status.project.language,
        "method": str(status.project.method),
        "coder": status.coder,
        "sources": status.sources,
        "words": status.words,
        "cases": status.cases,
        "codes": status.codes,
        "codings": status.codings,
        "quotes": status.quotes,
        "memos": status.memos,
        "read": status.read,
        "syncing": status.syncing,
        "anonymity": status.anonymity,
        "disk": status.disk.state if status.disk else None,
        "questions": questions,
        "warnings": list(status.warnings),
        "lacking": list(status.lacking),
    }
    if session.json:
        show_json("status", [item])
        return
    lines = [
        status.project.title,
        _("Coder: {name}", name=status.coder),
        _("Sources: {n} ({words} words), {read} read through",
          n=status.sources, words=grouped(status.words), read=status.read),
        _("Participants: {n}", n=status.cases),
        _("Codes: {n}, coded passages: {codings}", n=status.codes, codings=grouped(status.codings)),
        _("Chosen quotes: {quotes}, memos: {memos}", quotes=status.quotes, memos=status.memos),
        _("State of the text: {state}.", state=status.anonymity),
    ]  # fmt: skip
    if questions:
        lines += ["", _("Research questions:"), *(f"- {text}" for text in questions)]
    if status.warnings:
        lines += ["", _("Cannot wait:"), *(f"! {sentence}" for sentence in status.warnings)]
    if status.lacking:
        lines += ["", _("What lacks:"), *(f"- {sentence}" for sentence in status.lacking)]
    write_text("\n".join(lines))
