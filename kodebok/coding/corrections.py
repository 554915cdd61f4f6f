"""Correcting a transcript in place: words, turns and voices. Codings stay on their words."""

from __future__ import annotations

from dataclasses import replace

from kodebok.coding.hearing import load_timeline
from kodebok.domain.diff import diff_edits
from kodebok.domain.ids import new_id
from kodebok.domain.source import Role, Speaker, Turn
from kodebok.domain.span import Edit, Span
from kodebok.domain.text import canonicalise
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import sounding, sources
from kodebok.storage.database import Store
from kodebok.storage.history import Act

_ = translator("coding")


def correct_text(store: Store, coder_id: str, source_id: str, span: Span, new: str) -> list[Edit]:
    """Let other words stand in a stretch of one turn.

    Only the words that differ are edited, so that codings on the others are untouched.

    Returns:
        The edits made, the last in the text first; empty when nothing differs.

    Raises:
        WrongUseError: The stretch reaches over turns or outside the text, or the turn would be
            left empty.
    """
    text = sources.load_text(store, source_id)
    turn = _turn_around(store, source_id, span)
    wanted = canonicalise(new)
    left = text[turn.start : span.start] + wanted + text[span.end : turn.end]
    if not left.strip():
        raise WrongUseError(
            _("the turn would be left empty"), _("join it with another turn instead"), "K320"
        )
    edits = diff_edits(text[span.start : span.end], wanted, span.start)
    with store.act("text.correct", coder_id, source_id) as act:
        for edit in edits:
            act.edit_text(source_id, edit)
    return edits


def _turn_around(store: Store, source_id: str, span: Span) -> Turn:
    for turn in sources.load_turns(store, source_id):
        if turn.start <= span.start <= span.end <= turn.end:
            return turn
    raise WrongUseError(
        _("a correction stays within one turn"),
        _("correct the turns one by one, or join them first"),
        "K321",
    )


def split_turn(
    store: Store, coder_id: str, source_id: str, offset: int, speaker_id: str | None = None
) -> Turn:
    """Begin a new turn at an offset.

    Args:
        store: The project.
        coder_id: Who does it.
        source_id: The source.
        offset: Where the new turn's words begin.
        speaker_id: Its voice; None keeps the voice of the turn.

    Returns:
        The new turn.

    Raises:
        WrongUseError: One of the two turns would be empty.
    """
    turn = _turn_around(store, source_id, Span(offset, offset))
    text = sources.load_text(store, source_id)
    head, tail = text[turn.start : offset], text[offset : turn.end]
    if not head.strip() or not tail.strip():
        raise WrongUseError(
            _("both parts of a divided turn need words"), _("put the cursor between words"), "K322"
        )
    gap = Edit(turn.start + len(head.rstrip()), head[len(head.rstrip()) :], "\n")
    lead = len(tail) - len(tail.lstrip())
    gap = Edit(gap.start, gap.removed + tail[:lead], "\n")
    with store.act("turn.split", coder_id, source_id) as act:
        act.edit_text(source_id, gap)
        new = Turn(
            id=sources.new_turn_id(store, source_id),
            source_id=source_id,
            start=gap.start + 1,
            end=turn.end + gap.shift,
            speaker_id=speaker_id or turn.speaker_id,
            start_ms=_time_at(store, source_id, gap.start + 1),
            end_ms=turn.end_ms,
        )
        end_ms = new.start_ms if new.start_ms is not None else turn.end_ms
        act.update("turns", turn.id, end=gap.start, end_ms=end_ms)
        sources.add_turn(act, new)
    return new


def _time_at(store: Store, source_id: str, offset: int) -> int | None:
    """When the word at an offset is spoken; None where words have no times."""
    if not sounding.load_word_times(store, source_id):
        return None
    stretch = load_timeline(store, source_id).stretch(Span(offset, offset + 1))
    return stretch[0] if stretch else None


def join_turns(store: Store, coder_id: str, turn_id: int, source_id: str) -> None:
    """Join a turn with the one after it; the first one's voice speaks both.

    Raises:
        WrongUseError: It is the last turn.
    """
    turns = sources.load_turns(store, source_id)
    place = next(number for number, turn in enumerate(turns) if turn.id == turn_id)
    if place + 1 == len(turns):
        raise WrongUseError(
            _("there is no turn after this one"), _("choose a turn that another follows"), "K323"
        )
    first, second = turns[place], turns[place + 1]
    with store.act("turn.join", coder_id, source_id) as act:
        act.update("turns", first.id, end=second.end, end_ms=second.end_ms)
        sources.remove_turn(act, second)
        act.edit_text(source_id, Edit(first.end, "\n", " "))


def set_speaker(
    store: Store, coder_id: str, source_id: str, turn_id: int, label: str, *, onwards: bool = False
) -> int:
    """Say whose voice a turn is; with `onwards`, also of the later turns of the same voice.

    A label that the source does not have yet makes a new voice.

    Returns:
        How many turns changed.
    """
    turns = sources.load_turns(store, source_id)
    place = next(number for number, turn in enumerate(turns) if turn.id == turn_id)
    former = turns[place].speaker_id
    meant = [t for t in turns[place:] if t.speaker_id == former] if onwards else [turns[place]]
    with store.act("turn.speaker", coder_id, source_id) as act:
        speaker = _speaker_of_label(act, source_id, label)
        return sum(act.update("turns", turn.id, speaker_id=speaker.id) for turn in meant)


def _speaker_of_label(act: Act, source_id: str, label: str) -> Speaker:
    wanted = canonicalise(label).strip()
    if not wanted:
        raise WrongUseError(_("a voice needs a name"), _("write a name"), "K324")
    for speaker in sources.load_speakers(act.store, source_id):
        if speaker.label.casefold() == wanted.casefold():
            return speaker
    speaker = Speaker(new_id(), source_id, wanted)
    sources.add_speaker(act, speaker)
    return speaker


def change_speaker(
    store: Store,
    coder_id: str,
    speaker: Speaker,
    *,
    label: str | None = None,
    role: Role | None = None,
    case_id: str | None = None,
) -> bool:
    """Rename a voice, say what it does, or whose it is; what is None stays.

    A name that another voice of the source has joins the two.
    """
    store_speakers = sources.load_speakers(store, speaker.source_id)
    with store.act("speaker.change", coder_id, speaker.id) as act:
        twin = next((s for s in store_speakers if s.label == label and s.id != speaker.id), None)
        if twin is not None:
            return sources.merge_speakers(act, speaker.id, twin.id)
        changed = replace(
            speaker,
            label=label or speaker.label,
            role=role or speaker.role,
            case_id=case_id or speaker.case_id,
        )
        return sources.change_speaker(
            act, speaker.id, label=changed.label, role=changed.role, case_id=changed.case_id
        )
