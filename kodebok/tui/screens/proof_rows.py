"""What the screen of a checked manuscript shows: rows by kind, and a quotation at its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.text import Text

from kodebok.i18n import translator
from kodebok.study.proof import Proof
from kodebok.study.proof_findings import QUIET, Finding, Kind
from kodebok.study.proof_words import ADVICE, TITLES, explained, where
from kodebok.tui.reader.palette import Look
from kodebok.tui.widgets.pieces import DIM, STRONG, WARN, Line, spread
from kodebok.tui.widgets.plain import cut_to

_ = translator("proof_screen")
_said = translator("proof")

CONTEXT = 100  # characters of the manuscript before and after the words
_WHERE = 0.4  # the most of a row's width that the place may take


@dataclass(frozen=True, slots=True)
class Row:
    """A finding, or the heading above those of one kind.

    Attributes:
        key: What tells rows apart; the same as long as the proof is.
        finding: None for a heading.
        count: How many there are of the kind.
    """

    key: str
    kind: Kind
    finding: Finding | None
    count: int


def rows_of(proof: Proof, *, with_all: bool) -> list[Row]:
    """Headings with their findings below, the most pressing kind first."""
    shown = [
        (number, finding)
        for number, finding in enumerate(proof.findings)
        if with_all or finding.kind not in QUIET
    ]
    rows: list[Row] = []
    for kind, group in groupby(shown, lambda numbered: numbered[1].kind):
        found = list(group)
        rows.append(Row(str(kind), kind, None, len(found)))
        rows += [Row(str(number), kind, finding, len(found)) for number, finding in found]
    return rows


def draw_row(proof: Proof, row: Row, width: int, look: Look) -> Sequence[Line]:
    """The line of a row: words at the left, the place at the right."""
    finding = row.finding
    if finding is None:
        title = f"{_said(TITLES[row.kind])} ({row.count})"
        return [[(title, STRONG)]]
    place = cut_to(where(proof.manuscript, finding), int(_WHERE * width))
    words = " ".join(finding.text.split()) or explained(proof.manuscript, finding)
    role = WARN if finding.kind is Kind.NAME else ""
    return [spread([("  ", ""), (words, role)], [(f"  {place} ", DIM)], width, look)]


def describe_kind(row: Row) -> Text:
    """What a kind means to do."""
    text = Text(f"{_said(TITLES[row.kind])}\n", "bold")
    return text.append(_said(ADVICE[row.kind]), "not bold")


def describe_finding(proof: Proof, finding: Finding, passage: str) -> Text:
    """A finding in full: the manuscript's words, the source's, what differs, what to do.

    Args:
        proof: The checked manuscript.
        finding: One of its findings.
        passage: The source's words; empty when there are none.
    """
    text = Text()
    text.append(f"{_said(TITLES[finding.kind])}\n", "bold")
    if finding.paragraph is not None:
        text.append(f"{_('Manuscript')}, {where(proof.manuscript, finding)}:\n", "dim")
        _append_manuscript(text, proof, finding)
    if passage:
        told = ", ".join(one for one in (finding.source, finding.voice) if one)
        text.append(f"{_('Source')}, {told}:\n", "dim")
        is_drifted = finding.kind is Kind.DRIFTED
        differing = [c.source for c in finding.changes] if is_drifted else []
        _append_marked(text, passage, differing)
        text.append("\n")
    told = explained(proof.manuscript, finding)
    if told:
        text.append(f"{_('Difference') if passage else _('In short')}: ", "dim")
        text.append(f"{told}\n")
    return text.append(_said(ADVICE[finding.kind]), "dim")


def _append_manuscript(text: Text, proof: Proof, finding: Finding) -> None:
    """The words, with a little of what stands around them."""
    whole = proof.manuscript.paragraphs[finding.paragraph or 0].text
    first, last = finding.first, finding.last
    text.append(whole[max(0, first - CONTEXT) : first], "dim")
    _append_marked(text, whole[first:last], [c.manuscript for c in finding.changes])
    text.append(whole[last : last + CONTEXT] + "\n", "dim")


def _append_marked(text: Text, words: str, differing: Iterable[str]) -> None:
    """The words, those that differ underlined, in the order in which they stand."""
    done = 0
    for part in differing:
        place = words.find(part, done) if part else -1
        if place >= 0:
            text.append(words[done:place])
            text.append(part, "bold underline")
            done = place + len(part)
    text.append(words[done:])
