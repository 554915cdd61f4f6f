"""A sheet for one participant: what was quoted of them, and how it was understood."""

from __future__ import annotations

from kodebok.domain.coding import Excerpt
from kodebok.export.document import Block, Document, ParagraphKind, paragraph
from kodebok.export.model import ChosenQuote, StudyView
from kodebok.i18n import translator_to


def member_check_document(
    view: StudyView, case_id: str, *, language: str = "", made_on: str = ""
) -> Document:
    """The quotes of a participant with the code and what was made of it, and room to answer.

    Chosen quotes come first; without any, everything of theirs that was coded. Names of
    participants are not printed, only their number.
    """
    lang = language or view.project.language
    _ = translator_to(lang, "export")
    number = view.case_numbers().get(case_id)
    title = _("What you said, and how we understood it")
    blocks: list[Block] = [
        paragraph(ParagraphKind.HEADING_1, title),
        paragraph(ParagraphKind.BODY, _("Participant {n}", n=number or "–")),
        paragraph(
            ParagraphKind.BODY,
            _(
                "Below are passages of what you said that may be quoted, and how they were "
                "understood. Do you recognise yourself? Is anything wrong, or something that you "
                "do not want printed? Write it under the passage."
            ),
        ),
    ]
    passages = _passages(view, case_id)
    if not passages:
        blocks.append(paragraph(ParagraphKind.BODY, _("Nothing is quoted or coded yet.")))
    met = ""
    for code_id, words in passages:
        if code_id != met:
            met = code_id
            blocks += _interpretation(view, code_id, lang)
        blocks.append(paragraph(ParagraphKind.QUOTE, words))
        blocks.append(paragraph(ParagraphKind.PLACEHOLDER, _("Your comment:") + " …"))
    return Document(title, lang, tuple(blocks), made_on)


def _passages(view: StudyView, case_id: str) -> list[tuple[str, str]]:
    """Code id and words of what is shown, in the codebook's order."""
    order = {code.id: place for place, code in enumerate(view.codes)}
    quotes = [quote for quote in view.quotes if quote.case_id == case_id]
    found = [(q.quote.code_id or _code_at(view, q), _printed(q)) for q in quotes]
    if not found:
        names = view.case_ids_by_name()
        excerpts = [e for e in view.excerpts if names.get(e.case or "") == case_id]
        found = [(e.code_id, e.text) for e in _once(excerpts)]
    return sorted(found, key=lambda pair: order.get(pair[0], len(order)))


def _printed(quote: ChosenQuote) -> str:
    return quote.quote.wording or quote.words


def _code_at(view: StudyView, quote: ChosenQuote) -> str:
    """The first code on a quote's passage, where it was chosen without one."""
    place = quote.quote
    return next(
        (
            e.code_id
            for e in view.excerpts
            if e.source_id == place.source_id and e.start < place.end and place.start < e.end
        ),
        "",
    )


def _once(excerpts: list[Excerpt]) -> list[Excerpt]:
    """Two coders' codings of one passage are shown once."""
    met: dict[tuple[str, str, int, int], Excerpt] = {}
    for excerpt in excerpts:
        met.setdefault((excerpt.code_id, excerpt.source_id, excerpt.start, excerpt.end), excerpt)
    return list(met.values())


def _interpretation(view: StudyView, code_id: str, lang: str) -> list[Block]:
    _ = translator_to(lang, "export")
    code = view.codes.get(code_id)
    if code is None:
        return [paragraph(ParagraphKind.HEADING_2, _("Without a code"))]
    themes = [theme for theme in view.themes if code_id in theme.code_ids]
    said = [
        *([code.definition] if code.definition else []),
        *(f"{theme.name}: {theme.idea}" if theme.idea else theme.name for theme in themes),
        *([view.summaries[code_id]] if view.summaries.get(code_id) else []),
    ]
    understood = _("How we understood it: {words}", words=" ".join(said) if said else "…")
    return [
        paragraph(ParagraphKind.HEADING_2, code.name),
        paragraph(ParagraphKind.BODY, understood),
    ]
