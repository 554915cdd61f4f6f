"""The gate that a study's exports pass, by how far its anonymisation has come."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import suppress
from hashlib import blake2b

from kodebok.anonymise.allow_list import allow_list_with
from kodebok.anonymise.finders_version import finders_version
from kodebok.anonymise.gate import (
    ClosedGate,
    ExportContent,
    Gate,
    GateHit,
    GateVerdict,
    UnappliedGate,
)
from kodebok.anonymise.gate_names import GateKnowledge, NamesGate
from kodebok.anonymise.gate_undecided import Decided, undecided_names
from kodebok.domain.entity import Entity
from kodebok.domain.span import Span
from kodebok.errors import ProjectInUseError
from kodebok.i18n import translator
from kodebok.storage import anonymisation, entities, gate_memory, sources
from kodebok.storage.gate_memory import CleanLines, FoundSpan
from kodebok.storage.sealing import KeyPart
from kodebok.study.opening import Study
from kodebok.study.unlocking import has_key_file, unlock

_ = translator("study")

PASSPHRASE = "KODEBOK_PASSPHRASE"  # noqa: S105 - the name of the variable


def study_gate(
    study: Study, *, for_others: bool = False, passphrase: str | None = None, despite: str = ""
) -> Gate:
    """The gate for files that leave this study.

    Args:
        study: The study.
        for_others: Whether somebody else is to read the file: before anonymisation is applied, the
            gate then stops everything.
        passphrase: Opens the key; else `KODEBOK_PASSPHRASE`, else a key that is open already.
        despite: Why a file is to be written although the gate finds something; it is logged.

    Raises:
        WrongUseError: The passphrase is wrong.
        DamagedProjectError: The key is no key file.
    """
    if not anonymisation.is_applied(study.store):
        return ClosedGate(_not_applied()) if for_others else UnappliedGate()
    _open_key(study, passphrase)
    gate: Gate = _StudyGate(study)
    if study.wish.harmless:
        gate = _JudgedGate(study, study.wish.harmless)
    reason = (despite or study.wish.despite).strip()
    return _DespiteGate(study, gate, reason) if reason else gate


def needs_passphrase(study: Study) -> bool:
    """Whether the key must be opened before the gate can look for originals."""
    if study.key is not None or not anonymisation.is_applied(study.store):
        return False
    state = anonymisation.load_state(study.store)
    return not state.no_replacements and has_key_file(study)


def remember_harmless(study: Study, hits: Iterable[GateHit]) -> None:
    """Let the same words in the same place pass from now on."""
    with study.store.act("gate.harmless", study.coder.id) as act:
        gate_memory.add_harmless(act, (hit.context for hit in hits))


def _not_applied() -> str:
    return _("anonymise the study first: nothing is sent to others before that")


def _open_key(study: Study, passphrase: str | None) -> None:
    given = os.environ.get(PASSPHRASE) if passphrase is None else passphrase
    if given is not None and needs_passphrase(study):
        unlock(study, given)


class _StudyGate:
    """Looks for what the study's key and finders know, and keeps what it need not read again."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._gate: NamesGate | None = None
        self._lines = CleanLines("", b"")

    def check(self, content: ExportContent) -> GateVerdict:
        gate = self._ready()
        verdict = gate.check(content)
        if gate.clean - self._lines.digests:
            self._lines = CleanLines(self._lines.stamp, self._lines.salt, frozenset(gate.clean))
            with suppress(ProjectInUseError):
                gate_memory.keep_clean(self._study.store, self._lines)
        return verdict

    def _ready(self) -> NamesGate:
        if self._gate is not None:
            return self._gate
        study = self._study
        known = _knowledge(study)
        self._lines = gate_memory.load_clean(study.store, _stamp(study, known))
        remarks = () if known.originals is None or _knows_originals(study) else (_key_is_gone(),)
        self._gate = NamesGate(known, self._lines.salt, self._lines.digests, remarks)
        return self._gate


