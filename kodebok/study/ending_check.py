"""What is left when a study has ended: checked by scanning, and asked of the researcher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kodebok.i18n import mark, translator
from kodebok.storage import anonymisation
from kodebok.storage.ending import load_end
from kodebok.storage.sealing import count_sealed
from kodebok.study.anonymising_state import has_sound, load_anonymity, state_sentence
from kodebok.study.ending import EndStep, note, plan_end
from kodebok.study.opening import Study
from kodebok.study.unlocking import has_key_file

_ = translator("study")

_QUESTION = "question:"

# What makes somebody recognisable without a name (recital 26 of the GDPR: all means reasonably
# likely to be used). Yes means that it does, or may.
QUESTIONS = {
    "alone": mark("Can someone be singled out: the only one of a kind, role, age or background?"),
    "place": mark("Is the place so small, or described so, that readers can tell where it is?"),
    "combined": mark("Do pieces of information together point to one person?"),
    "linked": mark("Can it be linked with what is public: news, minutes, staff lists, a website?"),
    "known": mark("Would colleagues, family or other participants recognise a voice or a story?"),
    "self": mark("Did someone tell of a rare event, illness, conflict or case?"),
    "others": mark("Are people who never consented, such as users or relatives, described so?"),
    "files": mark("Does anyone else still have sound, transcripts, names or the key?"),
}


@dataclass(frozen=True, slots=True)
class Scanned:
    """One thing that was looked for.

    Attributes:
        what: In words, as an English key; it names no one.
        is_clean: Whether nothing was found.
        found: How much was.
    """

    what: str
    is_clean: bool
    found: int = 0


def scan(study: Study) -> list[Scanned]:
    """Look for what should be gone: on the disk, in the file, and in its texts by the finders."""
    left = {work.step: len(work.things) for work in plan_end(study)}
    sealed = count_sealed(study.store)
    names = _names_left(study)
    return [
        _scanned(
            mark("sound in the study or beside it"), max(left[EndStep.SOUND], has_sound(study))
        ),
        _scanned(
            mark("original transcripts, and files with names in them"), left[EndStep.ORIGINALS]
        ),
        _scanned(mark("the key file"), int(has_key_file(study))),
        _scanned(mark("texts that the key could bring back"), sealed),
        _scanned(mark("kept copies"), left[EndStep.COPIES]),
        _scanned(mark("traces of the study outside its folder"), left[EndStep.OUTSIDE]),
        _scanned(mark("likely names, places or contacts in the texts"), names),
    ]


def _scanned(what: str, found: int) -> Scanned:
    return Scanned(what, not found, int(found))


def _names_left(study: Study) -> int:
    from kodebok.anonymise.study_texts import find_likely_in
    from kodebok.storage.sources import load_sources

    ids = frozenset(source.id for source in load_sources(study.store))
    replaced = {
        (one.source_id, one.start, one.end) for one in anonymisation.load_replacements(study.store)
    }
    return sum(
        (source_id, one.start, one.end) not in replaced
        for source_id, one in find_likely_in(study.store, ids)
    )


def answer(study: Study, question: str, *, is_yes: bool, why: str = "") -> None:
    """Note an answer on indirect identification; KeyError when there is no such question."""
    if question not in QUESTIONS:
        raise KeyError(question)
    note(study, f"{_QUESTION}{question}", "yes" if is_yes else "no", why)


def answers(study: Study) -> dict[str, bool]:
    """What was answered, by question: whether someone may be recognised by it."""
    return {
        key.removeprefix(_QUESTION): one.state == "yes"
        for key, one in load_end(study.store).items()
        if key.startswith(_QUESTION)
    }


def open_questions(study: Study) -> list[str]:
    """Questions that nobody has answered yet."""
    known = answers(study)
    return [question for question in QUESTIONS if question not in known]


def end_sentence(study: Study) -> str:
    """What the remaining text may be called: never anonymous without key, sound and doubt gone."""
    state = anonymisation.load_state(study.store)
    sentence = state_sentence(state, has_sound=has_sound(study))
    is_possible = state.is_applied and state.is_destroyed and not has_sound(study)
    if not is_possible or open_questions(study) or load_anonymity(study).unfinished:
        return sentence
    risky = sum(answers(study).values())
    if risky:
        return _("the key is deleted; not anonymous: {n} answers say that", n=risky)
    return _("the key is deleted; assessed as anonymous, indirect identification included")


def reasons_not_anonymous(study: Study) -> Iterator[str]:
    """Questions whose answer says that someone may be recognised."""
    for question, is_yes in answers(study).items():
        if is_yes and question in QUESTIONS:
            yield _(QUESTIONS[question])
