"""What one can do on the suggestions screen: judge, name, strike out, try."""

from __future__ import annotations

from kodebok.coding import codebook
from kodebok.coding.passages import find_passage
from kodebok.domain.code import Origin
from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.domain.span import Span
from kodebok.domain.suggestion import Suggestion, SuggestionKind
from kodebok.domain.text import canonicalise
from kodebok.i18n import plural_translator, translator
from kodebok.storage import codes, notes, suggestions
from kodebok.suggest import runs, verdicts
from kodebok.suggest.computing import Row
from kodebok.suggest.telling import trial_words
from kodebok.tui.screens.suggestions_computing import SuggestionComputing
from kodebok.tui.screens.suggestions_naming import Named, NamingSheet
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, LineSheet
from kodebok.tui.widgets.code_picker import CodePicker, Picked

_ = translator("suggest")
_n = plural_translator("suggest")


class SuggestionActs(SuggestionComputing):
    """The actions of judging; mixed into the screen, so that each can be read by itself."""

    # Judging -------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """Accept the suggestion that is meant; a candidate is named instead."""
        suggestion = self._meant()
        if suggestion is None:
            return
        if suggestion.kind is SuggestionKind.GROUP:
            self.action_name_candidate()
        elif suggestion.code_id is None:
            self._pick(suggestion, _("Which code?"))
        else:
            self._accept(suggestion)

    def _accept(
        self, suggestion: Suggestion, code_id: str | None = None, span: Span | None = None
    ) -> None:
        store, coder = self._store, self._coder

        def accept() -> bool:
            with store.act(suggestions.ACCEPT_KIND, coder, suggestion.id):
                kept = self._as_kept(suggestion)
                verdicts.accept(store, coder, kept, code_id=code_id, span=span)
            return True

        if self._here.act(accept):
            self._is_judged(suggestion)
            name = self._here.names.code(code_id or suggestion.code_id)
            self._say(_("Coded: {code}", code=name))

    def action_reject(self) -> None:
        """Ask why, and reject."""
        suggestion = self._meant()
        if suggestion is None:
            return
        store, coder = self._store, self._coder

        def reject(reason: str | None) -> None:
            if reason and self._here.act(lambda: reject_for(reason)):
                self._is_judged(suggestion)

        def reject_for(reason: str) -> bool:
            with store.act(suggestions.REJECT_KIND, coder, suggestion.id):
                verdicts.reject(store, coder, self._as_kept(suggestion), reason)
            return True

        hint = _("The reason is kept · Enter rejects · Esc leaves it open")
        self._here.app.push_screen(LineSheet(_("Why does it not fit?"), "", hint), reject)

    def action_edit(self) -> None:
        """Another code or other borders; in the equations, another equation."""
        if self._here.view == "equations":
            hint = _('A & ~B · A | B · A/* also those below · "A" · Enter shows the passages')
            sheet = LineSheet(_("Code equation"), self._here.equation, hint)
            self._here.app.push_screen(sheet, self._set_equation)
            return
        suggestion = self._meant(
            SuggestionKind.CODE, SuggestionKind.UNEXPLAINED, SuggestionKind.MORE
        )
        if suggestion is None:
            return
        choices = [Choice("code", _("Another code")), Choice("part", _("A part of the passage"))]

        def chosen(key: str | None) -> None:
            if key == "code":
                self._pick(suggestion, _("Which code instead?"))
            elif key == "part":
                self._ask_part(suggestion)

        sheet_ = ChoiceSheet(_("Accept, but with what changed?"), choices, typed=False)
        self._here.app.push_screen(sheet_, chosen)

    def _set_equation(self, typed: str | None) -> None:
        if typed:
            self._here.equation = typed
            self._here.show_list()

    def _pick(self, suggestion: Suggestion, title: str) -> None:
        picker = CodePicker(
            self._here.names.tree, codes.count_codings(self._store), title=title, offers_new=True
        )

        def picked(choice: Picked | None) -> None:
            if choice is None:
                return
            code_id = choice.code_id or self._make_code(choice)
            if code_id:
                self._accept(suggestion, code_id)

        self._here.app.push_screen(picker, picked)

    def _make_code(self, choice: Picked) -> str | None:
        store, coder = self._store, self._coder
        made = self._here.act(
            lambda: codebook.add_code(
                store, coder, choice.new_name, choice.parent_id, origin=Origin.EMPIRICAL
            )
        )
        return made.id if made else None

    def _ask_part(self, suggestion: Suggestion) -> None:
        if suggestion.code_id is None:
            self._say(_("Choose a code first: a"))
            return
        passage = suggestion.passage

        def part(words: str | None) -> None:
            if not words:
                return
            found = self._here.act(lambda: find_passage(passage.text, words))
            if found is not None:
                start = passage.start
                self._accept(suggestion, span=Span(start + found.start, start + found.end))

        hint = _("Leave the words that are to be coded · Enter codes them")
        self._here.app.push_screen(LineSheet(_("Which part?"), passage.text, hint), part)

    # Words, candidates, the switch ---------------------------------------------------------

    def action_strike(self) -> None:
        """Strike a word out as evidence, or let it count again, and compute anew."""
        suggestion = self._meant()
        carrying = suggestion.evidence.get("words", ()) if suggestion is not None else ()
        words = [part["word"] for part in carrying if part["word"] not in self.struck]
        choices = [Choice(word, word) for word in words]
        choices += [Choice(word, word, _("struck out")) for word in sorted(self.struck)]
        if not choices:
            self._say(_("No word carries this by itself"))
            return

        def chosen(word: str | None) -> None:
            if word is not None:
                self.struck.symmetric_difference_update({word})
                self._compute(suggestion.kind if suggestion else SuggestionKind.CODE)

        sheet = ChoiceSheet(_("Which word is not to count?"), choices, typed=False)
        self._here.app.push_screen(sheet, chosen)

    def action_name_candidate(self) -> None:
        """Make a code of the candidate; then its passages are offered one by one."""
        group = self._meant(SuggestionKind.GROUP)
        if group is None:
            return

        def named(given: Named | None) -> None:
            if given is not None:
                self.stop_following()
                self._here.act(lambda: self._make_category(group, given))
                self._here.action_show_view("codes")

        self._here.app.push_screen(NamingSheet(", ".join(group.evidence["keywords"])), named)

    def action_members(self) -> None:
        """Show all passages of the candidate, or the telling ones again."""
        if self._meant(SuggestionKind.GROUP) is not None:
            self._here.shows_members = not self._here.shows_members
            self._here.show_about()

    def _make_category(self, group: Suggestion, given: Named) -> None:
        store, coder = self._store, self._coder
        with store.act("code.add", coder, group.id):
            code = codebook.add_code(
                store,
                coder,
                given.name,
                origin=Origin.EMPIRICAL,
                definition=canonicalise(given.definition),
                use_when=canonicalise(given.use_when),
            )
            if given.test:
                text = canonicalise(given.test)
                note = Note(new_id(), Target.CODE, code.id, coder, text, NoteKind.ANALYTIC)
                with store.act("memo.add", coder, code.id) as act:
                    notes.add_note(act, note)
            verdicts.accept(store, coder, group)
            runs.offer_members(store, coder, group, code.id)

    def action_switch(self) -> None:
        """Turn suggestions on or off in this study."""
        is_on = suggestions.load_switch(self._store).is_on
        store, coder = self._store, self._coder
        self.action_cancel()
        self._here.act(lambda: verdicts.turn(store, coder, is_on=not is_on))
        self._here.show_list()

    def action_try_out(self) -> None:
        """Try on the coder's own codes how far suggestions can be trusted here."""
        store, coder = self._store, self._coder
        planned = self._here.act(lambda: runs.plan_trial(store, coder, runs.DEFAULT_SEED))
        if planned is None:
            return

        def finish(rows: list[Row]) -> None:
            found = runs.trials_of(rows)
            self._say("\n".join(trial_words(found.codes, found.unexplained, found.embedding)))

        self._run(runs.TRIAL_STAGE, planned, finish)
