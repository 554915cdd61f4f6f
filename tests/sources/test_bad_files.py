"""Files that cannot be read: each gets its own error, and none hangs or swells."""

from __future__ import annotations

import io
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kodebok.domain.source import Arrival
from kodebok.domain.text import canonicalise
from kodebok.errors import KodebokError
from kodebok.sources import ReadOptions, read_file
from tests.sources.documents import write_docx, write_odt, write_pdf, write_raw_docx, write_zip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path, **options) -> str:
    with pytest.raises(KodebokError) as caught:
        read_file(path, ReadOptions(**options))
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "K104"),
        (b" \n\t\r\n \xc2\xa0 ", "K105"),
        (b"\xef\xbb\xbf\n", "K105"),
        (bytes(range(256)) * 20, "K107"),
        (b"SQLite format 3\0" + bytes(600), "K107"),
        (b"ID3\x04\0\0\0\0\0\0" + bytes(50), "K108"),
        (b"RIFF\x24\0\0\0WAVEfmt " + bytes(50), "K108"),
        (b"\0\0\0\x20ftypM4A " + bytes(50), "K108"),
        (b"OggS" + bytes(50), "K108"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "K109"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "K109"),
        (OLE + bytes(100) + "WordDocument".encode("utf-16-le"), "K110"),
        (OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "K111"),
        (OLE + bytes(100) + "Workbook".encode("utf-16-le"), "K112"),
        (b"{\\rtf1\\ansi Hei", "K116"),
        (b"ooBinaryFile\x08TextGrid\0\0", "K144"),
        (b"\x1f\x8b\x08\0" + bytes(range(128, 228)), "K114"),
        (b"PK\x03\x04 not a zip", "K116"),
        (b"PK\x05\x06" + bytes(18), "K114"),
        (b"%PDF-1.4\nrubbish", "K122"),
        (b"<?xml version='1.0'?><opml><a/></opml>", "K137"),
        (b"WEBVTT\n\nNOTE nothing\n", "K134"),
        (b"<html><body><script>x</script></body></html>", "K140"),
        (b"---\nrolle: leder\n---\n", "K140"),
    ],
)
def test_each_kind_of_bad_file_has_its_own_error(tmp_path, content, code):
    path = tmp_path / ("a.md" if content.startswith(b"---") else "a.txt")
    path.write_bytes(content)
    assert refusal(path) == code


def test_a_file_that_is_not_there(tmp_path):
    assert refusal(tmp_path / "nei.txt") == "K101"


def test_a_folder(tmp_path):
    assert refusal(tmp_path) == "K102"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "K136"


def test_a_name_with_a_nul(tmp_path):
    assert refusal(tmp_path / "a\0b.txt") == "K106"


def test_a_file_that_is_far_too_large_is_not_read(tmp_path):
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(201 * 1024 * 1024)
    assert refusal(tmp_path / "a.txt") == "K103"


def test_a_text_that_is_far_too_long(tmp_path):
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.write(b"I: Hei. " * 100)
        stream.truncate(51 * 1024 * 1024)
    assert refusal(tmp_path / "a.txt") == "K126"


def test_a_document_that_was_cut_short(tmp_path):
    path = write_docx(tmp_path / "a.docx", ["I: Hei."])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path) == "K116"


def test_a_document_with_a_damaged_inside(tmp_path):
    path = write_zip(tmp_path / "a.docx", {"word/document.xml": "<w:document><w:body>"})
    assert refusal(path) == "K119"


def test_a_document_whose_bytes_were_changed(tmp_path):
    path = write_docx(tmp_path / "a.docx", ["I: Hei."])
    whole = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("word/document.xml")
    start = info.header_offset + 30 + len(info.filename)
    whole[start + 20 : start + 60] = bytes(40)
    path.write_bytes(bytes(whole))
    assert refusal(path) in {"K116", "K119"}


def test_a_zip_bomb(tmp_path):
    path = write_zip(tmp_path / "a.docx", {"word/document.xml": bytes(40 * 1024 * 1024)})
    assert refusal(path) == "K117"


