"""What is in the study, and what lacks."""

from __future__ import annotations

from dataclasses import dataclass

from kodebok.coding.quoting import check_quotes, spread_of_voices
from kodebok.coding.retrieval import SourceCoverage, load_coverage
from kodebok.domain.case import CaseKind
from kodebok.domain.method import profile_of
from kodebok.domain.note import NoteKind, Target
from kodebok.domain.project import Project
from kodebok.domain.source import SourceType
from kodebok.i18n import plural_translator, translator
from kodebok.paths import syncing_service
from kodebok.storage import cases, codes, notes, quotes, sources
from kodebok.storage.codings import load_codings
from kodebok.study.method_reminders import method_reminders
from kodebok.study.opening import Study

_ = translator("study")
_n = plural_translator("study")


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of a study, and sentences on what lacks.

    Attributes:
        words: Of all sources.
        read: Sources that the coder has read through.
        lacking: Sentences for the user, the most pressing first.
        syncing: Name of the service that copies the folder away, or None.
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
    lacking: tuple[str, ...]
    syncing: str | None
    coverage: tuple[SourceCoverage, ...]


def load_status(study: Study) -> Status:
    """The study's state for the coder who works in it."""
    store = study.store
    listed = sources.load_sources(store)
    reads = sources.load_reads(store)
    people = [case for case in cases.load_cases(store) if case.kind is CaseKind.PARTICIPANT]
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
        lacking=tuple(_lacking(study)),
        syncing=syncing_service(study.folder),
        coverage=tuple(load_coverage(store)),
    )


def _lacking(study: Study) -> list[str]:
    store = study.store
    listed = sources.load_sources(store)
    reads = sources.load_reads(store)
    service = syncing_service(study.folder)
    said = []
    if service:
        said.append(
            _(
                "the folder is copied away by {service}: move the study to a folder that is not",
                service=service,
            )
        )
    first = [_("no source yet: bring in a transcript")] if not listed else []
    if not len(codes.load_code_tree(store)):
        if profile_of(study.project().method).codebook_first.value:
            first.insert(0, _("no codebook yet: make it, or bring it in, before you read"))
        else:
            first.append(_("no code yet: make one while you read, or bring in a codebook"))
    said += first
    unread = [source for source in listed if study.coder.id not in reads.get(source.id, ())]
    if unread:
        said.append(
            _n("{n} source is not read through", "{n} sources are not read through", len(unread))
        )
    said += _lacking_memos(study)
    said += method_reminders(store)
    said += _lacking_quotes(study)
    return said


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
