"""Computing from the suggestions screen: in a child process, and anew after each coding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from kodebok.domain.suggestion import Suggestion, SuggestionKind
from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.jobs.child import ChildStage, KeptStage
from kodebok.storage.blind import is_blind
from kodebok.suggest import refreshing, runs
from kodebok.suggest.computing import Row, Task
from kodebok.suggest.drift import codes_to_reread
from kodebok.suggest.refreshing import Draft, State

if TYPE_CHECKING:
    from kodebok.storage.database import Store
    from kodebok.tui.screens.suggestions import SuggestionsScreen

_ = translator("suggest")

SHOWN = 30  # the most that a run on the screen suggests

Finish = Callable[[list[Row]], None]


class SuggestionComputing:
    """The computing; mixed into the screen, so that it can be read by itself.

    Once codes were computed on the screen, they follow the coding: the child that computed them is
    kept, and after each coding the list is made anew.

    Attributes:
        progress: What the computing under way says of itself; empty when there is none.
    """

    progress: str = ""
    _job: ChildStage | None = None
    _is_quiet: bool = False
    _suggester: KeptStage | None = None
    _draft: Draft | None = None
    _followed: State | None = None

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

    # What is asked for ---------------------------------------------------------------------

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
        wish = self._wish()
        state = self._state()
        task = self._here.act(lambda: runs.plan(store, coder, kind, wish))
        if task is None:
            return

        def finish(rows: list[Row]) -> None:
            if kind is SuggestionKind.CODE:
                self._draft, self._followed = None, state
            kept = self._here.act(lambda: runs.keep(store, coder, task, wish, rows))
            if not kept:
                self._say(_("There is nothing that is worth suggesting."))

        self._ask_suggester(task, finish)

    def _wish(self) -> runs.Wish:
        return runs.Wish(limit=SHOWN, without=tuple(sorted(self.struck)))

    def _state(self) -> State:
        return refreshing.state_of(self._store, self._coder, self._wish().without)

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

    # What follows the coding ---------------------------------------------------------------

    def follow_coding(self) -> None:
        """Make the list of codes anew when something was coded or judged since it was made."""
        if self._followed is None or self._job is not None:
            return
        store, coder, state, wish = self._store, self._coder, self._state(), self._wish()
        if state == self._followed:
            return
        try:
            task = runs.plan(store, coder, SuggestionKind.CODE, wish)
        except KodebokError:  # nothing is left to suggest for, or nothing may be suggested now
            self.stop_following()
            return
        self._followed = state

        def finish(rows: list[Row]) -> None:
            self._draft = refreshing.draft(coder, task, wish, rows)
            self._here.show_list()

        self._ask_suggester(task, finish, is_quiet=True)

    def stop_following(self) -> None:
        """Let the list be as it was kept, until it is computed again."""
        self._draft = self._followed = None

    def drafted(self) -> tuple[Suggestion, ...] | None:
        """The list that follows the coding; None where the last kept one is to be shown."""
        if is_blind(self._store):
            self.stop_following()
        return None if self._draft is None else self._draft.suggestions

    def _is_judged(self, suggestion: Suggestion) -> None:
        """Take a suggestion out of the list that follows the coding, before the next is here."""
        if self._draft is not None:
            left = tuple(s for s in self._draft.suggestions if s.id != suggestion.id)
            self._draft = replace(self._draft, suggestions=left)
            self._here.show_list()

    def _as_kept(self, suggestion: Suggestion) -> Suggestion:
        """A suggestion as the file has it; one of a list that follows the coding is kept now."""
        if self._draft is None or suggestion.run_id != self._draft.run.id:
            return suggestion
        return refreshing.keep_judged(self._store, self._draft, suggestion)

    # The child -----------------------------------------------------------------------------

    def _ask_suggester(self, task: Task, finish: Finish, *, is_quiet: bool = False) -> None:
        self.action_cancel()
        self._suggester = self._suggester or KeptStage(runs.SUGGESTER)
        self._begin(self._suggester.ask(task.arguments()), finish, is_quiet=is_quiet)

    def _run(self, stage: str, arguments: Row, finish: Finish) -> None:
        self.action_cancel()
        self._begin(ChildStage(stage, arguments), finish)

    def _begin(self, job: ChildStage, finish: Finish, *, is_quiet: bool = False) -> None:
        self._job, self._is_quiet = job, is_quiet
        if not is_quiet:
            self.progress = _("Computing … Esc ends it")
            self._here.tell()
        self._here.run_worker(lambda: self._follow(job, finish), thread=True)

    def _follow(self, job: ChildStage, finish: Finish) -> None:
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
        if job is self._job and not self._is_quiet:
            self.progress = _("Computing, {n} % … Esc ends it", n=100 * step // of)
            self._here.tell()

    def _finished(
        self, job: ChildStage, rows: list[Row], failed: KodebokError | None, finish: Finish
    ) -> None:
        if job is not self._job:
            return
        self._job, self.progress = None, ""
        if failed is not None:
            self.stop_following()
            if self._is_quiet:
                self._here.show_list()
            else:
                self._here.kodebok.show_error(failed)
        elif not job.is_cancelled:
            finish(rows)
        self._here.tell()
        self.follow_coding()

    def action_cancel(self) -> None:
        """End the computing that is under way."""
        job, self._job = self._job, None
        if job is not None:
            self.progress = ""
            self.stop_following()
            self._here.run_worker(job.cancel, thread=True)
            self._here.tell(_("Ended; nothing was kept"))

    def on_unmount(self) -> None:
        """Leave no process behind."""
        if self._job is not None:
            self._job.cancel()
        if self._suggester is not None:
            self._suggester.close()
