"""`kodebok review open`: the supervisor's side, which needs no study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session
from kodebok.errors import ExitCode
from kodebok.i18n import plural_translator, translator

if TYPE_CHECKING:
    from kodebok.review.content import PackageContent
    from kodebok.review.supervisor import Given

_ = translator("review")
_n = plural_translator("review")


def open_one(
    session: Session, file: Path, name: str, path: Path | None, typed: tuple[str, ...]
) -> int:
    """Open a package: on the screen, or with answers given here, or to be read."""
    from kodebok.cli.passphrase import ask_passphrase
    from kodebok.review import supervisor
    from kodebok.sources.limits import read_bytes

    data = read_bytes(file.expanduser())
    passphrase = ask_passphrase(twice=False)
    content = supervisor.open_package(data, passphrase)
    target = (path or supervisor.default_answers_path(file)).expanduser()
    before: list[Given] = []
    if target.exists():
        before = supervisor.read_given(read_bytes(target), passphrase, content)
    given = [*before, *(supervisor.read_answer(content, one) for one in typed)]

    def save(answers: list[Given]) -> None:
        supervisor.save_answers(target, content, answers, passphrase, name)

    if session.has_terminal and not typed and not session.json:
        return session.front.open_review(content, given, save)
    if typed:
        save(given)
        session.say(_n("{n} answer in {file}", "{n} answers in {file}", len(given), file=target))
    _show(session, content, given)
    return ExitCode.DONE


def _show(session: Session, content: PackageContent, given: list[Given]) -> None:
    from kodebok.cli.items import first_line
    from kodebok.review.words import said_in_words

    items: list[Item] = []
    for item in content.items:
        said = [said_in_words(one.kind, one.text, one.code) for one in given
                if one.mark == item.mark]  # fmt: skip
        words = item.words or item.definition
        items.append(
            {
                "mark": item.mark,
                "target": str(item.target),
                "where": item.where,
                "code": item.code,
                "before": [f"{one.label}: {one.words}" for one in item.before],
                "text": words if session.json else first_line(words),
                "answers": said,
            }
        )
    if not session.json and content.questions:
        session.say(content.questions)
    columns = [
        Column(_("Number"), "mark"),
        Column(_("Where"), "where"),
        Column(_("Code"), "code", width=30),
        Column(_("Passage"), "text", width=60),
        Column(_("Answers"), "answers", width=30),
    ]
    show(session, "review-items", items, columns)
