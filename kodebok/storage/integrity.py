"""`kodebok check`: whether the file says what it should, and how to mend it if not."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from kodebok.domain.event import GENESIS, chain_hash, payload_digest
from kodebok.domain.source import Turn
from kodebok.domain.text import canonicalise, count_words
from kodebok.i18n import translator
from kodebok.storage.act_kinds import DONE, FINAL, FINAL_KINDS, GONE, LOG_KINDS, UNDONE
from kodebok.storage.codes import load_code_tree
from kodebok.storage.database import Store, own_error
from kodebok.storage.schema import SEARCH_TABLE
from kodebok.storage.sources import load_sources, load_text, load_turns
from kodebok.storage.text_edits import index_turns

_ = translator("storage")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be.

    Attributes:
        kind: Stable name of the check that failed.
        subject: Id of the row; never a text.
        message: What is wrong, translated.
        remedy: How to mend it, translated.
    """

    kind: str
    subject: str
    message: str
    remedy: str


def check_store(store: Store) -> list[Fault]:
    """Every check, in the order in which the faults should be mended."""
    faults = list(_check_file(store))
    if faults:
        return faults
    return [
        *_check_chain(store),
        *_check_undone(store),
        *_check_taken(store),
        *_check_texts(store),
        *_check_codings(store),
        *_check_verdicts(store),
        *_check_anchors(store),
        *_check_memos(store),
        *_check_codebook(store),
        *_check_index(store),
    ]


def _check_file(store: Store) -> Iterator[Fault]:
    verdicts = [row[0] for row in store.rows("PRAGMA integrity_check(20)")]
    if verdicts != ["ok"]:
        yield Fault(
            "file",
            "",
            _("the project file is damaged"),
            _("take the newest file from the folder 'copies', and name it kodebok.db"),
        )
    for table, row_id, parent, _number in store.rows("PRAGMA foreign_key_check"):
        yield Fault(
            "foreign-key",
            f"{table}:{row_id}",
            _("a row points to one in {table} that is not there", table=parent),
            _("take the newest file from the folder 'copies', and name it kodebok.db"),
        )


def _check_chain(store: Store) -> Iterator[Fault]:
    digests: dict[int, list[str]] = {}
    for seq, number, salt, text, digest in store.rows(
        "SELECT seq, number, salt, text, digest FROM payloads ORDER BY seq, number"
    ):
        digests.setdefault(seq, []).append(digest)
        if text is not None and (salt is None or payload_digest(salt, text) != digest):
            yield Fault(
                "payload",
                f"{seq}:{number}",
                _("a text in the history was changed afterwards"),
                _("compare with a copy; the study itself is whole"),
            )
    previous, expected = GENESIS, 1
    for seq, body, stored in store.rows("SELECT seq, body, hash FROM events ORDER BY seq"):
        if seq != expected or stored != chain_hash(previous, body, "".join(digests.get(seq, ()))):
            yield Fault(
                "chain",
                str(seq),
                _("the history was changed or cut at act {seq}", seq=seq),
                _("compare with a copy; the study itself is whole"),
            )
        previous, expected = stored, seq + 1


def _check_undone(store: Store) -> Iterator[Fault]:
    """Whether each act stands done or undone as the chain tells it."""
    told: dict[int, int] = {}
    undone: set[int] = set()
    for seq, body in store.rows("SELECT seq, body FROM events ORDER BY seq"):
        event = json.loads(body)
        target = event.get("target")
        told[seq] = FINAL if event["kind"] in FINAL_KINDS else DONE
        if target is not None and event["kind"] in {"undo", "redo"}:
            told[target] = UNDONE if event["kind"] == "undo" else DONE
            undone = undone | {target} if event["kind"] == "undo" else undone - {target}
        elif event.get("changes") and event["kind"] not in LOG_KINDS:
            told.update(dict.fromkeys(undone, GONE))
            undone = set()
    for seq, stored in store.rows("SELECT seq, undone FROM events ORDER BY seq"):
        if stored != told[seq]:
            yield Fault(
                "undone",
                str(seq),
                _("the history does not agree on whether act {seq} is undone", seq=seq),
                _("compare with a copy; the study itself is whole"),
            )


def _check_taken(store: Store) -> Iterator[Fault]:
    """Whether the acts of other copies stand as they came."""
    for number, body, digests, previous, stored in store.rows(
        "SELECT id, body, digests, previous, hash FROM merged_events ORDER BY id"
    ):
        if stored != chain_hash(previous or GENESIS, body, digests):
            yield Fault(
                "taken",
                str(number),
                _("an act that came from another copy was changed afterwards"),
                _("compare with a copy; the study itself is whole"),
            )


def _check_texts(store: Store) -> Iterator[Fault]:
    texts = {row[0] for row in store.rows("SELECT id FROM texts")}
    for source in load_sources(store):
        text = load_text(store, source.id) if source.id in texts else ""
        if not _turns_make_up(text, load_turns(store, source.id)):
            yield Fault(
                "turns",
                source.id,
                _("the turns of a source do not make up its text"),
                _("take the newest file from the folder 'copies', and name it kodebok.db"),
            )
        if (
            source.id not in texts
            or canonicalise(text) != text
            or count_words(text) != source.words
        ):
            yield Fault(
                "text",
                source.id,
                _("the text of a source was changed outside kodebok"),
                _("take the newest file from the folder 'copies', and name it kodebok.db"),
            )


