"""Making and opening a study."""

import pytest

from kodebok.domain.project import Method
from kodebok.errors import DamagedProjectError, WrongUseError
from kodebok.study.opening import add_coder, create_study, open_study


def test_a_new_study_has_its_folders_and_is_found_from_below(tmp_path):
    create_study(tmp_path / "min studie", "Fra silo", "nn", Method.SDI, "Maren").close()
    inside = tmp_path / "min studie" / "transcripts"
    assert {path.name for path in inside.parent.iterdir()} >= {
        "kodebok.db",
        "kodebok.toml",
        "audio",
        "transcripts",
        "codebooks",
        "exports",
    }
    with open_study(inside) as study:
        project = study.project()
        assert (project.title, project.language, project.method) == ("Fra silo", "nn", Method.SDI)
        assert study.coder.name == "Maren"


def test_a_study_without_a_title_is_called_after_its_folder(tmp_path):
    with create_study(tmp_path / "intervjuer") as study:
        assert study.project().title == "intervjuer"


def test_a_study_is_not_made_twice_in_a_folder(tmp_path):
    create_study(tmp_path, "En").close()
    with pytest.raises(WrongUseError, match="K202"):
        create_study(tmp_path, "To")
    with open_study(tmp_path) as study:
        assert study.project().title == "En"


def test_where_there_is_no_study_it_is_said_how_to_make_one(tmp_path):
    with pytest.raises(WrongUseError, match="kodebok init"):
        open_study(tmp_path)


def test_a_file_that_is_no_study_is_left_alone(tmp_path):
    (tmp_path / "kodebok.db").write_bytes(b"dette er ikke en database" * 100)
    with pytest.raises(DamagedProjectError):
        open_study(tmp_path)
    assert (tmp_path / "kodebok.db").read_bytes().startswith(b"dette er ikke")


def test_a_coder_is_chosen_by_name_and_an_unknown_one_is_refused(tmp_path):
    with create_study(tmp_path, coder="Maren") as study:
        add_coder(study, "Jonas", "medkoder")
        with pytest.raises(WrongUseError, match="K502"):
            add_coder(study, "Jonas")
    with open_study(tmp_path, "jonas") as study:
        assert study.coder.name == "Jonas"
    with pytest.raises(WrongUseError, match="K301"):
        open_study(tmp_path, "Ukjent")


def test_a_coder_of_the_settings_that_this_study_lacks_is_not_forced_on_it(tmp_path, monkeypatch):
    create_study(tmp_path, coder="Maren").close()
    monkeypatch.setenv("KODEBOK_CODER", "En annen")
    with open_study(tmp_path) as study:
        assert study.coder.name == "Maren"
