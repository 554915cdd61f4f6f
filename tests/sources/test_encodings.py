"""The encodings in which text files arrive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.errors import KodebokError
from kodebok.sources import ReadOptions, read_file
from kodebok.sources.encodings import decode

TEXT = "Intervjuer: Hva gjør du på Årnes?\nInformant: Jeg kjører rute åtte, og så ærlig: Øystein.\n"


@pytest.mark.parametrize(
    ("codec", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
        ("latin-1", "windows-1252"),
        ("mac-roman", "mac-roman"),
        ("cp850", "cp850"),
    ],
)
def test_the_encoding_is_found_and_reported(tmp_path, codec, reported):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(codec))
    (arrival,) = read_file(path)
    assert arrival.encoding == reported
    assert [turn.text for turn in arrival.turns] == [
        "Hva gjør du på Årnes?",
        "Jeg kjører rute åtte, og så ærlig: Øystein.",
    ]


def test_utf16_big_endian_with_its_mark():
    assert decode(b"\xfe\xff" + "Å".encode("utf-16-be"))[0] == "Å"


def test_windows_quotation_marks_and_dashes():
    assert decode("«Ja» – «så» “ærlig”".encode("cp1252")) == ("«Ja» – «så» “ærlig”", "windows-1252")


def test_the_user_overrules_the_guess(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Ja \u20ac nei".encode("iso-8859-15"))
    (arrival,) = read_file(path, ReadOptions(encoding="iso-8859-15"))
    assert (arrival.turns[0].text, arrival.encoding) == ("Ja € nei", "iso-8859-15")


@pytest.mark.parametrize(
    "name", ["klingon", "hex", "rot13", "unicode_escape", "idna", "", "\0", "\udcff"]
)
def test_an_encoding_that_does_not_exist_is_refused(name):
    with pytest.raises(KodebokError, match="K124"):
        decode(b"abc", name)


def test_an_encoding_that_does_not_fit_is_refused():
    with pytest.raises(KodebokError, match="K125"):
        decode(b"\xff\xfe\xfa", "utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_utf8_always_comes_back_as_it_was_written(text):
    decoded, encoding = decode(text.encode("utf-8"), "utf-8")
    assert (decoded, encoding) == (text.removeprefix("\ufeff"), "utf-8")
