"""How quotes are printed: six presets learnt from five theses and reports.

A project may override single values in `kodebok.toml`; the values are checked here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

_ = translator("export")

TEMPLATE_FIELDS = ("informant", "n", "id", "role", "date", "type", "code")
_FIELD = re.compile(r"\{([^{}]*)\}")


class Placement(StrEnum):
    """Where the attribution stands."""

    LEAD_IN = "lead-in"
    AFTER = "after"


class Voice(StrEnum):
    """How `{informant}` names a voice.

    `one-of`: "en av informantene", then "hen". `ordinal`: "en informant, en annen, en tredje".
    `role`: "en leder", by the printed role. `number`: "Informant 3".
    """

    ONE_OF = "one-of"
    ORDINAL = "ordinal"
    ROLE = "role"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Preset:
    """One way of printing quotes.

    Attributes:
        block_from: Words from which a quote stands in a block of its own; 0 always, None never.
        marks: The opening and the closing quotation mark with a space between, or nothing.
        block_marks: Whether a block keeps its marks.
        cut: The mark for words left out.
        attribution: Template; `{informant}` and the other `TEMPLATE_FIELDS` are filled in.
        voice: What `{informant}` becomes.
        paraphrase: Whether the author's condensed wording stands in for the quote.
    """

    name: str
    block_from: int | None
    marks: str
    cut: str
    attribution: str
    placement: Placement
    voice: Voice
    block_marks: bool = True
    italic: bool = False
    paraphrase: bool = False

    @property
    def mark_pair(self) -> tuple[str, str]:
        """Opening and closing mark, both empty when quotes are printed without."""
        pair = self.marks.split()
        return (pair[0], pair[-1]) if pair else ("", "")


_SAYS = mark("{informant} says:")

PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("inline-first", 40, "“ ”", "…", _SAYS, Placement.LEAD_IN, Voice.ONE_OF),
        Preset("block-first", 15, "“ ”", "(…)", _SAYS, Placement.LEAD_IN, Voice.ROLE),
        Preset(
            "report", 0, "", "[…]", "({type} {date})", Placement.AFTER, Voice.ONE_OF, italic=True
        ),
        Preset(
            "source-note",
            None,
            "« »",
            "…",
            "({date}. {role})",
            Placement.AFTER,
            Voice.ROLE,
            paraphrase=True,
        ),
        Preset(
            "paraphrase",
            None,
            "",
            "…",
            "{informant}:",
            Placement.LEAD_IN,
            Voice.ORDINAL,
            paraphrase=True,
        ),
        Preset("code-id", 40, "« »", "[…]", "({id}, {role})", Placement.AFTER, Voice.NUMBER),
    )
}


def choose_preset(name: str, overrides: Mapping[str, Any] | None = None) -> Preset:
    """The preset of that name, with the project's own values for some of its fields.

    Args:
        name: One of `PRESETS`.
        overrides: Values by field name, as a person wrote them in `kodebok.toml`. Here
            `block_from = "never"` stands for None.

    Raises:
        WrongUseError: K401 for an unknown preset, K402 for an unknown field, K403 for a value of
            the wrong kind, K404 for an unknown field in an attribution.
    """
    if name not in PRESETS:
        raise WrongUseError(
            _("no presentation is called {name}", name=name),
            _("choose one of {names}", names=", ".join(PRESETS)),
            "K401",
        )
    known = {field.name for field in fields(Preset)} - {"name"}
    values = dict(overrides or {})
    for key in values:
        if key not in known:
            raise WrongUseError(
                _("a presentation has no setting {key}", key=key),
                _("choose among {names}", names=", ".join(sorted(known))),
                "K402",
            )
    return replace(PRESETS[name], **{key: _checked(key, value) for key, value in values.items()})


def _checked(key: str, value: Any) -> Any:
    """The value in the field's own type."""
    if key == "attribution" and isinstance(value, str):
        return _checked_template(value)
    if key == "block_from" and value == "never":
        return None
    if key == "placement" and value in set(Placement):
        return Placement(value)
    if key == "voice" and value in set(Voice):
        return Voice(value)
    wanted = {"block_from": int, "marks": str, "cut": str}.get(key, bool)
    if key in {"attribution", "placement", "voice"} or type(value) is not wanted:
        raise WrongUseError(
            _("the setting {key} cannot be {value}", key=key, value=value),
            _("see the presets in the documentation for values that it takes"),
            "K403",
        )
    return value


def _checked_template(template: str) -> str:
    unknown = [name for name in _FIELD.findall(template) if name not in TEMPLATE_FIELDS]
    if unknown or _FIELD.sub("", template).strip("{}") != _FIELD.sub("", template):
        raise WrongUseError(
            _("the attribution {template} has a field that is not known", template=template),
            _("use {names}", names=", ".join(f"{{{name}}}" for name in TEMPLATE_FIELDS)),
            "K404",
        )
    return template


def fill_template(template: str, values: Mapping[str, str]) -> str:
    """The template with its fields filled in; what an empty field leaves behind is tidied away.

    "({date}. {role})" becomes "(leder)" without a date, "(23.01.06)" without a role, and nothing
    when both are missing.
    """
    filled = _FIELD.sub(lambda match: values.get(match.group(1), ""), template)
    filled = re.sub(r"\([\s,.;:]+", "(", filled)
    filled = re.sub(r"[\s,.;:]+\)", ")", filled)
    return " ".join(filled.replace("()", "").split())
