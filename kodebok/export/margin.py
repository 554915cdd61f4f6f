"""A whole interview as a Word file, its codes as comments on exactly the coded words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from kodebok.domain.coding import Coding, Weight
from kodebok.domain.span import Span
from kodebok.export.document import Run
from kodebok.export.docx_package import docx_bytes
from kodebok.export.model import StudyView
from kodebok.export.text_out import Stretch, clock, stretches
from kodebok.export.word import run_xml, text_xml
from kodebok.export.word_styles import Font
from kodebok.export.xml_text import attribute
from kodebok.i18n import mark, translator_to

PROGRAM = "kodebok"

_WEIGHT_WORDS = {
    Weight.SUPPORTS: mark("supports"),
    Weight.NUANCES: mark("nuances"),
    Weight.CONTRADICTS: mark("contradicts"),
}


def margin_docx(
    view: StudyView,
    source_id: str,
    *,
    language: str = "",
    made_on: str = "",
    with_times: bool = False,
    font: Font = Font.CALIBRI,
) -> bytes:
    """One source with its codings in the margin.

    A comment's author is `kodebok`, or the coder's initials when several coders coded the source.
    """
    lang = language or view.project.language
    source = view.sources[source_id]
    codings = [c for c in view.codings if c.source_id == source_id and c.code_id in view.codes]
    coders = {user.id: user.name for user in view.users}
    codings.sort(
        key=lambda c: (
            *(c.start, -c.end, view.codes.path(c.code_id)),
            *(coders.get(c.coder_id, ""), c.id),
        )
    )
    text = view.texts.get(source_id, "")
    spans = {i: _trimmed(text, coding) for i, coding in enumerate(codings)}
    whole = {i: codings[i] for i, span in spans.items() if span}
    pages = _MarkedText(text, {i: span for i, span in spans.items() if span}, source.language, lang)
    name = text_xml(source.name)
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r>{name}</w:r></w:p>'
    body = "".join(
        pages.paragraph(stretch, with_times=with_times) for stretch in stretches(view, source_id)
    )
    return docx_bytes(
        heading + body,
        title=source.name,
        language=lang,
        made_on=made_on,
        font=font,
        comments=_comments(view, whole, lang),
    )


def _trimmed(text: str, coding: Coding) -> Span | None:
    """The coded words without white space at their ends, or None when nothing is left."""
    words = text[max(coding.start, 0) : coding.end]
    start = max(coding.start, 0) + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if end > start else None


class _MarkedText:
    """Writes paragraphs with the starts and ends of comments between their runs."""

    def __init__(self, text: str, spans: dict[int, Span], spoken: str, language: str) -> None:
        self._text, self._spoken, self._language = text, spoken, language
        self._starts: dict[int, list[int]] = defaultdict(list)
        self._ends: dict[int, list[int]] = defaultdict(list)
        for number, span in spans.items():
            self._starts[span.start].append(number)
            self._ends[span.end].append(number)
        self._offsets = sorted({*self._starts, *self._ends})

    def paragraph(self, stretch: Stretch, *, with_times: bool) -> str:
        """A turn: its voice in bold, its words, the ranges that begin or end in it.

        A border between two turns belongs to the end of the former (an end) or the beginning of
        the latter (a start).
        """
        head = ""
        if with_times and stretch.start_ms is not None:
            head += run_xml(Run(f"[{clock(stretch.start_ms)}] "), self._language)
        if stretch.label:
            head += run_xml(Run(f"{stretch.label}: ", bold=True), self._language)
        pieces, at = [], stretch.start
        for offset in self._inside(stretch):
            if offset > at:
                pieces.append(self._run(at, offset))
                at = offset
            pieces += self._marks(offset, stretch)
        if at < stretch.end:
            pieces.append(self._run(at, stretch.end))
        return f'<w:p><w:pPr><w:pStyle w:val="Turn"/></w:pPr>{head}{"".join(pieces)}</w:p>'

    def _inside(self, stretch: Stretch) -> Iterable[int]:
        first = bisect_left(self._offsets, stretch.start)
        return self._offsets[first : bisect_right(self._offsets, stretch.end)]

    def _marks(self, offset: int, stretch: Stretch) -> list[str]:
        ends = self._ends.get(offset, ()) if offset > stretch.start else ()
        starts = self._starts.get(offset, ()) if offset < stretch.end else ()
        return [
            *(
                f'<w:commentRangeEnd w:id="{n}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/>'
                f'</w:rPr><w:commentReference w:id="{n}"/></w:r>'
                for n in ends
            ),
            *(f'<w:commentRangeStart w:id="{n}"/>' for n in starts),
        ]

    def _run(self, start: int, end: int) -> str:
        return run_xml(Run(self._text[start:end], language=self._spoken), self._language)


def _comments(view: StudyView, codings: dict[int, Coding], language: str) -> str:
    _ = translator_to(language, "export")
    initials = _coder_initials(view, codings.values())
    out = []
    for number, coding in codings.items():
        weight = f" ({_(_WEIGHT_WORDS[coding.weight])})" if coding.weight else ""
        author = initials.get(coding.coder_id, PROGRAM)
        words = text_xml(view.codes.path(coding.code_id) + weight)
        out.append(
            f'<w:comment w:id="{number}"{attribute("w:author", author)}'
            f'{attribute("w:initials", author[:3])}><w:p><w:pPr><w:pStyle w:val="CommentText"/>'
            f"</w:pPr><w:r>{words}</w:r></w:p></w:comment>"
        )
    return "".join(out)


def _coder_initials(view: StudyView, codings: Iterable[Coding]) -> dict[str, str]:
    """Initials by coder id when there is more than one coder to tell apart, else nothing."""
    coders = {coding.coder_id for coding in codings}
    if len(coders) < 2:  # noqa: PLR2004 - one coder needs no telling apart
        return {}
    names = {user.id: user.name for user in view.users}
    initials: dict[str, str] = {}
    for coder in sorted(coders):
        short = "".join(word[0] for word in names.get(coder, "").split()).upper()[:3] or "?"
        taken = sum(1 for other in initials.values() if other.rstrip("0123456789") == short)
        initials[coder] = f"{short}{taken + 1}" if taken else short
    return initials
