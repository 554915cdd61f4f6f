"""A comment that LibreOffice itself writes, through its API, comes back as an answer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from kodebok.domain.review import AnswerKind
from kodebok.review.choosing import Wish
from kodebok.review.receiving import receive
from kodebok.review.settling import load_queue
from kodebok.study.supervising import send
from tests.builders import add_code
from tests.review.studies import MEETINGS, make_study

SYSTEM_PYTHON = "/usr/bin/python3"  # LibreOffice brings its API to the system's own

COMMENTING = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

pipe, path, saved, words, text = sys.argv[1:]
resolver = uno.getComponentContext().ServiceManager.createInstance(
    "com.sun.star.bridge.UnoUrlResolver")
for attempt in range(300):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except NoConnectException:
        time.sleep(0.2)
desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
hidden = PropertyValue(Name="Hidden", Value=True)
document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
search = document.createSearchDescriptor()
search.SearchString = words
found = document.findFirst(search)
note = document.createInstance("com.sun.star.text.textfield.Annotation")
note.Author, note.Content = "Anne Veileder", text
found.Text.insertTextContent(found, note, True)
word = PropertyValue(Name="FilterName", Value="MS Word 2007 XML")
document.storeToURL(uno.systemPathToFileUrl(saved), (word,))
document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
"""


def has_api() -> bool:
    if shutil.which("soffice") is None or not Path(SYSTEM_PYTHON).exists():
        return False
    done = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.skipif(not has_api(), reason="LibreOffice's API lacks")
def test_a_comment_written_in_libreoffice_lands_on_its_words(tmp_path):
    with make_study(tmp_path / "s") as study:
        code = add_code(study.store, MEETINGS)
        path = send(study, Wish("Anne", code_ids=(code,))).path
        pipe, saved = f"kodebok-{tmp_path.name}", tmp_path / "tilbake.docx"
        office = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation=file://{tmp_path / 'profile'}",
                "--headless",
                "--norestore",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            words = "Det faste møtet er det som holder oss sammen"
            subprocess.run(
                [SYSTEM_PYTHON, "-c", COMMENTING, pipe, path, saved, words, "tvil: sier alle det?"],
                check=True,
                timeout=150,
                capture_output=True,
            )
        finally:
            office.terminate()
            office.wait(60)
        receive(study.store, study.coder.id, saved.read_bytes(), lambda: "")
        (standing,) = load_queue(study.store)
        assert (standing.answer.kind, standing.answer.text) == (AnswerKind.DOUBT, "sier alle det?")
        assert standing.answer.author == "Anne Veileder"
        assert standing.item is not None
        assert standing.item.text.startswith(words)
