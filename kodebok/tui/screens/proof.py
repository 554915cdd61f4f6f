"""The proof screen: a manuscript in Word against the study, each finding beside its source."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Paste
from textual.widgets import ContentSwitcher, DirectoryTree, Input

from kodebok.domain.source import Source
from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.storage import sources
from kodebok.study.proof import Proof, known_originals, proof_manuscript
from kodebok.study.proof_findings import QUIET, Finding
from kodebok.study.view import load_view
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.proof_acts import ProofActs
from kodebok.tui.screens.proof_rows import Row, describe_finding, describe_kind, draw_row, rows_of
from kodebok.tui.typed_paths import parse_paths
from kodebok.tui.widgets.file_picker import ManuscriptTree, PathLine, PathsPasted
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, Line
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows

_ = translator("proof_screen")
_n = plural_translator("proof_screen")


class ProofScreen(ProofActs, StudyScreen):
    """Two views: choosing the manuscript, and what was found in it."""

    SCOPE: ClassVar[str] = "proof"
    AUTO_FOCUS = "#tree"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("proof")]
    DEFAULT_CSS = """
    ProofScreen ContentSwitcher { height: 1fr; }
    ProofScreen #choose { padding: 0 1; }
    ProofScreen .hint { height: auto; margin-bottom: 1; }
    ProofScreen #tree { height: 1fr; background: $background; margin-top: 1; }
    ProofScreen #told { background: $panel; }
    ProofScreen #findings { height: 2fr; }
    ProofScreen #about { height: 3fr; padding: 0 1; background: $surface;
        scrollbar-size-vertical: 1; }
    ProofScreen #busy { height: 1; padding: 0 1; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.proof: Proof | None = None
        self._shows_all = False
        self._checked_at: tuple[int, int] | None = None
        self._told = PieceLines(id="told")
        self._about = PlainText()
        self.rows: Rows[Row] = Rows(self._draw, lambda row: row.key, id="findings")

    def compose_body(self) -> ComposeResult:
        """Both views."""
        with ContentSwitcher(initial="choose"):
            with Vertical(id="choose"):
                yield PlainText(
                    _(
                        "Choose your manuscript (.docx) with Enter, drag it into the window, or "
                        "write its path. It is only read, never changed."
                    ),
                    classes="hint",
                )
                yield PathLine(placeholder=_("path of the manuscript"), compact=True)
                yield ManuscriptTree(self.kodebok.folder, id="tree")
            with Vertical(id="found"):
                yield self._told
                yield self.rows
                with VerticalScroll(id="about"):
                    yield self._about
        yield PlainText(id="busy")

    def title_text(self) -> str:
        """Where one is."""
        return _("Manuscript against the study")

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Compares the quotations in your manuscript with the sources, and looks for names that "
            "the study knows. What differs is underlined. The manuscript is never changed."
        )

    def footer_scopes(self) -> tuple[str, ...]:
        """The keys of the findings belong to the second view."""
        return (self.SCOPE, "app") if self.is_showing else ("app",)

    @property
    def is_showing(self) -> bool:
        """Whether the findings are seen."""
        return self.query_one(ContentSwitcher).current == "found"

    @property
    def finding(self) -> Finding | None:
        """The finding that is meant; None on a heading, or while a file is chosen."""
        row = self.rows.item if self.is_showing else None
        return row.finding if row is not None else None

    def reload(self) -> None:
        """The findings stay; that the study has changed since is said."""
        if self.proof is not None:
            self._tell(self.proof)
            self._show_about()

    # Choosing ------------------------------------------------------------------------------

    @on(DirectoryTree.FileSelected)
    def _on_file(self, event: DirectoryTree.FileSelected) -> None:
        if event.path.is_file():
            self.begin(event.path)

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
        if paths and paths[0].is_dir():
            tree = self.query_one(ManuscriptTree)
            tree.path = paths[0]
            tree.focus()
        elif paths:
            self.begin(paths[0])

    # Checking ------------------------------------------------------------------------------

    @work(exclusive=True, group="proof")
    async def check(self, path: Path) -> None:
        """Check a manuscript in a thread, against the study as it stands now."""
        busy = self.query_one("#busy", PlainText)
        busy.update(_("Checking {file} …", file=path.name))
        busy.display = True
        try:
            count = self.study.store.change_count()
            view, originals = load_view(self.study), known_originals(self.study)
            proof = await asyncio.to_thread(proof_manuscript, view, path, originals)
        except KodebokError as error:
            self.kodebok.show_error(error)
            return
        finally:
            busy.display = False
        self._checked_at = count
        self.show_proof(proof)

    def show_proof(self, proof: Proof) -> None:
        """Show what was found, the first finding meant."""
        is_new = self.proof is None or self.proof.path != proof.path
        self.proof = proof
        self.query_one(ContentSwitcher).current = "found"
        self.show_rows(at_first=is_new)
        self.rows.focus()
        self.refresh_frame()

    def show_rows(self, *, at_first: bool = False) -> None:
        """List what is to be shown."""
        if self.proof is None:
            return
        rows = rows_of(self.proof, with_all=self._shows_all)
        first = next((row.key for row in rows if row.finding is not None), None)
        self.rows.show(rows, at=first if at_first else None)
        self.rows.redraw()
        self.rows.styles.display = "block" if rows else "none"
        self._tell(self.proof)
        self._show_about()

    def _draw(self, row: Row, width: int) -> Sequence[Line]:
        return draw_row(self.proof, row, width, self.kodebok.look) if self.proof else []

    def _tell(self, proof: Proof) -> None:
        serious = sum(finding.is_serious for finding in proof.findings)
        others = sum(f.kind not in QUIET for f in proof.findings) - serious
        told = [
            _n("{n} thing to mend", "{n} things to mend", serious),
            _n("{n} to consider", "{n} to consider", others),
        ]
        lines: list[Line] = [[(proof.path.name, STRONG), (f"  {', '.join(told)}", "")]]
        if self.is_without_key:
            lines.append(
                [(_("The key is not open: names that only it knows are not looked for."), DIM)]
            )
        if self.study.store.change_count() != self._checked_at:
            lines.append([(_("The study has changed since: r checks again."), DIM)])
        self._told.styles.height = len(lines)
        self._told.show(*lines)

    @on(Rows.Highlighted, "#findings")
    def _on_highlighted(self) -> None:
        self._show_about()

    @on(Rows.Chosen, "#findings")
    def _on_chosen(self) -> None:
        self.action_open_source()

    def _show_about(self) -> None:
        self._about.update(self._described())
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)

    def _described(self) -> Text:
        row, proof = self.rows.item, self.proof
        if row is None or proof is None:
            return Text(_("Nothing has to be mended. v shows also what is right."))
        if row.finding is None:
            return describe_kind(row)
        return describe_finding(proof, row.finding, self._passage(row.finding))

    def source_of(self, finding: Finding) -> Source | None:
        """The source that a finding's passage stands in, when it is in the study still."""
        if finding.start is None or finding.end is None:
            return None
        listed = sources.load_sources(self.study.store)
        return next((source for source in listed if source.name == finding.source), None)

    def _passage(self, finding: Finding) -> str:
        source = self.source_of(finding)
        if source is None:
            return ""
        return sources.load_text(self.study.store, source.id)[finding.start : finding.end]

    def action_toggle_all(self) -> None:
        """Show also what is right, or hide it."""
        self._shows_all = not self._shows_all
        self.show_rows()
