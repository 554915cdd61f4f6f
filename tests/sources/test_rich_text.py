"""Rich text, as Word, WordPad, TextEdit and LibreOffice write it."""

from __future__ import annotations

import pytest

from kodebok.errors import KodebokError
from kodebok.sources import read_file


def read(folder, content: bytes):
    path = folder / "I1.rtf"
    path.write_bytes(content)
    (arrival,) = read_file(path)
    return arrival


def spoken(arrival):
    return [(turn.speaker, turn.text) for turn in arrival.turns]


def test_letters_of_a_code_page_and_of_unicode(tmp_path):
    arrival = read(
        tmp_path,
        rb"{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}"
        rb"{\*\generator Riched20;}\pard\f0 Intervjuer: Hva gj\'f8r du p\u229\'e5 jobb?\par"
        b"\r\n"
        rb"Informant: {\b Mye} rart \endash  ja.\line \u-10179?\u-8704? S\u248 \'e5.\par}",
    )
    assert arrival.format == "rtf"
    assert arrival.encoding is None
    assert spoken(arrival) == [
        ("Intervjuer", "Hva gjør du på jobb?"),
        ("Informant", "Mye rart – ja.\n😀 Sø."),
    ]


def test_a_font_has_its_own_code_page(tmp_path):
    content = (
        rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}"
        rb"\f0 I: \'e4\'f8\f1 \'e4\'e0\f0\'f8\par R: Ja\par}"
    )
    assert spoken(read(tmp_path, content))[0] == ("I", "äøдаø")


def test_text_edit_ends_a_paragraph_by_a_backslash_at_the_line_end(tmp_path):
    content = (
        b"{\\rtf1\\ansi\\ansicpg1252\\cocoartf2709\n{\\fonttbl\\f0\\fcharset0 Helvetica;}\n"
        b"\\f0\\fs24 \\cf0 Intervjuer: Hva?\\\n\\\nInformant: S\\uc0\\u233 nt.\\\n}"
    )
    assert spoken(read(tmp_path, content)) == [("Intervjuer", "Hva?"), ("Informant", "Sént.")]


def test_a_table_is_a_transcript(tmp_path):
    rows = b"".join(
        rb"\trowd\cellx100\cellx200\pard\intbl %s\cell %s\cell\row " % row
        for row in [(b"Taler", b"Tekst"), (b"I", b"Hva skjedde?"), (b"R", rb"Alt falt \par ned.")]
    )
    arrival = read(tmp_path, rb"{\rtf1\ansi\pard F\'f8r.\par %s\pard Etter.\par}" % rows)
    assert spoken(arrival) == [
        (None, "Før."),
        ("I", "Hva skjedde?"),
        ("R", "Alt falt\nned."),
        (None, "Etter."),
    ]


def test_hidden_and_deleted_words_footnotes_and_pictures_are_left_out_and_told_of(tmp_path):
    arrival = read(
        tmp_path,
        rb"{\rtf1\ansi I: Hva {\v skjult }{\deleted str\'f8ket }{\revised skjedde}?\par "
        rb"R: Mye{\footnote en fotnote}.{\pict\pngblip 89504e47}{\*\bkmkstart x}"
        rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt lenke}}{\header topp}\par}",
    )
    assert spoken(arrival) == [("I", "Hva skjedde?"), ("R", "Mye.lenke")]
    assert len(arrival.doubts) == 3


def test_a_picture_as_raw_bytes_is_passed_over(tmp_path):
    content = rb"{\rtf1 I: Hei {\pict\bin6 }}\}{{}p\'e5 deg.\par R: Ja.\par}"
    assert spoken(read(tmp_path, content))[0] == ("I", "Hei på deg.")


@pytest.mark.parametrize(
    "content",
    [
        rb"{\rtf1\ansi I: Hei. R: Ja, jeg",
        b"{\\rtf1 " + b"{" * 50_000 + b"}" * 50_000 + b"}",
        b"{\\rtf1 I: Hei {\\b",
    ],
)
def test_rich_text_that_is_cut_short_or_made_to_harm_is_refused(tmp_path, content):
    with pytest.raises(KodebokError) as caught:
        read(tmp_path, content)
    assert caught.value.code == "K116"


def test_rich_text_without_words(tmp_path):
    with pytest.raises(KodebokError) as caught:
        read(tmp_path, rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\par}")
    assert caught.value.code == "K140"
