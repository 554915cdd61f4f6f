"""Tables that several exports share: informants, the matrix, the codebook."""

from __future__ import annotations

from collections.abc import Iterable

from kodebok.coding.matrix import Column, Coverage, build_matrix
from kodebok.domain.code import Code, Origin
from kodebok.export.document import Cell, Table
from kodebok.export.model import StudyView
from kodebok.export.voices import participant_id, participant_label
from kodebok.i18n import mark, translator_to

_ORIGIN_WORDS = {
    Origin.DEDUCTIVE: mark("deductive"),
    Origin.GUIDE: mark("from the interview guide"),
    Origin.EMPIRICAL: mark("empirical"),
}
NOTHING = "–"
NO_CASE = ""


def informants_table(view: StudyView, language: str, used: dict[str, int]) -> Table:
    """Participants by number with the role to print and how often each is quoted.

    Args:
        view: The study.
        language: Of the document.
        used: Quotes in the text, by case id.
    """
    _ = translator_to(language, "export")
    word = view.project.case_word
    numbers = sorted(view.case_numbers().items(), key=lambda item: item[1])
    rows = tuple(
        (
            participant_label(number, language, word),
            view.printed_role(case_id) or NOTHING,
            used.get(case_id, 0),
        )
        for case_id, number in numbers
    )
    caption = _("Participants") if word.startswith("deltak") else _("Informants")
    return Table(
        (_("Person"), _("Role"), _("Quotes in the text")), rows, caption=caption, widths=(3, 4, 2)
    )


def matrix_table(view: StudyView, language: str) -> Table:
    """Passages by code and participant: overlapping codings of a code count once.

    Codes without a passage are kept, since an empty row is a finding too; theory codes that are
    never used as codes fall away with their whole family.
    """
    _ = translator_to(language, "export")
    numbers = sorted(view.case_numbers().items(), key=lambda item: item[1])
    counts = passage_counts(view)
    rows: list[tuple[Cell, ...]] = []
    for code in used_families(view):
        row = [counts.get((code.id, case_id), 0) for case_id, _number in numbers]
        without_case = counts.get((code.id, None), 0)
        total = sum(row) + without_case
        name = "\u2003" * view.codes.depth(code.id) + code.name
        rows.append((name, *row, total))
    labels = (participant_id(n, language, view.project.case_word) for _case, n in numbers)
    return Table(
        (_("Code"), *labels, _("All")),
        tuple(rows),
        caption=_("Coded passages by code and person. A count is not a weight."),
        widths=(6, *(1 for _case in numbers), 1),
    )


def passage_counts(view: StudyView) -> dict[tuple[str, str | None], int]:
    """The number of merged passages by code id and case id (None for no participant).

    They are the matrix's own numbers, so that screen and document cannot differ.
    """
    ids = view.case_ids_by_name()
    placed = [(ids.get(e.case or "", NO_CASE), e) for e in view.excerpts if e.code_id in view.codes]
    columns = [Column(case_id, frozenset()) for case_id in (*view.cases, NO_CASE)]
    texts = {e.source_id: view.texts.get(e.source_id, "") for e in view.excerpts}
    matrix = build_matrix(view.codes, columns, placed, texts, Coverage())
    return {
        (code_id, column or None): cell.passages
        for (code_id, column), cell in matrix.cells.items()
        if cell.passages
    }


def used_families(view: StudyView) -> Iterable[Code]:
    """The codes of every family in which something is coded, in the codebook's order."""
    used = {view.codes.top(e.code_id).id for e in view.excerpts if e.code_id in view.codes}
    return [code for code in view.codes if view.codes.top(code.id).id in used]


def codebook_header(language: str) -> tuple[str, ...]:
    """Headings of `codebook_row`."""
    _ = translator_to(language, "export")
    return (
        _("Code"),
        _("Definition"),
        _("When it is used"),
        _("When it is not used"),
        _("Example"),
        _("Origin"),
    )


def codebook_row(code: Code, language: str) -> tuple[Cell, ...]:
    """What a reader is told of a code."""
    return (
        code.name,
        code.definition or NOTHING,
        code.use_when or NOTHING,
        code.not_when or NOTHING,
        code.example or NOTHING,
        origin_word(code.origin, language),
    )


def origin_word(origin: Origin, language: str) -> str:
    """What an origin is called."""
    return translator_to(language, "export")(_ORIGIN_WORDS[origin])
