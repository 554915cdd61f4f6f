"""The only place where an export reaches the disk: after the gate, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from kodebok.anonymise.gate import ExportContent, Gate, GateVerdict
from kodebok.errors import KodebokError, ProtectionError, WrongUseError
from kodebok.export.contents import texts_in
from kodebok.i18n import translator

_ = translator("export")


def write_export(
    path: Path,
    content: bytes,
    gate: Gate,
    *,
    kind: str,
    overwrite: bool = False,
    seal: Callable[[bytes], bytes] | None = None,
) -> GateVerdict:
    """Write an export once the gate has let it pass.

    The file appears whole or not at all: it is written beside its place, flushed to the disk and
    then given its name.

    Args:
        path: Where to; its folder is made when it is lacking.
        content: The finished file.
        gate: The study's gate.
        kind: What kind of export it is, such as `word`.
        overwrite: Whether a file of that name may be replaced.
        seal: Encrypts the content, which the gate must see before.

    Returns:
        The gate's verdict; its sentences are for the user.

    Raises:
        WrongUseError: K410, there is a file (or folder) of that name.
        ProtectionError: K411, the gate stops it.
        KodebokError: K412, the disk is full or the place cannot be written.
    """
    if path.is_dir() or (path.exists() and not overwrite):
        raise WrongUseError(
            _("{file} is there already", file=path.name),
            _("choose another name, or say that it may be replaced"),
            "K410",
        )
    verdict = gate.check(ExportContent(kind, path.name, tuple(texts_in(content))))
    if not verdict.passes:
        raise _stopped(verdict)
    try:
        _write_whole(path, seal(content) if seal else content, overwrite=overwrite)
    except FileExistsError:
        raise WrongUseError(
            _("{file} is there already", file=path.name),
            _("choose another name, or say that it may be replaced"),
            "K413",
        ) from None
    except OSError as error:
        raise KodebokError(
            _("{file} could not be written: {why}", file=path.name, why=error.strerror or ""),
            _("make room on the disk, close the file in other programs, or choose another folder"),
            "K412",
        ) from error
    return verdict


def _stopped(verdict: GateVerdict) -> ProtectionError:
    """What to say of a file that may not leave, with the places for the user's own eyes."""
    said = list(verdict.sentences) or [_("anonymise the places that were found")]
    if verdict.hits:
        said.append(
            _("judge what is harmless with --harmless, or give a reason with --despite; it is kept")
        )
    error = ProtectionError(
        _("the export was stopped, because persons could be recognised in it"),
        "; ".join(said),
        "K411",
    )
    error.hits = verdict.hits
    return error


def _write_whole(path: Path, content: bytes, *, overwrite: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".kodebok-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if overwrite:
            temporary.replace(path)
        else:
            _name_new_file(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _name_new_file(temporary: Path, path: Path) -> None:
    """Give the file its name unless another program took the name meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT on a memory stick).
        if path.exists():
            raise FileExistsError(path.name) from None
        temporary.replace(path)
