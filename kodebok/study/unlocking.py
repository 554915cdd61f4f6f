"""Where a study's key file lies, and opening it once a sitting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kodebok.anonymise.key_file import SUFFIX, OpenKey, new_key, open_key
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.paths import syncing_service, user_data_dir
from kodebok.storage import anonymisation
from kodebok.study.opening import Study

_ = translator("study")

KEYS_FOLDER = "keys"
SETTING = "key-file"


def key_path(study: Study) -> Path:
    """Where the key file lies, or is to lie: by the setting, else in the user's data folder."""
    chosen = study.settings.get(SETTING)
    if chosen:
        return (study.folder / Path(chosen).expanduser()).absolute()
    return user_data_dir() / KEYS_FOLDER / f"{study.project().id}{SUFFIX}"


def has_key_file(study: Study) -> bool:
    """Whether the key file is where it should be."""
    path = key_path(study)
    return path.exists() or path.with_name(path.name + ".before").exists()


def warnings_on_place(study: Study) -> list[str]:
    """Sentences on a key file that lies where the data lie, or is copied away."""
    path = key_path(study)
    said = []
    if path.is_relative_to(study.folder.absolute()):
        said.append(_("the key file lies in the study's own folder: keep the two apart"))
    service = syncing_service(path.parent)
    if service:
        said.append(_("the key file is copied away by {service}", service=service))
    return said


def unlock(study: Study, passphrase: str) -> OpenKey:
    """Open the key file, or begin one where the study has none yet; takes a second or two.

    Raises:
        WrongUseError: The passphrase is wrong (K219), the file is lost (K822), or another
            study's (K823), or too old (K824), or it was destroyed (K827).
        DamagedProjectError: It is no key file.
    """
    if study.key is not None:
        return study.key
    state = anonymisation.load_state(study.store)
    if has_key_file(study):
        study.key = open_key(key_path(study), passphrase, state.id, state.revision)
        return study.key
    if state.is_applied and not state.is_destroyed:
        raise WrongUseError(
            _("the key file is not where it should be: {file}", file=key_path(study).name),
            _("put it back, or name its place with the setting 'key-file'"),
            "K827",
        )
    key = new_key(key_path(study), passphrase, state.id)
    key.content = replace(key.content, revision=state.revision)
    study.key = key
    return key
