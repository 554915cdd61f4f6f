"""Calls that only one operating system has: whether the disk under a folder is encrypted.

Nothing is asked of a network, and nothing is changed. What a system does not tell a user without
special rights is `UNKNOWN`, with the reason.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from kodebok.i18n import translator

_ = translator("study")

_TIMEOUT_S = 10

# File systems that encrypt what lies in them, as the kernel names them.
_ENCRYPTING = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"})
_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "afs", "davfs"})
_IN_MEMORY = frozenset({"tmpfs", "ramfs"})

# `System.Volume.BitLockerProtection` of the Windows shell; a user without rights may read it.
_SHELL_ANSWERS = {"1": True, "2": False, "3": False, "4": False, "5": False, "6": True}

Runner = Callable[[Sequence[str]], str | None]


class DiskState(StrEnum):
    """What is known of a disk."""

    ENCRYPTED = "encrypted"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Disk:
    """Whether the disk under a folder is encrypted.

    Attributes:
        by: What told it, such as `BitLocker`.
        why: For an unknown state: what could not be found out, translated.
    """

    state: DiskState
    by: str
    why: str = ""


def run_program(words: Sequence[str]) -> str | None:
    """What a program of the system prints, or None when it is not there or does not answer."""
    try:
        done = subprocess.run(
            words,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout


@cache
def disk_of(folder: Path) -> Disk:
    """The disk that a folder lies on; asked once for each folder, since it may take a second."""
    if sys.platform == "win32":
        return windows_disk(folder.resolve().drive, run_program)
    if sys.platform == "darwin":
        return mac_disk(folder.resolve(), run_program)
    return linux_disk(folder.resolve(), Path("/"), run_program)


def windows_disk(drive: str, run: Runner) -> Disk:
    """BitLocker on a drive such as `C:`; the shell is asked first, as it needs no rights."""
    if not re.fullmatch("[A-Za-z]:", drive):
        return _unknown("BitLocker", _("the folder lies on another machine"))
    asked = (
        "(New-Object -ComObject Shell.Application).NameSpace("
        f"'{drive}').Self.ExtendedProperty('System.Volume.BitLockerProtection')"
    )
    answer = (run(("powershell", "-NoProfile", "-Command", asked)) or "").strip()
    if answer in _SHELL_ANSWERS:
        is_on = _SHELL_ANSWERS[answer]
        return Disk(DiskState.ENCRYPTED if is_on else DiskState.OPEN, "BitLocker")
    report = run(("manage-bde", "-status", drive)) or ""
    return _read_bitlocker_report(report)


def _read_bitlocker_report(report: str) -> Disk:
    """What `manage-bde -status` printed, in English or Norwegian."""
    found = re.search(r"(?:Protection Status|Beskyttelsesstatus):\s*(\S.*)", report)
    if found is None:
        return _unknown("BitLocker", _("Windows tells it to administrators alone"))
    words = found[1].strip().casefold()
    if words.endswith((" on", " på")):
        return Disk(DiskState.ENCRYPTED, "BitLocker")
    if words.endswith((" off", " av")):
        return Disk(DiskState.OPEN, "BitLocker")
    return _unknown("BitLocker", _("Windows' answer was not understood"))


def mac_disk(folder: Path, run: Runner) -> Disk:
    """FileVault, which covers the Mac's own disk."""
    if folder.parts[1:2] == ("Volumes",):
        return _unknown("FileVault", _("the folder lies on another disk than the Mac's own"))
    answer = run(("fdesetup", "status")) or ""
    if "FileVault is On" in answer:
        return Disk(DiskState.ENCRYPTED, "FileVault")
    if "FileVault is Off" in answer:
        return Disk(DiskState.OPEN, "FileVault")
    return _unknown("FileVault", _("the Mac did not tell"))


@dataclass(frozen=True, slots=True)
class _Mount:
    place: str
    kind: str
    source: str
    number: str  # major:minor


