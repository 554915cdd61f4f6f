"""What lies under a passphrase opens with that passphrase alone, and only when it is whole."""

from __future__ import annotations

import pyrage
import pytest

from kodebok.errors import DamagedProjectError, WrongUseError
from kodebok.storage.encrypted import decrypt, encrypt

CONTENT = "Kari Nordmann → Gunn".encode()


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return encrypt(CONTENT, "blåbærsyltetøy")


def test_any_age_program_opens_it(sealed: bytes) -> None:
    assert CONTENT not in sealed
    assert pyrage.passphrase.decrypt(sealed, "blåbærsyltetøy") == CONTENT
    assert decrypt(sealed, "blåbærsyltetøy") == CONTENT


def test_a_wrong_passphrase_opens_nothing(sealed: bytes) -> None:
    with pytest.raises(WrongUseError):
        decrypt(sealed, "Blåbærsyltetøy")


def test_a_changed_file_opens_nothing(sealed: bytes) -> None:
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    with pytest.raises(WrongUseError):
        decrypt(changed, "blåbærsyltetøy")


@pytest.mark.parametrize("content", [b"", b"{}", CONTENT])
def test_a_file_of_another_kind_is_told_apart(content: bytes) -> None:
    with pytest.raises(DamagedProjectError):
        decrypt(content, "blåbærsyltetøy")


def test_a_file_cut_off_opens_nothing(sealed: bytes) -> None:
    with pytest.raises(WrongUseError):
        decrypt(sealed[: len(sealed) // 2], "blåbærsyltetøy")
