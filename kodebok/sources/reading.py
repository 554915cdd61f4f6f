"""A file in, arrivals out: the one place that knows which reader goes with which format."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kodebok.sources import detect
from kodebok.sources.answers import arrivals_of
from kodebok.sources.arrivals import arrival_of
from kodebok.sources.drafts import Draft
from kodebok.sources.encodings import decode
from kodebok.sources.limits import read_bytes
from kodebok.sources.mending import allowed_kinds
from kodebok.sources.options import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

    from kodebok.domain.source import Arrival
    from kodebok.sources.spreadsheet import Grid

_DEFAULTS = ReadOptions()


def read_file(path: Path, options: ReadOptions = _DEFAULTS) -> list[Arrival]:
    """Read a transcript, a document or a spreadsheet of answers.

    Args:
        path: The file; what it is, is told by its content and only then by its ending.
        options: The user's choices.

    Returns:
        One arrival, or for a spreadsheet one per row that holds an answer. Its `repairs` tell of
        those that were made and of those that were refused.

    Raises:
        KodebokError: K101 to K143, each saying what the file is and what to do.
    """
    allowed_kinds(options.repair)
    data = read_bytes(path)
    understood = _understand(data, path.suffix, options)
    if isinstance(understood, Draft):
        return [arrival_of(understood, path.stem, options)]
    return arrivals_of(understood, path.stem, options)


def columns_of(
    path: Path, options: ReadOptions = _DEFAULTS
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a spreadsheet, and those among them whose cells are wordy.

    Returns:
        Two empty tuples when the file is no spreadsheet.

    Raises:
        KodebokError: As `read_file`.
    """
    from kodebok.sources.answers import wordy_columns

    understood = _understand(read_bytes(path), path.suffix, options)
    if isinstance(understood, Draft):
        return (), ()
    return understood.columns, wordy_columns(understood)


def _understand(data: bytes, ending: str, options: ReadOptions) -> Draft | Grid:
    binary = detect.binary_format(data)
    if binary is None:
        return _understand_text(data, ending, options)
    if binary == "xlsx":
        from kodebok.sources.spreadsheet import read_xlsx

        return read_xlsx(data, options.sheet)
    if binary == "docx":
        from kodebok.sources.word import read_word

        return read_word(data)
    if binary == "odt":
        from kodebok.sources.opendocument import read_opendocument

        return read_opendocument(data)
    if binary == "rtf":
        from kodebok.sources.rich_text import read_rich_text

        return read_rich_text(data)
    from kodebok.sources.pdf import read_pdf

    return read_pdf(data)


def _understand_text(data: bytes, ending: str, options: ReadOptions) -> Draft | Grid:
    detect.refuse_long_text(data)
    text, encoding = decode(data, options.encoding)
    detect.refuse_rubbish(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    file_format = detect.text_format(text, ending)
    if file_format == "html":
        return _understand_page(data, text, encoding, options)
    if file_format in {"eaf", "textgrid", "otr"}:
        return _understand_recording(data, text, encoding, file_format)
    if file_format in {"vtt", "srt"}:
        from kodebok.sources.captions import read_captions

        return read_captions(text, file_format, encoding)
    if file_format == "csv":
        from kodebok.sources.spreadsheet import read_csv

        return read_csv(text, encoding)
    if file_format == "md":
        from kodebok.sources.markdown import read_markdown

        return read_markdown(text, encoding)
    return Draft((text,), "txt", encoding)


def _understand_recording(data: bytes, text: str, encoding: str, file_format: str) -> Draft:
    """Files of programs that keep a transcript beside its sound."""
    if file_format == "eaf":
        from kodebok.sources.tiers import read_elan

        return read_elan(data)
    if file_format == "textgrid":
        from kodebok.sources.tiers import read_text_grid

        return read_text_grid(text, encoding)
    from kodebok.sources.otranscribe import read_otranscribe

    return read_otranscribe(text, encoding)


def _understand_page(data: bytes, text: str, encoding: str, options: ReadOptions) -> Draft:
    from kodebok.errors import KodebokError
    from kodebok.sources.web_page import declared_encoding, read_web_page

    declared = declared_encoding(data)
    if options.encoding is None and declared is not None and encoding != "utf-8":
        # A page may say what it is not; then what was found by looking stands.
        with suppress(KodebokError):
            text, encoding = decode(data, declared)
    return read_web_page(text, encoding)
