"""Markdown: its marks taken away, its tables and its front matter understood."""

from __future__ import annotations

import re

from kodebok.sources.drafts import Block, Draft, Table

_FRONT_MATTER_VALUE = re.compile(r"([^\W_][\w -]{0,40}):\s*(\S.{0,200})\Z")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*\Z")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})\Z")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_TABLE_RULE = re.compile(r"[\s|:-]+\Z")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_\n]{1,500}?)(?<=[^\s*_\\])\1(?![\w*])")
_MOST_FRONT_MATTER = 60


def read_markdown(text: str, encoding: str | None) -> Draft:
    """The words of a Markdown file; bold and italic marks go once the speakers are known."""
    values, body = _front_matter(text)
    if "<!--" in body:
        body = _COMMENT.sub("", body)
    blocks: list[Block] = []
    lines: list[str] = []
    rows: list[tuple[str, ...]] = []
    for raw in [*body.split("\n"), ""]:
        if raw.lstrip().startswith("|"):
            rows.append(_cells(raw))
            continue
        if rows:
            blocks += ["\n".join(lines), Table(tuple(row for row in rows if row))]
            lines, rows = [], []
        lines += _plain_lines(raw)
    blocks.append("\n".join(lines))
    kept = tuple(block for block in blocks if not isinstance(block, str) or block.strip())
    return Draft(kept, "md", encoding, values, polish=without_emphasis)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    lines = text.split("\n", _MOST_FRONT_MATTER)
    if lines[0].strip() != "---":
        return {}, text
    end = next((n for n, line in enumerate(lines[1:-1], 1) if line.strip() in {"---", "..."}), None)
    if end is None:
        return {}, text
    matches = (_FRONT_MATTER_VALUE.match(line.strip()) for line in lines[1:end])
    values = {match.group(1): match.group(2).strip("\"' ") for match in matches if match}
    return values, "\n".join(lines[end + 1 :])


def _cells(row: str) -> tuple[str, ...]:
    if _TABLE_RULE.match(row.strip()):
        return ()
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))


def _plain_lines(raw: str) -> list[str]:
    if _FENCE.match(raw) or _RULE.match(raw):
        return [""]
    heading = _HEADING.match(raw) if "#" in raw[:10] else None
    if heading is not None:
        return ["", heading.group(1), ""]
    line = _QUOTE.sub("", raw, count=1) if ">" in raw[:4] else raw
    return [_LINK.sub(r"\1", line) if "](" in line else line]


def without_emphasis(text: str) -> str:
    """A turn's text without the signs for bold and italic, and without escapes."""
    if "**" in text or "__" in text:
        text = _BOLD.sub(r"\2", text)
    if "*" in text or "_" in text:
        text = _ITALIC.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
