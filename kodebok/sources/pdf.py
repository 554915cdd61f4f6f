"""PDF files that hold text; scanned pages are named as such."""

from __future__ import annotations

import io
import logging
import re
import time
import zlib
from typing import TYPE_CHECKING

from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.sources.drafts import Draft
from kodebok.sources.limits import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Iterator

_ = translator("sources")

MAX_PAGES = 3000
MAX_STREAM_BYTES = 40 * MEGABYTE
# A thesis of 300 pages takes some 20 seconds.
MAX_CPU_SECONDS = 120.0
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY_WINDOW = 800
_MOST_NESTED = 4


def read_pdf(data: bytes) -> Draft:
    """The words of a PDF, its pages parted by form feeds.

    Raises:
        KodebokError: K120 encrypted, K121 without text, K122 damaged, K123 too heavy.
    """
    _refuse_swelling(data)
    pages = _pages(data)
    if not any(page.strip() for page in pages):
        raise KodebokError(
            _("the PDF holds pictures of pages, not text (it is scanned)"),
            _("run text recognition (OCR) on it first, or ask for the document it was made from"),
            "K121",
        )
    return Draft(("\f".join(pages),), "pdf")


def _too_heavy() -> KodebokError:
    return KodebokError(
        _("the PDF is too large or too intricate to read"),
        _("split it, or save its text as docx"),
        "K123",
    )


def _refuse_swelling(data: bytes) -> None:
    """Unpack each stream within a limit, before a library unpacks them without one."""
    total = 0
    for match in _STREAM.finditer(data):
        lead = data[max(0, match.start() - _DICTIONARY_WINDOW) : match.start()]
        dictionary = lead[lead.rfind(b"obj") + 1 :]
        if b"/Image" in dictionary or b"/Fl" not in dictionary:
            continue
        end = data.find(b"endstream", match.end())
        total += _unpacked_size(data[match.end() : end if end >= 0 else None])
        if total > MAX_STREAM_BYTES:
            raise _too_heavy()


def _unpacked_size(packed: bytes) -> int:
    size = 0
    for _layer in range(_MOST_NESTED):
        try:
            packed = zlib.decompressobj().decompress(packed, MAX_STREAM_BYTES + 1)
        except zlib.error:
            break
        size = max(size, len(packed))
        if size > MAX_STREAM_BYTES or packed[:1] != b"\x78":
            break
    return size


def _pages(data: bytes) -> list[str]:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    deadline = time.process_time() + MAX_CPU_SECONDS
    pages: list[str] = []
    heavy = False
    try:
        for page in _page_texts(data):
            pages.append(page)
            heavy = len(pages) > MAX_PAGES or time.process_time() > deadline
            if heavy:
                break
    except (PDFEncryptionError, PDFPasswordIncorrect):
        raise KodebokError(
            _("the PDF is protected by a password"),
            _("open it, remove the password, and save it again"),
            "K120",
        ) from None
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged file leads it to
        raise _damaged() from None
    if heavy:
        raise _too_heavy()
    if not pages:
        raise _damaged()
    return pages


def _damaged() -> KodebokError:
    return KodebokError(
        _("the PDF is damaged or cut short"),
        _("fetch it anew, or save its text as docx"),
        "K122",
    )


def _page_texts(data: bytes) -> Iterator[str]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer

    for page in extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=None)):
        boxes = [box.get_text().strip() for box in page if isinstance(box, LTTextContainer)]
        yield "\n\n".join(box for box in boxes if box)
