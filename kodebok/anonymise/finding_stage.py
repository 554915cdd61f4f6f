"""Finding as a stage: plain values in, identifiers out, so that it may run in a child process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kodebok.anonymise.allow_list import allow_list_with
from kodebok.anonymise.by_label import KnownName
from kodebok.anonymise.finding import Knowledge, TextToSearch, find_identifiers
from kodebok.domain.entity import NameRule, Rule
from kodebok.domain.identifier import Identifier, IdentifierType, Tier

STAGE = "kodebok.anonymise.finding_stage:find"

Row = dict[str, Any]


def arguments_of(texts: Sequence[TextToSearch], known: Knowledge, allowed: Sequence[str]) -> Row:
    """What the stage is given.

    Args:
        texts: All texts.
        known: What the study knows; its allow-list is made anew from `allowed`.
        allowed: The user's own public names.
    """
    return {
        "texts": [[one.source, one.text] for one in texts],
        "names": [[one.words, one.is_person] for one in known.names],
        "rules": [[one.id, one.text, str(one.rule), str(one.type)] for one in known.rules],
        "allowed": list(allowed),
    }


def find(arguments: Mapping[str, Any]) -> Iterator[Row]:
    """Every identifier as a row, by text and place."""
    texts = [TextToSearch(source, text) for source, text in arguments["texts"]]
    names = tuple(KnownName(label, is_person=person) for label, person in arguments["names"])
    rules = tuple(
        NameRule(one, text, Rule(rule), IdentifierType(type_))
        for one, text, rule, type_ in arguments["rules"]
    )
    known = Knowledge(names, allow_list_with(arguments["allowed"]), rules)
    for found in find_identifiers(texts, known):
        yield asdict(found)


def identifier_of(row: Row) -> Identifier:
    """The identifier that a row gives."""
    return Identifier(
        **{
            **row,
            "type": IdentifierType(row["type"]),
            "tier": Tier(row["tier"]),
            "finders": tuple(row["finders"]),
            "reasons": tuple(row["reasons"]),
        }
    )
