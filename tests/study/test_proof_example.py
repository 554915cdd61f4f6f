"""The example study's own chapters, checked against the example study: nothing is wrong in them."""

from __future__ import annotations

import docx
import pytest

from kodebok.export.presets import PRESETS
from kodebok.study.example import make_example
from kodebok.study.exporting import ExportKind, ExportOptions, run_export
from kodebok.study.proof import proof_manuscript
from kodebok.study.proof_findings import Kind
from kodebok.study.view import load_view
from tests.study.proof_manuscripts import changes, only

QUIET = {Kind.IDENTICAL, Kind.INDIRECT, Kind.DOMINANT}


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    with make_example(tmp_path_factory.mktemp("example") / "eksempel") as study:
        yield study


@pytest.mark.parametrize("preset", PRESETS)
def test_a_chapter_that_kodebok_made_is_clean_however_quotes_are_printed(example, tmp_path, preset):
    path = tmp_path / "funn.docx"
    run_export(example, ExportKind.WORD, path, ExportOptions(preset=preset))
    found = proof_manuscript(load_view(example), path)
    assert {finding.kind for finding in found.findings} <= QUIET
    assert found.counts()[Kind.IDENTICAL] >= 18


def test_every_coded_passage_printed_is_found_in_its_source(example, tmp_path):
    path = tmp_path / "alt.docx"
    run_export(example, ExportKind.WORD, path, ExportOptions(preset="code-id", from_codings=True))
    found = proof_manuscript(load_view(example), path)
    assert found.is_clean
    assert found.counts()[Kind.IDENTICAL] > 300


def test_one_word_changed_in_word_after_the_export_is_found(example, tmp_path):
    path = tmp_path / "funn.docx"
    run_export(example, ExportKind.WORD, path, ExportOptions(preset="block-first"))
    document = docx.Document(str(path))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    changed = next(run for run in runs if " ikke " in run.text and len(run.text.split()) > 15)
    changed.text = changed.text.replace(" ikke ", " aldri ", 1)
    document.save(str(path))
    found = proof_manuscript(load_view(example), path)
    assert changes(only(found, Kind.DRIFTED)) == [("ikke", "aldri")]
