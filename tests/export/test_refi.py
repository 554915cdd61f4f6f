"""REFI-QDA: valid, and identical when it is read back."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kodebok.domain.case import Case, Variable, VariableKind
from kodebok.domain.code import Code, CodeTree, Color, Origin
from kodebok.domain.coding import Coding
from kodebok.domain.note import Note, Target, Theme
from kodebok.domain.source import Source, Speaker, Turn
from kodebok.errors import KodebokError, WrongUseError
from kodebok.export.refi import qdc_bytes, qdpx_bytes
from kodebok.export.refi_reader import read_qdpx
from tests.export.builders import EXCERPTS, MEETING, NYNORSK, study, text_of, uid

SCHEMAS = Path(__file__).parents[2].parent / "shared" / "refi"
PROJECT = "{urn:QDA-XML:project:1.0}"


def project_xml(content: bytes) -> etree._Element:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read("project.qde"))


def is_valid(root: etree._Element, schema: str) -> bool:
    """Valid against the published schema where it lies beside the checkout, else well-formed."""
    path = SCHEMAS / schema
    if not path.is_file():
        return root.tag.startswith("{urn:QDA-XML:")
    etree.XMLSchema(etree.parse(path)).assertValid(root)
    return True


def read_back(view, tmp_path):
    path = tmp_path / "studie.qdpx"
    path.write_bytes(qdpx_bytes(view))
    return read_qdpx(path)


def assert_identical(view, found):
    assert found.project == view.project
    assert list(found.codes) == list(view.codes)
    for name in ("users", "variables", "cases", "sources", "speakers", "notes", "themes"):
        assert getattr(found, name) == getattr(view, name), name
    assert found.texts == {source_id: view.texts.get(source_id, "") for source_id in view.sources}
    assert found.turns == view.turns
    assert set(found.codings) == set(view.codings)


FULL_CODES = (
    Code("K1", "Kode uten GUID", origin=Origin.DEDUCTIVE, theory=("Lewin", "Silo")),
    Code(
        uid("a"), "Ny\nlinje\tog <b>", "K1", 3, "D", "B", "I", "E", Origin.GUIDE, Color.PURPLE, "N"
    ),
    Code(uid("b"), "  luft  ", "finnes-ikke", 7, question="Hvorfor?", created="i går"),
)


def full_study():
    """A study with something in every corner that REFI-QDA cannot hold."""
    source = Source(
        "kilde 1", "K\x01", case_id="borte", place="Kontoret", file_name="a.docx", version=4
    )
    text = f"{MEETING}\nJa.\n\nmellom\n{NYNORSK}"
    turns = (
        Turn(7, "kilde 1", 0, len(MEETING), "stemme", 0, 1000),
        Turn(8, "kilde 1", len(MEETING) + 1, len(MEETING) + 4, None),
        Turn(9, "kilde 1", len(text) - len(NYNORSK), len(text), "stemme"),
    )
    return study(
        codes=CodeTree(FULL_CODES),
        sources={"kilde 1": source},
        texts={"kilde 1": text},
        turns={"kilde 1": turns},
        speakers={"stemme": Speaker("stemme", "kilde 1", "Å: <&")},
        cases={
            "d": Case(
                "d", "Deltaker", values={"alder": "3,5", "Ny": "ja\r\n", "født": "2000-02-30"}
            )
        },
        variables=(
            Variable("v", "alder", VariableKind.NUMBER),
            Variable(uid("w"), "født", VariableKind.DATE),
            Variable(uid("z"), "leder", VariableKind.BOOLEAN),
        ),
        codings=(
            Coding("k", "kilde 1", "K1", "ukjent", 0, 10, text[:10]),
            Coding(uid("l"), "kilde 1", uid("a"), uid("u1"), 0, 10, "drevet ord"),
            Coding(uid("m"), "kilde 1", uid("b"), uid("u1"), 5, len(text), text[5:], created="x"),
        ),
        notes=(
            Note(uid("1"), Target.PROJECT, None, uid("u1"), "Om prosjektet"),
            Note(uid("2"), Target.CODE, "K1", "", "Om koden\x0c", changed="2026-01-01"),
            Note(uid("3"), Target.CASE, "d", uid("u1"), "Om deltakeren"),
            Note(uid("4"), Target.THEME, uid("t"), uid("u1"), "Om temaet"),
            Note(uid("5"), Target.PASSAGE, "kilde 1", uid("u1"), "Om ord", start=2, end=70),
            Note(uid("6"), Target.CODING, "borte", uid("u1"), "Om noe borte"),
        ),
        themes=(Theme(uid("t"), "Tema", "Idé", 5, ("K1", "borte")),),
    )


def test_a_project_is_identical_when_it_is_read_back(tmp_path):
    assert_identical(study(), read_back(study(), tmp_path))


def test_what_the_standard_cannot_hold_is_identical_too(tmp_path):
    view = full_study()
    assert_identical(view, read_back(view, tmp_path))


def test_projects_and_codebooks_are_valid():
    for view in (study(), full_study(), study(codes=CodeTree(()), codings=(), themes=())):
        assert is_valid(project_xml(qdpx_bytes(view)), "Project.xsd")
    for view in (study(), full_study()):
        assert is_valid(etree.fromstring(qdc_bytes(view)), "Codebook.xsd")


def test_a_selection_covers_the_coded_words_in_the_text_that_other_programs_read():
    content = qdpx_bytes(study())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        text = archive.read(f"Sources/{uid('s1')}.txt").decode()
    assert text.startswith("Intervjuer: Hva er du fornøyd med?\nInformant 1: Morgenmøtet")
    words = {
        coding.get("guid"): text[int(s.get("startPosition")) : int(s.get("endPosition"))]
        for s in project_xml(content).iter(f"{PROJECT}PlainTextSelection")
        for coding in s.iter(f"{PROJECT}Coding")
        if s.getparent().get("guid") == uid("s1")
    }
    assert words == {e.id: e.text for e in EXCERPTS if e.source_id == uid("s1")}


def test_positions_are_code_points_also_beyond_the_basic_plane(tmp_path):
    text = "😀😀 ord 😀"
    coding = Coding(uid("e"), uid("s3"), uid("c11"), uid("u1"), 3, 6, "ord")
    view = study(texts={uid("s3"): text}, turns={}, codings=(coding,))
    (selection,) = project_xml(qdpx_bytes(view)).iter(f"{PROJECT}PlainTextSelection")
    assert (selection.get("startPosition"), selection.get("endPosition")) == ("3", "6")
    assert read_back(view, tmp_path).codings == (coding,)


def test_a_code_tells_other_programs_when_it_is_used():
    texts = [e.text for e in project_xml(qdpx_bytes(study())).iter(f"{PROJECT}Description")]
    assert (
        "Møter som går fast.\n\nBrukes når: Når et møte har tid og sted.\n\n"
        "Brukes ikke når: Samtaler i gangen.\n\nEksempel: «Morgenmøtet.»"
    ) in texts


def test_the_file_is_the_same_to_the_byte():
    assert qdpx_bytes(study()) == qdpx_bytes(study())
    assert qdc_bytes(study()) == qdc_bytes(study())


def test_an_empty_codebook_is_refused_with_what_to_do():
    with pytest.raises(WrongUseError) as caught:
        qdc_bytes(study(codes=CodeTree(())))
    assert caught.value.code == "K420"


def foreign_project(tmp_path, qde: str, **files: bytes) -> Path:
    path = tmp_path / "annet.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", qde)
        for name, content in files.items():
            archive.writestr(f"sources/{name}.txt", content)
    return path


def test_a_project_of_another_program_keeps_its_codings_on_their_words(tmp_path):
    raw = "Linje e\u0301n\r\nEg veit ikkje."
    start = raw.index("veit")
    qde = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="Fra et annet program">
      <Users><User guid="{uid("u")}" name="Per"/></Users>
      <CodeBook><Codes><Code guid="{{{uid("c")}}}" name="Tvil" isCodable="true" color="#fa0"/>
      </Codes></CodeBook>
      <Sources><PictureSource guid="{uid("p")}"/>
      <TextSource guid="{uid("s")}" name="I1" plainTextPath="internal://{uid("s")}.txt">
        <PlainTextSelection guid="{uid("x")}" startPosition="{start}" endPosition="{start + 4}">
          <Coding guid="{uid("k")}" creatingUser="{uid("u")}"><CodeRef targetGUID="{uid("c")}"/>
          </Coding></PlainTextSelection></TextSource></Sources></Project>"""
    found = read_qdpx(foreign_project(tmp_path, qde, **{uid("s"): b"\xef\xbb\xbf" + raw.encode()}))
    (coding,) = found.codings
    assert (coding.text, coding.code_id, coding.origin) == ("veit", uid("c"), "import")
    assert found.texts[uid("s")][coding.start : coding.end] == "veit"
    assert found.codes[uid("c")].color is Color.ORANGE
    assert (found.skipped, found.sources[uid("s")].words) == (1, 5)