def test_a_bomb_of_entities(tmp_path):
    lol = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
    assert refusal(write_zip(tmp_path / "a.docx", {"word/document.xml": lol})) == "K118"
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": lol}
    assert refusal(write_zip(tmp_path / "a.xlsx", parts)) == "K118"


def test_an_entity_that_reaches_for_another_file(tmp_path):
    (tmp_path / "secret").write_text("secret")
    xxe = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]><x>&e;</x>'
    assert refusal(write_zip(tmp_path / "a.docx", {"word/document.xml": xxe})) == "K118"


def test_other_office_files_and_archives(tmp_path):
    slides = {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}
    assert refusal(write_zip(tmp_path / "a.pptx", slides)) == "K115"
    assert refusal(write_zip(tmp_path / "a.zip", {"I1.txt": "I: Hei."})) == "K114"


def test_an_encrypted_opendocument_text(tmp_path):
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": b"\x01\x02\x03",
        "META-INF/manifest.xml": "<manifest:encryption-data/>",
    }
    assert refusal(write_zip(tmp_path / "a.odt", parts)) == "K138"


def test_an_encrypted_pdf(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [["Hei"]])
    locked = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <"
        + b"28" * 32
        + b"> /U <"
        + b"29" * 32
        + b"> >> /ID [<01> <01>] /Root"
    )
    path.write_bytes(path.read_bytes().replace(b"/Root", locked))
    assert refusal(path) == "K120"


def test_a_scanned_pdf(tmp_path):
    assert refusal(write_pdf(tmp_path / "a.pdf", [[], []])) == "K121"


def test_a_pdf_that_would_swell(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [["x" * 50_000_000]])
    assert path.stat().st_size < 1_000_000
    assert refusal(path) == "K123"


def test_a_workbook_that_is_damaged(tmp_path):
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook"}
    assert refusal(write_zip(tmp_path / "a.xlsx", parts)) == "K132"


def test_a_table_with_too_many_columns(tmp_path):
    (tmp_path / "a.csv").write_text(";" * 3000 + "\nx;y\n")
    assert refusal(tmp_path / "a.csv") == "K133"


def test_a_cell_of_absurd_length(tmp_path):
    (tmp_path / "a.csv").write_text('ID;Svar\n1;"' + "ord " * 100_000)
    assert refusal(tmp_path / "a.csv") == "K131"


def test_a_document_without_words(tmp_path):
    assert refusal(write_raw_docx(tmp_path / "a.docx", "<w:p/>")) == "K140"
    assert refusal(write_odt(tmp_path / "a.odt", "")) == "K140"


def test_deep_nesting_is_read_or_refused(tmp_path):
    (tmp_path / "a.html").write_text("<html><body>" + "<div>" * 50_000 + "Hei")
    try:
        assert read_file(tmp_path / "a.html")
    except KodebokError as error:
        assert error.code == "K140"
    deep = "<w:p>" * 5_000 + "<w:r><w:t>Hei</w:t></w:r>" + "</w:p>" * 5_000
    assert refusal(write_raw_docx(tmp_path / "a.docx", deep)) == "K119"


