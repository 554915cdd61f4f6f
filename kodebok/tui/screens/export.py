"""The export screen: what to make, how, what will be in it, and where it came to lie."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Button, Checkbox, Input, OptionList, Select
from textual.widgets.option_list import Option

from kodebok.errors import KodebokError, ProtectionError
from kodebok.export.presets import PRESETS
from kodebok.i18n import language, translator
from kodebok.storage import sources
from kodebok.study.exporting import (
    ExportKind,
    ExportOptions,
    ExportResult,
    default_path,
    export_formats,
    make_export,
    run_export,
)
from kodebok.tui import tour
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.export_gate import ask_gate
from kodebok.tui.screens.export_words import KINDS, kind_words, preset_words, preview_lines
from kodebok.tui.typed_paths import parse_paths
from kodebok.tui.widgets.dialogs import Confirm
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.words import number

_ = translator("tui")

_OF_ONE_SOURCE = frozenset(
    {ExportKind.INTERVIEW, ExportKind.TEXT, ExportKind.CAPTIONS, ExportKind.MEMBER_CHECK}
)
_REST_SECONDS = 0.2  # after the last change, before the preview is made
_LANGUAGES = (("Bokmål", "nb"), ("Nynorsk", "nn"), ("English", "en"))


class ExportScreen(StudyScreen):
    """Kinds at the left; the choices and the preview of the one at the cursor at the right."""

    SCOPE: ClassVar[str] = "export"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("export")]
    AUTO_FOCUS = "OptionList"

    DEFAULT_CSS = """
    ExportScreen #desk { height: 1fr; }
    ExportScreen OptionList {
        width: 36; height: 1fr; border: none; background: $background; padding: 0 1;
    }
    ExportScreen #right { width: 1fr; padding: 0 1; }
    ExportScreen #about { height: auto; margin-bottom: 1; color: $primary; text-style: bold; }
    ExportScreen .field { height: 1; }
    ExportScreen .field PlainText { width: 10; }
    ExportScreen .field Select, ExportScreen .field Input { width: 1fr; }
    ExportScreen #on-preset { height: auto; padding-left: 10; display: none; }
    ExportScreen #make { min-width: 16; }
    ExportScreen #result { height: auto; text-style: bold; display: none; }
    ExportScreen #preview { height: 1fr; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._pending: Timer | None = None
        self._typed_path = False
        self._last: Path | None = None

    def compose_body(self) -> ComposeResult:
        """Kinds and choices."""
        with Horizontal(id="desk"):
            yield OptionList(
                *(Option(Text(kind_words(kind)[0]), id=str(kind)) for kind in KINDS), compact=True
            )
            with Vertical(id="right"):
                yield PlainText(id="about")
                yield from self._field("preset", _("Preset"), [(n, n) for n in PRESETS])
                yield PlainText(id="on-preset")
                yield from self._field("source", _("Source"), [])
                yield from self._field("format", _("Format"), [])
                yield from self._field("language", _("Language"), _LANGUAGES)
                yield Checkbox(_("with the matrix"), id="matrix", compact=True)
                with Horizontal(classes="field"):
                    yield PlainText(_("File"))
                    yield Input(id="path", compact=True)
                with Horizontal(classes="field"):
                    yield PlainText()
                    yield Button(
                        Text(_("Make the file")), variant="primary", id="make", compact=True
                    )
                yield PlainText(id="result")
                with VerticalScroll(id="preview", can_focus=True):
                    yield PlainText(id="preview-text")

    def _field(
        self, name: str, label: str, options: list[tuple[str, str]] | tuple[tuple[str, str], ...]
    ) -> ComposeResult:
        with Horizontal(classes="field", id=f"{name}-field"):
            yield PlainText(label)
            yield Select(options, id=name, compact=True, prompt="–")

    def on_mount(self) -> None:
        """The first kind, in the study's language, with the preset of the settings."""
        project_language = self.study.project().language
        self.query_one("#language", Select).value = project_language or language()
        preset = self.study.settings.get("preset")
        if preset in PRESETS:
            self.query_one("#preset", Select).value = preset
        self.query_one(OptionList).highlighted = 0

    def title_text(self) -> str:
        """Where one is."""
        return _("Export")

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Makes a file of the study in its folder exports. What will be in it is shown below. "
            "A file that is there already is never written over without a question."
        )

    def reload(self) -> None:
        """Sources and words may have changed."""
        field = self.query_one("#source", Select)
        before = field.value
        listed = [(source.name, source.id) for source in sources.load_sources(self.study.store)]
        field.set_options([(Text(name), source_id) for name, source_id in listed])
        ids = [source_id for _name, source_id in listed]
        if before in ids:
            field.value = before
        elif ids:
            field.value = ids[0]
        self._plan_preview()

    @property
    def kind(self) -> ExportKind:
        """The kind at the cursor."""
        place = self.query_one(OptionList).highlighted
        return list(KINDS)[place or 0]

    def _options(self, *, overwrite: bool = False) -> ExportOptions:
        kind = self.kind
        return ExportOptions(
            preset=self._value("preset") if kind is ExportKind.WORD else "",
            language=self._value("language"),
            source=self._value("source") if kind in _OF_ONE_SOURCE else "",
            format=self._value("format"),
            with_matrix=self.query_one("#matrix", Checkbox).value,
            overwrite=overwrite,
        )

    def _value(self, name: str) -> str:
        value = self.query_one(f"#{name}", Select).value
        return value if isinstance(value, str) else ""

    @on(OptionList.OptionHighlighted)
    def _on_kind(self) -> None:
        kind = self.kind
        explanation = kind_words(kind)[1]
        self.query_one("#about", PlainText).update(explanation[:1].upper() + explanation[1:])
        formats = export_formats(kind)
        field = self.query_one("#format", Select)
        field.set_options([(ending, ending) for ending in formats])
        field.value = formats[0]
        is_word = kind is ExportKind.WORD
        self.query_one("#preset-field").display = is_word
        self.query_one("#on-preset").display = is_word
        self.query_one("#matrix").display = is_word
        self.query_one("#source-field").display = kind in _OF_ONE_SOURCE
        self.query_one("#format-field").display = len(formats) > 1
        self.query_one("#result").display = False
        self._typed_path = False
        self._plan_preview()

    @on(OptionList.OptionSelected)
    def _on_selected(self) -> None:
        self.action_make()

    @on(Select.Changed)
    @on(Checkbox.Changed)
    def _on_changed(self) -> None:
        self.query_one("#on-preset", PlainText).update(preset_words(self._value("preset")))
        self._plan_preview()

    @on(Input.Changed, "#path")
    def _on_path(self, event: Input.Changed) -> None:
        self._typed_path = event.input.has_focus

    @on(Input.Submitted)
    @on(Button.Pressed, "#make")
    def _on_make(self) -> None:
        self.action_make()

    def _plan_preview(self) -> None:
        if self._pending is not None:
            self._pending.stop()
        self._pending = self.set_timer(_REST_SECONDS, self._show_preview)

    def _show_preview(self) -> None:
        """What will be in the file, and where it will lie."""
        options = self._options()
        preview = self.query_one("#preview-text", PlainText)
        try:
            path = default_path(self.study, self.kind, options)
            content = make_export(self.study, self.kind, options).content
        except KodebokError as error:
            preview.update(f"{error.message}; {error.remedy}")
            return
        if not self._typed_path:
            self.query_one("#path", Input).value = str(path.relative_to(self.study.folder))
        lines = preview_lines(content, path.suffix.removeprefix("."))
        heading = _("What will be in it ({size}):", size=size_words(len(content)))
        preview.update("\n".join([heading, *lines]) if lines else heading.rstrip(":"))

    def _path(self) -> Path | None:
        paths = parse_paths(self.query_one("#path", Input).value, self.study.folder)
        return paths[0] if paths else None

    def action_make(self) -> None:
        """Make the file; ask first when there is one."""
        path = self._path() or default_path(self.study, self.kind, self._options())
        if not path.exists():
            self._make(path, overwrite=False)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._make(path, overwrite=True)

        question = _("There is a file {file} already. Write over it?", file=path.name)
        hint = _("What you wrote in it yourself will be gone.")
        self.app.push_screen(Confirm(question, hint, yes=_("Write over")), answered)

    def _make(self, path: Path, *, overwrite: bool) -> None:
        options = self._options(overwrite=overwrite)
        stopped: list[ProtectionError] = []

        def run() -> ExportResult | None:
            try:
                return run_export(self.study, self.kind, path, options)
            except ProtectionError as error:
                stopped.append(error)
                return None

        result = self.act(run)
        if stopped:
            ask_gate(self, stopped[0], lambda: self._make(path, overwrite=overwrite))
        elif result is not None:
            self._show_result(result)

    def _show_result(self, result: ExportResult) -> None:
        self._last = result.path
        tour.note_done("export")
        self.refresh_frame()
        lines = [_("Made: {path}", path=result.path), *result.sentences]
        box = self.query_one("#result", PlainText)
        box.update("\n".join(lines))
        box.display = True

    def action_copy_path(self) -> None:
        """Copy the path of what was made last."""
        if self._last is not None:
            self.app.copy_to_clipboard(str(self._last))
            self.app.notify(_("The path is copied."), markup=False)


def size_words(count: int) -> str:
    """A number of bytes, in kilobytes."""
    return _("{n} kB", n=number(max(1, count // 1024)))
