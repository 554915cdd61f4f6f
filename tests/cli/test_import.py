"""Bringing in files: what was understood is shown first, and one bad file stops no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import TRANSCRIPT, Run


def test_a_dry_run_shows_what_was_understood_and_stores_nothing(empty: Run, material: Path) -> None:
    answer = empty("import", material / "I1.txt", "--dry-run")
    assert answer.code == 0
    heading, row = answer.rows
    shown = dict(zip(heading, row, strict=True))
    assert shown["Name"] == "I1"
    assert shown["Type"] == "interview"
    assert shown["Encoding"] == "utf-8"
    assert shown["Participant"] == "Informant 1"
    assert shown["Voices"] == "Intervjuer (asks, 2), Informant 1 (Informant 1, 2)"
    assert (shown["Turns"], shown["Words"]) == ("4", "35")
    assert empty("sources", "--json").items == []


def test_a_dry_run_as_json_has_voices_repairs_and_doubts(empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "I1.txt"
    path.write_text(
        TRANSCRIPT.replace("andre møtene er", "an\u00addre  møtene er"), encoding="utf-8"
    )
    answer = empty("import", path, "--dry-run", "--json")
    assert answer.schema == "kodebok.import/1"
    (item,) = answer.items
    assert item["speakers"][1] == {
        "label": "Informant 1", "role": "participant", "case": "Informant 1", "turns": 2,
    }  # fmt: skip
    kinds = {repair["kind"]: repair["count"] for repair in item["repairs"]}
    assert kinds["soft-hyphens"] == 1
    assert item["doubts"] == []


def test_a_repair_can_be_refused(empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "I1.txt"
    path.write_text(
        TRANSCRIPT.replace("andre møtene er", "an\u00addre møtene er"), encoding="utf-8"
    )
    dry = empty("import", path, "--dry-run", "--json", "--refuse", "soft-hyphens").items[0]
    assert [(r["kind"], r["made"]) for r in dry["repairs"]] == [("soft-hyphens", False)]
    dry = empty("import", path, "--dry-run", "--json", "--no-repair").items[0]
    assert [repair["made"] for repair in dry["repairs"]] == [False]
    told = empty("import", path, "--dry-run", "--no-repair").err
    assert "Not repaired, soft-hyphens" in told
    assert empty("import", path, "--refuse", "magic", "--yes").code == 2


def test_without_a_terminal_an_unanswered_import_exits_with_2(empty: Run, material: Path) -> None:
    answer = empty("import", material)
    assert answer.code == 2
    assert "K602" in answer.err
    assert "--yes" in answer.err
    assert answer.out == ""
    assert empty("sources", "--json").items == []


def test_the_good_files_go_in_and_the_bad_are_listed(empty: Run, material: Path) -> None:
    (material / "I3.txt").write_bytes(b"\x00\x01\x02\x03" * 500)
    (material / "tom.txt").write_bytes(b"")
    answer = empty("import", material, material / "borte.txt", "--yes", "--json")
    assert answer.code == 1
    assert [source["name"] for source in answer.items] == ["I1", "I2"]
    complaints = [line for line in answer.err.splitlines() if line.startswith("kodebok: error K")]
    assert len(complaints) == 3
    assert all(any(name in c for c in complaints) for name in ("I3.txt", "tom.txt", "borte.txt"))


def test_a_pattern_and_a_folder_name_files(empty: Run, material: Path) -> None:
    assert len(empty("import", material / "I*.txt", "--dry-run", "--json").items) == 2
    assert len(empty("import", material, material / "I1.txt", "--dry-run", "--json").items) == 2
    assert empty("import", material / "X*.txt", "--yes").code == 2


def test_an_import_is_one_act_with_its_first_impression(empty: Run, material: Path) -> None:
    assert empty("import", material, "--yes", "--first-impression", "Handlekraftig").code == 0
    memos = empty("memo", "--json").items
    assert sorted((m["kind"], m["target"], m["text"]) for m in memos) == [
        ("first-impression", "I1", "Handlekraftig"),
        ("first-impression", "I2", "Handlekraftig"),
    ]
    assert empty("undo").code == 0
    assert empty("sources", "--json").items == []
    assert empty("memo", "--json").items == []
    assert empty("cases", "--json").items == []


def test_what_the_user_says_of_a_source_is_stored(empty: Run, material: Path) -> None:
    given = ["--name", "Leder", "--case", "L1", "--type", "interview", "--date", "2025-02-12"]
    given += ["--place", "Hamar", "--mode", "phone", "--interviewer", "Kari", "--language", "nn"]
    (source,) = empty("import", material / "I1.txt", *given, "--yes", "--json").items
    wanted = {
        "name": "Leder", "case": "L1", "type": "interview", "date": "2025-02-12",
        "place": "Hamar", "mode": "phone", "interviewer": "Kari", "language": "nn",
    }  # fmt: skip
    assert wanted.items() <= source.items()


def test_no_participants_are_made_when_none_are_wanted(empty: Run, material: Path) -> None:
    empty("import", material, "--no-cases", "--yes")
    assert empty("cases", "--json").items == []


@pytest.mark.parametrize("date", ["12.02.2025", "2025-02-30"])
def test_a_date_that_is_none_is_refused(empty: Run, material: Path, date: str) -> None:
    answer = empty("import", material, "--date", date, "--yes")
    assert answer.code == 2
    assert "K606" in answer.err


def test_an_old_encoding_is_found_and_can_be_said(empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "gammel.txt"
    path.write_bytes(TRANSCRIPT.encode("cp1252"))
    found = empty("import", path, "--dry-run", "--json").items[0]
    assert found["encoding"] == "windows-1252"
    empty("import", path, "--encoding", "cp1252", "--yes")
    assert "Morgenmøtet." in empty("sources", "show", "gammel").out


def test_a_spreadsheet_gives_a_source_for_each_answer(empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    rows = ["id;rolle;Hva savner du?;Annet", "R1;leder;Mer tid til møter.;Nei", "R2;lege;Et kart.;"]
    path.write_text("\n".join(rows), encoding="utf-8")
    told = ["--type", "answers", "--text-column", "Hva savner du?", "--case-column", "id"]
    answer = empty("import", path, *told, "--yes", "--json")
    assert answer.code == 0, answer.err
    cases = {case["name"]: case["variables"] for case in empty("cases", "--json").items}
    assert cases["R1"]["rolle"] == "leder"
    assert cases["R2"]["rolle"] == "lege"
