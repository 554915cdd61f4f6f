"""The copy with comments: anchored on exactly the words meant, everything else as it was."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kodebok.anonymise.gate import ExportContent, GateVerdict, UnappliedGate
from kodebok.domain.span import Span
from kodebok.errors import ProtectionError, WrongUseError
from kodebok.i18n import set_language
from kodebok.study.proof import proof_manuscript, write_marked_copy
from kodebok.study.proof_comments import Remark, commented_copy
from kodebok.study.proof_manuscript import read_manuscript
from kodebok.study.proof_package import shown
from tests.builders import add_interview, make_store
from tests.study.proof_manuscripts import W, check, paragraph_xml, run_xml, view_of, write_xml

Q = f"{{{W}}}"
SAID = "Vi møtes hver onsdag klokka ni. Det faste møtet er det som holder oss sammen."


@pytest.fixture(autouse=True)
def _english():
    set_language("en")
    yield
    set_language("")


@pytest.fixture
def store(tmp_path: Path):
    store = make_store(tmp_path / "studie")
    add_interview(store, f"R: {SAID}", "I1", case="Informant 1")
    yield store
    store.close()


def commented_words(content: bytes) -> dict[str, str]:
    """The words between the start and the end of each comment, by its id."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    words: dict[str, str] = {}
    opened: set[str] = set()
    for element in root.iter():
        number = element.get(f"{Q}id")
        if element.tag == f"{Q}commentRangeStart":
            opened.add(number)
            words[number] = ""
        elif element.tag == f"{Q}commentRangeEnd":
            opened.remove(number)
        elif element.tag == f"{Q}t":
            for number in opened:
                words[number] += shown(element.text or "")
    assert not opened
    return words


def comments(content: bytes) -> dict[str, str]:
    """The comments' texts, as python-docx reads them."""
    return {str(c.comment_id): c.text for c in docx.Document(BytesIO(content)).comments}


def test_a_comment_stands_on_the_quotation_and_says_what_differs(store, tmp_path):
    found = check(store, "Hun sier «Det faste møtet er det som binder oss sammen» og smiler.")
    before = found.path.read_bytes()
    said = write_marked_copy(found, tmp_path / "kopi.docx", UnappliedGate())
    content = (tmp_path / "kopi.docx").read_bytes()
    (number, text), *more = comments(content).items()
    assert commented_words(content) == {number: "Det faste møtet er det som binder oss sammen"}
    assert "«holder» → «binder»" in text
    assert "Source: I1" in text
    assert not more
    assert found.path.read_bytes() == before
    assert "not anonymised" in said[0]


def test_every_part_that_is_not_commented_is_the_same_to_the_byte(store, tmp_path):
    found = check(store, "«Det faste møtet er det som binder oss sammen»")
    write_marked_copy(found, tmp_path / "kopi.docx", UnappliedGate())
    with (
        zipfile.ZipFile(found.path) as old,
        zipfile.ZipFile(tmp_path / "kopi.docx") as new,
    ):
        changed = {n for n in new.namelist() if n not in old.namelist()}
        changed |= {n for n in old.namelist() if old.read(n) != new.read(n)}
        assert [n for n in new.namelist() if n in old.namelist()] == old.namelist()
    assert changed == {
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
        "word/document.xml",
    }


def test_comments_that_were_there_stay(store, tmp_path):
    path = tmp_path / "o.docx"
    document = docx.Document()
    added = document.add_paragraph("Hun sier «Det faste møtet er det som binder oss sammen».")
    document.add_comment(added.runs, text="Husk denne", author="Veileder")
    document.save(str(path))
    found = proof_manuscript(view_of(store), path)
    write_marked_copy(found, tmp_path / "kopi.docx", UnappliedGate())
    listed = comments((tmp_path / "kopi.docx").read_bytes())
    assert len(listed) == 2
    assert "Husk denne" in listed.values()


def test_all_that_is_said_of_the_same_words_is_one_comment(store, tmp_path):
    add_interview(store, "R: Noe ganske annet enn det som blir sagt.", "I2", case="Informant 2")
    found = check(store, "Informant 2: «Det faste møtet er det som binder oss sammen»")
    write_marked_copy(found, tmp_path / "kopi.docx", UnappliedGate())
    (text,) = comments((tmp_path / "kopi.docx").read_bytes()).values()
    assert "Other words than the source has" in text
    assert "Informant 1 said it, not Informant 2" in text


