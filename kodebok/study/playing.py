"""Playing and cutting out what a passage of a source sounds like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kodebok.anonymise.gate import ExportContent, ExportText, GateVerdict
from kodebok.coding.hearing import load_timeline
from kodebok.coding.naming import find_source
from kodebok.coding.quoting import find_quote
from kodebok.domain.recording import Recording, Stretch, WordTime
from kodebok.domain.span import Span
from kodebok.errors import ProtectionError, WrongUseError
from kodebok.export.write import write_export
from kodebok.i18n import translator
from kodebok.jobs.players import Player, open_player
from kodebok.storage import anonymisation, codings, recordings, sounding, sources
from kodebok.storage.database import Store
from kodebok.study.gating import study_gate
from kodebok.study.opening import Study
from kodebok.study.sound_files import sound_path
from kodebok.study.sound_in_key import told_place

_ = translator("study")

AROUND_MS = 150  # before and after a passage, so that its first and last sound are whole


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a source, to be played."""

    source_id: str
    span: Span


def find_passage(store: Store, typed: str) -> Passage:
    """A whole source by its name or id, else a chosen quote or a coding by its id or number.

    Raises:
        WrongUseError: None of them is called so.
    """
    try:
        source = find_source(store, typed)
    except WrongUseError as unknown_source:
        found = _coding(store, typed) or _quote(store, typed)
        if found is None:
            raise WrongUseError(
                _("no source, quote or coding has that name, number or id"),
                _("see 'kodebok sources' and 'kodebok quotes'"),
                "K521",
            ) from unknown_source
        return found
    return Passage(source.id, Span(0, len(sources.load_text(store, source.id))))


def _coding(store: Store, typed: str) -> Passage | None:
    ids = codings.find_coding_ids(store, typed) if len(typed) >= 4 else []  # noqa: PLR2004 - four signs name an id
    if len(ids) != 1:
        return None
    coding = codings.load_coding(store, ids[0])
    return Passage(coding.source_id, coding.span)


def _quote(store: Store, typed: str) -> Passage | None:
    try:
        quote = find_quote(store, typed)
    except WrongUseError:
        return None
    return Passage(quote.source_id, quote.span)


def recording_of(store: Store, source_id: str) -> Recording:
    """The recording that a source came of.

    Raises:
        WrongUseError: It did not come of sound.
    """
    made = {t.id: t.recording_id for t in recordings.load_transcriptions(store)}
    try:
        return recordings.load_recording(store, made[source_id])
    except KeyError:
        raise WrongUseError(
            _("the study has no sound for that source"),
            _("sound belongs to sources that 'kodebok transcribe' made"),
            "K522",
        ) from None


def stretch_of(store: Store, passage: Passage) -> Stretch:
    """When a passage is spoken, with a little around it.

    Raises:
        WrongUseError: Nothing is known of its time.
    """
    stretch = load_timeline(store, passage.source_id).stretch(passage.span)
    if stretch is None:
        raise WrongUseError(
            _("it is not known when that passage is spoken"),
            _("give the time with --from"),
            "K523",
        )
    return max(stretch[0] - AROUND_MS, 0), stretch[1] + AROUND_MS


def open_sound(study: Study, source_id: str, options: Sequence[str] = ()) -> Player:
    """A player for the sound of a source, standing still at its beginning.

    Args:
        study: The study.
        source_id: The source.
        options: More arguments for mpv, such as `--ao=null`.

    Raises:
        WrongUseError: There is no sound, or it was deleted.
        MissingComponentError: There is no program that plays it.
    """
    return open_player(
        sound_path(study.folder, told_place(study, recording_of(study.store, source_id))), options
    )


def muted_stretches(store: Store, passage: Passage) -> list[Stretch]:
    """When words sound in a passage that anonymisation has replaced."""
    line = load_timeline(store, passage.source_id)
    times = sounding.load_word_times(store, passage.source_id)
    muted = []
    for one in anonymisation.load_replacements(store, passage.source_id):
        span = Span(one.start, one.end)
        if not span.overlaps(passage.span):
            continue
        stretch = _spoken_at(times, span) or line.stretch(span)
        if stretch is not None:
            muted.append(stretch)
    return muted


def _spoken_at(times: Sequence[WordTime], span: Span) -> Stretch | None:
    """When the words sound that stood at a passage, those that were taken out there included."""
    words = [
        time
        for time in times
        if (time.start < span.end and time.end > span.start)
        or (time.start == time.end and span.start <= time.start <= span.end)
    ]
    return (min(w.start_ms for w in words), max(w.end_ms for w in words)) if words else None


def write_clip(
    study: Study,
    passage: Passage,
    path: Path,
    mute: Sequence[Stretch] = (),
    *,
    overwrite: bool = False,
) -> GateVerdict:
    """Cut a passage out of the sound: wav, ogg or mp3, by the ending of the file's name.

    Words that anonymisation has replaced are silenced, and so is what `mute` names. The gate is
    asked about the words of the passage as well as about the file.

    Args:
        study: The study.
        passage: What to cut out.
        path: Where to.
        mute: More stretches of the recording to silence, in milliseconds.
        overwrite: Whether a file of that name may be replaced.

    Raises:
        WrongUseError: No sound, no time, an ending that is not known, or a file that is there.
        ProtectionError: The gate stops it.
        MissingComponentError: PyAV is not installed.
    """
    from kodebok.study.clips import clip_bytes

    store = study.store
    recording = told_place(study, recording_of(store, passage.source_id))
    sound = sound_path(study.folder, recording)
    stretch = stretch_of(store, passage)
    silent = [*muted_stretches(store, passage), *mute]
    verdict = _ask_gate(study, passage, path)
    content = clip_bytes(sound, stretch, silent, path.suffix.lower().removeprefix("."))
    written = write_export(path, content, study_gate(study), kind="clip", overwrite=overwrite)
    return written if written.sentences else verdict


def _ask_gate(study: Study, passage: Passage, path: Path) -> GateVerdict:
    words = sources.load_text(study.store, passage.source_id)
    said = ExportText("sound", words[passage.span.start : passage.span.end])
    verdict = study_gate(study).check(ExportContent("clip", path.name, (said,)))
    if not verdict.passes:
        raise ProtectionError(
            _("the clip was stopped, because persons could be recognised in what is said"),
            "; ".join(verdict.sentences) or _("anonymise the passage, or mute it with --mute"),
            "K524",
        )
    return verdict
