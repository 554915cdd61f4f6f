"""The offline bundle: kodebok's wheels in one folder, installed with no network."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from docs.make_bundle import EXTRAS, READ_ME, ROOT, SUMS, fetch_command, make_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """A bundle whose own wheel is built for real; nothing is fetched."""
    told: list[list[str]] = []

    def run(words):
        told.append(list(words))
        if "download" not in words:
            subprocess.run(words, cwd=ROOT, check=True, capture_output=True)

    folder = make_bundle(tmp_path_factory.mktemp("bundle"), ["faster"], run=run)
    return folder, told


def test_the_folder_has_the_wheel_the_page_and_the_checksums(bundle):
    folder, _told = bundle
    (wheel,) = folder.glob("*.whl")
    assert {path.name for path in folder.iterdir()} == {wheel.name, READ_ME, SUMS}
    digest, name = (folder / SUMS).read_text(encoding="utf-8").split()
    assert (len(digest), name) == (64, wheel.name)
    page = (folder / READ_ME).read_text(encoding="utf-8")
    assert '--no-index --find-links . "kodebok[faster]"' in page


def test_only_wheels_are_fetched_and_no_program_is_built(bundle):
    _folder, told = bundle
    assert "--only-binary=:all:" in told[-1]
    assert told[-1][-1].endswith(".whl[faster]")


def test_another_kind_of_machine_can_be_asked_for(tmp_path):
    wheel = tmp_path / "kodebok-1-py3-none-any.whl"
    words = fetch_command(tmp_path, wheel, [], platform="win_amd64", python="3.12")
    assert words[-5:] == ["--platform", "win_amd64", "--python-version", "3.12", str(wheel)]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(FileExistsError):
        make_bundle(tmp_path)


def test_the_extras_that_can_be_asked_for_exist():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(EXTRAS) <= set(project["optional-dependencies"])


@pytest.mark.skipif(find_spec("pip") is None, reason="the environment has no pip")
def test_kodebok_is_installed_from_the_folder_alone(bundle, tmp_path):
    folder, _told = bundle
    install = "-m pip install --no-index --no-deps --quiet --disable-pip-version-check".split()
    where = ["--find-links", str(folder), "--target", str(tmp_path / "site"), "kodebok"]
    subprocess.run([sys.executable, *install, *where], check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-m", "kodebok", "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "kodebok" in done.stdout
    assert Path(tmp_path / "site/kodebok/_example").is_dir()
