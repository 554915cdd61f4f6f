"""Suggestions as items that are printed, and as cards that are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kodebok.cli.items import first_line, named_things, short_id
from kodebok.cli.output import Column, Item, show, write_text
from kodebok.cli.words import decimal
from kodebok.domain.suggestion import PassageRole, Suggestion, SuggestionKind
from kodebok.i18n import translator
from kodebok.suggest.telling import (
    KINDS,
    ROLES,
    accepted_words,
    parts_of_score,
    signed,
    stability_words,
)

if TYPE_CHECKING:
    from kodebok.cli.session import Session
    from kodebok.storage.database import Store

_ = translator("suggest")


def suggestion_items(store: Store, listed: Iterable[Suggestion]) -> list[Item]:
    """Suggestions by the schema `suggestions`."""
    from kodebok.storage.sources import load_voice_at

    names = named_things(store)
    items = []
    for suggestion in listed:
        passages = []
        for passage in suggestion.passages:
            case_id = load_voice_at(store, passage.source_id, passage.start).case_id
            passages.append(
                {
                    "source": names.get(passage.source_id),
                    "start": passage.start,
                    "end": passage.end,
                    "text": passage.text,
                    "role": str(passage.role),
                    "case": names.get(case_id or ""),
                }
            )
        item: Item = {
            "id": suggestion.id,
            "kind": str(suggestion.kind),
            **{key: passages[0][key] for key in ("source", "start", "end", "text", "case")},
            "code": names.get(suggestion.code_id or ""),
            "rank": suggestion.rank,
            "score": suggestion.score,
            "evidence": _evidence(store, suggestion, names),
            "run": suggestion.run_id,
        }
        if suggestion.kind is SuggestionKind.GROUP:
            item |= _group_fields(suggestion, passages)
        items.append(item)
    return items


def _group_fields(suggestion: Suggestion, passages: list[dict[str, Any]]) -> Item:
    return {
        "keywords": suggestion.evidence["keywords"],
        "passages": passages,
        "stability": stability_words(suggestion.evidence),
        "cases": suggestion.evidence["informants"],
    }


def _evidence(store: Store, suggestion: Suggestion, names: dict[str, str]) -> dict[str, Any]:
    """The evidence, with what it points to by name."""
    evidence = dict(suggestion.evidence)
    if "examples" in evidence:
        evidence["examples"] = [
            {**example, **excerpt}
            for example in evidence["examples"]
            if (excerpt := _excerpt(store, example["coding"], names))
        ]
    if "nearest_codes" in evidence:
        evidence["nearest_codes"] = [
            {**near, "code": names[near["code"]]}
            for near in evidence["nearest_codes"]
            if near["code"] in names
        ]
    return evidence


def _excerpt(store: Store, coding_id: str, names: dict[str, str]) -> dict[str, Any] | None:
    from kodebok.storage.codings import load_coding

    try:
        coding = load_coding(store, coding_id)
    except KeyError:
        return None
    return {"source": names.get(coding.source_id), "text": coding.text}


def show_suggestions(session: Session, listed: Sequence[Suggestion]) -> None:
    """Print suggestions: as data, or as rows for people."""
    items = suggestion_items(session.store, listed)
    if session.json:
        show(session, "suggestions", items, ())
        return
    rows = [
        {
            **item,
            "id": short_id(item["id"]),
            "kind": _(KINDS[suggestion.kind]),
            "place": f"{item['start']}-{item['end']}",
            "score": decimal(item["score"], 2),
            "text": first_line(item["text"]),
            "why": _why(item["evidence"]),
        }
        for item, suggestion in zip(items, listed, strict=True)
    ]
    show(session, "suggestions", rows, _columns())


def _columns() -> list[Column]:
    return [
        Column(_("Id"), "id"),
        Column(_("Kind"), "kind"),
        Column(_("Source"), "source"),
        Column(_("Place"), "place"),
        Column(_("Code"), "code"),
        Column(_("Score"), "score", is_number=True),
        Column(_("Carried by"), "why", width=40),
        Column(_("Passage"), "text", width=60),
    ]


def _why(evidence: dict[str, Any]) -> str:
    if "keywords" in evidence:
        return ", ".join(evidence["keywords"])
    return ", ".join(f"{part['word']} {signed(part['share'])}" for part in evidence["words"])


def show_card(session: Session, suggestion: Suggestion) -> None:
    """Print all of one suggestion."""
    (item,) = suggestion_items(session.store, [suggestion])
    if session.json:
        show(session, "suggestions", [item], ())
        return
    lines = [f"{short_id(suggestion.id)}  {_(KINDS[suggestion.kind])}"]
    lines += _group_lines(item) if suggestion.kind is SuggestionKind.GROUP else _score_lines(item)
    write_text("\n".join(lines))


def _score_lines(item: Item) -> list[str]:
    evidence = item["evidence"]
    lines = [
        f"{_('Source')}: {item['source']} {item['start']}-{item['end']}",
        f"{_('Passage')}: {item['text']}",
        *([f"{_('Code')}: {item['code']}"] if item["code"] else []),
        f"{_('Score')}: {decimal(item['score'], 2)}",
        *(f"  {signed(share)}  {word}" for word, share in parts_of_score(evidence)),
    ]
    lines += [
        f"{_('You coded so')} ({example['source']}): {first_line(example['text'])}"
        for example in evidence.get("examples", ())
    ]
    if "judged_so_far" in evidence:
        lines.append(accepted_words(evidence))
    return lines


def _group_lines(item: Item) -> list[str]:
    evidence = item["evidence"]
    lines = [
        f"{_('Key words')}: {', '.join(item['keywords'])}",
        f"{_('Stability')}: {item['stability']}",
        _(
            "{n} passages from {informants} informants",
            n=evidence["passages"],
            informants=evidence["informants"],
        ),
    ]
    if evidence["weaker"]:
        lines.append(_("Weaker: from sources that you have not read through"))
    near = (f"{code['code']} ({code['passages']})" for code in evidence["nearest_codes"])
    lines.append(f"{_('Nearest codes you have')}: {', '.join(near) or '–'}")
    for passage in item["passages"]:
        place = f"{passage['source']} {passage['start']}-{passage['end']}"
        role = _(ROLES[PassageRole(passage["role"])])
        lines.append(f"{role} ({place}): {first_line(passage['text'])}")
    lines.append(_("Name it, define it, and say when to use it; then code its passages yourself."))
    return lines
