"""The gate sees names wherever they stand in a file, in whatever form, and says only where."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.anonymise.gate import ClosedGate, ExportContent, ExportText, GateVerdict
from kodebok.anonymise.gate_names import GateKnowledge, NamesGate
from kodebok.anonymise.gate_undecided import Decided, undecided_names
from kodebok.domain.entity import Action, Entity, NameRule, Rule
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.span import Span
from kodebok.export.contents import texts_in

PERSON, PLACE = IdentifierType.PERSON, IdentifierType.PLACE


def entity(name: str, kind: IdentifierType = PERSON, replacement: str = "Gunn Lund") -> Entity:
    return Entity(f"id of {name}", kind, name, (), Action.PSEUDONYM, replacement)


KARI = entity("Kari Nordmann")
KNOWN = GateKnowledge([KARI, entity("Liv"), entity("Brønnøysund", PLACE, "Lillebø")])


def judged(text: str, known: GateKnowledge = KNOWN, name: str = "funn.docx") -> GateVerdict:
    return NamesGate(known).check(ExportContent("word", name, (ExportText("part.xml", text),)))


@pytest.mark.parametrize(
    "words",
    [
        "Karis", "kari", "KARI NORDMANN", "Nordmann, Kari", "K.N.", "Kari N.", "KN", "Liv", "Livs",
        "Bronnoysund", "brønnøysundværing", "Brønnøysund-skolen", "KariNordmann", "Kari_Nordmann",
        "Bro\u0308nno\u0308ysund", "Nor\u00addmann", "kari.nordmann@x.no",
    ],
)  # fmt: skip
def test_a_name_in_any_form_stops_the_file(words):
    verdict = judged(f"Ja.\nSå sa {words} det.")
    assert not verdict.passes
    assert verdict.places == ("part.xml, paragraph 2",)


@pytest.mark.parametrize("words", ["liv og lære", "et godt liv", "kn", "karismatisk", "Karianne"])
def test_a_word_that_only_looks_like_a_name_passes(words):
    assert judged(words).passes


def test_nothing_that_the_gate_says_holds_the_name():
    verdict = judged("Kari Nordmann", name="Kari.docx")
    assert verdict.hits[0].found == "Kari"
    assert "Kari" not in " ".join(verdict.sentences + verdict.places)
    assert "Kari" not in repr(verdict)


def test_a_name_in_the_file_name_stops_it():
    verdict = judged("ja", name="intervju_kari.docx")
    assert not verdict.passes
    assert verdict.places == ("the file's name",)


def test_a_part_that_is_named_after_someone_is_not_named():
    content = ExportContent("refi", "x.qdpx", (ExportText("sources/Kari.txt", "sources/Kari.txt"),))
    verdict = NamesGate(KNOWN).check(content)
    assert not verdict.passes
    assert "Kari" not in " ".join(verdict.sentences + verdict.places)


def docx_with(what: str) -> bytes:
    from docx import Document

    document = Document()
    paragraph = document.add_paragraph("Ingenting her")
    if what == "comment":
        document.add_comment(paragraph.runs, text="Husk Kari", author="X", initials="X")
    elif what == "author":
        document.core_properties.author = "Kari Nordmann"
    elif what == "split":
        paragraph.add_run(" Nord")
        paragraph.add_run("mann")
    elif what == "header":
        document.sections[0].header.paragraphs[0].text = "KARI"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_with(what: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book = Workbook()
    sheet = book.active
    sheet["A1"] = "ja"
    if what == "cell":
        sheet["B7"] = "Livs hus"
    elif what == "sheet":
        sheet.title = "Kari"
    elif what == "comment":
        sheet["A1"].comment = Comment("Nordmann, Kari", "X")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "what"),
    [(docx_with, w) for w in ("comment", "author", "split", "header")]
    + [(xlsx_with, w) for w in ("cell", "sheet", "comment")],
)
def test_every_corner_of_a_real_file_is_looked_into(make, what):
    for wanted, passes in ((what, False), ("nothing", True)):
        texts = tuple(texts_in(make(wanted)))
        assert NamesGate(KNOWN).check(ExportContent("x", "fil", texts)).passes is passes


def test_a_harmless_hit_is_known_again_by_its_context_alone():
    first = judged("Vi leste Livs lære i Bibelen").hits
    known = GateKnowledge(KNOWN.originals, harmless=frozenset(hit.context for hit in first))
    assert judged("Vi leste  Livs lære i Bibelen", known).passes
    assert not judged("Vi snakket med Liv i går", known).passes


def test_what_was_found_clean_is_not_read_again_and_what_is_new_is():
    gate = NamesGate(KNOWN, b"salt")
    assert gate.check(ExportContent("x", "fil", (ExportText("a", "ja\nnei"),))).passes
    locked = NamesGate(GateKnowledge(None), b"salt", gate.clean)
    assert locked.check(ExportContent("x", "fil", (ExportText("b", "nei\nja"),))).passes
    assert not locked.check(ExportContent("x", "fil", (ExportText("b", "nei\nkanskje"),))).passes


def test_a_line_with_a_name_is_never_clean():
    gate = NamesGate(KNOWN, b"salt")
    for _ in range(2):
        assert not gate.check(ExportContent("x", "fil", (ExportText("a", "Kari"),))).passes


def test_what_the_finders_are_sure_of_stops_too():
    known = GateKnowledge([], undecided=[Entity("x", PERSON, "Solfrid Bakkemo")])
    verdict = judged("Solfrids hus", known)
    assert not verdict.passes
    assert not verdict.hits[0].is_original


def test_a_closed_gate_says_why():
    verdict = ClosedGate("nei").check(ExportContent("x", "fil", ()))
    assert (verdict.passes, verdict.sentences) == (False, ("nei",))


def names_left(text: str, words: str, *entities: Entity, rules: tuple[NameRule, ...] = ()):
    start = text.index(words)
    found = [("s", Span(start, start + len(words)), PERSON)]
    return [one.name for one in undecided_names(found, {"s": text}, {}, Decided(entities, rules))]


def test_what_is_decided_stops_no_longer():
    assert names_left("Kari sa", "Kari") == ["Kari"]
    assert names_left("Kari sa", "Kari", Entity("u", PERSON, "Kari")) == ["Kari"]
    assert names_left("Karis hus", "Karis", KARI) == []
    kept = Entity("k", PERSON, "Kurt Lewin", (), Action.KEEP)
    assert names_left("Kurt Lewin sa", "Kurt Lewin", kept) == []
    assert names_left("Gunn Lunds hus", "Gunn Lunds", KARI) == []
    assert names_left("så frid kom", "frid", Entity("f", PERSON, "Frid", (), Action.KEEP)) == []
    assert names_left("Gunn og Per", "Gunn og Per", KARI) == ["Gunn og Per"]


def test_the_words_of_the_study_decide_what_is_a_name():
    never = NameRule("1", "Cosdoc", Rule.NEVER)
    always = NameRule("2", "Fagerlia", Rule.ALWAYS, PLACE)
    assert names_left("Cosdoc er tungt", "Cosdoc", rules=(never,)) == []
    assert names_left("Cosdoc er tungt", "Cosdoc", rules=(never, always)) == ["Fagerlia"]


def test_where_a_replacement_stands_nothing_is_undecided():
    found = [("s", Span(0, 5), PERSON)]
    replaced = {"s": [Span(0, 4)]}
    assert undecided_names(found, {"s": "Gunns hus"}, replaced, Decided([], [])) == []


@given(st.text(), st.text(max_size=10))
def test_any_text_and_any_name_are_survived(text, name):
    verdict = judged(text, GateKnowledge([entity(name)], [entity(text[:9])]))
    assert isinstance(verdict.passes, bool)
