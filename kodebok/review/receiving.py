"""Taking in what came back: read, placed, kept, each answer once."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kodebok.domain.ids import new_id, now
from kodebok.domain.review import AnswerKind, ReviewAnswer, ReviewItem, ReviewPackage
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.review.answers import Found
from kodebok.review.content import PACKAGE_SCHEMA
from kodebok.review.landing import Landed, land
from kodebok.review.word_in import read_docx
from kodebok.review.words import tidy
from kodebok.storage import encrypted, reviews, sources
from kodebok.storage.database import Store

_ = translator("review")

ANSWERS_SCHEMA = "kodebok.review-answers/1"
LONGEST = 20_000  # code points of one answer
_MOST = 10_000  # answers in one file
_OWN_KINDS = frozenset(kind for kind in AnswerKind if kind is not AnswerKind.REPLY)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


@dataclass(frozen=True, slots=True)
class Received:
    """What a file brought.

    Attributes:
        new: Answers that were not there.
        known: How many were there already.
        unplaced: Those of the new ones that could not be placed.
    """

    package: ReviewPackage
    new: tuple[ReviewAnswer, ...]
    known: int

    @property
    def unplaced(self) -> tuple[ReviewAnswer, ...]:
        """New answers that could not be placed."""
        return tuple(answer for answer in self.new if answer.item_id is None)


def receive(
    store: Store, coder_id: str, data: bytes, ask_passphrase: Callable[[], str]
) -> Received:
    """Take in the answers of a file, as one act.

    Args:
        store: The project.
        coder_id: Who takes them in.
        data: The file.
        ask_passphrase: Gives the passphrase of answers out of kodebok; asked only for those.

    Raises:
        KodebokError: It is no file with answers (K974 to K977), or damaged.
        WrongUseError: It is not of a package of this study (K978), or the passphrase is wrong.
    """
    digest = hashlib.sha256(data).hexdigest()
    found, package_id = read_answers(data, ask_passphrase)
    items = reviews.load_items(store)
    package = _package_of(store, found, items, package_id)
    of_package = [item for item in items if item.package_id == package.id]
    texts = {
        source_id: sources.load_text(store, source_id)
        for source_id in {item.source_id for item in of_package if item.source_id}
    }
    landed = land(found, of_package, texts)
    with store.act(reviews.RECEIVE_KIND, coder_id, package.id) as act:
        keeper = _Keeper(package, reviews.load_answers(store), digest, act.at)
        for one in landed:
            answer, is_new = keeper.keep(one)
            if is_new:
                reviews.add_answer(act, answer)
            elif one.found.is_resolved != answer.is_resolved:
                reviews.change_answer(act, answer.id, is_resolved=int(one.found.is_resolved))
    return Received(package, tuple(keeper.new), keeper.known)


def read_answers(data: bytes, ask_passphrase: Callable[[], str]) -> tuple[list[Found], str]:
    """The answers in a file, and the id of the package when the file says it.

    Raises:
        KodebokError: It is no file with answers (K974 to K977), or damaged.
    """
    if data.startswith(encrypted.MARK):
        data = encrypted.decrypt(data, ask_passphrase())
    if data.startswith(b"PK"):
        return read_docx(data), ""
    if data.lstrip()[:1] == b"{":
        return _read_json(data)
    if b"<html" in data[:400].lower():
        raise _is_package()
    raise _no_answers()


def _is_package() -> KodebokError:
    return KodebokError(
        _("that is the package itself, not the answers"),
        _("ask for the file that 'Save answers' made, or that kodebok wrote"),
        "K975",
    )


def _no_answers() -> KodebokError:
    return KodebokError(
        _("the file holds no answers that kodebok can read"),
        _("receive a Word file (.docx), or the file of answers that the page or kodebok wrote"),
        "K976",
    )


def _read_json(data: bytes) -> tuple[list[Found], str]:
    try:
        told = json.loads(data.decode("utf-8-sig"))
        if told["schema"] == ANSWERS_SCHEMA:
            author = tidy(_text(told, "author"))
            found = [_found(one, author) for one in told["answers"][:_MOST]]
            return found, _text(told, "package")
        is_package = told["schema"] == PACKAGE_SCHEMA
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KodebokError(
            _("the file of answers is damaged, or is not one"),
            _("ask for it once more; it is not to be changed by hand"),
            "K977",
        ) from None
    if is_package:
        raise _is_package()
    raise _no_answers()


def _found(told: dict[str, Any], author: str) -> Found:
    kind = AnswerKind(told["kind"])
    if kind not in _OWN_KINDS or not _ID.match(told["id"]):
        raise ValueError
    return Found(
        key=told["id"],
        mark=_text(told, "item"),
        kind=kind,
        text=tidy(_text(told, "text")),
        proposal=tidy(_text(told, "code")).replace("\n", " "),
        author=author,
        at=_text(told, "at"),
    )


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError
    return value


def _package_of(
    store: Store, found: Sequence[Found], items: Sequence[ReviewItem], package_id: str
) -> ReviewPackage:
    """The package that the answers are to: the one named, else the one of most printed ids."""
    packages = {package.id: package for package in reviews.load_packages(store)}
    if package_id in packages:
        return packages[package_id]
    of_mark = {item.mark: item.package_id for item in items}
    named = Counter(
        of_mark[mark] for one in found for mark in (one.mark, one.near) if mark in of_mark
    )
    if not named:
        raise WrongUseError(
            _("no answer in that file is to a package of this study"),
            _("check that it is the right file and the right study; 'kodebok review sent' lists"),
            "K978",
        )
    return packages[named.most_common(1)[0][0]]


class _Keeper:
    """Makes answers of what landed, and knows those that are there already."""

    def __init__(
        self, package: ReviewPackage, known: Sequence[ReviewAnswer], digest: str, received: str
    ) -> None:
        self._package, self._digest, self._received = package, digest, received
        self._before = [answer for answer in known if answer.package_id == package.id]
        self._ids: dict[str, str] = {}
        self.new: list[ReviewAnswer] = []
        self.known = 0

    def keep(self, landed: Landed) -> tuple[ReviewAnswer, bool]:
        """The answer of what landed, and whether it is new."""
        answer = self._made(landed)
        for other in self._before:
            if other.id == answer.id or _says_the_same(other, answer):
                self.known += 1
                self._ids[landed.found.key] = other.id
                return other, False
        self._ids[landed.found.key] = answer.id
        self.new.append(answer)
        return answer, True

    def _made(self, landed: Landed) -> ReviewAnswer:
        found, span = landed.found, landed.span
        return ReviewAnswer(
            id=found.key if _ID.match(found.key) else new_id(),
            package_id=self._package.id,
            kind=found.kind,
            text=found.text[:LONGEST],
            item_id=landed.item.id if landed.item else None,
            thread=self._ids.get(found.parent),
            proposal=found.proposal,
            author=found.author or self._package.recipient,
            at=_time(found.at),
            received=self._received or now(),
            file=self._digest,
            source_id=landed.source_id,
            start=span.start if span else None,
            end=span.end if span else None,
            quoted=found.quoted[:LONGEST],
            is_resolved=found.is_resolved,
        )


def _says_the_same(known: ReviewAnswer, new: ReviewAnswer) -> bool:
    """Whether two are one answer that was received twice, and perhaps placed in between."""
    about = ("thread", "kind", "text", "proposal", "author")
    if any(getattr(known, name) != getattr(new, name) for name in about):
        return False
    if new.item_id is not None and known.item_id == new.item_id:
        return True
    if new.item_id is not None or known.quoted != new.quoted:
        return False
    # The new one has no place; the known one may have been given its place by hand.
    return known.item_id is None or bool(new.quoted) or known.file == new.file


def _time(told: str) -> str:
    """A time out of a file, or nothing when it is none."""
    try:
        return datetime.fromisoformat(told).isoformat(timespec="seconds")
    except ValueError:
        return ""
