"""What each way of working calls the parts of an analysis, and what it begins with.

A profile shapes words and defaults; everything stays possible in every way of working. Each choice
names its source, or none where it is kodebok's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from kodebok.domain.code import Origin
from kodebok.domain.project import Method

T = TypeVar("T")

OWN_CHOICE = ""

BRAUN_CLARKE_2006 = "Braun & Clarke 2006"
BRAUN_CLARKE_2022 = "Braun & Clarke 2022"
TJORA_2018 = "Tjora 2018"
TJORA_2019 = "Tjora 2019"
MALTERUD_2012 = "Malterud 2012"
MALTERUD_2017 = "Malterud 2017"
GRANEHEIM_LUNDMAN_2004 = "Graneheim & Lundman 2004"
MACQUEEN_1998 = "MacQueen et al. 1998"

REFERENCES = {
    BRAUN_CLARKE_2006: "Braun, V. & Clarke, V. (2006). Using thematic analysis in psychology. "
    "Qualitative Research in Psychology, 3(2), 77–101.",
    BRAUN_CLARKE_2022: "Braun, V. & Clarke, V. (2022). Thematic Analysis: A Practical Guide. SAGE.",
    TJORA_2018: "Tjora, A. (2018). Qualitative Research as Stepwise-Deductive Induction. "
    "Routledge.",
    TJORA_2019: "Tjora, A. (2019). Viten skapt: Kvalitativ analyse og teoriutvikling. "
    "Cappelen Damm Akademisk.",
    MALTERUD_2012: "Malterud, K. (2012). Systematic text condensation: A strategy for qualitative "
    "analysis. Scandinavian Journal of Public Health, 40(8), 795–805.",
    MALTERUD_2017: "Malterud, K. (2017). Kvalitative forskningsmetoder for medisin og helsefag "
    "(4th ed.). Universitetsforlaget.",
    GRANEHEIM_LUNDMAN_2004: "Graneheim, U. H. & Lundman, B. (2004). Qualitative content analysis "
    "in nursing research. Nurse Education Today, 24(2), 105–112.",
    MACQUEEN_1998: "MacQueen, K. M., McLellan, E., Kay, K. & Milstein, B. (1998). Codebook "
    "development for team-based qualitative analysis. Cultural Anthropology Methods, 10(2), 31–36.",
}


class Part(StrEnum):
    """A part of an analysis, from the words said to the idea that they come to.

    The first six are columns of the analysis table. In the tree of codes GROUP is the top code,
    CODE the code on the passage, SUBGROUP what stands between the two.
    """

    UNIT = "unit"
    CONDENSED = "condensed"
    CODE = "code"
    SUBGROUP = "subgroup"
    GROUP = "group"
    THEME = "theme"
    IDEA = "idea"
    SUMMARY = "summary"


class Term(StrEnum):
    """A word that a part is called by; its wording in each language stands elsewhere."""

    PASSAGE = "passage"
    MEANING_UNIT = "meaning-unit"
    MEANING_BEARING_UNIT = "meaning-bearing-unit"
    CONDENSED = "condensed"
    CONDENSED_UNIT = "condensed-unit"
    CONDENSATE = "condensate"
    CODE = "code"
    CODE_SUBGROUP = "code-subgroup"
    SUBCATEGORY = "subcategory"
    PARENT_CODE = "parent-code"
    CODE_GROUP = "code-group"
    CATEGORY = "category"
    THEME = "theme"
    CONCEPT = "concept"
    RESULT_CATEGORY = "result-category"
    CENTRAL_IDEA = "central-idea"
    ORGANISING_CONCEPT = "organising-concept"
    UNDERLYING_MEANING = "underlying-meaning"
    MINI_SUMMARY = "mini-summary"
    ANALYTIC_TEXT = "analytic-text"


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """A choice and where it is taken from.

    Attributes:
        source: Key of `REFERENCES`; empty where the choice is kodebok's own.
    """

    value: T
    source: str = OWN_CHOICE


@dataclass(frozen=True, slots=True)
class Profile:
    """A way of working.

    Attributes:
        words: What each part is called.
        columns: Columns of the analysis table, whether or not anything stands in them. The others
            come when something does; SUBGROUP alone needs both.
        top_is_group: Whether a passage's code that has none above it is itself a group.
        code_origin: Where a new code is taken to come from when that is not said.
        condenses: Whether a passage is to be written shorter right after it was coded.
        counts_first: Whether the matrix shows numbers at first; else only where there is something.
        codebook_first: Whether the codebook is made before reading.
    """

    method: Method
    words: Mapping[Part, Sourced[Term]]
    columns: tuple[Part, ...]
    top_is_group: bool
    code_origin: Sourced[Origin]
    condenses: Sourced[bool]
    counts_first: Sourced[bool]
    codebook_first: Sourced[bool]

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources it rests on, each once."""
        defaults = (self.code_origin, self.condenses, self.counts_first, self.codebook_first)
        named = [*(word.source for word in self.words.values()), *(d.source for d in defaults)]
        return tuple(dict.fromkeys(source for source in named if source))


_OWN_WORDS: dict[Part, Sourced[Term]] = {
    Part.UNIT: Sourced(Term.PASSAGE),
    Part.CONDENSED: Sourced(Term.CONDENSED),
    Part.CODE: Sourced(Term.CODE),
    Part.SUBGROUP: Sourced(Term.SUBCATEGORY),
    Part.GROUP: Sourced(Term.CATEGORY),
    Part.THEME: Sourced(Term.THEME),
    Part.IDEA: Sourced(Term.CENTRAL_IDEA),
    Part.SUMMARY: Sourced(Term.MINI_SUMMARY),
}

