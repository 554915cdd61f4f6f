"""A package as its reader sees it, whatever form it is written in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from kodebok.domain.review import ReviewTarget
from kodebok.errors import KodebokError
from kodebok.i18n import translator

_ = translator("review")

PACKAGE_SCHEMA = "kodebok.review-package/1"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """A turn of context: who, and the words, perhaps cut at the beginning."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to answer on.

    Attributes:
        mark: The printed id, such as `K-3F2A`.
        where: Source and voice, or nothing for a code or a theme.
        code: The code's path, or the theme's name.
        definition: Of the code, or the idea of the theme.
        before: The interviewer's question and the turns before the passage.
        lead, words, rest: The passage's turn: what stands before it, it, and what follows.
        memos: What the student wants to tell about it.
    """

    mark: str
    target: ReviewTarget
    where: str
    code: str
    definition: str = ""
    before: tuple[Said, ...] = ()
    lead: str = ""
    words: str = ""
    rest: str = ""
    memos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code of the codebook, for the list of codes that may be proposed."""

    path: str
    definition: str = ""
    use_when: str = ""
    not_when: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer that the reader gave earlier; all in words."""

    mark: str
    said: str
    became: str
    reason: str
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackageContent:
    """A package.

    Attributes:
        language: `nb`, `nn` or `en`; of what kodebok writes around the excerpts.
        made_on, due: ISO dates; `due` may be empty.
        definitions: Codes with their definitions, when the student sends them.
        codes: Paths of all codes, to propose one of.
        memos: What the student wants to tell about the study.
        outcomes: What became of this reader's earlier answers.
    """

    id: str
    title: str
    language: str
    made_on: str
    items: tuple[Shown, ...]
    due: str = ""
    questions: str = ""
    definitions: tuple[CodeEntry, ...] = ()
    codes: tuple[str, ...] = ()
    memos: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def package_bytes(content: PackageContent) -> bytes:
    """The package as JSON, which is encrypted before it is written."""
    told = {"schema": PACKAGE_SCHEMA, **asdict(content)}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read_package(data: bytes) -> PackageContent:
    """The package out of its JSON.

    Raises:
        KodebokError: K971, it is no package.
    """
    try:
        told = _of_schema(json.loads(data))
        items = tuple(
            _made(Shown, item, before=tuple(_made(Said, one) for one in item["before"]))
            for item in told["items"]
        )
        return _made(
            PackageContent,
            told,
            items=items,
            definitions=tuple(_made(CodeEntry, one) for one in told["definitions"]),
            outcomes=tuple(_made(Outcome, one) for one in told["outcomes"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, UnicodeDecodeError):
        raise KodebokError(
            _("the file is not a package for a supervisor"),
            _("ask the student to send it again"),
            "K971",
        ) from None


def _of_schema(told: dict[str, Any]) -> dict[str, Any]:
    if told["schema"] != PACKAGE_SCHEMA:
        raise ValueError
    return told


def _made(kind: type[T], told: dict[str, Any], **replaced: Any) -> T:
    """An object of a mapping; unknown fields are passed over, lists become tuples."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    values = {name: _frozen(value) for name, value in told.items() if name in names}
    if "target" in names:
        values["target"] = ReviewTarget(told["target"])
    return kind(**{**values, **replaced})


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if not isinstance(value, str):
        raise TypeError
    return value
