"""A finding in words: what it is, where it stands, what to do about it."""

from __future__ import annotations

from kodebok.i18n import mark, translator
from kodebok.study.proof_findings import Finding, Kind
from kodebok.study.proof_manuscript import Manuscript, Paragraph, Place
from kodebok.study.proof_matching import Change

_ = translator("proof")

TITLES = {
    Kind.NAME: mark("A name that the study knows"),
    Kind.MISSING: mark("Not in the study"),
    Kind.DRIFTED: mark("Other words than the source has"),
    Kind.OTHER_VOICE: mark("Said by another than the text says"),
    Kind.AFTER_NOTES: mark("Printed as speech, but known from notes"),
    Kind.UNHEARD: mark("From speech recognition that nobody has compared with the sound"),
    Kind.REPEATED: mark("The same passage with other words elsewhere"),
    Kind.LONGER: mark("More than was chosen as a quote"),
    Kind.INDIRECT: mark("Words that may point to someone"),
    Kind.DOMINANT: mark("One voice dominates"),
    Kind.LITERATURE: mark("From the literature"),
    Kind.IDENTICAL: mark("The source's words"),
}

ADVICE = {
    Kind.NAME: mark("Take the name out, or write what is printed for it."),
    Kind.MISSING: mark("Give the source, take the quotation marks away, or take it out."),
    Kind.DRIFTED: mark(
        "Go back to the source's words; mark a cut with […], your own words with [ ]."
    ),
    Kind.OTHER_VOICE: mark("Correct whose words they are."),
    Kind.AFTER_NOTES: mark("Write that the words are known from notes."),
    Kind.UNHEARD: mark("Listen to the passage before it is printed."),
    Kind.REPEATED: mark("Let both places have the same words."),
    Kind.LONGER: mark("Print what was chosen, or choose the whole passage in the study."),
    Kind.INDIRECT: mark("Consider whether someone could be recognised."),
    Kind.DOMINANT: mark("Look for other voices in the codings."),
    Kind.LITERATURE: mark("Not checked against the study."),
    Kind.IDENTICAL: mark("Nothing to do."),
}

_PLACES = {
    Place.TABLE: mark("table"),
    Place.TEXT_BOX: mark("text box"),
    Place.HEADER: mark("header"),
    Place.FOOTER: mark("footer"),
    Place.COMMENT: mark("comment"),
    Place.DELETED: mark("deleted text, still in the file"),
    Place.PICTURE: mark("picture's description"),
    Place.LINK: mark("link"),
    Place.PROPERTIES: mark("the file's properties"),
}


def where(manuscript: Manuscript, finding: Finding) -> str:
    """The place in words: nearest heading and paragraph, since a file knows no pages."""
    if finding.paragraph is None:
        return _("the whole manuscript")
    return place_of(manuscript.paragraphs[finding.paragraph])


def place_of(paragraph: Paragraph) -> str:
    """A paragraph's place in words."""
    if paragraph.place is Place.FOOTNOTE:
        return _("footnote {n}", n=paragraph.note)
    if paragraph.place is Place.ENDNOTE:
        return _("endnote {n}", n=paragraph.note)
    words = [paragraph.heading] if paragraph.heading else []
    if paragraph.place is not Place.BODY:
        words.append(_(_PLACES[paragraph.place]))
    if paragraph.look.is_heading:
        words.append(_("the heading"))
    elif paragraph.number:
        words.append(_("paragraph {n}", n=paragraph.number))
    return ", ".join(words)


def explained(manuscript: Manuscript, finding: Finding) -> str:
    """What there is to say of this finding, beside its kind; empty when the kind says it all."""
    told = difference(finding.changes)
    match finding.kind:
        case Kind.OTHER_VOICE:
            voice = finding.voice or _("the interviewer")
            told = _("{voice} said it, not {named}", voice=voice, named=finding.named)
        case Kind.REPEATED if finding.other is not None:
            place = place_of(manuscript.paragraphs[finding.other])
            told = _("{place} has other words: {difference}", place=place, difference=told)
        case Kind.LONGER:
            words = " … ".join(f"«{change.manuscript}»" for change in finding.changes)
            told = _("not chosen: {words}", words=words)
        case Kind.DOMINANT:
            told = _("{voice}: {n} quotations", voice=finding.voice, n=finding.times)
        case Kind.INDIRECT if finding.times > 1:
            told = _("{n} places", n=finding.times)
    return told


def difference(changes: tuple[Change, ...]) -> str:
    """The differing words, the source's first."""
    return "; ".join(_change(change) for change in changes)


def _change(change: Change) -> str:
    if not change.source:
        return _("added «{words}»", words=change.manuscript)
    if not change.manuscript:
        return _("left out «{words}»", words=change.source)
    return f"«{change.source}» → «{change.manuscript}»"
