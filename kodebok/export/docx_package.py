"""The file around a Word document: a package with no trace of a person or a machine in it."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kodebok.export.word_styles import Font, W, styles_xml

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
R = f"{_OFFICE}/relationships"
LANGUAGE_TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}

# The oldest time that a zip entry can hold: a file made twice is the same to the byte.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_KEPT_PARTS = ("styles", "settings", "theme", "fontTable")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_APP = (
    f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties">'
    "<Application>kodebok</Application></Properties>"
)
_PAGE_NUMBER = (
    f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)


def docx_bytes(
    body: str,
    *,
    title: str,
    language: str,
    made_on: str = "",
    landscape: bool = False,
    font: Font = Font.TIMES,
    comments: str = "",
) -> bytes:
    """A docx of a body that is already XML.

    Args:
        body: Paragraphs and tables in the `w:` namespace, well-formed.
        title: For the properties.
        language: `nb`, `nn` or `en`.
        made_on: ISO date for the properties; without one they name no date.
        landscape: Whether the pages lie down.
        font: Typeface.
        comments: The content of `comments.xml`, without its root.
    """
    import docx

    tag = LANGUAGE_TAGS.get(language, language)
    document = docx.Document()
    _strip(document)
    footer_id = _add_part(document, "footer", "footer1.xml", _PAGE_NUMBER)
    if comments:
        whole = f'<w:comments xmlns:w="{W}">{comments}</w:comments>'
        _add_part(document, "comments", "comments.xml", whole)
    _describe(document, title, tag, made_on)
    out = BytesIO()
    document.save(out)
    section = _section(footer_id, landscape=landscape)
    content = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{section}</w:body></w:document>'
    )
    written = {
        "docProps/app.xml": _APP,
        "word/document.xml": _HEAD + content,
        "word/styles.xml": _HEAD + styles_xml(font, tag),
    }
    return repack(out.getvalue(), {name: xml.encode() for name, xml in written.items()})


def repack(content: bytes, replaced: dict[str, bytes]) -> bytes:
    """A zip with the same entries, all of one time, some with other content."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, replaced.get(name) or old.read(name), compresslevel=3)
    return out.getvalue()


def _strip(document: DocxDocument) -> None:
    """Take out what the template brings along: a thumbnail, effects, numbering, custom XML."""
    for owner in (document.part.package, document.part):
        for key, relation in list(owner.rels.items()):
            kind = relation.reltype.rsplit("/", 1)[-1]
            is_kept = kind in {*_KEPT_PARTS, "officeDocument", "core-properties"}
            if not is_kept and kind != "extended-properties":
                del owner.rels[key]


def _add_part(document: DocxDocument, kind: str, name: str, xml: str) -> str:
    """Add a part to the package; returns the id of the relation to it."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    part = Part(
        PackURI(f"/word/{name}"), content_type, (_HEAD + xml).encode(), document.part.package
    )
    return str(document.part.relate_to(part, f"{R}/{kind}"))


def _section(footer_id: str, *, landscape: bool) -> str:
    """A4 with margins of 2.5 cm, in twentieths of a point."""
    size = (
        'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    )
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer_id}"/><w:pgSz {size}/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" '
        'w:footer="709" w:gutter="0"/></w:sectPr>'
    )


def _describe(document: DocxDocument, title: str, tag: str, made_on: str) -> None:
    """Properties: title, language and the date that was given; no author, no program's clock."""
    from kodebok.export.xml_text import xml_safe

    properties = document.core_properties
    element: Any = properties._element  # noqa: SLF001 - the template's own values have no other way out
    for child in list(element):
        element.remove(child)
    properties.title = xml_safe(title)[:255]
    properties.language = tag
    properties.revision = 1
    try:
        day = datetime.fromisoformat(made_on).replace(tzinfo=UTC)
    except ValueError:
        return
    properties.created = properties.modified = day
