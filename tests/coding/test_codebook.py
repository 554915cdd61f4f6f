"""The codebook: every change is one act, and nothing that hangs on a code is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.coding import codebook, codebook_file, passages
from kodebok.domain.code import Color, Origin
from kodebok.domain.span import Span
from kodebok.errors import WrongUseError
from kodebok.storage import codes, codings, history
from tests.builders import add_code, add_interview, coder_of, make_store, state_of


@pytest.fixture
def store(tmp_path):
    return make_store(tmp_path)


def paths(store):
    tree = codes.load_code_tree(store)
    return [tree.path(code.id) for code in tree]


def test_a_new_code_gets_a_free_letter_and_its_familys_colour(store):
    me = coder_of(store)
    first = codebook.add_code(store, me, "Samhandling")
    second = codebook.add_code(store, me, "Samlokalisering")
    child = codebook.add_code(store, me, "Møter", first.id)
    assert (first.letter, second.letter, child.letter) == ("S", "A", "M")
    assert first.color is not second.color
    assert child.color is first.color


@pytest.mark.parametrize("name", ["", "   ", "a/b"])
def test_a_name_that_cannot_be_a_path_is_refused(store, name):
    with pytest.raises(WrongUseError, match="K310"):
        codebook.add_code(store, coder_of(store), name)


def test_two_siblings_cannot_share_a_name_but_cousins_can(store):
    add_code(store, "Samhandling/Møter")
    with pytest.raises(WrongUseError, match="K311"):
        codebook.add_code(store, coder_of(store), "samhandling")
    add_code(store, "Ledelse/Møter")
    assert paths(store) == ["Samhandling", "Samhandling/Møter", "Ledelse", "Ledelse/Møter"]


def test_renaming_a_theory_is_followed_by_the_links_to_it(store):
    me = coder_of(store)
    theory = codebook.add_code(store, me, "Spinnteori", origin=Origin.DEDUCTIVE)
    linked = codebook.add_code(store, me, "Medvirkning", theory=("Spinnteori",))
    codebook.change_code(store, me, theory.id, name="Spinn")
    assert codes.load_code_tree(store)[linked.id].theory == ("Spinn",)
    codebook.delete_code(store, me, theory.id)
    assert codes.load_code_tree(store)[linked.id].theory == ()


def test_a_code_cannot_be_moved_below_itself(store):
    me = coder_of(store)
    top = add_code(store, "A")
    below = add_code(store, "A/B")
    with pytest.raises(WrongUseError, match="K312"):
        codebook.move_code(store, me, top, below)


def test_moving_sets_the_order_among_siblings(store):
    me = coder_of(store)
    for name in ("A", "B", "C"):
        add_code(store, name)
    codebook.move_code(store, me, codes.load_code_tree(store).find("C")[0].id, None, 0)
    assert paths(store) == ["C", "A", "B"]
    history.undo(store, me)
    assert paths(store) == ["A", "B", "C"]


def test_merging_moves_codings_and_children_and_keeps_both_definitions(store):
    me = coder_of(store)
    source = add_interview(store)
    old = codebook.add_code(store, me, "Møter", definition="Faste møter.")
    kept = codebook.add_code(store, me, "Møtepunkt", definition="Steder å møtes.")
    codebook.add_code(store, me, "Morgenmøte", old.id)
    passages.code_passage(store, me, source, Span(0, 10), [old.id, kept.id])
    passages.code_passage(store, me, source, Span(20, 30), [old.id])
    before = state_of(store)
    codebook.merge_codes(store, me, old.id, kept.id)
    assert paths(store) == ["Møtepunkt", "Møtepunkt/Morgenmøte"]
    assert [c.code_id for c in codings.load_codings(store)] == [kept.id, kept.id]
    assert codes.load_code_tree(store)[kept.id].definition == "Steder å møtes.\nFaste møter."
    history.undo(store, me)
    assert state_of(store) == before


def test_merging_keeps_both_mini_summaries(store):
    me = coder_of(store)
    old, kept = add_code(store, "Møter"), add_code(store, "Møtepunkt")
    with store.act("test", me) as act:
        codes.write_summary(act, old, "Møtene er korte.")
        codes.write_summary(act, kept, "Alle kommer.")
    codebook.merge_codes(store, me, old, kept)
    assert codes.load_summaries(store) == {kept: "Alle kommer.\nMøtene er korte."}


def test_splitting_moves_the_chosen_excerpts_to_a_new_code_below(store):
    me = coder_of(store)
    source = add_interview(store)
    code = add_code(store, "Møter")
    (first,) = passages.code_passage(store, me, source, Span(0, 10), [code])
    (second,) = passages.code_passage(store, me, source, Span(20, 30), [code])
    new = codebook.split_code(store, me, code, "Morgenmøte", [second.id])
    assert {c.id: c.code_id for c in codings.load_codings(store)} == {
        first.id: code,
        second.id: new.id,
    }
    with pytest.raises(WrongUseError, match="K314"):
        codebook.split_code(store, me, code, "Annet", [second.id])
    assert "Møter/Annet" not in paths(store)


def test_deleting_a_family_says_how_many_codings_went_and_is_undone(store):
    me = coder_of(store)
    source = add_interview(store)
    below = add_code(store, "A/B")
    passages.code_passage(store, me, source, Span(0, 10), [below])
    before = state_of(store)
    assert codebook.delete_code(store, me, codes.load_code_tree(store).find("A")[0].id) == 1
    assert paths(store) == []
    history.undo(store, me)
    assert state_of(store) == before


YAML = """\
kodebok: codebook/1
title: Prøve
codes:
  - name: Samhandling
    origin: guide
    color: sky
    letter: S
    definition: >-
      Når flere faggrupper
      løser noe sammen.
    codes:
      - name: Faste møtepunkt
        theory: [Spinnteori]
      - Enkeltsaker
