"""What one can change of a file before it is brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.widgets import ContentSwitcher

from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.domain.source import Role, Source, SourceType
from kodebok.domain.text import canonicalise, fold_space
from kodebok.i18n import translator
from kodebok.storage import notes
from kodebok.tui.screens.bring_in_words import repair_line, voice_line
from kodebok.tui.widgets.dialogs import AskText, Choice, Choose
from kodebok.tui.widgets.file_picker import TranscriptTree
from kodebok.tui.words import role_words, type_words

if TYPE_CHECKING:
    from kodebok.study.importing import Voice
    from kodebok.tui.incoming import IncomingFile
    from kodebok.tui.screens.bring_in import ImportScreen

_ = translator("tui")

# Encodings that Norwegian transcripts come in, by Python's names.
_ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows (cp1252)"),
    ("iso-8859-1", "ISO 8859-1 (Latin-1)"),
    ("utf-16", "UTF-16"),
    ("mac_roman", "Mac Roman"),
    ("cp850", "DOS (cp850)"),
)


class ImportActs:
    """The actions; mixed into the screen, so that each of the two can be read by itself."""

    @property
    def _here(self) -> ImportScreen:
        return cast("ImportScreen", self)

    def _file(self, *, single: bool = False) -> IncomingFile | None:
        here = self._here
        file = here.current_file if here.is_reviewing else None
        if file is not None and single and not file.is_single:
            here.notify(_("That is the same for every row of a spreadsheet."), markup=False)
            return None
        return file

    def action_back(self) -> None:
        """To the files; from there to the project."""
        here = self._here
        if here.is_reviewing:
            here.query_one(ContentSwitcher).current = "choose"
            here.query_one(TranscriptTree).focus()
            here.refresh_frame()
        else:
            here.kodebok.switch_mode("project")

    def action_drop(self) -> None:
        """Leave a file out."""
        file = self._file()
        if file is None:
            return
        here = self._here
        here.files.remove(file)
        here.show_plans()
        if not here.files:
            self.action_back()

    def action_up(self) -> None:
        """Show the folder above."""
        tree = self._here.query_one(TranscriptTree)
        tree.path = tree.path.parent if hasattr(tree.path, "parent") else tree.path

    def action_change_type(self) -> None:
        """Say what kind of material it is."""
        file = self._file()
        if file is None:
            return

        def chosen(kind: str | None) -> None:
            if kind is not None:
                file.set_type(SourceType(kind))
                self._here.show_plans()

        choices = [Choice(str(kind), type_words(kind)) for kind in SourceType]
        now = str(self._here.plans[self._here.files.index(file)][0].type)
        self._here.app.push_screen(Choose(_("What is it?"), choices, chosen=now), chosen)

    def action_change_name(self) -> None:
        """Name the source."""
        file = self._file(single=True)
        if file is None:
            return

        def named(name: str | None) -> None:
            clean = fold_space(canonicalise(name or ""))
            if clean:
                file.set_name(clean)
                self._here.show_plans()

        now = self._here.plans[self._here.files.index(file)][0].name
        self._here.app.push_screen(
            AskText(
                _("Name of the source"), _("A pseudonym, such as I3; no real name."), value=now
            ),
            named,
        )

    def action_change_voice(self) -> None:
        """Choose a voice, then what it does and whose it is."""
        file = self._file(single=True)
        if file is None:
            return
        voices = self._here.plans[self._here.files.index(file)][0].voices
        if not voices:
            self._here.notify(_("No voices were recognised in this file."), markup=False)
            return

        def chosen(place: str | None) -> None:
            if place is not None:
                self._ask_role(file, voices[int(place)])

        choices = [Choice(str(place), voice_line(voice)) for place, voice in enumerate(voices)]
        self._here.app.push_screen(Choose(_("Which voice?"), choices), chosen)

    def _ask_role(self, file: IncomingFile, voice: Voice) -> None:
        def chosen(role: str | None) -> None:
            if role is None:
                return
            if Role(role) is Role.PARTICIPANT:
                self._ask_case(file, voice)
            else:
                file.set_voice(voice.label, Role(role), None)
                self._here.show_plans()

        choices = [Choice(str(role), role_words(role)) for role in Role]
        title = _("What does {voice} do?", voice=voice.label)
        self._here.app.push_screen(Choose(title, choices, chosen=str(voice.role)), chosen)

    def _ask_case(self, file: IncomingFile, voice: Voice) -> None:
        def named(name: str | None) -> None:
            if name is not None:
                clean = fold_space(canonicalise(name)) or None
                file.set_voice(voice.label, Role.PARTICIPANT, clean)
                self._here.show_plans()

        self._here.app.push_screen(
            AskText(
                _("Whose voice is {voice}?", voice=voice.label),
                _("The participant's name in the study; empty for no one."),
                value=voice.case or voice.label,
            ),
            named,
        )

    def action_switch_repair(self) -> None:
        """Refuse a repair, or take it back, and read the file anew."""
        file = self._file()
        if file is None:
            return
        repairs = file.arrivals[0].repairs
        if not repairs:
            self._here.notify(_("There was nothing to mend in this file."), markup=False)
            return

        def chosen(kind: str | None) -> None:
            if kind is not None:
                file.refused ^= {kind}
                self._here.read_again(file, file.options_with())

        choices = [
            Choice(repair.kind, repair_line(repair, refused=repair.kind in file.refused))
            for repair in repairs
        ]
        hint = _("Enter turns one off or on. The file itself is never changed.")
        self._here.app.push_screen(Choose(_("Repairs"), choices, hint), chosen)

    def action_change_encoding(self) -> None:
        """Read a text file in another encoding."""
        file = self._file()
        if file is None:
            return
        if file.arrivals[0].encoding is None:
            self._here.notify(_("This kind of file knows its own encoding."), markup=False)
            return

        def chosen(encoding: str | None) -> None:
            if encoding is not None:
                self._here.read_again(file, file.options_with(encoding=encoding))

        choices = [Choice(name, label) for name, label in _ENCODINGS]
        hint = _("Choose another when the letters æ, ø and å look wrong.")
        self._here.app.push_screen(Choose(_("Encoding"), choices, hint), chosen)

    def write_impression(self, source: Source, text: str) -> None:
        """Store a first impression."""
        study = self._here.study
        note = Note(
            new_id(),
            Target.SOURCE,
            source.id,
            study.coder.id,
            canonicalise(text),
            NoteKind.FIRST_IMPRESSION,
        )

        def write() -> None:
            with study.store.act("memo.add", study.coder.id, note.id) as act:
                notes.add_note(act, note)

        self._here.act(write)
        self._here.kodebok.reload_if_changed()
