"""What left the study: noted when a file is made, and to whom it went when that is known."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kodebok.domain.departure import Departure, Recipient
from kodebok.domain.ids import new_id, now
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator
from kodebok.storage import departures
from kodebok.study.opening import Study

_ = translator("study")

RECIPIENTS = {
    Recipient.SELF: mark("the student alone"),
    Recipient.SUPERVISOR: mark("the supervisor"),
    Recipient.CO_CODER: mark("a second coder"),
    Recipient.PARTICIPANT: mark("a participant"),
    Recipient.EXAMINER: mark("the examiner"),
    Recipient.ARCHIVE: mark("an archive"),
    Recipient.OTHER: mark("someone else"),
}


def log_export(
    study: Study, path: Path, kind: str, content: bytes, recipient: Recipient | None = None
) -> Departure:
    """Note that a file of the study was written; undo passes such notes by.

    Args:
        study: The open study.
        path: The file; its last part is kept.
        kind: Kind of export, such as `word` or `review`.
        content: Its bytes, of which the digest is kept.
        recipient: To whom it went, when that is known.
    """
    digest = hashlib.sha256(content).hexdigest()
    made = Departure(new_id(), str(kind), path.name, digest, len(content), now(), recipient)
    with study.store.act("export.made", study.coder.id, made.id) as act:
        departures.add_departure(act, made)
    return made


def note_recipient(study: Study, file_name: str, recipient: Recipient) -> Departure:
    """Note to whom the newest file of that name went.

    Raises:
        WrongUseError: K558, no file of that name was made.
    """
    wanted = Path(file_name).name
    found = [item for item in departures.load_departures(study.store) if item.file_name == wanted]
    if not found:
        raise WrongUseError(
            _("no file of that name was made of this study"),
            _("see 'kodebok privacy' for what left it"),
            "K558",
        )
    with study.store.act("export.sent", study.coder.id, found[-1].id) as act:
        departures.change_recipient(act, found[-1].id, recipient)
    return found[-1]
