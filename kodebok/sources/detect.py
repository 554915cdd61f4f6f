"""What a file is, by its content first and its ending last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.sources.limits import MAX_TEXT_BYTES, MEGABYTE, Archive

if TYPE_CHECKING:
    from collections.abc import Callable

_ = translator("sources")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RICH_TEXT = (b"{\\rtf", b"\xef\xbb\xbf{\\rtf")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SOUND = (
    *(b"ID3", b"fLaC", b"OggS", b"#!AMR", b"caff", b"\x1a\x45\xdf\xa3"),
    *(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    *(b"\xff\xf1", b"\xff\xf9"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ")
_BINARIES = (b"SQLite format 3", b"MZ", b"\x7fELF")
_UNBROKEN_TEXT = 4096
_ARROW = re.compile(r"^[ \t]*-?\d{1,2}:\d{1,2}[\d:.,-]{0,12}[ \t]*-->", re.MULTILINE)
_MARKUP = re.compile(r"<(?:!doctype html|html|body|head|table|div|p)\b", re.IGNORECASE)
_ELAN = re.compile(
    r"\A(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<ANNOTATION_DOCUMENT\b", re.DOTALL
)
_TEXT_GRID = re.compile(r'\A(?:File type\s*=\s*)?"ooTextFile[^"]{0,20}"[^"]{0,40}"TextGrid"')
_OTR = re.compile(r'\{\s*"text"\s*:\s*"\s*(?:<|\\u003c)')
_HEADING = 400
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TEXT_ENDINGS = {
    ".md": "md",
    ".markdown": "md",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".vtt": "vtt",
    ".srt": "srt",
}


def binary_format(data: bytes) -> str | None:
    """`docx`, `odt`, `xlsx`, `rtf` or `pdf`; None when the bytes may be text.

    Raises:
        KodebokError: When the file is of a kind that cannot be read, saying what it is.
    """
    if data.startswith(_ZIP):
        return _office_format(Archive(data))
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_RICH_TEXT):
        return "rtf"
    if data.startswith(_OLE):
        raise _old_office_error(data)
    for is_kind, error in _REFUSED:
        if is_kind(data):
            raise error()
    return None


def _office_format(archive: Archive) -> str:
    if "word/document.xml" in archive:
        return "docx"
    if "xl/workbook.xml" in archive:
        return "xlsx"
    kind = archive.read("mimetype")[:200] if "mimetype" in archive else b""
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if kind or "[Content_Types].xml" in archive:
        raise KodebokError(
            _("the file is an office document of a kind that holds no transcript"),
            _("save the text as docx or odt, or the table as xlsx"),
            "K115",
        )
    raise _archive_error()


def _archive_error() -> KodebokError:
    return KodebokError(
        _("the file is an archive"), _("unpack it and import the files in it"), "K114"
    )


def _old_office_error(data: bytes) -> KodebokError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return KodebokError(
            _("the file is protected by a password"),
            _("open it in Word or Excel, remove the password, and save it again"),
            "K111",
        )
    if "WordDocument".encode("utf-16-le") in data:
        return KodebokError(
            _("the file is in Word's old format (doc)"),
            _("open it in Word or LibreOffice and save it as docx"),
            "K110",
        )
    return KodebokError(
        _("the file is in an old office format"),
        _("open it in the program that made it and save it as docx or xlsx"),
        "K112",
    )


def _sound_error() -> KodebokError:
    return KodebokError(
        _("the file is sound or film, not text"),
        _("transcribe it first: kodebok transcribe FILE"),
        "K108",
    )


def _picture_error() -> KodebokError:
    return KodebokError(
        _("the file is a picture"), _("type the text, or use a program that reads pictures"), "K109"
    )


def _rubbish_error() -> KodebokError:
    return KodebokError(
        _("the file is not text that can be read"),
        _("check that it is the right file, or name its encoding"),
        "K107",
    )


def _binary_grid_error() -> KodebokError:
    return KodebokError(
        _("the file is a binary TextGrid"),
        _("open it in Praat and save it again as a text file"),
        "K144",
    )


def _is_sound(data: bytes) -> bool:
    riff = data.startswith((b"RIFF", b"FORM")) and data[8:12] in {
        b"WAVE",
        b"AVI ",
        b"AIFF",
        b"AIFC",
    }
    return data.startswith(_SOUND) or data[4:8] == b"ftyp" or riff


_REFUSED: tuple[tuple[Callable[[bytes], bool], Callable[[], KodebokError]], ...] = (
    (_is_sound, _sound_error),
    (lambda data: data.startswith(_PICTURES[:-1]), _picture_error),
    (lambda data: data.startswith(_PICTURES[-1]) and b"\0" in data[:32], _picture_error),
    (lambda data: data.startswith(_ARCHIVES) and not data[:64].isascii(), _archive_error),
    (lambda data: data.startswith(b"ooBinaryFile"), _binary_grid_error),
    (lambda data: data.startswith(_BINARIES) and b"\0" in data[:512], _rubbish_error),
)


def refuse_long_text(data: bytes) -> None:
    """Stop before a text is decoded that is far longer than any transcript.

    Raises:
        KodebokError: K126.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise KodebokError(
            _("the text is longer than {limit} MB", limit=MAX_TEXT_BYTES // MEGABYTE),
            _("check that it is the right file, or split it"),
            "K126",
        )


def refuse_rubbish(text: str) -> None:
    """Stop when decoded text is not text, or holds nothing but white space.

    Raises:
        KodebokError: K105 or K107.
    """
    sample = text[: 1 << 16]
    odd = sum(1 for _match in _CONTROLS.finditer(sample)) + sample.count("\ufffd")
    if odd > max(1, len(sample) // 50):
        raise _rubbish_error()
    if not text.strip("\ufeff\u200b\x00 \t\r\n\f\v\xa0\u2028\u2029") or text.isspace():
        raise KodebokError(
            _("the file holds nothing but white space"), _("choose the file with the text"), "K105"
        )


def text_format(text: str, ending: str) -> str:
    """`txt`, `md`, `csv`, `html`, `vtt`, `srt`, `eaf`, `textgrid` or `otr`.

    Args:
        text: The decoded content.
        ending: The file's ending with its dot, in any case.

    Raises:
        KodebokError: K137 for XML of other kinds.
    """
    head = text[:_UNBROKEN_TEXT].lstrip("\ufeff \t\r\n")
    by_head = _format_of_head(head, ending.lower())
    if by_head is not None:
        return by_head
    if head.startswith("<?xml"):
        raise KodebokError(
            _("the file is XML of a kind that cannot be read"),
            _("save it as docx, odt or plain text"),
            "K137",
        )
    by_ending = _TEXT_ENDINGS.get(ending.lower(), "txt")
    if by_ending in {"csv", "md"}:
        return by_ending
    arrow = _ARROW.search(text, 0, _UNBROKEN_TEXT)
    if arrow:
        return "srt" if "," in arrow.group() else "vtt"
    return "txt" if by_ending in {"vtt", "srt"} else by_ending


def _format_of_head(head: str, ending: str) -> str | None:
    """What the first lines give away: a format with a heading of its own."""
    if head.startswith("WEBVTT"):
        return "vtt"
    if _MARKUP.match(head) or (head.startswith("<?xml") and _MARKUP.search(head)):
        return "html"
    if _ELAN.search(head):
        return "eaf"
    if _TEXT_GRID.search(head[:_HEADING]):
        return "textgrid"
    is_otr = head.startswith("{") and (ending == ".otr" or _OTR.match(head) is not None)
    return "otr" if is_otr else None
