"""Names of things in the user's language: keys, acts, types and times."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from kodebok.domain.note import NoteKind
from kodebok.domain.project import Method
from kodebok.domain.source import Role, SourceType
from kodebok.i18n import language, mark, translator, translator_to

_ = translator("tui")

_KEY_WORDS = {
    "enter": mark("Enter"),
    "space": mark("Space"),
    "escape": mark("Esc"),
    "tab": mark("Tab"),
    "backspace": mark("Backspace"),
    "delete": mark("Del"),
    "insert": mark("Ins"),
    "home": mark("Home"),
    "end": mark("End"),
    "pageup": mark("PgUp"),
    "pagedown": mark("PgDn"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "ctrl": mark("Ctrl"),
    "shift": mark("Shift"),
    "alt": mark("Alt"),
    "super": mark("Cmd"),
}

_ACTS = {
    "entity.decide": mark("name decided"),
    "entity.add": mark("name added"),
    "entity.merge": mark("two names joined"),
    "entity.split": mark("name split off"),
    "entity.type": mark("name given another type"),
    "rule.set": mark("rule for a word set"),
    "rule.remove": mark("rule for a word taken back"),
    "sample.draw": mark("sample drawn"),
    "sample.answer": mark("sentence of the sample read"),
    "gate.harmless": mark("places judged harmless"),
    "gate.despite": mark("export let go for a reason"),
    "anonymise.apply": mark("anonymisation applied"),
    "anonymise.restore": mark("originals put back"),
    "anonymise.settle": mark("file with originals settled"),
    "key.export": mark("key copied"),
    "key.destroy": mark("key destroyed"),
    "heard.add": mark("compared with the sound"),
    "heard.remove": mark("no longer compared with the sound"),
    "mark.put": mark("said in this way: marked"),
    "mark.take": mark("marks removed"),
    "sound.delete": mark("sound deleted"),
    "source.transcribe": mark("recording transcribed"),
    "speaker.name": mark("voices named"),
    "speaker.swap": mark("voices swapped"),
    "word.settle": mark("word settled everywhere"),
    "case.add": mark("new participant"),
    "case.change": mark("participant changed"),
    "case.remove": mark("participant removed"),
    "case.value": mark("background information"),
    "code.add": mark("new code"),
    "code.change": mark("code described"),
    "code.delete": mark("code deleted"),
    "code.in-vivo": mark("new code in the participant's words"),
    "code.merge": mark("codes merged"),
    "code.move": mark("code moved"),
    "code.rename": mark("code renamed"),
    "code.split": mark("code split"),
    "code.summary": mark("code summed up"),
    "codebook.import": mark("codebook brought in"),
    "coder.add": mark("new coder"),
    "coder.change": mark("coder changed"),
    "coding.add": mark("passage coded"),
    "coding.adjust": mark("passage's borders moved"),
    "coding.change": mark("coded passage changed"),
    "coding.recode": mark("passage given another code"),
    "coding.remove": mark("code taken off a passage"),
    "coding.weigh": mark("passage weighed"),
    "condensation.write": mark("condensation"),
    "memo.add": mark("memo written"),
    "memo.change": mark("memo changed"),
    "memo.remove": mark("memo removed"),
    "project.change": mark("the study's card changed"),
    "project.create": mark("study made"),
    "project.example": mark("example study made"),
    "quote.choose": mark("quote chosen"),
    "quote.edit": mark("quote edited"),
    "quote.release": mark("quote taken out"),
    "quote.move": mark("quote moved"),
    "redo": mark("redone"),
    "source.add": mark("source brought in"),
    "source.asked": mark("what the guide asked about"),
    "card.change": mark("project card written on"),
    "consent.give": mark("consent noted"),
    "consent.withdraw": mark("withdrawn consent noted"),
    "case.withdraw": mark("participant erased for good"),
    "erasure.apply": mark("erased as in another copy"),
    "study.end": mark("step of the study's end"),
    "request.access": mark("request for access noted"),
    "request.correction": mark("request for correction noted"),
    "request.restriction": mark("request for restriction noted"),
    "request.objection": mark("objection noted"),
    "request.deletion": mark("request for deletion noted"),
    "request.answer": mark("request answered"),
    "export.made": mark("file made"),
    "export.sent": mark("recipient of a file noted"),
    "backup.made": mark("backup made"),
    "review.send": mark("excerpts sent to a supervisor"),
    "review.receive": mark("supervisor's answers taken in"),
    "review.place": mark("supervisor's answer placed"),
    "review.settle": mark("supervisor's answer settled"),
    "source.change": mark("source described"),
    "source.import": mark("sources brought in"),
    "source.read": mark("source read through"),
    "source.remove": mark("source removed"),
    "source.unread": mark("source not read through"),
    "speaker.change": mark("voice changed"),
    "speaker.merge": mark("voices merged"),
    "suggestion.accept": mark("suggestion accepted"),
    "suggestion.reject": mark("suggestion rejected"),
    "agreement.keep": mark("figures of agreement kept"),
    "blind.begin": mark("blind coding begun"),
    "blind.end": mark("blind coding ended"),
    "coding.settle": mark("difference between coders settled"),
    "question.add": mark("new research question"),
    "question.change": mark("research question changed"),
    "question.remove": mark("research question removed"),
    "recoding.begin": mark("round of coding anew begun"),
    "theory.add": mark("new theory"),
    "theory.change": mark("theory changed"),
    "theory.link": mark("theory linked to codes"),
    "theory.remove": mark("theory removed"),
    "theory.step": mark("step between data and theory noted"),
    "theory.unstep": mark("step between data and theory taken back"),
    "suggestions.compute": mark("suggestions asked for"),
    "suggestions.off": mark("suggestions turned off"),
    "suggestions.on": mark("suggestions turned on"),
    "text.correct": mark("text corrected"),
    "theme.add": mark("new theme"),
    "theme.change": mark("theme changed"),
    "theme.remove": mark("theme removed"),
    "turn.join": mark("turns joined"),
    "turn.speaker": mark("turn given another voice"),
    "turn.split": mark("turn split"),
    "undo": mark("undone"),
    "variable.add": mark("new background variable"),
    "variable.remove": mark("background variable removed"),
    "wondering.add": mark("wondering marked"),
    "wondering.change": mark("wondering changed"),
    "wondering.remove": mark("wondering removed"),
}

_SCOPES = {
    "app": mark("Everywhere"),
    "study": mark("In the study"),
    "list": mark("In lists"),
    "dialog": mark("In small windows"),
    "help": mark("In the help"),
    "palette": mark("Among all commands"),
    "start": mark("Start"),
    "project": mark("Project"),
    "import": mark("Bringing in"),
    "recordings": mark("Recordings"),
    "coding": mark("Coding"),
    "sound": mark("The sound"),
    "reader": mark("In the text"),
    "codebook": mark("Codebook"),
    "matrix": mark("Matrix"),
    "quotes": mark("Quotes"),
    "analysis": mark("Analysis"),
    "suggestions": mark("Suggestions"),
    "compare": mark("Coders compared"),
    "anonymise": mark("Anonymise"),
    "review": mark("Supervision"),
    "package": mark("A package to answer"),
    "proof": mark("Manuscript against the study"),
    "export": mark("Export"),
    "history": mark("Analysis log"),
    "settings": mark("Settings"),
}

_SOURCE_TYPES = {
    SourceType.INTERVIEW: mark("interview"),
    SourceType.GROUP: mark("group interview"),
    SourceType.NOTES: mark("notes"),
    SourceType.OBSERVATION: mark("observation"),
    SourceType.DOCUMENT: mark("document"),
    SourceType.ANSWERS: mark("answers"),
}

_ROLES = {
    Role.INTERVIEWER: mark("asks"),
    Role.PARTICIPANT: mark("replies"),
    Role.OTHER: mark("other"),
}

_NOTE_KINDS = {
    NoteKind.MEMO: mark("memo"),
    NoteKind.FIRST_IMPRESSION: mark("first impression"),
    NoteKind.AFTER_CODING: mark("after coding"),
    NoteKind.ANALYTIC: mark("analytic memo"),
    NoteKind.METHOD: mark("method memo"),
    NoteKind.THEORY: mark("theory memo"),
    NoteKind.WONDERING: mark("wondering"),
}

_METHODS = {
    Method.UNDECIDED: (
        mark("Not decided"),
        mark("everything is possible; choose later"),
    ),
    Method.REFLEXIVE: (
        mark("Reflexive thematic analysis"),
        mark("themes are made by you, through reading and memos; no count of agreement"),
    ),
    Method.SDI: (
        mark("Stepwise-deductive induction"),
        mark("codes close to the words first, then groups, then concepts"),
    ),
    Method.CONDENSATION: (
        mark("Systematic text condensation"),
        mark("meaning units, code groups, and a condensate of each"),
    ),
    Method.CONTENT_ANALYSIS: (
        mark("Qualitative content analysis"),
        mark("from condensed units to codes and categories; agreement can be shown"),
    ),
    Method.CODEBOOK: (
        mark("Codebook analysis"),
        mark("codes mostly decided beforehand; two coders can be compared"),
    ),
}


# What participants are called is chosen once per study: the same text in two forms.
_CASE_TEXTS = {
    mark("Participant"): mark("Informant"),
    mark("2 Participants"): mark("2 Informants"),
    mark("A new participant"): mark("A new informant"),
    mark("Remove the participant?"): mark("Remove the informant?"),
    mark("Participants"): mark("Informants"),
    mark("The sources stay, without a participant. It can be undone."): mark(
        "The sources stay, without an informant. It can be undone."
    ),
}


@cache
def _one_key(key: str, code: str) -> str:
    from textual.keys import REPLACED_KEYS, key_to_character

    say = translator_to(code, "tui")
    *modifiers, last = key.split("+")
    if last in _KEY_WORDS:
        shown = say(_KEY_WORDS[last])
    else:
        sign = key_to_character(REPLACED_KEYS.get(last, last)) or last
        shown = sign.upper() if modifiers or len(sign) > 1 else sign
    return "+".join([*(say(_KEY_WORDS.get(name, name)) for name in modifiers), shown])


def key_words(keys: str) -> str:
    """The first of some keys, as it is written on the keyboard."""
    return _one_key(keys.partition(",")[0].strip(), language())


def all_key_words(keys: str) -> str:
    """All of some keys, with spaces between."""
    return " ".join(_one_key(key.strip(), language()) for key in keys.split(","))


def act_words(kind: str) -> str:
    """What an act did: `coding.add` is "passage coded"."""
    return _(_ACTS[kind]) if kind in _ACTS else kind


def case_text(case_word: str, text: str) -> str:
    """The text that goes with what the study calls its participants.

    Args:
        case_word: The project's, `informant` or `deltaker`.
        text: English key, with the word participant.
    """
    return _CASE_TEXTS.get(text, text) if case_word == "informant" else text


def scope_words(scope: str) -> str:
    """The heading of a scope's keys in the help."""
    return _(_SCOPES[scope])


def type_words(kind: SourceType) -> str:
    """A type of source."""
    return _(_SOURCE_TYPES[kind])


def role_words(role: Role) -> str:
    """What a voice does in the conversation."""
    return _(_ROLES[role])


def note_words(kind: NoteKind) -> str:
    """A kind of memo."""
    return _(_NOTE_KINDS[kind])


def method_words(method: Method) -> tuple[str, str]:
    """A way of working, and one line on it."""
    name, explanation = _METHODS[method]
    return _(name), _(explanation)


def day_and_time(at: str) -> str:
    """A UTC time of the history as the user's own day and time, `2025-01-31 14:05`."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def number(value: int) -> str:
    """A number with its thousands apart, by a space that does not break."""
    return f"{value:,}".replace(",", "\u00a0")
