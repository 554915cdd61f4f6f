"""The codebook as YAML, made for people and for git; and seeded from an interview guide."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kodebok.coding import codebook
from kodebok.domain.code import PATH_SEPARATOR, Code, CodeTree, Color, Origin
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import codes
from kodebok.storage.database import Store

_ = translator("coding")

FORMAT = "codebook/1"
_TEXT_FIELDS = ("definition", "use_when", "not_when", "example", "question")
_NUMBERED = re.compile(
    r"^\s*(?:(?:\d+(?:\.\d+)+\.?|\d+[.)]|[a-zæøå][.)]|[-–*•○▪#]+)(?:\s+|$))+", re.IGNORECASE
)
_LONGEST_NAME = 48  # characters of a code's name made of a question


@dataclass(frozen=True, slots=True)
class CodeSpec:
    """A code as a file describes it, with those below it."""

    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    children: tuple[CodeSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """What an import does, or would do: paths of codes."""

    added: tuple[str, ...]
    changed: tuple[str, ...]


def parse_codebook(text: str) -> list[CodeSpec]:
    """Codes of a YAML codebook.

    Raises:
        WrongUseError: It is not YAML, or not a codebook; the message names the line or the code.
    """
    import yaml

    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise WrongUseError(
            _("the codebook is not valid YAML: see line {line}", line=line),
            _("compare with 'kodebok codebook export'"),
            "K330",
        ) from error
    if not isinstance(content, dict) or not isinstance(content.get("codes"), list):
        raise WrongUseError(
            _("the file is not a codebook: it has no list 'codes'"),
            _("compare with 'kodebok codebook export'"),
            "K331",
        )
    return [_parse_code(item) for item in content["codes"]]


def _parse_code(item: Any) -> CodeSpec:
    if isinstance(item, str):
        return CodeSpec(fold_space(canonicalise(item)))
    if not isinstance(item, dict) or not isinstance(item.get("name"), str | int | float):
        raise WrongUseError(
            _("a code in the file has no name"), _("give each code a line 'name: …'"), "K332"
        )
    name = fold_space(canonicalise(str(item["name"])))
    fields: dict[str, Any] = {
        key: canonicalise(str(item[key])).strip() for key in _TEXT_FIELDS if item.get(key)
    }
    if item.get("letter"):
        fields["letter"] = str(item["letter"])[:1].upper()
    if item.get("theory"):
        listed = item["theory"] if isinstance(item["theory"], list) else [item["theory"]]
        fields["theory"] = tuple(canonicalise(str(entry)) for entry in listed)
    for key, kind in (("origin", Origin), ("color", Color)):
        if item.get(key):
            fields[key] = _choice(kind, item[key], key)
    children = item.get("codes") or []
    if not isinstance(children, list):
        raise WrongUseError(
            _("'codes' under a code must be a list"), _("begin each code with '- name: …'"), "K333"
        )
    return CodeSpec(name, fields, tuple(_parse_code(child) for child in children))


def _choice(kind: Any, value: Any, key: str) -> Any:
    try:
        return kind(str(value).lower())
    except ValueError as error:
        raise WrongUseError(
            _("a code's {key} is not one that kodebok knows", key=key),
            _("use one of: {choices}", choices=", ".join(kind)),
            "K334",
        ) from error


def seed_from_guide(text: str) -> list[CodeSpec]:
    """Codes from an interview guide: headings become codes, their questions codes below.

    A line with a question mark is a question; any other line of a few words is a heading. A first
    line above the headings is the guide's title. A guide without headings gives its questions as
    top codes.
    """
    topics: list[tuple[str, list[str]]] = []
    for raw in canonicalise(text).split("\n"):
        line = fold_space(_NUMBERED.sub("", raw)).rstrip(":")
        if not _short_name(line):
            continue
        if "?" in line:
            if not topics:
                topics.append(("", []))
            topics[-1][1].append(line)
        elif len(line) <= 2 * _LONGEST_NAME:
            topics.append((line, []))
    if len(topics) > 1 and not topics[0][1] and any(asked for _heading, asked in topics):
        del topics[0]
    specs: list[CodeSpec] = []
    for heading, questions in topics:
        children = _unique([_spec_of_question(question) for question in questions])
        if heading:
            name = _short_name(heading)
            specs.append(CodeSpec(name, {"origin": Origin.GUIDE}, tuple(children)))
        else:
            specs += children
    return _unique(specs)


def _spec_of_question(question: str) -> CodeSpec:
    name = _short_name(question.partition("?")[0]) or _short_name(question)
    return CodeSpec(name, {"origin": Origin.GUIDE, "question": question})


def _short_name(text: str) -> str:
    name = text.replace(PATH_SEPARATOR, "-").strip(" ?.:;")
    if len(name) <= _LONGEST_NAME:
        return name
    return name[:_LONGEST_NAME].rsplit(" ", 1)[0] + "…"


def _unique(specs: list[CodeSpec]) -> list[CodeSpec]:
    return list({spec.name.casefold(): spec for spec in reversed(specs)}.values())[::-1]


def import_codes(
    store: Store, coder_id: str, specs: list[CodeSpec], *, dry_run: bool = False
) -> CodebookChange:
    """Bring codes of a file into the codebook, by path: new ones are added, known ones changed.

    Nothing is deleted, and a field that the file does not give stays as it is. One act.
    """
    tree = codes.load_code_tree(store)
    known = {tree.path(code.id): code for code in tree}
    added: list[str] = []
    changed: list[str] = []
    if dry_run:
        _compare(specs, "", known, added, changed)
        return CodebookChange(tuple(added), tuple(changed))
    with store.act("codebook.import", coder_id):
        _bring(store, coder_id, specs, None, "", known, added, changed)
    return CodebookChange(tuple(added), tuple(changed))


def _differs(code: Code, fields: dict[str, Any]) -> bool:
    return any(getattr(code, name) != value for name, value in fields.items())


def _compare(
    specs: tuple[CodeSpec, ...] | list[CodeSpec],
    prefix: str,
    known: dict[str, Code],
    added: list[str],
    changed: list[str],
) -> None:
    for spec in specs:
        path = prefix + spec.name
        if path not in known:
            added.append(path)
        elif _differs(known[path], spec.fields):
            changed.append(path)
        _compare(spec.children, f"{path}{PATH_SEPARATOR}", known, added, changed)


def _bring(
    store: Store,
    coder_id: str,
    specs: tuple[CodeSpec, ...] | list[CodeSpec],
    parent_id: str | None,
    prefix: str,
    known: dict[str, Code],
    added: list[str],
    changed: list[str],
) -> None:
    for spec in specs:
        path = prefix + spec.name
        code = known.get(path)
        if code is None:
            code = codebook.add_code(store, coder_id, spec.name, parent_id, **spec.fields)
            added.append(path)
        elif _differs(code, spec.fields):
            codebook.change_code(store, coder_id, code.id, **spec.fields)
            changed.append(path)
        below = f"{path}{PATH_SEPARATOR}"
        _bring(store, coder_id, spec.children, code.id, below, known, added, changed)


def dump_codebook(tree: CodeTree, title: str, language: str) -> str:
    """The codebook as YAML: block text, no ids, one order; read back by `parse_codebook`."""
    import yaml

    content = {
        "kodebok": FORMAT,
        "title": title,
        "language": language,
        "codes": [_describe(tree, code) for code in tree.children(None)],
    }
    dumped: str = yaml.dump(
        content, Dumper=_block_dumper(), allow_unicode=True, sort_keys=False, width=88
    )
    return dumped


def _describe(tree: CodeTree, code: Code) -> dict[str, Any]:
    described: dict[str, Any] = {"name": code.name, "origin": str(code.origin)}
    described["color"] = str(code.color)
    if code.letter:
        described["letter"] = code.letter
    if code.theory:
        described["theory"] = list(code.theory)
    described |= {key: getattr(code, key) for key in _TEXT_FIELDS if getattr(code, key)}
    children = tree.children(code.id)
    if children:
        described["codes"] = [_describe(tree, child) for child in children]
    return described


def _block_dumper() -> Any:
    import yaml

    class BlockDumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
            super().increase_indent(flow, indentless=False)

    def represent(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        style = "|" if "\n" in value else (">" if len(value) > 70 else None)  # noqa: PLR2004 - about one line
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    BlockDumper.add_representer(str, represent)
    return BlockDumper
