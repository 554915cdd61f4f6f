"""What must be said of sound files before they are transcribed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Checkbox, Input, Select

from kodebok.domain.source import SourceType
from kodebok.i18n import translator
from kodebok.study.recorded import MOST_SPEAKERS, SoundRequest
from kodebok.transcribe.models import SUGGESTED, Engine, InstalledModel, installed_models
from kodebok.tui.widgets.dialogs import Dialog
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.words import type_words

_ = translator("sound_screen")

_LANGUAGES = (("Bokmål", "nb"), ("Nynorsk", "nn"), ("English", "en"))
_WITH_TEXT = (SourceType.INTERVIEW, SourceType.GROUP, SourceType.NOTES, SourceType.OBSERVATION)
_LIBRARIES = {Engine.WHISPER: "whisper", Engine.FASTER: "faster_whisper"}


def lacking(models: Sequence[InstalledModel]) -> str:
    """The lines that install what is not there; empty when a model can be used."""
    if not models:
        line = f"kodebok models download {SUGGESTED}"
        return _("No speech model is on this machine yet. In a terminal: {line}", line=line)
    if any(find_spec(_LIBRARIES[model.engine]) for model in models):
        return ""
    line = f'pip install "kodebok[{models[0].engine}]"'
    return _("The speech engine is not installed. In a terminal: {line}", line=line)


class SoundForm(Dialog[SoundRequest]):
    """Asks for model, language, number of voices, type and participant.

    Args:
        names: What is asked about: the names of the files.
        language: Of the study.
    """

    DEFAULT_CSS = """
    SoundForm .field { height: 1; }
    SoundForm .field PlainText { width: 22; }
    SoundForm .field Select, SoundForm .field Input { width: 1fr; }
    SoundForm #problem { color: $error; height: auto; }
    """

    def __init__(self, names: Sequence[str], language: str) -> None:
        self._models = installed_models()
        title = _("Transcribe {files}", files=", ".join(names))
        hint = lacking(self._models) or _(
            "It is done on this machine, and you can code meanwhile. The file is copied into the "
            "study."
        )
        super().__init__(title, hint)
        self._spoken = language

    def compose_body(self) -> ComposeResult:
        """The fields, the number of voices first: it has no answer that is right for all."""
        yield from self._field(
            _("Number of voices"), Input(id="voices", placeholder=_("1 to 20"), compact=True)
        )
        names = [(Text(model.name), model.name) for model in self._models]
        yield from self._field(
            _("Speech model"), Select(names, id="model", compact=True, prompt="–")
        )
        spoken = self._spoken if self._spoken in dict(_LANGUAGES).values() else "nb"
        yield from self._field(
            _("Language spoken"),
            Select(_LANGUAGES, id="language", value=spoken, allow_blank=False, compact=True),
        )
        kinds = [(type_words(kind), str(kind)) for kind in _WITH_TEXT]
        yield from self._field(
            _("What it is"),
            Select(kinds, id="kind", value=kinds[0][1], allow_blank=False, compact=True),
        )
        yield from self._field(
            _("Participant"),
            Input(id="case", placeholder=_("a pseudonym, or none"), compact=True),
        )
        yield Checkbox(_("leave the file where it is"), id="in-place", compact=True)
        yield PlainText(id="problem")

    def _field(self, label: str, widget: Input | Select[str]) -> ComposeResult:
        with Horizontal(classes="field"):
            yield PlainText(label)
            yield widget

    def compose_buttons(self) -> ComposeResult:
        """What is done, or nothing."""
        yield Button(Text(_("Transcribe")), variant="primary", id="accept", compact=True)
        yield Button(Text(_("Cancel")), id="cancel", compact=True)

    def on_mount(self) -> None:
        """Begin with the voices, and with a model whose engine is installed."""
        first = next((m.name for m in self._models if find_spec(_LIBRARIES[m.engine])), None)
        if first is not None:
            self.query_one("#model", Select).value = first
        self.query_one("#voices", Input).focus()

    def on_input_submitted(self) -> None:
        """Enter in a line does what the button does."""
        self.action_accept()

    def action_accept(self) -> None:
        """Give the answers, once the number of voices is one."""
        typed = self.query_one("#voices", Input).value.strip()
        if not typed.isdecimal() or not 1 <= int(typed) <= MOST_SPEAKERS:
            self.query_one("#problem", PlainText).update(
                _("How many voices are there? Write a number; 1 does not tell them apart.")
            )
            self.query_one("#voices", Input).focus()
            return
        self.dismiss(
            SoundRequest(
                language=self._value("language"),
                speakers=int(typed),
                settings={"model": self._value("model"), "glossary": ""},
                case=self.query_one("#case", Input).value.strip(),
                type=SourceType(self._value("kind")),
                in_place=self.query_one("#in-place", Checkbox).value,
            )
        )

    def _value(self, name: str) -> str:
        value = self.query_one(f"#{name}", Select).value
        return value if isinstance(value, str) else ""
