"""Narrowing the excerpts: by code, participant, source, coder, variable, overlap."""

from __future__ import annotations

from dataclasses import replace

from kodebok.export.model import StudyView
from kodebok.i18n import mark, translator
from kodebok.storage.codings import ExcerptFilter
from kodebok.tui.widgets.choice import Choice

_ = translator("coding_screen")

_KINDS = {
    "code": mark("Code, with those below it"),
    "case": mark("Participant"),
    "source": mark("Source"),
    "coder": mark("Coder"),
    "variable": mark("Background value"),
    "overlapping": mark("Overlapping another code"),
}
_BETWEEN = "\n"


class FilterChoices:
    """What the excerpts can be narrowed by; each choice is laid over those made before."""

    def __init__(self, view: StudyView, wanted: ExcerptFilter) -> None:
        self._view, self._wanted = view, wanted

    def kinds(self) -> list[Choice]:
        """The kinds of filters, and letting go of them."""
        listed = [Choice(key, _(words)) for key, words in _KINDS.items()]
        if self._wanted != ExcerptFilter():
            listed.insert(0, Choice("clear", _("All excerpts again")))
        return listed

    def values(self, kind: str) -> list[Choice]:
        """The values of a kind."""
        view = self._view
        if kind in {"code", "overlapping"}:
            return [Choice(c.id, view.codes.path(c.id).replace("/", " / ")) for c in view.codes]
        if kind == "case":
            return [Choice(case.id, case.name) for case in view.cases.values()]
        if kind == "source":
            return [Choice(source.id, source.name) for source in view.sources.values()]
        if kind == "coder":
            return [Choice(user.id, user.name) for user in view.users]
        pairs = dict.fromkeys(pair for case in view.cases.values() for pair in case.values.items())
        return [Choice(_BETWEEN.join(pair), " = ".join(pair)) for pair in pairs]

    def narrowed(self, kind: str, key: str) -> ExcerptFilter:
        """The filter with that value."""
        if kind == "code":
            below = [code.id for code in self._view.codes.descendants(key)]
            return replace(self._wanted, code_ids=(key, *below))
        if kind == "variable":
            name, _separator, value = key.partition(_BETWEEN)
            return replace(self._wanted, variables=((name, value),))
        if kind == "case":
            return replace(self._wanted, case_ids=(key,))
        if kind == "source":
            return replace(self._wanted, source_ids=(key,))
        if kind == "coder":
            return replace(self._wanted, coder_ids=(key,))
        return replace(self._wanted, overlapping=(key,))


def describe_filter(wanted: ExcerptFilter, view: StudyView) -> str:
    """The filter in words; empty when it lets all through."""
    parts = []
    if wanted.code_ids:
        parts.append(view.codes[wanted.code_ids[0]].name)
    parts += [view.cases[i].name for i in wanted.case_ids]
    parts += [view.sources[i].name for i in wanted.source_ids]
    names = {user.id: user.name for user in view.users}
    parts += [_("coded by {name}", name=names[i]) for i in wanted.coder_ids]
    parts += [f"{name} = {value}" for name, value in wanted.variables]
    parts += [_("overlapping {code}", code=view.codes[i].name) for i in wanted.overlapping]
    return ", ".join(parts)
