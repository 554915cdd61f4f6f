"""What one can do with a checked manuscript: to the passage, a copy with comments, another file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.widgets import ContentSwitcher

from kodebok.errors import ProtectionError
from kodebok.i18n import translator
from kodebok.study.gating import needs_passphrase, study_gate
from kodebok.study.proof import write_marked_copy
from kodebok.study.unlocking import unlock
from kodebok.tui.screens.anonymise_sheets import PassphraseSheet
from kodebok.tui.screens.export_gate import ask_gate
from kodebok.tui.widgets.dialogs import AskText, Confirm

if TYPE_CHECKING:
    from kodebok.study.proof import Proof
    from kodebok.tui.screens.proof import ProofScreen

_ = translator("proof_screen")

_ENDING = ".docx"


class ProofActs:
    """The actions; mixed into the screen, so that each can be read by itself.

    Attributes:
        is_without_key: Whether the check was made without the key that the study has.
    """

    is_without_key: bool = False

    @property
    def _here(self) -> ProofScreen:
        return cast("ProofScreen", self)

    # Checking ------------------------------------------------------------------------------

    def begin(self, path: Path) -> None:
        """Check a manuscript; the key's passphrase is asked for first, and may be passed over."""
        study = self._here.study
        if not needs_passphrase(study):
            self.is_without_key = False
            self._here.check(path)
            return

        def typed(passphrase: str | None) -> None:
            self.is_without_key = not passphrase
            if not passphrase or self._here.act(lambda: unlock(study, passphrase)) is not None:
                self._here.check(path)

        lines = [_("Names that only the key knows are looked for too. Esc checks without it.")]
        title = _("The passphrase of the key")
        self._here.app.push_screen(PassphraseSheet(title, lines, is_new=False), typed)

    def action_check_again(self) -> None:
        """Read the manuscript and the study anew."""
        if self._here.proof is not None and self._here.is_showing:
            self.begin(self._here.proof.path)

    def action_choose_file(self) -> None:
        """Let another file be chosen."""
        self._here.query_one(ContentSwitcher).current = "choose"
        tree = self._here.query_one("#tree")
        tree.focus()
        self._here.refresh_frame()

    def action_back(self) -> None:
        """Back to what was found, when a file was checked."""
        if self._here.proof is not None:
            self._here.query_one(ContentSwitcher).current = "found"
            self._here.rows.focus()
            self._here.refresh_frame()

    # The finding that is meant -------------------------------------------------------------

    def action_open_source(self) -> None:
        """Open the source at the passage."""
        finding = self._here.finding
        if finding is None:
            return
        source = self._here.source_of(finding)
        if source is None:
            self._here.app.notify(_("There is no passage in the study for this."), markup=False)
        else:
            self._here.kodebok.open_source(source.id, finding.start, finding.end)

    # The copy ------------------------------------------------------------------------------

    def action_write_copy(self) -> None:
        """Ask for a name, and write the copy with comments."""
        proof = self._here.proof
        if proof is None or not self._here.is_showing:
            return
        usual = proof.path.with_name(f"{proof.path.stem}-{_('checked')}{_ENDING}")

        def named(typed: str | None) -> None:
            if typed:
                self._write_unless_there(proof, _target(typed, usual))

        hint = _("What was found stands in it as comments. The manuscript stays as it is.")
        self._here.app.push_screen(
            AskText(_("Where is the copy to lie?"), hint, value=str(usual)), named
        )

    def _write_unless_there(self, proof: Proof, target: Path) -> None:
        if not target.exists() or target.samefile(proof.path):  # the study says why it may not
            self._write(proof, target, overwrite=False)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._write(proof, target, overwrite=True)

        question = _("There is a file {file} already. Write over it?", file=target.name)
        self._here.app.push_screen(Confirm(question, yes=_("Write over")), answered)

    def _write(self, proof: Proof, target: Path, *, overwrite: bool) -> None:
        study = self._here.study
        stopped: list[ProtectionError] = []

        def write() -> tuple[str, ...] | None:
            try:
                return write_marked_copy(proof, target, study_gate(study), overwrite=overwrite)
            except ProtectionError as error:
                stopped.append(error)
                return None

        sentences = self._here.act(write)
        if stopped:
            ask_gate(
                self._here, stopped[0], lambda: self._write(proof, target, overwrite=overwrite)
            )
        elif sentences is not None:
            told = [_("The copy with comments: {path}", path=target), *sentences]
            self._here.app.notify("\n".join(told), markup=False, timeout=10)


def _target(typed: str, usual: Path) -> Path:
    """The file that was named; relative to the manuscript's folder, and a Word file."""
    path = usual.parent / os.path.expanduser(typed)  # noqa: PTH111 - Path's raises for ~unknown
    if path.is_dir():
        return path / usual.name
    return path if path.suffix.lower() == _ENDING else path.with_name(path.name + _ENDING)
