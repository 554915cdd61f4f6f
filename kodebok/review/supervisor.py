"""The supervisor's side: a package opened with its passphrase, and the answers to it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kodebok.domain.ids import new_id, now
from kodebok.domain.review import AnswerKind
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.review.content import PackageContent, read_package
from kodebok.review.receiving import ANSWERS_SCHEMA, LONGEST
from kodebok.review.words import read_words, tidy
from kodebok.storage import encrypted

_ = translator("review")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that the supervisor has given.

    Attributes:
        mark: The printed id of what it is about.
        code: The code that is proposed.
    """

    id: str
    mark: str
    kind: AnswerKind
    text: str = ""
    code: str = ""
    at: str = ""


def open_package(data: bytes, passphrase: str) -> PackageContent:
    """The package in a file.

    Raises:
        DamagedProjectError: The file is not encrypted.
        WrongUseError: The passphrase is wrong.
        KodebokError: There is no package in it (K971).
    """
    return read_package(encrypted.decrypt(data, passphrase))


def new_answer(mark: str, kind: AnswerKind, text: str = "", code: str = "") -> Given:
    """An answer given now."""
    return Given(new_id(), mark, kind, tidy(text)[:LONGEST], tidy(code).replace("\n", " "), now())


def read_answer(content: PackageContent, typed: str) -> Given:
    """An answer out of `K-3F2A=doubt: why?`.

    Raises:
        WrongUseError: K988, there is no such item, or nothing is said.
    """
    named, _sign, words = typed.partition("=")
    marks = {item.mark for item in content.items}
    if named.strip().upper() not in marks or not words.strip():
        raise WrongUseError(
            _("an answer is written as K-3F2A=agree, with a number that is in the package"),
            _("open the package without --answer to see the numbers"),
            "K988",
        )
    read = read_words(words)
    return new_answer(named.strip().upper(), read.kind, read.text, read.proposal)


def answers_bytes(content: PackageContent, given: Iterable[Given], author: str = "") -> bytes:
    """The answers as JSON, as `kodebok review receive` reads it."""
    told = {
        "schema": ANSWERS_SCHEMA,
        "package": content.id,
        "author": tidy(author),
        "answers": [
            {
                "id": one.id,
                "item": one.mark,
                "kind": str(one.kind),
                "text": one.text,
                "code": one.code,
                "at": one.at,
            }
            for one in given
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read_given(data: bytes, passphrase: str, content: PackageContent) -> list[Given]:
    """Answers that were given in an earlier sitting, to go on from."""
    from kodebok.review.receiving import read_answers

    found, package_id = read_answers(data, lambda: passphrase)
    if package_id != content.id:
        raise WrongUseError(
            _("that file holds the answers to another package"),
            _("choose another name with -o"),
            "K989",
        )
    return [Given(f.key, f.mark, f.kind, f.text, f.proposal, f.at) for f in found]


def default_answers_path(package: Path) -> Path:
    """Where the answers to a package go: beside it."""
    return package.with_name(f"{package.stem}-{_('answers')}.kodebok")


def save_answers(
    path: Path, content: PackageContent, given: Iterable[Given], passphrase: str, author: str
) -> None:
    """Write the answers, encrypted as the package was; the file appears whole or not at all.

    Raises:
        KodebokError: K979, the place cannot be written.
    """
    sealed = encrypted.encrypt(answers_bytes(content, given, author), passphrase)
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        unfinished.write_bytes(sealed)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise KodebokError(
            _("the answers could not be written"),
            _("choose a folder that you may write in with -o"),
            "K979",
        ) from error
