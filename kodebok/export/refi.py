"""REFI-QDA: the study as a .qdpx project and its codebook as .qdc, for other programs.

Source: REFI-QDA project exchange, QDA-XML 1.0 (2019). Positions are Unicode code points of the
plain text; sources lie as `internal://GUID.txt`.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

from kodebok.errors import WrongUseError
from kodebok.export.docx_package import ZIP_TIME
from kodebok.export.model import StudyView
from kodebok.export.refi_extras import EXTRAS_NAME, SOURCES_FOLDER
from kodebok.export.refi_project import ProjectWriter
from kodebok.export.refi_values import ORIGIN, XML_HEAD
from kodebok.i18n import translator

_ = translator("export")


def qdpx_bytes(view: StudyView) -> bytes:
    """The whole study as a REFI-QDA project.

    The texts carry the voices' labels, since other programs know no turns. Quotes, condensations
    and summaries are not in it.
    """
    writer = ProjectWriter(view)
    project = writer.project_xml()
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _add(archive, "project.qde", project)
        for source in view.sources.values():
            name = f"{SOURCES_FOLDER}/{writer.guid(source.id)}.txt"
            _add(archive, name, writer.labelled[source.id].text)
        _add(archive, EXTRAS_NAME, writer.extras_json())
    return out.getvalue()


def qdc_bytes(view: StudyView) -> bytes:
    """The codebook alone, with the themes as sets.

    Raises:
        WrongUseError: K420, there is no code, and REFI-QDA knows no empty codebook.
    """
    if not len(view.codes):
        raise WrongUseError(_("the codebook has no codes"), _("make a code first"), "K420")
    writer = ProjectWriter(replace(view, notes=()))
    codes = "".join(writer.code_xml(code) for code in view.codes.children(None))
    sets = writer.sets_xml("guid")
    return (
        f'{XML_HEAD}<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="{ORIGIN}">'
        f"<Codes>{codes}</Codes>{sets}</CodeBook>"
    ).encode()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, text.encode("utf-8", "replace"), compresslevel=1)
