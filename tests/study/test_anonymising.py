"""Names are replaced everywhere, are gone from the disk, and come back to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.domain.note import Target
from kodebok.storage import anonymisation, encrypted, sources
from kodebok.storage.history import undo
from kodebok.storage.integrity import check_store
from kodebok.study.anonymising_apply import apply_anonymisation
from kodebok.study.anonymising_restore import restore_originals
from kodebok.study.opening import Study
from kodebok.study.unlocking import unlock
from tests.builders import (
    add_code,
    add_interview,
    choose_quote,
    code_passage,
    correct,
    state_of,
    write_memo,
)
from tests.study.anonymised import (
    PASSPHRASE,
    add_entity,
    new_study,
    opened_again,
    quick_decrypt,
    quick_encrypt,
    traces_of,
)

TEXT = """\
I: Hvem er leder her?
R: Det er Solfrid Bakkemo. Solfrid har vært her lenge, og Solfrids kontor er i Namsos.
I: Hva sier Solfrid?
R: Hun sier lite."""


@pytest.fixture(autouse=True)
def key_that_opens_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "user-data"))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with new_study(tmp_path / "study") as made:
        add_interview(made.store, TEXT, "Intervju med Solfrid")
        add_entity(made, "Solfrid Bakkemo", "Gunn Lillevik", "Solfrid")
        yield made


def text_of(study: Study) -> str:
    return sources.load_text(study.store, sources.load_sources(study.store)[0].id)


def test_a_name_is_replaced_wherever_it_stands_and_gone_from_the_disk(study: Study) -> None:
    write_memo(study.store, "Solfrid virket handlekraftig.", Target.PROJECT)
    before = text_of(study)
    done = apply_anonymisation(study, unlock(study, PASSPHRASE))
    assert done.is_scrubbed
    assert "Det er Gunn Lillevik. Gunn har vært her lenge, og Gunns kontor" in text_of(study)
    assert done.mentions == 4
    assert check_store(study.store) == []
    assert traces_of(study.folder, "Solfrid", "Bakkemo") == []
    restore_originals(study, unlock(study, PASSPHRASE))
    assert text_of(study) == before


def test_restore_takes_the_apply_back_and_older_acts_can_be_undone(study: Study) -> None:
    source_id = sources.load_sources(study.store)[0].id
    code_passage(study.store, source_id, add_code(study.store, "Ledelse"), "er Solfrid")
    choose_quote(study.store, source_id, "Solfrids kontor")
    before = state_of(study.store)
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    with opened_again(study) as again:
        done = restore_originals(again, unlock(again, PASSPHRASE))
        assert done.is_undone
        assert state_of(again.store) == before
        assert check_store(again.store) == []
        undo(again.store, again.coder.id)
        undo(again.store, again.coder.id)


def test_what_was_done_since_stays_when_originals_are_put_back(study: Study) -> None:
    source_id = sources.load_sources(study.store)[0].id
    before = text_of(study)
    apply_anonymisation(study, unlock(study, PASSPHRASE))
    correct(study.store, source_id, "lenge", "svært lenge")
    coding_id = code_passage(
        study.store, source_id, add_code(study.store, "Ledelse"), "Gunns kontor"
    )
    done = restore_originals(study, unlock(study, PASSPHRASE))
    assert not done.is_undone
    assert text_of(study) == before.replace("lenge", "svært lenge")
    words = study.store.rows("SELECT text FROM codings WHERE id = ?", [coding_id])[0][0]
    assert words == "Solfrids kontor"
    assert check_store(study.store) == []
    assert not anonymisation.is_applied(study.store)
