"""Bytes under a passphrase, in the age format: any age program opens them."""

from __future__ import annotations

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
