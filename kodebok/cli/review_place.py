"""`kodebok review place`: an answer is put on its passage."""

from __future__ import annotations

from kodebok.cli.review_acts import show_standings
from kodebok.cli.session import Session
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.review.placing import Place, place, place_of_coding

_ = translator("review")


def place_one(
    session: Session,
    typed: str,
    coding: str | None,
    *,
    source: str | None,
    text: str | None,
    nth: int | None,
) -> None:
    """Place an answer by a coding, or by words of a source, and say where it stands."""
    from kodebok.coding.naming import find_coding
    from kodebok.review import settling

    store = session.store
    answer = settling.find_answer(store, typed)
    if coding is not None and source is None and text is None:
        wanted = place_of_coding(find_coding(store, coding))
    elif coding is None and source is not None and text is not None:
        wanted = _place_of_words(session, source, text, nth)
    else:
        raise WrongUseError(
            _("it is not said which passage the answer is about"),
            _("name a coding, or give --source and --text"),
            "K670",
        )
    item = place(store, session.coder_id, answer, wanted)
    show_standings(session, [s for s in settling.load_queue(store) if s.answer.id == answer.id])
    if item is None:
        session.say(_("Placed on the words; they were not in the package."))
    else:
        session.say(_("Placed at {mark}.", mark=item.mark))


def _place_of_words(session: Session, source: str, text: str, nth: int | None) -> Place:
    from kodebok.coding.naming import find_source
    from kodebok.coding.passages import find_passage
    from kodebok.storage.sources import load_text

    found = find_source(session.store, source)
    span = find_passage(load_text(session.store, found.id), text, nth)
    return Place(found.id, span)
