"""The biography of a category: when it was born and of which words, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from kodebok.domain.code import CodeTree
from kodebok.errors import WrongUseError
from kodebok.i18n import plural_translator, translator
from kodebok.storage.blind import blind_sources_of_viewer
from kodebok.storage.codes import load_code_tree
from kodebok.storage.database import Store
from kodebok.storage.told_history import ToldAct, acts_touching, former_codes

_ = translator("theory")
_n = plural_translator("theory")


class MomentKind(StrEnum):
    """What happened to a code."""

    BORN = "born"
    GREW = "grew"
    SHRANK = "shrank"
    RENAMED = "renamed"
    REDEFINED = "redefined"
    MOVED = "moved"
    ABSORBED = "absorbed"
    SPLIT = "split"
    LINKED = "linked"
    GATHERED = "gathered"
    MERGED = "merged"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a code; growth in a row is one moment.

    Attributes:
        seq: The number of the (first) act in the history.
        until: When the last act of the row was done.
        before, after: Names, definitions or ids, by the kind; None where the text was erased.
        count: How many passages.
        sources: Ids of the sources that passages came from, each once.
        text: The words that the code was born of.
    """

    kind: MomentKind
    seq: int
    at: str
    until: str
    coder_id: str
    before: str | None = ""
    after: str | None = ""
    count: int = 0
    sources: tuple[str, ...] = field(default=())
    text: str | None = ""


_DEFINING = ("definition", "use_when", "not_when", "example")


def tell_moments(acts: Iterable[ToldAct], code_id: str) -> list[Moment]:
    """What happened to a code, oldest first. Pure."""
    moments: list[Moment] = []
    for act in acts:
        for moment in _moments_of(act, code_id):
            last = moments[-1] if moments else None
            if last and moment.kind is last.kind is MomentKind.GREW:
                moments[-1] = replace(
                    last,
                    until=moment.at,
                    count=last.count + moment.count,
                    sources=tuple(dict.fromkeys((*last.sources, *moment.sources))),
                )
            else:
                moments.append(moment)
    return moments


def _moments_of(act: ToldAct, code_id: str) -> Iterator[Moment]:
    rows = _Rows(act, code_id)
    base = Moment(MomentKind.BORN, act.seq, act.at, act.at, act.coder_id)
    if rows.born is not None:
        first = rows.gained[0] if rows.gained else {}
        yield replace(
            base,
            before=act.subject if act.kind == "code.split" else "",
            after=rows.born["name"],
            text=first.get("text", ""),
            sources=_sources(rows.gained[:1]),
        )
    yield from _changed(rows, base)
    if act.kind == "code.merge" and act.subject == code_id:
        for row in rows.removed_codes:
            yield replace(base, kind=MomentKind.ABSORBED, before=row["name"], count=rows.moved_in)
    elif act.kind == "code.split" and act.subject == code_id:
        for row in rows.added_codes:
            yield replace(base, kind=MomentKind.SPLIT, after=row["name"], count=rows.moved_out)
    else:
        yield from _grown(rows, base)
    if rows.gone:
        merged = act.kind == "code.merge"
        kind = MomentKind.MERGED if merged else MomentKind.DELETED
        yield replace(base, kind=kind, after=act.subject if merged else "")


def _changed(rows: _Rows, base: Moment) -> Iterator[Moment]:
    if "name" in rows.columns:
        before, after = rows.columns["name"]
        yield replace(base, kind=MomentKind.RENAMED, before=before, after=after)
    for name in _DEFINING:
        if name in rows.columns:
            before, after = rows.columns[name]
            yield replace(base, kind=MomentKind.REDEFINED, before=before, after=after)
    if "parent_id" in rows.columns:
        before, after = rows.columns["parent_id"]
        yield replace(base, kind=MomentKind.MOVED, before=before or "", after=after or "")
    if "theory" in rows.columns:
        before, after = rows.columns["theory"]
        yield replace(base, kind=MomentKind.LINKED, before=before, after=after)
    for theme_id in rows.themes:
        yield replace(base, kind=MomentKind.GATHERED, after=theme_id)


def _grown(rows: _Rows, base: Moment) -> Iterator[Moment]:
    gained = len(rows.gained) + rows.moved_in
    lost = len(rows.lost) + rows.moved_out
    if gained:
        sources = _sources(rows.gained)
        yield replace(base, kind=MomentKind.GREW, count=gained, sources=sources)
    if lost and not rows.gone:
        yield replace(base, kind=MomentKind.SHRANK, count=lost)


def _sources(codings: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["source_id"] for row in codings))


