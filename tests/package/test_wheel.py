"""The built wheel holds all that a user needs, the example study too."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel's files in a folder of their own, away from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def kodebok(installed, *arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, "-m", "kodebok", *arguments],
        cwd=cwd,
        env={
            **os.environ,
            "PYTHONPATH": str(installed),
            "PYTHONWARNINGS": "error",
            "KODEBOK_LANG": "nb",
            "KODEBOK_STATE_DIR": str(cwd / "state"),
            "KODEBOK_CONFIG_DIR": str(cwd / "config"),
            **environment,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_is_what_runs(installed, tmp_path):
    code = "import kodebok; print(kodebok.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(found.stdout.strip()).is_relative_to(installed)


def test_the_example_study_is_made_from_the_wheel(installed, tmp_path):
    made = kodebok(installed, "demo", "eksempel", "--no-open", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    listed = kodebok(installed, "-C", "eksempel", "sources", "--json", cwd=tmp_path)
    names = [item["name"] for item in json.loads(listed.stdout)["items"]]
    assert names == ["G1", "I1", "I2", "I3", "I4", "N1"]
    checked = kodebok(installed, "-C", "eksempel", "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr


def test_a_chapter_is_written_from_the_wheel(installed, tmp_path):
    kodebok(installed, "demo", "eksempel", "--no-open", cwd=tmp_path)
    target = tmp_path / "funn.docx"
    done = kodebok(installed, "-C", "eksempel", "export", "word", "-o", str(target), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    from docx import Document

    text = "\n".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
    assert "Faste møtepunkt" in text


def test_every_language_of_the_screen_is_in_the_wheel(installed):
    rooms = {path.name for path in (ROOT / "kodebok" / "locale" / "nb").glob("*.json")}
    for language in ("nb", "nn"):
        folder = installed / "kodebok" / "locale" / language
        assert {path.name for path in folder.glob("*.json")} == rooms
