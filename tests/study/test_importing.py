"""Bringing in sources: what was understood is shown, and then stored whole or not at all."""

import pytest

from kodebok.domain.source import Arrival, ReadTurn, Role, SourceType
from kodebok.errors import WrongUseError
from kodebok.storage import cases, history, sources
from kodebok.storage.integrity import check_store
from kodebok.study.importing import SourceFacts, plan_source, store_plans
from tests.builders import coder_of, make_store, state_of


@pytest.fixture
def store(tmp_path):
    return make_store(tmp_path)


def arrival(*turns, name="I1", **fields):
    return Arrival(name, tuple(ReadTurn(words, voice) for voice, words in turns), "txt", **fields)


def bring(store, *arrivals, facts=None):
    plans = [plan_source(store, item, facts or SourceFacts()) for item in arrivals]
    return store_plans(store, coder_of(store), plans)


INTERVIEW = (("Intervjuer", "Hva gjør dere?"), ("Informant 3", "Vi møtes."), ("Intervjuer", "Ja?"))


def test_the_text_is_the_turns_joined_by_line_ends(store):
    (source,) = bring(store, arrival(*INTERVIEW))
    assert sources.load_text(store, source.id) == "Hva gjør dere?\nVi møtes.\nJa?"
    assert source.words == 6
    assert check_store(store) == []


def test_the_one_who_asks_is_no_participant(store):
    plan = plan_source(store, arrival(*INTERVIEW), SourceFacts())
    assert [(v.label, v.role, v.case, v.turns) for v in plan.voices] == [
        ("Intervjuer", Role.INTERVIEWER, None, 2),
        ("Informant 3", Role.PARTICIPANT, "Informant 3", 1),
    ]
    assert plan.case == "Informant 3"


@pytest.mark.parametrize("label", ["R", "Informant", "Respondent", "Taler"])
def test_a_label_that_says_nothing_gives_the_participant_the_sources_name(store, label):
    turns = (("I", "Hva?"), (label, "Vi møtes."))
    assert plan_source(store, arrival(*turns), SourceFacts()).case == "I1"


def test_a_participant_that_was_named_wins(store):
    facts = SourceFacts(case="Kari")
    (source,) = bring(store, arrival(*INTERVIEW), facts=facts)
    (case,) = cases.load_cases(store)
    assert case.name == "Kari"
    assert source.case_id == case.id


def test_each_answering_voice_of_a_group_is_a_participant(store):
    turns = (
        ("Moderator", "Hva?"),
        ("Sykepleier", "A."),
        ("Fysioterapeut", "B."),
        ("R1", "C."),
    )
    plan = plan_source(store, arrival(*turns, name="G1"), SourceFacts())
    assert plan.type is SourceType.GROUP
    assert plan.case is None
    assert [v.case for v in plan.voices] == [
        None,
        "G1 Sykepleier",
        "G1 Fysioterapeut",
        "G1 R1",
    ]


def test_a_colleague_at_the_door_is_no_participant(store):
    talk = (("I", "Hva?"), ("Informant 3", "Vi møtes.")) * 8
    plan = plan_source(store, arrival(*talk, ("Kollega", "Kaffe?")), SourceFacts())
    assert plan.type is SourceType.INTERVIEW
    assert plan.case == "Informant 3"
    assert [(v.label, v.role, v.case) for v in plan.voices[1:]] == [
        ("Informant 3", Role.PARTICIPANT, "Informant 3"),
        ("Kollega", Role.OTHER, None),
    ]


def test_a_legend_says_who_asks(store):
    turns = (("A", "Hva?"), ("B", "Vi møtes."))
    legend = {"A": "intervjuer", "B": "avdelingsleder"}
    plan = plan_source(store, arrival(*turns, legend=legend), SourceFacts())
    assert [v.role for v in plan.voices] == [Role.INTERVIEWER, Role.PARTICIPANT]


def test_no_participants_are_made_when_that_is_said(store):
    (source,) = bring(store, arrival(*INTERVIEW), facts=SourceFacts(with_cases=False))
    assert source.case_id is None
    assert cases.load_cases(store) == []


def test_a_second_source_of_the_same_name_gets_a_new_one_and_says_so(store):
    bring(store, arrival(*INTERVIEW))
    plan = plan_source(store, arrival(*INTERVIEW), SourceFacts())
    assert plan.name == "I1 (2)"
    assert len(plan.warnings) == 1


def test_open_answers_bring_their_other_columns_as_variables(store):
    row = arrival(
        ("Hva er viktig?", "Tid."),
        name="svar 1",
        type=SourceType.ANSWERS,
        case_name="R01",
        values={"kommune": "A", "stilling": "leder"},
    )
    other = arrival(
        ("Hva er viktig?", "Folk."),
        name="svar 2",
        type=SourceType.ANSWERS,
        case_name="R02",
        values={"kommune": "B", "stilling": ""},
    )
    bring(store, row, other)
    assert {c.name: c.values for c in cases.load_cases(store)} == {
        "R01": {"kommune": "A", "stilling": "leder"},
        "R02": {"kommune": "B"},
    }
    roles = {speaker.role for speaker in sources.load_speakers(store)}
    assert roles == {Role.INTERVIEWER}


def test_an_import_of_several_is_one_act(store):
    before = state_of(store)
    bring(store, arrival(*INTERVIEW), arrival(*INTERVIEW, name="I2"))
    assert len(sources.load_sources(store)) == 2
    history.undo(store, coder_of(store))
    assert state_of(store) == before


def test_a_source_without_words_is_refused_and_nothing_is_stored(store):
    before = state_of(store)
    with pytest.raises(WrongUseError, match="K510"):
        bring(store, arrival(*INTERVIEW), arrival((None, "…"), name="tom"))
    assert state_of(store) == before
