"""The biography of a code, over the codebook."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from kodebok.coding.biography import load_biography, tell
from kodebok.coding.method_words import ask_of_new_code
from kodebok.domain.code import Code, CodeTree
from kodebok.i18n import translator
from kodebok.storage import notes, projects, sources
from kodebok.storage.database import Store
from kodebok.tui.base import StudyScreen
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows
from kodebok.tui.widgets.sheet import Sheet
from kodebok.tui.words import day_and_time

_ = translator("coding_screen")


def life_text(store: Store, tree: CodeTree, code: Code) -> Text:
    """What the history tells of a code, an act a line, the oldest first."""
    names = {source.id: source.name for source in sources.load_sources(store)}
    names |= {theme.id: theme.name for theme in notes.load_themes(store)}
    coders = {user.id: user.name for user in projects.load_users(store)}
    text = Text()
    for moment in load_biography(store, code.id):
        text.append(f"{day_and_time(moment.at)}  {coders.get(moment.coder_id, '–')}  ", "dim")
        text.append(tell(moment, tree, names) + "\n")
    return text


class LifeSheet(Sheet[None]):
    """A text to read; Esc leaves it."""

    DEFAULT_CSS = """
    LifeSheet VerticalScroll { height: auto; max-height: 18; padding: 0 1; }
    """

    def __init__(self, title: str, text: Text) -> None:
        super().__init__()
        self.title_words, self.hint_words = title, _("Esc closes")
        self._text = text

    def compose_body(self) -> ComposeResult:
        """The text, which scrolls."""
        with VerticalScroll():
            yield PlainText(self._text)

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()


class CodeLives(StudyScreen):
    """What the codebook screen does with the lives of codes, from the first day on."""

    tree_of_codes: CodeTree
    rows: Rows[Code]

    def action_biography(self) -> None:
        """Tell the life of the code that is meant, out of the history."""
        code = self.rows.item
        if code is not None:
            text = life_text(self.study.store, self.tree_of_codes, code)
            self.app.push_screen(LifeSheet(_("The life of {code}", code=code.name), text))

    def show_new(self, code: Code) -> None:
        """Go to a new code, and say what the way of working asks of it, if it asks anything."""
        self.rows.go_to(code.id)
        asked = ask_of_new_code(self.study.project().method)
        if asked:
            self.app.notify(asked, markup=False)
