"""What is in the study, and what lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kodebok.coding.quoting import check_quotes, spread_of_voices
from kodebok.coding.retrieval import SourceCoverage, load_coverage
from kodebok.domain.card import EndState, end_state
from kodebok.domain.case import CaseKind
from kodebok.domain.method import profile_of
from kodebok.domain.note import NoteKind, Target
from kodebok.domain.project import Project
from kodebok.domain.recording import RecordingState
from kodebok.domain.source import SourceType
from kodebok.i18n import plural_translator, translator
from kodebok.paths import syncing_service
from kodebok.storage import cases, codes, notes, quotes, sources
from kodebok.storage.codings import load_codings
from kodebok.storage.history import has_kind
from kodebok.study.anonymising_state import load_anonymity
from kodebok.study.backup import backup_reminder
from kodebok.study.card import (
    date_warnings,
    lacking_words,
    load_card,
    local_today,
    place_warnings,
    syncing_words,
)
from kodebok.study.consent import consent_warnings, lacking_consents
from kodebok.study.machine import Disk, DiskState
from kodebok.study.method_reminders import method_reminders
from kodebok.study.opening import Study
from kodebok.study.recorded import list_recordings
from kodebok.study.review_reminders import review_reminders

_ = translator("study")
_n = plural_translator("study")

EXAMPLE_KIND = "project.example"


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of a study, and sentences on what lacks.

    Attributes:
        words: Of all sources.
        read: Sources that the coder has read through.
        warnings: Sentences on what cannot wait, the most pressing first.
        lacking: Sentences on what else lacks, the most pressing first.
        syncing: Name of the service that copies the folder away, or None.
        anonymity: The state of the text: pseudonymised, or not.
        disk: Whether the disk is encrypted; None when that was not asked.
    """

    project: Project
    coder: str
    sources: int
    words: int
    cases: int
    codes: int
    codings: int
    quotes: int
    memos: int
    read: int
    warnings: tuple[str, ...]
    lacking: tuple[str, ...]
    syncing: str | None
    disk: Disk | None
    anonymity: str
    coverage: tuple[SourceCoverage, ...]


def load_status(study: Study, *, disk: Disk | None = None) -> Status:
    """The study's state for the coder who works in it.

    Args:
        study: The open study.
        disk: What `machine.disk_of` says of its folder; asking may take a second, so the caller
            says when.
    """
    store = study.store
    listed = sources.load_sources(store)
    reads = sources.load_reads(store)
    people = [case for case in cases.load_cases(store) if case.kind is CaseKind.PARTICIPANT]
    anonymity = load_anonymity(study)
    read = sum(study.coder.id in reads.get(source.id, ()) for source in listed)
    return Status(
        project=study.project(),
        coder=study.coder.name,
        sources=len(listed),
        words=sum(source.words for source in listed),
        cases=len(people),
        codes=len(codes.load_code_tree(store)),
        codings=len(load_codings(store)),
        quotes=len(quotes.load_quotes(store)),
        memos=len(notes.load_notes(store)),
        read=read,
        warnings=tuple(_warnings(study, disk)),
        lacking=(*anonymity.unfinished, *_lacking(study)),
        syncing=syncing_service(study.folder),
        disk=disk,
        anonymity=anonymity.sentence,
        coverage=tuple(load_coverage(store)),
    )


def _warnings(study: Study, disk: Disk | None) -> list[str]:
    """What cannot wait; nothing of the example study, in which all are invented."""
    if has_kind(study.store, EXAMPLE_KIND):
        return _syncing_warning(study)
    today, card = local_today(), load_card(study)
    said = date_warnings(card, today) if end_state(card, today) is EndState.PASSED else []
    said += _syncing_warning(study)
    said += place_warnings(card, study.folder)
    said += consent_warnings(study, today)
    if disk is not None and disk.state is DiskState.OPEN:
        said.append(
            _(
                "the disk is not encrypted: turn on {system} before you bring in more",
                system=disk.by,
            )
        )
    if end_state(card, today) is EndState.NEAR:
        said += date_warnings(card, today)
    return said


def _syncing_warning(study: Study) -> list[str]:
    service = syncing_service(study.folder)
    return [syncing_words(service)] if service else []


def _lacking(study: Study) -> list[str]:
    said = _lacking_material(study) + _lacking_sound(study)
    is_example = has_kind(study.store, EXAMPLE_KIND)
    if not is_example and sources.load_sources(study.store):
        said += lacking_consents(study)
        said += [words for words in (lacking_words(load_card(study)),) if words]
    said += _lacking_memos(study)
    said += review_reminders(study.store, local_today())
    said += method_reminders(study.store)
    said += _lacking_quotes(study)
    reminder = "" if is_example else backup_reminder(study, datetime.now(UTC))
    return [*said, reminder] if reminder else said


def _lacking_material(study: Study) -> list[str]:
    store = study.store
    listed = sources.load_sources(store)
    reads = sources.load_reads(store)
    said = [_("no source yet: bring in a transcript")] if not listed else []
    if not len(codes.load_code_tree(store)):
        if profile_of(study.project().method).codebook_first.value:
            said.insert(0, _("no codebook yet: make it, or bring it in, before you read"))
        else:
            said.append(_("no code yet: make one while you read, or bring in a codebook"))
    unread = [source for source in listed if study.coder.id not in reads.get(source.id, ())]
    if unread:
        said.append(
            _n("{n} source is not read through", "{n} sources are not read through", len(unread))
        )
    return said


def _lacking_sound(study: Study) -> list[str]:
    unfinished = {RecordingState.WAITING, RecordingState.BEGUN, RecordingState.HEARD}
    n = sum(known.state in unfinished for known in list_recordings(study.store))
    if not n:
        return []
    return [
        _n(
            "{n} recording is not transcribed to the end: go on with 'kodebok transcribe --resume'",
            "{n} recordings are not transcribed to the end: go on with "
            "'kodebok transcribe --resume'",
            n,
        )
    ]


def _lacking_memos(study: Study) -> list[str]:
    interviews = {
        source.id
        for source in sources.load_sources(study.store)
        if source.type in {SourceType.INTERVIEW, SourceType.GROUP}
    }
    written = {
        note.target_id
        for note in notes.load_notes(study.store, Target.SOURCE)
        if note.kind is NoteKind.FIRST_IMPRESSION
    }
    without = len(interviews - written)
    if not without:
        return []
    return [
        _n(
            "{n} interview has no first impression",
            "{n} interviews have no first impression",
            without,
        )
    ]


def _lacking_quotes(study: Study) -> list[str]:
    checks = check_quotes(study.store)
    drifted = sum(check.drifted for check in checks)
    said = []
    if drifted:
        said.append(
            _n(
                "{n} quote no longer has its source's words",
                "{n} quotes no longer have their source's words",
                drifted,
            )
        )
    names = {
        case.id: case.name
        for case in cases.load_cases(study.store)
        if case.kind is CaseKind.PARTICIPANT
    }
    quoted = [
        sources.load_voice_at(study.store, check.quote.source_id, check.quote.start).case_id
        for check in checks
    ]
    voices = [names[case_id] for case_id in quoted if case_id in names]
    dominant = spread_of_voices(voices, names.values()).dominant
    if dominant:
        said.append(_("{name} has many of the quotes: look for other voices", name=dominant))
    return said
