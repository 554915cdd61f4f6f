"""A student goes from an empty folder to a chapter, without ever opening the screen."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from tests.cli.conftest import Run, in_a_process


def test_from_an_empty_folder_to_a_chapter_and_one_step_back(
    material: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "min studie"

    def line(*words: object) -> str:
        done = in_a_process(*words, "-C", folder, cwd=tmp_path)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8")

    line("init", folder, "--title", "Møter", "--coder", "Kari")
    line("import", material, "--yes", "--first-impression", "Handlekraftig")
    line("codebook", "import", material.parent / "codebook.yaml")
    line("code", "I1", "Faste møtepunkt", "--text", "Morgenmøtet.")
    line("search", "møte*", "--apply", "Faste møtepunkt", "--hits", "1,2", "--words")
    matrix = json.loads(line("matrix", "--json"))["items"]
    cells = {(cell["code"], cell["column"]): cell for cell in matrix}
    cell = cells["Samhandling/Faste møtepunkt", "Informant 1"]
    assert (cell["codings"], cell["passages"], cell["words"]) == (3, 3, 3)
    quotes = json.loads(line("quotes", "--json"))["items"]
    assert [quote["text"] for quote in quotes] == ["Morgenmøtet.", "møtene", "møtene"]
    written = Path(line("export", "word").strip())
    with zipfile.ZipFile(written) as package:
        assert "Morgenmøtet." in package.read("word/document.xml").decode("utf-8")
    line("undo")
    assert len(json.loads(line("quotes", "--json"))["items"]) == 1
    line("redo")
    assert len(json.loads(line("quotes", "--json"))["items"]) == 3


def test_the_example_study_is_made_and_is_whole(anywhere: Run, tmp_path: Path) -> None:
    answer = anywhere("demo", tmp_path / "demo", "--no-open")
    assert answer.code == 0
    assert answer.out == f"{tmp_path / 'demo'}\n"
    assert anywhere("-C", tmp_path / "demo", "check").code == 0
    status = anywhere("-C", tmp_path / "demo", "status", "--json").items[0]
    assert status["sources"] >= 5
    assert status["codings"] > 50
    assert anywhere("-C", tmp_path / "demo", "quote", "check").code == 0


def test_the_example_that_was_made_before_is_opened_as_it_was_left(
    anywhere: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    anywhere("demo", folder, "--no-open")
    anywhere("-C", folder, "codebook", "add", "Nøkkelskap")
    assert anywhere("demo", folder, "--no-open").code == 0
    codes = anywhere("-C", folder, "codebook", "show", "--json").items
    assert "Nøkkelskap" in [code["path"] for code in codes]


def test_a_study_of_ones_own_is_never_taken_for_the_example(anywhere: Run, tmp_path: Path) -> None:
    anywhere("init", tmp_path / "own")
    answer = anywhere("demo", tmp_path / "own", "--no-open")
    assert answer.code == 2
    assert "K202" in answer.err


def test_data_are_utf8_also_where_the_terminal_speaks_ascii(study: Run, tmp_path: Path) -> None:
    study("code", "I1", "Faste møtepunkt", "--text", "Morgenmøtet.")
    done = in_a_process(
        "quotes", "--json", cwd=tmp_path / "study", LC_ALL="C", PYTHONIOENCODING="ascii"
    )
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["items"][0]["text"] == "Morgenmøtet."
    done = in_a_process("quotes", cwd=tmp_path / "study", PYTHONIOENCODING="ascii")
    assert "Morgenmøtet." in done.stdout.decode("utf-8")
