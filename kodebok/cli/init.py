"""`kodebok init`: a new study."""

from __future__ import annotations

from pathlib import Path

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.session import Session, with_session
from kodebok.domain.project import Method
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(
    mark(
        "Make a new study in a folder.\n\n"
        "The method shapes words and defaults, never what is possible."
    )
)
@argument(
    "directory", mark("The study's folder; the one you are in when not named."), required=False,
    metavar="DIR", type=click.Path(path_type=Path),
)  # fmt: skip
@option(
    "--title", default="", metavar="TEXT", help=mark("The study's title; else the folder's name.")
)
@option(
    "--language",
    type=click.Choice(("nb", "nn", "en")),
    help=mark("The language of the thesis; else the one that kodebok speaks."),
)
@option(
    "--method",
    type=click.Choice([str(method) for method in Method]),
    default=str(Method.UNDECIDED),
    show_default=True,
    help=mark(
        "The way of working: reflexive thematic analysis, stepwise-deductive induction, systematic "
        "text condensation, qualitative content analysis, codebook analysis."
    ),
)
@option(
    "--case-word",
    type=click.Choice(("informant", "deltaker")),
    default="informant",
    show_default=True,
    help=mark("What those who take part are called."),
)
@option(
    "--question", multiple=True, metavar="TEXT", help=mark("A research question; repeat for more.")
)
@with_session
def command(
    session: Session,
    directory: Path | None,
    title: str,
    language: str | None,
    method: str,
    case_word: str,
    question: tuple[str, ...],
) -> None:
    """Make the study, and say where it lies."""
    from kodebok.coding.theories import add_question
    from kodebok.domain.method import profile_of
    from kodebok.i18n import language as spoken
    from kodebok.storage import projects
    from kodebok.study.opening import create_study

    folder = directory or session.folder
    study = create_study(folder, title, language or spoken(), Method(method), session.coder_name)
    session.keep(study)
    project = study.project()
    if case_word != project.case_word:
        with study.store.act("project.change", study.coder.id, project.id) as act:
            projects.change_project(act, project.id, case_word=case_word)
    for text in question:
        add_question(study.store, study.coder.id, text)
    session.say(
        _(
            "Made the study {title}, with {name} as coder.",
            title=project.title,
            name=study.coder.name,
        )
    )
    if profile_of(project.method).codebook_first.value:
        session.say(_("Next: 'kodebok codebook import FILE', then 'kodebok import FILE'."))
    else:
        session.say(_("Next: 'kodebok import FILE'."))
