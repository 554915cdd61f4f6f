"""What a supervisor does in Word, done to the file's XML; and LibreOffice, which saves it anew."""

from __future__ import annotations

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import docx

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def commented(content: bytes, on: str, words: str, author: str = "Anne Veileder") -> bytes:
    """A comment on the first run that holds some words, as python-docx writes it."""
    document = docx.Document(BytesIO(content))
    run = next(r for p in document.paragraphs for r in p.runs if on in r.text)
    document.add_comment(run, text=words, author=author, initials="AV")
    return saved(document)


def filled(content: bytes, mark: str, box: int, words: str) -> bytes:
    """Words in one of the boxes below an item."""
    document = docx.Document(BytesIO(content))
    table = next(t for t in document.tables if t.cell(0, 0).text.startswith(mark))
    table.cell(1, box).text = words
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def replied(content: bytes, mark: str, words: str, *, is_done: bool = False) -> bytes:
    """A reply in the thread of kodebok's comment on an item, as Word keeps it."""
    parts = parts_of(content)
    comments = parts["word/comments.xml"].decode()
    owned = re.search(
        rf'<w:comment w:id="(\d+)"(?:(?!</w:comment>).)*\[{mark}.*?</w:comment>',
        comments,
        re.DOTALL,
    )
    assert owned is not None
    number, parent_id, reply_id = owned.group(1), "1A2B3C4D", "5E6F7A8B"
    with_id = owned.group().replace("<w:p>", f'<w:p w14:paraId="{parent_id}">', 1)
    reply = (
        '<w:comment w:id="999" w:author="Anne Veileder" w:date="2026-11-22T10:00:00Z" '
        f'w:initials="AV"><w:p w14:paraId="{reply_id}"><w:r><w:t>{words}</w:t></w:r></w:p>'
        "</w:comment>"
    )
    comments = comments.replace(owned.group(), with_id + reply)
    comments = comments.replace("<w:comments ", f'<w:comments xmlns:w14="{W14}" ', 1)
    document = parts["word/document.xml"].decode()
    for border in ("commentRangeStart", "commentRangeEnd"):
        old = f'<w:{border} w:id="{number}"/>'
        assert old in document
        document = document.replace(old, f'{old}<w:{border} w:id="999"/>')
    reference = f'<w:commentReference w:id="{number}"/></w:r>'
    assert reference in document
    document = document.replace(
        reference, f'{reference}<w:r><w:commentReference w:id="999"/></w:r>'
    )
    done = int(is_done)
    extended = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="{parent_id}" '
        f'w15:done="{done}"/><w15:commentEx w15:paraId="{reply_id}" '
        f'w15:paraIdParent="{parent_id}" w15:done="{done}"/></w15:commentsEx>'
    )
    return packed(
        {
            **parts,
            "word/comments.xml": comments.encode(),
            "word/document.xml": document.encode(),
            "word/commentsExtended.xml": extended.encode(),
            **_registered(parts),
        }
    )


def _registered(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The lists of parts and of relations, with the threads' part in them."""
    types = parts["[Content_Types].xml"].decode()
    rels = parts["word/_rels/document.xml.rels"].decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    override = f'<Override PartName="/word/commentsExtended.xml" ContentType="{kind}"/>'
    relation = (
        '<Relationship Id="rIdThreads" Target="commentsExtended.xml" '
        'Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"/>'
    )
    return {
        "[Content_Types].xml": types.replace("</Types>", f"{override}</Types>").encode(),
        "word/_rels/document.xml.rels": rels.replace(
            "</Relationships>", f"{relation}</Relationships>"
        ).encode(),
    }


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """The file opened and saved by LibreOffice."""
    before, after = folder / "pakke.docx", folder / "ut"
    before.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", after, before],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (after / "pakke.docx").read_bytes()
