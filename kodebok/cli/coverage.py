"""`kodebok coverage`: how much of each source is coded, and which codes it lacks."""

from __future__ import annotations

from kodebok.cli.base import new_command, option
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.cli.words import decimal
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(mark("List the sources with how much of each is coded, and the codes that it lacks."))
@option("--source", multiple=True, metavar="SOURCE", help=mark("Only this source."))
@with_session
def command(session: Session, source: tuple[str, ...]) -> None:
    """Print the coverage."""
    from kodebok.coding.naming import find_source
    from kodebok.coding.retrieval import load_coverage
    from kodebok.storage.codes import load_code_tree

    store = session.store
    tree = load_code_tree(store)
    wanted = {find_source(store, name).id for name in source}
    items = [
        {
            "id": item.source_id,
            "source": item.name,
            "words": item.words,
            "coded_words": item.coded_words,
            "share": round(item.coded_words / item.words, 4) if item.words else 0.0,
            "turns": item.turns,
            "uncoded_turns": item.uncoded_turns,
            "codes": item.codes,
            "lacking": [tree.path(code_id) for code_id in item.lacking],
            "new_codes": [tree.path(code_id) for code_id in item.new_codes],
        }
        for item in load_coverage(store)
        if not wanted or item.source_id in wanted
    ]
    if not session.json:
        items = [
            {**item, "share": f"{decimal(100 * float(str(item['share'])))} %"} for item in items
        ]
    columns = [
        Column(_("Source"), "source"),
        Column(_("Words"), "words", is_number=True),
        Column(_("Coded"), "share", is_number=True),
        Column(_("Turns without a code"), "uncoded_turns", is_number=True),
        Column(_("Codes"), "codes", is_number=True),
        Column(_("Lacks"), "lacking"),
    ]
    show(session, "coverage", items, columns)
