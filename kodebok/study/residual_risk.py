"""The residual-risk sample of a study: drawn, read by a person, and what it says."""

from __future__ import annotations

from collections.abc import Iterable

from kodebok.anonymise.finders_version import finders_version
from kodebok.anonymise.finding_stage import Row
from kodebok.anonymise.residual import (
    USUAL_SIZE,
    RiskBound,
    Sentence,
    draw_sample,
    risk_bound,
)
from kodebok.domain.ids import new_id
from kodebok.domain.text import word_spans
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import anonymisation, residual, sources
from kodebok.storage.residual import CLEAN, MISSED, RiskSample, RiskSentence
from kodebok.study.anonymising_review import finding_arguments
from kodebok.study.opening import Study

_ = translator("study")

_SHORTEST_ID = 4  # letters of an id that are enough to mean a sentence


def sample_arguments(study: Study) -> Row:
    """What the stage that lists sentences is given; the texts of sources alone."""
    given = finding_arguments(study)
    ids = {one.id for one in sources.load_sources(study.store)}
    placed = anonymisation.load_replacements(study.store)
    held = [[one.source_id, one.start, one.end] for one in placed]
    texts = [[source, text] for source, text in given["texts"] if source in ids]
    return {**given, "texts": texts, "held": held}


def keep_sample(
    study: Study, rows: Iterable[Row], size: int = USUAL_SIZE, seed: int = 1
) -> RiskSample:
    """Draw a sample from what the stage listed, and keep it.

    Raises:
        WrongUseError: K880, there is no sentence to draw from.
    """
    listed = [Sentence(**row) for row in rows]
    drawn = draw_sample(listed, size, seed)
    if not drawn:
        raise WrongUseError(
            _("there is no sentence without a finding to draw from"),
            _("bring in texts first"),
            "K880",
        )
    with study.store.act("sample.draw", study.coder.id) as act:
        words = _words_of_study(study)
        sample = RiskSample(new_id(), act.at, seed, len(listed), words, finders_version())
        act.subject = sample.id
        residual.add_sample(
            act,
            sample,
            (
                RiskSentence(
                    new_id(),
                    sample.id,
                    number,
                    one.sentence.source_id,
                    one.sentence.start,
                    one.sentence.end,
                    one.chance,
                    one.times,
                )
                for number, one in enumerate(drawn, start=1)
            ),
        )
    return sample


def _words_of_study(study: Study) -> int:
    store = study.store
    texts = (sources.load_text(store, one.id) for one in sources.load_sources(store))
    return sum(1 for text in texts for _word in word_spans(text))


def answer_sample(study: Study, wanted: str, *, missed: bool) -> RiskSentence:
    """Note whether something was missed in a sentence of the sample.

    Args:
        study: The study.
        wanted: The sentence's number in the sample, or its id.
        missed: Whether something was.

    Raises:
        WrongUseError: K881, there is no such sentence.
    """
    found = residual.load_sample(study.store)
    listed = found[1] if found else []
    meant = [
        one
        for one in listed
        if wanted == str(one.position) or (len(wanted) >= _SHORTEST_ID and one.id == wanted)
    ]
    if len(meant) != 1:
        raise WrongUseError(
            _("the sample has no sentence of that number"),
            _("see 'kodebok anonymise --sample'"),
            "K881",
        )
    with study.store.act("sample.answer", study.coder.id, meant[0].id) as act:
        residual.answer_sentence(act, meant[0].id, MISSED if missed else CLEAN)
    return meant[0]


def sample_result(study: Study) -> RiskBound | None:
    """What the last sample says so far; None when none was drawn, or nothing was read."""
    found = residual.load_sample(study.store)
    if found is None:
        return None
    sample, listed = found
    answers = [(one.chance, one.times, one.answer == MISSED) for one in listed if one.answer]
    return risk_bound(answers, sample.sentences, sample.words) if answers else None


def sample_words(study: Study) -> str:
    """What the sample says, in a sentence; what is lacking when it was not read."""
    found = residual.load_sample(study.store)
    bound = sample_result(study)
    if found is None:
        return _("no sample was drawn")
    left = sum(not one.answer for one in found[1])
    if bound is None or left:
        return _("{n} sentences of the sample are still to be read", n=left)
    return _(
        "{missed} of {draws} draws had something that was missed; with 95 % confidence at most "
        "{upper} sentences per 1,000 words hold something that nobody found",
        missed=bound.missed,
        draws=bound.draws,
        upper=f"{bound.upper:.1f}",
    )
