"""Files in a project's folder in which originals stand: listed, and settled one by one."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kodebok.errors import WrongUseError
from kodebok.export.contents import texts_in
from kodebok.i18n import translator
from kodebok.paths import DATABASE_NAME
from kodebok.storage import anonymisation, encrypted
from kodebok.storage.anonymisation import Leftover
from kodebok.storage.copies import COPIES_FOLDER
from kodebok.study.opening import Study

if TYPE_CHECKING:
    from kodebok.anonymise.rewriting import Rewriter

_ = translator("study")

_READ_BY_PDFMINER = ".pdf"
_SOUND = "audio"


@dataclass(frozen=True, slots=True)
class LeftoverFile:
    """A file in which originals stand.

    Attributes:
        path: Where it lies.
        place: Its folder in the project, and the digest of its content.
        in_name: Whether its name tells; else only what is in it.
        leftover: The row that knows it; None before one is written.
    """

    path: Path
    place: tuple[str, str]
    in_name: bool = False
    leftover: Leftover | None = None


def find_leftovers(folder: Path, rewriter: Rewriter) -> list[LeftoverFile]:
    """Files of the project in whose name or content an original stands.

    Args:
        folder: The project's folder.
        rewriter: Knows the originals.
    """
    found = []
    for path in _files_of(folder):
        in_name = rewriter.has_trace(_words_of_name(path))
        if in_name or any(rewriter.has_mention(text) for text in _texts_of(path)):
            found.append(LeftoverFile(path, _place_of(folder, path), in_name))
    return found


def find_files(folder: Path) -> Iterator[tuple[Path, str, Iterator[str]]]:
    """Every file of the project but its own: path, digest of its content, and its texts."""
    for path in _files_of(folder):
        yield path, _digest_of(path), _texts_of(path)


def _files_of(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_own = inside.parts[0] == COPIES_FOLDER or path.name.startswith(DATABASE_NAME)
        if path.is_file() and not path.is_symlink() and not is_own:
            yield path


def _words_of_name(path: Path) -> str:
    return path.stem.replace("_", " ").replace("-", " ")


def _place_of(folder: Path, path: Path) -> tuple[str, str]:
    inside = path.relative_to(folder).parts
    return ("" if len(inside) == 1 else inside[0]), _digest_of(path)


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _texts_of(path: Path) -> Iterator[str]:
    """What can be read in a file; nothing of sound."""
    if path.parent.name == _SOUND:
        return
    if path.suffix.lower() == _READ_BY_PDFMINER:
        yield _text_of_pdf(path)
        return
    content = path.read_bytes()
    if content.startswith(encrypted.MARK):
        return
    try:
        texts = [one.text for one in texts_in(content)]
    except Exception:  # noqa: BLE001 - a broken file of any format is read as plain bytes
        texts = []
    yield from texts or _plain_texts(content)


def _plain_texts(content: bytes) -> Iterator[str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield content.decode("utf-16", "replace")
    elif b"\0" not in content:
        yield content.decode("latin-1")


def _text_of_pdf(path: Path) -> str:
    from pdfminer.high_level import extract_text

    try:
        text: str = extract_text(path)
    except Exception:  # noqa: BLE001 - a broken file has no text to find anything in
        return ""
    return text


def open_leftovers(study: Study) -> list[LeftoverFile]:
    """Files that are still to be settled and still lie there, by path; needs no passphrase."""
    known = {
        (one.folder, one.digest): one
        for one in anonymisation.load_leftovers(study.store)
        if not one.is_kept
    }
    if not known:
        return []
    found = []
    for path in _files_of(study.folder):
        inside = path.relative_to(study.folder).parts
        if ("" if len(inside) == 1 else inside[0]) in {folder for folder, _digest in known}:
            place = _place_of(study.folder, path)
            if place in known:
                found.append(LeftoverFile(path, place, leftover=known[place]))
    return found


def settle_leftover(study: Study, name: str, *, delete: bool) -> Path:
    """Say of a file that it stays, or delete it.

    Args:
        study: The study.
        name: The file's path, from the working directory or from the study's folder, or its name.
        delete: Whether it is deleted; else it stays as it is.

    Raises:
        WrongUseError: K832, there is no such file to settle, or more than one.
    """
    wanted = Path(name)
    found = [
        one
        for one in open_leftovers(study)
        if one.path in {wanted.absolute(), (study.folder / wanted).absolute()}
        or one.path.name == name
    ]
    if len(found) != 1 or found[0].leftover is None:
        raise WrongUseError(
            _("no file of that name waits to be settled, or more than one does"),
            _("see 'kodebok status', and give the path"),
            "K832",
        )
    one = found[0]
    with study.store.act("anonymise.settle", study.coder.id, found[0].leftover.id) as act:
        if delete:
            one.path.unlink()
            anonymisation.remove_leftover(act, found[0].leftover)
        else:
            anonymisation.keep_leftover(act, found[0].leftover)
    return one.path
