"""Where a coder was last: the source, and the offset in each. Ids alone, outside the study."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from kodebok.paths import user_state_dir

_FILE_NAME = "places.json"


@dataclass(slots=True)
class Place:
    """The source that was open, and the offset of the cursor in each source by its id."""

    source_id: str | None = None
    offsets: dict[str, int] = field(default_factory=dict)


def load_place(project_id: str, coder_id: str) -> Place:
    """Where the coder was; nowhere when that is not known."""
    kept = _read().get(f"{project_id}/{coder_id}")
    if not isinstance(kept, dict):
        return Place()
    offsets = kept.get("offsets")
    source_id = kept.get("source")
    return Place(
        source_id if isinstance(source_id, str) else None,
        {str(k): v for k, v in offsets.items() if isinstance(v, int)}
        if isinstance(offsets, dict)
        else {},
    )


def save_place(project_id: str, coder_id: str, place: Place) -> None:
    """Keep where the coder is. A folder that cannot be written to is passed over in silence."""
    kept = {
        **_read(),
        f"{project_id}/{coder_id}": {"source": place.source_id, "offsets": place.offsets},
    }
    folder = user_state_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{_FILE_NAME}"
        unfinished.write_text(json.dumps(kept), encoding="utf-8")
        unfinished.replace(folder / _FILE_NAME)
    except OSError:
        return


def _read() -> dict[str, Any]:
    try:
        kept = json.loads((user_state_dir() / _FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
