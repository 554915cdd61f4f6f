"""What the pages say exists, exists: commands, options, keys, links and pictures."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import click
import pytest

from docs import key_tables, pictures
from kodebok.cli.app import root
from kodebok.cli.table import COMMANDS
from kodebok.i18n import set_language
from kodebok.tui.keymap import KeyAction, all_actions
from kodebok.tui.words import all_key_words, scope_words
from tests.docs import pages

STEPS = [page for page in pages.PAGES if re.match(r"\d\d-", page.name)]
KEY_PAGE = pages.GUIDE / "13-taster.md"
COMMAND_PAGE = pages.GUIDE / "12-kommandolinja.md"
PICTURES = pages.ROOT / "docs" / "pictures"
PLACEHOLDERS = {"KOMMANDO", "COMMAND", "…"}

COMMANDS_NAMED = [command for page in pages.PAGES for command in pages.named_commands(page)]
KEYS_NAMED = [key for page in pages.PAGES for key in pages.named_keys(page)]


@pytest.fixture(autouse=True)
def bokmaal() -> Iterator[None]:
    set_language("nb")
    yield
    set_language("")


def by_page(page: Path) -> str:
    return pages.name_of(page)


# Commands ------------------------------------------------------------------------------------


def follow(words: tuple[str, ...]) -> tuple[click.Command, list[str], click.Context]:
    """The command that is meant, with the words left; an error when there is none."""
    command: click.Command = root
    context = click.Context(root, info_name="kodebok")
    left = list(words)
    while isinstance(command, click.Group):
        place = 0
        while place < len(left) and left[place].startswith("-"):
            place += 2 if left[place] in {"-C", "--coder", "--lang"} else 1
        if place >= len(left) or left[place] in PLACEHOLDERS:
            break
        below = command.get_command(context, left[place])
        if below is None:
            raise click.UsageError(f"no command {left[place]}")
        context = click.Context(below, info_name=left.pop(place), parent=context)
        command = below
    return command, left, context


@pytest.mark.parametrize("named", COMMANDS_NAMED, ids=lambda named: f"{named.page}: {named.line}")
def test_every_command_and_option_named_in_a_page_exists(named: pages.NamedCommand) -> None:
    command, left, context = follow(named.words)
    known = {name for param in command.get_params(context) for name in param.opts}
    known |= {name for param in command.get_params(context) for name in param.secondary_opts}
    options = {word.partition("=")[0] for word in left if re.match(r"--?[A-Za-z]", word)}
    assert options <= known


@pytest.mark.parametrize(
    "named",
    [named for named in COMMANDS_NAMED if named.is_whole],
    ids=lambda named: f"{named.page}: {named.line}",
)
def test_every_line_to_be_typed_is_understood(named: pages.NamedCommand) -> None:
    command, left, context = follow(named.words)
    command.make_context(context.info_name, left, parent=context.parent).close()


def test_options_spoken_of_without_a_command_exist() -> None:
    known = {"--help", "--version"}
    for name in COMMANDS:
        command = root.get_command(click.Context(root), name)
        assert command is not None
        below = command.commands.values() if isinstance(command, click.Group) else ()
        for item in (command, *below):
            params = item.get_params(click.Context(item))
            known |= {o for param in params for o in (*param.opts, *param.secondary_opts)}
    for page in (*STEPS, pages.GUIDE / "README.md"):
        spoken = set(re.findall(r"`(--[a-z-]+)[^`]*`", pages.text_of(page)))
        assert spoken <= known, page.name


def test_the_page_of_the_command_line_has_every_command_and_those_below_it() -> None:
    text = pages.text_of(COMMAND_PAGE)
    for name in COMMANDS:
        row = re.search(rf"^\| `kodebok {name}` \| (.*)$", text, re.MULTILINE)
        assert row, f"kodebok {name} is not on the page"
        command = root.get_command(click.Context(root), name)
        if isinstance(command, click.Group):
            assert set(command.commands) <= set(re.findall(r"`([a-z-]+)`", row[1])), name


# Keys ----------------------------------------------------------------------------------------


def keys_of(action: KeyAction) -> set[str]:
    return set(all_key_words(action.keys).split(" "))


@pytest.mark.parametrize("named", KEYS_NAMED, ids=lambda named: f"{named.page}: {named.label}")
def test_every_key_in_a_table_does_what_the_page_says(named: pages.NamedKey) -> None:
    same = [action for action in all_actions() if action.label_text() == named.label]
    assert same, f"nothing on the screen is called {named.label}"
    together = set().union(*(keys_of(action) for action in same if action.id[-1].isdigit()))
    assert any(named.keys <= keys_of(action) | together for action in same)


@pytest.mark.parametrize("page", pages.PAGES, ids=by_page)
def test_every_key_named_anywhere_is_one_that_does_something(page: Path) -> None:
    known = set().union(*(keys_of(action) for action in all_actions()))
    assert pages.all_keys(page) <= known


@pytest.mark.parametrize("action", all_actions(), ids=lambda action: action.id)
def test_every_action_is_on_the_page_of_keys(action: KeyAction) -> None:
    text = pages.text_of(KEY_PAGE)
    part = text.partition(f"\n## {scope_words(action.scope)}\n")[2].partition("\n## ")[0]
    row = next(line for line in part.splitlines() if f"| **{action.label_text()}**" in line)
    assert all(f"<kbd>{escape(key)}</kbd>" in row for key in keys_of(action))


def test_the_page_of_keys_is_as_the_script_makes_it() -> None:
    text = pages.text_of(KEY_PAGE)
    assert key_tables.with_tables(text) == text, "run: python -m docs.key_tables"


# Links and pictures --------------------------------------------------------------------------


@pytest.mark.parametrize("page", pages.PAGES, ids=by_page)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    assert [link for link in pages.links(page) if not (page.parent / link).exists()] == []


def test_every_step_is_in_the_index_in_its_order() -> None:
    named = [link for link in pages.links(pages.GUIDE / "README.md") if re.match(r"\d\d-", link)]
    assert named == [page.name for page in STEPS]


@pytest.mark.parametrize("page", STEPS, ids=by_page)
def test_every_step_says_what_you_want_first_and_what_can_go_wrong_last(page: Path) -> None:
    if page == KEY_PAGE:
        return
    headings = re.findall(r"^## (.+)$", pages.text_of(page), re.MULTILINE)
    assert (headings[0], headings[-1]) == ("Hva du vil", "Hva som kan gå galt")


def test_the_script_makes_exactly_the_pictures_that_the_pages_show() -> None:
    shown = {Path(place).name for page in pages.PAGES for _words, place in pages.pictures(page)}
    made = {f"{picture.name}.svg" for picture in pictures.PICTURES_OF_THE_GUIDE}
    assert shown == made == {path.name for path in PICTURES.iterdir()}


def test_every_picture_has_words_for_those_who_do_not_see_it() -> None:
    assert all(words for page in pages.PAGES for words, _place in pages.pictures(page))


@pytest.mark.parametrize("path", sorted(PICTURES.glob("*.svg")), ids=lambda path: path.name)
def test_a_picture_holds_no_font_from_the_net_and_no_path_of_a_machine(path: Path) -> None:
    svg = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    folders = ("/home/", "/root", "/Users/", tempfile.gettempdir(), str(pages.ROOT))
    for sign in ("http:", "https:", "@font-face", "url(data", *folders):
        assert sign not in svg


def test_the_script_draws_a_real_screen_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [p for p in pictures.PICTURES_OF_THE_GUIDE if p.name in {"codebook", "history"}]
    monkeypatch.setattr(pictures, "PICTURES_OF_THE_GUIDE", few)
    first = pictures.make_pictures(tmp_path / "first")
    second = pictures.make_pictures(tmp_path / "second")
    assert [path.name for path in first] == ["codebook.svg", "history.svg"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert "Samlokalisering" in first[0].read_text(encoding="utf-8")
