"""Which encoding a text file has: its mark, else strict UTF-8, else how æ, ø and å are spread."""

from __future__ import annotations

import codecs
import re

from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator

_ = translator("sources")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS = {
    "ascii": "ascii",
    "cp437": "cp437",
    "cp850": "cp850",
    "cp865": "cp865",
    "cp1252": "windows-1252",
    "iso8859-1": "latin-1",
    "iso8859-15": "iso-8859-15",
    "mac-roman": "mac-roman",
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32",
}
CHOICES = ("utf-8", "utf-16", "windows-1252", "latin-1", "iso-8859-15", "mac-roman", "cp850")
# The bytes of æ ø å Æ Ø Å between or beside letters.
_NORDIC_BYTES = {
    "windows-1252": b"\xe6\xf8\xe5\xc6\xd8\xc5",
    "mac-roman": b"\xbe\xbf\x8c\xae\xaf\x81",
    "cp850": b"\x91\x9b\x86\x92\x9d\x8f",
}
_SAMPLE = 65_536
_FEWEST_PAIRS = 2


def decode(data: bytes, chosen: str | None = None) -> tuple[str, str]:
    """The text of a file and the name of the encoding it was read in.

    Args:
        data: The file's bytes.
        chosen: An encoding that the user insists on.

    Raises:
        KodebokError: K124 for an unknown name, K125 when the bytes do not fit it.
    """
    if chosen is not None:
        return _decode_as_chosen(data, chosen)
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data, name)
    silent = _utf16_without_bom(data)
    if silent:
        return data.decode(silent, errors="replace"), silent
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_single_byte(data)


def _decode_as_chosen(data: bytes, chosen: str) -> tuple[str, str]:
    try:
        lookup = codecs.lookup(chosen).name.replace("_", "-")
    except (LookupError, ValueError):
        lookup = ""
    name = _ENCODINGS.get(lookup)
    if name is None:
        raise WrongUseError(
            _("there is no encoding with that name"),
            _("choose one of {names}", names=", ".join(CHOICES)),
            "K124",
        )
    try:
        return data.decode(name).removeprefix("\ufeff"), name
    except UnicodeError:
        raise KodebokError(
            _("the file cannot be read as {encoding}", encoding=name),
            _("leave the encoding out, or choose another"),
            "K125",
        ) from None


def _decode_marked(data: bytes, name: str) -> tuple[str, str]:
    text = data.decode(name, errors="replace").removeprefix("\ufeff")
    return text, "utf-8" if name == "utf-8-sig" else name


def _utf16_without_bom(data: bytes) -> str | None:
    sample = data[: _SAMPLE // 2 * 2]
    half = len(sample) // 2
    if half < _FEWEST_PAIRS:
        return None
    high_little, high_big = sample[1::2].count(0), sample[0::2].count(0)
    if high_little > 0.7 * half and high_big < 0.1 * half:
        return "utf-16-le"
    if high_big > 0.7 * half and high_little < 0.1 * half:
        return "utf-16-be"
    return None


def _decode_single_byte(data: bytes) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    scores = {name: _nordic_score(sample, letters) for name, letters in _NORDIC_BYTES.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] == 0:
        best = _last_help(sample)
    try:
        return data.decode(best), best
    except (UnicodeDecodeError, LookupError):
        return data.decode("latin-1"), "latin-1"


def _nordic_score(sample: bytes, letters: bytes) -> int:
    signs = re.escape(letters)
    beside_letters = re.compile(b"(?<=[a-zA-Z])[" + signs + b"]|[" + signs + b"](?=[a-zA-Z])")
    return sum(1 for _match in beside_letters.finditer(sample))


def _last_help(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(sample[:8192]).best()
    return guess.encoding if guess else "windows-1252"
