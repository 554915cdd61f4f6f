"""Settings: flag, then environment, then the project's file, then the user's, then the default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.paths import SETTINGS_NAME, user_config_dir

_ = translator("config")

USER_SETTINGS_NAME = "config.toml"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that a person may give.

    Attributes:
        key: Dotted name in the files; in the environment `KODEBOK_` and the same in capitals.
        choices: The values allowed; empty for any text.
    """

    key: str
    default: str
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return "KODEBOK_" + self.key.upper().replace(".", "_").replace("-", "_")


SETTINGS = {
    setting.key: setting
    for setting in (
        Setting("coder", ""),
        Setting("lang", "", ("nb", "nn", "en")),
        Setting("theme", "dark", ("dark", "light", "contrast", "plain")),
        Setting("signs", "unicode", ("unicode", "ascii")),
        Setting("preset", "code-id"),
        Setting("role-variable", "rolle trykt"),
        Setting("key-file", ""),
    )
}


class Settings:
    """All layers of settings, read once."""

    def __init__(self, project_folder: Path | None = None) -> None:
        self._project = _read(project_folder / SETTINGS_NAME) if project_folder else {}
        self._user = _read(user_config_dir() / USER_SETTINGS_NAME)

    def get(self, key: str, flag: str | None = None) -> str:
        """The value in force.

        Raises:
            WrongUseError: A value that is not among the choices.
        """
        setting = SETTINGS[key]
        for value in (
            flag,
            os.environ.get(setting.variable),
            _look_up(self._project, key),
            _look_up(self._user, key),
        ):
            if value:
                return check_value(setting, str(value))
        return setting.default

    def table(self, name: str) -> Mapping[str, Any]:
        """A table of the project's file, such as `keys` or `presets`, over the user's."""
        return {**self._user.get(name, {}), **self._project.get(name, {})}


def check_value(setting: Setting, value: str) -> str:
    """The value, when it is one that the setting can have.

    Raises:
        WrongUseError: It is not.
    """
    if setting.choices and value not in setting.choices:
        raise WrongUseError(
            _("the setting {key} cannot have that value", key=setting.key),
            _("use one of: {choices}", choices=", ".join(setting.choices)),
            "K010",
        )
    return value


def _look_up(content: Mapping[str, Any], key: str) -> Any:
    value: Any = content.get(key)
    return value if isinstance(value, str | int | float | bool) else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise WrongUseError(
            _("the settings in {file} cannot be read", file=path.name),
            _("mend the file, or take it away"),
            "K011",
        ) from error


def write_setting(folder: Path | None, key: str, value: str) -> Path:
    """Set a value in the project's file, or in the user's for None; comments stay.

    Returns:
        The file written.

    Raises:
        WrongUseError: There is no such setting, or it cannot have that value.
    """
    if key not in SETTINGS:
        raise WrongUseError(
            _("there is no setting of that name"),
            _("use one of: {choices}", choices=", ".join(SETTINGS)),
            "K012",
        )
    check_value(SETTINGS[key], value)

    def change(content: Any) -> None:
        content[key] = value

    return _rewrite(folder, change)


def write_table_value(folder: Path | None, table: str, name: str, value: str) -> Path:
    """Set a value in a table, such as `keys`, of the project's file, or of the user's for None.

    Returns:
        The file written.
    """

    def change(content: Any) -> None:
        content.setdefault(table, {})[name] = value

    return _rewrite(folder, change)


def remove_table_value(folder: Path | None, table: str, name: str) -> None:
    """Take a value out of a table; nothing happens when it is not there."""
    path = _settings_path(folder)
    if name in _read(path).get(table, {}):
        _rewrite(folder, lambda content: content[table].pop(name))


def _settings_path(folder: Path | None) -> Path:
    return folder / SETTINGS_NAME if folder else user_config_dir() / USER_SETTINGS_NAME


def _rewrite(folder: Path | None, change: Callable[[Any], object]) -> Path:
    """Change a settings file, its comments kept; a half-written file never takes its place."""
    import tomlkit

    path = _settings_path(folder)
    _read(path)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    content = tomlkit.parse(text)
    change(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(tomlkit.dumps(content), encoding="utf-8")
    unfinished.replace(path)
    return path
