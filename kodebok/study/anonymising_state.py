"""How anonymous a study's text is, in the words that every screen and file uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kodebok.i18n import plural_translator, translator
from kodebok.storage import anonymisation, entities
from kodebok.storage.anonymisation import AnonymisationState
from kodebok.storage.scrubbing import is_pending
from kodebok.study.anonymising_files import open_leftovers
from kodebok.study.opening import Study

_ = translator("study")
_n = plural_translator("study")

_SOUND_FOLDER = "audio"


@dataclass(frozen=True, slots=True)
class AnonymityReport:
    """How far a study has come.

    Attributes:
        sentence: The state of the text.
        unfinished: Sentences on what is still to be done; empty when nothing is.
    """

    sentence: str
    unfinished: tuple[str, ...] = ()


def state_sentence(state: AnonymisationState, *, has_sound: bool) -> str:
    """The state of a study's text: pseudonymised as long as there is a key, or sound.

    Args:
        state: How far the anonymisation has come.
        has_sound: Whether recordings are there still.
    """
    if not state.is_applied:
        return _("not anonymised")
    if not state.no_replacements or not state.no_persons:
        return _("pseudonymised (de-identified)")
    if has_sound:
        return _("pseudonymised (de-identified): the key is deleted, but there is sound still")
    return _("the key is deleted; anonymous only after re-identification has been assessed")


def has_sound(study: Study) -> bool:
    """Whether there are recordings, in the project's folder or elsewhere."""
    folder = study.folder / _SOUND_FOLDER
    in_folder = folder.is_dir() and any(path.is_file() for path in folder.rglob("*"))
    return in_folder or anonymisation.knows_sound(study.store)


def load_anonymity(study: Study) -> AnonymityReport:
    """The state and what is unfinished; needs no passphrase."""
    state = anonymisation.load_state(study.store)
    sentence = state_sentence(state, has_sound=has_sound(study))
    return AnonymityReport(sentence, tuple(_unfinished(study, state)))


def _unfinished(study: Study, state: AnonymisationState) -> Iterator[str]:
    if is_pending(study.store):
        yield _("anonymisation is not finished: close other windows, and open the study again")
    undecided = sum(one.action is None for one in entities.load_entities(study.store))
    if undecided:
        yield _n("{n} name waits for a decision", "{n} names wait for a decision", undecided)
    if not state.is_applied:
        return
    late = len(anonymisation.sources_not_applied(study.store))
    if late:
        yield _n(
            "anonymisation is not applied to {n} source yet, as it now is",
            "anonymisation is not applied to {n} sources yet, as they now are",
            late,
        )
    applied = entities.load_applied_ids(study.store)
    waiting = sum(
        one.id not in applied and one.action is not None and one.action.changes_text
        for one in entities.load_entities(study.store)
    )
    if waiting:
        yield _n("{n} decision is not applied yet", "{n} decisions are not applied yet", waiting)
    for one in open_leftovers(study):
        yield _(
            "anonymisation is not finished: originals stand in {file}; keep or delete it",
            file=_shown(study.folder, one.path),
        )


def _shown(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()
