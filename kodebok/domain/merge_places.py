"""Texts that both copies corrected, and what stands on their passages, in merged offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kodebok.domain.merge import (
    Choice,
    Conflict,
    ConflictKind,
    Decide,
    Id,
    Row,
    State,
    rows_of,
)
from kodebok.domain.merge_rows import Three
from kodebok.domain.merge_text import Side, Stretch, Weave, diff_hunks, net_hunks, weave
from kodebok.domain.span import Edit, Span

Weaves = dict[Id, Weave]


def weave_texts(three: Three) -> Weaves:
    """The texts that are not the same in all three states, woven and settled."""
    base, mine, theirs = three.table("texts")
    weaves: Weaves = {}
    coded = {
        Side.MINE: _new_codings(three.base, three.mine),
        Side.THEIRS: _new_codings(three.base, three.theirs),
    }
    for source_id in sorted(mine.keys() & theirs.keys(), key=str):
        ours, other = mine[source_id]["text"], theirs[source_id]["text"]
        begun = base[source_id]["text"] if source_id in base else None
        if ours == other and begun in {None, ours}:
            continue
        if begun is None:
            begun, stretches = _without_beginning(ours, other)
        else:
            stretches = weave(
                begun,
                _hunks(begun, ours, three.my_trace.edits.get(str(source_id))),
                _hunks(begun, other, three.their_trace.edits.get(str(source_id))),
            )
        settled = [_settle(str(source_id), stretch, three.decide) for stretch in stretches]
        new = {side: spans.get(source_id, []) for side, spans in coded.items()}
        weaves[source_id] = _spare(new, str(source_id), Weave(begun, settled), three.decide)
    return weaves


def _hunks(begun: str, now: str, edits: Sequence[Edit] | None) -> list[Edit]:
    """What was done to a text: as its history tells it, else as the two texts differ."""
    if begun == now:
        return []
    if edits is not None:
        hunks = net_hunks(begun, edits)
        if Weave(begun, weave(begun, hunks, [])).merged == now:
            return hunks
    return diff_hunks(begun, now)


def _without_beginning(ours: str, other: str) -> tuple[str, list[Stretch]]:
    """Two texts of which no common beginning is known: wherever they differ is a conflict."""
    first, second = sorted((ours, other))
    stretches = []
    for hunk in diff_hunks(first, second):
        mine, theirs = hunk.removed, hunk.inserted
        if first == other:
            mine, theirs = theirs, mine
        stretches.append(Stretch(hunk.start, hunk.end, hunk.removed, mine, theirs, None))
    return first, stretches


def _settle(source_id: str, stretch: Stretch, decide: Decide) -> Stretch:
    if stretch.merged is not None:
        return stretch
    conflict = Conflict(
        kind=ConflictKind.TEXT,
        table="texts",
        row_id=source_id,
        column=str(stretch.start),
        mine=stretch.mine,
        theirs=stretch.theirs,
        base=stretch.base,
    )
    chosen = stretch.theirs if decide(conflict) is Choice.THEIRS else stretch.mine
    return replace(stretch, merged=chosen)


def _spare(coded: dict[Side, list[Span]], source_id: str, woven: Weave, decide: Decide) -> Weave:
    """Ask before words go that the other side has coded since."""
    asked: set[int] = set()
    for side, spans in coded.items():
        for span in spans:
            if _is_lost(woven, span, side):
                asked |= set(_stretches_in(woven, span, side))
    if not asked:
        return woven
    settled = [
        _settle(source_id, replace(stretch, merged=None), decide) if number in asked else stretch
        for number, stretch in enumerate(woven.stretches)
    ]
    return Weave(woven.base, settled)


def _new_codings(base: State, state: State) -> dict[Id, list[Span]]:
    """The places of new codings, by source."""
    known = rows_of(base, "codings")
    found: dict[Id, list[Span]] = {}
    for key, row in rows_of(state, "codings").items():
        if key not in known:
            found.setdefault(row["source_id"], []).append(Span(row["start"], row["end"]))
    return found


def _is_lost(woven: Weave, span: Span, side: Side) -> bool:
    carried, has_words = woven.carry(span, side)
    return not has_words or not woven.merged[carried.start : carried.end].strip()


def _stretches_in(woven: Weave, span: Span, side: Side) -> Iterator[int]:
    """Numbers of the stretches that change a side's span, and that this side left alone."""
    shift = 0
    for number, stretch in enumerate(woven.stretches):
        there = stretch.of(side)
        place = Span(stretch.start + shift, stretch.start + shift + len(there))
        if place.overlaps(span) and there == stretch.base != stretch.merged:
            yield number
        shift += len(there) - len(stretch.base)


def place_rows(three: Three, weaves: Weaves) -> None:
    """Give the rows of all three states their places in the merged texts.

    A row that a side did not move itself gets the very place that the common one gets, so that
    only what a person moved counts as a change.
    """
    if not weaves:
        return
    for table, owner in three.shape.placed.items():
        if table != "turns":
            _place_table(three, weaves, table, owner)
    for state in (three.base, three.mine, three.theirs):
        texts = rows_of(state, "texts")
        for source_id, woven in weaves.items():
            if source_id in texts:
                texts[source_id] = {**texts[source_id], "text": woven.merged}


def _place_table(three: Three, weaves: Weaves, table: str, owner: str) -> None:
    before = dict(rows_of(three.base, table))
    lost: set[Id] = set()
    for side, state in zip(Side, (three.base, three.mine, three.theirs), strict=True):
        rows = rows_of(state, table)
        for key, row in list(rows.items()):
            if row[owner] not in weaves or row["start"] is None:
                continue
            woven = weaves[row[owner]]
            span, has_words = _carried(woven, side, row, before.get(key), owner)
            words = woven.merged[span.start : span.end]
            if table == "replacements" and words != woven.text(side)[row["start"] : row["end"]]:
                del rows[key]  # else an original would count as what stands for it
            elif table != "codings":
                rows[key] = _moved(row, span)
            elif has_words and words.strip():
                rows[key] = _moved(row, span, words)
            else:
                _take_away(state, rows.pop(key), span.start)
                lost.add(key)
    three.notices.lost_words += [(table, key) for key in sorted(lost, key=str)]


def _carried(
    woven: Weave, side: Side, row: Row, begun: Row | None, owner: str
) -> tuple[Span, bool]:
    span = Span(row["start"], row["end"])
    if side is not Side.BASE and begun is not None and begun[owner] == row[owner]:
        first = Span(begun["start"], begun["end"])
        if woven.carry_from_base(first, side) == span:
            return woven.carry(first, Side.BASE)
    return woven.carry(span, side)


def _moved(row: Row, span: Span, words: str | None = None) -> Row:
    new = {"start": span.start, "end": span.end}
    if words is not None:
        return {**row, **new, "text": words}
    return {**row, **new}


def _take_away(state: State, coding: Row, at: int) -> None:
    """Leave out a coding whose words are gone; a memo on it stays, on the place."""
    notes, condensed = rows_of(state, "notes"), rows_of(state, "condensations")
    for key, row in list(notes.items()):
        if row["target"] == "coding" and row["target_id"] == coding["id"]:
            place = {"target": "passage", "target_id": coding["source_id"]}
            notes[key] = {**row, **place, "start": at, "end": at}
    for key in [key for key, row in condensed.items() if row["coding_id"] == coding["id"]]:
        del condensed[key]
