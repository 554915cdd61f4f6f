"""A package as a whole interview in Word: its codes as margin comments with printed ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kodebok.domain.review import ReviewItem, ReviewTarget
from kodebok.domain.span import Span
from kodebok.export.document import ParagraphKind, Run
from kodebok.export.docx_package import docx_bytes
from kodebok.export.model import StudyView
from kodebok.export.text_out import Stretch, stretches
from kodebok.export.word import run_xml
from kodebok.export.word_styles import Font
from kodebok.i18n import translator_to
from kodebok.review.packing import Packed
from kodebok.review.word_out import comment_xml, end_xml, letter_xml, start_xml
from kodebok.review.words import own_comment


def interview_docx(view: StudyView, packed: Packed) -> bytes:
    """A whole interview; each code stands in the margin on exactly the coded words.

    Args:
        view: The study.
        packed: A package whose first item is the interview.
    """
    content = packed.content
    source_id = packed.items[0].target_id
    items = [item for item in packed.items if item.target is ReviewTarget.CODING]
    writer = _Turns(view.texts[source_id], items, content.language)
    said = translator_to(content.language, "review")
    heading = f"{packed.items[0].mark} · {view.sources[source_id].name}"
    letter = said(
        "The codes stand in the margin. Reply to them, or write comments of your own on any words: "
        "both are read. A comment that begins with “doubt:” or “code:” is understood as a doubt or "
        "as a proposal. Save the file and send it back."
    )
    head = letter_xml(content, heading, letter)
    turns = "".join(writer.paragraph(stretch) for stretch in stretches(view, source_id))
    comments = "".join(
        comment_xml(number, own_comment(item.mark, view.codes.path(item.code_id or "")))
        for number, item in enumerate(items, start=1)
    )
    return docx_bytes(
        head + turns,
        title=content.title,
        language=content.language,
        made_on=content.made_on,
        font=Font.CALIBRI,
        comments=comments,
    )


class _Turns:
    """Writes turns with the borders of the items between their runs."""

    def __init__(self, text: str, items: list[ReviewItem], language: str) -> None:
        self._text, self._language = text, language
        self._starts: dict[int, list[tuple[int, ReviewItem]]] = defaultdict(list)
        self._ends: dict[int, list[int]] = defaultdict(list)
        for number, item in enumerate(items, start=1):
            span = item.span or Span(0, 0)
            self._starts[span.start].append((number, item))
            self._ends[span.end].append(number)

    def paragraph(self, stretch: Stretch) -> str:
        """A turn: its voice in bold, its words, and what begins or ends in it."""
        head = (
            run_xml(Run(f"{stretch.label}: ", bold=True), self._language) if stretch.label else ""
        )
        style = f'<w:pPr><w:pStyle w:val="{ParagraphKind.TURN.value}"/></w:pPr>'
        return f"<w:p>{style}{head}{''.join(self._pieces(stretch))}</w:p>"

    def _pieces(self, stretch: Stretch) -> Iterator[str]:
        at = stretch.start
        borders = sorted({*self._starts, *self._ends})
        for offset in (b for b in borders if stretch.start <= b <= stretch.end):
            if offset > at:
                yield self._run(at, offset)
                at = offset
            if offset > stretch.start:
                yield from (end_xml(number) for number in self._ends.get(offset, ()))
            if offset < stretch.end:
                yield from (start_xml(item.mark, n) for n, item in self._starts.get(offset, ()))
        if at < stretch.end:
            yield self._run(at, stretch.end)

    def _run(self, start: int, end: int) -> str:
        return run_xml(Run(self._text[start:end]), self._language)
