"""Manuscripts as students write them, made in one line: real docx files, opened by real code."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.shared import Cm

from kodebok.export.model import StudyView
from kodebok.storage.database import Store
from kodebok.study.opening import Study
from kodebok.study.proof import Proof, proof_manuscript
from kodebok.study.proof_findings import Finding, Kind
from kodebok.study.view import load_view

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEADING, QUOTE, INDENTED = "heading", "quote", "indented"


def write_manuscript(path: Path, *paragraphs: str | tuple[str, str]) -> Path:
    """A docx of paragraphs; a pair names how a paragraph looks."""
    document = docx.Document()
    for paragraph in paragraphs:
        look, text = paragraph if isinstance(paragraph, tuple) else ("", paragraph)
        if look == HEADING:
            document.add_heading(text, 1)
        else:
            added = document.add_paragraph(text, style="Quote" if look == QUOTE else None)
            if look == INDENTED:
                added.paragraph_format.left_indent = Cm(1.25)
    document.save(str(path))
    return path


def write_xml(path: Path, body: str, **parts: str) -> Path:
    """A docx whose body is given as XML; `footnotes`, `header` and such become parts."""
    out = BytesIO()
    docx.Document().save(out)
    relations = ""
    with zipfile.ZipFile(BytesIO(out.getvalue())) as old, zipfile.ZipFile(path, "w") as new:
        for kind, xml in parts.items():
            new.writestr(f"word/{kind}9.xml", f'<w:{kind} xmlns:w="{W}">{xml}</w:{kind}>')
            relations += (
                f'<Relationship Id="x{kind}" Target="{kind}9.xml" Type="http://schemas.openxmlformats.org/'
                f'officeDocument/2006/relationships/{kind}"/>'
            )
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
            elif name == "word/_rels/document.xml.rels":
                content = content.replace(
                    b"</Relationships>", relations.encode() + b"</Relationships>"
                )
            new.writestr(name, content)
    return path


def paragraph_xml(*runs: str, properties: str = "") -> str:
    """A paragraph of runs of text; what begins with `<` is put in as it is."""
    inside = "".join(run if run.startswith("<") else run_xml(run) for run in runs)
    return f"<w:p>{properties}{inside}</w:p>"


def run_xml(text: str, look: str = "") -> str:
    """A run of text."""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def view_of(store: Store) -> StudyView:
    """The study as exports see it."""
    from kodebok.config import Settings
    from kodebok.storage import projects

    return load_view(Study(store, projects.first_user(store), Settings(store.folder)))


def check(store: Store, *paragraphs: str | tuple[str, str]) -> Proof:
    """The proof of a manuscript of these paragraphs."""
    path = write_manuscript(store.folder / "oppgave.docx", *paragraphs)
    return proof_manuscript(view_of(store), path)


def kinds(proof: Proof) -> list[Kind]:
    """The kinds of what was found, in order, the voices aside."""
    return [finding.kind for finding in proof.findings if finding.kind is not Kind.DOMINANT]


def only(proof: Proof, kind: Kind) -> Finding:
    """The one finding of a kind."""
    (finding,) = [finding for finding in proof.findings if finding.kind is kind]
    return finding


def changes(finding: Finding) -> list[tuple[str, str]]:
    """What differs: the source's words and the manuscript's."""
    return [(change.source, change.manuscript) for change in finding.changes]
