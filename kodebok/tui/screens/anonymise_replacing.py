"""What changes the texts from the anonymising screen: replace, put back, the key, files, sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from kodebok.anonymise import finding_stage, residual
from kodebok.anonymise.residual import USUAL_SIZE
from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.jobs.child import ChildStage
from kodebok.storage.sealing import KeyPart
from kodebok.study import residual_risk
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.anonymising_files import settle_leftover
from kodebok.study.anonymising_restore import restore_originals
from kodebok.study.anonymising_review import finding_arguments
from kodebok.study.anonymising_state import load_anonymity
from kodebok.study.key_acts import destroy_key, key_entities, key_persons
from kodebok.study.unlocking import has_key_file, key_path, unlock, warnings_on_place
from kodebok.tui.screens.anonymise_sheets import PassphraseSheet, TypedWordSheet
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, ConfirmSheet

if TYPE_CHECKING:
    from kodebok.anonymise.key_file import OpenKey
    from kodebok.tui.screens.anonymise import AnonymiseScreen

_ = translator("anonymise_screen")
_n = plural_translator("anonymise_screen")

_SEED = 1
_PAINTED_S = 0.1  # seconds in which the terminal has surely got what was drawn


class ReplacingActs:
    """The heavy acts; mixed into the screen.

    Attributes:
        progress: What is under way; empty when nothing is.
    """

    progress: str = ""
    _job: ChildStage | None = None

    @property
    def _here(self) -> AnonymiseScreen:
        return cast("AnonymiseScreen", self)

    def _tell(self, words: str) -> None:
        self._here.app.notify(words, markup=False)

    # Finding -------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Look through all texts; in the sample, draw one."""
        if self._here.view == "sample":
            self._draw_sample()
            return
        self._run(finding_stage.STAGE, finding_arguments(self._here.study), self._take_found)

    def _take_found(self, rows: list[dict[str, Any]]) -> None:
        self._here.review.take(rows)
        self._here.reload()

    def _draw_sample(self) -> None:
        study = self._here.study

        def keep(rows: list[dict[str, Any]]) -> None:
            self._here.act(lambda: residual_risk.keep_sample(study, rows, USUAL_SIZE, _SEED))
            self._here.reload()

        self._run(residual.STAGE, residual_risk.sample_arguments(study), keep)

    def _run(
        self, stage: str, arguments: Mapping[str, Any], finish: Callable[[list[Any]], None]
    ) -> None:
        self.action_cancel()
        self.progress = _("Looking through the texts … Esc ends it")
        self._here.tell()
        job = self._job = ChildStage(stage, arguments)
        self._here.run_worker(lambda: self._follow(job, finish), thread=True)

    def _follow(self, job: ChildStage, finish: Callable[[list[Any]], None]) -> None:
        """In a thread: wait for the rows, and hand them to the screen."""
        rows: list[Any] = []
        failed: KodebokError | None = None
        try:
            with job:
                rows = list(job)
        except KodebokError as error:
            failed = error
        self._here.app.call_from_thread(self._finished, job, rows, failed, finish)

    def _finished(
        self,
        job: ChildStage,
        rows: list[Any],
        failed: KodebokError | None,
        finish: Callable[[list[Any]], None],
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
        """End the search that is under way."""
        job, self._job = self._job, None
        if job is not None:
            self.progress = ""
            self._here.run_worker(job.cancel, thread=True)
            self._here.tell()

    def on_unmount(self) -> None:
        """Leave no process behind."""
        if self._job is not None:
            self._job.cancel()

    # Replacing and putting back ------------------------------------------------------------

    def _with_key(self, title: str, then: Callable[[OpenKey], None]) -> None:
        """Open the key, its passphrase asked for where it is locked, and go on."""
        here, study = self._here, self._here.study
        if study.key is not None:
            then(study.key)
            return
        is_new = not has_key_file(study)
        lines = [*self._here.key_sentences(), *warnings_on_place(study), ""]

        def given(passphrase: str | None) -> None:
            if passphrase:
                self._say_and_do(_("Opening the key …"), lambda: self._unlock(passphrase, then))

        here.app.push_screen(PassphraseSheet(title, lines, is_new=is_new), given)

    def _say_and_do(self, words: str, do: Callable[[], None]) -> None:
        """Say what is under way, and do it once that is on the terminal.

        The key's lock holds every thread of the program for a second or two, the one that writes
        to the terminal too; so the words must be out before.
        """
        self.progress = words
        self._here.tell()

        def begin() -> None:
            try:
                do()
            finally:
                if self.progress == words:
                    self.progress = ""
                self._here.tell()

        self._here.call_after_refresh(self._here.set_timer, _PAINTED_S, begin)

    def _unlock(self, passphrase: str, then: Callable[[OpenKey], None]) -> None:
        key = self._here.act(lambda: unlock(self._here.study, passphrase))
        if key is not None:
            then(key)

    def action_apply(self) -> None:
        """Show the difference; from there, replace everything that is decided."""
        if self._here.view != "difference":
            self._here.action_show_view("difference")
            return
        if not self._here.rows.items:
            self._tell(_("Nothing is decided that would change the text"))
            return
        count = len(self._here.rows.items)
        title = _n(
            "Replace {n} place, everywhere in the study?",
            "Replace {n} places, everywhere in the study?",
            count,
        )
        lines = [
            _("The originals are then in the key file alone, and nowhere else in the study:"),
            f"  {key_path(self._here.study)}",
            _("Passages, memos and quotes stay on their words. The key puts it all back."),
        ]

        def answered(yes: bool | None) -> None:
            if yes:
                self._with_key(_("The passphrase of the key"), self._replace)

        sheet = ConfirmSheet(title, lines, _("Yes, replace"))
        self._here.app.push_screen(sheet, answered)

    def _replace(self, key: OpenKey) -> None:
        self._say_and_do(_("Replacing …"), lambda: self._replace_now(key))

    def _replace_now(self, key: OpenKey) -> None:
        study = self._here.study
        done = self._here.act(lambda: apply_anonymisation(study, key))
        if done is None:
            return
        self.progress = ""
        self._tell(
            _n(
                "{n} place in the texts was replaced, and {values} other values",
                "{n} places in the texts were replaced, and {values} other values",
                done.mentions,
                values=done.values,
            )
        )
        self._tell(_("State of the text: {state}", state=load_anonymity(study).sentence))
        self._here.action_show_view("files" if done.leftovers else "decided")
        self._run(finding_stage.STAGE, finding_arguments(study), self._take_found)

    def action_restore(self) -> None:
        """Put the originals back, after a yes and the passphrase."""

        def answered(yes: bool | None) -> None:
            if yes:
                self._with_key(_("The passphrase of the key"), self._put_back)

        lines = [_("Every text names persons again. What you coded and wrote since stays.")]
        sheet = ConfirmSheet(_("Put the originals back in every text?"), lines, _("Yes"))
        self._here.app.push_screen(sheet, answered)

    def _put_back(self, key: OpenKey) -> None:
        self._say_and_do(_("Putting the originals back …"), lambda: self._put_back_now(key))

    def _put_back_now(self, key: OpenKey) -> None:
        study = self._here.study
        done = self._here.act(lambda: restore_originals(study, key))
        if done is not None:
            self._tell(
                _n("{n} original was put back", "{n} originals were put back", done.mentions)
            )
            self._run(finding_stage.STAGE, finding_arguments(study), self._take_found)

    # Files in which originals stand --------------------------------------------------------

    def action_delete_file(self) -> None:
        """Delete the file at the cursor, after a yes."""
        if self._here.view != "files" or self._here.rows.item is None:
            return
        path = self._here.rows.item.thing.path

        def answered(yes: bool | None) -> None:
            if yes:
                self.settle(delete=True)

        lines = [_("It cannot be undone.")]
        sheet = ConfirmSheet(_("Delete {file}?", file=path.name), lines, _("Yes, delete"))
        self._here.app.push_screen(sheet, answered)

    def settle(self, *, delete: bool) -> None:
        """Say of the file at the cursor that it stays, or delete it."""
        row = self._here.rows.item
        if row is not None:
            study, path = self._here.study, row.thing.path
            self._here.act(lambda: settle_leftover(study, str(path), delete=delete))

    # The sample ----------------------------------------------------------------------------

    def answer_sample(self, *, missed: bool) -> None:
        """Note what was seen in the sentence at the cursor, and go to the next."""
        sentence = self._here.sampled
        if sentence is None:
            return
        study, place = self._here.study, str(sentence.position)
        self._here.act(lambda: residual_risk.answer_sample(study, place, missed=missed))
        self._here.rows.action_step(1)

    # The key -------------------------------------------------------------------------------

    def action_key_menu(self) -> None:
        """Choose what to do with the key."""
        self._here.action_show_view("key")
        choices = [
            Choice("show", _("Show what is in it")),
            Choice("passphrase", _("Another passphrase")),
            Choice("replacements", _("Destroy the replacements"), _("final")),
            Choice("persons", _("Destroy who participants are"), _("final")),
            Choice("both", _("Destroy all of it"), _("final")),
        ]

        def chosen(what: str | None) -> None:
            if what == "show":
                self._with_key(_("The passphrase of the key"), self._show_key)
            elif what == "passphrase":
                self._with_key(_("The passphrase it has now"), self._ask_new_passphrase)
            elif what is not None:
                self._ask_destroy(what)

        if not has_key_file(self._here.study):
            self._tell(_("There is no key yet: it is made the first time that you replace"))
            return
        sheet = ChoiceSheet(_("The key"), choices, typed=False)
        self._here.app.push_screen(sheet, chosen)

    def _show_key(self, key: OpenKey) -> None:
        persons = [(one.person, one.label) for one in key_persons(self._here.study, key)]
        named = [(one.name, one.replacement) for one in key_entities(key)]
        self._here.key_content = [*persons, *named]
        self._here.action_show_view("key")

    def _ask_new_passphrase(self, key: OpenKey) -> None:
        def given(passphrase: str | None) -> None:
            if passphrase:
                self._say_and_do(_("Locking the key …"), lambda: change(passphrase))

        def change(passphrase: str) -> None:
            if self._here.act(lambda: _changed(key, passphrase)):
                self._tell(_("The new passphrase holds. Older copies open with the old one."))

        lines = [_("Write it down where only you find it: kodebok keeps it nowhere.")]
        sheet = PassphraseSheet(_("The new passphrase"), lines, is_new=True)
        self._here.app.push_screen(sheet, given)

    def _ask_destroy(self, what: str) -> None:
        parts = {
            "replacements": frozenset({KeyPart.REPLACEMENTS}),
            "persons": frozenset({KeyPart.PERSONS}),
            "both": frozenset(KeyPart),
        }[what]
        lines = [
            _("This is final. Nothing brings it back: not undo, no backup, no other copy."),
            _("Copies of the key that you made elsewhere you must delete yourself."),
        ]

        def destroy(key: OpenKey | None) -> None:
            study = self._here.study
            if self._here.act(lambda: destroy_key(study, parts, key)) is not None:
                self._here.key_content = []
                state = load_anonymity(study).sentence
                self._tell(_("State of the text: {state}", state=state))

        def destroy_part(key: OpenKey) -> None:
            self._say_and_do(_("Locking the key …"), lambda: destroy(key))

        def typed(is_typed: bool | None) -> None:
            if not is_typed:
                return
            if what == "both":
                destroy(None)
            else:
                self._with_key(_("The passphrase of the key"), destroy_part)

        sheet = TypedWordSheet(_("Destroy the key, or a part of it"), lines, _("destroy"))
        self._here.app.push_screen(sheet, typed)


def _changed(key: OpenKey, passphrase: str) -> bool:
    key.change_passphrase(passphrase)
    return True
