"""Every screen test has its own settings and state, speaks bokmål, and lives in UTC."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.i18n import set_language
from kodebok.study import machine


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"KODEBOK_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setenv("KODEBOK_LANG", "nb")
    for name in ("KODEBOK_THEME", "KODEBOK_CODER", "KODEBOK_SIGNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    set_language("nb")
    unknown = machine.Disk(machine.DiskState.UNKNOWN, "LUKS")
    monkeypatch.setattr("kodebok.study.machine.disk_of", lambda _folder: unknown)
    yield
    set_language("")
    monkeypatch.undo()
    time.tzset()