"""


def test_a_codebook_is_read_from_yaml_and_written_back_the_same(store):
    me = coder_of(store)
    change = codebook_file.import_codes(store, me, codebook_file.parse_codebook(YAML))
    assert change.added == ("Samhandling", "Samhandling/Faste møtepunkt", "Samhandling/Enkeltsaker")
    tree = codes.load_code_tree(store)
    top = tree.find("Samhandling")[0]
    assert (top.origin, top.color) == (Origin.GUIDE, Color.SKY)
    assert top.definition == "Når flere faggrupper løser noe sammen."
    dumped = codebook_file.dump_codebook(tree, "Prøve", "nb")
    again = codebook_file.import_codes(store, me, codebook_file.parse_codebook(dumped))
    assert again == codebook_file.CodebookChange((), ())
    assert "id:" not in dumped


def test_a_second_import_changes_fields_and_never_deletes(store):
    me = coder_of(store)
    codebook_file.import_codes(store, me, codebook_file.parse_codebook(YAML))
    own = add_code(store, "Egen kode")
    changed = YAML.replace("origin: guide", "origin: empirical")
    specs = codebook_file.parse_codebook(changed)
    planned = codebook_file.import_codes(store, me, specs, dry_run=True)
    assert planned.changed == ("Samhandling",)
    assert codes.load_code_tree(store).find("Samhandling")[0].origin is Origin.GUIDE
    assert codebook_file.import_codes(store, me, specs) == planned
    assert own in codes.load_code_tree(store)
    history.undo(store, me)
    assert codes.load_code_tree(store).find("Samhandling")[0].origin is Origin.GUIDE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("codes: [", "K330"),
        ("- bare en liste", "K331"),
        ("codes:\n  - definition: uten navn", "K332"),
        ("codes:\n  - name: A\n    codes: tekst", "K333"),
        ("codes:\n  - name: A\n    color: rosa", "K334"),
        ("codes:\n  - name: A\n    origin: gjetning", "K334"),
        ("", "K331"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_with_what_to_do(text, code):
    with pytest.raises(WrongUseError, match=code):
        codebook_file.parse_codebook(text)


def test_a_codebook_with_a_bad_name_leaves_nothing_behind(store):
    specs = codebook_file.parse_codebook("codes:\n  - name: God\n  - name: a/b\n")
    with pytest.raises(WrongUseError, match="K310"):
        codebook_file.import_codes(store, coder_of(store), specs)
    assert paths(store) == []


GUIDE = """\
Intervjuguide

1. Samhandling
   - Hvordan samarbeider dere på tvers av faggrupper?
   - Hvilke faste møtepunkt har dere?
2) Medvirkning:
* Hvilket handlingsrom har du i hverdagen?
"""


def test_an_interview_guide_becomes_codes_with_its_questions(store):
    codebook_file.import_codes(store, coder_of(store), codebook_file.seed_from_guide(GUIDE))
    assert paths(store) == [
        "Samhandling",
        "Samhandling/Hvordan samarbeider dere på tvers av faggrupper",
        "Samhandling/Hvilke faste møtepunkt har dere",
        "Medvirkning",
        "Medvirkning/Hvilket handlingsrom har du i hverdagen",
    ]
    code = codes.load_code_tree(store).find("Hvilke faste møtepunkt har dere")[0]
    assert code.origin is Origin.GUIDE
    assert code.question == "Hvilke faste møtepunkt har dere?"


@pytest.mark.parametrize(
    ("guide", "expected"),
    [
        ("1.1 Ledelse\n1.1.1 Hva gjør du? Fortell.", {"Ledelse": ["Hva gjør du"]}),
        ("## 2. Ledelse\na) Hvem?\nB. Hva?", {"Ledelse": ["Hvem", "Hva"]}),
        ("Hva gjør du?\n- Og ellers?", {"Hva gjør du": [], "Og ellers": []}),
    ],
)
def test_guides_are_numbered_in_many_ways(guide, expected):
    specs = codebook_file.seed_from_guide(guide)
    assert {spec.name: [below.name for below in spec.children] for spec in specs} == expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_as_a_codebook_is_read_or_refused(text):
    try:
        codebook_file.parse_codebook(text)
    except WrongUseError as error:
        assert error.code.startswith("K33")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_as_a_guide_gives_names_that_can_be_codes(text):
    for spec in codebook_file.seed_from_guide(text):
        assert spec.name.strip()
        assert "/" not in spec.name
