"""`kodebok cooccurrence`: codes that share passages."""

from __future__ import annotations

from kodebok.cli.base import new_command, option
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(mark("List pairs of codes whose passages share words, the most frequent first."))
@option("--code", multiple=True, metavar="CODE", help=mark("Only pairs with this code."))
@with_session
def command(session: Session, code: tuple[str, ...]) -> None:
    """Print the pairs."""
    from kodebok.cli.filters import chosen_codes
    from kodebok.coding.retrieval import load_cooccurrence
    from kodebok.storage.codes import load_code_tree

    store = session.store
    tree = load_code_tree(store)
    wanted = set(chosen_codes(tree, code))
    order = {item.id: place for place, item in enumerate(tree)}
    pairs: list[tuple[str, str, int]] = []
    for pair, count in load_cooccurrence(store).items():
        if not wanted or wanted.intersection(pair):
            first, second = sorted(pair, key=order.__getitem__)
            pairs.append((first, second, count))
    pairs.sort(key=lambda pair: (-pair[2], order[pair[0]], order[pair[1]]))
    items = [
        {"code": tree.path(one), "other": tree.path(other), "codings": count}
        for one, other, count in pairs
    ]
    columns = [
        Column(_("Code"), "code"),
        Column(_("Other code"), "other"),
        Column(_("Pairs of codings"), "codings", is_number=True),
    ]
    show(session, "cooccurrence", items, columns)
