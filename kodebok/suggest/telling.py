"""Suggestions and their record in words, the same on the command line and on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kodebok.domain.suggestion import PassageRole, SuggestionKind
from kodebok.i18n import language, mark, translator
from kodebok.suggest.drift import Reread
from kodebok.suggest.trial import CodeTrial, UnexplainedTrial
from kodebok.suggest.verdicts import Record

_ = translator("suggest")

KINDS = {
    SuggestionKind.CODE: mark("code"),
    SuggestionKind.UNEXPLAINED: mark("unexplained"),
    SuggestionKind.MORE: mark("like your wonderings"),
    SuggestionKind.GROUP: mark("candidate"),
}
ROLES = {
    PassageRole.ITSELF: mark("The passage"),
    PassageRole.TYPICAL: mark("Typical"),
    PassageRole.BORDERLINE: mark("Borderline"),
    PassageRole.COUNTER_EXAMPLE: mark("Counter-example"),
    PassageRole.MEMBER: mark("Also in it"),
}
REREADING = {
    Reread.SPARSE: mark("has hardly a passage: is it a code, or a thought?"),
    Reread.OVERFULL: mark("has very many passages: is it more than one thing?"),
}


def signed(share: float) -> str:
    """A share of a score with its sign."""
    text = f"{abs(share):.2f}"
    return ("+" if share >= 0 else "−") + (text if language() == "en" else text.replace(".", ","))


def stability_words(evidence: Mapping[str, Any]) -> str:
    """How often the passages of a group came together, and what that does not say."""
    return _(
        "together in {n} of {samples} samples; stable does not mean true",
        n=evidence["together"],
        samples=evidence["samples"],
    )


def parts_of_score(evidence: Mapping[str, Any]) -> list[tuple[str, float]]:
    """What a score is made of; the parts add up to it."""
    words = [(part["word"], part["share"]) for part in evidence["words"]]
    rest = [(_("(other words)"), evidence["others"]), (_("(before any word)"), evidence["bias"])]
    return words + rest


def accepted_words(evidence: Mapping[str, Any]) -> str:
    """How often suggestions of the code were accepted; not called accuracy."""
    return _(
        "Suggestions of this code accepted so far: {n} of {all}",
        n=evidence["accepted_so_far"],
        all=evidence["judged_so_far"],
    )


def record_facts(record: Record) -> list[tuple[str, str, Any]]:
    """The record as facts: stable name, words, value."""
    machine, every = record.codings
    return [
        ("on", _("Suggestions are on"), record.is_on),
        ("chosen", _("Chosen (UTC)"), record.chosen_at or None),
        ("computed", _("Times computed, undone ones included"), record.computed),
        ("unread-too", _("Of these in sources not read through"), record.unread_too),
        ("runs", _("Runs"), record.runs),
        ("refreshed", _("Of these followed a coding, kept where judged"), record.refreshed),
        ("suggested", _("Suggested"), record.suggested),
        ("accepted", _("Accepted"), record.accepted),
        ("rejected", _("Rejected"), record.rejected),
        ("machine-codings", _("Codings that began as a suggestion"), machine),
        ("codings", _("Codings in all"), every),
    ]


def questions_to_answer(record: Record) -> list[str]:
    """What a method chapter should say of it, as questions, never as ready prose."""
    if not record.computed:
        return []
    asked = [
        _("What did you want the suggestions for, and when did you turn them on?"),
        _("How did you judge one: what made you accept, what made you reject?"),
        _("Did any passage or category come into the analysis that you would not have seen?"),
    ]
    if record.unread_too:
        asked.append(_("Why were suggestions computed for sources not read through?"))
    return asked


# From where a trial speaks for suggestions: gain over habit, own codes named, passages tried.
LEAST_GAIN, LEAST_NAMED, LEAST_TRIED = 0.1, 0.75, 20
LEAST_CURVE = 0.6
LEAST_BETTER = 0.03  # own codes named, for an embedding to be worth its weight


def trust_in_words(codes: CodeTrial | None) -> str:
    """How far suggested codes can be trusted in this study."""
    if codes is None:
        return _("There is too little coding to say how far suggested codes can be trusted.")
    gain = codes.among - codes.usual_among
    if gain < LEAST_GAIN or codes.passages < LEAST_TRIED:
        return _("Do not lean on suggested codes here: they do little better than habit.")
    if codes.among < LEAST_NAMED:
        return _("Suggested codes may remind you of a code; many of yours are not among them.")
    return _("Suggested codes mostly name yours among three; read every passage all the same.")


def trial_words(
    codes: CodeTrial | None, unexplained: UnexplainedTrial | None, embedded: CodeTrial | None
) -> list[str]:
    """What the trials come to in this study."""
    told = [trust_in_words(codes)]
    if unexplained and unexplained.curve < LEAST_CURVE:
        told.append(
            _("What ranks as unexplained is little better than chance here; wonderings say more.")
        )
    if embedded and codes:
        better = embedded.among - codes.among >= LEAST_BETTER
        told.append(
            _("The embedding does better here than the default.")
            if better
            else _("The embedding does no better here than the default.")
        )
    return told
