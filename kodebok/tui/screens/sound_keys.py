"""The actions that listen to a source, correct it by ear, and transcribe recordings."""

from __future__ import annotations

from kodebok.i18n import mark, translator
from kodebok.tui.keymap import KeyAction

ROOM = "sound_screen"
_ = translator("sound_screen")  # the catalogue that the marked texts stand in


def _action(
    name: str, action: str, keys: str, label: str, tip: str = "", *, footer: bool = False
) -> KeyAction:
    return KeyAction(name, action, keys, label, footer, tip, ROOM)


SOUND = (
    _action(
        "sound.play",
        "play_sound",
        "space",
        mark("Play or pause"),
        mark("Plays on, or from the cursor when you have moved it; again: pauses"),
        footer=True,
    ),
    _action(
        "sound.back",
        "sound_back",
        "backspace",
        mark("3 s back"),
        mark("Three seconds back in the sound"),
        footer=True,
    ),
    _action(
        "sound.jump",
        "sound_to_cursor",
        "enter",
        mark("Play from the cursor"),
        mark("The sound jumps to the cursor; of a marked passage, that alone is played"),
    ),
    _action(
        "sound.heard",
        "toggle_heard",
        "H",
        mark("Heard"),
        mark("Notes that you have compared the turn with the sound, or takes that back"),
        footer=True,
    ),
    _action(
        "sound.loop",
        "loop_turn",
        "L",
        mark("Turn over and over"),
        mark("Plays the turn at the cursor over and over; again: plays on"),
    ),
    _action("sound.slower", "sound_speed(-1)", "semicolon", mark("Slower")),
    _action("sound.faster", "sound_speed(1)", "colon", mark("Faster")),
    _action(
        "sound.follow",
        "follow_sound",
        "G",
        mark("Follow the sound"),
        mark("The cursor goes with the sound; a turn played to its end counts as heard"),
    ),
    _action(
        "sound.names",
        "name_voices",
        "N",
        mark("Name the voices"),
        mark("Gives all voices of the source their names at once"),
    ),
    _action(
        "sound.mark",
        "spoken_mark",
        "E",
        mark("Pause, laughter, unclear"),
        mark("Notes how it is said: a pause, laughter, a cut word, overlap, what is unclear"),
    ),
    _action(
        "sound.uncertain",
        "uncertain",
        "Q",
        mark("Uncertain words"),
        mark("The words that the model was unsure of, each once, to be settled everywhere"),
    ),
    _action(
        "sound.printed",
        "printed",
        "B",
        mark("As it is printed"),
        mark("The turns from the cursor on: verbatim, the words alone, or readable"),
    ),
)

RECORDINGS = (
    _action(
        "recordings.begin",
        "begin",
        "s",
        mark("Transcribe"),
        mark("Begins with the recording, or goes on where it was stopped"),
        footer=True,
    ),
    _action(
        "recordings.begin-all",
        "begin_all",
        "S",
        mark("Transcribe all"),
        mark("Every unfinished recording, one after the other, also overnight"),
        footer=True,
    ),
    _action(
        "recordings.stop",
        "stop",
        "c",
        mark("Stop"),
        mark("Stops the recording; what was heard is kept"),
        footer=True,
    ),
    _action(
        "recordings.add",
        "add_files",
        "a",
        mark("Add files"),
        mark("Brings in sound files"),
        footer=True,
    ),
    _action(
        "recordings.anew",
        "anew",
        "b",
        mark("Begin anew"),
        mark("Throws away what was heard, and begins again, perhaps with another model"),
    ),
    _action(
        "recordings.delete",
        "delete_sound",
        "delete",
        mark("Delete the sound"),
        mark("Says first which quotes nobody has heard; it does not come back"),
    ),
)

ACTIONS = (*SOUND, *RECORDINGS)
