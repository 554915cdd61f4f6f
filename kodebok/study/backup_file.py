"""The form of a backup: a tar with two age files, so that it can be opened without kodebok.

`identity.age` is a key under the passphrase; `study.tar.age` is the study, encrypted to that key.
The study is streamed through, so five gigabytes of sound need no more memory than five pages.
Inside, the study is a tar too, and its last member `manifest.json` has a digest of every file.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any, Self

from kodebok.errors import DamagedProjectError, KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.storage import encrypted

_ = translator("study")

SUFFIX = ".kodebok-backup"
MANIFEST = "manifest.json"
_README, _IDENTITY, _STUDY = "README.txt", "identity.age", "study.tar.age"
_CHUNK = 1 << 18
_BLOCK = tarfile.BLOCKSIZE
_HOW_TO_OPEN = """\
A backup of a study, made by kodebok.        En sikkerhetskopi av en studie, laget av kodebok.

    kodebok backup --restore FILE FOLDER

Without kodebok, by any age program (it asks for the passphrase):
Uten kodebok, med et hvilket som helst age-program (det spør etter passordfrasen):

    tar xf FILE
    age --decrypt --identity identity.age study.tar.age | tar x
"""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the study: its name inside the backup, and where it lies."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as the manifest has it."""

    name: str
    bytes: int
    sha256: str


def write_backup(
    out: IO[bytes],
    members: Iterable[Member],
    about: dict[str, Any],
    passphrase: str,
    progress: Progress,
) -> str:
    """Write a backup to an open file that can be sought in.

    Args:
        out: Where to.
        members: The files, read one after the other.
        about: What the manifest says beside the files.
        passphrase: What it can be opened by.
        progress: Told the bytes of the study that are written.

    Returns:
        SHA-256 of the unencrypted tar in hex, for `verify_backup`.

    Raises:
        KodebokError: K564, a file was changed meanwhile.
        OSError: A file cannot be read, or the backup cannot be written.
    """
    secret, recipient = encrypted.new_identity()
    sealed = encrypted.encrypt(f"{secret}\n".encode(), passphrase)
    for name, content in ((_README, _HOW_TO_OPEN.encode()), (_IDENTITY, sealed)):
        out.write(b"".join(_member(name, content)))
    header_at = out.tell()
    out.write(bytes(_BLOCK))
    begin = out.tell()
    stream = _Stream(_tar(members, about), progress)
    encrypted.encrypt_stream(stream, out, recipient)
    size = out.tell() - begin
    out.write(_padding(size) + bytes(2 * _BLOCK))
    out.seek(header_at)
    out.write(_header(_STUDY, size, 0))
    return stream.digest.hexdigest()


def _header(name: str, size: int, changed: float) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, int(changed), 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def _member(name: str, content: bytes) -> Iterator[bytes]:
    yield _header(name, len(content), 0)
    yield content
    yield _padding(len(content))


