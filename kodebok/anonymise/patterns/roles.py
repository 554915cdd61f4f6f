"""Roles that one person holds in a place, and institutions named after a place."""

from __future__ import annotations

import re

from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.patterns.rule import Rule, compiled
from kodebok.anonymise.place_names import listed_places, words_also_names
from kodebok.domain.identifier import IdentifierType

_ROLE = IdentifierType.ROLE
_ORGANISATION = IdentifierType.ORGANISATION
_LISTED = {place.lower() for place in listed_places()}

# Held by one person in a municipality or house; the definite form alone may be enough.
_SINGLE = (
    r"(?:(?:vara)?ordfører(?:en)?|(?:vara)?ordførar(?:en)?|rådmann(?:en)?|kommunedirektør(?:en)?|"
    r"kommunalsjef(?:en)?|(?:assisterende |ass\. ?)?rådmann(?:en)?|kommuneoverlege(?:n)?|"
    r"kommunelege(?:n)?|helsesjef(?:en)?|omsorgssjef(?:en)?|"
    r"helse- og (?:omsorgssjef|velferdssjef|sosialsjef)(?:en)?|pleie- og omsorgssjef(?:en)?|"
    r"oppvekstsjef(?:en)?|skolesjef(?:en)?|skulesjef(?:en)?|kultursjef(?:en)?|brannsjef(?:en)?|"
    r"plansjef(?:en)?|økonomisjef(?:en)?|personalsjef(?:en)?|barnevernsleder(?:en)?|"
    r"barnevernsleiar(?:en)?|nav-leder(?:en)?|nav-leiar(?:en)?|sokneprest(?:en)?|"
    r"lensmann(?:en)?|distriktssjef(?:en)?|"
    r"hovedtillitsvalgt(?:e)?|hovudtillitsvald(?:e)?|hovedverneombud(?:et)?|"
    r"hovudverneombod(?:et)?)"
)
_OFTEN = (
    r"(?:leder(?:en)?|leiar(?:en)?|dagleg leiar(?:en)?|daglig leder(?:en)?|rektor(?:en)?|"
    r"enhetsleder(?:en)?|einingsleiar(?:en)?|avdelingsleder(?:en)?|avdelingsleiar(?:en)?|"
    r"virksomhetsleder(?:en)?|verksemdsleiar(?:en)?|styrer(?:en)?|styrar(?:en)?|"
    r"styreleder(?:en)?|styreleiar(?:en)?|bestyrer(?:en)?|direktør(?:en)?|biskop(?:en)?|"
    r"prest(?:en)?|lege(?:n)?|fastlege(?:n)?|overlege(?:n)?|tannlege(?:n)?|jordmor(?:a|en)?|"
    r"helsesykepleier(?:en)?|helsesjukepleiar(?:en)?|helsesøster(?:en)?|fysioterapeut(?:en)?|"
    r"ergoterapeut(?:en)?|psykolog(?:en)?|kreftsykepleier(?:en)?|kreftsjukepleiar(?:en)?|"
    r"demenskoordinator(?:en)?|kreftkoordinator(?:en)?|ruskonsulent(?:en)?|vernepleier(?:en)?|"
    r"frisklivskoordinator(?:en)?|fagutviklingssykepleier(?:en)?|fagutviklingssjukepleiar(?:en)?|"
    r"sykepleier(?:en)?|sjukepleiar(?:en)?|lærer(?:en)?|lærar(?:en)?|inspektør(?:en)?|"
    r"politimester(?:en)?|politimeister(?:en)?|trener(?:en)?|trenar(?:en)?|organist(?:en)?)"
)
_HOLDER = rf"(?:{_SINGLE}|{_OFTEN})"

