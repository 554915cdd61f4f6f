"""Two coders are compared, through the command line, on the example and on small studies."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kodebok.cli.app import root
from kodebok.cli.session import Front
from kodebok.coding.agreement_compared import load_compared
from kodebok.coding.agreement_differences import find_differences
from kodebok.coding.agreement_report import report_agreement
from kodebok.coding.agreement_units import UnitKind
from kodebok.coding.agreement_words import what_it_means
from kodebok.domain.project import Method
from kodebok.i18n import set_language
from kodebok.storage import projects, sources
from kodebok.storage.database import Store
from kodebok.study.example import make_example
from tests.builders import add_code, add_interview, code_passage, coder_of, make_store, span_of

Compare = Callable[..., Result]

TALK = """\
I: Hva gjør dere?
R: Vi møtes hver onsdag. Det holder oss sammen.
I: Hvem er med?
R: Ergoterapeuten og legen.
R: Og noen ganger lederen.
R: Ellers er det stille."""


@pytest.fixture(autouse=True)
def _english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith("KODEBOK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KODEBOK_LANG", "en")
    monkeypatch.setenv("KODEBOK_CONFIG_DIR", str(tmp_path / "settings"))
    yield
    set_language("")


def run_in(folder: Path) -> Compare:
    """Run `kodebok compare` in a study."""

    def compare(*words: str) -> Result:
        front = Front(lambda *_: 0, list)
        return CliRunner().invoke(root, ["-C", str(folder), "compare", *words], obj=front)

    return compare


@pytest.fixture(scope="module")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "study"
    make_example(folder).close()
    return folder


@pytest.fixture
def example(example_folder: Path) -> Compare:
    return run_in(example_folder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path / "study", coders=("Maren", "Jonas", "Kari")) as made:
        yield made


def items(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    content = json.loads(result.stdout)
    found: list[dict[str, Any]] = content["items"]
    return found


def value_of(found: list[dict[str, Any]], measure: str, code: str | None = None) -> dict[str, Any]:
    (row,) = [row for row in found if row["measure"] == measure and row["code"] == code]
    return row


def agreement(store: Store, *names: str, unit: UnitKind = UnitKind.TURNS) -> dict[Any, Any]:
    """Values by name of the code (None for all) and measure."""
    compared = load_compared(store, [user_of(store, name) for name in names])
    tree = compared.tree
    return {
        (tree.path(row.code_id) if row.code_id else None, row.measure): row.value
        for row in report_agreement(compared, unit).rows
    }


def user_of(store: Store, name: str) -> projects.User:
    found = projects.find_user(store, name)
    assert found is not None
    return found


def mark_read(store: Store, source_id: str, *names: str) -> None:
    with store.act("source.read", coder_of(store)) as act:
        for name in names:
            sources.mark_read(act, source_id, coder_of(store, name))


def code_as(store: Store, name: str, source_id: str, code: str, words: str) -> None:
    coder_id = coder_of(store, name)
    code_passage(store, source_id, add_code(store, code), words, coder_id=coder_id)


def test_the_two_coders_of_the_example_agree_so_far(example: Compare) -> None:
    result = example("Maren", "Jonas", "--json")
    found = items(result)
    assert json.loads(result.stdout)["schema"] == "kodebok.agreement/1"
    assert {"code", "measure", "value", "low", "high", "units"} <= found[0].keys()
    measures = [row["measure"] for row in found if row["code"] is None]
    assert measures == ["percent", "kappa", "alpha", "ac1", "u_alpha", "u_alpha_binary", "cu_alpha"]
    for measure in ("kappa", "alpha", "u_alpha", "cu_alpha"):
        row = value_of(found, measure)
        assert 0.4 < row["low"] < row["value"] < row["high"] < 0.9, measure
    assert value_of(found, "percent")["value"] > 95
    assert value_of(found, "alpha")["sources"] == ["G1", "I2"]


def test_units_are_counted_as_they_stand_in_the_example(example: Compare) -> None:
    counted = {
        unit: value_of(items(example("Maren", "Jonas", "--json", "--units", unit)), "alpha")[
            "units"
        ]
        for unit in ("turns", "sentences", "characters")
    }
    assert counted["turns"] < counted["sentences"] < counted["characters"]
    assert (
        value_of(items(example("Maren", "Jonas", "--json")), "u_alpha")["units"]
        == (counted["characters"])
    )


def test_the_order_of_the_coders_changes_nothing(example: Compare) -> None:
    one = items(example("Maren", "Jonas", "--json"))
    other = items(example("Jonas", "Maren", "--json"))
    for row, turned in zip(one, other, strict=True):
        assert row["value"] == pytest.approx(turned["value"])
        assert row["low"] == pytest.approx(turned["low"])


def test_it_is_said_what_was_compared_and_what_it_means(example: Compare) -> None:
    result = example("Maren", "Jonas")
    assert "Cohen's κ\t0.60\t" in result.stdout
    assert "too low to build on" in result.stdout
    assert "Tverrfaglig samhandling/Faste møtepunkt\t95.6 %\t0.71\t0.71" in result.stdout
    assert "marked as read: G1, I2." in result.stderr
    assert (
        "Left out, since not all of them have read it, or it is still being coded blind: "
        "I1, I3, I4, N1."
    ) in result.stderr
    assert "draws of turns" in result.stderr


@pytest.mark.parametrize(("language", "word"), [("nb", "Krippendorffs α\t0,60"), ("nn", "Kva det")])
def test_it_is_said_in_norwegian(example: Compare, language: str, word: str) -> None:
    result = example("Maren", "Jonas", "--lang", language)
    assert word in result.stdout
    assert "Krippendorffs, og e" in result.stderr


def test_uncoded_text_is_warned_of_when_characters_are_compared(example: Compare) -> None:
    assert "inflated by uncoded text" in example("Maren", "Jonas", "--units", "characters").stderr
    assert "inflated by uncoded text" not in example("Maren", "Jonas").stderr


def test_one_source_can_be_compared_alone(example: Compare) -> None:
    found = items(example("Maren", "Jonas", "--source", "I2", "--json"))
    assert value_of(found, "alpha")["sources"] == ["I2"]


def test_a_code_can_count_what_is_coded_below_it(example: Compare) -> None:
    code = "Medvirkning og autonomi"
    apart = value_of(items(example("Maren", "Jonas", "--json")), "alpha", code)
    rolled_up = value_of(items(example("Maren", "Jonas", "--json", "--rollup")), "alpha", code)
    assert rolled_up["value"] > apart["value"]


def test_the_passages_that_cost_most_agreement_come_first(example: Compare) -> None:
    found = items(example("Maren", "Jonas", "--differences", "--json"))
    costs = [item["cost"] for item in found]
    assert costs == sorted(costs, reverse=True)
    assert sum(costs) == pytest.approx(1, abs=0.005)
    first = found[0]
    assert set(first["codes"]) == {"Maren", "Jonas"}
    assert first["codes"]["Maren"] != first["codes"]["Jonas"]
    assert len(first["text"]) == first["end"] - first["start"]
    assert {item["differ_in"] for item in found} == {"codes", "borders"}


def test_differences_are_shown_with_who_coded_what(example: Compare) -> None:
    head, first, *_ = example("Maren", "Jonas", "--differences").stdout.splitlines()
    assert head.split("\t")[4:6] == ["Maren", "Jonas"]
    assert "Tverrfaglig samhandling" in first


@pytest.mark.parametrize(
    ("method", "said"),
    [(Method.REFLEXIVE, "Reflexive"), (Method.SDI, "SDI"), (Method.CONDENSATION, "Systematic")],
)
def test_a_way_of_working_that_does_not_ask_for_it_says_why_and_gets_it(
    store: Store, tmp_path: Path, method: Method, said: str
) -> None:
    coded_by_two(store)
    with store.act("project.change", coder_of(store)) as act:
        projects.change_project(act, projects.load_project(store).id, method=method)
    result = run_in(tmp_path / "study")("Maren", "Jonas", "--json")
    assert result.stderr.splitlines()[0].startswith(said)
    assert value_of(items(result), "alpha")["value"] is not None


def coded_by_two(store: Store) -> str:
    """An interview that Maren and Jonas have coded, on one turn alike and on one apart."""
    talk = add_interview(store, TALK)
    code_as(store, "Maren", talk, "Møter", "Vi møtes hver onsdag.")
    code_as(store, "Jonas", talk, "Møter", "Vi møtes hver onsdag.")
    code_as(store, "Maren", talk, "Fag", "Ergoterapeuten og legen.")
    code_as(store, "Jonas", talk, "Ledelse", "Og noen ganger lederen.")
    return talk


def test_codes_are_counted_turn_by_turn(store: Store) -> None:
    coded_by_two(store)
    found = agreement(store, "Maren", "Jonas")
    assert found["Møter", "kappa"] == 1
    assert found["Fag", "percent"] == 75
    assert found["Fag", "kappa"] == 0
    assert found[None, "percent"] == pytest.approx(100 * 10 / 12)


def test_coding_the_same_words_twice_changes_nothing(store: Store) -> None:
    talk = coded_by_two(store)
    before = agreement(store, "Maren", "Jonas")
    code_as(store, "Maren", talk, "Møter", "hver onsdag.")
    assert agreement(store, "Maren", "Jonas") == before


def test_what_the_interviewer_says_is_not_compared(store: Store) -> None:
    talk = coded_by_two(store)
    before = agreement(store, "Maren", "Jonas")
    code_as(store, "Maren", talk, "Møter", "Hvem er med?")
    assert agreement(store, "Maren", "Jonas") == before


def test_a_source_that_one_has_only_read_takes_part_and_one_not_read_does_not(store: Store) -> None:
    coded_by_two(store)
    other = add_interview(store, "I: Og du?\nR: Jeg er leder her.", "Intervju 2")
    code_as(store, "Maren", other, "Ledelse", "Jeg er leder her.")
    users = [user_of(store, "Maren"), user_of(store, "Jonas")]
    compared = load_compared(store, users)
    assert [item.source.name for item in compared.taking_part] == ["Intervju 1"]
    assert [source.name for source in compared.left_out] == ["Intervju 2"]
    mark_read(store, other, "Jonas")
    compared = load_compared(store, users)
    assert [item.source.name for item in compared.taking_part] == ["Intervju 1", "Intervju 2"]
    assert compared.left_out == ()


def test_three_coders_get_fleiss_kappa_in_place_of_cohens(store: Store, tmp_path: Path) -> None:
    talk = coded_by_two(store)
    code_as(store, "Kari", talk, "Fag", "Ergoterapeuten og legen.")
    found = items(run_in(tmp_path / "study")("Maren", "Jonas", "Kari", "--json"))
    measures = {row["measure"] for row in found}
    assert "fleiss_kappa" in measures
    assert "kappa" not in measures


def test_from_ten_sources_on_whole_sources_are_drawn(store: Store) -> None:
    for number in range(10):
        talk = add_interview(store, TALK, f"Intervju {number}")
        code_as(store, "Maren", talk, "Møter", "Vi møtes hver onsdag.")
        words = "Vi møtes hver onsdag." if number % 3 else "Ellers er det stille."
        code_as(store, "Jonas", talk, "Møter", words)
    report = report_agreement(load_compared(store, [user_of(store, n) for n in ("Maren", "Jonas")]))
    assert report.by_source
    (alpha,) = [row for row in report.rows if row.measure == "alpha" and row.code_id is None]
    assert alpha.low is not None
    assert alpha.high is not None
    assert alpha.value is not None
    assert alpha.low < alpha.value < alpha.high


def test_a_source_where_no_participant_speaks_does_no_harm(store: Store) -> None:
    coded_by_two(store)
    before = agreement(store, "Maren", "Jonas")
    for number in range(12):
        silent = add_interview(store, "I: Er du der?", f"Stille {number}")
        mark_read(store, silent, "Maren", "Jonas")
    assert agreement(store, "Maren", "Jonas") == before


@pytest.mark.parametrize(
    ("measure", "value", "said"),
    [
        ("alpha", 0.8, "good enough to build on"),
        ("alpha", 0.79, "enough for tentative conclusions"),
        ("kappa", 0.6, "too low to build on; talk the differences through"),
        ("u_alpha", 0.0, "no better than chance"),
        ("cu_alpha", None, "cannot be reckoned: nothing varies, or nothing is shared"),
        ("percent", 99.0, ""),
        ("ac1", 0.99, ""),
    ],
)
def test_a_value_is_told_in_plain_words(measure: str, value: float | None, said: str) -> None:
    assert what_it_means(measure, value) == said


def test_a_difference_tells_whose_codes_and_words_they_are(store: Store) -> None:
    talk = coded_by_two(store)
    compared = load_compared(store, [user_of(store, "Maren"), user_of(store, "Jonas")])
    found = find_differences(compared)
    assert [difference.text for difference in found] == [
        "Ergoterapeuten og legen.",
        "Og noen ganger lederen.",
    ]
    assert found[0].span == span_of(store, talk, "Ergoterapeuten og legen.")
    assert found[0].codes == ((add_code(store, "Fag"),), ())
    assert found[0].in_codes


def test_where_only_the_borders_differ_it_is_said_so(store: Store) -> None:
    talk = add_interview(store, TALK)
    code_as(store, "Maren", talk, "Møter", "Vi møtes hver onsdag. Det holder oss sammen.")
    code_as(store, "Jonas", talk, "Møter", "hver onsdag.")
    (found,) = find_differences(
        load_compared(store, [user_of(store, "Maren"), user_of(store, "Jonas")])
    )
    assert not found.in_codes
    assert found.text == "Vi møtes hver onsdag. Det holder oss sammen."
    assert found.cost == 1


def test_coders_who_agree_fully_have_no_differences(store: Store, tmp_path: Path) -> None:
    talk = add_interview(store, TALK)
    for name in ("Maren", "Jonas"):
        code_as(store, name, talk, "Møter", "Vi møtes hver onsdag.")
    compare = run_in(tmp_path / "study")
    assert items(compare("Maren", "Jonas", "--differences", "--json")) == []
    found = items(compare("Maren", "Jonas", "--json"))
    assert {row["value"] for row in found} <= {1, 100, None}
    assert value_of(found, "u_alpha")["value"] == 1


def test_one_coder_is_too_few(example: Compare) -> None:
    for names in (["Maren"], ["Maren", "maren"]):
        result = example(*names)
        assert result.exit_code == 2
        assert "K360" in result.stderr


def test_coders_who_share_no_source_are_told_how_to(store: Store, tmp_path: Path) -> None:
    talk = add_interview(store, TALK)
    code_as(store, "Maren", talk, "Møter", "Vi møtes hver onsdag.")
    result = run_in(tmp_path / "study")("Maren", "Jonas")
    assert result.exit_code == 2
    assert "K361" in result.stderr
    assert "kodebok read" in result.stderr


def test_where_no_one_has_coded_there_is_nothing_to_compare(store: Store, tmp_path: Path) -> None:
    mark_read(store, add_interview(store, TALK), "Maren", "Jonas")
    result = run_in(tmp_path / "study")("Maren", "Jonas")
    assert result.exit_code == 2
    assert "K362" in result.stderr


def test_an_unknown_coder_is_refused(example: Compare) -> None:
    assert example("Maren", "Ukjent").exit_code == 2
