"""What one decides on the anonymising screen: what becomes of each person, place and thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kodebok.domain.entity import Action, Rule
from kodebok.domain.identifier import IdentifierType, Tier
from kodebok.i18n import plural_translator, translator
from kodebok.study import anonymising_decisions as decisions
from kodebok.tui.screens.anonymise_rows import TYPES, action_words, outcome, type_words
from kodebok.tui.screens.anonymise_sheets import TakeSheet
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, LineSheet

if TYPE_CHECKING:
    from kodebok.domain.entity import Entity
    from kodebok.study.anonymising_review import ReviewItem
    from kodebok.tui.screens.anonymise import AnonymiseScreen

_ = translator("anonymise_screen")
_n = plural_translator("anonymise_screen")

_WITHOUT_WORDS = frozenset({Action.DELETE, Action.KEEP})


class DecidingActs:
    """Decisions; mixed into the screen, so that each can be read by itself."""

    @property
    def _here(self) -> AnonymiseScreen:
        return cast("AnonymiseScreen", self)

    def _say(self, words: str) -> None:
        self._here.app.notify(words, markup=False)

    def _meant_item(self) -> ReviewItem | None:
        """The item at the cursor, when something can still be said of it."""
        item = self._here.item
        if item is not None and item.is_applied:
            self._say(_("It is replaced already: o puts the originals back"))
            return None
        return item

    def _decide(self, entity: Entity, action: Action, words: str, reason: str = "") -> None:
        study = self._here.study
        done = self._here.act(lambda: decisions.decide_about(study, entity, action, words, reason))
        if done is not None:
            told = outcome(action, done.replacement)
            self._say(_("{name}: {words}", name=done.name, words=told))

    def action_accept(self) -> None:
        """Decide as proposed; in the sample: nothing was missed in the sentence."""
        if self._here.view == "sample":
            self._here.answer_sample(missed=False)
            return
        item = self._meant_item()
        if item is not None and not item.is_decided:
            action, words = self._here.review.proposal(item.entity)
            self._decide(item.entity, action, words)

    def action_keep(self) -> None:
        """Keep a name as it is, or a file where originals stand."""
        if self._here.view == "files":
            self._here.settle(delete=False)
            return
        item = self._meant_item()
        if item is None:
            return

        def given(reason: str | None) -> None:
            if reason is not None:
                self._decide(item.entity, Action.KEEP, "", reason)

        title = _("Why may {name} stay?", name=item.entity.name)
        hint = _("Such as: theorist, reform, public body · Enter keeps it · Esc gives up")
        self._here.app.push_screen(LineSheet(title, "", hint, may_be_empty=True), given)

    def action_choose_action(self) -> None:
        """Choose what becomes of it."""
        item = self._meant_item()
        if item is None:
            return
        entity, review = item.entity, self._here.review
        proposed = {action: review.propose(entity, action) for action in Action}
        choices = [Choice(str(action), action_words(action), proposed[action]) for action in Action]

        def chosen(key: str | None) -> None:
            if key is None:
                return
            action = Action(key)
            if action in _WITHOUT_WORDS or proposed[action]:
                self._decide(entity, action, proposed[action])
            else:
                self._ask_words(entity, action, "")

        title = _("What becomes of {name}?", name=entity.name)
        usual = str(review.proposal(entity)[0])
        self._here.app.push_screen(ChoiceSheet(title, choices, at=usual, typed=False), chosen)

    def action_edit_replacement(self) -> None:
        """Write what is to stand in the text; in the sample: write what was missed."""
        if self._here.view == "sample":
            self._ask_missed()
            return
        item = self._meant_item()
        if item is None:
            return
        entity = item.entity
        action, words = self._here.review.proposal(entity)
        if entity.action is not None and entity.action not in _WITHOUT_WORDS:
            action, words = entity.action, entity.replacement
        self._ask_words(entity, action, words)

    def _ask_words(self, entity: Entity, action: Action, words: str) -> None:
        def given(typed: str | None) -> None:
            if typed:
                self._decide(entity, action, typed)

        title = _("What is to stand instead of {name}?", name=entity.name)
        hint = _("In its base form; it is inflected as the original was · Enter: done")
        self._here.app.push_screen(LineSheet(title, words, hint), given)

    def action_no_name(self) -> None:
        """Say that it is no name."""
        item = self._meant_item()
        if item is None:
            return
        study, entity = self._here.study, item.entity

        def ruled_out() -> bool:
            decisions.say_no_name(study, entity)
            return True

        if self._here.act(ruled_out):
            self._say(_("{name}: not a name in this study", name=entity.name))

    def action_always(self) -> None:
        """Say that the word is a name wherever it stands."""
        item = self._meant_item()
        if item is None:
            return
        study, entity = self._here.study, item.entity

        def ruled() -> bool:
            decisions.set_word_rule(study, entity.name, Rule.ALWAYS, entity.type)
            return True

        if self._here.act(ruled):
            self._here.review.make_likely(entity)
            self._here.reload()
            self._say(_("{name}: always a name in this study", name=entity.name))

    def action_join(self) -> None:
        """Say that it is the same as another."""
        item = self._meant_item()
        if item is None:
            return
        others = {
            one.key: one
            for one in self._here.all_items
            if one.key != item.key and not one.is_applied
            and (one.tier is Tier.LIKELY or one.is_stored)
        }  # fmt: skip
        choices = [
            Choice(key, one.entity.name, type_words(one.entity.type)) for key, one in others.items()
        ]

        def chosen(key: str | None) -> None:
            if key is None:
                return
            study, kept = self._here.study, others[key].entity
            joined = self._here.act(lambda: decisions.join_entities(study, item.entity, kept))
            if joined is not None:
                self._say(_("{name}: {words}", name=joined.name, words=", ".join(joined.aliases)))

        title = _("{name} is the same as …", name=item.entity.name)
        self._here.app.push_screen(ChoiceSheet(title, choices), chosen)

    def action_split(self) -> None:
        """Make one of its names somebody else."""
        item = self._meant_item()
        if item is None:
            return
        if len(item.entity.originals) == 1:
            self._say(_("It has one name alone"))
            return
        choices = [Choice(name, name) for name in item.entity.originals]

        def chosen(name: str | None) -> None:
            if name is not None:
                study = self._here.study
                self._here.act(lambda: decisions.split_off(study, item.entity, [name]))

        title = _("Which of its names is somebody else?")
        self._here.app.push_screen(ChoiceSheet(title, choices, typed=False), chosen)

    def action_change_type(self) -> None:
        """Say what kind of thing it is."""
        item = self._meant_item()
        if item is None:
            return

        def chosen(key: str | None) -> None:
            if key is not None:
                study, type_ = self._here.study, IdentifierType(key)
                self._here.act(lambda: decisions.give_type(study, item.entity, type_))

        self._ask_type(_("What is {name}?", name=item.entity.name), item.entity.type, chosen)

    def _ask_type(self, title: str, at: IdentifierType, chosen: object) -> None:
        choices = [Choice(str(type_), type_words(type_)) for type_ in TYPES]
        sheet = ChoiceSheet(title, choices, at=str(at), typed=False)
        self._here.app.push_screen(sheet, cast("None", chosen))

    def action_add(self) -> None:
        """Add words by hand; they become an entity with all its places."""
        hint = _("As they stand in the text, in their base form · Enter: next · Esc gives up")
        self._here.app.push_screen(LineSheet(_("Which words?"), "", hint), self._ask_type_of_new)

    def _ask_type_of_new(self, name: str | None) -> None:
        if not name:
            return

        def chosen(key: str | None) -> None:
            if key is not None:
                study, type_ = self._here.study, IdentifierType(key)
                made = self._here.act(lambda: decisions.add_by_hand(study, name, type_))
                if made is not None:
                    self._here.show_item(made.id)

        self._ask_type(_("What is {name}?", name=name), IdentifierType.PERSON, chosen)

    def action_take_back(self) -> None:
        """Take back what was decided."""
        item = self._meant_item()
        if item is not None and item.is_decided:
            study, entity = self._here.study, item.entity
            self._here.act(lambda: decisions.decide_about(study, entity, None))

    def action_accept_likely(self) -> None:
        """Take what is proposed for all likely ones, after the list of them was shown."""
        review = self._here.review
        open_ = [
            one
            for one in self._here.all_items
            if not one.is_decided and not one.is_applied and one.tier is Tier.LIKELY
        ]
        if not open_:
            self._say(_("Nothing likely waits for a decision"))
            return
        proposals = [(one.entity, *review.proposal(one.entity)) for one in open_]
        title = _n(
            "Decide about {n} likely name as proposed?",
            "Decide about {n} likely names as proposed?",
            len(proposals),
        )

        def taken(ids: list[str] | None) -> None:
            if not ids:
                return
            study = self._here.study
            wanted = [one for one in proposals if one[0].id in ids]
            done = self._here.act(lambda: decisions.decide_many(study, wanted))
            if done is not None:
                self._say(_n("{n} name is decided", "{n} names are decided", len(done)))

        listed = [(entity.id, entity.name, words) for entity, _action, words in proposals]
        self._here.app.push_screen(TakeSheet(title, listed), taken)

    def _ask_missed(self) -> None:
        if self._here.sampled is None:
            return

        def given(words: str | None) -> None:
            if words:
                self._here.answer_sample(missed=True)
                self._ask_type_of_new(words)

        hint = _("The words as they stand; they join the list and are replaced everywhere")
        self._here.app.push_screen(LineSheet(_("What was missed?"), "", hint), given)