class _Rows:
    """The changes of an act, as one code sees them."""

    def __init__(self, act: ToldAct, code_id: str) -> None:
        self.born: dict[str, Any] | None = None
        self.gone = False
        self.columns: dict[str, list[Any]] = {}
        self.gained: list[dict[str, Any]] = []
        self.lost: list[dict[str, Any]] = []
        self.moved_in = self.moved_out = 0
        self.added_codes: list[dict[str, Any]] = []
        self.removed_codes: list[dict[str, Any]] = []
        self.themes: list[str] = []
        for change in act.changes:
            inner = change[5] if change[0] == "edit" else [change]
            for item in inner:
                self._take(item, code_id)

    def _take(self, change: list[Any], code_id: str) -> None:
        kind, table = change[0], change[1]
        if kind == "=":
            self._take_change(table, change[2], change[3], code_id)
        elif kind in {"+", "-"} and table == "codes":
            self._take_code(kind, change[2], code_id)
        elif kind in {"+", "-"} and change[2].get("code_id") == code_id:
            if table == "codings":
                (self.gained if kind == "+" else self.lost).append(change[2])
            elif table == "theme_codes" and kind == "+":
                self.themes.append(change[2]["theme_id"])

    def _take_code(self, kind: str, row: dict[str, Any], code_id: str) -> None:
        if row["id"] != code_id:
            (self.added_codes if kind == "+" else self.removed_codes).append(row)
        elif kind == "+":
            self.born = row
        else:
            self.gone = True

    def _take_change(
        self, table: str, row_id: str, columns: dict[str, list[Any]], code_id: str
    ) -> None:
        if table == "codes" and row_id == code_id:
            self.columns.update(columns)
        elif table == "codings" and "code_id" in columns:
            before, after = columns["code_id"]
            self.moved_in += after == code_id
            self.moved_out += before == code_id


def load_biography(store: Store, code_id: str) -> list[Moment]:
    """What the history tells of a code; words that the viewer may not see are left out."""
    hidden = blind_sources_of_viewer(store)
    return [
        replace(moment, text="") if hidden.intersection(moment.sources) else moment
        for moment in tell_moments(acts_touching(store, code_id), code_id)
    ]


def find_told_code(store: Store, typed: str) -> str:
    """Id of the code of that name, path or id, also of one that is no more.

    Raises:
        WrongUseError: There is none, or more than one (K386).
    """
    tree = load_code_tree(store)
    found = [code.id for code in tree.find(typed)] or former_codes(store, typed)
    if len(found) != 1:
        raise WrongUseError(
            _("no code, or more than one, has or had that name"),
            _("name it by its path or its id; see 'kodebok codebook'"),
            "K386",
        )
    return found[0]


def tell(moment: Moment, tree: CodeTree, names: dict[str, str]) -> str:
    """A moment as a sentence.

    Args:
        moment: What happened.
        tree: The codebook as it is now.
        names: By id, what sources and themes are called.
    """
    erased = _("(erased)")
    before = erased if moment.before is None else moment.before
    after = erased if moment.after is None else moment.after
    passages = _n("{n} passage", "{n} passages", moment.count)
    sources = ", ".join(names.get(item, "?") for item in moment.sources)

    def path(code_id: str) -> str:
        return tree.path(code_id) if code_id in tree else _("a code that is no more")

    sentences = {
        MomentKind.BORN: _born(moment, after, sources, path),
        MomentKind.GREW: _("grew by {passages} from {sources}", passages=passages, sources=sources)
        if sources
        else _("grew by {passages} from other codes", passages=passages),
        MomentKind.SHRANK: _("lost {passages}", passages=passages),
        MomentKind.RENAMED: _("renamed from «{before}» to «{after}»", before=before, after=after),
        MomentKind.REDEFINED: _("defined: «{after}»", after=after)
        if not before
        else _("redefined: «{before}» became «{after}»", before=before, after=after),
        MomentKind.MOVED: _("moved under {parent}", parent=path(after))
        if after
        else _("moved to the top of the codebook"),
        MomentKind.ABSORBED: _("took in «{name}» with {passages}", name=before, passages=passages),
        MomentKind.SPLIT: _("gave {passages} to the new «{name}»", name=after, passages=passages),
        MomentKind.LINKED: _("linked to theory: {names}", names=_listed(after)),
        MomentKind.GATHERED: _("gathered in «{name}»", name=names.get(after, "?")),
        MomentKind.MERGED: _("merged into {name}", name=path(after)),
        MomentKind.DELETED: _("deleted"),
    }
    return sentences[moment.kind]


def _born(moment: Moment, name: str, sources: str, path: Any) -> str:
    if moment.before:
        return _("born as «{name}», out of {parent}", name=name, parent=path(moment.before))
    if moment.text:
        return _(
            "born as «{name}», of the words «{text}» in {source}",
            name=name,
            text=moment.text,
            source=sources,
        )
    return _("born as «{name}»", name=name)


def _listed(stored: str) -> str:
    """Names as the codebook stores them, in a row."""
    import json

    try:
        return ", ".join(json.loads(stored)) or "–"
    except ValueError:
        return stored or "–"
