"""The anonymising screen, driven as a user does: find, decide, look, replace, put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.domain.entity import Action, Rule
from kodebok.domain.identifier import IdentifierType, Tier
from kodebok.storage import anonymisation, encrypted, entities, sources
from kodebok.study.exporting import ExportKind, ExportOptions, run_export
from kodebok.study.opening import Study, open_study
from kodebok.study.unlocking import has_key_file
from kodebok.tui.screens import anonymise_replacing as replacing
from tests import builders
from tests.study.anonymised import PASSPHRASE, quick_decrypt, quick_encrypt, traces_of
from tests.tui.piloting import opened, press, seen, told, until, write

WORDS = """\
I: Hvem leder avdelingen?
R: Det gjør Zebrahild Kvistebakk. Zebrahilds kontor er i andre etasje.
I: Hvem ellers?
R: Zebrahild og jeg. Ring 98 76 54 32 om det haster."""


@pytest.fixture(autouse=True)
def quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted, "encrypt", quick_encrypt)
    monkeypatch.setattr(encrypted, "decrypt", quick_decrypt)
    monkeypatch.delenv("KODEBOK_PASSPHRASE", raising=False)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    with builders.make_store(tmp_path / "studie", title="Én kommune") as store:
        builders.add_interview(store, WORDS, "I1", case="Informant 1")
    return open_study(tmp_path / "studie")


def text_of(study: Study) -> str:
    return sources.load_text(study.store, sources.load_sources(study.store)[0].id)


async def find(pilot) -> None:
    await press(pilot, "ctrl+n", "f")
    await until(pilot, lambda: pilot.app.screen.review.found is not None)
    await pilot.pause()


async def go_to(pilot, name: str) -> None:
    screen = pilot.app.screen
    key = next(one.key for one in screen.all_items if one.entity.name == name)
    screen.rows.go_to(key)
    await pilot.pause()


async def test_it_says_what_the_key_is_before_anything_is_looked_for(
    study: Study, tmp_path: Path
) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+n")
        assert "Koblingsnøkkelen er en fil" in seen(pilot)
        assert "Den kommer til å ligge her" in seen(pilot)
        assert "ikke anonymisert" in seen(pilot)


async def test_find_decide_replace_export_and_back(study: Study, tmp_path: Path) -> None:
    before = text_of(study)
    async with opened(study, tmp_path) as pilot:
        await find(pilot)
        await go_to(pilot, "Zebrahild Kvistebakk")
        assert "Zebrahilds kontor er i andre etasje" in seen(pilot)
        await press(pilot, "e", *["backspace"] * 40)
        await write(pilot, "Gunn Lillevik")
        await press(pilot, "enter", "v", "ctrl+s", "ctrl+s")
        assert "Zebrahilds → Gunns" in seen(pilot)
        assert text_of(study) == before
        await press(pilot, "ctrl+s")
        assert "Originalene er da bare i nøkkelfila" in seen(pilot)
        await press(pilot, "down", "enter")
        await write(pilot, PASSPHRASE)
        await press(pilot, "enter")
        await write(pilot, PASSPHRASE + "x")
        await press(pilot, "enter")
        assert "ikke like" in seen(pilot)
        await write(pilot, PASSPHRASE)
        await press(pilot, "enter")
        await until(pilot, lambda: anonymisation.is_applied(study.store))
        assert "Gunn Lillevik. Gunns kontor" in text_of(study)
        assert traces_of(study.folder, "Zebrahild", "Kvistebakk") == []
        assert "pseudonymisert (avidentifisert)" in told(pilot)
        await until(pilot, lambda: not pilot.app.screen.progress)
        options = ExportOptions(source=sources.load_sources(study.store)[0].id)
        assert run_export(study, ExportKind.TEXT, None, options).path.is_file()
        await press(pilot, "o", "down", "enter")
        await until(pilot, lambda: text_of(study) == before)


async def test_it_says_what_takes_time_before_it_begins(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_screen: list[str] = []
    async with opened(study, tmp_path) as pilot:

        def watched(real):
            def call(*arguments):
                on_screen.append(seen(pilot))
                return real(*arguments)

            return call

        for name in ("unlock", "apply_anonymisation", "restore_originals"):
            monkeypatch.setattr(replacing, name, watched(getattr(replacing, name)))
        await find(pilot)
        await press(pilot, "v", "ctrl+s", "ctrl+s", "ctrl+s", "down", "enter")
        await write(pilot, PASSPHRASE)
        await press(pilot, "enter")
        await write(pilot, PASSPHRASE)
        await press(pilot, "enter")
        await until(pilot, lambda: anonymisation.is_applied(study.store))
        await until(pilot, lambda: not pilot.app.screen.progress)
        await press(pilot, "p", "down", "enter")
        await write(pilot, PASSPHRASE + "x")
        await press(pilot, "enter")
        await write(pilot, PASSPHRASE + "x")
        await press(pilot, "enter")
        await until(pilot, lambda: "Den nye passordsetningen " in told(pilot))
        await press(pilot, "o", "down", "enter")
        await until(pilot, lambda: not anonymisation.load_replacements(study.store))
        await until(pilot, lambda: not pilot.app.screen.progress)
    said = ["Åpner nøkkelen …", "Bytter ut …", "Setter originalene tilbake …"]
    assert [words in shown for words, shown in zip(said, on_screen, strict=True)] == [True] * 3


async def test_several_likely_names_are_taken_as_one_act(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path) as pilot:
        await find(pilot)
        await press(pilot, "v")
        assert "lar én være" in seen(pilot)
        await press(pilot, "escape")
        assert entities.load_entities(study.store) == []
        count = sum(one.tier is Tier.LIKELY for one in pilot.app.screen.all_items)
        await press(pilot, "v", "space", "ctrl+s")
        decided = entities.load_entities(study.store)
        assert len(decided) == count - 1
        assert all(one.action is not None for one in decided)
        replacements = [one.replacement for one in decided]
        assert len(set(replacements)) == len(replacements)
        await press(pilot, "u")
        assert entities.load_entities(study.store) == []


async def test_the_proposal_that_is_shown_is_the_one_that_is_taken(
    study: Study, tmp_path: Path
) -> None:
    async with opened(study, tmp_path) as pilot:
        await find(pilot)
        await go_to(pilot, "Zebrahild Kvistebakk")
        item = pilot.app.screen.item
        _action, words = pilot.app.screen.review.proposal(item.entity)
        assert words in seen(pilot)
        await press(pilot, "a")
        (decided,) = entities.load_entities(study.store)
        assert decided.replacement == words


async def test_no_name_is_proposed_no_more_and_by_hand_is_everywhere(
    study: Study, tmp_path: Path
) -> None:
    async with opened(study, tmp_path) as pilot:
        await find(pilot)
        await go_to(pilot, "Zebrahild Kvistebakk")
        await press(pilot, "x")
        assert {one.rule for one in entities.load_rules(study.store)} == {Rule.NEVER}
        await press(pilot, "f")
        await until(pilot, lambda: not pilot.app.screen.progress)
        names = {one.entity.name for one in pilot.app.screen.all_items}
        assert "Zebrahild Kvistebakk" not in names
        await press(pilot, "n")
        await write(pilot, "avdelingen")
        await press(pilot, "enter", "down", "down", "enter")
        (added,) = entities.load_entities(study.store)
        assert (added.name, added.type) == ("avdelingen", IdentifierType.ORGANISATION)
        assert pilot.app.screen.item.entity.name == "avdelingen"
        await press(pilot, "c", "up", "up", "up", "up", "up", "up", "up", "enter")
        assert entities.load_entities(study.store)[0].action is Action.PSEUDONYM


async def test_two_are_joined_and_split_again(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path) as pilot:
        await find(pilot)
        for name in ("Bestyrer", "Avdelinga"):
            await press(pilot, "n")
            await write(pilot, name)
            await press(pilot, "enter", "enter")
        await press(pilot, "m")
        await write(pilot, "Bestyrer")
        await press(pilot, "enter")
        (joined,) = entities.load_entities(study.store)
        assert joined.originals == ("Bestyrer", "Avdelinga")
        await go_to(pilot, "Bestyrer")
        await press(pilot, "s", "down", "enter")
        assert [one.name for one in entities.load_entities(study.store)] == [
            "Avdelinga",
            "Bestyrer",
        ]


async def test_the_key_is_destroyed_only_by_typing(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+n", "p")
        assert "Det finnes ingen nøkkel ennå" in told(pilot)
        await find(pilot)
        await press(pilot, "v", "ctrl+s", "ctrl+s", "ctrl+s", "down", "enter")
        await write(pilot, PASSPHRASE)
        await press(pilot, "enter")
        await write(pilot, PASSPHRASE)
        await press(pilot, "enter")
        await until(pilot, lambda: anonymisation.is_applied(study.store))
        await press(pilot, "p", "enter")
        assert "= Zebrahild Kvistebakk" in seen(pilot)
        await press(pilot, "p", "down", "down", "down", "down", "enter")
        await write(pilot, "ja")
        await press(pilot, "enter")
        assert has_key_file(study)
        await press(pilot, "backspace", "backspace")
        await write(pilot, "slett")
        await press(pilot, "enter")
        assert not has_key_file(study)
        assert anonymisation.load_state(study.store).is_destroyed


async def test_a_sample_is_drawn_read_and_tells_how_much_may_be_missed(
    study: Study, tmp_path: Path
) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+n", "6", "f")
        await until(pilot, lambda: bool(pilot.app.screen.rows.items))
        count = len(pilot.app.screen.rows.items)
        await press(pilot, *["a"] * count)
        assert "95 % sikkerhet" in seen(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_names_what_becomes_of_them_and_every_view_fit(
    study: Study, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(study, tmp_path, size) as pilot:
        await find(pilot)
        await go_to(pilot, "Zebrahild Kvistebakk")
        shown = seen(pilot)
        _action, words = pilot.app.screen.review.proposal(pilot.app.screen.item.entity)
        line = next(line for line in shown.splitlines() if line.startswith("›Zebrahild"))
        assert line.split()[2:4] == ["person", "3"]
        assert f"→ {words}" in line
        assert "7 Nøkkelen" in shown
        await press(pilot, "f1")
        assert "Finner det som kan peke på noen" in seen(pilot)
