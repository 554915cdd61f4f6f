"""What one can do on the suggestions screen: compute, judge, name, strike out, try."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from kodebok.coding import codebook
from kodebok.coding.passages import find_passage
from kodebok.domain.code import Origin
from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.domain.span import Span
from kodebok.domain.suggestion import Suggestion, SuggestionKind
from kodebok.domain.text import canonicalise
from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.jobs.child import ChildStage
from kodebok.storage import codes, notes, suggestions
from kodebok.suggest import runs, verdicts
from kodebok.suggest.computing import Row
from kodebok.suggest.drift import codes_to_reread
from kodebok.suggest.telling import trial_words
from kodebok.tui.screens.suggestions_naming import Named, NamingSheet
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, LineSheet
from kodebok.tui.widgets.code_picker import CodePicker, Picked

if TYPE_CHECKING:
    from kodebok.storage.database import Store
    from kodebok.tui.screens.suggestions import SuggestionsScreen

_ = translator("suggest")
_n = plural_translator("suggest")

SHOWN = 30  # the most that a run on the screen suggests


class SuggestionActs:
    """The actions; mixed into the screen, so that each can be read by itself.

    Attributes:
        progress: What the computing under way says of itself; empty when there is none.
    """

    progress: str = ""
    _job: ChildStage | None = None

    @property
    def struck(self) -> set[str]:
        """Words that are not to count as evidence, until the program is left."""
        struck: set[str] = self.__dict__.setdefault("_struck", set())
        return struck

    @property
    def _here(self) -> SuggestionsScreen:
        return cast("SuggestionsScreen", self)

    @property
    def _store(self) -> Store:
        return self._here.study.store

    @property
    def _coder(self) -> str:
        return self._here.study.coder.id

    def _say(self, words: str) -> None:
        self._here.app.notify(words, markup=False)

    def _meant(self, *kinds: SuggestionKind) -> Suggestion | None:
        item = self._here.rows.item
        thing = item.thing if item is not None else None
        if isinstance(thing, Suggestion) and (not kinds or thing.kind in kinds):
            return thing
        return None

    # Computing -----------------------------------------------------------------------------

    def action_compute(self) -> None:
        """Compute what the view shows, in a process of its own."""
        from kodebok.tui.screens.suggestions import OF_VIEW

        view = self._here.view
        if view in OF_VIEW:
            self._compute(OF_VIEW[view][0])
        elif view == "drift":
            self._compute_drift()
        else:
            self._here.show_list()

    def action_more(self) -> None:
        """Find passages like those with a wondering."""
        self._here.action_show_view("unexplained")
        self._compute(SuggestionKind.MORE)

    def _compute(self, kind: SuggestionKind) -> None:
        store, coder = self._store, self._coder
        wish = runs.Wish(limit=SHOWN, without=tuple(sorted(self.struck)))
        task = self._here.act(lambda: runs.plan(store, coder, kind, wish))
        if task is None:
            return

        def finish(rows: list[Row]) -> None:
            kept = self._here.act(lambda: runs.keep(store, coder, task, wish, rows))
            if not kept:
                self._say(_("There is nothing that is worth suggesting."))

        self._run(runs.STAGE, task.arguments(), finish)

    def _compute_drift(self) -> None:
        store, coder = self._store, self._coder
        planned = self._here.act(lambda: runs.plan_drift(store, coder, runs.DEFAULT_SEED))
        if planned is None:
            return
        arguments, examples = planned
        code_ids = [code.id for code in self._here.names.tree]

        def finish(rows: list[Row]) -> None:
            again = codes_to_reread(list(examples.values()), code_ids)
            self._here.drifted = (runs.drift_of(examples, rows), again)
            self._here.show_list()

        self._run(runs.DRIFT_STAGE, arguments, finish)

    def _run(self, stage: str, arguments: Row, finish: Callable[[list[Row]], None]) -> None:
        self.action_cancel()
        self.progress = _("Computing … Esc ends it")
        self._here.tell()
        job = self._job = ChildStage(stage, arguments)
        self._here.run_worker(lambda: self._follow(job, finish), thread=True)

    def _follow(self, job: ChildStage, finish: Callable[[list[Row]], None]) -> None:
        """In a thread: take the rows as they come, and hand them to the screen at the end."""
        rows: list[Row] = []
        failed: KodebokError | None = None
        call = self._here.app.call_from_thread
        try:
            with job:
                for row in job:
                    if "step" in row:
                        call(self._tell_step, job, row["step"], row["of"])
                    else:
                        rows.append(row)
        except KodebokError as error:
            failed = error
        call(self._finished, job, rows, failed, finish)

    def _tell_step(self, job: ChildStage, step: int, of: int) -> None:
        if job is self._job:
            self.progress = _("Computing, step {n} of {all} … Esc ends it", n=step, all=of)
            self._here.tell()

    def _finished(
        self,
        job: ChildStage,
        rows: list[Row],
        failed: KodebokError | None,
        finish: Callable[[list[Row]], None],
    ) -> None:
        if job is not self._job:
            return
        self._job, self.progress = None, ""
        if failed is not None:
            self._here.kodebok.show_error(failed)
        elif not job.is_cancelled:
            finish(rows)
        self._here.tell()

    def action_cancel(self) -> None:
        """End the computing that is under way."""
        job, self._job = self._job, None
        if job is not None:
            self.progress = ""
            self._here.run_worker(job.cancel, thread=True)
            self._here.tell(_("Ended; nothing was kept"))

    def on_unmount(self) -> None:
        """Leave no process behind."""
        if self._job is not None:
            self._job.cancel()

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
            verdicts.accept(store, coder, suggestion, code_id=code_id, span=span)
            return True

        if self._here.act(accept):
            name = self._here.names.code(code_id or suggestion.code_id)
            self._say(_("Coded: {code}", code=name))

    def action_reject(self) -> None:
        """Ask why, and reject."""
        suggestion = self._meant()
        if suggestion is None:
            return
        store, coder = self._store, self._coder

        def reject(reason: str | None) -> None:
            if reason:
                self._here.act(lambda: verdicts.reject(store, coder, suggestion, reason))

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
                self._here.act(lambda: self._make_category(group, given))
                self._here.action_show_view("codes")

        self._here.app.push_screen(NamingSheet(", ".join(group.evidence["keywords"])), named)

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
