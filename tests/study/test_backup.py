"""A backup is one encrypted file that gives the study back, to the byte but for what was erased."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pyrage
import pytest

from kodebok.errors import (
    DamagedProjectError,
    ExitCode,
    KodebokError,
    WrongUseError,
)
from kodebok.storage import departures
from kodebok.storage.database import Store
from kodebok.storage.history import load_events
from kodebok.storage.integrity import check_store
from kodebok.study import backup as backup_module
from kodebok.study.backup import default_backup_path, make_backup
from kodebok.study.backup_file import SUFFIX
from kodebok.study.card import change_card, local_today
from kodebok.study.erasures import record_erasures, remember_erasures, remembered_erasures
from kodebok.study.opening import open_study
from kodebok.study.restoring import restore_backup
from tests import builders

ROOT = Path(__file__).parents[2]
PASSPHRASE = "fire ord om våren"
SECRET = "Ergoterapeut"


@pytest.fixture(autouse=True)
def _own_data(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setenv("KODEBOK_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))


def make_study(folder: Path) -> Path:
    """A study with an interview, sound of 3 MB, an export, and settings."""
    with builders.make_store(folder) as store:
        source = builders.add_interview(store, name="I1", case="Informant 1")
        code = builders.add_code(store, "Møtepunkt")
        builders.code_passage(store, source, code, "Det faste møtet")
    (folder / "kodebok.toml").write_text('coder = "Kari"\n', encoding="utf-8")
    (folder / "audio/I1 æøå.wav").write_bytes(bytes(range(256)) * 12_000 + b"end")
    (folder / "exports/dypere").mkdir()
    (folder / "exports/dypere/tom.txt").write_bytes(b"")
    (folder / "exports/dypere/funn.docx").write_bytes(b"PK" * 400)
    return folder


def files_of(folder: Path) -> dict[str, str]:
    """Digest of every file but the database, which is compared by its rows."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("kodebok.db") and "copies" not in path.parts
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A study and its backup."""
    place = tmp_path_factory.mktemp("backup")
    folder = make_study(place / "study")
    with open_study(folder) as study:
        state = builders.state_of(study.store)
        events = [event.hash for event in load_events(study.store)]
        target = place / f"copy{SUFFIX}"
        result = make_backup(study, target, PASSPHRASE)
        assert departures.load_backups(study.store)[0].digest == result.digest
    assert hashlib.sha256(target.read_bytes()).hexdigest() == result.digest
    return folder, target, state, events


def nothing_left_half_done(folder: Path) -> bool:
    return not [path for path in folder.iterdir() if path.name.startswith(".kodebok")]


def test_a_study_comes_back_to_the_byte(made, tmp_path):
    folder, target, state, events = made
    restored = restore_backup(target, tmp_path / "back", PASSPHRASE)
    assert files_of(restored.folder) == files_of(folder)
    assert (restored.files, restored.erased) == (5, 0)
    assert (restored.folder / "transcripts").is_dir()
    with Store.open(restored.folder) as store:
        assert builders.state_of(store) == state
        assert [event.hash for event in load_events(store)] == events
        assert check_store(store) == []
        assert store.rows("PRAGMA journal_mode") == [("wal",)]
    original = (folder / "audio/I1 æøå.wav").stat().st_mtime
    assert (restored.folder / "audio/I1 æøå.wav").stat().st_mtime == int(original)
    assert nothing_left_half_done(tmp_path)


def test_nothing_of_the_study_can_be_read_in_the_file(made):
    content = made[1].read_bytes()
    for words in (SECRET, "Informant 1", "møtet", "funn.docx", "Kari", PASSPHRASE):
        assert words.encode() not in content


def test_any_age_program_opens_it(made, tmp_path):
    with tarfile.open(made[1]) as outer:
        assert outer.getnames() == ["README.txt", "identity.age", "study.tar.age"]
        sealed, study = (outer.extractfile(name).read() for name in outer.getnames()[1:])
    identity = pyrage.passphrase.decrypt(sealed, PASSPHRASE).decode().strip()
    plain = pyrage.decrypt(study, [pyrage.x25519.Identity.from_str(identity)])
    with tarfile.open(fileobj=BytesIO(plain)) as inner:
        assert inner.getnames()[-1] == "manifest.json"
        manifest = json.load(inner.extractfile("manifest.json"))
        listed = {item["name"]: item["sha256"] for item in manifest["files"]}
        for name, digest in listed.items():
            assert hashlib.sha256(inner.extractfile(name).read()).hexdigest() == digest


def test_a_wrong_passphrase_opens_nothing(made, tmp_path):
    with pytest.raises(WrongUseError, match="K219"):
        restore_backup(made[1], tmp_path / "back", PASSPHRASE + "!")
    assert not (tmp_path / "back").exists()
    assert nothing_left_half_done(tmp_path)


def changed(made, tmp_path, change):
    content = bytearray(made[1].read_bytes())
    path = tmp_path / f"changed{SUFFIX}"
    path.write_bytes(change(content))
    return path


def flipped(content: bytearray) -> bytearray:
    content[len(content) // 2] ^= 1
    return content


@pytest.mark.parametrize(
    "change",
    [lambda c: c[: len(c) // 2], lambda c: c[:-4_000], flipped],
    ids=["half of it", "its end gone", "one bit turned"],
)
def test_a_damaged_backup_restores_nothing(made, tmp_path, change):
    path = changed(made, tmp_path, change)
    with pytest.raises(DamagedProjectError) as told:
        restore_backup(path, tmp_path / "back", PASSPHRASE)
    assert told.value.code in {"K221", "K567"}
    assert not (tmp_path / "back").exists()
    assert nothing_left_half_done(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"hei", b"PK\x03\x04" + b"x" * 2_000], ids=["empty", "text", "zip"]
)
def test_a_foreign_file_is_no_backup(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(WrongUseError, match="K566"):
        restore_backup(path, tmp_path / "back", PASSPHRASE)


def test_another_tar_is_no_backup(tmp_path):
    path = tmp_path / "other.tar"
    with tarfile.open(path, "w") as tar:
        tar.addfile(tarfile.TarInfo("x"))
    with pytest.raises(WrongUseError, match="K566"):
        restore_backup(path, tmp_path / "back", PASSPHRASE)


def test_a_backup_that_is_not_there_is_told(tmp_path):
    with pytest.raises(KodebokError, match="K563"):
        restore_backup(tmp_path / "none", tmp_path / "back", PASSPHRASE)


def test_a_study_is_never_restored_over_another(made, tmp_path):
    (tmp_path / "back").mkdir()
    (tmp_path / "back/mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(WrongUseError, match="K568"):
        restore_backup(made[1], tmp_path / "back", PASSPHRASE)
    assert (tmp_path / "back/mine.txt").read_text(encoding="utf-8") == "x"


@pytest.fixture
def study(tmp_path):
    with open_study(make_study(tmp_path / "study")) as opened:
        yield opened


def test_the_target_is_outside_the_study_and_new(study, tmp_path):
    for path, passphrase, code in (
        (study.folder / "exports/b", PASSPHRASE, "K560"),
        (study.folder / "kodebok.toml", PASSPHRASE, "K560"),
        (tmp_path / "there", PASSPHRASE, "K561"),
        (tmp_path / "new", "  ", "K570"),
    ):
        (tmp_path / "there").write_text("mine", encoding="utf-8")
        with pytest.raises(WrongUseError) as told:
            make_backup(study, path, passphrase)
        assert told.value.code == code
    assert (tmp_path / "there").read_text(encoding="utf-8") == "mine"
    assert departures.load_backups(study.store) == []


def test_it_goes_to_the_approved_place_under_a_new_name(study, tmp_path):
    assert default_backup_path(study, local_today()).parent == tmp_path
    (tmp_path / "server").mkdir()
    change_card(study, {"folder": str(tmp_path / "server")})
    first = default_backup_path(study, local_today())
    assert first.parent == tmp_path / "server"
    first.write_bytes(b"")
    second = default_backup_path(study, local_today())
    assert second != first
    assert not second.exists()


def test_a_folder_that_does_not_exist_is_told(study, tmp_path):
    with pytest.raises(KodebokError, match="K563"):
        make_backup(study, tmp_path / "no such/b", PASSPHRASE)


def test_too_little_room_is_told_before_anything_is_written(study, tmp_path, monkeypatch):
    class Usage:
        free = 1_000_000

    monkeypatch.setattr(backup_module.shutil, "disk_usage", lambda _folder: Usage)
    with pytest.raises(KodebokError, match="K562"):
        make_backup(study, tmp_path / "b", PASSPHRASE)
    assert nothing_left_half_done(tmp_path)
    assert nothing_left_half_done(study.folder)


def test_what_is_interrupted_leaves_nothing_behind(study, tmp_path):
    def interrupt(done: int, _total: int) -> None:
        if done > 1_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(study, tmp_path / "b", PASSPHRASE, progress=interrupt)
    assert not (tmp_path / "b").exists()
    assert nothing_left_half_done(tmp_path)
    assert nothing_left_half_done(study.folder)
    assert departures.load_backups(study.store) == []


def test_a_file_that_grows_meanwhile_is_told(study, tmp_path):
    sound = study.folder / "audio/I1 æøå.wav"

    def grow(_done: int, _total: int) -> None:
        with sound.open("ab") as out:
            out.write(b"more")

    with pytest.raises(KodebokError, match="K564"):
        make_backup(study, tmp_path / "b", PASSPHRASE, progress=grow)
    assert not (tmp_path / "b").exists()


def test_what_cannot_be_read_back_is_not_called_a_backup(study, tmp_path, monkeypatch):
    real = backup_module.write_backup

    def failing_disk(out, *arguments):
        expected = real(out, *arguments)
        out.seek(100_000)
        out.write(b"\0\0\0\0")
        return expected

    monkeypatch.setattr(backup_module, "write_backup", failing_disk)
    with pytest.raises(DamagedProjectError):
        make_backup(study, tmp_path / "b", PASSPHRASE)
    assert not (tmp_path / "b").exists()
    assert departures.load_backups(study.store) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_a_disk_that_fills_up_is_told_and_leaves_nothing(tmp_path):
    """The limit on the size of a file stands in for a full disk."""
    make_study(tmp_path / "study")
    program = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))\n"
        "sys.argv = ['kodebok', '-C', 'study', 'backup', 'b', '--lang', 'en']\n"
        "from kodebok.__main__ import main\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KODEBOK_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == ExitCode.FAILED, done.stderr
    assert "K563" in done.stderr
    assert not (tmp_path / "b").exists()
    assert nothing_left_half_done(tmp_path)


def test_sound_can_be_left_out(study, tmp_path):
    make_backup(study, tmp_path / "b", PASSPHRASE, without=["audio"])
    restored = restore_backup(tmp_path / "b", tmp_path / "back", PASSPHRASE)
    kept = files_of(study.folder)
    del kept["audio/I1 æøå.wav"]
    assert files_of(restored.folder) == kept
    assert (restored.folder / "audio").is_dir()


def test_what_was_erased_since_does_not_come_back(made, tmp_path):
    folder, target, _state, _events = made
    with open_study(folder) as study:
        project_id = study.project().id
    remember_erasures(project_id, ["gone"])
    remember_erasures(project_id, ["gone", "too"])
    assert remembered_erasures(project_id) == {"gone", "too"}
    restored = restore_backup(target, tmp_path / "back", PASSPHRASE)
    assert restored.erased == 2
    assert nothing_left_half_done(tmp_path)


def test_a_newer_copy_tells_what_was_erased_too(made, tmp_path):
    newer = restore_backup(made[1], tmp_path / "newer", PASSPHRASE).folder
    with open_study(newer) as study, study.store.act("withdraw", study.coder.id) as act:
        record_erasures(act, ["gone"])
    assert restore_backup(made[1], tmp_path / "back", PASSPHRASE, newer=newer).erased == 1
    assert restore_backup(made[1], tmp_path / "third", PASSPHRASE).erased == 0


def test_a_backup_made_after_the_erasure_is_restored(study, tmp_path):
    with study.store.act("withdraw", study.coder.id) as act:
        record_erasures(act, ["gone"])
    remember_erasures(study.project().id, ["gone"])
    make_backup(study, tmp_path / "b", PASSPHRASE)
    assert restore_backup(tmp_path / "b", tmp_path / "back", PASSPHRASE).erased == 0


def test_a_list_of_erasures_that_cannot_be_read_counts_as_none(tmp_path, monkeypatch):
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path))
    (tmp_path / "erased").mkdir()
    (tmp_path / "erased/p.json").write_text("{", encoding="utf-8")
    assert remembered_erasures("p") == set()
