"""What was done with a study's data by machine, in counts: nothing here is anyone's words."""

from __future__ import annotations

from dataclasses import dataclass

from kodebok.storage.database import Store


@dataclass(frozen=True, slots=True)
class Processed:
    """Counts of what ran.

    Attributes:
        engines: Program, model and checksum of each recognition of speech that a source came of.
        recordings: Sound files that were taken in.
        sounds_left: How many of them are not deleted yet.
        applied_at: When anonymisation was applied last (UTC), or empty.
        replaced: Places replaced, by the type of what stood there.
        is_key_destroyed: Whether nothing of the key is left.
        suggestion_runs: How often suggestions were computed, by kind.
    """

    engines: tuple[str, ...]
    recordings: int
    sounds_left: int
    applied_at: str
    replaced: tuple[tuple[str, int], ...]
    is_key_destroyed: bool
    suggestion_runs: tuple[tuple[str, int], ...]


def load_processed(store: Store) -> Processed:
    """What ran in this study."""
    recorded = store.rows("SELECT count(*), sum(deleted_at = '') FROM recordings")[0]
    state = store.row("SELECT at, is_applied, no_replacements, no_persons FROM anonymisation")
    at, is_applied, no_replacements, no_persons = state or ("", 0, 0, 0)
    return Processed(
        engines=tuple(
            row[0] for row in store.rows("SELECT DISTINCT engine FROM transcriptions ORDER BY 1")
        ),
        recordings=recorded[0],
        sounds_left=recorded[1] or 0,
        applied_at=at if is_applied else "",
        replaced=tuple(
            store.rows(
                "SELECT e.type, count(*) FROM replacements r JOIN entities e ON e.id = r.entity_id "
                "GROUP BY e.type ORDER BY e.type"
            )
        ),
        is_key_destroyed=bool(no_replacements and no_persons),
        suggestion_runs=tuple(
            store.rows("SELECT kind, count(*) FROM suggestion_runs GROUP BY kind ORDER BY kind")
        ),
    )
