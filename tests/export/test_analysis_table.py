"""The analysis table speaks the words of the study's way of working."""

from dataclasses import replace

import pytest

from kodebok.domain.code import Code, CodeTree
from kodebok.domain.note import Condensation
from kodebok.domain.project import Method
from kodebok.export.analysis_table import analysis_table
from tests.export.builders import study, uid

HEADINGS = {
    Method.REFLEXIVE: ("Kodet utdrag", "Kode", "Tema"),
    Method.SDI: ("Kodet utdrag", "Kode", "Kodegruppe", "Konsept"),
    Method.CONDENSATION: (
        "Meningsbærende enhet", "Kondensat", "Subgruppe", "Kodegruppe", "Resultatkategori",
    ),
    Method.CONTENT_ANALYSIS: (
        "Meningsenhet", "Kondensert meningsenhet", "Kode", "Kategori", "Tema",
    ),
    Method.CODEBOOK: ("Kodet utdrag", "Kode", "Kategori", "Tema"),
    Method.UNDECIDED: ("Meningsenhet", "Kondensert", "Kode", "Kategori", "Tema"),
}  # fmt: skip


def study_in(method, **fields):
    view = study(**fields)
    return replace(view, project=replace(view.project, method=method))


def flat_study(method):
    """Nothing is condensed, gathered, or below anything."""
    codes = CodeTree([Code(uid("c11"), "Faste møtepunkt")])
    excerpts = tuple(e for e in study().excerpts if e.code_id == uid("c11"))
    return study_in(method, codes=codes, excerpts=excerpts, themes=(), condensations=())


@pytest.mark.parametrize("method", list(Method))
def test_the_headings_are_those_of_the_way_of_working(method):
    assert analysis_table(flat_study(method)).header == HEADINGS[method]


def test_the_headings_follow_the_language_of_the_document():
    flat = flat_study(Method.CONDENSATION)
    assert analysis_table(flat, language="nn").header[0] == "Meiningsberande eining"
    assert analysis_table(flat, language="en").header[1] == "Condensate"


def test_what_is_written_stands_in_the_table_in_every_way_of_working():
    for method in Method:
        table = analysis_table(study_in(method))
        words = {cell for row in table.rows for cell in row}
        expected = {"Møtet samler fagene", "Tverrfaglig samhandling", "Nærhet slår papir"}
        assert expected <= words, method


def test_a_code_at_the_top_is_a_code_group_in_text_condensation():
    table = analysis_table(flat_study(Method.CONDENSATION))
    assert table.rows[0][2:4] == ("", "Faste møtepunkt")
    assert analysis_table(flat_study(Method.SDI)).rows[0][1:3] == ("Faste møtepunkt", "")


def test_content_analysis_has_subcategories_once_there_are_some():
    codes = CodeTree(
        [
            Code("top", "Samhandling"),
            Code("middle", "Møter", "top"),
            Code(uid("c11"), "Faste møtepunkt", "middle"),
        ]
    )
    excerpts = tuple(e for e in study().excerpts if e.code_id == uid("c11"))
    fields = {"codes": codes, "excerpts": excerpts}
    table = analysis_table(study_in(Method.CONTENT_ANALYSIS, **fields))
    assert table.header[2:5] == ("Kode", "Underkategori", "Kategori")
    assert table.rows[0][2:5] == ("Faste møtepunkt", "Møter", "Samhandling")
    assert "Underkategori" not in analysis_table(study_in(Method.UNDECIDED, **fields)).header


def test_a_condensate_of_a_whole_code_stands_in_where_nothing_nearer_does():
    whole = Condensation(uid("cd9"), "Vi møtes for å slippe å ringe", code_id=uid("c11"))
    view = study_in(Method.CONDENSATION, condensations=(*study().condensations, whole))
    condensed = [row[1] for row in analysis_table(view).rows[:2]]
    assert condensed == ["Møtet samler fagene", "Vi møtes for å slippe å ringe"]
