"""The gate that a study's exports pass, by how far its anonymisation has come."""

from __future__ import annotations

from kodebok.anonymise.gate import Gate, UnappliedGate
from kodebok.study.opening import Study


def study_gate(_study: Study) -> Gate:
    """The gate for files that leave this study."""
    return UnappliedGate()
