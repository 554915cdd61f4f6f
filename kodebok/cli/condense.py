"""`kodebok condense`: a passage, or what one participant says under one code, in fewer words."""

from __future__ import annotations

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.cli.typed import given_text
from kodebok.domain.note import Condensation
from kodebok.domain.text import canonicalise
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(
    mark(
        "Write a coding shorter in your own words, or all that is said under a code, by everyone "
        "or by one participant.\n\n"
        "Without CODING, --code and --case it lists what is condensed. An empty --text removes it."
    )
)
@argument("coding", mark("The coding's id, or its first four signs."), required=False)
@option("--code", metavar="CODE", help=mark("The code; with --case what one participant says."))
@option("--case", metavar="CASE", help=mark("The participant, together with --code."))
@option("--text", metavar="TEXT", help=mark("The shorter wording; '-' reads standard input."))
@with_session
def command(
    session: Session, coding: str | None, code: str | None, case: str | None, text: str | None
) -> None:
    """Write or list."""
    from kodebok.storage.notes import write_condensation

    if coding is None and code is None and case is None:
        _show(session)
        return
    target = _find_target(session, coding, code, case)
    is_typed = text is not None and text != "-"
    words = canonicalise(text or "").strip() if is_typed else given_text(None)
    condensed = Condensation(target.id, words, target.coding_id, target.code_id, target.case_id)
    subject = target.coding_id or target.code_id or ""
    with session.store.act("condensation.write", session.coder_id, subject) as act:
        write_condensation(act, condensed)
    session.say(_("Condensed.") if words else _("Removed the condensation."))


def _find_target(
    session: Session, coding: str | None, code: str | None, case: str | None
) -> Condensation:
    from kodebok.coding.naming import find_case, find_code, find_coding
    from kodebok.domain.ids import new_id
    from kodebok.storage.codes import load_code_tree

    if (coding is None) == (code is None) or (coding is not None and case is not None):
        raise WrongUseError(
            _("it is not said what to condense"),
            _("name a coding, or --code, alone or with --case"),
            "K633",
        )
    store = session.store
    if coding is not None:
        return Condensation(new_id(), "", find_coding(store, coding).id)
    code_id = find_code(load_code_tree(store), code or "").id
    case_id = find_case(store, case).id if case else None
    return Condensation(new_id(), "", None, code_id, case_id)


def _show(session: Session) -> None:
    from kodebok.storage import cases, codes, codings, notes

    store = session.store
    tree = codes.load_code_tree(store)
    excerpts = {excerpt.id: excerpt for excerpt in codings.load_excerpts(store, tree)}
    names = {case.id: case.name for case in cases.load_cases(store)}
    items = []
    for condensed in notes.load_condensations(store):
        excerpt = excerpts.get(condensed.coding_id or "")
        code_id = condensed.code_id or ""
        items.append(
            {
                "id": condensed.id,
                "coding": condensed.coding_id,
                "code": excerpt.code
                if excerpt
                else tree.path(code_id)
                if code_id in tree
                else None,
                "case": excerpt.case if excerpt else names.get(condensed.case_id or ""),
                "source": excerpt.source if excerpt else None,
                "text": excerpt.text if excerpt else None,
                "condensed": condensed.text,
            }
        )
    columns = [
        Column(_("Code"), "code", width=30),
        Column(_("Participant"), "case"),
        Column(_("Source"), "source"),
        Column(_("Text"), "text"),
        Column(_("Condensed"), "condensed"),
    ]
    show(session, "condensations", items, columns)
