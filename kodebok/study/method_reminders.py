"""What the study's way of working reminds of; a reminder forbids nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kodebok.coding.themes import codes_without_theme
from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Coding
from kodebok.domain.method import profile_of
from kodebok.domain.note import Condensation, Theme
from kodebok.domain.project import Method
from kodebok.i18n import plural_translator, translator
from kodebok.storage import codes, notes, projects
from kodebok.storage.codings import load_codings
from kodebok.storage.database import Store

_ = translator("analysis")
_n = plural_translator("analysis")


@dataclass(frozen=True, slots=True)
class _Work:
    """What has been done so far."""

    tree: CodeTree
    codings: Sequence[Coding]
    themes: Sequence[Theme]
    condensations: Sequence[Condensation]
    summarised: frozenset[str]

    @property
    def used(self) -> set[str]:
        """Ids of the codes that something is coded with."""
        return {coding.code_id for coding in self.codings}


def method_reminders(store: Store) -> list[str]:
    """Sentences on what the way of working would do next, the most pressing first."""
    method = projects.load_project(store).method
    work = _Work(
        codes.load_code_tree(store),
        load_codings(store),
        notes.load_themes(store),
        notes.load_condensations(store),
        frozenset(codes.load_summaries(store)),
    )
    said = [_undefined(work)] if profile_of(method).codebook_first.value else []
    if work.codings:
        said += [remind(work) for remind in _REMINDERS.get(method, ())]
    return [sentence for sentence in said if sentence]


def _undefined(work: _Work) -> str:
    count = sum(not code.definition for code in work.tree)
    if not len(work.tree) or not count:
        return ""
    return _n("{n} code has no definition", "{n} codes have no definition", count)


def _uncondensed(work: _Work) -> str:
    condensed = {item.coding_id for item in work.condensations}
    whole = {item.code_id for item in work.condensations if not item.coding_id}
    count = sum(c.id not in condensed and c.code_id not in whole for c in work.codings)
    if not count:
        return ""
    return _n("{n} coded passage is not condensed", "{n} coded passages are not condensed", count)


def _without_theme(work: _Work) -> str:
    """Nothing before there is a theme: first codes, then themes."""
    left = len(work.used & set(codes_without_theme(work.tree, work.themes)))
    if not work.themes or not left:
        return ""
    return _n("{n} code is in no theme", "{n} codes are in no theme", left)


def _without_idea(work: _Work) -> str:
    count = sum(not theme.idea for theme in work.themes)
    if not count:
        return ""
    return _n(
        "{n} theme lacks the idea that holds it together",
        "{n} themes lack the idea that holds them together",
        count,
    )


def _ungrouped(work: _Work) -> str:
    alone = [c for c in work.tree.children(None) if not work.tree.children(c.id)]
    count = sum(code.id in work.used for code in alone)
    if not count:
        return ""
    return _n("{n} code is in no code group", "{n} codes are in no code group", count)


def _without_text(work: _Work) -> str:
    groups = {work.tree.top(code_id).id for code_id in work.used}
    count = len(groups - work.summarised)
    condensed = {item.code_id for item in work.condensations} - {None}
    if not count or not condensed:
        return ""
    return _n("{n} code group has no analytic text", "{n} code groups have no analytic text", count)


_REMINDERS: dict[Method, tuple[Callable[[_Work], str], ...]] = {
    Method.REFLEXIVE: (_without_idea, _without_theme),
    Method.SDI: (_ungrouped,),
    Method.CONDENSATION: (_uncondensed, _ungrouped, _without_text),
    Method.CONTENT_ANALYSIS: (_uncondensed, _without_theme),
}