def test_a_comment_on_a_footnote_stands_at_its_mark(store, tmp_path):
    body = paragraph_xml("Først") + paragraph_xml(
        "Tekst", '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    quoted = paragraph_xml("Hun sa «Det faste møtet er det som binder oss sammen».")
    path = write_xml(
        tmp_path / "o.docx", body, footnotes=f'<w:footnote w:id="2">{quoted}</w:footnote>'
    )
    found = proof_manuscript(view_of(store), path)
    write_marked_copy(found, tmp_path / "kopi.docx", UnappliedGate())
    with zipfile.ZipFile(tmp_path / "kopi.docx") as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    (start,) = root.iter(f"{Q}commentRangeStart")
    assert start.getnext().find(f"{Q}footnoteReference") is not None


def test_a_comment_on_what_has_no_place_stands_at_the_first_paragraph(tmp_path):
    path = write_xml(tmp_path / "o.docx", paragraph_xml("Først") + paragraph_xml("Så"))
    manuscript = read_manuscript(path)
    content = commented_copy(path, manuscript, [Remark(None, Span(0, 0), "Hele manuset")])
    assert comments(content) == {"0": "Hele manuset"}
    assert commented_words(content) == {"0": ""}


def test_the_look_of_a_run_that_is_split_is_kept(tmp_path):
    bold = "<w:rPr><w:b/></w:rPr>"
    path = write_xml(tmp_path / "o.docx", f"<w:p>{run_xml('en to tre', bold)}</w:p>")
    content = commented_copy(path, read_manuscript(path), [Remark(0, Span(3, 5), "to")])
    assert commented_words(content) == {"0": "to"}
    (paragraph,) = docx.Document(BytesIO(content)).paragraphs
    assert [(r.text, r.bold) for r in paragraph.runs if r.text] == [
        ("en ", True),
        ("to", True),
        (" tre", True),
    ]


def test_an_accent_of_its_own_stays_with_its_letter(tmp_path):
    run = run_xml("idea\u0301 bra")
    path = write_xml(tmp_path / "o.docx", f"<w:p>{run}</w:p>")
    content = commented_copy(path, read_manuscript(path), [Remark(0, Span(0, 4), "1")])
    assert commented_words(content) == {"0": "ideá"}


RUNS = st.lists(
    st.text(alphabet="abcæ\u00ad\u0301 «»", min_size=1, max_size=8), min_size=1, max_size=5
)


@settings(max_examples=60, deadline=None)
@given(runs=RUNS, data=st.data())
def test_a_comment_covers_exactly_its_words_and_the_text_stays(tmp_path_factory, runs, data):
    path = write_xml(
        tmp_path_factory.mktemp("ord") / "o.docx", paragraph_xml("start ", *map(run_xml, runs))
    )
    manuscript = read_manuscript(path)
    text = manuscript.paragraphs[0].text
    remarks, expected = [], []
    for number in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        remarks.append(Remark(0, Span(start, end), str(number)))
        expected.append(text[start:end])
    content = commented_copy(path, manuscript, remarks)
    copy = path.with_name("kopi.docx")
    copy.write_bytes(content)
    assert read_manuscript(copy).paragraphs[0].text == text
    assert [words for _, words in sorted(commented_words(content).items())] == expected


def test_the_manuscript_is_never_replaced(store):
    found = check(store, "«Det faste møtet er det som binder oss sammen»")
    with pytest.raises(WrongUseError, match="K544"):
        write_marked_copy(found, found.path, UnappliedGate(), overwrite=True)


def test_a_file_that_is_there_is_not_replaced_unasked(store, tmp_path):
    found = check(store, "«Det faste møtet er det som binder oss sammen»")
    (tmp_path / "kopi.docx").write_bytes(b"annet")
    with pytest.raises(WrongUseError, match="K410"):
        write_marked_copy(found, tmp_path / "kopi.docx", UnappliedGate())
    write_marked_copy(found, tmp_path / "kopi.docx", UnappliedGate(), overwrite=True)
    assert comments((tmp_path / "kopi.docx").read_bytes())


class _ClosedGate:
    """A gate that has seen a name."""

    def check(self, content: ExportContent) -> GateVerdict:
        assert any("binder" in text.text for text in content.texts)
        return GateVerdict(passes=False)


def test_a_gate_that_sees_a_name_stops_the_copy(store, tmp_path):
    found = check(store, "«Det faste møtet er det som binder oss sammen»")
    with pytest.raises(ProtectionError, match="K411"):
        write_marked_copy(found, tmp_path / "kopi.docx", _ClosedGate())
    assert not (tmp_path / "kopi.docx").exists()
