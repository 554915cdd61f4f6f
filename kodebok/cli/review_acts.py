"""What `kodebok review` does in a study, and what it says about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kodebok.cli.items import first_line, short_id
from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session, tell
from kodebok.i18n import plural_translator, translator

if TYPE_CHECKING:
    from kodebok.review.choosing import Wish
    from kodebok.review.settling import Standing

_ = translator("review")
_n = plural_translator("review")


def show_queue(session: Session, *, only_open: bool) -> None:
    """Print answers with what they are about."""
    from kodebok.review.settling import load_queue

    show_standings(session, load_queue(session.store, only_open=only_open))


def show_standings(session: Session, queue: list[Standing]) -> None:
    """Print answers, as a table or by the schema `review-answers`."""
    from kodebok.cli.items import named_things

    names = named_things(session.store)
    items = [queue_item(standing, names) for standing in queue]
    if not session.json:
        items = [_for_people(item) for item in items]
    columns = [
        Column(_("Id"), "id"),
        Column(_("Number"), "mark"),
        Column(_("Answer"), "said", width=50),
        Column(_("Code"), "code", width=30),
        Column(_("Passage"), "text", width=40),
        Column(_("By"), "author"),
        Column(_("State"), "state"),
    ]
    show(session, "review-answers", items, columns)


def queue_item(standing: Standing, names: dict[str, str]) -> Item:
    """An answer by the schema `review-answers`."""
    answer, item = standing.answer, standing.item
    return {
        "id": answer.id,
        "package": answer.package_id,
        "recipient": standing.package.recipient,
        "mark": item.mark if item else None,
        "target": str(item.target) if item else None,
        "kind": str(answer.kind),
        "answer": answer.text,
        "proposal": answer.proposal,
        "author": answer.author,
        "at": answer.at or answer.received,
        "state": str(answer.state),
        "resolved": answer.is_resolved,
        "reason": answer.reason,
        "source": names.get(answer.source_id or (item.source_id if item else "") or ""),
        "start": answer.start if answer.start is not None or item is None else item.start,
        "end": answer.end if answer.end is not None or item is None else item.end,
        "text": standing.words or (item.text if item else "") or answer.quoted,
        "code": standing.code or (names.get(item.target_id, "") if item else ""),
        "coding": answer.coding_id,
        "replies": [
            {"author": reply.author, "text": reply.text, "at": reply.at}
            for reply in standing.replies
        ],
    }


def _for_people(item: Item) -> Item:
    from kodebok.domain.review import AnswerKind, AnswerState
    from kodebok.review.words import STATES, said_in_words

    said = said_in_words(AnswerKind(item["kind"]), item["answer"], item["proposal"])
    return {
        **item,
        "id": short_id(item["id"]),
        "mark": item["mark"] or ("" if item["source"] else _("not placed")),
        "said": first_line(said),
        "text": first_line(item["text"]),
        "state": _(STATES[AnswerState(item["state"])]),
    }


def send_one(session: Session, wished: dict[str, Any]) -> None:
    """Write a package, and say where it is."""
    from kodebok.cli.passphrase import ask_passphrase
    from kodebok.domain.review import ReviewForm
    from kodebok.study.supervising import check_may_send, plan_package, send

    study = session.study
    check_may_send(study)
    wish = _wish(session, wished)
    plan_package(study, wish)
    is_sealed = wish.form is ReviewForm.KODEBOK
    passphrase = ask_passphrase(twice=True) if is_sealed else ""
    done = send(study, wish, wished["path"], passphrase=passphrase)
    for sentence in done.sentences:
        tell(sentence)
    item = {
        "id": done.package.id,
        "recipient": done.package.recipient,
        "form": str(done.package.form),
        "items": done.items,
        "due": done.package.due,
        "file": str(done.path),
    }
    if session.json:
        show(session, "review-packages", [item], [])
    session.say(
        _n(
            "{n} thing to answer on, in {file}",
            "{n} things to answer on, in {file}",
            done.items,
            file=done.path,
        )
    )
    if is_sealed:
        session.say(_("Tell the passphrase another way than you send the file."))


def _wish(session: Session, wished: dict[str, Any]) -> Wish:
    from kodebok.cli.filters import chosen_codes
    from kodebok.cli.memo import find_note
    from kodebok.cli.themes import find_theme
    from kodebok.coding.naming import find_source
    from kodebok.domain.review import ReviewForm
    from kodebok.review.choosing import Wish
    from kodebok.storage.codes import load_code_tree

    store = session.store
    return Wish(
        recipient=wished["recipient"],
        form=ReviewForm(wished["form"]),
        code_ids=chosen_codes(load_code_tree(store), wished["code"]),
        theme_ids=tuple(find_theme(store, name).id for name in wished["theme"]),
        source_ids=tuple(find_source(store, name).id for name in wished["source"]),
        memo_ids=tuple(find_note(store, name).id for name in wished["memo"]),
        definitions=wished["definitions"],
        doubtful=max(0, wished["doubtful"]),
        sample=max(0, wished["sample"]),
        seed=wished["seed"],
        due=wished["due"],
        questions=wished["questions"],
        language=wished["language"] or "",
    )


def receive_one(session: Session, file: Path) -> None:
    """Take a file in, and list what is new."""
    from kodebok.cli.passphrase import ask_passphrase
    from kodebok.review.receiving import receive
    from kodebok.review.settling import load_queue
    from kodebok.sources.limits import read_bytes

    data = read_bytes(file.expanduser())
    received = receive(session.store, session.coder_id, data, lambda: ask_passphrase(twice=False))
    new = {answer.id for answer in received.new}
    show_standings(session, [one for one in load_queue(session.store) if one.answer.id in new])
    session.say(_n("{n} new answer", "{n} new answers", len(received.new)))
    if received.known:
        session.say(_n("{n} was here already", "{n} were here already", received.known))
    if received.unplaced:
        session.say(
            _n(
                "{n} could not be placed; it is in the list without a number",
                "{n} could not be placed; they are in the list without a number",
                len(received.unplaced),
            )
        )


def settle_one(
    session: Session, typed: str, decision: str, *, reason: str, code: str | None, add: bool
) -> None:
    """Accept, discuss or reject, and say what was done."""
    from kodebok.coding.naming import find_code
    from kodebok.review import settling
    from kodebok.storage.codes import load_code_tree

    store, coder = session.store, session.study.coder
    answer = settling.find_answer(store, typed)
    if decision == "accept":
        code_id = find_code(load_code_tree(store), code).id if code else None
        coding_id = settling.accept(
            store, coder.id, answer, reason=reason, code_id=code_id, is_added=add
        )
        session.say(_("Accepted; the passage has the code.") if coding_id else _("Accepted."))
    elif decision == "discuss":
        settling.discuss(store, coder.id, coder.name, answer, reason)
        session.say(_("Kept; it goes along with the next package."))
    else:
        settling.reject(store, coder.id, answer, reason)
        session.say(_("Rejected; the reason goes along with the next package."))
    if session.json:
        show_standings(session, [s for s in settling.load_queue(store) if s.answer.id == answer.id])


def show_sent(session: Session) -> None:
    """Print what was sent."""
    from collections import Counter

    from kodebok.domain.review import AnswerKind
    from kodebok.review.words import FORMS
    from kodebok.storage import reviews

    store = session.store
    things = Counter(item.package_id for item in reviews.load_items(store))
    answers = Counter(
        answer.package_id
        for answer in reviews.load_answers(store)
        if answer.kind is not AnswerKind.REPLY
    )
    items = [
        {
            "id": package.id if session.json else short_id(package.id),
            "recipient": package.recipient,
            "form": str(package.form) if session.json else _(FORMS[package.form]),
            "made": package.made if session.json else package.made[:10],
            "due": package.due,
            "chosen": package.chosen,
            "items": things[package.id],
            "answers": answers[package.id],
            "file": package.file_name,
        }
        for package in reviews.load_packages(store)
    ]
    columns = [
        Column(_("Id"), "id"),
        Column(_("To"), "recipient"),
        Column(_("Sent"), "made"),
        Column(_("Answer by"), "due"),
        Column(_("Form"), "form"),
        Column(_("What"), "chosen", width=40),
        Column(_("Things"), "items", is_number=True),
        Column(_("Answers"), "answers", is_number=True),
    ]
    show(session, "review-packages", items, columns)