def _turns_make_up(text: str, turns: list[Turn]) -> bool:
    """Whether the turns, with one line end between two, are the whole text."""
    expected = 0
    for turn in turns:
        if turn.start != expected or turn.end < turn.start:
            return False
        if turn.end < len(text) and text[turn.end] != "\n":
            return False
        expected = turn.end + 1
    return expected == (len(text) + 1 if turns else len(text))


def _check_codings(store: Store) -> Iterator[Fault]:
    texts = _Texts(store)
    for coding_id, source_id, start, end, words in store.rows(
        'SELECT id, source_id, "start", "end", text FROM codings ORDER BY source_id'
    ):
        text = texts.of(source_id)
        if not 0 <= start < end <= len(text) or text[start:end] != words:
            yield Fault(
                "coding",
                coding_id,
                _("a coding does not stand on its words"),
                _("remove it with 'kodebok uncode' and code the passage again"),
            )


def _check_verdicts(store: Store) -> Iterator[Fault]:
    """Whether each coding that began as a suggestion was accepted by its coder."""
    for (coding_id,) in store.rows(
        "SELECT id FROM codings c WHERE origin = 'suggestion' AND NOT EXISTS (SELECT 1 "
        "FROM verdicts WHERE coding_id = c.id AND coder_id = c.coder_id AND verdict = 'accepted')"
    ):
        yield Fault(
            "verdict",
            coding_id,
            _("a coding that began as a suggestion was never accepted"),
            _("remove it with 'kodebok uncode' and code the passage again"),
        )


class _Texts:
    """Texts for rows that come source by source: one is held at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._source_id = ""
        self._text = ""

    def of(self, source_id: str) -> str:
        if source_id != self._source_id:
            found = self._store.row("SELECT text FROM texts WHERE id = ?", [source_id])
            self._source_id, self._text = source_id, found[0] if found else ""
        return self._text


# Tables whose rows may stand on an empty passage, with the column of the source's id.
_ANCHORED = (
    ("replacements", "source_id"),
    ("quotes", "source_id"),
    ("notes", "target_id"),
    ("wonderings", "source_id"),
    ("word_times", "source_id"),
    ("heard", "source_id"),
    ("marks", "source_id"),
)


def _check_anchors(store: Store) -> Iterator[Fault]:
    outside = " UNION ALL ".join(
        f"SELECT a.id FROM {table} a JOIN texts t ON t.id = a.{owner} WHERE NOT "
        '(0 <= a."start" AND a."start" <= a."end" AND a."end" <= length(t.text))'
        for table, owner in _ANCHORED
    )
    for (row_id,) in store.rows(outside):
        yield Fault(
            "anchor",
            str(row_id),
            _("a quote or a memo points outside its text"),
            _("remove it, and choose the passage again"),
        )


def _check_memos(store: Store) -> Iterator[Fault]:
    things = ("project", "sources", "codes", "codings", "cases", "themes")
    known = " UNION ALL ".join(f"SELECT id FROM {table}" for table in things)
    for (note_id,) in store.rows(
        f"SELECT id FROM notes WHERE target_id IS NOT NULL AND target_id NOT IN ({known})"
    ):
        yield Fault(
            "memo",
            note_id,
            _("a memo is about something that is no longer there"),
            _("read it with 'kodebok memo', and write it anew where it belongs"),
        )


def _check_codebook(store: Store) -> Iterator[Fault]:
    tree = load_code_tree(store)
    reached = {code.id for code in tree}
    for (code_id,) in store.rows("SELECT id FROM codes ORDER BY id"):
        if code_id not in reached:
            yield Fault(
                "circle",
                code_id,
                _("codes stand under each other in a circle"),
                _("take the newest file from the folder 'copies', and name it kodebok.db"),
            )


def _check_index(store: Store) -> Iterator[Fault]:
    if _index_is_whole(store) and _index_follows_texts(store):
        return
    yield Fault(
        "index",
        "",
        _("the search index does not follow the text"),
        _("build it anew with 'kodebok check --mend'"),
    )


def _index_is_whole(store: Store) -> bool:
    """Whether the index knows the words of its own texts, as FTS5 itself checks it."""
    try:
        store.db.conn.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            return False
        raise own_error(error) from error
    return True


def _index_follows_texts(store: Store) -> bool:
    texts = _Texts(store)
    for (source_id,) in store.rows("SELECT id FROM sources"):
        text = texts.of(source_id)
        for start, end, indexed in store.rows(
            'SELECT t."start", t."end", f.text FROM turns t LEFT JOIN search f ON f.rowid = t.id '
            "WHERE t.source_id = ?",
            [source_id],
        ):
            if indexed != text[start:end]:
                return False
    lost = store.rows("SELECT count(*) FROM search WHERE rowid NOT IN (SELECT id FROM turns)")
    return bool(lost[0][0] == 0)


def rebuild_index(store: Store) -> None:
    """Build the search index anew from the texts; nothing of the old one is left."""
    with store.transaction():
        store.db.conn.execute("DROP TABLE search")
        store.db.conn.execute(SEARCH_TABLE)
        index_turns(
            store,
            store.rows('SELECT id, source_id, "start", "end" FROM turns ORDER BY source_id, id'),
        )
