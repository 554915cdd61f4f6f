"""The gate of a study in which anonymisation was applied: it knows names, and looks for them all.

Lines that were read with the same knowledge and found clean are known by a salted digest and not
read again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from kodebok.anonymise.gate import ExportContent, ExportText, GateHit, GateVerdict
from kodebok.anonymise.mentions import MentionFinder
from kodebok.anonymise.spellings import fold
from kodebok.domain.entity import Entity
from kodebok.i18n import plural_translator, translator

_ = translator("anonymise")
_n = plural_translator("anonymise")

_DIGEST_BYTES = 8
_AROUND = 40  # code points on each side of a hit by which it is known again
_MOST_PLACES = 5
_FILE_NAME = "file name"


@dataclass(frozen=True, slots=True)
class GateKnowledge:
    """What a gate knows.

    Attributes:
        originals: Entities whose originals must not leave; None while the key is locked.
        undecided: What the finders are sure of and nobody has decided.
        harmless: Digests of contexts that the user judged harmless.
        language: Of the texts.
    """

    originals: Sequence[Entity] | None
    undecided: Sequence[Entity] = ()
    harmless: Collection[str] = frozenset()
    language: str = "nb"


class NamesGate:
    """Judges files by what it knows.

    Args:
        known: Whom to look for.
        salt: For digests of lines.
        clean: Digests of lines that need not be read again.
        remarks: Sentences for the user with every verdict.
    """

    def __init__(
        self,
        known: GateKnowledge,
        salt: bytes = b"",
        clean: Collection[bytes] = frozenset(),
        remarks: tuple[str, ...] = (),
    ) -> None:
        self._known = known
        self._salt = salt
        self._remarks = remarks
        self._finders: tuple[MentionFinder, MentionFinder] | None = None
        self.clean = set(clean)

    def check(self, content: ExportContent) -> GateVerdict:
        """The verdict: every text of the file is looked through, and its name."""
        hits: list[GateHit] = []
        for text in (ExportText(_FILE_NAME, content.file_name), *content.texts):
            unread = list(self._unread(text.text))
            if unread and self._known.originals is None:
                return GateVerdict(passes=False, sentences=(*self._remarks, _locked()))
            for line, words, digest in unread:
                found = list(self._hits(text, line, words))
                if found:
                    hits += found
                else:
                    self.clean.add(digest)
        if not hits:
            return GateVerdict(passes=True, sentences=self._remarks)
        places = tuple(dict.fromkeys(map(_place, hits)))
        return GateVerdict(False, (*self._remarks, _stopped(hits, places)), places, tuple(hits))

    def _unread(self, text: str) -> Iterator[tuple[int, str, bytes]]:
        """Lines that hold words and are not known as clean, with their number and digest."""
        clean, salt = self.clean, self._salt
        for number, line in enumerate(text.split("\n"), start=1):
            if not line or line.isspace():
                continue
            encoded = line.encode("utf-8", "surrogatepass")
            digest = blake2b(encoded, digest_size=_DIGEST_BYTES, key=salt).digest()
            if digest not in clean:
                yield number, line, digest

    def _hits(self, text: ExportText, line: int, words: str) -> Iterator[GateHit]:
        plain = unicodedata.normalize("NFC", words)
        for finder, is_original in zip(self._ready(), (True, False), strict=True):
            for mention in finder.find(plain):
                context = context_digest(plain, mention.start, mention.end)
                if context not in self._known.harmless:
                    found = plain[mention.start : mention.end]
                    where = "" if text.where == text.text else text.where
                    yield GateHit(where, line, context, found, is_original)

    def _ready(self) -> tuple[MentionFinder, MentionFinder]:
        if self._finders is None:
            known = self._known
            self._finders = (
                MentionFinder(known.originals or (), known.language),
                MentionFinder(known.undecided, known.language),
            )
        return self._finders


def context_digest(line: str, start: int, end: int) -> str:
    """By what a hit is known again: the words around it, white space and case folded."""
    around = f"{line[max(0, start - _AROUND) : start]}\x00{line[start : end + _AROUND]}"
    folded = fold(" ".join(around.split()))
    return blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _place(hit: GateHit) -> str:
    """Where a hit stands, without words of the file: a part's own name may be the name found."""
    if hit.where == _FILE_NAME:
        return _("the file's name")
    if hit.where.endswith("@"):
        return _("{part}, properties", part=hit.where.removesuffix("@"))
    if not hit.where:
        return _("paragraph {n}", n=hit.line)
    return _("{part}, paragraph {n}", part=hit.where, n=hit.line)


def _stopped(hits: Sequence[GateHit], places: Sequence[str]) -> str:
    shown = "; ".join(places[:_MOST_PLACES])
    if len(places) > _MOST_PLACES:
        shown += _n("; and {n} more place", "; and {n} more places", len(places) - _MOST_PLACES)
    originals = sum(hit.is_original for hit in hits)
    if originals:
        return _n(
            "{n} original that the key knows stands in it: {places}",
            "{n} originals that the key knows stand in it: {places}",
            originals,
            places=shown,
        )
    return _n(
        "{n} likely name that nobody has decided on stands in it: {places}",
        "{n} likely names that nobody has decided on stand in it: {places}",
        len(hits),
        places=shown,
    )


def _locked() -> str:
    return _("the key is locked, so nobody knows whether names stand in it: open the key first")
