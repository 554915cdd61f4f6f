"""Rich text (rtf), as Word, WordPad, TextEdit and LibreOffice write it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.sources.drafts import Draft
from kodebok.sources.flow import Flow
from kodebok.sources.limits import MAX_TEXT_BYTES, damaged_archive

_ = translator("sources")
_n = plural_translator("sources")

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<sign>[^a-zA-Z'])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
# Groups whose words are no part of the text.
_SILENT = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl "
    "footerr footerf footnote annotation fldinst listtext pntext pntxta pntxtb xe tc rxe "
    "nonesttables bkmkstart bkmkend atnid atnauthor themedata datastore".split()
)
_BREAKS = {"line": "\n", "page": "\f", "tab": "\t", "softline": "\n", "nestcell": "\n"}
_SIGNS = dict(
    zip(
        "emdash endash bullet lquote rquote ldblquote rdblquote emspace enspace qmspace".split(),
        "—–•‘’“”   ",
        strict=True,
    )
)
_CODE_PAGE_OF_CHARSET = dict(
    zip(
        (0, 77, 128, 129, 134, 136, 161, 162, 163, 177, 178, 186, 204, 222, 238),
        (1252, 10000, 932, 949, 936, 950, 1253, 1254, 1258, 1255, 1256, 1257, 1251, 874, 1250),
        strict=True,
    )
)
_CODECS = {10000: "mac-roman", 437: "cp437", 850: "cp850", 65001: "utf-8"}
_DEEPEST = 2_000
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class _Group:
    r"""What holds between two braces.

    Attributes:
        skip: Signs after a `\u` that stand for it in older programs.
    """

    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    skip: int = 1
    codec: str | None = None


def read_rich_text(data: bytes) -> Draft:
    """The words of an rtf: tracked deletions, hidden text and footnotes left out.

    Raises:
        KodebokError: K116 when it is cut short, K126 when its text is far too long.
    """
    reader = _Reader()
    reader.read(data.decode("latin-1"))
    return Draft(reader.flow.blocks(), "rtf", doubts=reader.doubts())


class _Reader:
    """One pass over the tokens, with a stack of groups."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._group = _Group()
        self._outer: list[_Group] = []
        self._codec = "cp1252"
        self._codec_of_font: dict[int, str] = {}
        self._font_being_read: int | None = None
        self._bytes = bytearray()
        self._units: list[int] = []
        self._to_skip = 0
        self._in_row = self._table_is_open = False
        self._written = 0
        self._footnotes = 0
        self._was_hidden = self._was_tracked = False

    def read(self, text: str) -> None:
        place = 0
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                break
            place = match.end()
            if match["word"] == "bin":
                place += max(int(match["number"] or 0), 0)
            self._take(match)
            if match["brace"] == "}" and not self._outer:
                break
        self._flush()
        if self._outer:
            raise damaged_archive()

    def _take(self, match: re.Match[str]) -> None:
        if match["text"] is not None:
            self._add_bytes(match["text"].encode("latin-1"))
        elif match["hex"] is not None:
            self._add_bytes(bytes.fromhex(match["hex"]))
        elif match["brace"] is not None:
            self._flush()
            self._to_skip = 0
            self._open() if match["brace"] == "{" else self._close()
        elif match["sign"] is not None:
            self._sign(match["sign"])
        elif match["word"] is not None:
            number = match["number"]
            self._word(match["word"], None if number is None else int(number))

    def _open(self) -> None:
        if len(self._outer) > _DEEPEST:
            raise damaged_archive()
        self._outer.append(self._group)

    def _close(self) -> None:
        if self._outer:
            self._group = self._outer.pop()

    def _set(self, **changes: bool | str | int | None) -> None:
        self._group = replace(self._group, **changes)  # type: ignore[arg-type]

    def _add_bytes(self, found: bytes) -> None:
        skipped = min(self._to_skip, len(found))
        self._to_skip -= skipped
        if found[skipped:]:
            self._flush_units()
            self._bytes += found[skipped:]

    def _add(self, text: str) -> None:
        group = self._group
        self._was_hidden |= group.hidden and bool(text.strip())
        if group.silent or group.hidden or group.deleted:
            return
        if self._table_is_open and not self._in_row and text.strip():
            self.flow.end_table()
            self._table_is_open = False
        self._written += len(text)
        if self._written > MAX_TEXT_BYTES:
            raise KodebokError(
                _("the text is longer than {limit} MB", limit=MAX_TEXT_BYTES >> 20),
                _("check that it is the right file, or split it"),
                "K126",
            )
        self.flow.add(text)

    def _flush(self) -> None:
        if self._bytes:
            codec = self._group.codec or self._codec
            text = self._bytes.decode(codec, errors="replace")
            self._bytes.clear()
            self._add(text)
        self._flush_units()

    def _flush_units(self) -> None:
        if self._units:
            raw = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            self._units.clear()
            self._add(raw.decode("utf-16-le", errors="replace"))

    def _sign(self, sign: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
            return
        self._flush()
        if sign == "*":
            self._set(silent=True)
        elif sign in "\r\n":
            self._end_paragraph()
        else:
            self._add({"~": "\u00a0", "-": "\u00ad", "_": "\u2011"}.get(sign, sign))

    def _word(self, word: str, number: int | None) -> None:
        if word == "u":
            self._unit((number or 0) % 65536)
            return
        self._flush()
        self._to_skip = 0
        if word in _SILENT:
            self._footnotes += word == "footnote" and not self._group.silent
            self._set(silent=True)
        elif word in _BREAKS or word in _SIGNS:
            self._add(_BREAKS.get(word) or _SIGNS[word])
        elif word in {"par", "sect"}:
            self._end_paragraph()
        elif word in {"v", "deleted", "revised", "uc"}:
            self._property(word, number)
        elif word in {"trowd", "intbl", "pard", "cell", "row"}:
            self._table(word)
        else:
            self._character_set(word, number)

    def _unit(self, unit: int) -> None:
        if self._bytes:
            self._flush()
        if unit not in _SURROGATES:
            self._flush_units()
        self._units.append(unit)
        self._to_skip = self._group.skip

    def _property(self, word: str, number: int | None) -> None:
        switched_on = number != 0
        if word == "uc":
            self._set(skip=min(max(1 if number is None else number, 0), 10))
        elif word == "v":
            self._set(hidden=switched_on)
        else:
            self._was_tracked |= switched_on and not self._group.silent
            if word == "deleted":
                self._set(deleted=switched_on)

    def _end_paragraph(self) -> None:
        group = self._group
        if not (group.silent or group.hidden or group.deleted):
            self.flow.end_paragraph()

    def _table(self, word: str) -> None:
        if self._group.silent:
            return
        if word == "pard":
            self._in_row = False
        elif word in {"trowd", "intbl"}:
            self._in_row = True
        elif word == "row":
            self.flow.end_row()
        else:
            if not self._table_is_open:
                self._open_table()
            self.flow.end_cell()

    def _open_table(self) -> None:
        """A table begins with its first cell's end; what that cell holds is in the open text."""
        first = self.flow.open_text()
        self.flow.replace_open("")
        self.flow.start_table()
        self.flow.add(first)
        self._table_is_open = True

    def _character_set(self, word: str, number: int | None) -> None:
        if word == "ansicpg" and number:
            self._codec = _codec(number)
        elif word in {"mac", "pc", "pca"}:
            self._codec = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "f" and number is not None:
            self._font_being_read = number
            self._set(codec=self._codec_of_font.get(number))
        elif word == "plain":
            self._set(codec=None, hidden=False)
        elif word == "fcharset" and self._font_being_read is not None and number:
            page = _CODE_PAGE_OF_CHARSET.get(number)
            if page is not None:
                self._codec_of_font[self._font_being_read] = _codec(page)

    def doubts(self) -> tuple[str, ...]:
        """What was left out, in words for the user."""
        doubts = []
        if self._was_tracked:
            doubts.append(
                _("The document has tracked changes; it was read as if all were accepted")
            )
        if self._footnotes:
            doubts.append(
                _n("{n} footnote was left out", "{n} footnotes were left out", self._footnotes)
            )
        if self._was_hidden:
            doubts.append(_("Hidden text was left out"))
        return tuple(doubts)


def _codec(code_page: int) -> str:
    name = _CODECS.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