def _knows_originals(study: Study) -> bool:
    return study.key is not None and study.key.content.parts[KeyPart.REPLACEMENTS] is not None


def _key_is_gone() -> str:
    return _(
        "the key is gone, so names that it knew cannot be looked for: only the finders looked; "
        "read the file before you share it"
    )


def _knowledge(study: Study) -> GateKnowledge:
    store = study.store
    language = study.project().language
    known = entities.load_entities(store)
    if study.key is not None:
        kept = study.key.content.entities
        known = [kept.get(one.id, one) for one in known]
    originals = [one for one in known if one.action is not None and one.action.changes_text]
    decided = Decided(known, entities.load_rules(store), language)
    return GateKnowledge(
        None if needs_passphrase(study) else originals,
        _undecided(study, decided),
        gate_memory.load_harmless(store),
        language,
    )


def _undecided(study: Study, decided: Decided) -> list[Entity]:
    store = study.store
    replaced = defaultdict(list)
    for one in anonymisation.load_replacements(store):
        replaced[one.source_id].append(Span(one.start, one.end))
    found = _found_in_sources(study)
    texts = {source_id: sources.load_text(store, source_id) for source_id in found}
    allowed = allow_list_with(study.settings.table("allow"))
    likely = (
        (source_id, Span(one.start, one.end), one.type)
        for source_id, spans in found.items() for one in spans
        if not allowed.allows(texts[source_id][one.start : one.end], one.type)
    )  # fmt: skip
    return undecided_names(likely, texts, replaced, decided)


def _found_in_sources(study: Study) -> dict[str, list[FoundSpan]]:
    """What the finders are sure of, by source; only texts that changed are read again."""
    from kodebok.anonymise.study_texts import find_likely_in

    store = study.store
    versions = gate_memory.load_versions(store)
    finders = finders_version()
    found = gate_memory.load_found(store, finders)
    unread = frozenset(versions) - frozenset(found)
    if unread:
        fresh: dict[str, list[FoundSpan]] = {source_id: [] for source_id in unread}
        for source_id, one in find_likely_in(store, unread):
            fresh[source_id].append(FoundSpan(one.start, one.end, one.type))
        with suppress(ProjectInUseError):
            gate_memory.keep_found(store, finders, versions, fresh)
        found |= fresh
    return found


def _stamp(study: Study, known: GateKnowledge) -> str:
    """What lines were read with: the same while key, decisions and finders say the same."""
    state = anonymisation.load_state(study.store)
    told = [
        state.revision,
        state.no_replacements or not (has_key_file(study) or study.key is not None),
        gate_memory.last_decision(study.store),
        sorted(one.name for one in known.undecided),
        sorted(known.harmless),
        known.language,
        finders_version(),
    ]
    return blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()


class _JudgedGate:
    """Remembers places that the researcher judges harmless, by number, and looks again."""

    def __init__(self, study: Study, numbers: Collection[int]) -> None:
        self._study = study
        self._numbers = numbers

    def check(self, content: ExportContent) -> GateVerdict:
        verdict = _StudyGate(self._study).check(content)
        judged = [hit for n, hit in enumerate(verdict.hits, start=1) if n in self._numbers]
        if not judged:
            return verdict
        remember_harmless(self._study, judged)
        return _StudyGate(self._study).check(content)


class _DespiteGate:
    """Lets a file pass for a reason, which is logged before it does."""

    def __init__(self, study: Study, gate: Gate, reason: str) -> None:
        self._study = study
        self._gate = gate
        self._reason = reason

    def check(self, content: ExportContent) -> GateVerdict:
        verdict = self._gate.check(content)
        if verdict.passes:
            return verdict
        with self._study.store.act("gate.despite", self._study.coder.id) as act:
            gate_memory.add_reason(act, content.kind, len(verdict.hits), self._reason)
        said = _("written all the same, for the reason that you gave; it is in the history")
        return GateVerdict(True, (*verdict.sentences, said), verdict.places, verdict.hits)
