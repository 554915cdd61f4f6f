"""Who says what: naming the voices of a whole source at once, and swapping two of them."""

from __future__ import annotations

from collections.abc import Mapping

from kodebok.domain.source import Speaker
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import sources
from kodebok.storage.database import Store

_ = translator("coding")


def find_voice(store: Store, source_id: str, typed: str) -> Speaker:
    """The voice of that label or id.

    Raises:
        WrongUseError: The source has none.
    """
    for speaker in sources.load_speakers(store, source_id):
        if speaker.label.casefold() == typed.strip().casefold() or speaker.id == typed:
            return speaker
    raise WrongUseError(
        _("the source has no voice of that name"),
        _("see 'kodebok sources show SOURCE' for its voices"),
        "K327",
    )


def name_voices(store: Store, coder_id: str, source_id: str, names: Mapping[str, str]) -> int:
    """Name voices for the whole source, as one act; two that get one name become one voice.

    Args:
        store: The project.
        coder_id: Who does it.
        source_id: The source.
        names: New names by the names that the voices have now; all are read before any is changed,
            so that two voices may swap names.

    Returns:
        How many voices changed.

    Raises:
        WrongUseError: There is no voice of a name, or a new name is empty.
    """
    wanted = {
        find_voice(store, source_id, old): fold_space(canonicalise(new))
        for old, new in names.items()
    }
    if not all(wanted.values()):
        raise WrongUseError(_("a voice needs a name"), _("write a name"), "K328")
    changed = {voice: new for voice, new in wanted.items() if voice.label != new}
    with store.act("speaker.name", coder_id, source_id) as act:
        for voice in changed:
            sources.change_speaker(act, voice.id, label=f"\0{voice.id}")
        known = {s.label: s.id for s in sources.load_speakers(store, source_id)}
        for voice, new in changed.items():
            if new in known:
                sources.merge_speakers(act, voice.id, known[new])
            else:
                sources.change_speaker(act, voice.id, label=new)
                known[new] = voice.id
    return len(changed)


def swap_voices(
    store: Store, coder_id: str, source_id: str, one: str, other: str, from_turn: int | None = None
) -> int:
    """Let two voices change places, in the whole source or from a turn on, as one act.

    Args:
        store: The project.
        coder_id: Who does it.
        source_id: The source.
        one: A voice, by its label or id.
        other: Another.
        from_turn: Id of the first turn that is changed; None for all.

    Returns:
        How many turns changed.

    Raises:
        WrongUseError: There is no such voice.
    """
    first, second = (find_voice(store, source_id, typed).id for typed in (one, other))
    turns = sources.load_turns(store, source_id)
    begin = next((n for n, turn in enumerate(turns) if turn.id == from_turn), 0)
    swapped: dict[str | None, str] = {first: second, second: first}
    with store.act("speaker.swap", coder_id, source_id) as act:
        return sum(
            act.update("turns", turn.id, speaker_id=swapped[turn.speaker_id])
            for turn in turns[begin:]
            if turn.speaker_id in swapped
        )
