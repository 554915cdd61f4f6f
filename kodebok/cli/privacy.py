"""`kodebok privacy`: the page for a data protection officer."""

from __future__ import annotations

from pathlib import Path

import click

from kodebok.cli.base import new_command, option
from kodebok.cli.gate_words import gate_options
from kodebok.cli.output import show_json, write, write_text
from kodebok.cli.session import Session, tell, with_session
from kodebok.domain.departure import Recipient
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

_ = translator("cli")

_ENDINGS = {"text": ".txt", "docx": ".docx", "html": ".html"}


@new_command(
    mark(
        "Print where data lie, what ran, that nothing had a network, what left and to whom, what "
        "risk is left, and text for the notification form and the data management plan. It names "
        "no one."
    )
)
@option(
    "--format", "form", type=click.Choice(tuple(_ENDINGS)), default="text", show_default=True,
    help=mark("The kind of file."),
)  # fmt: skip
@option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help=mark("Write it there; a Word file or a page else goes to the folder 'exports'."),
)  # fmt: skip
@option("--overwrite", is_flag=True, help=mark("Replace a file of that name."))
@option(
    "--language", type=click.Choice(("nb", "nn", "en")),
    help=mark("The language of the document; else the study's."),
)  # fmt: skip
@option(
    "--sent", nargs=2, type=(str, click.Choice([str(r) for r in Recipient])), metavar="FILE WHO",
    help=mark(
        "Note to whom a file went: self, supervisor, co-coder, participant, examiner, archive or "
        "other. No name."
    ),
)  # fmt: skip
@gate_options
@with_session
def command(
    session: Session, form: str, output: Path | None, overwrite: bool, language: str | None,
    sent: tuple[str, str] | None,
) -> None:  # fmt: skip
    """Print the page, or write it."""
    from kodebok.export.privacy_page import document_text
    from kodebok.study.privacy import privacy_document

    if sent is not None:
        _note_recipient(session, *sent)
        return
    if output is None and form == "text":
        document = privacy_document(session.study, language=language or "")
        if session.json:
            show_json("privacy", [{"text": document_text(document)}])
        else:
            write_text(document_text(document))
        return
    _write(session, form, output, overwrite=overwrite, language=language or "")


def _note_recipient(session: Session, name: str, who: str) -> None:
    from kodebok.study.departing import note_recipient

    noted = note_recipient(session.study, name, Recipient(who))
    session.say(_("Noted for {file}.", file=noted.file_name))


def _write(
    session: Session, form: str, output: Path | None, *, overwrite: bool, language: str
) -> None:
    from kodebok.study.privacy import write_privacy_page

    path = output or session.study.folder / "exports" / f"{_('privacy')}{_ENDINGS[form]}"
    form = _form_of(path, form)
    said = write_privacy_page(session.study, path, form, language=language, overwrite=overwrite)
    for sentence in said:
        tell(sentence)
    if session.json:
        show_json("exports", [{"path": str(path), "kind": "privacy"}])
    else:
        write(f"{path}\n")


def _form_of(path: Path, wanted: str) -> str:
    """The format that the file's ending asks for.

    Raises:
        WrongUseError: The ending is none of the three (K644), or another than was asked for.
    """
    by_ending = {ending: form for form, ending in _ENDINGS.items()}
    form = by_ending.get(path.suffix.lower())
    if form is None or wanted not in {"text", form}:
        raise WrongUseError(
            _("that export cannot be a file of that ending"),
            _("let the name end in one of: {choices}", choices="txt, docx, html"),
            "K644",
        )
    return form
