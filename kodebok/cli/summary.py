"""`kodebok summary`: the closing mini-summary of a code."""

from __future__ import annotations

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.cli.typed import given_text
from kodebok.domain.text import canonicalise
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_command(
    mark(
        "Write the closing summary of a code, which ends its section in the chapter.\n\n"
        "Without --text it prints it, and without CODE all summaries. An empty --text removes it."
    )
)
@argument("code", mark("The code's path, last part of the path, or id."), required=False)
@option("--text", metavar="TEXT", help=mark("The summary; '-' reads standard input."))
@with_session
def command(session: Session, code: str | None, text: str | None) -> None:
    """Write or print."""
    from kodebok.coding.naming import find_code
    from kodebok.storage import codes

    store = session.store
    tree = codes.load_code_tree(store)
    chosen = find_code(tree, code) if code else None
    if chosen is None or text is None:
        written = codes.load_summaries(store)
        items = [
            {"id": item.id, "code": tree.path(item.id), "text": written[item.id]}
            for item in tree
            if item.id in written and chosen in {None, item}
        ]
        show(session, "summaries", items, [Column(_("Code"), "code"), Column(_("Text"), "text")])
        return
    words = given_text(None) if text == "-" else canonicalise(text).strip()
    with store.act("code.summary", session.coder_id, chosen.id) as act:
        codes.write_summary(act, chosen.id, words)
    session.say(_("Wrote the summary.") if words else _("Removed the summary."))
