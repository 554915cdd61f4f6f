"""`kodebok anonymise --log`: what was done, without originals, for SIKT or a DPIA."""

from __future__ import annotations

from pathlib import Path

from kodebok.cli.output import show_json, write, write_text
from kodebok.cli.session import Session, tell
from kodebok.i18n import translator

_ = translator("cli")

_WORD = "docx"


def show_log(session: Session, form: str | None, output: Path | None, *, overwrite: bool) -> None:
    """Print the log, or write it through the gate."""
    from kodebok.export.privacy_page import document_text
    from kodebok.study.anonymising_log import anonymisation_log
    from kodebok.study.privacy import write_document

    document = anonymisation_log(session.study)
    ending = output.suffix.lower().removeprefix(".") if output else ""
    kind = form or (_WORD if ending == _WORD else "text")
    if output is None and kind != _WORD:
        text = document_text(document)
        if session.json:
            show_json("anonymisation_log", [{"text": text}])
        else:
            write_text(text)
        return
    path = output or session.study.folder / "exports" / f"{_('anonymisation-log')}.docx"
    said = write_document(
        session.study, document, path, kind, "anonymisation-log", overwrite=overwrite
    )
    for sentence in said:
        tell(sentence)
    write(f"{path}\n")
