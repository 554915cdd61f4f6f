"""The words of answers: what is printed of them, and how a comment in free text is understood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kodebok.domain.review import AnswerKind, AnswerState, ReviewForm
from kodebok.i18n import mark, translator

_ = translator("review")

KINDS = {
    AnswerKind.AGREE: mark("agrees"),
    AnswerKind.DOUBT: mark("doubts"),
    AnswerKind.PROPOSE: mark("proposes another code"),
    AnswerKind.COMMENT: mark("comments"),
    AnswerKind.REPLY: mark("reply"),
}
STATES = {
    AnswerState.OPEN: mark("open"),
    AnswerState.ACCEPTED: mark("accepted"),
    AnswerState.DISCUSSED: mark("under discussion"),
    AnswerState.REJECTED: mark("rejected"),
}
FORMS = {
    ReviewForm.WORD: mark("Word file with excerpts"),
    ReviewForm.INTERVIEW: mark("Word file with a whole interview"),
    ReviewForm.HTML: mark("web page"),
    ReviewForm.KODEBOK: mark("encrypted package for kodebok"),
}

PRINTED_MARK = re.compile(r"\bK-([0-9A-F]{4,12})\b")
_BOOKMARK = re.compile(r"K_([0-9A-F]{4,12})\Z")

# What people write to agree, in the three languages; a comment of just this is no more than a yes.
_YES = frozenset(
    "enig|helt enig|ja|samd|einig|heilt einig|heilt samd|ok|okei|agree|agreed|i agree|yes|x".split(
        "|"
    )
)
_DOUBT = re.compile(
    r"(?:jeg er |eg er )?(?:i tvil|tvil|tviler|tvilar|usikker|doubt|in doubt|unsure)"
    r"(?:\s*[:.,;–-]\s*|\s*\Z)",
    re.IGNORECASE,
)
_PROPOSE = re.compile(
    r"(?:(?:foreslår|føreslår|forslag til|framlegg til|proposes?)\s+)?"
    r"(?:annen kode|annan kode|ny kode|kode|another code|new code|code)\s*:\s*",
    re.IGNORECASE,
)
_CODE_IN_SIGNS = '«»"“”„\u2018\u2019'


@dataclass(frozen=True, slots=True)
class Read:
    """A comment, understood."""

    kind: AnswerKind
    text: str
    proposal: str = ""


def read_words(words: str) -> Read:
    """What a comment says: `enig`, `tvil: …` and `kode: …` are understood, the rest is a comment.

    Args:
        words: As they stand in the file.
    """
    text = tidy(words)
    if text.casefold().rstrip(" .!") in _YES:
        return Read(AnswerKind.AGREE, "")
    proposed = _PROPOSE.match(text)
    if proposed:
        line, _line_end, rest = text[proposed.end() :].partition("\n")
        code = code_in(line)
        if code:
            return Read(AnswerKind.PROPOSE, rest.strip(), code)
    doubted = _DOUBT.match(text)
    if doubted:
        return Read(AnswerKind.DOUBT, text[doubted.end() :].strip())
    return Read(AnswerKind.COMMENT, text)


def code_in(words: str) -> str:
    """The code that is named in a line, without the signs around it."""
    return " ".join(words.strip().strip(_CODE_IN_SIGNS + " .").split())


def tidy(words: str) -> str:
    """Words as they are kept: NFC, line ends alike, no white space at the edges of a line."""
    lines = unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip() for line in lines.split("\n")).strip()


def bookmark_of(printed: str) -> str:
    """The name of the bookmark around an item's words in Word."""
    return printed.replace("-", "_")


def mark_of_bookmark(name: str) -> str:
    """The printed id that a bookmark stands for, or nothing."""
    match = _BOOKMARK.match(name)
    return f"K-{match.group(1)}" if match else ""


def own_comment(printed: str, code: str) -> str:
    """What kodebok writes in a margin comment; what follows the bracket is an answer."""
    return f"[{' '.join(part for part in (printed, code) if part)}]"


def said_in_words(kind: AnswerKind, text: str, proposal: str) -> str:
    """An answer in one line, in the user's language."""
    head = _(KINDS[kind])
    told = ": ".join(part for part in (head, proposal) if part)
    return f"{told}. {text}" if text else told
