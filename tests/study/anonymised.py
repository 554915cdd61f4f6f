"""Studies with names in them, and a key that opens at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.ids import new_id
from kodebok.errors import WrongUseError
from kodebok.storage import encrypted, entities
from kodebok.study.opening import Study, create_study, open_study

PASSPHRASE = "sju lange pinner"


def quick_encrypt(content: bytes, passphrase: str) -> bytes:
    """Bytes that are no longer plain, without the seconds that age takes on purpose."""
    mark = encrypted.MARK + len(passphrase).to_bytes(2) + passphrase.encode()
    return mark + bytes(byte ^ 0x5A for byte in content)


def quick_decrypt(sealed: bytes, passphrase: str) -> bytes:
    mark = encrypted.MARK + len(passphrase).to_bytes(2) + passphrase.encode()
    if not sealed.startswith(mark):
        raise WrongUseError("the passphrase is wrong", "type it again", "K219")
    return bytes(byte ^ 0x5A for byte in sealed[len(mark) :])


def new_study(folder: Path) -> Study:
    return create_study(folder, "Samhandling", coder="Student")


@contextmanager
def opened_again(study: Study) -> Iterator[Study]:
    study.close()
    with open_study(study.folder) as again:
        yield again


def add_entity(
    study: Study,
    name: str,
    replacement: str,
    *aliases: str,
    type_: IdentifierType = IdentifierType.PERSON,
    action: Action = Action.PSEUDONYM,
) -> Entity:
    entity = Entity(new_id(), type_, name, aliases, action, replacement)
    with study.store.act("entity.add", study.coder.id, entity.id) as act:
        return entities.add_entity(act, entity)


def bytes_of_project(folder: Path) -> dict[str, bytes]:
    """Every byte of the project's files, and their names."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def traces_of(folder: Path, *names: str) -> list[tuple[str, str]]:
    """Files in whose name or bytes a name stands, in any case, in UTF-8 or UTF-16."""
    found = []
    for path, content in bytes_of_project(folder).items():
        whole = path.encode() + b"\n" + content
        for name in names:
            forms = {name, name.lower(), name.upper(), name.casefold()}
            encodings = ("utf-8", "utf-16-le", "utf-16-be")
            if any(form.encode(how) in whole for form in forms for how in encodings):
                found.append((path, name))
    return found
