"""`kodebok check`: whether the file says what it should, and how to mend it if not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kodebok.domain.event import GENESIS, chain_hash, payload_digest
from kodebok.domain.text import canonicalise, count_words
from kodebok.i18n import translator
from kodebok.storage.database import Store
from kodebok.storage.sources import load_sources, load_text, load_turns

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
        *_check_texts(store),
        *_check_codings(store),
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
        if text is not None and payload_digest(salt, text) != digest:
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


def _check_texts(store: Store) -> Iterator[Fault]:
    for source in load_sources(store):
        text = load_text(store, source.id)
        turns = load_turns(store, source.id)
        joined = "\n".join(text[turn.start : turn.end] for turn in turns)
        if joined != text:
            yield Fault(
                "turns",
                source.id,
                _("the turns of a source do not make up its text"),
                _("take the newest file from the folder 'copies', and name it kodebok.db"),
            )
        if canonicalise(text) != text or count_words(text) != source.words:
            yield Fault(
                "text",
                source.id,
                _("the text of a source was changed outside kodebok"),
                _("take the newest file from the folder 'copies', and name it kodebok.db"),
            )


def _check_codings(store: Store) -> Iterator[Fault]:
    texts = {row[0]: row[1] for row in store.rows("SELECT id, text FROM texts")}
    for coding_id, source_id, start, end, words in store.rows(
        'SELECT id, source_id, "start", "end", text FROM codings'
    ):
        text = texts.get(source_id, "")
        if not 0 <= start < end <= len(text) or text[start:end] != words:
            yield Fault(
                "coding",
                coding_id,
                _("a coding does not stand on its words"),
                _("remove it with 'kodebok uncode' and code the passage again"),
            )


def _check_index(store: Store) -> Iterator[Fault]:
    texts = {row[0]: row[1] for row in store.rows("SELECT id, text FROM texts")}
    indexed = dict(store.rows("SELECT rowid, text FROM search"))
    wrong = 0
    for turn_id, source_id, start, end in store.rows(
        'SELECT id, source_id, "start", "end" FROM turns'
    ):
        if indexed.pop(turn_id, None) != texts[source_id][start:end]:
            wrong += 1
    if wrong or indexed:
        yield Fault(
            "index",
            "",
            _("the search index does not follow the text"),
            _("build it anew with 'kodebok check --mend'"),
        )


def rebuild_index(store: Store) -> None:
    """Build the search index anew from the texts."""
    with store.transaction():
        store.db.conn.execute("DELETE FROM search")
        for source in load_sources(store):
            text = load_text(store, source.id)
            store.db.conn.executemany(
                "INSERT INTO search (rowid, text) VALUES (?, ?)",
                ((turn.id, text[turn.start : turn.end]) for turn in load_turns(store, source.id)),
            )