def linux_disk(folder: Path, root: Path, run: Runner) -> Disk:
    """LUKS and file systems that encrypt, by `/proc` and `/sys`, then `lsblk`.

    Args:
        folder: Absolute, as the system knows it.
        root: Where `/proc` and `/sys` hang; another folder than `/` in a test.
        run: Runs a program.
    """
    mount = _mount_of(folder, root)
    if mount is None:
        return _unknown("LUKS", _("the system does not say which disk the folder is on"))
    if mount.kind in _ENCRYPTING:
        return Disk(DiskState.ENCRYPTED, mount.kind.removeprefix("fuse."))
    if mount.kind in _REMOTE | _IN_MEMORY:
        return _unknown("LUKS", _("the folder lies on another machine, or in memory"))
    device = root / "sys/dev/block" / mount.number
    return _judge_layers(list(_layers(device))) if device.exists() else _ask_lsblk(mount, run)


def _mount_of(folder: Path, root: Path) -> _Mount | None:
    """The mount with the longest path that the folder lies under; the last of equals wins."""
    try:
        lines = (root / "proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    found = None
    for line in lines:
        mount = _parse_mount(line)
        is_above = mount is not None and folder.is_relative_to(mount.place)
        if mount and is_above and (found is None or len(mount.place) >= len(found.place)):
            found = mount
    return found


def _parse_mount(line: str) -> _Mount | None:
    """A line of mountinfo, as proc(5) describes it; spaces in paths are octal there."""
    left, dash, right = line.partition(" - ")
    fields, more = left.split(" "), right.split(" ")
    if not dash or len(fields) < 5 or len(more) < 2:  # noqa: PLR2004 - fields of proc(5)
        return None
    place = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), fields[4])
    return _Mount(place, more[0], more[1], fields[2])


def _layers(device: Path) -> Iterator[Path]:
    """A block device and all that it stands on."""
    yield device
    slaves = device / "slaves"
    for below in sorted(slaves.iterdir()) if slaves.is_dir() else ():
        yield from _layers(below)


def _is_encrypted_layer(layer: Path) -> bool:
    try:
        return (layer / "dm/uuid").read_text(encoding="utf-8").startswith("CRYPT-")
    except OSError:
        return False


def _judge_layers(layers: Sequence[Path]) -> Disk:
    """A disk of this machine and what it stands on; a virtual one may be encrypted elsewhere."""
    if any(_is_encrypted_layer(layer) for layer in layers):
        return Disk(DiskState.ENCRYPTED, "LUKS")
    names = {os.path.realpath(layer).rpartition("/")[2] for layer in layers}
    if any(name.startswith(("vd", "xvd", "loop", "nbd", "rbd")) for name in names):
        return _unknown("LUKS", _("the machine is virtual: its disk is kept by another machine"))
    return Disk(DiskState.OPEN, "LUKS")


def _ask_lsblk(mount: _Mount, run: Runner) -> Disk:
    """For file systems over several disks, such as btrfs, whose number is no device's."""
    if not mount.source.startswith("/dev/"):
        return _unknown("LUKS", _("the system does not say which disk the folder is on"))
    answer = run(("lsblk", "--inverse", "--json", "--output", "NAME,TYPE", mount.source))
    try:
        content = json.loads(answer or "")
    except ValueError:
        return _unknown("LUKS", _("the system does not say which disk the folder is on"))
    types = set(_types(content.get("blockdevices", ())))
    if not types:
        return _unknown("LUKS", _("the system does not say which disk the folder is on"))
    return Disk(DiskState.ENCRYPTED if "crypt" in types else DiskState.OPEN, "LUKS")


def _types(devices: Sequence[dict[str, object]]) -> Iterator[object]:
    for device in devices:
        yield device.get("type")
        below = device.get("children")
        yield from _types(below if isinstance(below, list) else ())


def _unknown(by: str, why: str) -> Disk:
    return Disk(DiskState.UNKNOWN, by, why)
