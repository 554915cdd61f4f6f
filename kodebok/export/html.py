"""The searchable appendix as one web page, which needs no network and no server."""

from __future__ import annotations

from html import escape

from kodebok.domain.code import Code
from kodebok.export.docx_package import LANGUAGE_TAGS
from kodebok.export.excel import excerpts_table
from kodebok.export.html_page import SCRIPT, STYLE, policy
from kodebok.export.model import StudyView
from kodebok.export.tables import codebook_header, codebook_row
from kodebok.export.xml_text import xml_safe
from kodebok.i18n import translator_to


def appendix_html(view: StudyView, *, language: str = "", made_on: str = "") -> bytes:
    """Codes and coded passages as a page with a search box and a choice of code.

    Without JavaScript the page shows everything. A code's letter stands beside its colour.
    """
    lang = language or view.project.language
    _ = translator_to(lang, "export")
    title = _text(view.project.title)
    made = f" · {_text(made_on)}" if made_on else ""
    page = (
        f'<!DOCTYPE html>\n<html lang="{_text(LANGUAGE_TAGS.get(lang, lang))}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="robots" content="noindex,nofollow">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<h1>{title}</h1>\n<p class="soft">{_text(_("Coded excerpts"))}{made}</p>\n'
        f"{_form(view, lang)}\n{_passages(view, lang)}\n{_codebook(view, lang)}\n"
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def _text(text: str) -> str:
    return escape(xml_safe(text), quote=True)


def _form(view: StudyView, language: str) -> str:
    _ = translator_to(language, "export")
    used = {excerpt.code_id for excerpt in view.excerpts}
    options = "".join(
        f'<option value="{_text(view.codes.path(code.id))}">'
        f"{'&emsp;' * view.codes.depth(code.id)}{_text(code.name)}</option>"
        for code in view.codes
        if code.id in used or any(below.id in used for below in view.codes.descendants(code.id))
    )
    return (
        f'<form role="search"><label>{_text(_("Search"))}<input id="query" type="search" '
        f'autocomplete="off"></label><label>{_text(_("Code"))}<select id="code">'
        f'<option value="">{_text(_("All codes"))}</option>{options}</select></label>'
        '<output id="count" aria-live="polite"></output></form>'
    )


def _passages(view: StudyView, language: str) -> str:
    table = excerpts_table(view, language)
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in table.header)
    chips = {view.codes.path(code.id): _chip(code) for code in view.codes}
    rows = []
    for row in table.rows:
        path, words, *rest = (str(cell) for cell in row)
        cells = "".join(f"<td>{_text(cell)}</td>" for cell in rest)
        rows.append(
            f'<tr data-code="{_text(path)}">'
            f'<td class="code">{chips.get(path, "")}{_text(path)}</td>'
            f'<td class="words">{_text(words)}</td>{cells}</tr>\n'
        )
    body = "".join(rows)
    return f'<table id="passages"><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>'


def _chip(code: Code) -> str:
    """The code's letter on its colour, drawn, since the page's policy allows no inline style."""
    letter = _text(code.letter or code.name[:1].upper())
    return (
        f'<svg class="chip" width="22" height="20" role="img" aria-label="{letter}">'
        f'<rect width="22" height="20" rx="4" fill="{code.color.rgb}"/>'
        f'<text x="11" y="15" text-anchor="middle" font-size="13">{letter}</text></svg>'
    )


def _codebook(view: StudyView, language: str) -> str:
    _ = translator_to(language, "export")
    names = codebook_header(language)
    items = []
    for code in view.codes:
        values = zip(names[1:], codebook_row(code, language)[1:], strict=True)
        said = "".join(
            f'<dd><span class="soft">{_text(name)}:</span> {_text(str(value))}</dd>'
            for name, value in values
            if value != "–"
        )
        items.append(f"<dt>{_chip(code)}{_text(view.codes.path(code.id))}</dt>{said}\n")
    return f"<h2>{_text(_('Codebook'))}</h2>\n<dl>\n{''.join(items)}</dl>"
