"""`kodebok export`: files of the study; each passes the gate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.filters import filter_options
from kodebok.cli.gate_words import gate_options
from kodebok.cli.making import export_file
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark

PRESETS = ("inline-first", "block-first", "report", "source-note", "paraphrase", "code-id")


@new_group(mark("Make Word, Excel, web page, CSV, REFI-QDA or text files of the study."))
def command() -> None:
    """Exports."""


def _common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options that every export has."""
    for add in (
        gate_options,
        option("--overwrite", is_flag=True, help=mark("Replace a file of that name.")),
        option(
            "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
            help=mark("Where it is to lie; else in the study's folder 'exports'."),
        ),
    ):  # fmt: skip
        function = add(function)
    return function


_language = option(
    "--language", type=click.Choice(("nb", "nn", "en")),
    help=mark("The language of the document; else the study's."),
)  # fmt: skip
_times = option("--times", "with_times", is_flag=True, help=mark("Print the times of turns."))
_source = argument("source", mark("The source's name or id."))


@command.command("word", help=mark("A chapter of quotes by code, for Word."))
@_common
@_language
@option(
    "--preset", type=click.Choice(PRESETS), help=mark("How quotes are printed; else the setting.")
)
@option("--title", default="", metavar="TEXT", help=mark("The chapter's title."))
@option(
    "--matrix", "with_matrix", is_flag=True, help=mark("With the table of codes and participants.")
)
@option(
    "--all", "from_codings", is_flag=True, help=mark("Every coded passage, not the chosen quotes.")
)
@filter_options
@with_session
def export_word(session: Session, **given: Any) -> None:
    """Make the chapter."""
    given["from_codings"] = given["from_codings"] or None
    export_file(session, "word", given)


@command.command("excel", help=mark("Codes, passages, matrix and participants as a spreadsheet."))
@_common
@_language
@filter_options
@with_session
def export_excel(session: Session, **given: Any) -> None:
    """Make the spreadsheet."""
    export_file(session, "excel", given)


@command.command("csv", help=mark("Coded passages as CSV that a spreadsheet opens rightly."))
@_common
@_language
@filter_options
@with_session
def export_csv(session: Session, **given: Any) -> None:
    """Make the CSV file."""
    export_file(session, "csv", given)


@command.command("html", help=mark("Codes and passages as a web page that can be searched."))
@_common
@_language
@filter_options
@with_session
def export_html(session: Session, **given: Any) -> None:
    """Make the web page."""
    export_file(session, "html", given)


@command.command("refi", help=mark("The study as REFI-QDA, for other programs."))
@_common
@option("--codebook", "only_codebook", is_flag=True, help=mark("The codebook alone."))
@with_session
def export_refi(session: Session, only_codebook: bool, **given: Any) -> None:
    """Make the exchange file."""
    export_file(session, "refi-codebook" if only_codebook else "refi", given)


@command.command("codebook", help=mark("The codebook with definitions and examples, for Word."))
@_common
@_language
@with_session
def export_codebook(session: Session, **given: Any) -> None:
    """Make the codebook."""
    export_file(session, "codebook", given)


@command.command("appendix", help=mark("The appendix from code to passages, for readers."))
@_common
@_language
@option("--format", type=click.Choice(("xlsx", "html")), help=mark("The kind of file."))
@filter_options
@with_session
def export_appendix(session: Session, **given: Any) -> None:
    """Make the appendix."""
    export_file(session, "appendix", given)


@command.command("analysis-table", help=mark("Meaning unit, condensation, code, category, theme."))
@_common
@_language
@option("--format", type=click.Choice(("docx", "xlsx", "csv")), help=mark("The kind of file."))
@filter_options
@with_session
def export_analysis_table(session: Session, **given: Any) -> None:
    """Make the analysis table."""
    export_file(session, "analysis-table", given)


_view = option(
    "--view", type=click.Choice(("verbatim", "clean", "readable")),
    help=mark("With verbatim marks, the words alone, or as sentences with no word replaced."),
)  # fmt: skip


@command.command("text", help=mark("One source as plain text, or for Word, with its voices."))
@_source
@_common
@_times
@_view
@option("--format", type=click.Choice(("txt", "docx")), help=mark("The kind of file."))
@with_session
def export_text(session: Session, **given: Any) -> None:
    """Make the text."""
    export_file(session, "text", given)


@command.command(
    "captions", help=mark("One source with times: captions, or tiers for ELAN and Praat.")
)
@_source
@_common
@_view
@option(
    "--format", type=click.Choice(("vtt", "srt", "eaf", "textgrid")),
    help=mark("The kind of file."),
)  # fmt: skip
@with_session
def export_captions(session: Session, **given: Any) -> None:
    """Make the captions."""
    export_file(session, "captions", given)


@command.command(
    "interview", help=mark("One source for Word, its codes as comments in the margin.")
)
@_source
@_common
@_language
@_times
@with_session
def export_interview(session: Session, **given: Any) -> None:
    """Make the interview."""
    export_file(session, "interview", given)


@command.command(
    "member-check", help=mark("What one participant said and how it was understood, for Word.")
)
@_common
@_language
@option("--case", required=True, metavar="CASE", help=mark("The participant it is for."))
@with_session
def export_member_check(session: Session, **given: Any) -> None:
    """Make the sheet."""
    export_file(session, "member-check", given)


@command.command("figures", help=mark("A figure, with the command that makes it again."))
@_common
@_language
@option(
    "--figure", type=click.Choice(("matrix", "new-codes", "cooccurrence")), default="matrix",
    show_default=True, help=mark("Which figure."),
)  # fmt: skip
@option("--format", type=click.Choice(("svg", "png")), help=mark("The kind of file."))
@with_session
def export_figures(session: Session, **given: Any) -> None:
    """Make the figure."""
    export_file(session, "figures", given)
