"""The student's own manuscript against the study: quotations that drifted, names that leaked.

Drift and leaks happen in the word processor, after the export. The manuscript is only read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kodebok.anonymise.gate import Gate
from kodebok.domain.entity import Action, Entity
from kodebok.domain.span import Span
from kodebok.errors import KodebokError, WrongUseError
from kodebok.export.model import StudyView
from kodebok.i18n import translator
from kodebok.storage.entities import load_entities
from kodebok.study.opening import Study
from kodebok.study.proof_comments import Remark, commented_copy
from kodebok.study.proof_findings import QUIET, Finding, Kind, in_order
from kodebok.study.proof_judging import Judge
from kodebok.study.proof_manuscript import Manuscript, lower_words, read_manuscript
from kodebok.study.proof_names import find_names, find_originals, known_names
from kodebok.study.proof_words import ADVICE, TITLES, explained, where

_ = translator("proof")

EXPORT_KIND = "proof"


@dataclass(frozen=True, slots=True)
class Proof:
    """A manuscript that was checked.

    Attributes:
        findings: The most pressing first; what is right, and the literature, last.
    """

    path: Path
    manuscript: Manuscript
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing has to be mended."""
        return not any(finding.is_serious for finding in self.findings)

    def counts(self) -> Counter[Kind]:
        """How many findings there are of each kind."""
        return Counter(finding.kind for finding in self.findings)


def known_originals(study: Study) -> list[Entity]:
    """What the study's list of names stands for: from the key when it is open, else what it says.

    Names that were decided to stay are no leak.
    """
    kept = dict(study.key.content.entities) if study.key is not None else {}
    listed = (kept.get(one.id, one) for one in load_entities(study.store))
    return [one for one in listed if one.originals and one.action is not Action.KEEP]


def proof_manuscript(view: StudyView, path: Path, originals: Sequence[Entity] = ()) -> Proof:
    """Check a manuscript against the study.

    Args:
        view: The study as it stands.
        path: The manuscript, a docx; it is only read.
        originals: What must not stand in it, besides what the study itself says.

    Raises:
        WrongUseError: It is no docx (K540) or has a password (K541), or the study has no text to
            check against (K543).
        KodebokError: It is damaged, too large, or has no text (K542).
    """
    if not any(text.strip() for text in view.texts.values()):
        raise WrongUseError(
            _("the study has no text to check the manuscript against"),
            _("bring in the transcripts with 'kodebok import'"),
            "K543",
        )
    manuscript = read_manuscript(path)
    names = find_names(manuscript, known_names(view, lower_words(manuscript)))
    names += find_originals(manuscript, originals, view.project.language, names)
    findings = in_order([*names, *Judge(view, manuscript).findings()])
    return Proof(path, manuscript, tuple(findings))


def write_marked_copy(
    proof: Proof, target: Path, gate: Gate, *, overwrite: bool = False
) -> tuple[str, ...]:
    """Write a copy of the manuscript with what was found as comments, through the gate.

    Returns:
        What the gate says to the user.

    Raises:
        WrongUseError: The copy would stand where the manuscript does (K544), or is there already.
        ProtectionError: The gate stops it.
        KodebokError: A part of the file cannot be read (K545), or the disk is full.
    """
    from kodebok.export.write import write_export

    if target.exists() and target.samefile(proof.path):
        raise WrongUseError(
            _("the copy would replace the manuscript, which is never changed"),
            _("give the copy another name"),
            "K544",
        )
    content = commented_copy(proof.path, proof.manuscript, _remarks(proof))
    try:
        verdict = write_export(target, content, gate, kind=EXPORT_KIND, overwrite=overwrite)
    except SyntaxError:  # what lxml raises for XML that is not well formed
        raise KodebokError(
            _("a part of the manuscript's file is damaged inside"),
            _("open it in your word processor, save it again, and check that"),
            "K545",
        ) from None
    return verdict.sentences


def _remarks(proof: Proof) -> Iterable[Remark]:
    """One comment for all that is said of the same words."""
    shown = [finding for finding in proof.findings if finding.kind not in QUIET]

    def place(finding: Finding) -> tuple[int, int, int]:
        number = -1 if finding.paragraph is None else finding.paragraph
        return number, finding.first, finding.last

    for (number, first, last), found in groupby(sorted(shown, key=place), place):
        lines = [line for finding in found for line in _lines(proof, finding)]
        yield Remark(None if number < 0 else number, Span(first, last), "\n".join(lines))


def _lines(proof: Proof, finding: Finding) -> list[str]:
    told = explained(proof.manuscript, finding)
    title = _(TITLES[finding.kind])
    head = f"{title}: {told}" if told else title
    place = where(proof.manuscript, finding)
    source = _("Source: {name}", name=finding.source) if finding.source else ""
    return [line for line in (f"{head} ({place})", source, _(ADVICE[finding.kind])) if line]
