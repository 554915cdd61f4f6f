"""Options that choose coded passages; several commands share them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kodebok.cli.base import option
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.domain.code import CodeTree
    from kodebok.storage.codings import ExcerptFilter
    from kodebok.storage.database import Store

_ = translator("cli")

_OPTIONS = (
    option("--code", "code", multiple=True, metavar="CODE", help=mark("Only this code.")),
    option("--below", is_flag=True, help=mark("Also the codes below those named.")),
    option("--case", "case", multiple=True, metavar="CASE", help=mark("Only this participant.")),
    option("--source", multiple=True, metavar="SOURCE", help=mark("Only this source.")),
    option("--coder", multiple=True, metavar="NAME", help=mark("Only what this coder coded.")),
    option(
        "--variable",
        multiple=True,
        metavar="NAME=VALUE",
        help=mark("Only participants of whom this is known."),
    ),
    option(
        "--overlapping",
        multiple=True,
        metavar="CODE",
        help=mark("Only passages that share words with this code."),
    ),
)


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose coded passages."""
    for add in reversed(_OPTIONS):
        function = add(function)
    return function


def chosen_filter(store: Store, options: dict[str, Any]) -> ExcerptFilter:
    """The filter that the options describe.

    Raises:
        WrongUseError: A name that is not there, or a variable that is not NAME=VALUE (K605).
    """
    from kodebok.coding.naming import find_case, find_coder, find_source
    from kodebok.storage.codes import load_code_tree
    from kodebok.storage.codings import ExcerptFilter

    tree = load_code_tree(store)
    return ExcerptFilter(
        code_ids=chosen_codes(tree, options["code"], below=options["below"]),
        source_ids=tuple(find_source(store, name).id for name in options["source"]),
        case_ids=tuple(find_case(store, name).id for name in options["case"]),
        coder_ids=tuple(find_coder(store, name).id for name in options["coder"]),
        variables=tuple(split_value(typed) for typed in options["variable"]),
        overlapping=chosen_codes(tree, options["overlapping"]),
    )


def chosen_codes(tree: CodeTree, names: Sequence[str], *, below: bool = False) -> tuple[str, ...]:
    """Ids of the codes named, with those below them when wanted."""
    from kodebok.coding.naming import find_code

    found: dict[str, None] = {}
    for name in names:
        code = find_code(tree, name)
        found[code.id] = None
        if below:
            found.update(dict.fromkeys(inner.id for inner in tree.descendants(code.id)))
    return tuple(found)


def split_value(typed: str) -> tuple[str, str]:
    """A name and a value out of NAME=VALUE.

    Raises:
        WrongUseError: There is no name, or no sign between (K605).
    """
    name, sign, value = typed.partition("=")
    if not sign or not name.strip():
        raise WrongUseError(
            _("a value must be written as NAME=VALUE"), _("write for example role=leader"), "K605"
        )
    return name.strip(), value.strip()
