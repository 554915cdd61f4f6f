"""What one can do on the project screen: memos, participants, values, reading, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.domain.source import SourceType
from kodebok.domain.text import canonicalise, fold_space
from kodebok.i18n import translator
from kodebok.storage import cases, codes, notes, projects, sources
from kodebok.study.card import change_card
from kodebok.tui.after_coding import ask_after_coding
from kodebok.tui.screens.analysis_sheets import CodesSheet
from kodebok.tui.screens.project_card import ask_field
from kodebok.tui.screens.project_consent import ask_consent
from kodebok.tui.screens.project_facts import FACTS, ask_fact, fact_choices
from kodebok.tui.screens.project_rows import find_note
from kodebok.tui.widgets.dialogs import AskText, Choice, Choose, Confirm
from kodebok.tui.words import note_words, type_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from kodebok.domain.case import Case
    from kodebok.storage.history import Act
    from kodebok.tui.screens.project import ProjectScreen

_ = translator("tui")

_MEMO_KINDS = (
    NoteKind.FIRST_IMPRESSION,
    NoteKind.AFTER_CODING,
    NoteKind.MEMO,
    NoteKind.ANALYTIC,
    NoteKind.METHOD,
    NoteKind.WONDERING,
)
_NEW_VALUE = "new"
_NAME = "name"


class ProjectActs:
    """The actions; mixed into the screen, so that each of the two can be read by itself."""

    @property
    def _here(self) -> ProjectScreen:
        return cast("ProjectScreen", self)

    def _do(self, kind: str, change: Callable[[Act], object], subject: str = "") -> None:
        """One act, told when it fails."""
        study = self._here.study

        def run() -> None:
            with study.store.act(kind, study.coder.id, subject) as act:
                change(act)

        self._here.act(run)

    def action_toggle_read(self) -> None:
        """Mark the source as read through, or not."""
        here, source_id = self._here, self._here.current_key()
        if here.tab != "sources" or source_id is None:
            return
        coder_id = here.study.coder.id
        if coder_id in sources.load_reads(here.study.store).get(source_id, ()):
            self._do(
                "source.unread",
                lambda act: sources.unmark_read(act, source_id, coder_id),
                source_id,
            )
        else:
            self._do(
                "source.read", lambda act: sources.mark_read(act, source_id, coder_id), source_id
            )
            ask_after_coding(here, source_id)

    def action_write_memo(self) -> None:
        """Ask for a kind, then for the words."""
        here = self._here
        about = {"sources": Target.SOURCE, "cases": Target.CASE}.get(here.tab, Target.PROJECT)
        target_id = None if about is Target.PROJECT else here.current_key()
        if about is not Target.PROJECT and target_id is None:
            about = Target.PROJECT
        kinds = _MEMO_KINDS if about is Target.SOURCE else _MEMO_KINDS[2:]
        choices = [Choice(str(kind), note_words(kind)) for kind in kinds]

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self._ask_memo(about, target_id, NoteKind(kind))

        here.app.push_screen(Choose(_("Which kind of memo?"), choices), chosen)

    def _ask_memo(self, about: Target, target_id: str | None, kind: NoteKind) -> None:
        here = self._here

        def written(text: str | None) -> None:
            if text:
                note = Note(
                    new_id(), about, target_id, here.study.coder.id, canonicalise(text), kind
                )
                self._do("memo.add", lambda act: notes.add_note(act, note), note.id)

        here.app.push_screen(
            AskText(note_words(kind).capitalize(), _("Ctrl+S saves."), lines=True), written
        )

    def action_add_new(self) -> None:
        """A new participant, or on the memos a new memo."""
        here = self._here
        if here.tab == "memos":
            self.action_write_memo()
            return
        here.action_show_tab("cases")

        def named(name: str | None) -> None:
            clean = fold_space(canonicalise(name or ""))
            if clean:
                self._do("case.add", lambda act: cases.add_case(act, clean))

        here.app.push_screen(
            AskText(here.say("A new participant"), _("Use a pseudonym, such as Informant 3.")),
            named,
        )

    def action_add_variable(self) -> None:
        """A new background variable."""
        here = self._here

        def named(name: str | None) -> None:
            clean = fold_space(canonicalise(name or ""))
            known = {variable.name for variable in cases.load_variables(here.study.store)}
            if clean and clean not in known:
                self._do("variable.add", lambda act: cases.add_variable(act, clean))
                here.action_show_tab("cases")

        here.app.push_screen(
            AskText(
                _("A new background variable"),
                _("Something you know of the participants, such as role or years in the job"),
            ),
            named,
        )

    def action_edit(self) -> None:
        """Edit what the cursor stands on."""
        here, key = self._here, self._here.current_key()
        if key is None:
            return
        if here.tab == "sources":
            self._edit_source(key)
        elif here.tab == "cases":
            self._edit_case(key)
        elif here.tab == "cards":
            ask_field(here, key)
        else:
            self._edit_memo(key)

    def _edit_memo(self, note_id: str) -> None:
        here = self._here
        note = find_note(here.study, note_id)
        if note is None:
            return

        def written(text: str | None) -> None:
            if text:
                clean = canonicalise(text)
                self._do(
                    "memo.change", lambda act: notes.change_note(act, note_id, text=clean), note_id
                )

        here.app.push_screen(
            AskText(
                note_words(note.kind).capitalize(), _("Ctrl+S saves."), value=note.text, lines=True
            ),
            written,
        )

    def _edit_source(self, source_id: str) -> None:
        here = self._here
        source = sources.load_source(here.study.store, source_id)
        choices = [
            Choice(_NAME, _("Name"), source.name),
            *(
                Choice(str(kind), _("Type: {type}", type=type_words(kind)))
                for kind in SourceType
                if kind is not source.type
            ),
            *fact_choices(source),
        ]

        def chosen(choice: str | None) -> None:
            if choice == _NAME:
                self._ask_name(source.name, lambda name: self._change_source(source_id, name=name))
            elif choice in FACTS:
                ask_fact(
                    here,
                    source,
                    choice,
                    lambda value: self._change_source(source_id, **{choice: value}),
                )
            elif choice is not None:
                self._change_source(source_id, type=SourceType(choice))

        here.app.push_screen(Choose(_("What shall be changed?"), choices), chosen)

    def _change_source(self, source_id: str, **values: str | None) -> None:
        self._do(
            "source.change", lambda act: sources.change_source(act, source_id, **values), source_id
        )

    def _ask_name(self, value: str, give: Callable[[str], None]) -> None:
        def named(name: str | None) -> None:
            clean = fold_space(canonicalise(name or ""))
            if clean and clean != value:
                give(clean)

        self._here.app.push_screen(AskText(_("Name"), value=value), named)

    def _edit_case(self, case_id: str) -> None:
        here = self._here
        case = next(c for c in cases.load_cases(here.study.store) if c.id == case_id)
        variables = cases.load_variables(here.study.store)
        choices = [
            Choice(_NAME, _("Name"), case.name),
            *(Choice(v.id, v.name, case.values.get(v.name, "–")) for v in variables),
            Choice(_NEW_VALUE, _("A new background variable")),
        ]

        def chosen(choice: str | None) -> None:
            if choice == _NAME:
                self._ask_name(
                    case.name,
                    lambda name: self._do(
                        "case.change", lambda act: cases.change_case(act, case_id, name=name)
                    ),
                )
            elif choice == _NEW_VALUE:
                self.action_add_variable()
            elif choice is not None:
                self._ask_value(case, choice)

        here.app.push_screen(Choose(case.name, choices), chosen)

    def _ask_value(self, case: Case, variable_id: str) -> None:
        here = self._here
        listed = cases.load_variables(here.study.store)
        variable = next(item for item in listed if item.id == variable_id)

        def given(value: str | None) -> None:
            if value is not None:
                clean = fold_space(canonicalise(value))
                self._do(
                    "case.value", lambda act: cases.set_value(act, case, variable, clean), case.id
                )

        here.app.push_screen(
            AskText(
                f"{case.name}: {variable.name}",
                _("An empty line takes the value away."),
                value=case.values.get(variable.name, ""),
            ),
            given,
        )

    def action_remove(self) -> None:
        """Ask, then remove what the cursor stands on; it can be undone."""
        here, key = self._here, self._here.current_key()
        if key is None:
            return
        if here.tab == "cards":
            emptied = {key: ""}
            here.act(lambda: change_card(here.study, emptied))
            return
        what = {
            "sources": ("source.remove", sources.remove_source, _("Remove the source?")),
            "cases": ("case.remove", cases.remove_case, here.say("Remove the participant?")),
            "memos": ("memo.remove", notes.remove_note, _("Remove the memo?")),
        }
        kind, remove, question = what[here.tab]
        hint = {
            "sources": _("Its codings, quotes and memos go with it. It can be undone."),
            "cases": here.say("The sources stay, without a participant. It can be undone."),
            "memos": _("It can be undone."),
        }[here.tab]

        def answered(yes: bool | None) -> None:
            if yes:
                self._do(kind, lambda act: remove(act, key), key)

        here.app.push_screen(Confirm(question, hint, yes=_("Remove")), answered)

    def action_choose_asked(self) -> None:
        """Choose the codes that the source's guide asked about."""
        here, source_id = self._here, self._here.current_key()
        if here.tab != "sources" or source_id is None:
            return
        store = here.study.store
        asked = {code_id for source, code_id in sources.load_asked(store) if source == source_id}
        name = sources.load_source(store, source_id).name
        title = _("What did the guide of {source} ask about?", source=name)

        def chosen(ids: list[str] | None) -> None:
            if ids is not None:
                self._do(
                    "source.asked", lambda act: sources.mark_asked(act, source_id, ids), source_id
                )

        here.app.push_screen(CodesSheet(title, codes.load_code_tree(store), asked), chosen)

    def action_consent(self) -> None:
        """Note what the participant at the cursor consented to, withdrew or asks for."""
        here = self._here
        if here.tab != "cases":
            here.action_show_tab("cases")
            return
        key = here.current_key()
        if key is not None:
            ask_consent(here, key)

    def action_edit_title(self) -> None:
        """Change the study's title."""
        project = self._here.study.project()
        self._ask_name(
            project.title,
            lambda title: self._do(
                "project.change",
                lambda act: projects.change_project(act, project.id, title=title),
                project.id,
            ),
        )
