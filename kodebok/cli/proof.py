"""`kodebok proof`: the student's own manuscript against the study."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kodebok.cli.anonymise_acts import unlocked
from kodebok.cli.base import argument, new_command, option
from kodebok.cli.gate_words import gate_options
from kodebok.cli.output import Column, Item, is_terminal, shortened, show, show_json, write_text
from kodebok.cli.passphrase import PASSPHRASE
from kodebok.cli.session import Session, can_ask, tell, with_session
from kodebok.errors import ExitCode
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.study.proof import Proof
    from kodebok.study.proof_findings import Finding

_ = translator("cli")
_n = plural_translator("cli")

_LONGEST = 90  # characters of a quotation in the table


@new_command(
    mark(
        "Check a manuscript in Word against the study: quotations that drifted, that are not in "
        "the study or were said by another, names that should not be there. The manuscript is "
        "only read. Exits with 1 when something has to be mended."
    )
)
@argument(
    "manuscript",
    mark("The manuscript, a Word file (.docx)."),
    type=click.Path(path_type=Path),
    metavar="FILE",
)
@option(
    "--copy",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=mark("Write a copy of the manuscript with what was found as comments."),
)
@option("--overwrite", is_flag=True, help=mark("Replace a file of that name."))
@option(
    "--all", "with_all", is_flag=True, help=mark("List what is right, and the literature, too.")
)
@gate_options
@with_session
def command(
    session: Session, manuscript: Path, copy: Path | None, overwrite: bool, with_all: bool
) -> int:
    """Check, print, and write the copy."""
    from kodebok.study.gating import needs_passphrase, study_gate
    from kodebok.study.proof import known_originals, proof_manuscript, write_marked_copy
    from kodebok.study.proof_findings import QUIET
    from kodebok.study.view import load_view

    if needs_passphrase(session.study) and (PASSPHRASE in os.environ or can_ask()):
        unlocked(session)
    originals = known_originals(session.study)
    proof = proof_manuscript(load_view(session.study), manuscript, originals)
    if needs_passphrase(session.study):
        tell(_("The key is not open: names that only it knows are not looked for."))
    shown = [f for f in proof.findings if with_all or session.json or f.kind not in QUIET]
    if session.json:
        show_json("proof", [_item(proof, finding) for finding in shown])
    elif is_terminal():
        _show_groups(session, proof, shown)
    elif shown:
        show(session, "proof", [_row(proof, finding) for finding in shown], _columns())
    session.say(_summary(proof))
    if copy is not None:
        gate = study_gate(session.study)
        for sentence in write_marked_copy(proof, copy, gate, overwrite=overwrite):
            tell(sentence)
        session.say(_("The copy with comments: {path}", path=copy))
    return ExitCode.DONE if proof.is_clean else ExitCode.FAILED


def _item(proof: Proof, finding: Finding) -> Item:
    """A finding by the schema `proof`."""
    from kodebok.study.proof_words import explained, where

    paragraph = (
        None if finding.paragraph is None else proof.manuscript.paragraphs[finding.paragraph]
    )
    return {
        "kind": str(finding.kind),
        "serious": finding.is_serious,
        "where": where(proof.manuscript, finding),
        "part": str(paragraph.place) if paragraph else None,
        "heading": paragraph.heading if paragraph else None,
        "paragraph": paragraph.number or None if paragraph else None,
        "text": finding.text,
        "source": finding.source or None,
        "start": finding.start,
        "end": finding.end,
        "difference": [
            {"source": change.source, "manuscript": change.manuscript} for change in finding.changes
        ],
        "voice": finding.voice or None,
        "named": finding.named or None,
        "places": finding.times,
        "explained": explained(proof.manuscript, finding),
    }


def _row(proof: Proof, finding: Finding) -> Item:
    from kodebok.study.proof_words import TITLES

    item = _item(proof, finding)
    title = translator("proof")(TITLES[finding.kind])
    return {**item, "title": title, "text": shortened(finding.text, _LONGEST)}


def _columns(*, with_title: bool = True) -> list[Column]:
    titled = [Column(_("What"), "title")] if with_title else []
    return [
        *titled,
        Column(_("Where"), "where", width=30),
        Column(_("Manuscript"), "text", width=60),
        Column(_("Source"), "source"),
        Column(_("Difference"), "explained", width=50),
    ]


def _show_groups(session: Session, proof: Proof, shown: list[Finding]) -> None:
    """A table for each kind, with what to do about it above."""
    from itertools import groupby

    from kodebok.study.proof_words import ADVICE, TITLES

    said = translator("proof")
    for kind, found in groupby(shown, lambda finding: finding.kind):
        rows = [_row(proof, finding) for finding in found]
        used = [
            column for column in _columns(with_title=False) if any(column.cell(row) for row in rows)
        ]
        write_text(f"\n{said(TITLES[kind])} ({len(rows)})\n{said(ADVICE[kind])}\n")
        show(session, "proof", rows, used)


def _summary(proof: Proof) -> str:
    from kodebok.study.proof_findings import Kind

    counts = proof.counts()
    checked = sum(counts[kind] for kind in (Kind.IDENTICAL, Kind.DRIFTED, Kind.MISSING))
    told = _n(
        "{n} quotation checked: {same} identical, {drifted} drifted, {missing} not in the study; "
        "{literature} from the literature.",
        "{n} quotations checked: {same} identical, {drifted} drifted, {missing} not in the study; "
        "{literature} from the literature.",
        checked,
        same=counts[Kind.IDENTICAL],
        drifted=counts[Kind.DRIFTED],
        missing=counts[Kind.MISSING],
        literature=counts[Kind.LITERATURE],
    )
    if proof.is_clean:
        return f"{told} {_('Nothing has to be mended.')}"
    return told
