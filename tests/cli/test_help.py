"""Every command explains itself, in three languages, and help comes without loading the rest."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from kodebok.cli import words
from kodebok.cli.app import root
from kodebok.cli.base import EVERYWHERE, Argument
from kodebok.cli.table import COMMANDS, SECTIONS
from kodebok.i18n import set_language, translator
from tests.cli.conftest import ROOT, Run


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Path and command, those below groups included."""
    ctx = click.Context(root)
    for name in root.list_commands(ctx):
        found = root.get_command(ctx, name)
        assert found is not None
        yield name, found
        if isinstance(found, click.Group):
            yield from ((f"{name} {below}", inner) for below, inner in found.commands.items())


ALL = dict(every_command())


@pytest.mark.parametrize("path", ALL)
def test_every_command_and_option_says_what_it_is_for(path: str) -> None:
    command = ALL[path]
    assert command.help
    for parameter in command.params:
        said = parameter.explained if isinstance(parameter, Argument) else parameter.help
        assert said, f"{path}: {parameter.name}"
        assert said.endswith((".", ">")), said


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("path", ALL)
def test_every_help_text_is_translated(path: str, language: str) -> None:
    set_language(language)
    _ = translator("cli")
    command = ALL[path]
    texts = [command.help or ""] + [
        parameter.explained if isinstance(parameter, Argument) else parameter.help
        for parameter in [*command.params, *EVERYWHERE]
    ]
    assert [text for text in texts if _(text) == text and text != "bash, zsh or fish."] == []


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("path", ALL)
def test_every_command_prints_its_help(anywhere: Run, path: str, language: str) -> None:
    answer = anywhere(*path.split(), "--help", "--lang", language)
    assert answer.code == 0
    usage = {"nb": "Bruk:", "nn": "Bruk:", "en": "Usage:"}[language]
    assert answer.out.startswith(f"{usage} kodebok {path} ")
    everywhere = {
        "nb": "Valg som gjelder overalt:",
        "nn": "Val som gjeld overalt:",
        "en": "Options that work everywhere:",
    }
    assert everywhere[language] in answer.out


def test_the_commands_stand_in_the_order_of_the_work(anywhere: Run) -> None:
    shown = anywhere("--help").out
    places = [shown.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    assert all(f"{section}:" in shown for section in SECTIONS)


def test_every_module_of_a_command_is_in_the_table_once() -> None:
    modules = [entry.module for entry in COMMANDS.values()]
    assert len(modules) == len(set(modules))
    assert all((ROOT / "kodebok" / "cli" / f"{name}.py").is_file() for name in modules)


def test_what_click_says_is_still_what_we_translate() -> None:
    source = "".join(
        inspect.getsource(sys.modules[f"click.{name}"])
        for name in ("core", "decorators", "exceptions", "formatting", "parser", "types")
    )
    # Names of kinds of paths, of which click makes a title.
    made = {"File", "Directory", "Path", "required", "[OPTIONS]"}
    gone = [
        text
        for text in words.CLICK_WORDS
        if text not in made and text.replace("\n", "\\n").replace("\t", "\\t") not in source
    ]
    assert gone == []


def test_every_word_for_a_value_can_be_translated() -> None:
    used = {
        parameter.metavar or parameter.name.upper()
        for command in ALL.values()
        for parameter in command.params
        if isinstance(parameter, Argument) or parameter.metavar
    }
    assert used <= set(words.VALUE_WORDS)


def test_help_loads_no_command_and_nothing_heavy() -> None:
    program = (
        "import sys, json\n"
        "sys.argv = ['kodebok', '--help']\n"
        "from kodebok.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    loaded = set(json.loads(done.stderr.decode()))
    assert b"kodebok" in done.stdout
    commands = {f"kodebok.cli.{entry.module}" for entry in COMMANDS.values()}
    heavy = set(
        "sqlite3 sqlite_utils textual rich lxml docx yaml openpyxl xlsxwriter pdfminer numpy "
        "kodebok.storage kodebok.domain kodebok.coding kodebok.study kodebok.config".split()
    )
    assert loaded & (commands | heavy) == set()


def test_one_command_does_not_load_the_others(study: Run, tmp_path: object) -> None:
    program = (
        "import sys, json\n"
        f"sys.argv = ['kodebok', '-C', {str(tmp_path / 'study')!r}, 'sources']\n"
        "from kodebok.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    loaded = set(json.loads(done.stderr.decode()))
    assert "I1" in done.stdout.decode()
    assert loaded & set("textual rich lxml docx numpy kodebok.cli.matrix".split()) == set()
