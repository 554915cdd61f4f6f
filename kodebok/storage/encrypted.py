"""Bytes under a passphrase, in the age format: any age program opens them."""

from __future__ import annotations

from typing import Any, Protocol

from kodebok.errors import DamagedProjectError, WrongUseError
from kodebok.i18n import translator

_ = translator("storage")

MARK = b"age-encryption.org/"


def encrypt(content: bytes, passphrase: str) -> bytes:
    """The content under the passphrase. Takes a second or two, and a gigabyte, on purpose."""
    import pyrage

    sealed: bytes = pyrage.passphrase.encrypt(content, passphrase)
    return sealed


def decrypt(sealed: bytes, passphrase: str) -> bytes:
    """The content of a file in the age format.

    Raises:
        DamagedProjectError: The bytes are no age file.
        WrongUseError: The passphrase is wrong, or the file was changed; nothing is opened.
    """
    import pyrage

    if not sealed.startswith(MARK):
        raise DamagedProjectError(
            _("the file is not encrypted in the age format, or its beginning is gone"),
            _("use the file as kodebok wrote it, or a copy of it"),
            "K218",
        )
    try:
        content: bytes = pyrage.passphrase.decrypt(sealed, passphrase)
    except pyrage.DecryptError as error:
        raise WrongUseError(
            _("the passphrase is wrong, or the file was changed"),
            _("type the passphrase again; if it is right, use another copy of the file"),
            "K219",
        ) from error
    return content


def new_identity() -> tuple[str, str]:
    """A key pair for streams too large for memory: the secret line, and whom to encrypt to.

    A passphrase then encrypts the secret line alone, as age's own identity files have it.
    """
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def encrypt_stream(reader: Readable, writer: Writable, recipient: str) -> None:
    """Encrypt what is read to a recipient, a few kilobytes at a time.

    Raises:
        OSError: Reading or writing failed; and whatever else the two raise.
    """
    import pyrage

    source, target = _Watched(reader), _Watched(writer)
    try:
        pyrage.encrypt_io(source, target, [pyrage.x25519.Recipient.from_str(recipient)])
    except (pyrage.EncryptError, OSError) as error:
        raise source.failure or target.failure or error from None


def decrypt_stream(reader: Readable, writer: Writable, secret: str) -> None:
    """Decrypt a stream; what is written is right only when no error was raised at the end.

    Raises:
        DamagedProjectError: The stream was cut or changed.
        OSError: Reading or writing failed; and whatever else the two raise.
    """
    import pyrage

    source, target = _Watched(reader), _Watched(writer)
    try:
        pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, OSError) as error:
        failure = source.failure or target.failure
        if failure is not None:
            raise failure from None
        raise DamagedProjectError(
            _("the encrypted file was cut off or changed"),
            _("use another copy of the file"),
            "K221",
        ) from error


class Readable(Protocol):
    """What can be read from."""

    def read(self, size: int, /) -> bytes:
        """Some bytes; none at the end."""
        ...


class Writable(Protocol):
    """What can be written to."""

    def write(self, content: bytes, /) -> int | None:
        """Take the bytes."""
        ...

    def flush(self) -> object:
        """Let go of what is held."""
        ...


class _Watched:
    """Passes calls on and keeps the error that the library would turn into its own."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.failure: BaseException | None = None

    def read(self, size: int) -> bytes:
        return self._watch(self._stream.read, size)  # type: ignore[no-any-return]

    def write(self, content: bytes) -> int:
        self._watch(self._stream.write, content)
        return len(content)

    def flush(self) -> None:
        self._watch(self._stream.flush)

    def _watch(self, call: Any, *arguments: Any) -> Any:
        try:
            return call(*arguments)
        except BaseException as error:
            self.failure = error
            raise
