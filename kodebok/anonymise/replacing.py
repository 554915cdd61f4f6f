"""What stands in the place of a mention, in good Norwegian.

The replacement takes the mention's genitive, compound and capitals: `Karis` becomes `Gunns`,
`Namsos-sykehuset` becomes `Lillebø-sykehuset`, `bindalsværing` becomes `lillebøværing`.
"""

from __future__ import annotations

from kodebok.anonymise.mention_form import MentionForm, form_of, in_case_of
from kodebok.anonymise.name_parts import atoms
from kodebok.anonymise.person_names import person_name
from kodebok.domain.entity import Action, Entity, Mention
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.span import Edit

LEFT_OUT = "[…]"  # stands where a deletion would leave a line without a word

_FROM = {"nb": "fra", "nn": "frå", "en": "from"}
_IN = {
    IdentifierType.PERSON: {"nb": "til", "nn": "til", "en": "of"},
    IdentifierType.ORGANISATION: {"nb": "ved", "nn": "ved", "en": "at"},
}
_IN_PLACE = {"nb": "i", "nn": "i", "en": "in"}
_POSSESSIVE = {"nb": " sin", "nn": " sin", "en": "'s"}
_SOMEONE = {
    "nb": {"": "person", "en": "personen", "er": "personer", "ene": "personene"},
    "nn": {"": "person", "en": "personen", "er": "personar", "ene": "personane"},
    "en": {"": "person", "en": "person", "er": "people", "ene": "people"},
}
_PLURALS = {"ar": "er", "er": "er", "ane": "ene", "ene": "ene", "en": "en", "an": "en", "a": "en"}
_SENTENCE_SIGNS = frozenset(".!?…:\n")
_OPENING = frozenset("«“\"'(–- ")
_NO_SPACE_BEFORE = frozenset(".,;:!?…)»”\n ")
_PRONOUN_GENITIVES = frozenset("hans hannar hennes hennar deres deira his their theirs".split())


def replacement_for(found: str, mention: Mention, entity: Entity, language: str = "nb") -> str:
    """What is to stand in the place of a mention; nothing for a deletion.

    Args:
        found: The words of the mention as the text has them.
        mention: Which original they are a form of.
        entity: What was decided, and the replacement in its base form.
        language: Of the text: `nb`, `nn` or `en`.
    """
    action = entity.action
    if action is None or action is Action.KEEP:
        return found
    if action is Action.PRONOUN:
        return _pronoun(found, mention.original)
    if action is not Action.DELETE and not entity.replacement.strip():
        return found
    form = _form(found, mention.original, entity)
    if action is Action.DELETE:
        return form.tail
    if action is Action.PSEUDONYM:
        return _as_name(found, form, mention.original, entity, language)
    return _as_phrase(form, entity, language)


def edit_for(text: str, mention: Mention, entity: Entity, language: str = "nb") -> Edit:
    """The edit that replaces a mention where it stands.

    A phrase that begins a sentence gets a capital; a deletion takes a space along, and leaves `[…]`
    where its line would be empty.
    """
    start, end = mention.start, mention.end
    found = text[start:end]
    new = replacement_for(found, mention, entity, language)
    if not new:
        return _deletion(text, start, end)
    if entity.action is not Action.PSEUDONYM and found[:1].isupper() and _begins(text, start):
        new = _with_capital(new)
    return Edit(start, found, new)


def _form(found: str, original: str, entity: Entity) -> MentionForm:
    """The form of a mention; a full name is measured by the word of it that stands last."""
    if entity.type is not IdentifierType.PERSON:
        return form_of(found, original)
    words = atoms(original)
    if len(words) < 2:  # noqa: PLR2004 - a single name
        return form_of(found, original)
    head, hyphen, tail = found.rpartition("-")
    parts = {original[first:last].lower() for first, last in words}
    if hyphen and len(tail) > 2 and tail.islower() and not found.islower():  # noqa: PLR2004 - `-s`
        return MentionForm(head, hyphen="-", tail=tail) if tail not in parts else MentionForm(found)
    _name, genitive = person_name(found, original, entity)
    return MentionForm(found, genitive=genitive)


