"""Printing a way of working: its words and defaults, each with its source."""

from __future__ import annotations

from kodebok.cli.output import Column, Item, show
from kodebok.cli.session import Session
from kodebok.domain.code import Origin
from kodebok.domain.method import REFERENCES, Part, Profile, profile_of
from kodebok.domain.project import Method
from kodebok.i18n import mark, translator

_ = translator("analysis")

_OWN = "kodebok"  # whose choice it is where no source is named

_ORIGINS = {
    Origin.DEDUCTIVE: mark("deductive"),
    Origin.GUIDE: mark("from the interview guide"),
    Origin.EMPIRICAL: mark("empirical"),
}


def show_method(session: Session, method: Method) -> None:
    """Print what a way of working calls things and begins with, then where that is taken from."""
    from kodebok.coding.method_words import method_name

    profile = profile_of(method)
    columns = [
        Column(_("What"), "about"),
        Column(_("Here"), "value"),
        Column(_("After"), "source"),
    ]
    session.say(method_name(method))
    show(session, "method", [*_words(profile), *_defaults(profile)], columns)
    for source in profile.sources:
        session.say(REFERENCES[source])


def _words(profile: Profile) -> list[Item]:
    from kodebok.coding.method_words import explain_part, part_word

    return [
        _item(profile, part, explain_part(part), part_word(profile.method, part), word.source)
        for part, word in profile.words.items()
    ]


def _defaults(profile: Profile) -> list[Item]:
    from kodebok.coding.method_words import part_word

    columns = ", ".join(part_word(profile.method, part) for part in profile.columns)
    origin = profile.code_origin
    switches = {
        "condenses": (_("a passage is written shorter right after coding"), profile.condenses),
        "counts_first": (_("the matrix shows numbers at first"), profile.counts_first),
        "codebook_first": (_("the codebook comes before reading"), profile.codebook_first),
    }
    return [
        _item(profile, "columns", _("columns of the analysis table"), columns, ""),
        _item(profile, "code_origin", _("a new code is"), _(_ORIGINS[origin.value]), origin.source),
        *(
            _item(profile, key, about, _("yes") if choice.value else _("no"), choice.source)
            for key, (about, choice) in switches.items()
        ),
    ]


def _item(profile: Profile, key: Part | str, about: str, value: str, source: str) -> Item:
    return {
        "method": str(profile.method),
        "key": str(key),
        "about": about,
        "value": value,
        "source": source or _OWN,
    }