_HOUSE = (
    r"(?:universitetssykehus|universitetssjukehus|sykehus|sjukehus|hospital|sykehjem|sjukeheim|"
    r"sykeheim|aldershjem|aldersheim|bo- og behandlingssenter|bo- og (?:servicesenter|"
    r"omsorgssenter|"
    r"aktivitetssenter|velferdssenter)|bu- og (?:behandlingssenter|omsorgssenter|servicesenter)|"
    r"omsorgssenter|omsorgsboliger|omsorgsbustader|helsesenter|helsehus|helsetun|helseheim|"
    r"bygdeheim|alderspensjonat|velferdssenter|legesenter|legekontor|legevakt|"
    r"helsestasjon|distriktspsykiatriske senter|dps|bup|kommune|herred|fylkeskommune|bydel|"
    r"barneskole|barneskule|ungdomsskole|ungdomsskule|videregående skole|videregående|"
    r"vidaregåande skule|vidaregåande|skole|skule|skolesenter|oppvekstsenter|barnehage|barnehagar|"
    r"folkehøgskole|folkehøgskule|høgskole|høgskule|universitet|menighet|sokn|prestegjeld|"
    r"kirke|kyrkje|lensmannskontor|tingrett|helseforetak|helseføretak|frivilligsentral|"
    r"frivilligsentral|rehabiliteringssenter|behandlingssenter|familiesenter|"
    r"dagsenter|bofellesskap|bufellesskap|avlastningsbolig|krisesenter|asylmottak)"
)
_DEFINITE = (
    r"(?:sykehuset|sjukehuset|sykehjemmet|sjukeheimen|kommunen|kommuna|skolen|skulen|barnehagen|"
    r"legekontoret|helsesenteret|universitetet|høgskolen|høyskolen|høgskulen|legevakta|legevakten|"
    r"helsestasjonen|nav-kontoret|bydelen|menigheten|kirka|kyrkja|bygdeheimen|omsorgssenteret|"
    r"helseforetaket)"
)
_ATTACHED = _DEFINITE.removesuffix(")") + r"|modellen|prosjektet|saken|saka)"
_FUNCTION_WORDS = frozenset(
    "i på til fra frå ved er og en ei et ein eit den det de dei vi jeg eg æ han hun ho men som for "
    "av "
    "om med hos denne dette desse disse vår vårt våre min mitt sin sitt hver kvar annen anna andre "
    "hele heile ingen noen nokon alle samme same ny nye nytt gammel gamle egen eigen hvilken "
    "kommunal kommunale interkommunalt privat lokal lokale nærmeste stor liten to tre flere ett "
    "over under etter før uten mellom gjennom mot innen innenfor utenfor nå også bare både at så "
    "da "
    "når dit nevnte hennes hans deres vårs".split()
)


def _is_named(word: str) -> bool:
    """Whether a word before or after is a name rather than an ordinary word."""
    lower = word.lower()
    if lower in _FUNCTION_WORDS:
        return False
    if lower in _LISTED and lower not in words_also_names():
        return True
    return word[0].isupper()


def _judge_holder(match: re.Match[str]) -> float:
    return 0.85 if _is_named(match.group("place")) else 0.0


def _judge_house(match: re.Match[str]) -> float:
    if not _is_named(match.group("name")):
        return 0.0
    lower = match.group("name").lower()
    if lower in _LISTED and lower not in words_also_names():
        return 0.95
    return 0.85 if lower not in ordinary_words() else 0.35


def _judge_compound(match: re.Match[str]) -> float:
    stem = match.group("stem").lower().rstrip("-")
    if stem in _LISTED or stem.removesuffix("s") in _LISTED:
        return 0.6 if stem in ordinary_words() else 0.92
    if match.group().lower() in ordinary_words() or stem in ordinary_words():
        return 0.0
    if stem.removesuffix("s") in ordinary_words() or stem.removesuffix("e") in ordinary_words():
        return 0.0
    return 0.45 if match.group()[0].isupper() or "-" in match.group() else 0.0


_WORD = r"[^\W\d_][\w’'-]{0,40}"

RULES = (
    Rule(compiled(rf"(?<![\w-])(?P<n>{_HOLDER}) (?:i|på|ved|for|hos|te|til) (?P<place>{_WORD})"),
         _ROLE, "role and place", _judge_holder, "n"),
    Rule(compiled(rf"(?<![\w-])(?:(?:den|det|vår|han|ho|hun) )?(?:eneste|"
                  rf"einaste) (?P<n>{_HOLDER}|{_WORD}"
                  r"(?:terapeut|pleier|pleiar|lege|leder|leiar|psykolog|mor|lærer|lærar|"
                  r"koordinator)"
                  r"(?:en)?)(?!\w)"), _ROLE, "the only one in the role", 0.7, "n"),
    Rule(compiled(rf"(?<![\w-]){_SINGLE}(?!\w)"), _ROLE, "role of one person", 0.4),
    Rule(compiled(rf"(?<![\w-])(?P<name>{_WORD}) {_HOUSE}(?:s|en|et|a)?(?![\w-])"), _ORGANISATION,
         "institution", _judge_house),
    Rule(compiled(rf"(?<![\w-]){_DEFINITE} (?:i|på) (?P<name>{_WORD})(?![\w-])"), _ORGANISATION,
         "institution", _judge_house),
    Rule(compiled(r"(?<![\w-])nav (?P<name>(?:indre |ytre |midtre |nord-?|sør-?|øst-?|"
                  r"vest-?)?[^\W\d_][\w-]+)"),
         _ORGANISATION, "institution", _judge_house),
    Rule(compiled(rf"(?<![\w-])(?P<stem>[^\W\d_]{{2,}}(?:-[^\W\d_]+)*?-?)(?:{_ATTACHED}|"
                  rf"{_HOUSE})s?(?![\w-])"),
         _ORGANISATION, "institution in one word", _judge_compound),
    Rule(compiled(r"(?<![\w-])(?:sykehuset|sjukehuset|sykehusa) (?P<name>(?:innlandet|østfold|"
                  r"telemark|levanger|namsos|i vestfold))(?!\w)"),
         _ORGANISATION, "institution", 0.9),
    Rule(compiled(r"(?<![\w-])st\.? ?(?:olavs?|hans) (?:hospital|sykehus|sjukehus)(?!\w)"),
         _ORGANISATION, "institution", 0.9),
)  # fmt: skip