def _tar(members: Iterable[Member], about: dict[str, Any]) -> Iterator[bytes]:
    """The study's files as a tar, the manifest last."""
    files: list[FileRecord] = []
    for member in members:
        yield from _file(member, files)
    manifest = {**about, "files": [asdict(record) for record in files]}
    yield from _member(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    yield bytes(2 * _BLOCK)


def _file(member: Member, files: list[FileRecord]) -> Iterator[bytes]:
    digest, left = hashlib.sha256(), member.path.stat().st_size
    size = left
    yield _header(member.name, size, member.path.stat().st_mtime)
    with member.path.open("rb") as source:
        while left and (chunk := source.read(min(_CHUNK, left))):
            left -= len(chunk)
            digest.update(chunk)
            yield chunk
        if left or source.read(1):
            raise KodebokError(
                _("a file of the study was changed while it was copied"),
                _("wait until nothing writes in the study's folder, and make the backup again"),
                "K564",
            )
    yield _padding(size)
    files.append(FileRecord(member.name, size, digest.hexdigest()))


class _Stream:
    """Chunks as a file that can be read, with a digest of what was read."""

    def __init__(self, chunks: Iterator[bytes], progress: Progress) -> None:
        self._chunks = (chunk for chunk in chunks if chunk)
        self._held, self._at = b"", 0
        self._progress, self._done = progress, 0
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        if self._at == len(self._held):
            self._held, self._at = next(self._chunks, b""), 0
            self._done += len(self._held)
            self._progress(self._done)
        piece = self._held[self._at : self._at + size]
        self._at += len(piece)
        self.digest.update(piece)
        return piece


class _Digest:
    """Takes bytes and keeps their digest alone."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        return len(content)

    def flush(self) -> None:
        """Nothing is held."""


def verify_backup(path: Path, passphrase: str, expected: str) -> None:
    """Read a backup from the disk with its passphrase, and compare.

    Raises:
        DamagedProjectError: K565, it is not what was written.
    """
    read = _Digest()
    with OpenBackup(path, passphrase) as backup:
        backup.decrypt_to(read)
    if read.digest.hexdigest() != expected:
        raise DamagedProjectError(
            _("the backup could not be read back as it was written"),
            _("the disk may be failing: make the backup on another one"),
            "K565",
        )


class OpenBackup:
    """A backup whose passphrase was right.

    Raises:
        WrongUseError: K566, the file is no backup; K219, the passphrase is wrong.
        DamagedProjectError: K567, its end is gone.
        OSError: It cannot be read.
    """

    def __init__(self, path: Path, passphrase: str) -> None:
        try:
            self._tar = tarfile.open(path, "r:")  # noqa: SIM115 - closed by `__exit__`
        except tarfile.TarError as error:
            raise _foreign() from error
        try:
            sealed = self._content(_IDENTITY)
            self._study = self._member(_STUDY)
            self._secret = encrypted.decrypt(sealed, passphrase).decode("ascii").strip()
        except BaseException:
            self._tar.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self._tar.close()

    def _member(self, name: str) -> IO[bytes]:
        try:
            found = self._tar.extractfile(name)
        except KeyError:
            found = None
        except tarfile.TarError as error:
            raise _cut_off() from error
        if found is None:
            raise _foreign()
        return found

    def _content(self, name: str) -> bytes:
        try:
            return self._member(name).read()
        except tarfile.TarError as error:
            raise _cut_off() from error

    def decrypt_to(self, target: encrypted.Writable) -> None:
        """Write the study's tar; what was written is right only when no error is raised.

        Raises:
            DamagedProjectError: K567 or K221, the file was cut off or changed.
        """
        try:
            self._study.seek(0)
            encrypted.decrypt_stream(self._study, target, self._secret)
        except tarfile.TarError as error:
            raise _cut_off() from error

    def unpack(self, folder: Path, allowed: Callable[[str], bool]) -> dict[str, Any]:
        """Write the study's files below a folder, and compare each with the manifest.

        Args:
            folder: An empty folder.
            allowed: Whether a file of that name belongs to a study.

        Returns:
            The manifest.

        Raises:
            DamagedProjectError: A file is not as the manifest has it, or the backup is cut off.
            OSError: The disk is full, or cannot be written.
        """
        reading, writing = os.pipe()
        failures: list[BaseException] = []
        feeder = Thread(target=self._feed, args=(writing, failures), daemon=True)
        feeder.start()
        found: list[FileRecord] = []
        manifest = b""
        try:
            with os.fdopen(reading, "rb") as pipe:
                manifest = _unpack_members(pipe, folder, allowed, found)
        except tarfile.TarError as error:
            feeder.join()
            raise (failures or [_cut_off()])[0] from error
        feeder.join()
        if failures:
            raise failures[0]
        return _compared(manifest, found)

    def _feed(self, writing: int, failures: list[BaseException]) -> None:
        try:
            with os.fdopen(writing, "wb") as pipe:
                self.decrypt_to(pipe)
        except BaseException as error:  # noqa: BLE001 - raised again by the reader
            failures.append(error)


def _unpack_members(
    pipe: IO[bytes], folder: Path, allowed: Callable[[str], bool], found: list[FileRecord]
) -> bytes:
    manifest = b""
    with tarfile.open(fileobj=pipe, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                raise _cut_off()
            if member.name == MANIFEST:
                manifest = content.read()
            elif allowed(member.name):
                found.append(_unpack_file(content, member, folder / member.name))
            else:
                raise _cut_off()
    while pipe.read(_CHUNK):
        pass
    return manifest


def _unpack_file(content: IO[bytes], member: tarfile.TarInfo, target: Path) -> FileRecord:
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            size += out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    os.utime(target, (member.mtime, member.mtime))
    return FileRecord(member.name, size, digest.hexdigest())


def _compared(manifest: bytes, found: list[FileRecord]) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(manifest)
        listed = [FileRecord(**record) for record in content["files"]]
    except (ValueError, KeyError, TypeError) as error:
        raise _cut_off() from error
    if listed != found:
        raise _cut_off()
    return content


def _foreign() -> WrongUseError:
    return WrongUseError(
        _("the file is no backup that kodebok made"),
        _("name a file that 'kodebok backup' wrote"),
        "K566",
    )


def _cut_off() -> DamagedProjectError:
    return DamagedProjectError(
        _("the backup was cut off or changed, and nothing was restored"),
        _("use another backup, or another copy of this one"),
        "K567",
    )
