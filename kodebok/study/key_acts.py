"""What is done with a study's key file: show, copy, another passphrase, destroy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kodebok.anonymise.key_file import OpenKey, overwrite_and_remove
from kodebok.domain.entity import Entity
from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.storage import anonymisation, cases
from kodebok.storage.anonymisation import AnonymisationState
from kodebok.storage.sealing import KeyPart, forget_sealed
from kodebok.study.opening import Study
from kodebok.study.unlocking import has_key_file, key_path

_ = translator("study")


@dataclass(frozen=True, slots=True)
class KeyPerson:
    """A participant or site, and what it was called."""

    case_id: str
    label: str
    person: str


def key_entities(key: OpenKey) -> list[Entity]:
    """Entities with their originals, by name."""
    return sorted(key.content.entities.values(), key=lambda one: (one.type, one.name))


def key_persons(study: Study, key: OpenKey) -> list[KeyPerson]:
    """Who the participants are, as far as their names were anonymised."""
    known = {case.id: case.name for case in cases.load_cases(study.store)}
    found = []
    for place, value in key.content.part(KeyPart.PERSONS).values.items():
        table, column, row_id = place.split(":", 2)
        if (table, column) == ("cases", "name") and row_id in known:
            found.append(KeyPerson(row_id, known[row_id], value.old))
    return sorted(found, key=lambda one: one.label)


def export_key(study: Study, target: Path) -> Path:
    """Write a copy of the key file, still under its passphrase, and note that there is one.

    Raises:
        WrongUseError: There is no key file (K840), or a file of that name (K841).
        KodebokError: K842, the place cannot be written.
    """
    path = key_path(study)
    if not has_key_file(study):
        raise WrongUseError(
            _("there is no key file"), _("it is made when anonymisation is applied"), "K840"
        )
    if target.exists():
        raise WrongUseError(
            _("{file} is there already", file=target.name), _("choose another name"), "K841"
        )
    try:
        with target.open("xb") as stream:
            stream.write(path.read_bytes())
    except OSError as error:
        raise KodebokError(
            _("{file} could not be written", file=target.name),
            _("choose another folder, or make room"),
            "K842",
        ) from error
    state = anonymisation.load_state(study.store)
    with study.store.act("key.export", study.coder.id, state.id) as act:
        anonymisation.write_state(act, replace(state, exported=state.exported + 1))
    return target


def destroy_key(study: Study, parts: frozenset[KeyPart], key: OpenKey | None) -> AnonymisationState:
    """Destroy a part of the key, or all of it, for good, and note that it was done.

    Args:
        study: The study.
        parts: What is destroyed.
        key: The open key; None is allowed when everything goes, as when the passphrase is lost.

    Raises:
        WrongUseError: Nothing was applied (K843), that part is gone already (K844), or the
            passphrase is needed for a part alone (K845).
    """
    state = anonymisation.load_state(study.store)
    gone = {
        KeyPart.REPLACEMENTS: state.no_replacements,
        KeyPart.PERSONS: state.no_persons,
    }
    if not state.revision:
        raise WrongUseError(
            _("nothing was anonymised in this study"), _("there is no key to destroy"), "K843"
        )
    if all(gone[part] for part in parts):
        raise WrongUseError(
            _("that part of the key was destroyed before"), _("see 'kodebok status'"), "K844"
        )
    left = [part for part in KeyPart if part not in parts and not gone[part]]
    if left and key is None:
        raise WrongUseError(
            _("a part alone is destroyed with the passphrase"), _("type the passphrase"), "K845"
        )
    new = replace(
        state,
        no_replacements=state.no_replacements or KeyPart.REPLACEMENTS in parts,
        no_persons=state.no_persons or KeyPart.PERSONS in parts,
        revision=state.revision + 1,
    )
    with study.store.act("key.destroy", study.coder.id, state.id) as act:
        anonymisation.write_state(act, new)
        for part in parts:
            forget_sealed(study.store, part)
        act.when_recorded.append(lambda: _write_without(study, parts, key, is_all=not left))
    return new


def _write_without(
    study: Study, parts: frozenset[KeyPart], key: OpenKey | None, *, is_all: bool
) -> None:
    """The key file first: what the study says to be destroyed is."""
    if is_all or key is None:
        path = key_path(study)
        for one in (path, path.with_name(path.name + ".before")):
            overwrite_and_remove(one)
        study.key = None
        return
    content = key.content
    for part in parts:
        content = content.without(part)
    content = replace(content, revision=content.revision + 1)
    key.write(content)
    key.settle(content)
