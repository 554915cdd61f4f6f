"""What `kodebok suggest` does, and what it says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session
from kodebok.cli.words import decimal
from kodebok.domain.suggestion import SuggestionKind
from kodebok.i18n import plural_translator, translator

if TYPE_CHECKING:
    from kodebok.domain.span import Span
    from kodebok.domain.suggestion import Suggestion
    from kodebok.suggest.runs import Trials, Wish

_ = translator("suggest")
_n = plural_translator("suggest")


def say_when_off(session: Session) -> None:
    """Tell that suggestions are off, where they are."""
    from kodebok.storage.suggestions import load_switch

    if not load_switch(session.store).is_on:
        session.say(_("Suggestions are off in this study; 'kodebok suggest on' turns them on."))


def turn_switch(session: Session, *, is_on: bool) -> None:
    """Turn suggestions on or off."""
    from kodebok.suggest.verdicts import turn

    changed = turn(session.store, session.coder_id, is_on=is_on)
    if not changed:
        session.say(_("It is so already; nothing was changed."))
    elif is_on:
        session.say(_("Suggestions are on. Nothing is computed until you ask for it."))
    else:
        session.say(_("Suggestions are off. What was suggested and judged stays in the record."))


def show_run(session: Session, kind: SuggestionKind, wish: Wish) -> None:
    """Compute suggestions, print them, and say what they are not."""
    from kodebok.cli.suggest_view import show_card, show_suggestions
    from kodebok.suggest.runs import compute

    found = compute(session.store, session.coder_id, kind, wish)
    if wish.unread:
        session.say(_("Sources that you have not read were looked at too; the record says so."))
    if not found:
        session.say(_("There is nothing that is worth suggesting."))
    if session.json or not found or found[0].kind is not SuggestionKind.GROUP:
        show_suggestions(session, found)
    else:
        for suggestion in found:
            show_card(session, suggestion)
    if found:
        session.say(
            _n(
                "{n} suggestion. Nothing is coded until you accept it.",
                "{n} suggestions. Nothing is coded until you accept one.",
                len(found),
            )
        )


def accept_one(
    session: Session, typed: str, code: str | None, start: int | None, end: int | None
) -> None:
    """Accept a suggestion, and print the coding."""
    from kodebok.cli.items import coded_items, for_people, quote_columns
    from kodebok.coding.naming import find_code
    from kodebok.storage.codes import load_code_tree
    from kodebok.suggest.verdicts import accept, find_suggestion

    store = session.store
    suggestion = find_suggestion(store, session.coder_id, typed)
    code_id = find_code(load_code_tree(store), code).id if code else None
    span = _borders(suggestion, start, end)
    coding = accept(store, session.coder_id, suggestion, code_id=code_id, span=span)
    if suggestion.kind is SuggestionKind.GROUP:
        session.say(_("Kept as worth following. Its passages are yours to code, one by one."))
    elif coding is None:
        session.say(_("You have coded it so already; the verdict was kept."))
    items = coded_items(store, [coding.id] if coding else [])
    if items or session.json:
        show(session, "quotes", items if session.json else for_people(items), quote_columns())


def _borders(suggestion: Suggestion, start: int | None, end: int | None) -> Span | None:
    from kodebok.domain.span import Span

    if start is None and end is None:
        return None
    passage = suggestion.passage
    return Span(passage.start if start is None else start, passage.end if end is None else end)


def reject_one(session: Session, typed: str, reason: str) -> None:
    """Reject a suggestion."""
    from kodebok.suggest.verdicts import find_suggestion, reject

    store = session.store
    reject(store, session.coder_id, find_suggestion(store, session.coder_id, typed), reason)
    session.say(_("Rejected; the reason is kept, and it is not suggested again."))


def show_trial(session: Session, seed: int, embedding: str | None) -> None:
    """Run the self-test, and say how far suggestions can be trusted."""
    from kodebok.suggest.runs import load_trials
    from kodebok.suggest.telling import trial_words

    trials = load_trials(session.store, session.coder_id, seed, embedding)
    items = trial_items(trials)
    columns = [
        Column(_("What was tried"), "what"),
        Column(_("Suggestions"), "value", is_number=True),
        Column(_("Without them"), "baseline", is_number=True),
        Column(_("On how many"), "tried", is_number=True),
    ]
    if session.json:
        show(session, "suggestion-trial", items, columns)
    else:
        told = [{**i, **{k: decimal(i[k], 2) for k in ("value", "baseline")}} for i in items]
        show(session, "suggestion-trial", told, columns)
    for words in trial_words(trials.codes, trials.unexplained, trials.embedding):
        session.say(words)


def trial_items(trials: Trials) -> list[Item]:
    """The trials by the schema `suggestion-trial`."""
    items: list[Item] = []
    for name, codes in (("", trials.codes), ("embedding-", trials.embedding)):
        if codes is None:
            continue
        beside = f" ({_('with the embedding')})" if name else ""
        items += [
            {
                "measure": f"{name}first",
                "what": _("the first code suggested is one that you gave") + beside,
                "value": codes.first,
                "baseline": codes.usual_first,
                "tried": codes.passages,
            },
            {
                "measure": f"{name}first-three",
                "what": _("share of your codes among the first three") + beside,
                "value": codes.among,
                "baseline": codes.usual_among,
                "tried": codes.passages,
            },
        ]
    unexplained = trials.unexplained
    if unexplained:
        items.append(
            {
                "measure": "unexplained",
                "what": _("a code that you never made ranks as unexplained (chance is 0.5)"),
                "value": unexplained.curve,
                "baseline": 0.5,
                "tried": unexplained.codes,
            }
        )
    return items


def print_record(session: Session) -> None:
    """Print the record as facts, and what they leave for the researcher to say."""
    from kodebok.suggest.telling import questions_to_answer, record_facts
    from kodebok.suggest.verdicts import load_record

    record = load_record(session.store)
    items = [{"fact": k, "what": what, "value": value} for k, what, value in record_facts(record)]
    show(session, "suggestion-record", items, [Column(_("Fact"), "what"), Column("", "value")])
    if not record.computed:
        session.say(_("No suggestion was ever computed in this study."))
    for question in questions_to_answer(record):
        session.say(question)


def show_drift(session: Session, seed: int) -> None:
    """Print codings that sit nearer another code, and codes to read again."""
    from kodebok.cli.items import first_line, named_things, short_id
    from kodebok.suggest.runs import load_drift
    from kodebok.suggest.telling import REREADING

    found, again = load_drift(session.store, session.coder_id, seed)
    names = named_things(session.store)
    items: list[Item] = [
        {
            "id": drifted.example.coding_id,
            "source": names.get(drifted.example.source_id),
            "start": drifted.example.start,
            "end": drifted.example.end,
            "text": drifted.example.text,
            "code": names.get(drifted.code_id),
            "score": drifted.own,
            "nearer": names.get(drifted.nearer_id),
            "nearer_score": drifted.nearer,
            "definition": drifted.definition,
        }
        for drifted in found
    ]
    columns = [
        Column(_("Id"), "id"),
        Column(_("Code"), "code", width=30),
        Column(_("Score"), "score", is_number=True),
        Column(_("Nearer"), "nearer", width=30),
        Column(_("Its score"), "nearer_score", is_number=True),
        Column(_("Passage"), "text", width=60),
    ]
    if not session.json:
        items = [
            {
                **item,
                "id": short_id(item["id"]),
                "text": first_line(item["text"]),
                "score": decimal(item["score"], 2),
                "nearer_score": decimal(item["nearer_score"], 2),
            }
            for item in items
        ]
    show(session, "drift", items, columns)
    for code in again:
        session.say(f"{names.get(code.code_id)} ({code.passages}): {_(REREADING[code.why])}")
    session.say(_("These are places to read again. The text may say what the words do not."))


def show_theory(session: Session) -> None:
    """Print what each theory has met."""
    from dataclasses import asdict

    from kodebok.suggest.theory import load_theory_and_data

    found = load_theory_and_data(session.store, session.coder_id)
    columns = [
        Column(_("Theory"), "name", width=30),
        Column(_("Codes"), "codes", is_number=True),
        Column(_("Codings"), "codings", is_number=True),
        Column(_("Support"), "supports", is_number=True),
        Column(_("Nuance"), "nuances", is_number=True),
        Column(_("Contradict"), "contradicts", is_number=True),
        Column(_("Wonderings"), "wonderings", is_number=True),
    ]
    show(session, "theory", [asdict(theory) for theory in found.theories], columns)
    session.say(
        _(
            "{n} of {all} passages in what you have read have no code.",
            n=found.uncoded,
            all=found.read,
        )
    )
