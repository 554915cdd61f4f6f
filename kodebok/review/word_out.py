"""A package as a Word file: excerpts with printed ids, bookmarks, a comment and boxes to fill."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from kodebok.domain.review import ReviewTarget
from kodebok.export.document import ParagraphKind, Run
from kodebok.export.docx_package import docx_bytes
from kodebok.export.word import run_xml, text_xml
from kodebok.export.word_styles import Font
from kodebok.export.xml_text import attribute
from kodebok.i18n import translator_to
from kodebok.review.content import PackageContent, Said, Shown
from kodebok.review.words import bookmark_of, own_comment

PROGRAM = "kodebok"
BOXES = 4  # to answer in: agree, doubt, another code, comment
_WIDTH = 9072  # of the type area, in twentieths of a point
_SHARES = (15, 25, 25, 35)  # of a hundred, of the boxes


def package_docx(content: PackageContent) -> bytes:
    """The package as docx, with no personal data in its properties."""
    writer = _Writer(content)
    body = "".join(writer.blocks())
    return docx_bytes(
        body,
        title=content.title,
        language=content.language,
        made_on=content.made_on,
        font=Font.CALIBRI,
        comments=writer.comments,
    )


def letter_xml(content: PackageContent, title: str, letter: str) -> str:
    """What stands before the excerpts: how to answer, until when, and what was asked."""
    return "".join(_Writer(content).letter(title, letter))


class _Writer:
    """Writes the blocks of one package, and its comments beside them."""

    def __init__(self, content: PackageContent) -> None:
        self._content = content
        self._language = content.language
        self._ = translator_to(content.language, "review")
        self._numbers = count(1)
        self.comments = ""

    def blocks(self) -> Iterator[str]:
        """The whole body."""
        content = self._content
        letter = self._(
            "Each excerpt has a number, and boxes below it. Answer in the boxes, or reply to the "
            "comment in the margin, or write a comment of your own on any words: all of it is "
            "read. A comment that begins with “doubt:” or “code:” is understood as a doubt or as a "
            "proposal. Save the file and send it back."
        )
        yield from self.letter(content.title, letter)
        for item in content.items:
            yield from self._item(item)
        yield from self._definitions()

    def letter(self, title: str, letter: str) -> Iterator[str]:
        """What stands before the excerpts."""
        yield self._paragraph(ParagraphKind.HEADING_1, Run(title))
        yield self._body(letter)
        if self._content.due:
            yield self._body(self._("Please answer by {date}.", date=self._content.due))
        for line in self._content.questions.splitlines():
            yield self._paragraph(ParagraphKind.PLACEHOLDER, Run(line))
        for memo in self._content.memos:
            yield self._memo(memo)
        yield from self._outcomes()

    def _outcomes(self) -> Iterator[str]:
        outcomes = self._content.outcomes
        if not outcomes:
            return
        heading = self._("What became of your answers")
        yield self._paragraph(ParagraphKind.HEADING_2, Run(heading))
        rows = [
            [one.mark, one.said, one.became, "\n".join((one.reason, *one.replies)).strip()]
            for one in outcomes
        ]
        header = [self._("Number"), self._("You wrote"), self._("Became"), self._("Why")]
        yield _table([header, *rows], (12, 40, 16, 32))

    def _item(self, item: Shown) -> Iterator[str]:
        number = next(self._numbers)
        heading = " · ".join(part for part in (item.mark, item.code) if part)
        yield self._paragraph(ParagraphKind.HEADING_3, Run(heading))
        if item.where:
            yield self._paragraph(ParagraphKind.CAPTION, Run(item.where))
        for said in item.before:
            yield self._turn(said)
        if item.target is ReviewTarget.CODING:
            yield self._passage(item, number)
        else:
            yield self._described(item, number)
        if item.definition and item.target is ReviewTarget.CODING:
            yield self._body(f"{self._('Definition')}: {item.definition}")
        for memo in item.memos:
            yield self._memo(memo)
        yield self._boxes(item.mark)

    def _passage(self, item: Shown, number: int) -> str:
        lead, rest = (run_xml(Run(words), self._language) for words in (item.lead, item.rest))
        marked = self._marked(item, number, run_xml(Run(item.words, slot=True), self._language))
        return _block(ParagraphKind.QUOTE, lead + marked + rest)

    def _described(self, item: Shown, number: int) -> str:
        words = item.definition or self._("No definition yet.")
        runs = run_xml(Run(words), self._language)
        return _block(ParagraphKind.QUOTE, self._marked(item, number, runs))

    def _marked(self, item: Shown, number: int, runs: str) -> str:
        """Runs between the bookmark's borders and the comment's."""
        self.comments += comment_xml(number, own_comment(item.mark, ""))
        return marked_xml(item.mark, number, runs)

    def _boxes(self, mark: str) -> str:
        titles = [
            f"{mark} {self._('Agree (x)')}",
            self._("In doubt, because"),
            self._("Another code"),
            self._("Comment"),
        ]
        return _table([titles, [""] * BOXES], _SHARES)

    def _definitions(self) -> Iterator[str]:
        entries = self._content.definitions
        if entries:
            yield self._paragraph(ParagraphKind.HEADING_2, Run(self._("Codes and definitions")))
            header = [self._("Code"), self._("Definition"), self._("Use when"), self._("Not when")]
            rows = [[e.path, e.definition, e.use_when, e.not_when] for e in entries]
            yield _table([header, *rows], (25, 30, 22, 23))

    def _turn(self, said: Said) -> str:
        runs = [Run(f"{said.label}: ", bold=True)] if said.label else []
        return self._paragraph(ParagraphKind.TURN, *runs, Run(said.words))

    def _memo(self, text: str) -> str:
        return self._paragraph(
            ParagraphKind.PLACEHOLDER, Run(f"{self._('Memo')}: ", bold=True), Run(text)
        )

    def _body(self, text: str) -> str:
        return self._paragraph(ParagraphKind.BODY, Run(text))

    def _paragraph(self, kind: ParagraphKind, *runs: Run) -> str:
        return _block(kind, "".join(run_xml(run, self._language) for run in runs))


def _block(kind: ParagraphKind, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{kind.value}"/></w:pPr>{runs}</w:p>'


def marked_xml(mark: str, number: int, runs: str) -> str:
    """Runs inside an item's bookmark and comment range, with the comment's sign after them."""
    return start_xml(mark, number) + runs + end_xml(number)


def start_xml(mark: str, number: int) -> str:
    """Where an item's words begin."""
    name = attribute("w:name", bookmark_of(mark))
    return f'<w:bookmarkStart w:id="{number}"{name}/><w:commentRangeStart w:id="{number}"/>'


def end_xml(number: int) -> str:
    """Where an item's words end, and the comment's sign."""
    return (
        f'<w:commentRangeEnd w:id="{number}"/><w:bookmarkEnd w:id="{number}"/>'
        '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{number}"/></w:r>'
    )


def comment_xml(number: int, words: str) -> str:
    """A comment by kodebok."""
    return (
        f'<w:comment w:id="{number}" w:author="{PROGRAM}" w:initials="kb"><w:p><w:pPr>'
        f'<w:pStyle w:val="CommentText"/></w:pPr><w:r>{text_xml(words)}</w:r></w:p></w:comment>'
    )


def _table(rows: list[list[str]], shares: tuple[int, ...]) -> str:
    """A table whose first row is its header."""
    widths = [_WIDTH * share // 100 for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    written = []
    for number, row in enumerate(rows):
        look = "" if number else "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
            f'<w:pStyle w:val="TableText"/></w:pPr><w:r>{text_xml(cell)}</w:r></w:p></w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        written.append(f"<w:tr>{look}{cells}</w:tr>")
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="KodebokTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>'
        '<w:insideV w:val="single" w:sz="4" w:space="0" w:color="D5DAE0"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p>'
    )
