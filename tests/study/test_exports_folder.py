"""`exports/` holds what kodebok makes of the example study today."""

import re
from pathlib import Path

import pytest

from docs.make_exports import EXPORTS, make_exports
from kodebok.export.contents import texts_in
from kodebok.i18n import set_language

KEPT = Path(__file__).parents[2] / "exports"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\. \w+ 20\d{2}|\d\d\.\d\d\.\d\d(\d\d)?")


def words_of(path):
    return [DAY.sub("DAY", text.text) for text in texts_in(path.read_bytes())]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    make_exports(folder)
    yield folder
    set_language("")


@pytest.mark.parametrize("name", [name for name, *_ in EXPORTS])
def test_the_kept_export_is_what_is_made_now(fresh, name):
    assert words_of(KEPT / name) == words_of(fresh / name)


def test_every_kept_export_is_in_the_list():
    kept = {path.name for path in KEPT.iterdir()} - {"README.md"}
    assert kept == {name for name, *_ in EXPORTS}
