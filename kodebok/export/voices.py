"""How a voice is named in the text: never by its name, and tellable from the other voices."""

from __future__ import annotations

from datetime import date

from kodebok.domain.source import SourceType
from kodebok.export.presets import Voice
from kodebok.i18n import mark, translator_to

_TYPE_WORDS = {
    SourceType.INTERVIEW: mark("Interview"),
    SourceType.GROUP: mark("Group interview"),
    SourceType.NOTES: mark("Notes"),
    SourceType.OBSERVATION: mark("Observation"),
    SourceType.DOCUMENT: mark("Document"),
    SourceType.ANSWERS: mark("Answer"),
}
_LANGUAGE_NAMES = {"nb": mark("Bokmål"), "nn": mark("Nynorsk"), "en": mark("English")}

_NEW_VOICES = (
    mark("another"),
    mark("a third"),
    mark("a fourth"),
    mark("a fifth"),
    mark("a sixth"),
    mark("a seventh"),
    mark("an eighth"),
)
_KNOWN_VOICES = (
    mark("the first"),
    mark("the second"),
    mark("the third"),
    mark("the fourth"),
    mark("the fifth"),
    mark("the sixth"),
    mark("the seventh"),
    mark("the eighth"),
)


class SectionVoices:
    """Names the voices of one section in the order in which they speak."""

    def __init__(self, style: Voice, language: str, case_word: str) -> None:
        self._style = style
        self._translate = translator_to(language, "export")
        self._language = language
        self._word = case_word
        self._order: list[str] = []
        self._last = ""

    def name(self, voice: str, number: int | None, role: str) -> str:
        """How the next speaker is called.

        Args:
            voice: What tells this voice from the others; never printed.
            number: The participant's number, if it is one.
            role: The printed role, if there is one.
        """
        is_new, is_same = voice not in self._order, voice == self._last
        if is_new:
            self._order.append(voice)
        self._last = voice
        _ = self._translate
        if self._style is Voice.NUMBER and number is not None:
            return participant_label(number, self._language, self._word)
        if self._style is Voice.ROLE and role:
            return _("a {role}", role=in_sentence(role))
        if is_same:
            return self._case_word(_("the same informant"), _("the same participant"))
        if self._style is Voice.ORDINAL:
            return self._ordinal(voice, is_new=is_new)
        return self._case_word(_("one of the informants"), _("one of the participants"))

    def _ordinal(self, voice: str, *, is_new: bool) -> str:
        _ = self._translate
        place = self._order.index(voice)
        if not is_new:
            known = _KNOWN_VOICES[place] if place < len(_KNOWN_VOICES) else mark("one of them")
            return _(known)
        if place == 0:
            return self._case_word(_("an informant"), _("a participant"))
        return _(_NEW_VOICES[place - 1]) if place <= len(_NEW_VOICES) else _("yet another")

    def _case_word(self, informant: str, participant: str) -> str:
        return participant if self._word.startswith("deltak") else informant


def participant_label(number: int, language: str, case_word: str) -> str:
    """The label "Informant 3", or "Deltaker 3", as the project calls its participants."""
    _ = translator_to(language, "export")
    if case_word.startswith("deltak"):
        return _("Participant {n}", n=number)
    return _("Informant {n}", n=number)


def participant_id(number: int, language: str, case_word: str) -> str:
    """The short form of the label: "I3", or "D3"."""
    return f"{participant_label(number, language, case_word)[0]}{number}"


def in_sentence(role: str) -> str:
    """The role as it stands inside a sentence: "Leder" becomes "leder", "NAV-leder" stays."""
    return role[:1].lower() + role[1:] if role[1:2].islower() else role


def type_word(kind: SourceType, language: str) -> str:
    """What a kind of source is called."""
    return translator_to(language, "export")(_TYPE_WORDS[kind])


def language_name(code: str, language: str) -> str:
    """The name of a language in another, as it stands inside a sentence; empty when unknown."""
    name = _LANGUAGE_NAMES.get(code)
    return translator_to(language, "export")(name) if name else ""


def printed_date(iso: str | None, language: str) -> str:
    """A source's date as it is printed: 09.05.18. What is not an ISO date is printed as it is."""
    if not iso:
        return ""
    _ = translator_to(language, "export")
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return _("{day}/{month}/{year}", day=f"{day:%d}", month=f"{day:%m}", year=f"{day:%y}")
