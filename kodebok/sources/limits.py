"""How much a file may ask of the machine, and archives and XML opened within those limits."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING

from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

_ = translator("sources")

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES = 200 * MEGABYTE
MAX_TEXT_BYTES = 50 * MEGABYTE
MAX_PART_BYTES = 50 * MEGABYTE
MAX_ARCHIVE_BYTES = 400 * MEGABYTE
MAX_ARCHIVE_MEMBERS = 10_000
# Word's own XML shrinks 10 to 30 times; what shrinks far more and is large was made to harm.
MAX_RATIO = 200
RATIO_MATTERS_ABOVE = 10 * MEGABYTE
_PROLOG_BYTES = 16_384


def read_bytes(path: Path) -> bytes:
    """The whole file, when it is there, is a file, holds something and is not too large.

    Raises:
        KodebokError: K101 to K106.
    """
    try:
        mode = path.stat()
        _check_kind_and_size(path, mode.st_mode, mode.st_size)
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise WrongUseError(
            _("there is no file {name}", name=path.name), _("check the name and the folder"), "K101"
        ) from None
    except (OSError, ValueError):
        raise KodebokError(
            _("{name} cannot be opened", name=path.name),
            _("close it in other programs, or check that you may read it"),
            "K106",
        ) from None
    if not data:
        raise KodebokError(
            _("{name} is empty", name=path.name), _("choose the file with the text"), "K104"
        )
    return data


def _check_kind_and_size(path: Path, mode: int, size: int) -> None:
    if stat.S_ISDIR(mode):
        raise WrongUseError(
            _("{name} is a folder", name=path.name), _("name the files in it"), "K102"
        )
    if not stat.S_ISREG(mode):
        raise WrongUseError(
            _("{name} is not an ordinary file", name=path.name), _("choose a file"), "K136"
        )
    if size > MAX_FILE_BYTES:
        raise KodebokError(
            _("{name} is larger than {limit} MB", name=path.name, limit=MAX_FILE_BYTES // MEGABYTE),
            _("a transcript is smaller; check that it is the right file, or split it"),
            "K103",
        )


class Archive:
    """The parts of an office file, each read within the limits.

    Raises:
        KodebokError: K116 when the archive is damaged, K117 when it would swell beyond reason.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise damaged_archive() from None
        _check_swelling(self._zip.infolist())

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """One part's bytes."""
        try:
            info = self._zip.getinfo(name)
            if info.file_size > MAX_PART_BYTES:
                raise _swelling_archive()
            return self._zip.read(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            KeyError,
            ValueError,
            OSError,
            EOFError,
            RuntimeError,
        ):
            raise damaged_archive() from None

    def refuse_entities(self) -> None:
        """Stop when any XML part declares entities, which no office program writes."""
        for name in self.names:
            if name.endswith((".xml", ".rels")) and declares_entities(self.read(name)):
                raise _entity_error()


def _check_swelling(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    swells = unpacked > RATIO_MATTERS_ABOVE and unpacked > MAX_RATIO * max(packed, 1)
    if swells or unpacked > MAX_ARCHIVE_BYTES or len(members) > MAX_ARCHIVE_MEMBERS:
        raise _swelling_archive()


def damaged_archive() -> KodebokError:
    """K116, for a file that ends before its end."""
    return KodebokError(
        _("the file is damaged or cut short"),
        _("open it in the program that made it, save it again, and import that copy"),
        "K116",
    )


def _swelling_archive() -> KodebokError:
    return KodebokError(
        _("the file would swell beyond all reason when unpacked"),
        _("do not open it; ask where it came from"),
        "K117",
    )


def _entity_error() -> KodebokError:
    return KodebokError(
        _("the file holds declarations that no word processor writes"),
        _("do not open it; ask where it came from"),
        "K118",
    )


def declares_entities(xml: bytes) -> bool:
    """Whether XML begins with a document type, through which it could swell or reach out."""
    return b"<!DOCTYPE" in xml[:_PROLOG_BYTES].replace(b"\0", b"").upper()


def parse_xml(xml: bytes) -> _Element:
    """The root of an XML part: no entities, no network, no oversized trees.

    Raises:
        KodebokError: K118 when it declares entities, K119 when it is not well formed.
    """
    from lxml import etree

    if declares_entities(xml):
        raise _entity_error()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise KodebokError(
            _("the file is damaged inside"),
            _("open it in the program that made it, save it again, and import that copy"),
            "K119",
        )
    return root
