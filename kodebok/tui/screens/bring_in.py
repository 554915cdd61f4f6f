"""The import screen: choose files, see what was understood, mend it, and bring them in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Paste
from textual.widgets import ContentSwitcher, DataTable, DirectoryTree, Input

from kodebok.domain.source import Arrival, Source, SourceType
from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.sources import ReadOptions
from kodebok.study.importing import SourceFacts, SourcePlan, store_plans
from kodebok.tui.incoming import IncomingFile, plan_all
from kodebok.tui.incoming_sound import SoundImport, is_sound
from kodebok.tui.keymap import bindings_for
from kodebok.tui.reading import read_elsewhere
from kodebok.tui.screens.bring_in_acts import ImportActs
from kodebok.tui.screens.bring_in_words import describe_file, file_row
from kodebok.tui.typed_paths import parse_paths
from kodebok.tui.widgets.dialogs import AskText
from kodebok.tui.widgets.file_picker import PathLine, PathsPasted, TranscriptTree
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.tables import Column, RowTable

_ = translator("tui")
_n = plural_translator("tui")

_SPOKEN = frozenset({SourceType.INTERVIEW, SourceType.GROUP, SourceType.OBSERVATION})


class ImportScreen(ImportActs, SoundImport):
    """Two views: choosing files, and what was understood of those chosen."""

    SCOPE: ClassVar[str] = "import"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("import")]
    AUTO_FOCUS = "#tree"

    DEFAULT_CSS = """
    ImportScreen ContentSwitcher { height: 1fr; }
    ImportScreen #choose { padding: 0 1; }
    ImportScreen #tree { height: 1fr; background: $background; margin-top: 1; }
    ImportScreen .hint { height: auto; margin-bottom: 1; }
    ImportScreen #files { height: auto; min-height: 3; max-height: 9; }
    ImportScreen #details { height: 1fr; padding: 0 1; border-top: solid $panel; }
    ImportScreen #busy { height: 1; padding: 0 1; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.files: list[IncomingFile] = []
        self.plans: list[list[SourcePlan]] = []

    def compose_body(self) -> ComposeResult:
        """Both views."""
        with ContentSwitcher(initial="choose"):
            with Vertical(id="choose"):
                yield PlainText(
                    _(
                        "Choose a file with Enter, drag files into the window, or write a path: "
                        "docx, odt, pdf, txt, md, vtt, srt, html, csv and xlsx can be read; sound "
                        "becomes text."
                    ),
                    classes="hint",
                )
                yield PathLine(placeholder=_("path of a file or a folder"), compact=True)
                yield TranscriptTree(self.kodebok.folder, id="tree")
            with Vertical(id="review"):
                yield RowTable(_columns(), id="files")
                with VerticalScroll(id="details"):
                    yield PlainText(id="understood")
        yield PlainText(id="busy")

    def title_text(self) -> str:
        """Where one is."""
        return _("Bringing in")

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Nothing is stored before you have seen what was understood. A file itself is never "
            "changed."
        )

    def footer_scopes(self) -> tuple[str, ...]:
        """The keys for mending belong to the second view."""
        return (self.SCOPE, "app") if self.is_reviewing else ("app",)

    @property
    def is_reviewing(self) -> bool:
        """Whether the second view is seen."""
        return self.query_one(ContentSwitcher).current == "review"

    @property
    def current_file(self) -> IncomingFile | None:
        """The file that the cursor stands on."""
        key = self.query_one("#files", RowTable).current_key
        return self.files[int(key)] if key is not None and int(key) < len(self.files) else None

    def reload(self) -> None:
        """Names may be taken now that were free."""
        if self.files:
            self.show_plans()

    @on(DirectoryTree.FileSelected)
    def _on_file(self, event: DirectoryTree.FileSelected) -> None:
        if event.path.is_file():  # a root that is not there counts as a file too
            self.read_paths([event.path])

    @on(Input.Submitted)
    def _on_typed(self, event: Input.Submitted) -> None:
        self._take(event.value)

    @on(PathsPasted)
    def _on_pasted(self, event: PathsPasted) -> None:
        self._take(event.text)

    def on_paste(self, event: Paste) -> None:
        """A file dragged in arrives as a paste, wherever the keyboard is."""
        event.stop()
        self._take(event.text)

    def _take(self, typed: str) -> None:
        paths = parse_paths(typed, self.kodebok.folder)
        if len(paths) == 1 and paths[0].is_dir():
            self.query_one(TranscriptTree).path = paths[0]
            self.query_one(TranscriptTree).focus()
        elif paths:
            self.read_paths(paths)

    @work(group="reading")
    async def read_paths(self, paths: Sequence[Path]) -> None:
        """Read files one after the other; what cannot be read is told, the others come."""
        known = {file.path for file in self.files}
        for path in paths:
            if path not in known and not is_sound(path):
                await self._read_one(path)
        if self.files:
            self.query_one(ContentSwitcher).current = "review"
            self.show_plans()
            self.query_one("#files", RowTable).focus()
            self.refresh_frame()
        sounds = [path for path in paths if is_sound(path)]
        if sounds:
            self.ask_for_sound(sounds)

    async def _read_one(self, path: Path) -> None:
        options = ReadOptions()
        arrivals = await self._read(path, options)
        if arrivals is not None:
            facts = SourceFacts(language=self.study.project().language)
            self.files.append(IncomingFile(path, tuple(arrivals), options, facts))

    async def _read(self, path: Path, options: ReadOptions) -> list[Arrival] | None:
        busy = self.query_one("#busy", PlainText)
        busy.update(_("Reading {file} …", file=path.name))
        busy.display = True
        try:
            return await read_elsewhere(path, options)
        except KodebokError as error:
            self.kodebok.show_error(error)
            return None
        finally:
            busy.display = False

    @work(group="reading")
    async def read_again(self, file: IncomingFile, options: ReadOptions) -> None:
        """Read a file anew in another way; the old reading stays when that fails."""
        arrivals = await self._read(file.path, options)
        if arrivals is not None:
            file.arrivals, file.options = tuple(arrivals), options
        self.show_plans()

    def show_plans(self) -> None:
        """Show what would be stored."""
        self.plans = plan_all(self.study.store, self.files)
        rows = [
            (str(place), file_row(file, plans))
            for place, (file, plans) in enumerate(zip(self.files, self.plans, strict=True))
        ]
        self.query_one("#files", RowTable).fill(rows)
        self._show_details()

    @on(DataTable.RowHighlighted, "#files")
    def _on_highlighted(self) -> None:
        self._show_details()

    def _show_details(self) -> None:
        file = self.current_file
        if file is None or len(self.plans) != len(self.files):
            return
        plans = self.plans[self.files.index(file)]
        self.query_one("#understood", PlainText).update(describe_file(file, plans))

    def action_store(self) -> None:
        """Bring everything in as one act, then ask for first impressions."""
        plans = [plan for listed in self.plans for plan in listed]
        if not plans:
            return
        study = self.study
        stored = self.act(lambda: store_plans(study.store, study.coder.id, plans))
        if stored is None:
            return
        self.files, self.plans = [], []
        self.query_one(ContentSwitcher).current = "choose"
        self.kodebok.notify(
            _n("{n} source brought in.", "{n} sources brought in.", len(stored)), markup=False
        )
        self.kodebok.switch_mode("project")
        self._ask_impressions([source for source in stored if source.type in _SPOKEN])

    def _ask_impressions(self, waiting: list[Source]) -> None:
        if not waiting:
            return
        source, *rest = waiting

        def written(text: str | None) -> None:
            if text is None:
                return
            if text:
                self.write_impression(source, text)
            self._ask_impressions(rest)

        question = AskText(
            _("First impression of {name}", name=source.name),
            _(
                "Thirty seconds: what stays with you, and what did you see that is not in the "
                "text? Ctrl+S saves, Escape skips."
            ),
            lines=True,
        )
        self.app.push_screen(question, written)


def _columns() -> list[Column]:
    return [
        Column(_("File")),
        Column(_("Becomes"), 16),
        Column(_("Type"), 15),
        Column(_("Words"), 7, right=True),
        Column(_("Voices"), 7, right=True),
        Column(_("Doubts"), 6, right=True),
    ]
