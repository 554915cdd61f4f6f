"""The fixed values of a study (types, origins, degrees …) in the user's words.

Options and JSON have the values themselves; people are shown these words.
"""

from __future__ import annotations

from kodebok.i18n import mark, translator

_ = translator("cli")

WORDS = {
    "interview": mark("interview"),
    "group": mark("group interview"),
    "notes": mark("notes"),
    "observation": mark("observation"),
    "document": mark("document"),
    "answers": mark("answers"),
    "participant": mark("participant"),
    "site": mark("site"),
    "interviewer": mark("interviewer"),
    "other": mark("other"),
    "deductive": mark("deductive"),
    "guide": mark("from the interview guide"),
    "empirical": mark("empirical"),
    "orange": mark("orange"),
    "sky": mark("sky blue"),
    "green": mark("green"),
    "yellow": mark("yellow"),
    "blue": mark("blue"),
    "vermilion": mark("vermilion"),
    "purple": mark("purple"),
    "grey": mark("grey"),
    "verbatim": mark("verbatim"),
    "unheard": mark("not compared with the sound"),
    "light": mark("lightly edited"),
    "normalised": mark("normalised"),
    "translated": mark("translated"),
    "memo": mark("memo"),
    "first-impression": mark("first impression"),
    "after-coding": mark("after coding"),
    "analytic": mark("analytic memo"),
    "method": mark("method memo"),
    "theory": mark("theory memo"),
    "wondering": mark("wondering"),
    "project": mark("the study"),
    "source": mark("source"),
    "code": mark("code"),
    "coding": mark("coding"),
    "case": mark("participant"),
    "theme": mark("theme"),
    "passage": mark("passage"),
    "nb": mark("bokmål"),
    "nn": mark("nynorsk"),
    "en": mark("English"),
}


def word_of(value: str) -> str:
    """What people call a fixed value; the value itself when it has no word."""
    return _(WORDS[value]) if value in WORDS else value
