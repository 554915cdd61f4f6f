"""What a study's way of working calls the parts of its analysis, in a given language."""

from __future__ import annotations

from kodebok.domain.method import Part, Term, profile_of
from kodebok.domain.project import Method
from kodebok.i18n import language, mark, translator, translator_to

_ = translator("analysis")

_TERMS = {
    Term.PASSAGE: mark("Coded passage"),
    Term.MEANING_UNIT: mark("Meaning unit"),
    Term.MEANING_BEARING_UNIT: mark("Meaning-bearing unit"),
    Term.CONDENSED: mark("Condensed"),
    Term.CONDENSED_UNIT: mark("Condensed meaning unit"),
    Term.CONDENSATE: mark("Condensate"),
    Term.CODE: mark("Code"),
    Term.CODE_SUBGROUP: mark("Subgroup"),
    Term.SUBCATEGORY: mark("Subcategory"),
    Term.PARENT_CODE: mark("Code above"),
    Term.CODE_GROUP: mark("Code group"),
    Term.CATEGORY: mark("Category"),
    Term.THEME: mark("Theme"),
    Term.CONCEPT: mark("Concept"),
    Term.RESULT_CATEGORY: mark("Result category"),
    Term.CENTRAL_IDEA: mark("Central idea"),
    Term.ORGANISING_CONCEPT: mark("Central organising concept"),
    Term.UNDERLYING_MEANING: mark("Underlying meaning"),
    Term.MINI_SUMMARY: mark("Mini-summary"),
    Term.ANALYTIC_TEXT: mark("Analytic text"),
}

_PARTS = {
    Part.UNIT: mark("a coded passage"),
    Part.CONDENSED: mark("a passage written shorter"),
    Part.CODE: mark("the code on a passage"),
    Part.SUBGROUP: mark("a code between that one and the top"),
    Part.GROUP: mark("the code at the top"),
    Part.THEME: mark("an idea with the codes it gathers"),
    Part.IDEA: mark("what holds a theme together"),
    Part.SUMMARY: mark("what a code comes to, in a few sentences"),
}

_NAMES = {
    Method.REFLEXIVE: mark("Reflexive thematic analysis"),
    Method.SDI: mark("Stepwise-deductive induction (SDI)"),
    Method.CONDENSATION: mark("Systematic text condensation"),
    Method.CONTENT_ANALYSIS: mark("Qualitative content analysis"),
    Method.CODEBOOK: mark("Codebook analysis"),
    Method.UNDECIDED: mark("Not decided"),
}


def part_word(method: Method, part: Part, *, to: str = "") -> str:
    """What a way of working calls a part, with a capital, in the language `to` or the user's."""
    say = translator_to(to or language(), "analysis")
    return say(_TERMS[profile_of(method).words[part].value])


def explain_part(part: Part) -> str:
    """What a part is, in a few plain words."""
    return _(_PARTS[part])


def ask_of_new_code(method: Method) -> str:
    """What the way of working asks of each new code; empty when it asks nothing.

    SDI's test of a code: Tjora 2019.
    """
    if method is not Method.SDI:
        return ""
    return _(
        "SDI asks: could this code have been made before you read the passage? If so, go closer."
    )


def method_name(method: Method) -> str:
    """What a way of working is called."""
    return _(_NAMES[method])
