"""`kodebok proof` as a student types it: what it prints, how it ends, which files it refuses."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from kodebok.cli.app import root
from kodebok.cli.session import Front
from kodebok.i18n import set_language
from kodebok.sources import limits
from tests.builders import add_interview, make_store
from tests.study.proof_manuscripts import W, write_manuscript

SAID = "Det faste møtet er det som holder oss sammen"
FIELDS = (
    "kind serious where part heading paragraph text source start end difference voice named places "
    "explained"
).split()

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KODEBOK_CONFIG_DIR", str(tmp_path / "settings"))
    monkeypatch.setenv("KODEBOK_LANG", "en")
    store = make_store(tmp_path / "studie")
    add_interview(store, f"R: {SAID}, hvis du spør meg.", "I1", case="Informant 1")
    store.close()
    front = Front(lambda _study, _folder: 0, list)

    def line(*words: object) -> Result:
        typed = ["-C", str(tmp_path / "studie"), "proof", *map(str, words)]
        return CliRunner().invoke(root, typed, obj=front)

    yield line
    set_language("")


def test_a_manuscript_with_drift_ends_with_1_and_shows_the_difference(run: Run, tmp_path: Path):
    path = write_manuscript(
        tmp_path / "o.docx", ("heading", "Funn"), "«Det faste møtet er det som binder oss sammen»"
    )
    answer = run(path)
    assert answer.exit_code == 1
    header, row = answer.stdout.splitlines()
    assert header.split("\t") == ["What", "Where", "Manuscript", "Source", "Difference"]
    assert row.split("\t") == [
        "Other words than the source has",
        "Funn, paragraph 1",
        "Det faste møtet er det som binder oss sammen",
        "I1",
        "«holder» → «binder»",
    ]
    assert "1 quotation checked: 0 identical, 1 drifted, 0 not in the study" in answer.stderr


def test_a_manuscript_without_faults_ends_with_0_and_prints_nothing(run: Run, tmp_path: Path):
    answer = run(write_manuscript(tmp_path / "o.docx", f"«{SAID}»"))
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "Nothing has to be mended." in answer.stderr


def test_all_lists_what_is_right_too(run: Run, tmp_path: Path):
    answer = run(write_manuscript(tmp_path / "o.docx", f"«{SAID}»"), "--all")
    assert "The source's words" in answer.stdout


def test_json_has_every_finding_with_its_fields(run: Run, tmp_path: Path):
    path = write_manuscript(
        tmp_path / "o.docx", f"«{SAID.replace('holder', 'binder')}»", f"«{SAID}»"
    )
    answer = run(path, "--json")
    content = json.loads(answer.stdout)
    assert content["schema"] == "kodebok.proof/1"
    assert [item["kind"] for item in content["items"]] == ["drifted", "repeated", "identical"]
    first = content["items"][0]
    assert list(first) == FIELDS
    assert first["difference"] == [{"source": "holder", "manuscript": "binder"}]
    assert (first["source"], first["start"], first["end"]) == ("I1", 0, len(SAID))
    assert (first["part"], first["paragraph"], first["serious"]) == ("body", 1, True)


def test_the_copy_is_written_and_the_gate_s_warning_is_heard(run: Run, tmp_path: Path):
    path = write_manuscript(tmp_path / "o.docx", "«Det faste møtet er det som binder oss sammen»")
    before = path.read_bytes()
    answer = run(path, "--copy", tmp_path / "kopi.docx", "--quiet")
    assert answer.exit_code == 1
    assert "not anonymised" in answer.stderr
    (comment,) = docx.Document(str(tmp_path / "kopi.docx")).comments
    assert comment.author == "kodebok"
    assert path.read_bytes() == before


def test_a_terminal_is_shown_a_table_for_each_kind_with_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for module in ("output", "proof"):
        monkeypatch.setattr(f"kodebok.cli.{module}.is_terminal", lambda: True)
    path = write_manuscript(
        tmp_path / "o.docx",
        f"«{SAID.replace('holder', 'binder')}»",
        "«Slik har ingen sagt det her»",
    )
    shown = run(path).stdout
    missing, drifted = shown.index("Not in the study (1)"), shown.index("Other words than")
    assert missing < shown.index("Give the source, take") < drifted
    assert (
        drifted < shown.index("Go back to the source's words") < shown.index("«holder» → «binder»")
    )


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_it_speaks_the_user_s_language(run: Run, tmp_path: Path, language: str):
    path = write_manuscript(tmp_path / "o.docx", "«Det faste møtet er det som binder oss sammen»")
    answer = run(path, "--lang", language)
    assert {"nb": "Andre ord enn kilden har", "nn": "Andre ord enn kjelda har"}[language] in (
        answer.stdout
    )


def _zip(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _whole() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Hemmelige ord")
    document.save(out)
    return out.getvalue()


RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "a folder": (None, "K102", 2),
    "nothing": (b"", "K104", 1),
    "plain text": (b"Hemmelige ord om Kari", "K540", 2),
    "an old Word file": (OLE + "WordDocument".encode("utf-16-le"), "K540", 2),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "K541", 2),
    "another zip": (_zip(mimetype="application/vnd.oasis.opendocument.text"), "K540", 2),
    "a workbook": (_zip(_rels__x="", xl__workbook="<x/>"), "K540", 2),
    "a file cut short": (_whole()[:2_000], "K116", 1),
    "no document": (_zip(**{"_rels__.rels": RELS}), "K540", 2),
    "a document of another kind": (
        _zip(**{"_rels__.rels": RELS, "word__document.xml": "<html/>"}),
        "K540",
        2,
    ),
    "broken XML": (_zip(**{"_rels__.rels": RELS, "word__document.xml": "<w:a"}), "K119", 1),
    "entities": (
        _zip(**{"_rels__.rels": RELS, "word__document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        "K118",
        1,
    ),
    "no text": (
        _zip(
            **{
                "_rels__.rels": RELS,
                "word__document.xml": f'<w:document xmlns:w="{W}"><w:body/></w:document>',
            }
        ),
        "K542",
        1,
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_cannot_be_checked_is_refused_in_words(run: Run, tmp_path: Path, what: str):
    content, code, status = BAD[what]
    path = tmp_path / "oppgave.docx"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    answer = run(path)
    assert code in answer.stderr
    assert answer.exit_code == status
    assert "Traceback" not in answer.stderr
    assert "Hemmelige" not in answer.stderr
    assert answer.stdout == ""


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path):
    answer = run(tmp_path / "borte.docx")
    assert answer.exit_code == 2
    assert "K101" in answer.stderr


def test_a_file_beyond_all_size_is_refused(run: Run, tmp_path: Path, monkeypatch):
    path = write_manuscript(tmp_path / "o.docx", "Tekst.")
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 100)
    answer = run(path)
    assert "K103" in answer.stderr


def test_without_a_study_nothing_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KODEBOK_LANG", "en")
    path = write_manuscript(tmp_path / "o.docx", "Tekst.")
    answer = CliRunner().invoke(root, ["-C", str(tmp_path), "proof", str(path)])
    assert answer.exit_code == 2
    assert "K501" in answer.stderr
    set_language("")
