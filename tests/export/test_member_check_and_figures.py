"""A participant is shown her own words; a figure tells its words to the gate."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from kodebok.config import Settings
from kodebok.errors import WrongUseError
from kodebok.export.contents import texts_in
from kodebok.storage import projects
from kodebok.study.exporting import ExportKind, ExportOptions, default_path, make_export
from kodebok.study.opening import Study
from tests import builders


@pytest.fixture
def study(tmp_path: Path) -> Study:
    store = builders.make_store(tmp_path / "study")
    for number, words in enumerate(("hver onsdag", "Det faste møtet"), start=1):
        here = builders.add_interview(store, name=f"I{number}", case=f"Kjersti {number}")
        code = builders.add_code(store, "Rytme", definition="Det som gjentar seg.")
        other = builders.add_code(store, "Møter")
        builders.code_passage(store, here, code, words)
        builders.code_passage(store, here, other, words)
    return Study(store, projects.first_user(store), Settings(store.folder))


def test_a_participant_gets_her_own_words_and_nobody_elses(study: Study) -> None:
    options = ExportOptions(case="Kjersti 2", language="nb")
    made = make_export(study, ExportKind.MEMBER_CHECK, options)
    text = "\n".join(p.text for p in Document(BytesIO(made.content)).paragraphs)
    assert "Det faste møtet" in text
    assert "Det som gjentar seg." in text
    assert "hver onsdag" not in text
    assert "Kjersti" not in text + default_path(study, ExportKind.MEMBER_CHECK, options).name


def test_a_chosen_quote_stands_before_what_was_only_coded(study: Study) -> None:
    source = study.store.rows("SELECT id FROM sources WHERE name = 'I1'")[0][0]
    builders.choose_quote(study.store, source, "holder oss sammen")
    made = make_export(study, ExportKind.MEMBER_CHECK, ExportOptions(case="Kjersti 1"))
    text = "\n".join(p.text for p in Document(BytesIO(made.content)).paragraphs)
    assert "holder oss sammen" in text
    assert "hver onsdag" not in text


def test_a_member_check_needs_its_participant(study: Study) -> None:
    with pytest.raises(WrongUseError) as caught:
        make_export(study, ExportKind.MEMBER_CHECK, ExportOptions())
    assert caught.value.code == "K388"


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize("figure", ["matrix", "new-codes", "cooccurrence"])
def test_a_figure_can_be_made_again_and_the_gate_can_read_it(
    study: Study, figure: str, form: str
) -> None:
    options = ExportOptions(
        figure=figure, format=form, language="en", command="kodebok export figures"
    )
    made = make_export(study, ExportKind.FIGURES, options).content
    assert made == make_export(study, ExportKind.FIGURES, options).content
    words = "\n".join(text.text for text in texts_in(made))
    assert "kodebok export figures" in words
    assert ("Rytme" in words) == (figure != "new-codes")
    assert "Kjersti" not in words
    if form == "png":
        with Image.open(BytesIO(made)) as picture:
            assert min(picture.size) > 200


def test_the_codebook_begins_with_the_research_questions(study: Study) -> None:
    with study.store.act("question.add", study.coder.id) as act:
        projects.add_question(act, "Hva samler dem?", 0)
    made = make_export(study, ExportKind.CODEBOOK, ExportOptions(language="nb"))
    text = [p.text for p in Document(BytesIO(made.content)).paragraphs]
    assert "1. Hva samler dem?" in text