def _as_name(found: str, form: MentionForm, original: str, entity: Entity, language: str) -> str:
    if form.people:
        return in_case_of(found, original, people_of(entity.replacement, form.people.lower()))
    if entity.type is IdentifierType.PERSON:
        name, _genitive = person_name(form.name, original, entity)
    else:
        name = in_case_of(form.name, original, _before_tail(form, original, entity))
    if form.tail:
        link = "" if form.hyphen else link_after(name)
        return f"{name}{form.hyphen}{link}{form.tail}"
    return in_genitive(name, found, language) if form.genitive else name


def _before_tail(form: MentionForm, original: str, entity: Entity) -> str:
    """The replacement; without its kind where a compound says it: `Namsos-sykehuset`."""
    kind = original.rpartition(" ")[2].lower()
    head, _space, own_kind = entity.replacement.rpartition(" ")
    says_kind = entity.type is IdentifierType.ORGANISATION and kind and own_kind.lower() == kind
    return head if says_kind and head and form.tail.startswith(kind) else entity.replacement


def link_after(place: str) -> str:
    """What joins a name of a place to the rest of a compound: an s after a valley."""
    if not place.lower().endswith("dal"):
        return ""
    return "S" if place.isupper() else "s"


def people_of(place: str, ending: str) -> str:
    """Someone from a place, such as `Lillebøværingene`, with the ending of another such word."""
    if ending.startswith("døl"):
        if place.endswith("dal"):
            return place.removesuffix("dal") + ending
        ending = "væring" + ending.removeprefix("døl")
    return place + link_after(place) + ending


def in_genitive(name: str, found: str, language: str) -> str:
    """The genitive of a name; its apostrophe and its capitals as in the mention."""
    apostrophe = "’" if "’" in found else "'"
    ends_in_s = name[-1:].lower() in {"s", "x", "z"}
    if language == "en" or ends_in_s:
        return name + apostrophe + ("" if ends_in_s else "s")
    return name + ("S" if found.isupper() else "s")


def _as_phrase(form: MentionForm, entity: Entity, language: str) -> str:
    """A tag, a letter or a phrase such as `en mindre kommune`; its capitals are its own."""
    phrase = entity.replacement
    is_tag = " " not in phrase
    if form.people:
        return f"{phrase}-{form.people.lower()}" if is_tag else _someone(form, phrase, language)
    if form.tail:
        tail = form.tail.lower()
        if is_tag:
            return f"{phrase}-{tail}"
        return f"{tail} {_IN.get(entity.type, _IN_PLACE)[_known(language)]} {phrase}"
    if not form.genitive or not entity.type.is_name:
        return phrase
    if phrase.endswith("]"):
        return phrase + ("'s" if language == "en" else "s")
    return phrase + _POSSESSIVE[_known(language)]


def _someone(form: MentionForm, phrase: str, language: str) -> str:
    """`bindalsværingene` as `personene fra en mindre kommune`."""
    known = _known(language)
    ending = form.people.lower()
    from_there = f"{_FROM[known]} {phrase}"
    if ending.endswith(("sk", "ske")):
        return from_there
    number = next((kind for tail, kind in _PLURALS.items() if ending.endswith(tail)), "")
    return f"{_SOMEONE[known][number]} {from_there}"


def _known(language: str) -> str:
    return language if language in _FROM else "nb"


def _pronoun(found: str, original: str) -> str:
    """`[hen]`, or `[hens]` for a pronoun or a name in the genitive."""
    is_genitive = found.lower() in _PRONOUN_GENITIVES or form_of(found, original).genitive
    return "[hens]" if is_genitive else "[hen]"


def _begins(text: str, start: int) -> bool:
    """Whether a sentence or line begins at this place."""
    at = start
    while at > 0 and text[at - 1] in _OPENING:
        at -= 1
    return at == 0 or text[at - 1] in _SENTENCE_SIGNS


def _with_capital(phrase: str) -> str:
    at = 1 if phrase.startswith("[") else 0
    return phrase[:at] + phrase[at : at + 1].upper() + phrase[at + 1 :]


def _deletion(text: str, start: int, end: int) -> Edit:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    rest = text[line_start:start] + text[end : line_end if line_end >= 0 else len(text)]
    if not any(sign.isalnum() for sign in rest):
        return Edit(start, text[start:end], LEFT_OUT)
    after = text[end : end + 1]
    if start > line_start and text[start - 1] == " " and (not after or after in _NO_SPACE_BEFORE):
        return Edit(start - 1, text[start - 1 : end], "")
    if start == line_start and after == " ":
        return Edit(start, text[start : end + 1], "")
    return Edit(start, text[start:end], "")
