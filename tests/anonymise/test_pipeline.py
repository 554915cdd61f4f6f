"""A spaCy pipeline of the user's is asked beside the finders, never in their place."""

from __future__ import annotations

import sys

import pytest

from kodebok.anonymise.by_pipeline import load_pipeline
from kodebok.anonymise.finding import TextToSearch, find_identifiers
from kodebok.errors import MissingComponentError

TEXT = "Vi brukte kvitveis hos Solveig Brattli. " * 3


def test_without_spacy_the_user_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingComponentError, match="K811"):
        load_pipeline("nb_core_news_lg")


def test_the_command_line_says_that_a_component_is_missing(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    answer = run("anonymise", "--find", "--pipeline", "nb_core_news_lg")
    assert answer.code == 3
    assert "K811" in answer.err


@pytest.mark.filterwarnings("ignore")
def test_a_pipeline_that_is_not_there_is_named():
    pytest.importorskip("spacy")
    with pytest.raises(MissingComponentError, match="K812"):
        load_pipeline("nb_core_news_none")


@pytest.mark.filterwarnings("ignore")
def test_what_a_real_pipeline_finds_is_added_and_nothing_is_lost(tmp_path):
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("nb")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PROD", "pattern": "kvitveis"}])
    pipeline.to_disk(tmp_path / "mine")
    texts = [TextToSearch("I1", TEXT)]
    alone = {one.text for one in find_identifiers(texts)}
    both = find_identifiers(texts, also=[load_pipeline(str(tmp_path / "mine"))])
    assert {one.text for one in both} == alone | {"kvitveis"}
    assert "pipeline" in next(one for one in both if one.text == "kvitveis").finders
