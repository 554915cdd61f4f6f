"""Studies and passages to suggest for: small, made up, and the same every time."""

from __future__ import annotations

from pathlib import Path

from benchmarks.suggest_material import Labelled
from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.domain.suggestion import Suggestion, SuggestionKind
from kodebok.storage import notes, sources
from kodebok.storage.database import Store
from kodebok.suggest.passages import Example, Passage
from kodebok.suggest.runs import Wish, compute
from kodebok.suggest.verdicts import turn
from tests.builders import add_code, add_interview, code_passage, coder_of, make_store, span_of

MEETINGS = (
    "Vi møtes hver onsdag på det faste møtet, og der tar vi opp de tunge sakene.",
    "Morgenmøtet er det viktigste møtet vi har, for der treffes alle.",
    "Uten de faste møtene hadde vi aldri snakket sammen på tvers.",
    "Møtet på onsdag er for kort, men vi møtes i hvert fall.",
    "Det ble altfor mange møter den høsten, og få kom på møtene.",
    "Møteplanen henger på veggen, så alle vet når vi møtes.",
)
MONEY = (
    "Budsjettet er så stramt at vi ikke får leid inn vikarer.",
    "Det er økonomien som styrer, pengene strekker ikke til lenger.",
    "Kommunen sparer penger, og budsjettet kuttes hvert eneste år.",
    "Vi fikk ikke penger til kurset, budsjettet var brukt opp.",
    "Økonomisk henger det ikke sammen når vikarbudsjettet er borte.",
    "Når pengene er slutt i november, blir det ingen innleie.",
)
UNCODED_MEETING = "På det faste møtet hver onsdag møtes vi alle sammen."
UNCODED_MONEY = "Det er ikke penger i budsjettet til flere vikarer."
OTHER = "Hunden min heter Bamse og er veldig glad i snø."


def make_study(folder: Path, *, is_on: bool = True) -> Store:
    """Two interviews, read and coded by hand with two codes; three turns are left uncoded."""
    store = make_store(folder, coders=("Kari", "Jonas"))
    me = coder_of(store)
    codes = {"Møter": MEETINGS, "Økonomi": MONEY}
    ids = {name: add_code(store, name) for name in codes}
    for half, name in enumerate(("I1", "I2")):
        turns = [words for listed in codes.values() for words in listed[half::2]]
        left = [UNCODED_MEETING, UNCODED_MONEY] if half else [OTHER]
        lines = [f"R: {words}" for words in (*turns, *left)]
        text = "\n".join(["I: Hva er viktig for dere her på huset?", *lines])
        source_id = add_interview(store, text, name, case=f"Informant {half + 1}")
        for code, listed in codes.items():
            for words in listed[half::2]:
                code_passage(store, source_id, ids[code], words)
        with store.act("source.read", me, source_id) as act:
            sources.mark_read(act, source_id, me)
    if is_on:
        turn(store, me, is_on=True)
    return store


def wonder(store: Store, source_id: str, words: str) -> None:
    """A wondering at a passage."""
    span, me = span_of(store, source_id, words), coder_of(store)
    note = Note(
        new_id(),
        Target.PASSAGE,
        source_id,
        me,
        "Hva er dette?",
        NoteKind.WONDERING,
        start=span.start,
        end=span.end,
    )
    with store.act("memo.add", me, note.id) as act:
        notes.add_note(act, note)


def as_examples(labelled: list[Labelled]) -> list[Example]:
    """Labelled passages with a code, as examples."""
    return [
        Example(item.text, item.source, place, place + 1, frozenset(item.codes), str(place))
        for place, item in enumerate(labelled)
        if item.codes
    ]


def as_passages(labelled: list[Labelled], *, not_coded: str = "") -> list[Passage]:
    """Labelled passages as read; those with a code other than `not_coded` are coded."""
    return [
        Passage(
            item.text,
            item.source,
            place,
            place + 1,
            item.source,
            is_read=True,
            is_coded=bool(set(item.codes) - {not_coded}) and not_coded not in item.codes,
        )
        for place, item in enumerate(labelled)
    ]


def suggest_codes(store: Store, coder_id: str, wish: Wish) -> list[Suggestion]:
    """Codes for passages, as `kodebok suggest codes` computes them."""
    return compute(store, coder_id, SuggestionKind.CODE, wish)


def suggest_unexplained(store: Store, coder_id: str, wish: Wish) -> list[Suggestion]:
    """What no code explains."""
    return compute(store, coder_id, SuggestionKind.UNEXPLAINED, wish)


def suggest_more(store: Store, coder_id: str, wish: Wish) -> list[Suggestion]:
    """Passages like those with a wondering."""
    return compute(store, coder_id, SuggestionKind.MORE, wish)


def suggest_groups(store: Store, coder_id: str, wish: Wish) -> list[Suggestion]:
    """Candidates."""
    return compute(store, coder_id, SuggestionKind.GROUP, wish)
