"""An export reaches the disk after the gate, whole or not at all."""

from __future__ import annotations

import errno
import os

import pytest

from kodebok.anonymise.gate import ExportContent, GateVerdict, UnappliedGate
from kodebok.errors import ExitCode, KodebokError, ProtectionError, WrongUseError
from kodebok.export.analysis_table import analysis_csv
from kodebok.export.chapter import make_chapter
from kodebok.export.contents import texts_in
from kodebok.export.excel import appendix_xlsx
from kodebok.export.html import appendix_html
from kodebok.export.margin import margin_docx
from kodebok.export.presets import choose_preset
from kodebok.export.refi import qdc_bytes, qdpx_bytes
from kodebok.export.text_out import source_text_bytes
from kodebok.export.word import word_bytes
from kodebok.export.write import write_export
from kodebok.i18n import set_language
from tests.export.builders import LONG, MEETING, study, uid


def names_in(folder):
    return [path.name for path in folder.iterdir()]


class NameGate:
    """A gate that stops every file in which a word can be read."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.seen: list[ExportContent] = []

    def check(self, content: ExportContent) -> GateVerdict:
        self.seen.append(content)
        places = tuple(t.where for t in content.texts if self.word in t.text)
        return GateVerdict(passes=not places, sentences=("Et navn ble funnet",), places=places)


def test_an_export_is_written_with_a_warning_before_anything_is_anonymised(tmp_path):
    set_language("nb")
    path = tmp_path / "exports" / "funn.txt"
    verdict = write_export(path, b"tekst", UnappliedGate(), kind="text")
    assert path.read_bytes() == b"tekst"
    assert verdict.sentences[0].startswith("funn.txt er ikke anonymisert")
    set_language("")


def test_a_file_that_is_there_is_not_overwritten_unasked(tmp_path):
    path = tmp_path / "funn.docx"
    path.write_bytes(b"mitt")
    gate = NameGate("-")
    with pytest.raises(WrongUseError) as caught:
        write_export(path, b"nytt", gate, kind="word")
    assert caught.value.code == "K410"
    assert path.read_bytes() == b"mitt"
    write_export(path, b"nytt", gate, kind="word", overwrite=True)
    assert path.read_bytes() == b"nytt"


def test_a_file_that_appears_meanwhile_is_not_overwritten_either(tmp_path):
    path = tmp_path / "funn.docx"

    class SlowGate:
        def check(self, _content):
            path.write_bytes(b"noen andre")
            return GateVerdict(passes=True)

    with pytest.raises(WrongUseError) as caught:
        write_export(path, b"nytt", SlowGate(), kind="word")
    assert caught.value.code == "K413"
    assert path.read_bytes() == b"noen andre"
    assert names_in(tmp_path) == ["funn.docx"]


def test_a_folder_is_never_taken_for_a_file(tmp_path):
    with pytest.raises(WrongUseError):
        write_export(tmp_path, b"x", UnappliedGate(), kind="word", overwrite=True)


def test_what_the_gate_stops_is_not_written(tmp_path):
    path = tmp_path / "funn.txt"
    with pytest.raises(ProtectionError) as caught:
        write_export(path, b"Kari sa", NameGate("Kari"), kind="text")
    assert caught.value.exit_code is ExitCode.REFUSED_TO_PROTECT
    assert "Kari" not in str(caught.value)
    assert names_in(tmp_path) == []


def test_the_gate_sees_the_name_that_the_file_is_to_have(tmp_path):
    gate = NameGate("-")
    write_export(tmp_path / "Kari.txt", b"x", gate, kind="text")
    assert (gate.seen[0].file_name, gate.seen[0].kind) == ("Kari.txt", "text")


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(KodebokError) as caught:
        write_export(tmp_path / "funn.docx", b"x" * 100, UnappliedGate(), kind="word")
    assert caught.value.code == "K412"
    assert names_in(tmp_path) == []


def test_a_disk_without_hard_links_is_written_too(tmp_path, monkeypatch):
    def no_links(_old, _new):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    path = tmp_path / "funn.txt"
    write_export(path, b"x", UnappliedGate(), kind="text")
    assert path.read_bytes() == b"x"
    assert names_in(tmp_path) == ["funn.txt"]


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_only_the_user_can_read_an_export(tmp_path):
    path = tmp_path / "funn.txt"
    write_export(path, b"x", UnappliedGate(), kind="text")
    assert path.stat().st_mode & 0o077 == 0


def exports():
    view = study()
    return {
        "chapter": word_bytes(make_chapter(view, choose_preset("block-first"))),
        "margin": margin_docx(view, uid("s1")),
        "excel": appendix_xlsx(view),
        "html": appendix_html(view),
        "csv": analysis_csv(view),
        "refi": qdpx_bytes(view),
        "text": source_text_bytes(view, uid("s1")),
    }


@pytest.mark.parametrize("name", exports())
def test_the_gate_can_read_every_passage_of_every_export(name):
    texts = "\n".join(text.text for text in texts_in(exports()[name]))
    assert MEETING in texts
    assert LONG in texts


def test_the_gate_can_read_comments_properties_and_names_of_codes():
    margin = {t.where: t.text for t in texts_in(exports()["margin"])}
    assert "Faste møtepunkt" in margin["word/comments.xml"]
    assert "I1-leder" in margin["docProps/core.xml"]
    codebook = "\n".join(t.text for t in texts_in(qdc_bytes(study())))
    assert "Faste møtepunkt" in codebook
    assert "Nærhet slår papir" in codebook
    sheets = "\n".join(t.text for t in texts_in(exports()["excel"]))
    assert "Utdrag" in sheets


def test_a_name_that_is_split_over_runs_is_one_word_to_the_gate():
    texts = "\n".join(t.text for t in texts_in(margin_docx(study(), uid("s1"))))
    assert "Informant 1: Morgenmøtet er der tverrfagligheten sitter, hvis du spør meg. Det" in texts


def test_a_picture_gives_its_name_alone():
    import zipfile
    from io import BytesIO

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("media/Kari.png", b"\x89PNG\xff\xfe")
    assert [(t.where, t.text) for t in texts_in(out.getvalue())] == [
        ("media/Kari.png", "media/Kari.png")
    ]
