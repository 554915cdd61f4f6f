"""The look of Word files: native styles, so that an author can change them all at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class _Face:
    name: str
    half_points: int


class Font(Enum):
    """The typefaces that theses are set in, with the size of running text in half points."""

    TIMES = _Face("Times New Roman", 24)
    CALIBRI = _Face("Calibri", 23)


_INK = "1F2A37"


def styles_xml(font: Font, language_tag: str) -> str:
    """`styles.xml` with Word's own style names, which Word shows in its user's language."""
    face, size = font.value.name, font.value.half_points
    fonts = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{language_tag}" w:eastAsia="en-US" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + "".join(_headings(size))
        + _paragraph_styles(size)
        + _TABLE_STYLE
        + "</w:styles>"
    )


def _headings(size: int) -> list[str]:
    looks = (
        (1, size + 10, 480, 240, ""),
        (2, size + 4, 400, 160, ""),
        (3, size + 1, 320, 120, ""),
        (4, size, 280, 100, "<w:i/>"),
    )
    return [
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}"/>'
            f'<w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/>{slope}<w:color w:val="{_INK}"/><w:sz w:val="{points}"/>'
            f'<w:szCs w:val="{points}"/>',
            following="BodyText",
        )
        for level, points, before, after, slope in looks
    ]


def _paragraph_styles(size: int) -> str:
    small = f'<w:sz w:val="{size - 4}"/><w:szCs w:val="{size - 4}"/>'
    rule = '<w:top w:val="single" w:sz="4" w:space="6" w:color="A0A7B0"/>'
    side = '<w:left w:val="single" w:sz="18" w:space="8" w:color="E69F00"/>'
    return "".join(
        (
            _style("BodyText", "Body Text", '<w:spacing w:after="160" w:line="360"/>'),
            _style(
                "Quote",
                "Quote",
                '<w:keepLines/><w:spacing w:before="60" w:after="240" w:line="288"/>'
                '<w:ind w:left="709" w:right="567"/>',
                f'<w:sz w:val="{size - 1}"/><w:szCs w:val="{size - 1}"/>',
                following="BodyText",
            ),
            _style("MiniSummary", "Mini Summary", "", "", based_on="BodyText"),
            _style(
                "Placeholder",
                "Placeholder",
                f"<w:pBdr>{side}</w:pBdr>"
                '<w:shd w:val="clear" w:color="auto" w:fill="FFF6DD"/>'
                '<w:spacing w:before="80" w:after="200" w:line="288"/><w:ind w:left="227"/>',
                '<w:i/><w:color w:val="6B4E00"/>',
                following="BodyText",
            ),
            _style(
                "Caption",
                "caption",
                '<w:keepNext/><w:spacing w:before="360" w:after="100"/>',
                f"<w:b/>{small}",
            ),
            _style(
                "Colophon",
                "Colophon",
                f'<w:pBdr>{rule}</w:pBdr><w:spacing w:before="480"/>',
                f'<w:color w:val="59636E"/>{small}',
            ),
            _style(
                "Turn",
                "Turn",
                '<w:spacing w:after="140" w:line="320"/><w:ind w:left="0" w:right="0"/>',
            ),
            _style("TableText", "Table Text", '<w:spacing w:before="40" w:after="40"/>', small),
            _style("Footer", "footer", '<w:jc w:val="center"/>', small),
            _style("CommentText", "annotation text", "", '<w:sz w:val="20"/>'),
            _COMMENT_REFERENCE,
        )
    )


def _style(
    style_id: str,
    name: str,
    paragraph: str,
    run: str = "",
    *,
    based_on: str = "Normal",
    following: str = "",
) -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/>{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


_COMMENT_REFERENCE = (
    '<w:style w:type="character" w:styleId="CommentReference">'
    '<w:name w:val="annotation reference"/><w:rPr><w:sz w:val="16"/></w:rPr></w:style>'
)
_LINE = 'w:val="single" w:sz="8" w:space="0" w:color="1F2A37"'
_TABLE_STYLE = (
    '<w:style w:type="table" w:styleId="KodebokTable"><w:name w:val="Kodebok Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    f"<w:top {_LINE}/><w:bottom {_LINE}/>"
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="D5DAE0"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    f"<w:bottom {_LINE}/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
)
