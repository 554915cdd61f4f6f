"""The key file: originals ↔ replacements and person ↔ ID, under a passphrase in the age format.

Inside it is JSON, `kodebok-key/1`. Its two parts can be destroyed apart: *replacements* (entities,
what stood at each replacement, values and texts of the history) and *persons* (what participants
and voices were called). A part that was destroyed is null.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import IdentifierType
from kodebok.errors import DamagedProjectError, KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.storage import encrypted
from kodebok.storage.sealing import KeyPart, SealedText

_ = translator("anonymise")

FORMAT = "kodebok-key/1"
SUFFIX = ".age"
_NAMES = {KeyPart.REPLACEMENTS: "replacements", KeyPart.PERSONS: "persons"}


@dataclass(frozen=True, slots=True)
class KeptValue:
    """What stood in a column before it was anonymised.

    Attributes:
        old, new: The whole value before and after.
        pairs: Each original as it stood there, and what stands for it, in their order.
    """

    old: str
    new: str
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPart:
    """One part of a key.

    Attributes:
        entities: By id, with their originals.
        spans: Originals as they stood, by the id of the replacement.
        borders: By the id of a replacement: borders of passages that lay within the original, as
            table, row, column and number of code points from its beginning.
        values: By `table:column:row`.
        texts: Of the history.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    spans: Mapping[str, str] = field(default_factory=dict)
    borders: Mapping[str, tuple[tuple[str, str, str, int], ...]] = field(default_factory=dict)
    values: Mapping[str, KeptValue] = field(default_factory=dict)
    texts: Mapping[str, SealedText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyContent:
    """What a key file says.

    Attributes:
        project: Id of the project it belongs to.
        revision: Counts what was written, from 1.
        parts: Both parts; None for one that was destroyed.
    """

    project: str
    revision: int = 0
    parts: Mapping[KeyPart, KeptPart | None] = field(
        default_factory=lambda: dict.fromkeys(KeyPart, KeptPart())
    )

    def part(self, part: KeyPart) -> KeptPart:
        """One part; an empty one when it was destroyed."""
        return self.parts[part] or KeptPart()

    @property
    def entities(self) -> Mapping[str, Entity]:
        """The entities that were applied, with their originals."""
        return self.part(KeyPart.REPLACEMENTS).entities

    def texts(self) -> Iterable[SealedText]:
        """Every text of the history in both parts."""
        for part in KeyPart:
            yield from self.part(part).texts.values()

    def with_part(self, which: KeyPart, added: KeptPart) -> KeyContent:
        """The content with more in one part; one that was destroyed begins anew."""
        known = self.parts[which]
        if known is None and added == KeptPart():
            return self
        known = known or KeptPart()
        merged = KeptPart(
            {**known.entities, **added.entities},
            {**known.spans, **added.spans},
            {**known.borders, **added.borders},
            {**known.values, **added.values},
            {**known.texts, **added.texts},
        )
        return replace(self, parts={**self.parts, which: merged})

    def without(self, which: KeyPart) -> KeyContent:
        """The content after a part is destroyed."""
        return replace(self, parts={**self.parts, which: None})


def text_key(sealed: SealedText) -> str:
    """What a text of the history is filed under."""
    return f"{sealed.event_id}:{sealed.number}"


class OpenKey:
    """A key file that was opened, for one sitting.

    Attributes:
        path: Where it lies, or is to lie.
        content: What it says.
    """

    def __init__(self, path: Path, content: KeyContent, passphrase: str) -> None:
        self.path = path
        self.content = content
        self._passphrase = passphrase

    @property
    def former_path(self) -> Path:
        """Where the version before lies until what follows is on the disk."""
        return self.path.with_name(self.path.name + ".before")

    def write(self, content: KeyContent) -> None:
        """Write the file anew, on the disk when this returns; the version before is kept beside.

        Raises:
            KodebokError: K821, it cannot be written; the version before stands.
        """
        sealed = encrypted.encrypt(_to_bytes(content), self._passphrase)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists():
                _write_synced(self.former_path, self.path.read_bytes())
            _write_synced(self.path, sealed)
        except OSError as error:
            raise KodebokError(
                _("the key file could not be written"),
                _("see that its folder is there and has room; nothing was changed in the study"),
                "K821",
            ) from error

    def settle(self, content: KeyContent) -> None:
        """What was written is in force: the version before goes."""
        self.content = content
        overwrite_and_remove(self.former_path)

    def take_back(self) -> None:
        """What was written is not in force: the version before stands again."""
        with suppress(OSError):
            if self.former_path.exists():
                self.former_path.replace(self.path)
            elif self.content.revision == 0:
                self.path.unlink(missing_ok=True)

    def change_passphrase(self, passphrase: str) -> None:
        """Write the file under another passphrase.

        Raises:
            KodebokError: K821, it cannot be written.
        """
        former, self._passphrase = self._passphrase, passphrase
        try:
            self.write(self.content)
        except BaseException:
            self._passphrase = former
            raise
        self.settle(self.content)


def open_key(path: Path, passphrase: str, project_id: str, revision: int) -> OpenKey:
    """Open a key file.

    Args:
        path: Where it lies.
        passphrase: The passphrase.
        project_id: The study that it is to belong to.
        revision: The one that the study knows: after a crash between the writing of the key and
            that of the study, the version before is the right one.

    Raises:
        WrongUseError: It is not there (K822), the passphrase is wrong (K219), or it belongs to
            another study (K823), or it is older than the study's text (K824).
        DamagedProjectError: It is no key file (K218, K825).
    """
    key = OpenKey(path, KeyContent(project_id), passphrase)
    _bring_back(key)
    content = _read(path, passphrase)
    if content.project != project_id:
        raise WrongUseError(
            _("the key file belongs to another study"), _("name the right key file"), "K823"
        )
    if key.former_path.exists() and content.revision > revision:
        former = _read(key.former_path, passphrase)
        if former.project == project_id and former.revision >= revision:
            key.former_path.replace(path)
            content = former
    if content.revision < revision:
        raise WrongUseError(
            _("the key file is older than the study, and lacks originals"),
            _("use the newest copy of the key file"),
            "K824",
        )
    key.content = content
    if content.revision == revision:
        overwrite_and_remove(key.former_path)
    return key


def _bring_back(key: OpenKey) -> None:
    if not key.path.exists() and key.former_path.exists():
        key.former_path.replace(key.path)


def _read(path: Path, passphrase: str) -> KeyContent:
    try:
        sealed = path.read_bytes()
    except OSError as error:
        raise WrongUseError(
            _("the key file is not where it should be: {file}", file=path.name),
            _("put it back, or name its place with the setting 'key-file'"),
            "K822",
        ) from error
    return _from_bytes(encrypted.decrypt(sealed, passphrase))


def new_key(path: Path, passphrase: str, project_id: str) -> OpenKey:
    """A key for a study that has none; it is on the disk once something is written in it.

    Raises:
        WrongUseError: K826, the passphrase is empty.
    """
    if not passphrase:
        raise WrongUseError(_("the passphrase is empty"), _("type some words"), "K826")
    return OpenKey(path, KeyContent(project_id), passphrase)


def overwrite_and_remove(path: Path) -> None:
    """Remove a file after its bytes were overwritten, as far as the disk lets one."""
    try:
        length = path.stat().st_size
        with path.open("r+b") as stream:
            stream.write(b"\0" * length)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        pass
    path.unlink(missing_ok=True)


def _write_synced(path: Path, content: bytes) -> None:
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("wb") as stream:
        if os.name == "posix":
            os.fchmod(stream.fileno(), 0o600)
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Let the new name reach the disk; Windows does so by itself, and cannot be asked."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _to_bytes(content: KeyContent) -> bytes:
    told: dict[str, Any] = {
        "format": FORMAT,
        "project": content.project,
        "revision": content.revision,
    }
    for part, name in _NAMES.items():
        kept = content.parts[part]
        told[name] = None if kept is None else _part_to_json(kept)
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _part_to_json(part: KeptPart) -> dict[str, Any]:
    return {
        "entities": {key: _entity_to_json(one) for key, one in part.entities.items()},
        "spans": dict(part.spans),
        "borders": {key: list(found) for key, found in part.borders.items()},
        "values": {key: [one.old, one.new, one.pairs] for key, one in part.values.items()},
        "texts": [
            [one.event_id, one.number, one.text, one.salt.hex()] for one in part.texts.values()
        ],
    }


def _entity_to_json(one: Entity) -> list[Any]:
    return [one.type, one.name, one.aliases, one.action, one.replacement, one.reason]


def _from_bytes(content: bytes) -> KeyContent:
    try:
        told = json.loads(content.decode("utf-8", "surrogatepass"))
        told = told if told["format"] == FORMAT else {}
        parts = {part: _part_from_json(told[name]) for part, name in _NAMES.items()}
        return KeyContent(str(told["project"]), int(told["revision"]), parts)
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedProjectError(
            _("the file is no key of kodebok, or of a newer one"),
            _("name the key file of this study, or install the newest kodebok"),
            "K825",
        ) from error


def _part_from_json(told: Any) -> KeptPart | None:
    if told is None:
        return None
    texts = [SealedText(row[0], row[1], row[2], bytes.fromhex(row[3])) for row in told["texts"]]
    return KeptPart(
        {key: _entity_from_json(key, row) for key, row in told["entities"].items()},
        dict(told["spans"]),
        {key: tuple(_border(row) for row in rows) for key, rows in told["borders"].items()},
        {key: _value_from_json(row) for key, row in told["values"].items()},
        {text_key(one): one for one in texts},
    )


def _border(row: list[Any]) -> tuple[str, str, str, int]:
    return (str(row[0]), str(row[1]), str(row[2]), int(row[3]))


def _value_from_json(row: list[Any]) -> KeptValue:
    return KeptValue(row[0], row[1], tuple((pair[0], pair[1]) for pair in row[2]))


def _entity_from_json(entity_id: str, row: list[Any]) -> Entity:
    action = None if row[3] is None else Action(row[3])
    return Entity(entity_id, IdentifierType(row[0]), row[1], tuple(row[2]), action, row[4], row[5])
