"""Correcting the transcript while it is read, and writing memos on it."""

from __future__ import annotations

from kodebok.coding import corrections
from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, Target
from kodebok.domain.source import Turn
from kodebok.domain.span import Span
from kodebok.i18n import translator
from kodebok.storage import notes
from kodebok.tui.screens.coding_sheets import About, MemoSheet, TurnSheet, Written
from kodebok.tui.screens.coding_voices import VoiceActs
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, LineSheet

_ = translator("coding_screen")


class TextActs(VoiceActs):
    """Corrections of words, turns and voices; memos."""

    # Words ---------------------------------------------------------------------------------

    def action_correct(self) -> None:
        """Edit the words of the turn at the cursor."""
        if not self.is_open:
            return
        turn = self.desk.turn_at(self.reader.cursor_offset)
        words = self.desk.text[turn.start : turn.end]
        at = min(self.reader.cursor_offset - turn.start, len(words))
        title = _("Correct: {reference}", reference=self.desk.reference(turn.start))
        sheet = TurnSheet(title, words, at, *self.sound_orders())
        self.ask(sheet, lambda new: self._correct(turn, new))

    def _correct(self, turn: Turn, new: str | None) -> None:
        if new is None:
            return
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        edits = self.act(lambda: corrections.correct_text(store, coder, source_id, turn.span, new))
        if edits is not None:
            self.say(_("Corrected; codings stay on their words") if edits else _("Nothing changed"))

    # Turns and voices ----------------------------------------------------------------------

    def action_turn_menu(self) -> None:
        """Divide, join, or say who speaks."""
        if not self.is_open:
            return
        offset = self.reader.cursor_offset
        turn = self.desk.turn_at(offset)
        words = self.desk.text[max(turn.start, offset) : turn.end][:24].split("\n")[0]
        choices = [
            Choice("split", _("Divide the turn before “{words}”", words=words)),
            Choice("join", _("Join with the next turn")),
            Choice("voice", _("Another voice, this turn alone …")),
            Choice("onwards", _("Another voice, from here on …")),
            Choice("swap-onwards", _("Swap two voices, from here on …")),
            Choice("swap", _("Swap two voices in the whole source …")),
            Choice("rename", _("Rename the voice in the whole source …")),
            Choice("names", _("Name all voices …")),
        ]
        title = _("Turn: {reference}", reference=self.desk.reference(turn.start))
        sheet = ChoiceSheet(title, choices, typed=False)
        self.ask(sheet, lambda key: self._turn_chosen(key, turn, offset))

    def _turn_chosen(self, key: str | None, turn: Turn, offset: int) -> None:
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        if key == "split":
            self.act(lambda: corrections.split_turn(store, coder, source_id, offset))
        elif key == "join":
            self.act(lambda: corrections.join_turns(store, coder, turn.id, source_id))
        elif key == "rename":
            self._ask_for_name(turn)
        elif key == "names":
            self.action_name_voices()
        elif key in {"swap", "swap-onwards"}:
            self.ask_to_swap(turn, onwards=key == "swap-onwards")
        elif key in {"voice", "onwards"}:
            self._ask_for_voice(turn, onwards=key == "onwards")

    def _ask_for_voice(self, turn: Turn, *, onwards: bool) -> None:
        voices = [
            Choice(
                speaker.label,
                speaker.label,
                _("speaks now") if speaker.id == turn.speaker_id else "",
            )
            for speaker in self.desk.speakers.values()
        ]
        voices.append(Choice("", _("A new voice …")))
        sheet = ChoiceSheet(_("Who speaks?"), voices, typed=False)
        self.ask(sheet, lambda label: self._voice_chosen(turn, label, onwards=onwards))

    def _voice_chosen(self, turn: Turn, label: str | None, *, onwards: bool) -> None:
        if label is None:
            return
        if not label:
            sheet = LineSheet(_("Name of the new voice"))
            self.ask(sheet, lambda name: self._set_voice(turn, name or "", onwards=onwards))
            return
        self._set_voice(turn, label, onwards=onwards)

    def _set_voice(self, turn: Turn, label: str, *, onwards: bool) -> None:
        if not label:
            return
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        self.act(
            lambda: corrections.set_speaker(
                store, coder, source_id, turn.id, label, onwards=onwards
            )
        )

    def _ask_for_name(self, turn: Turn) -> None:
        speaker = self.desk.speakers.get(turn.speaker_id or "")
        if speaker is None:
            self._ask_for_voice(turn, onwards=True)
            return
        store, coder = self.study.store, self.study.coder.id

        def rename(name: str | None) -> None:
            if name:
                self.act(lambda: corrections.change_speaker(store, coder, speaker, label=name))

        self.ask(LineSheet(_("Name of the voice"), speaker.label), rename)

    # Memos ---------------------------------------------------------------------------------

    def action_memo(self) -> None:
        """Write a memo on what is marked or at the cursor."""
        if self.is_open:
            self.ask(MemoSheet(self._memo_targets(), ""), self._memo_written)

    def _memo_targets(self) -> list[About]:
        """What a memo may be about here, the nearest first."""
        desk, marked = self.desk, self.reader.selection
        active = self.reader.active_coding
        coding = desk.codings.get(active.id) if active else None
        targets = []
        if marked is not None:
            targets.append(About(Target.PASSAGE, desk.source.id, _("the passage"), marked))
        if coding is not None:
            code = desk.tree[coding.code_id]
            targets.append(About(Target.CODING, coding.id, _("the coding {code}", code=code.name)))
        if marked is None:
            sentence = desk.sentence_at(self.reader.cursor_offset)
            if sentence is not None:
                targets.append(About(Target.PASSAGE, desk.source.id, _("the sentence"), sentence))
        if coding is not None:
            targets.append(About(Target.CODE, code.id, _("the code {code}", code=code.name)))
        name = _("the source {source}", source=desk.source.name)
        return [*targets, About(Target.SOURCE, desk.source.id, name)]

    def _memo_written(self, written: Written | None) -> None:
        if written is None or not written.text.strip():
            return
        about = written.about
        span = about.span or Span(0, 0)
        note = Note(
            id=new_id(),
            target=about.target,
            target_id=about.target_id,
            coder_id=self.study.coder.id,
            text=written.text.strip(),
            kind=written.kind,
            start=span.start if about.span else None,
            end=span.end if about.span else None,
        )

        def add() -> bool:
            with self.study.store.act("memo.add", self.study.coder.id, note.id) as act:
                notes.add_note(act, note)
            return True

        if self.change(add, lambda _added: self.desk.load_notes()):
            self.say(_("Memo kept on {what}", what=about.words))

    def edit_memo(self, note: Note) -> None:
        """Change a memo, or remove it by leaving it empty."""
        about = About(note.target, note.target_id, _("as it was"), None)
        sheet = MemoSheet([about], note.text, kind=note.kind)
        self.ask(sheet, lambda written: self._memo_changed(note, written))

    def _memo_changed(self, note: Note, written: Written | None) -> None:
        if written is None:
            return
        store, coder, words = self.study.store, self.study.coder.id, written.text.strip()

        def change() -> bool:
            with store.act("memo.change" if words else "memo.remove", coder, note.id) as act:
                if not words:
                    notes.remove_note(act, note.id)
                    return True
                return notes.change_note(act, note.id, text=words, kind=written.kind)

        if self.change(change, lambda _changed: self.desk.load_notes()) is not None:
            self.say(_("Memo kept") if words else _("Memo removed"))