def test_a_text_that_was_changed_by_another_program_is_read_as_it_is(tmp_path):
    path = tmp_path / "endret.qdpx"
    with (
        zipfile.ZipFile(BytesIO(qdpx_bytes(study()))) as old,
        zipfile.ZipFile(path, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(f"{uid('s2')}.txt"):
                content = content.replace(b"Informant 2: ", b"I2: ")
            new.writestr(name, content)
    found = read_qdpx(path)
    assert found.texts[uid("s2")].startswith("Intervjuer: Kven")
    assert uid("s2") not in found.turns
    assert found.texts[uid("s1")] == text_of("s1")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ikke en zip",
        b"PK\x03\x04 avkuttet",
    ],
)
def test_a_damaged_file_gives_a_plain_error(tmp_path, content):
    path = tmp_path / "x.qdpx"
    path.write_bytes(content)
    with pytest.raises(KodebokError) as caught:
        read_qdpx(path)
    assert caught.value.code == "K421"


@pytest.mark.parametrize(
    "qde", ["<Annet/>", "<ikke xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
def test_something_else_in_the_zip_gives_a_plain_error(tmp_path, qde):
    with pytest.raises(KodebokError) as caught:
        read_qdpx(foreign_project(tmp_path, qde))
    assert caught.value.code == "K421"


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kodebok.export.refi_reader.PROJECT_LIMIT", 1000)
    with pytest.raises(KodebokError) as caught:
        read_back(study(), tmp_path)
    assert caught.value.code == "K422"


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=10), st.data())
def test_any_text_name_and_voice_comes_back(tmp_path_factory, first, second, label, data):
    text = f"{first}\n{second}"
    turns = (
        Turn(1, uid("s3"), 0, len(first), "v"),
        Turn(2, uid("s3"), len(first) + 1, len(text), "v"),
    )
    start, end = sorted(data.draw(st.tuples(*(st.integers(0, len(text)),) * 2)))
    coding = Coding(uid("e"), uid("s3"), uid("c11"), uid("u1"), start, end, text[start:end])
    view = study()
    view = replace(
        view,
        sources={uid("s3"): replace(view.sources[uid("s3")], name=label)},
        texts={uid("s3"): text},
        turns={uid("s3"): turns},
        speakers={"v": Speaker("v", uid("s3"), label)},
        codings=(coding,) if start < end else (),
        notes=(Note(uid("n"), Target.PROJECT, None, uid("u1"), first, title=label),),
    )
    assert is_valid(project_xml(qdpx_bytes(view)), "Project.xsd")
    assert_identical(view, read_back(view, tmp_path_factory.mktemp("refi")))