@pytest.mark.parametrize(
    "text",
    [
        " " * 300_000 + "x",
        "x" * 300_000,
        "-\n" * 100_000 + "x",
        "I: " * 100_000,
        "[" * 300_000 + "x",
        "1:" * 150_000,
        "a\u2028" * 100_000,
        "\f" * 100_000 + "x",
        "<v " * 100_000 + "x",
        "**a " * 100_000,
        "x\n 1\n" * 50_000,
        "a-" * 150_000,
        ("a " * 200 + "\n") * 500,
        "{" * 300_000 + "x",
        "[Kari] " * 50_000 + "x",
        "{00:00:" * 50_000 + "x",
        "1 " * 150_000 + "x",
        'File type = "ooTextFile"\n"TextGrid' + '"' * 300_000,
        '{"text": "<' + "p" * 300_000,
    ],
    ids=range(19),
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_endless_patterns_do_not_hang(tmp_path, text, name):
    (tmp_path / name).write_text(text, encoding="utf-8")
    try:
        assert read_file(tmp_path / name)
    except KodebokError as error:
        assert error.code in {"K141", "K143"} or (error.code, name) == ("K140", "a.html")


def in_memory(write, *arguments) -> bytes:
    import pathlib
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "a"
        write(path, *arguments)
        return path.read_bytes()


def small_xlsx() -> bytes:
    import openpyxl

    workbook, stream = openpyxl.Workbook(), io.BytesIO()
    workbook.active.append(["ID", "Svar"])
    workbook.active.append([1, "Det er ganske bra her"])
    workbook.save(stream)
    return stream.getvalue()


RTF = (
    rb"{\rtf1\ansi\uc1{\fonttbl{\f0\fcharset0 A;}}\trowd I\cell H\'e5 \u229?\cell\row"
    rb"\pard R: Ja\par}"
)
TEXT_GRID = (
    b'File type = "ooTextFile"\n"TextGrid"\n0\n9\n<exists>\n1\n"IntervalTier"\n"I"\n0\n9\n1\n'
    b'0\n2\n"Hei"'
)
EAF = (
    b'<ANNOTATION_DOCUMENT><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="7"/><TIER TIER_ID="I">'
    b'<ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a"><ANNOTATION_VALUE>Hei</ANNOTATION_VALUE>'
    b"</ALIGNABLE_ANNOTATION></TIER></ANNOTATION_DOCUMENT>"
)
SEEDS = [
    in_memory(write_docx, ["I: Hei.", "R: Ja."]),
    in_memory(write_odt, "<text:p>I: Hei.</text:p>"),
    in_memory(write_pdf, [["I: Hei."]]),
    small_xlsx(),
    b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v A>Hei.</v>\n",
    b"1\n00:00:01,000 --> 00:00:02,000\nHei.\n",
    "I: Hva gjør du?\nR: Mye. [00:01:00]\n".encode(),
    "I: Hva gjør du?\n".encode("utf-16"),
    b"<html><meta charset='latin-1'><table><tr><td>I</td><td>Hei</td></tr></table>",
    b"ID;Svar\n1;Det er ganske bra her\n",
    b"---\na: b\n---\n**I:** Hei\n| a | b |\n",
    RTF,
    TEXT_GRID,
    EAF,
    b'{"text": "<p><span class=\\"timestamp\\" data-timestamp=\\"1.5\\">0:01</span> I: Hei</p>"}',
    b"{00:00:10}[Kari] Hva?\n[00.00.15] [Ola] Mye.\n1 //S00: Ja//\n00:01:05.5Kari: (00:02:00)\n",
]
ENDINGS = st.sampled_from(
    ["", ".txt", ".md", ".csv", ".html", ".vtt", ".srt", ".otr", ".docx", ".rtf"]
)


def with_changes(seed: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    content = bytearray(seed)
    for place, patch in changes:
        start = place % (len(content) + 1)
        content[start : start + len(patch)] = patch
    return bytes(content)


CHANGED = st.builds(
    with_changes,
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 50_000), st.binary(min_size=1, max_size=12)), max_size=6),
)
OPTIONS = st.builds(
    ReadOptions,
    repair=st.booleans(),
    speakers=st.booleans(),
    encoding=st.sampled_from([None, None, "utf-8", "cp1252", "utf-16"]),
)


@settings(
    deadline=None, max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.one_of(st.binary(max_size=300), CHANGED), ending=ENDINGS, options=OPTIONS)
def test_any_bytes_are_read_or_refused_in_words(tmp_path, content, ending, options):
    path = tmp_path / f"a{ending}"
    path.write_bytes(content)
    try:
        arrivals = read_file(path, options)
    except KodebokError as error:
        assert error.code.startswith("K1")
        return
    assert all(isinstance(arrival, Arrival) for arrival in arrivals)
    for turn in (turn for arrival in arrivals for turn in arrival.turns):
        assert turn.text.strip() == turn.text != ""
        assert canonicalise(turn.text) == turn.text


@settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(min_size=1, max_size=200), options=OPTIONS)
def test_any_text_is_read_or_refused_in_words(tmp_path, text, options):
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    try:
        arrivals = read_file(path, options)
    except KodebokError as error:
        assert error.code.startswith("K1")
        return
    for turn in (turn for arrival in arrivals for turn in arrival.turns):
        assert canonicalise(turn.text) == turn.text != ""
