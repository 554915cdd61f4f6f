"""oTranscribe's own files (otr): a web page within JSON, with times in spans."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.sources.drafts import Draft
from kodebok.sources.times import parse_clock
from kodebok.sources.web_page import page_blocks, page_root

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kodebok.sources.drafts import Block

_ = translator("sources")

# Signs that no page may hold; JSON can.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SECONDS = re.compile(r"\d{1,7}(?:\.\d{1,20})?\Z")


def read_otranscribe(text: str, encoding: str | None) -> Draft:
    """The words of an otr file; each of its times stands as `[00:01:02.5]` where it was set.

    Raises:
        KodebokError: K141 when it is not oTranscribe's JSON.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    page = content.get("text") if isinstance(content, dict) else None
    if not isinstance(page, str):
        raise KodebokError(
            _("the file is not a transcript from oTranscribe"),
            _("export it from oTranscribe again, or as plain text"),
            "K141",
        )
    return Draft(_blocks(_NO_TEXT.sub("", page)), "otr", encoding)


def _blocks(page: str) -> tuple[Block, ...]:
    root = page_root(f"<html><body>{page}</body></html>")
    if root is None:
        return (page,)
    for span in root.iter("span"):
        if "timestamp" in str(span.get("class") or "").split():
            _spell_out(span)
    return page_blocks(root)


def _spell_out(span: _Element) -> None:
    seconds = str(span.get("data-timestamp") or "")
    shown = "".join(map(str, span.itertext())).strip()
    time = round(float(seconds) * 1000) if _SECONDS.match(seconds) else parse_clock(shown)
    if time is None:
        return
    for child in list(span):
        span.remove(child)
    minutes, rest = divmod(time, 60_000)
    clock = f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
    span.text = f"[{clock}] "
    span.tail = (span.tail or "").lstrip(" \u00a0")
