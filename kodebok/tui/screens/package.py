"""The supervisor's screen: the excerpts of a package, answered with one key each."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from kodebok.domain.review import AnswerKind
from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.review.content import PackageContent, Shown
from kodebok.review.supervisor import Given, new_answer
from kodebok.tui.base import FramedScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.review_rows import ROW_LINES, describe_shown, draw_shown
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, LineSheet
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import STRONG
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows

_ = translator("review")

Save = Callable[[list[Given]], None]


class PackageScreen(FramedScreen):
    """The excerpts, and beside or below them all of the one that is meant.

    Args:
        content: The package.
        given: Answers of an earlier sitting.
        save: Writes all answers; it is called after each one, outside the screen's own thread.
    """

    SCOPE: ClassVar[str] = "package"
    AUTO_FOCUS = "#items"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("package")]
    DEFAULT_CSS = """
    PackageScreen #told { background: $panel; }
    PackageScreen #both { layout: vertical; height: 1fr; }
    PackageScreen #items { height: 2fr; }
    PackageScreen #about { height: 3fr; padding: 0 1; background: $surface;
        scrollbar-size-vertical: 1; }
    PackageScreen.-wide #both { layout: horizontal; }
    PackageScreen.-wide #items { width: 1fr; height: 1fr; }
    PackageScreen.-wide #about { width: 1fr; height: 1fr; padding: 0 2; }
    """

    def __init__(self, content: PackageContent, given: list[Given], save: Save) -> None:
        super().__init__()
        self._content, self._given, self._save = content, list(given), save
        self._saved = list(given)
        self._writing = Lock()
        self._told = PieceLines(id="told")
        self._about = PlainText()
        self._rows: Rows[Shown] = Rows(
            lambda item, width: draw_shown(item, self._on(item), width, self.kodebok.look),
            lambda item: item.mark,
            height=ROW_LINES,
            id="items",
        )

    def compose_body(self) -> ComposeResult:
        """What is asked, the excerpts, and the one that is meant."""
        yield self._told
        with Horizontal(id="both"):
            yield self._rows
            with VerticalScroll(id="about"):
                yield self._about

    def title_text(self) -> str:
        """What the package is called."""
        return self._content.title

    def footer_scopes(self) -> tuple[str, ...]:
        """There is no study here."""
        return (self.SCOPE, "app")

    def help_scopes(self) -> tuple[str, ...]:
        """There is no study here."""
        return (self.SCOPE, "list", "app")

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "One key for each excerpt. Every answer is written to an encrypted file at once; send "
            "that file back to the student."
        )

    def on_mount(self) -> None:
        """Show the excerpts."""
        self._rows.show(self._content.items)
        self._show()

    def _on(self, item: Shown) -> list[Given]:
        return [one for one in self._given if one.mark == item.mark]

    def _show(self) -> None:
        done = len({one.mark for one in self._given})
        told = _("{n} of {all} answered", n=done, all=len(self._content.items))
        if self._given != self._saved:
            told = f"{told} · {_('saving …')}"
        due = _("Please answer by {date}.", date=self._content.due) if self._content.due else ""
        words = "   ".join(part for part in (told, due) if part)
        asked = self._content.questions
        self._told.styles.height = 2 if asked else 1
        self._told.show([(words, STRONG)], *([[(asked, "")]] if asked else []))
        self._rows.redraw()
        item = self._rows.item
        if item is not None:
            self._about.update(describe_shown(item, self._on(item)))

    @on(Rows.Highlighted, "#items")
    def _other_meant(self) -> None:
        self._show()
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)

    # Answering -----------------------------------------------------------------------------

    def action_agree(self) -> None:
        """Agree, and go on to the next."""
        item = self._rows.item
        if item is not None:
            self._add(new_answer(item.mark, AnswerKind.AGREE))

    def action_say(self, kind: str) -> None:
        """Ask for the words of a doubt or a comment, or for the code."""
        item = self._rows.item
        if item is None:
            return
        wanted = AnswerKind(kind)
        if wanted is AnswerKind.PROPOSE:
            sheet_ = _CodeSheet(self._content.codes)
            self.app.push_screen(sheet_, lambda code: self._propose(item, code))
            return

        def written(text: str | None) -> None:
            if text is not None:
                self._add(new_answer(item.mark, wanted, text))

        title = _("What do you doubt?") if wanted is AnswerKind.DOUBT else _("Your comment")
        sheet = LineSheet(title, may_be_empty=wanted is AnswerKind.DOUBT)
        self.app.push_screen(sheet, written)

    def _propose(self, item: Shown, code: str | None) -> None:
        if not code:
            return

        def written(text: str | None) -> None:
            if text is not None:
                self._add(new_answer(item.mark, AnswerKind.PROPOSE, text, code))

        self.app.push_screen(LineSheet(_("Why? It may be empty"), may_be_empty=True), written)

    def action_clear(self) -> None:
        """Take away the last answer on the item."""
        item = self._rows.item
        answers = self._on(item) if item is not None else []
        if answers:
            self._given.remove(answers[-1])
            self._keep()

    def _add(self, given: Given) -> None:
        self._given.append(given)
        self._keep()
        if given.kind is AnswerKind.AGREE:
            self._rows.action_step(1)

    def _keep(self) -> None:
        self._show()
        self.run_worker(self._write, thread=True)

    def _write(self) -> None:
        """In a thread, since encrypting takes a second or two: write what there is now."""
        with self._writing:
            answers = list(self._given)
            if answers == self._saved:
                return
            try:
                self._save(answers)
            except KodebokError as error:
                self.app.call_from_thread(self.kodebok.show_error, error)
                return
            self._saved = answers
        self.app.call_from_thread(self._show)

    @property
    def is_saved(self) -> bool:
        """Whether every answer is in the file."""
        return self._given == self._saved

    def save_now(self) -> None:
        """Write what is not yet in the file, before the program is left."""
        with self._writing:
            if not self.is_saved:
                self._save(list(self._given))
                self._saved = list(self._given)


class _CodeSheet(ChoiceSheet):
    """Asks for a code of the student's, or for another name that is typed."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        choices = [Choice(path, path.replace("/", " / ")) for path in codes]
        super().__init__(_("Which code?"), choices)

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        if self.rows.item is None and event.value.strip():
            self.dismiss(event.value.strip())
