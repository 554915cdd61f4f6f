"""Events: what was done, when and by whom, in an unbroken chain."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One act.

    Attributes:
        seq: Number in this copy's chain, from 1.
        kind: What was done, `noun.verb`, such as `coding.add`.
        subject: Id of what it was done to.
        target: For an undo or redo: the `seq` of the act.
        undone: Whether it stands undone now.
    """

    seq: int
    id: str
    at: str
    coder_id: str
    kind: str
    subject: str
    target: int | None
    undone: bool
    hash: str


def dump(value: Any) -> str:
    """JSON in the one form that digests are taken of."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def payload_digest(salt: bytes, text: str) -> str:
    """Salted SHA-256 of a typed or imported string, in hex: all the chain keeps of it."""
    return hashlib.sha256(salt + text.encode("utf-8", "surrogatepass")).hexdigest()


def chain_hash(previous: str, body: str, digests: str) -> str:
    """SHA-256, in hex, over the event before, this event's body and its payloads' digests."""
    return hashlib.sha256(f"{previous}\n{body}\n{digests}".encode()).hexdigest()
