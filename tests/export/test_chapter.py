"""The chapter of findings follows the codebook."""

from __future__ import annotations

from kodebok.domain.case import Case, CaseKind
from kodebok.domain.code import CodeTree
from kodebok.export.chapter import make_chapter
from kodebok.export.document import Paragraph, ParagraphKind, Table
from kodebok.export.presets import choose_preset
from tests.export.builders import EXCERPTS, quote_of, study, uid
from tests.export.reading import lines

PRESET = choose_preset("report")


def headings(document):
    return [
        (b.kind.value, b.text)
        for b in document.blocks
        if isinstance(b, Paragraph) and b.kind.value.startswith("Heading")
    ]


def tables(document):
    return [b for b in document.blocks if isinstance(b, Table)]


def test_headings_follow_the_codebook_and_leave_unused_codes_out():
    assert headings(make_chapter(study(), PRESET, title="Resultater")) == [
        ("Heading1", "Resultater"),
        ("Heading2", "Tverrfaglig samhandling"),
        ("Heading3", "Faste møtepunkt"),
        ("Heading3", "Roller og ansvar"),
        ("Heading2", "Organisatoriske grep"),
        ("Heading2", "Materialet"),
    ]


def test_a_section_ends_with_its_summary_or_a_slot_for_one():
    view = study(summaries={uid("c12"): "Ansvaret er uklart."})
    marked = [
        (b.kind, b.text)
        for b in make_chapter(view, PRESET).blocks
        if isinstance(b, Paragraph) and b.kind in {ParagraphKind.SUMMARY, ParagraphKind.PLACEHOLDER}
    ]
    assert marked == [
        (ParagraphKind.PLACEHOLDER, "[Skriv en kort oppsummering av «Faste møtepunkt» her.]"),
        (ParagraphKind.SUMMARY, "Ansvaret er uklart."),
        (ParagraphKind.PLACEHOLDER, "[Skriv en kort oppsummering av «Organisatoriske grep» her.]"),
    ]


def test_a_category_without_quotes_of_its_own_still_prints_its_summary_last():
    view = study(summaries={uid("c1"): "Samhandling skjer i møter."}, excerpts=EXCERPTS[:1])
    printed = lines(make_chapter(view, PRESET))
    assert printed.index("Samhandling skjer i møter.") > printed.index("Faste møtepunkt")


def test_chosen_quotes_are_printed_in_place_of_all_codings():
    view = study(quotes=(quote_of(EXCERPTS[3]),))
    assert headings(make_chapter(view, PRESET))[1:-1] == [("Heading2", "Organisatoriske grep")]
    assert len(headings(make_chapter(view, PRESET, from_codings=True))) == 6


def test_quotes_keep_the_order_that_the_author_gave_them():
    view = study(
        quotes=(
            quote_of(EXCERPTS[0], position=2),
            quote_of(EXCERPTS[1], position=1),
        )
    )
    printed = [line for line in lines(make_chapter(view, PRESET)) if "(Intervju" in line]
    assert printed[0].startswith("Det er noe med")


def test_a_quote_without_a_code_is_not_lost():
    view = study(quotes=(quote_of(EXCERPTS[0], code_id=None), quote_of(EXCERPTS[1], code_id="?")))
    printed = lines(make_chapter(view, PRESET))
    assert printed.index("Uten kode") + 2 < printed.index("Materialet")


def test_a_passage_that_two_coders_coded_alike_is_printed_once():
    twice = (EXCERPTS[0], EXCERPTS[0].__class__(**_fields(EXCERPTS[0], id="other", coder="B")))
    printed = lines(make_chapter(study(excerpts=twice), PRESET))
    assert sum("Morgenmøtet" in line for line in printed) == 1


def _fields(row, **changes):
    return {name: getattr(row, name) for name in row.__slots__} | changes


def test_the_table_of_informants_has_printed_roles_and_counts_of_quotes():
    (table,) = tables(make_chapter(study(), PRESET))
    assert table.rows == (
        ("Informant 1", "Leder", 4),
        ("Informant 2", "leder", 1),
        ("Informant 3", "fagperson", 1),
    )


def test_names_of_participants_are_replaced_by_their_order():
    cases = {i: Case(i, name) for i, name in (("a", "Kari Lie"), ("b", "Per Dal"))}
    (table,) = tables(make_chapter(study(cases=cases, excerpts=()), PRESET))
    assert [row[0] for row in table.rows] == ["Informant 1", "Informant 2"]


def test_numbers_in_the_participants_names_are_kept():
    names = ("Fysioterapeut", "I7", "Informant 2 (ny)", "Sykepleier 1", "D2", "Kommunen")
    cases = {name: Case(name, name) for name in names}
    cases["Kommunen"] = Case("Kommunen", "Kommunen", CaseKind.SITE)
    assert study(cases=cases).case_numbers() == {
        "Fysioterapeut": 1,
        "I7": 7,
        "Informant 2 (ny)": 2,
        "Sykepleier 1": 3,
        "D2": 4,
    }


def test_the_matrix_counts_overlapping_codings_once_and_keeps_empty_cells():
    doubled = (*EXCERPTS, EXCERPTS[0].__class__(**_fields(EXCERPTS[0], id="again", coder="B")))
    matrix = tables(make_chapter(study(excerpts=doubled), PRESET, with_matrix=True))[1]
    assert matrix.header == ("Kode", "I1", "I2", "I3", "Alle")
    assert matrix.rows == (
        ("Tverrfaglig samhandling", 0, 0, 0, 0),
        ("\u2003Faste møtepunkt", 2, 0, 0, 2),
        ("\u2003Roller og ansvar", 1, 1, 0, 2),
        ("Organisatoriske grep", 1, 0, 1, 2),
    )


def test_one_voice_with_most_quotes_is_pointed_out():
    assert make_chapter(study(), PRESET).doubts
    even = study(excerpts=(EXCERPTS[0], EXCERPTS[2], EXCERPTS[4]))
    assert make_chapter(even, PRESET).doubts == ()


def test_an_empty_study_gives_a_chapter_that_says_so():
    document = make_chapter(study(codes=CodeTree(()), excerpts=(), cases={}), PRESET)
    assert lines(document) == [
        "Funn",
        "Laget med kodebok av alle kodede utdrag (0). Oppsett: report.",
    ]
