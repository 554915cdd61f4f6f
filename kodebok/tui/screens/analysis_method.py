"""The window that asks for the study's way of working."""

from __future__ import annotations

from kodebok.domain.project import Method
from kodebok.i18n import translator
from kodebok.tui.widgets.dialogs import Choice, Choose
from kodebok.tui.words import method_words

_ = translator("analysis")


def method_dialog(chosen: Method) -> Choose:
    """Every way of working with one line on it; the cursor on the one that is chosen."""
    choices = [Choice(str(method), "\n  ".join(method_words(method))) for method in Method]
    hint = _("It shapes words and defaults, never what is possible. What is done stays as it is.")
    return Choose(_("Way of working"), choices, hint, chosen=str(chosen))