_REFLEXIVE = Profile(
    method=Method.REFLEXIVE,
    words={
        **_OWN_WORDS,
        Part.CODE: Sourced(Term.CODE, BRAUN_CLARKE_2006),
        Part.GROUP: Sourced(Term.PARENT_CODE),
        Part.THEME: Sourced(Term.THEME, BRAUN_CLARKE_2006),
        Part.IDEA: Sourced(Term.ORGANISING_CONCEPT, BRAUN_CLARKE_2022),
    },
    columns=(Part.UNIT, Part.CODE, Part.THEME),
    top_is_group=False,
    code_origin=Sourced(Origin.EMPIRICAL),
    condenses=Sourced(False),
    # A theme's worth does not hang on how often something is said.
    counts_first=Sourced(False, BRAUN_CLARKE_2006),
    codebook_first=Sourced(False, BRAUN_CLARKE_2022),
)

_SDI = Profile(
    method=Method.SDI,
    words={
        **_OWN_WORDS,
        Part.CODE: Sourced(Term.CODE, TJORA_2018),
        Part.SUBGROUP: Sourced(Term.CODE_SUBGROUP),
        Part.GROUP: Sourced(Term.CODE_GROUP, TJORA_2018),
        Part.THEME: Sourced(Term.CONCEPT, TJORA_2018),
    },
    columns=(Part.UNIT, Part.CODE, Part.GROUP, Part.THEME),
    top_is_group=False,
    # Codes lie so close to the words that they could not have been made before them.
    code_origin=Sourced(Origin.EMPIRICAL, TJORA_2019),
    condenses=Sourced(False),
    counts_first=Sourced(True),
    codebook_first=Sourced(False, TJORA_2018),
)

_CONDENSATION = Profile(
    method=Method.CONDENSATION,
    words={
        **_OWN_WORDS,
        Part.UNIT: Sourced(Term.MEANING_BEARING_UNIT, MALTERUD_2017),
        Part.CONDENSED: Sourced(Term.CONDENSATE, MALTERUD_2012),
        Part.CODE: Sourced(Term.CODE_SUBGROUP, MALTERUD_2012),
        Part.SUBGROUP: Sourced(Term.CODE_SUBGROUP, MALTERUD_2012),
        Part.GROUP: Sourced(Term.CODE_GROUP, MALTERUD_2012),
        Part.THEME: Sourced(Term.RESULT_CATEGORY, MALTERUD_2017),
        Part.SUMMARY: Sourced(Term.ANALYTIC_TEXT, MALTERUD_2012),
    },
    columns=(Part.UNIT, Part.CONDENSED, Part.CODE, Part.GROUP, Part.THEME),
    top_is_group=True,
    code_origin=Sourced(Origin.EMPIRICAL, MALTERUD_2012),
    condenses=Sourced(True, MALTERUD_2012),
    counts_first=Sourced(True),
    codebook_first=Sourced(False, MALTERUD_2012),
)

_CONTENT_ANALYSIS = Profile(
    method=Method.CONTENT_ANALYSIS,
    words={
        **_OWN_WORDS,
        Part.UNIT: Sourced(Term.MEANING_UNIT, GRANEHEIM_LUNDMAN_2004),
        Part.CONDENSED: Sourced(Term.CONDENSED_UNIT, GRANEHEIM_LUNDMAN_2004),
        Part.CODE: Sourced(Term.CODE, GRANEHEIM_LUNDMAN_2004),
        Part.SUBGROUP: Sourced(Term.SUBCATEGORY, GRANEHEIM_LUNDMAN_2004),
        Part.GROUP: Sourced(Term.CATEGORY, GRANEHEIM_LUNDMAN_2004),
        Part.THEME: Sourced(Term.THEME, GRANEHEIM_LUNDMAN_2004),
        Part.IDEA: Sourced(Term.UNDERLYING_MEANING, GRANEHEIM_LUNDMAN_2004),
    },
    columns=(Part.UNIT, Part.CONDENSED, Part.CODE, Part.SUBGROUP, Part.GROUP, Part.THEME),
    top_is_group=False,
    code_origin=Sourced(Origin.EMPIRICAL, GRANEHEIM_LUNDMAN_2004),
    condenses=Sourced(True, GRANEHEIM_LUNDMAN_2004),
    counts_first=Sourced(True),
    codebook_first=Sourced(False, GRANEHEIM_LUNDMAN_2004),
)

_CODEBOOK = Profile(
    method=Method.CODEBOOK,
    words={**_OWN_WORDS, Part.CODE: Sourced(Term.CODE, MACQUEEN_1998)},
    columns=(Part.UNIT, Part.CODE, Part.GROUP, Part.THEME),
    top_is_group=False,
    code_origin=Sourced(Origin.DEDUCTIVE, BRAUN_CLARKE_2022),
    condenses=Sourced(False),
    counts_first=Sourced(True),
    codebook_first=Sourced(True, BRAUN_CLARKE_2022),
)

_UNDECIDED = Profile(
    method=Method.UNDECIDED,
    words={**_OWN_WORDS, Part.UNIT: Sourced(Term.MEANING_UNIT)},
    columns=(Part.UNIT, Part.CONDENSED, Part.CODE, Part.GROUP, Part.THEME),
    top_is_group=False,
    code_origin=Sourced(Origin.EMPIRICAL),
    condenses=Sourced(False),
    counts_first=Sourced(True),
    codebook_first=Sourced(False),
)

_PROFILES = {
    profile.method: profile
    for profile in (
        _REFLEXIVE,
        _SDI,
        _CONDENSATION,
        _CONTENT_ANALYSIS,
        _CODEBOOK,
        _UNDECIDED,
    )
}


def profile_of(method: Method) -> Profile:
    """The profile of a way of working."""
    return _PROFILES[method]
