"""What one can do on the review screen: decide, send, take in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kodebok.coding import codebook
from kodebok.domain.code import Origin
from kodebok.domain.review import AnswerKind, AnswerState, ReviewForm
from kodebok.i18n import plural_translator, translator
from kodebok.review import settling
from kodebok.review.choosing import Wish
from kodebok.review.receiving import Received, receive
from kodebok.review.settling import Standing
from kodebok.sources.limits import read_bytes
from kodebok.storage import codes, notes, reviews, sources
from kodebok.study.gating import needs_passphrase
from kodebok.study.supervising import check_may_send, plan_package, send
from kodebok.study.unlocking import unlock
from kodebok.tui.screens.review_passphrase import PassphraseSheet
from kodebok.tui.screens.review_sheets import Sendable, SendSheet
from kodebok.tui.typed_paths import parse_paths
from kodebok.tui.widgets.choice import LineSheet
from kodebok.tui.widgets.code_picker import CodePicker, Picked

if TYPE_CHECKING:
    from kodebok.tui.screens.review import ReviewScreen

_ = translator("review")
_n = plural_translator("review")


class ReviewActs:
    """The actions; mixed into the screen, so that each can be read by itself."""

    @property
    def _here(self) -> ReviewScreen:
        return cast("ReviewScreen", self)

    def _say(self, words: str) -> None:
        self._here.app.notify(words, markup=False)

    def _meant(self) -> Standing | None:
        return self._here.rows.item if self._here.rows.display else None

    def place_of(self, standing: Standing) -> tuple[str, int, int] | None:
        """Source and offsets of the words that an answer stands on."""
        for one in (standing.answer, standing.item):
            if one is None or not one.source_id or one.start is None or one.end is None:
                continue
            if one.start < one.end:
                return one.source_id, one.start, one.end
        return None

    def action_open_source(self) -> None:
        """Open the source at the words."""
        standing = self._meant()
        place = self.place_of(standing) if standing else None
        if place is not None:
            self._here.kodebok.open_source(*place)

    # Deciding ------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """Accept; a proposed code that is not in the codebook is chosen first."""
        standing = self._meant()
        if standing is None:
            return
        is_proposal = standing.answer.kind is AnswerKind.PROPOSE
        if is_proposal and standing.proposed is None:
            self.action_other_code()
        else:
            self._accept(standing, standing.proposed.id if standing.proposed else None)

    def _accept(self, standing: Standing, code_id: str | None) -> None:
        store, coder = self._here.study.store, self._here.study.coder.id

        def accept() -> bool:
            settling.accept(store, coder, standing.answer, code_id=code_id)
            return True

        if self._here.act(accept):
            self._say(_("Accepted; the passage has the code.") if code_id else _("Accepted."))

    def action_other_code(self) -> None:
        """Accept, with a code that is chosen."""
        standing = self._meant()
        if standing is None or standing.answer.state in {
            AnswerState.ACCEPTED,
            AnswerState.REJECTED,
        }:
            return
        store, coder = self._here.study.store, self._here.study.coder.id
        picker = CodePicker(
            codes.load_code_tree(store),
            codes.count_codings(store),
            title=_("Which code for the passage?"),
            offers_new=True,
            typed=standing.answer.proposal,
        )

        def picked(choice: Picked | None) -> None:
            if choice is None:
                return
            code_id = choice.code_id
            if code_id is None:
                made = self._here.act(
                    lambda: codebook.add_code(
                        store, coder, choice.new_name, choice.parent_id, origin=Origin.EMPIRICAL
                    )
                )
                code_id = made.id if made else None
            if code_id:
                self._accept(standing, code_id)

        self._here.app.push_screen(picker, picked)

    def action_discuss(self) -> None:
        """Write back."""
        standing = self._meant()
        if standing is None:
            return
        study = self._here.study

        def written(text: str | None) -> None:
            if text:
                self._here.act(
                    lambda: settling.discuss(
                        study.store, study.coder.id, study.coder.name, standing.answer, text
                    )
                )

        hint = _("It goes along with the next package · Enter: done · Esc gives up")
        self._here.app.push_screen(LineSheet(_("What do you answer?"), "", hint), written)

    def action_reject(self) -> None:
        """Ask why, and reject."""
        standing = self._meant()
        if standing is None:
            return
        study = self._here.study

        def rejected(reason: str | None) -> None:
            if reason:
                self._here.act(
                    lambda: settling.reject(study.store, study.coder.id, standing.answer, reason)
                )

        hint = _("The supervisor is shown the reason · Enter rejects · Esc leaves it open")
        self._here.app.push_screen(LineSheet(_("Why not?"), "", hint), rejected)

    # Sending and taking in -----------------------------------------------------------------

    def action_send(self) -> None:
        """Ask what goes, and write the package."""
        study = self._here.study

        def is_allowed() -> bool:
            check_may_send(study)
            return True

        if not self._here.act(is_allowed):
            return
        last = [package.recipient for package in reviews.load_packages(study.store)]

        def count(wish: Wish) -> int:
            return len(plan_package(study, wish).items)

        sheet = SendSheet(last[-1] if last else "", self._sendable(), count)
        self._here.app.push_screen(sheet, self._chosen)

    def _sendable(self) -> list[Sendable]:
        store = self._here.study.store
        tree = codes.load_code_tree(store)
        return [
            Sendable("doubtful:", _("the ten most in doubt")),
            Sendable("sample:", _("ten passages, drawn")),
            *(
                Sendable(f"theme:{t.id}", f"{_('Theme')}: {t.name}")
                for t in notes.load_themes(store)
            ),
            *(Sendable(f"code:{code.id}", tree.path(code.id).replace("/", " / ")) for code in tree),
            *(
                Sendable(f"source:{s.id}", f"{_('Source')}: {s.name}")
                for s in sources.load_sources(store)
            ),
        ]

    def _chosen(self, wish: Wish | None) -> None:
        if wish is None:
            return
        if needs_passphrase(self._here.study):
            title = _("The gate needs the key")
            lines = _("It looks for the names that were replaced. The key's passphrase:")
            sheet = PassphraseSheet(title, lines, is_new=False)
            self._here.app.push_screen(sheet, lambda typed: self._unlocked(wish, typed))
        else:
            self._sealed(wish)

    def _unlocked(self, wish: Wish, passphrase: str | None) -> None:
        study = self._here.study
        if passphrase and self._here.act(lambda: unlock(study, passphrase)) is not None:
            self._sealed(wish)

    def _sealed(self, wish: Wish) -> None:
        if wish.form is not ReviewForm.KODEBOK:
            self._send(wish, "")
            return
        title = _("A passphrase for the package")
        lines = _("Tell it to the supervisor another way than you send the file.")

        def typed(passphrase: str | None) -> None:
            if passphrase:
                self._send(wish, passphrase)

        self._here.app.push_screen(PassphraseSheet(title, lines, is_new=True), typed)

    def _send(self, wish: Wish, passphrase: str) -> None:
        study = self._here.study
        done = self._here.act(lambda: send(study, wish, passphrase=passphrase))
        if done is not None:
            told = _n(
                "{n} thing to answer on, in {file}",
                "{n} things to answer on, in {file}",
                done.items,
                file=done.path,
            )
            self._say("\n".join([told, *done.sentences]))

    def action_receive(self) -> None:
        """Ask for the file that came back, and take it in."""
        hint = _("Type or drag the file here · Enter takes it in · Esc gives up")
        sheet = LineSheet(_("Which file came back?"), "", hint)
        self._here.app.push_screen(sheet, self._file_named)

    def _file_named(self, typed: str | None) -> None:
        paths = parse_paths(typed or "", self._here.study.folder)
        data = self._here.act(lambda: read_bytes(paths[0])) if paths else None
        if data is None:
            return
        from kodebok.storage.encrypted import MARK

        if not data.startswith(MARK):
            self._receive(data, "")
            return

        def opened(passphrase: str | None) -> None:
            if passphrase:
                self._receive(data, passphrase)

        title, lines = _("Answers out of kodebok"), _("The passphrase of the package:")
        self._here.app.push_screen(PassphraseSheet(title, lines, is_new=False), opened)

    def _receive(self, data: bytes, passphrase: str) -> None:
        study = self._here.study
        received = self._here.act(
            lambda: receive(study.store, study.coder.id, data, lambda: passphrase)
        )
        if received is not None:
            self._say(_received_words(received))


def _received_words(received: Received) -> str:
    lines = [_n("{n} new answer", "{n} new answers", len(received.new))]
    if received.known:
        lines.append(_n("{n} was here already", "{n} were here already", received.known))
    if received.unplaced:
        count = len(received.unplaced)
        lines.append(_n("{n} could not be placed", "{n} could not be placed", count))
    return "\n".join(lines)
