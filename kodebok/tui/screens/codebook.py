"""The codebook screen: the tree of codes, what each is for, and every change of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from kodebok.coding import codebook
from kodebok.coding.codebook_file import CodeSpec, import_codes
from kodebok.domain.code import Code, CodeTree
from kodebok.domain.coding import Excerpt
from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, Target
from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.storage import codes, notes
from kodebok.storage.codings import ExcerptFilter, load_excerpts
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.codebook_life import CodeLives
from kodebok.tui.screens.coding_codebook_files import (
    codebook_path,
    preview_lines,
    specs_of,
    write_codebook,
)
from kodebok.tui.screens.coding_fields import (
    FIELD_WORDS,
    ExcerptsSheet,
    FieldsSheet,
    WordsSheet,
    field_text,
)
from kodebok.tui.screens.coding_panes import EXCERPT_LINES, NOTE_WORDS, draw_code, draw_excerpt
from kodebok.tui.widgets.choice import ConfirmSheet, LineSheet
from kodebok.tui.widgets.code_picker import CodePicker, Picked
from kodebok.tui.widgets.rows import Rows

_ = translator("coding_screen")
_n = plural_translator("coding_screen")


class CodebookScreen(CodeLives, StudyScreen):
    """Codes at the left; at the right what the one that is meant is for, or its excerpts."""

    SCOPE = "codebook"
    AUTO_FOCUS = "#codes"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("codebook")]
    DEFAULT_CSS = """
    CodebookScreen #codes { width: 2fr; min-width: 34; background: $surface; }
    CodebookScreen #beside { width: 3fr; }
    CodebookScreen #about { padding: 0 2; scrollbar-size-vertical: 1; }
    CodebookScreen #found { height: 1fr; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.tree_of_codes = CodeTree(())
        self._counts: dict[str, int] = {}
        self._notes: list[Note] = []
        self._shows_excerpts = False
        self._details = Static(markup=False)
        self.rows: Rows[Code] = Rows(
            self._draw,
            lambda code: code.id,
            id="codes",
            empty=_("No codes yet: n makes one, g takes them from an interview guide"),
        )
        self.found: Rows[Excerpt] = Rows(
            lambda e, w: draw_excerpt(e, w, self.kodebok.look, self.study.coder.name),
            lambda e: e.id,
            height=EXCERPT_LINES,
            id="found",
            empty=_("Nothing coded with it yet"),
        )

    def compose_body(self) -> ComposeResult:
        """The tree, and beside it the details or the excerpts."""
        with Horizontal():
            yield self.rows
            with Vertical(id="beside"):
                with VerticalScroll(id="about", can_focus=False):
                    yield self._details
                yield self.found

    def on_mount(self) -> None:
        """Show details at first."""
        self.found.display = False

    def reload(self) -> None:
        """Read the codebook; the same code is meant where it is still there."""
        store = self.study.store
        self.tree_of_codes = codes.load_code_tree(store)
        self._counts = codes.count_codings(store)
        self._notes = notes.load_notes(store, Target.CODE)
        self.rows.show(list(self.tree_of_codes))
        self._show_beside()

    def title_text(self) -> str:
        """How many codes and codings there are."""
        count = len(self.tree_of_codes)
        total = sum(self._counts.values())
        return f"{_n('{n} code', '{n} codes', count)}, {_n('{n} coding', '{n} codings', total)}"

    def _draw(self, code: Code, width: int) -> Any:
        return draw_code(code, self.tree_of_codes, self._counts, width, self.kodebok.look)

    @on(Rows.Highlighted, "#codes")
    def _meant(self) -> None:
        self._show_beside()

    def _show_beside(self) -> None:
        code = self.rows.item
        self.query_one("#about").display = not self._shows_excerpts
        self.found.display = self._shows_excerpts
        if code is None:
            self._details.update("")
            self.found.show([])
        elif self._shows_excerpts:
            wanted = ExcerptFilter(code_ids=(code.id,))
            self.found.show(load_excerpts(self.study.store, self.tree_of_codes, wanted))
        else:
            self._details.update(self._described(code))

    def _described(self, code: Code) -> Text:
        own = self._counts.get(code.id, 0)
        below = sum(self._counts.get(c.id, 0) for c in self.tree_of_codes.descendants(code.id))
        count = _n("{n} coding", "{n} codings", own)
        if below:
            count += ", " + _("{n} with those below", n=own + below)
        text = Text()
        text.append(self.tree_of_codes.path(code.id).replace("/", " / "), "bold")
        text.append(f"\n{count}\n", "dim")
        for name, words in FIELD_WORDS.items():
            value = field_text(code, name)
            if value and name != "name":
                text.append(f"\n{_(words)}\n", "bold")
                text.append(f"{value}\n")
        for note in self._notes:
            if note.target_id == code.id:
                text.append(f"\n{note.title or _(NOTE_WORDS[note.kind])}\n", "bold")
                text.append(f"{note.text}\n")
        return text

    def action_edit(self) -> None:
        """Change the fields of the code."""
        code = self.rows.item
        if code is None:
            return

        def change(name: str, value: Any) -> None:
            fields = {name: value}
            self.act(
                lambda: codebook.change_code(
                    self.study.store, self.study.coder.id, code.id, **fields
                )
            )

        self.app.push_screen(FieldsSheet(lambda: self.tree_of_codes[code.id], change))

    @on(Rows.Chosen, "#codes")
    def _chosen(self) -> None:
        self.action_edit()

    @on(Rows.Chosen, "#found")
    def _excerpt_chosen(self, event: Rows.Chosen) -> None:
        found: Excerpt = event.item
        self.kodebok.open_source(found.source_id, found.start, found.end)

    def action_new_code(self) -> None:
        """Make a code beside the one that is meant."""
        self._ask_for_new(self.rows.item.parent_id if self.rows.item else None)

    def action_new_below(self) -> None:
        """Make a code below the one that is meant."""
        self._ask_for_new(self.rows.item.id if self.rows.item else None)

    def _ask_for_new(self, parent_id: str | None) -> None:
        parent = self.tree_of_codes.get(parent_id) if parent_id else None
        title = _("New code below {code}", code=parent.name) if parent else _("New code at the top")
        self.app.push_screen(LineSheet(title), lambda name: self._add(name, parent_id))

    def _add(self, name: str | None, parent_id: str | None) -> None:
        if not name:
            return
        store, coder = self.study.store, self.study.coder.id
        code = self.act(lambda: codebook.add_code(store, coder, name, parent_id))
        if code is not None:
            self.show_new(code)

    def action_rename(self) -> None:
        """Give the code another name."""
        code = self.rows.item
        if code is None:
            return
        store, coder = self.study.store, self.study.coder.id

        def rename(name: str | None) -> None:
            if name:
                self.act(lambda: codebook.change_code(store, coder, code.id, name=name))

        self.app.push_screen(LineSheet(_("Name of the code"), code.name), rename)

    def _move(self, parent_id: str | None, position: int) -> None:
        code = self.rows.item
        if code is not None:
            store, coder = self.study.store, self.study.coder.id
            self.act(lambda: codebook.move_code(store, coder, code.id, parent_id, position))

    def _place(self, code: Code) -> tuple[list[Code], int]:
        siblings = list(self.tree_of_codes.children(code.parent_id))
        return siblings, [sibling.id for sibling in siblings].index(code.id)

    def action_shift(self, step: int) -> None:
        """Move the code up or down among its siblings."""
        code = self.rows.item
        if code is not None:
            siblings, place = self._place(code)
            if 0 <= place + step < len(siblings):
                self._move(code.parent_id, place + step)

    def action_indent(self) -> None:
        """Move the code below the sibling before it."""
        code = self.rows.item
        if code is not None:
            siblings, place = self._place(code)
            if place:
                above = siblings[place - 1]
                self._move(above.id, len(self.tree_of_codes.children(above.id)))

    def action_outdent(self) -> None:
        """Move the code one level higher, after its parent."""
        code = self.rows.item
        if code is not None and code.parent_id is not None:
            parent = self.tree_of_codes[code.parent_id]
            self._move(parent.parent_id, self._place(parent)[1] + 1)

    def action_merge(self) -> None:
        """Choose the code that is to take over everything."""
        code = self.rows.item
        if code is None:
            return
        below = [item.id for item in self.tree_of_codes.descendants(code.id)]
        picker = CodePicker(
            self.tree_of_codes,
            self._counts,
            title=_("Merge {code} into which code?", code=code.name),
            left_out=[code.id, *below],
        )
        self.app.push_screen(picker, lambda picked: self._confirm_merge(code, picked))

    def _confirm_merge(self, code: Code, picked: Picked | None) -> None:
        if picked is None or picked.code_id is None:
            return
        into = self.tree_of_codes[picked.code_id]
        children = len(self.tree_of_codes.children(code.id))
        memos = sum(note.target_id == code.id for note in self._notes)
        follows = [
            _n("{n} coding follows", "{n} codings follow", self._counts.get(code.id, 0)),
            _n("{n} code below follows", "{n} codes below follow", children),
            _n("{n} memo follows", "{n} memos follow", memos),
            _("Definitions are put together. u takes it all back."),
        ]
        title = _("Merge {code} into {other}?", code=code.name, other=into.name)
        sheet = ConfirmSheet(title, follows, _("Yes, merge them"))
        self.app.push_screen(sheet, lambda yes: self._merge(code, into) if yes else None)

    def _merge(self, code: Code, into: Code) -> None:
        store, coder = self.study.store, self.study.coder.id
        self.act(lambda: codebook.merge_codes(store, coder, code.id, into.id))
        self.rows.go_to(into.id)

    def action_split(self) -> None:
        """Choose excerpts, and a name for the code that they are to have."""
        code = self.rows.item
        if code is None:
            return
        wanted = ExcerptFilter(code_ids=(code.id,))
        excerpts = load_excerpts(self.study.store, self.tree_of_codes, wanted)
        if not excerpts:
            self.app.notify(_("Nothing is coded with it yet"), markup=False)
            return
        title = _("Divide {code}: which excerpts move to the new code?", code=code.name)
        self.app.push_screen(ExcerptsSheet(title, excerpts), lambda ids: self._name_part(code, ids))

    def _name_part(self, code: Code, ids: list[str] | None) -> None:
        if not ids:
            return
        store, coder = self.study.store, self.study.coder.id

        def split(name: str | None) -> None:
            if name:
                new = self.act(lambda: codebook.split_code(store, coder, code.id, name, ids))
                if new is not None:
                    self.rows.go_to(new.id)

        self.app.push_screen(
            LineSheet(_("Name of the new code below {code}", code=code.name)), split
        )

    def action_delete(self) -> None:
        """Delete the code with everything below it, once that is confirmed."""
        code = self.rows.item
        if code is None:
            return
        doomed = [code, *self.tree_of_codes.descendants(code.id)]
        lost = sum(self._counts.get(item.id, 0) for item in doomed)
        lines = [
            _n("{n} code goes", "{n} codes go", len(doomed)),
            _n("{n} coding goes", "{n} codings go", lost),
            _("The texts stay. u brings everything back."),
        ]
        sheet = ConfirmSheet(_("Delete {code}?", code=code.name), lines, _("Yes, delete"))
        self.app.push_screen(sheet, lambda yes: self._delete(code) if yes else None)

    def _delete(self, code: Code) -> None:
        store, coder = self.study.store, self.study.coder.id
        self.act(lambda: codebook.delete_code(store, coder, code.id))

    def action_memo(self) -> None:
        """Write a memo on the code."""
        code = self.rows.item
        if code is None:
            return
        title = _("Memo on {code}", code=code.name)
        self.app.push_screen(WordsSheet(title, ""), lambda text: self._note(code, text))

    def _note(self, code: Code, text: str | None) -> None:
        if not text:
            return
        coder = self.study.coder.id
        note = Note(new_id(), Target.CODE, code.id, coder, text)

        def add() -> None:
            with self.study.store.act("memo.add", coder, note.id) as act:
                notes.add_note(act, note)

        self.act(add)

    def action_toggle_excerpts(self) -> None:
        """Show the code's excerpts, or what it is for."""
        self._shows_excerpts = not self._shows_excerpts
        self._show_beside()
        (self.found if self._shows_excerpts else self.rows).focus()

    def action_import_file(self) -> None:
        """Bring in codes of a YAML file."""
        title = _("Bring in which codebook? A path, or drag the file here")
        sheet = LineSheet(title, "codebooks/")
        self.app.push_screen(sheet, lambda typed: self._preview(typed, is_guide=False))

    def action_seed(self) -> None:
        """Make codes of an interview guide."""
        title = _("Which interview guide? A path, or drag the file here")
        self.app.push_screen(LineSheet(title), lambda typed: self._preview(typed, is_guide=True))

    def _preview(self, typed: str | None, *, is_guide: bool) -> None:
        if not typed:
            return
        try:
            specs = specs_of(typed, self.study.folder, is_guide=is_guide)
            lines = preview_lines(self.study, specs)
        except KodebokError as error:
            self.kodebok.show_error(error)
            return
        sheet = ConfirmSheet(_("Bring in these codes?"), lines, _("Yes, bring them in"))
        self.app.push_screen(sheet, lambda yes: self._bring_in(specs) if yes else None)

    def _bring_in(self, specs: list[CodeSpec]) -> None:
        self.act(lambda: import_codes(self.study.store, self.study.coder.id, specs))

    def action_export_file(self) -> None:
        """Write the codebook as YAML."""
        sheet = LineSheet(_("Write the codebook to which file?"), "codebooks/codebook.yaml")
        self.app.push_screen(sheet, self._export)

    def _export(self, typed: str | None) -> None:
        if not typed:
            return
        path = codebook_path(self.study, typed)
        if not path.exists():
            self._write(path, overwrite=False)
            return
        title = _("There is a file {file} already. Write over it?", file=path.name)
        lines = [_("What you wrote in it yourself will be gone.")]
        sheet = ConfirmSheet(title, lines, _("Yes, write over it"))
        self.app.push_screen(sheet, lambda yes: self._write(path, overwrite=True) if yes else None)

    def _write(self, path: Path, *, overwrite: bool) -> None:
        sentences = self.act(lambda: write_codebook(self.study, path, overwrite=overwrite))
        if sentences is not None:
            words = "\n".join([_("Written: {file}", file=path.name), *sentences])
            self.app.notify(words, markup=False)
