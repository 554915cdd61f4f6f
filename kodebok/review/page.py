"""A package as one web page with buttons, which needs no network and no server."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kodebok.domain.review import AnswerKind, ReviewTarget
from kodebok.export.docx_package import LANGUAGE_TAGS
from kodebok.export.xml_text import xml_safe
from kodebok.i18n import mark, translator_to
from kodebok.review.content import PackageContent, Said, Shown
from kodebok.review.page_look import SCRIPT, STYLE, policy

_BUTTONS = {
    AnswerKind.AGREE: mark("Agree"),
    AnswerKind.DOUBT: mark("Doubt"),
    AnswerKind.PROPOSE: mark("Another code"),
    AnswerKind.COMMENT: mark("Comment"),
}


def page_html(content: PackageContent) -> bytes:
    """The package as a page; the button at the bottom saves a small file of answers."""
    _ = translator_to(content.language, "review")
    title = _text(content.title)
    tag = _text(LANGUAGE_TAGS.get(content.language, content.language))
    name = _text(f"{_('answers')}-{content.id[:8]}.json")
    codes = "".join(f'<option value="{_text(path)}">' for path in content.codes)
    items = "\n".join(_Item(item, content.language).html() for item in content.items)
    page = (
        f'<!DOCTYPE html>\n<html lang="{tag}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="robots" content="noindex,nofollow">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n"
        f'<body data-package="{content.id}" data-file="{name}">\n<main>\n<h1>{title}</h1>\n'
        f"{_letter(content)}\n{_outcomes(content)}\n{items}\n{_definitions(content)}\n</main>\n"
        f'<datalist id="codes">{codes}</datalist>\n'
        f'<footer><output id="count" aria-live="polite"></output>'
        f'<button id="save" type="button">{_text(_("Save answers"))}</button></footer>\n'
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def _text(text: str) -> str:
    return escape(xml_safe(text), quote=True)


def _note(text: str) -> str:
    return f'<p class="note">{_text(text)}</p>'


def _letter(content: PackageContent) -> str:
    _ = translator_to(content.language, "review")
    how = _(
        "Answer with the buttons, then press Save answers, and send the file that is saved back. "
        "The page sends nothing by itself. Keys: j and k move, 1 to 4 answer, Esc leaves a field, "
        "Ctrl+S saves."
    )
    due = _("Please answer by {date}.", date=content.due) if content.due else ""
    notes = [content.questions, *content.memos] if content.questions else list(content.memos)
    return (
        f'<p class="soft">{_text(how)}</p>\n'
        + (f"<p><strong>{_text(due)}</strong></p>\n" if due else "")
        + "\n".join(_note(note) for note in notes)
        + f"\n<label>{_text(_('Your name'))}"
        '<input id="author" type="text" autocomplete="off"></label>'
    )


def _table(title: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in header)
    body = "".join(
        f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>\n" for row in rows
    )
    return (
        f"<h2>{_text(title)}</h2>\n<table><thead><tr>{head}</tr></thead>\n"
        f"<tbody>{body}</tbody></table>"
    )


def _outcomes(content: PackageContent) -> str:
    _ = translator_to(content.language, "review")
    if not content.outcomes:
        return ""
    header = (_("Number"), _("You wrote"), _("Became"), _("Why"))
    rows = (
        (one.mark, one.said, one.became, "\n".join((one.reason, *one.replies)).strip())
        for one in content.outcomes
    )
    return _table(_("What became of your answers"), header, rows)


def _definitions(content: PackageContent) -> str:
    _ = translator_to(content.language, "review")
    if not content.definitions:
        return ""
    header = (_("Code"), _("Definition"), _("Use when"), _("Not when"))
    rows = ((e.path, e.definition, e.use_when, e.not_when) for e in content.definitions)
    return _table(_("Codes and definitions"), header, rows)


class _Item:
    """One thing to answer on."""

    def __init__(self, item: Shown, language: str) -> None:
        self._item, self._ = item, translator_to(language, "review")

    def html(self) -> str:
        """The article."""
        item = self._item
        heading = " · ".join(part for part in (item.mark, item.code) if part)
        where = f'<p class="soft">{_text(item.where)}</p>\n' if item.where else ""
        memos = "\n".join(_note(memo) for memo in item.memos)
        return (
            f'<article data-mark="{_text(item.mark)}" tabindex="0" '
            f'aria-label="{_text(heading)}">\n<h3>{_text(heading)}</h3>\n{where}'
            f"{''.join(self._turn(said) for said in item.before)}{self._words()}\n{memos}\n"
            f"{self._answer()}\n</article>"
        )

    def _turn(self, said: Said) -> str:
        label = f"<b>{_text(said.label)}:</b> " if said.label else ""
        return f'<p class="turn">{label}{_text(said.words)}</p>\n'

    def _words(self) -> str:
        item = self._item
        if item.target is not ReviewTarget.CODING:
            return (
                f"<blockquote>{_text(item.definition or self._('No definition yet.'))}</blockquote>"
            )
        told = f"{self._('Definition')}: {item.definition}" if item.definition else ""
        definition = f'<p class="soft">{_text(told)}</p>' if told else ""
        return (
            f"<blockquote>{_text(item.lead)}<mark>{_text(item.words)}</mark>{_text(item.rest)}"
            f"</blockquote>{definition}"
        )

    def _answer(self) -> str:
        buttons = "".join(
            f'<button type="button" data-kind="{kind}" aria-pressed="false">'
            f"{number} {_text(self._(words))}</button>"
            for number, (kind, words) in enumerate(_BUTTONS.items(), start=1)
        )
        return (
            f'<div class="choices" role="group">{buttons}</div>'
            f'<label class="code" hidden>{_text(self._("Which code?"))}'
            '<input type="text" list="codes" autocomplete="off"></label>'
            f"<label>{_text(self._('Comment'))}<textarea rows='2'></textarea></label>"
        )
