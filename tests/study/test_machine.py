"""Whether the disk is encrypted, and who copies the folder away, on three systems by simulation."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from kodebok.paths import syncing_service, syncing_service_of_path
from kodebok.study.machine import DiskState, linux_disk, mac_disk, run_program, windows_disk

# A part of what `manage-bde -status C:` prints, in English and in Norwegian.
BDE = """\
Volume C: [Windows]
    BitLocker Version:    2.0
    Percentage Encrypted: 100.0%
    Protection Status:    Protection On
    Lock Status:          Unlocked
"""
BDE_NB = """\
Volum C: [Windows]
    Kryptert prosent:     0,0%
    Beskyttelsesstatus:   Beskyttelse av
"""


def answering(**answers):
    """A system whose programs answer so; one that is not named does not exist."""
    return lambda words: answers.get(words[0].replace("-", "_"))


@pytest.mark.parametrize(
    ("answer", "state"),
    [("1\r\n", DiskState.ENCRYPTED), ("2", DiskState.OPEN), ("5", DiskState.OPEN)],
)
def test_the_windows_shell_tells_of_bitlocker_without_rights(answer, state):
    disk = windows_disk("C:", answering(powershell=answer))
    assert (disk.state, disk.by) == (state, "BitLocker")


def test_manage_bde_is_read_in_both_languages_when_the_shell_says_nothing():
    assert windows_disk("C:", answering(manage_bde=BDE)).state is DiskState.ENCRYPTED
    assert windows_disk("C:", answering(powershell="", manage_bde=BDE_NB)).state is DiskState.OPEN


def test_what_windows_does_not_tell_is_said_to_be_unknown():
    refused = "ERROR: An attempt to access a required resource was denied."
    for run in (answering(), answering(manage_bde=refused)):
        disk = windows_disk("C:", run)
        assert disk.state is DiskState.UNKNOWN
        assert disk.why
    assert windows_disk(r"\\server\share", answering(powershell="1")).state is DiskState.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("FileVault is On.\n", DiskState.ENCRYPTED),
        ("FileVault is Off.\n", DiskState.OPEN),
        (None, DiskState.UNKNOWN),
    ],
)
def test_filevault_is_asked_on_a_mac(answer, state):
    folder = Path("/Users/kari/studie")
    assert mac_disk(folder, answering(fdesetup=answer)).state is state


def test_filevault_says_nothing_of_a_memory_stick():
    disk = mac_disk(Path("/Volumes/USB/studie"), answering(fdesetup="FileVault is On.\n"))
    assert disk.state is DiskState.UNKNOWN


def linux(tmp_path: Path, mounts: str) -> Path:
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/mountinfo").write_text(mounts, encoding="utf-8")
    return tmp_path


def device(root: Path, number: str, *, uuid: str = "", on: str = "") -> Path:
    folder = root / "sys/dev/block" / number
    (folder / "slaves").mkdir(parents=True)
    if uuid:
        (folder / "dm").mkdir()
        (folder / "dm/uuid").write_text(uuid, encoding="utf-8")
    if on:
        (folder / "slaves" / on.replace(":", "_")).symlink_to(root / "sys/dev/block" / on)
    return folder


def test_luks_is_found_below_a_logical_volume(tmp_path):
    root = linux(tmp_path, "1 0 253:1 / / rw - ext4 /dev/mapper/vg-root rw\n")
    device(root, "253:1", uuid="LVM-abc", on="253:0")
    device(root, "253:0", uuid="CRYPT-LUKS2-def", on="8:2")
    device(root, "8:2")
    assert linux_disk(Path("/home/kari"), root, answering()).state is DiskState.ENCRYPTED


def test_a_disk_without_luks_is_open_and_the_longest_mount_counts(tmp_path):
    mounts = (
        "1 0 253:0 / / rw - ext4 /dev/dm-0 rw\n"
        "2 1 8:17 / /media/kari/Min\\040disk rw - ext4 /dev/sdb1 rw\n"
    )
    root = linux(tmp_path, mounts)
    device(root, "253:0", uuid="CRYPT-LUKS2-def")
    device(root, "8:17")
    folder = Path("/media/kari/Min disk/studie")
    assert linux_disk(folder, root, answering()).state is DiskState.OPEN
    assert linux_disk(Path("/home/kari"), root, answering()).state is DiskState.ENCRYPTED


def test_lsblk_is_asked_for_a_file_system_over_several_disks(tmp_path):
    root = linux(tmp_path, "1 0 0:30 / / rw - btrfs /dev/mapper/luks-1 rw\n")
    crypt = '{"blockdevices":[{"name":"luks-1","type":"crypt","children":[{"type":"part"}]}]}'
    plain = '{"blockdevices":[{"name":"sda2","type":"part","children":[{"type":"disk"}]}]}'
    for answer, state in (
        (crypt, DiskState.ENCRYPTED),
        (plain, DiskState.OPEN),
        ("lsblk: not a block device", DiskState.UNKNOWN),
    ):
        assert linux_disk(Path("/home"), root, answering(lsblk=answer)).state is state


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "tmpfs", "fuse.sshfs"])
def test_a_share_is_unknown_and_an_encrypted_folder_is_known(tmp_path, kind):
    mounts = f"1 0 0:40 / /m rw - {kind} x rw\n2 0 0:41 / /e rw - fuse.gocryptfs y rw\n"
    root = linux(tmp_path, mounts)
    assert linux_disk(Path("/m/s"), root, answering()).state is DiskState.UNKNOWN
    assert linux_disk(Path("/e/s"), root, answering()).state is DiskState.ENCRYPTED
    assert linux_disk(Path("/other"), root, answering()).state is DiskState.UNKNOWN


def test_a_program_that_is_not_there_answers_nothing():
    assert run_program(("kodebok-no-such-program",)) is None
    assert "hei" in (run_program(("echo", "hei")) or "")


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"C:\Users\Kari\OneDrive - NTNU\Master"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\Kari\OneDrive\Dokumenter\s"), "OneDrive"),
        (PureWindowsPath(r"G:\Min disk\Master"), "Google Drive"),
        (PureWindowsPath(r"C:\Users\Kari\Dropbox (UiB)\s"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\Kari\Nextcloud\s"), "Nextcloud"),
        (PureWindowsPath(r"C:\Users\Kari\master"), None),
        (PurePosixPath("/Users/kari/Library/CloudStorage/OneDrive-NTNU/s"), "OneDrive"),
        (PurePosixPath("/Users/kari/Library/CloudStorage/GoogleDrive-k/s"), "Google Drive"),
        (PurePosixPath("/Users/kari/Library/Mobile Documents/com~apple~CloudDocs/s"), "iCloud"),
        (PurePosixPath("/home/kari/Dropbox/s"), "Dropbox"),
        (PurePosixPath("/home/kari/dropboxes/s"), None),
    ],
)  # fmt: skip
def test_a_service_is_known_by_the_path_on_any_system(path, service):
    assert syncing_service_of_path(path) == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0123456789ab.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    ],
)
def test_a_service_is_known_by_what_it_leaves_in_a_folder(tmp_path, marker, service):
    (tmp_path / "jobb/studie").mkdir(parents=True)
    (tmp_path / "jobb" / marker).write_text("", encoding="utf-8")
    assert syncing_service(tmp_path / "jobb/studie") == service
    assert syncing_service(tmp_path) is None


def test_dropbox_own_settings_in_the_home_folder_mark_nothing(tmp_path):
    (tmp_path / ".dropbox").mkdir()
    assert syncing_service(tmp_path) is None
