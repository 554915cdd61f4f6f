"""`kodebok new-codes`: what each source brought for the first time."""

from __future__ import annotations

from kodebok.cli.base import new_command
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(
    mark(
        "List the codes that each source brought for the first time, in the order in which the "
        "sources were brought in. Few new codes towards the end may speak for saturation; they "
        "do not prove it."
    )
)
@with_session
def command(session: Session) -> None:
    """Print the new codes."""
    from kodebok.coding.retrieval import load_coverage
    from kodebok.storage.codes import load_code_tree

    tree = load_code_tree(session.store)
    total = 0
    items = []
    for item in load_coverage(session.store):
        total += len(item.new_codes)
        items.append(
            {
                "id": item.source_id,
                "source": item.name,
                "new": len(item.new_codes),
                "total": total,
                "codes": [tree.path(code_id) for code_id in item.new_codes],
            }
        )
    columns = [
        Column(_("Source"), "source"),
        Column(_("New codes"), "new", is_number=True),
        Column(_("So far"), "total", is_number=True),
        Column(_("Which"), "codes"),
    ]
    show(session, "new-codes", items, columns)
