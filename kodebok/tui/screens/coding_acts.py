"""Coding what is marked, and changing the coding at the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from kodebok.coding import codebook, passages, quoting, themes
from kodebok.coding.method_words import ask_of_new_code, part_word
from kodebok.domain.code import Code, Origin
from kodebok.domain.coding import Coding, Weight
from kodebok.domain.method import Part, profile_of
from kodebok.domain.span import Span
from kodebok.i18n import translator
from kodebok.storage import codings, notes, sources
from kodebok.tui.after_coding import ask_after_coding
from kodebok.tui.screens.coding_base import CodingBase
from kodebok.tui.screens.coding_fields import WordsSheet
from kodebok.tui.screens.coding_panes import WEIGHT_WORDS
from kodebok.tui.widgets.adjust import BorderLine
from kodebok.tui.widgets.choice import Choice, ChoiceSheet
from kodebok.tui.widgets.code_picker import CodePicker, Picked
from kodebok.tui.widgets.rows import Rows

_ = translator("coding_screen")

_WEIGHTS: tuple[Weight | None, ...] = (None, *Weight)


class CodingActs(CodingBase):
    """The keys that code, and those that change what is coded."""

    _adjusted: str | None = None

    # Coding --------------------------------------------------------------------------------

    def put_codes(self, code_ids: Sequence[str]) -> None:
        """Put codes on the chosen hits, else on what is marked, else on the sentence."""
        if self.chosen_hits():
            self.code_chosen_hits(code_ids)
            return
        span = self.passage_meant()
        if span is None:
            return
        store, coder = self.study.store, self.study.coder.id
        source_id = self.desk.source.id
        added = self.change(
            lambda: passages.code_passage(store, coder, source_id, span, code_ids),
            self._take_up,
        )
        if added is not None:
            self._tell_coded(code_ids, span, is_new=bool(added))

    def _take_up(self, added: list[Coding]) -> None:
        self.desk.take_up(added)
        self.used(coding.code_id for coding in added)

    def _tell_coded(self, code_ids: Sequence[str], span: Span, *, is_new: bool) -> None:
        """Keep the passage marked, for more codes; the line of codes shows the new one."""
        self.reader.set_selection(span)
        names = ", ".join(self.desk.tree[i].name for i in code_ids if i in self.desk.tree)
        known = _("Coded so already: {code}", code=names)
        self.say(self._offer_to_condense(names) if is_new else known)

    def _offer_to_condense(self, names: str) -> str:
        """Words for it, where the way of working condenses right after coding; else nothing."""
        if not profile_of(self.study.project().method).condenses.value:
            return ""
        key = self.kodebok.key_for("coding.condense")
        return _("Coded: {code}. {key} condenses it", code=names, key=key)

    def action_code_digit(self, digit: int) -> None:
        """Code with the code of a digit."""
        if not self.is_open:
            return
        code_id = self.recent.at(digit)
        if code_id is None:
            self.say(_("No code is on {digit} yet: c chooses one", digit=digit))
        else:
            self.put_codes([code_id])

    def action_pick_code(self) -> None:
        """Code with a code that is found by typing."""
        self._pick(_("Which code?"))

    def action_new_code(self) -> None:
        """Make a code, and code with it."""
        self._pick(_("New code: its name"), new_first=True)

    def _pick(self, title: str, *, new_first: bool = False) -> None:
        if not self.is_open or (not self.chosen_hits() and self.passage_meant() is None):
            return
        picker = CodePicker(
            self.desk.tree,
            self.desk.counts,
            title=title,
            offers_new=True,
            new_first=new_first,
            explain=explain_code,
        )
        self.ask(picker, self._picked)

    def _picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        if picked.code_id is not None:
            self.put_codes([picked.code_id])
            return
        if self.chosen_hits():
            code = self._make_code(picked)
            if code is not None:
                self.put_codes([code.id])
            return
        self._code_with_new(picked)

    def _make_code(self, picked: Picked) -> Code | None:
        store, coder = self.study.store, self.study.coder.id
        return self.change(
            lambda: codebook.add_code(store, coder, picked.new_name, picked.parent_id),
            lambda _code: self.show_codes(),
        )

    def _code_with_new(self, picked: Picked) -> None:
        span = self.passage_meant()
        if span is None:
            return
        store, coder = self.study.store, self.study.coder.id
        source_id = self.desk.source.id

        def make() -> tuple[Code, list[Coding]]:
            with store.act("code.add", coder, source_id):
                code = codebook.add_code(
                    store, coder, picked.new_name, picked.parent_id, origin=Origin.EMPIRICAL
                )
                added = passages.code_passage(store, coder, source_id, span, [code.id])
                return code, added

        self._show_new(self.change(make, self._take_up_new), span)

    def action_in_vivo(self) -> None:
        """Make a code of the marked words, and code them with it."""
        span = self.passage_meant()
        if span is None:
            return
        store, coder = self.study.store, self.study.coder.id
        source_id = self.desk.source.id
        made = self.change(
            lambda: passages.code_in_vivo(store, coder, source_id, span), self._take_up_new
        )
        self._show_new(made, span)

    def _take_up_new(self, made: tuple[Code, list[Coding]]) -> None:
        self.desk.load_tree()
        self._take_up(made[1])
        self.show_codes()

    def _show_new(self, made: tuple[Code, list[Coding]] | None, span: Span) -> None:
        if made is not None:
            self.reader.set_selection(span)
            name = made[0].name
            said = _("New code, and coded: {code}", code=name)
            asked = ask_of_new_code(self.study.project().method)
            self.say(self._offer_to_condense(name) or (f"{said}. {asked}" if asked else said))

    def show_codes(self) -> None:
        """Show the codebook as it is now."""
        self.desk.load_tree()
        rows: Rows[Code] = self.query_one("#tree Rows", Rows)
        rows.show(list(self.desk.tree))

    # Changing a coding ---------------------------------------------------------------------

    def action_recode(self) -> None:
        """Give the coding at the cursor another code."""
        coding = self.coding_meant()
        if coding is None:
            return
        name = self.desk.tree[coding.code_id].name
        picker = CodePicker(
            self.desk.tree,
            self.desk.counts,
            title=_("Which code instead of {code}?", code=name),
            left_out=[coding.code_id],
            explain=explain_code,
        )
        self.ask(picker, lambda picked: self._recode(coding, picked))

    def _recode(self, coding: Coding, picked: Picked | None) -> None:
        if picked is None or picked.code_id is None:
            return
        code_id = picked.code_id
        store, coder = self.study.store, self.study.coder.id
        changed = self.change(
            lambda: passages.recode(store, coder, [coding.id], code_id),
            lambda _count: self.desk.load_marks(),
        )
        if changed is not None:
            self.recent.use(code_id)
            self.reader.set_active(coding.id)
            self.say(_("Coded anew: {code}", code=self.desk.tree[code_id].name))

    def action_uncode(self) -> None:
        """Take the coding at the cursor away."""
        coding = self.coding_meant()
        if coding is None:
            return
        name = self.desk.tree[coding.code_id].name
        store, coder = self.study.store, self.study.coder.id

        def take_away(_nothing: object) -> None:
            self.desk.codings.pop(coding.id, None)
            self.desk.counts[coding.code_id] -= 1
            self.desk.load_notes()

        def remove() -> bool:
            passages.uncode(store, coder, [coding.id])
            return True

        if self.change(remove, take_away):
            self.say(_("Coding removed: {code}. u brings it back", code=name))

    def action_adjust(self) -> None:
        """Move the borders of the coding at the cursor."""
        coding = self.coding_meant()
        if coding is None:
            return
        self._adjusted = coding.id
        self.reader.set_selection(coding.span)
        self.query_one(BorderLine).begin(self.desk.text, coding.span)

    @on(BorderLine.Moved)
    def _border_moved(self, event: BorderLine.Moved) -> None:
        self.reader.set_selection(event.span)

    @on(BorderLine.Finished)
    def _border_finished(self, event: BorderLine.Finished) -> None:
        coding_id, self._adjusted = self._adjusted, None
        self.reader.focus()
        coding = self.desk.codings.get(coding_id or "")
        if coding is None:
            return
        span = event.span
        if span is None or span == coding.span:
            self.reader.go_to(coding.start)
            return
        store, coder = self.study.store, self.study.coder.id
        moved = self.change(
            lambda: passages.adjust_coding(store, coder, coding.id, span),
            lambda _moved: self._reread(coding.id),
        )
        if moved is not None:
            self.reader.go_to(self.desk.codings[coding.id].start)
            self.reader.set_active(coding.id)
            self.say(_("Borders moved"))

    def _reread(self, coding_id: str) -> None:
        self.desk.codings[coding_id] = codings.load_coding(self.study.store, coding_id)

    def action_weigh(self) -> None:
        """Say in turn that the passage supports, nuances, contradicts its code, or nothing."""
        coding = self.coding_meant()
        if coding is None:
            return
        weight = _WEIGHTS[(_WEIGHTS.index(coding.weight) + 1) % len(_WEIGHTS)]
        store, coder = self.study.store, self.study.coder.id
        changed = self.change(
            lambda: passages.weigh_coding(store, coder, coding.id, weight),
            lambda _changed: self._reread(coding.id),
        )
        if changed is not None:
            name = self.desk.tree[coding.code_id].name
            what = _(WEIGHT_WORDS[weight]) if weight else _("says nothing for or against")
            self.say(_("The passage {what}: {code}", what=what, code=name))

    def action_condense(self) -> None:
        """Write the passage of the coding at the cursor in fewer words."""
        coding = self.coding_meant()
        if coding is None:
            return
        store, coder = self.study.store, self.study.coder.id
        written = {item.coding_id: item.text for item in notes.load_condensations(store)}
        word = part_word(self.study.project().method, Part.CONDENSED)
        name = self.desk.tree[coding.code_id].name

        def keep(text: str | None) -> None:
            if text is None:
                return

            def write() -> bool:
                themes.condense_coding(store, coder, coding.id, text)
                return True

            if self.change(write, lambda _written: None):
                self.say(f"{word}: {name}")

        self.ask(WordsSheet(f"{word}: {name}", written.get(coding.id, "")), keep)

    # Quotes, copying, reading, other sources -----------------------------------------------

    def passage_to_show(self) -> Span | None:
        """What is marked, else the passage of the coding at the cursor, else the sentence."""
        active = self.reader.active_coding if self.is_open else None
        if self.is_open and self.reader.selection is None and active is not None:
            return Span(active.start, active.end)
        return self.passage_meant()

    def action_quote(self) -> None:
        """Choose the passage as a quote, or let it go."""
        span = self.passage_to_show()
        if span is None:
            return
        active = self.reader.active_coding
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        chosen = self.desk.quote_on(span)

        def toggle() -> bool:
            if chosen is not None:
                quoting.release_quote(store, coder, chosen.id)
                return False
            code_id = self.desk.codings[active.id].code_id if active else None
            quoting.choose_quote(store, coder, source_id, span, code_id)
            return True

        is_chosen = self.change(toggle, lambda _chosen: self.desk.load_quotes())
        if is_chosen is not None:
            self.say(_("Chosen as a quote") if is_chosen else _("No longer a quote"))

    def action_copy_reference(self) -> None:
        """Copy the passage with its reference."""
        span = self.passage_to_show()
        if span is not None:
            self.app.copy_to_clipboard(self.desk.with_reference(span))
            self.say(_("Copied, with ({reference})", reference=self.desk.reference(span.start)))

    def action_mark_read(self) -> None:
        """Note that the source is read through, or take that back."""
        if not self.is_open:
            return
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id
        was_read = self.desk.is_read

        def toggle() -> bool:
            change = sources.unmark_read if was_read else sources.mark_read
            with store.act("source.unread" if was_read else "source.read", coder, source_id) as act:
                return change(act, source_id, coder)

        if self.change(toggle, lambda _changed: self._set_read(not was_read)) is not None:
            self.say(_("Read through: noted") if not was_read else _("No longer noted as read"))
            if not was_read:
                ask_after_coding(self, source_id)

    def _set_read(self, is_read: bool) -> None:
        self.desk.is_read = is_read

    def action_toggle_coders(self) -> None:
        """Show all coders' codings, or only one's own."""
        if self.is_open:
            self.desk.only_mine = not self.desk.only_mine
            self.show_marks()

    def action_open_source(self) -> None:
        """Choose another source."""
        store = self.study.store
        reads = sources.load_reads(store)
        counts: dict[str, int] = {}
        for source_id, _start, _end, _code in codings.load_spans(store):
            counts[source_id] = counts.get(source_id, 0) + 1
        choices = []
        for source in sources.load_sources(store):
            is_read = self.study.coder.id in reads.get(source.id, ())
            beside = _(
                "{codings} codings, {words} words",
                codings=counts.get(source.id, 0),
                words=source.words,
            )
            choices.append(
                Choice(source.id, source.name, (_("read, ") if is_read else "") + beside)
            )
        here = self.desk.source.id if self.is_open else None
        sheet = ChoiceSheet(_("Open which source?"), choices, at=here)
        self.ask(sheet, self._source_chosen)

    def _source_chosen(self, source_id: str | None) -> None:
        if source_id is not None:
            self.show_source(source_id)


def explain_code(code: Code) -> str:
    """What a code is for, in one line."""
    return code.definition or code.question
