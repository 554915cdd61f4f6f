"""What `kodebok correct` does with recognised speech: unsure words, voices, verbatim marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kodebok.cli.output import Column, clock, show
from kodebok.cli.session import Session
from kodebok.domain.source import Source
from kodebok.domain.span import Span
from kodebok.domain.verbatim import MarkKind
from kodebok.errors import WrongUseError
from kodebok.i18n import plural_translator, translator

if TYPE_CHECKING:
    from kodebok.coding.uncertain import UncertainWord

_ = translator("cli")
_n = plural_translator("cli")

_SHOWN_PLACES = 3
_PERCENT = 100


def list_uncertain(session: Session, source: Source, _given: dict[str, Any]) -> None:
    """Print the words that the model was unsure of, by word type."""
    from kodebok.coding.uncertain import uncertain_words

    items = [_item(word) for word in uncertain_words(session.store, [source.id])]
    if not session.json:
        items = [
            {
                **item,
                "sure": f"{round(item['mean'] * _PERCENT)} %",
                "where": "; ".join(
                    f"{clock(place['time_ms'])} {place['context']}"
                    for place in item["places"][:_SHOWN_PLACES]
                ),
            }
            for item in items
        ]
    columns = [
        Column(_("Word"), "word"),
        Column(_("Places"), "count", is_number=True),
        Column(_("Sure"), "sure", is_number=True),
        Column(_("Where"), "where", width=70),
    ]
    show(session, "uncertain", items, columns)


def _item(word: UncertainWord) -> dict[str, Any]:
    return {
        "word": word.word,
        "count": len(word.places),
        "mean": round(word.mean, 3),
        "places": [
            {
                "start": place.start,
                "end": place.end,
                "time_ms": place.start_ms,
                "probability": place.probability,
                "context": place.context,
            }
            for place in word.places
        ],
    }


def settle(session: Session, source: Source, given: dict[str, Any]) -> None:
    """Settle a word in all its places."""
    from kodebok.coding.uncertain import settle_word

    count = settle_word(
        session.store, session.coder_id, [source.id], given["settle"], given["replacement"]
    )
    session.say(_n("Settled in {n} place.", "Settled in {n} places.", count))


def name_voices(session: Session, source: Source, given: dict[str, Any]) -> None:
    """Name voices for the whole source."""
    from kodebok.coding import voicing

    names = {}
    for typed in given["names"]:
        old, sign, new = typed.partition("=")
        if not sign:
            raise WrongUseError(
                _("it is not said what the voice is to be called"),
                _("write --name 'Voice 1=Interviewer'"),
                "K668",
            )
        names[old] = new
    changed = voicing.name_voices(session.store, session.coder_id, source.id, names)
    session.say(_n("Named {n} voice.", "Named {n} voices.", changed))


def swap_voices(session: Session, source: Source, given: dict[str, Any]) -> None:
    """Let two voices change places, from a turn on when one is named."""
    from kodebok.cli.correct import numbered_turn
    from kodebok.coding import voicing

    if not given["voice"]:
        raise WrongUseError(
            _("it is not said which voices to swap"), _("give --voice and --swap"), "K669"
        )
    turn = numbered_turn(session, source, given["turn"]) if given["turn"] is not None else None
    changed = voicing.swap_voices(
        session.store,
        session.coder_id,
        source.id,
        given["voice"],
        given["swap"],
        turn.id if turn else None,
    )
    session.say(_n("Changed {n} turn.", "Changed {n} turns.", changed))


def put_mark(session: Session, source: Source, given: dict[str, Any]) -> None:
    """Put a verbatim mark on a passage."""
    from kodebok.coding import marking

    span = _passage(session, source, given)
    kind = MarkKind(given["mark_kind"])
    store, coder_id = session.store, session.coder_id
    marking.put_mark(store, coder_id, source.id, span, kind, given["value"])
    session.say(_("Marked."))


def take_marks(session: Session, source: Source, given: dict[str, Any]) -> None:
    """Take the verbatim marks off a passage."""
    from kodebok.coding import marking

    span = _passage(session, source, given)
    count = marking.take_marks(session.store, session.coder_id, source.id, span)
    session.say(_n("Took {n} mark away.", "Took {n} marks away.", count))


def _passage(session: Session, source: Source, given: dict[str, Any]) -> Span:
    from kodebok.cli.code import given_passage
    from kodebok.storage.sources import load_text

    text = load_text(session.store, source.id)
    span: Span = given_passage(text, given["start"], given["end"], given["text"], given["nth"])
    return span
