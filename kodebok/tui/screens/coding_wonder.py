"""Marking a wondering where one reads."""

from __future__ import annotations

from kodebok.coding import wondering
from kodebok.i18n import translator
from kodebok.tui.screens.coding_acts import CodingActs
from kodebok.tui.widgets.choice import LineSheet

_ = translator("coding_screen")


class WonderActs(CodingActs):
    """The key that marks what surprises."""

    def action_wonder(self) -> None:
        """Mark what surprises in the passage, and against which theory; Esc marks nothing."""
        span = self.passage_to_show()
        if span is None:
            return
        store, coder, source_id = self.study.store, self.study.coder.id, self.desk.source.id

        def asked(about: str | None) -> None:
            if about is None:
                return
            title = _("Against which theory or expectation?")
            hint = _("Enter marks it, also without a theory · Esc marks it without one")
            sheet = LineSheet(title, "", hint, may_be_empty=True)
            self.ask(sheet, lambda theory: marked(about, theory or ""))

        def marked(about: str, theory: str) -> None:
            done = self.change(
                lambda: wondering.wonder(store, coder, source_id, span, about, theory),
                lambda _made: self.desk.load_notes(),
            )
            if done is not None:
                self.say(_("Wondering marked"))

        hint = _("A few words, or none · Enter goes on · Esc gives up")
        self.ask(LineSheet(_("What surprises here?"), "", hint, may_be_empty=True), asked)
