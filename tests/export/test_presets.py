"""Six ways of printing quotes, each in three languages."""

from __future__ import annotations

import pytest

from kodebok.domain.source import Source, SourceType
from kodebok.errors import WrongUseError
from kodebok.export.chapter import make_chapter
from kodebok.export.model import ChosenQuote
from kodebok.export.presets import PRESETS, Placement, choose_preset, fill_template
from tests.export.builders import EXCERPTS, quote_of, study, uid
from tests.export.reading import lines

MEETING = "Morgenmøtet er der tverrfagligheten sitter, hvis du spør meg."
FEAR = "økonomien styrer alt"

EXPECTED = {
    ("inline-first", "nb"): [
        f"En av informantene sier: “{MEETING}”",
        f"En av informantene sier: “{FEAR}” (etter notat)",
    ],
    ("inline-first", "nn"): [
        f"Ein av informantane seier: “{MEETING}”",
        f"Ein av informantane seier: “{FEAR}” (etter notat)",
    ],
    ("inline-first", "en"): [
        f"One of the informants says: “{MEETING}”",
        f"One of the informants says: “{FEAR}” (after notes)",
    ],
    ("block-first", "nb"): [
        f"En leder sier: “{MEETING}”",
        f"En fagperson sier: “{FEAR}” (etter notat)",
    ],
    ("block-first", "nn"): [
        f"Ein leder seier: “{MEETING}”",
        f"Ein fagperson seier: “{FEAR}” (etter notat)",
    ],
    ("block-first", "en"): [
        f"A leder says: “{MEETING}”",
        f"A fagperson says: “{FEAR}” (after notes)",
    ],
    ("report", "nb"): [
        f"{MEETING} (Intervju 09.05.18)",
        f"{FEAR} (Notat 23.01.06; etter notat)",
    ],
    ("report", "nn"): [
        f"{MEETING} (Intervju 09.05.18)",
        f"{FEAR} (Notat 23.01.06; etter notat)",
    ],
    ("report", "en"): [
        f"{MEETING} (Interview 09/05/18)",
        f"{FEAR} (Notes 23/01/06; after notes)",
    ],
    ("source-note", "nb"): [
        "Møtet samler fagene (09.05.18. leder)",
        f"«{FEAR}» (23.01.06. fagperson; etter notat)",
    ],
    ("source-note", "nn"): [
        "Møtet samler fagene (09.05.18. leder)",
        f"«{FEAR}» (23.01.06. fagperson; etter notat)",
    ],
    ("source-note", "en"): [
        "Møtet samler fagene (09/05/18. leder)",
        f"«{FEAR}» (23/01/06. fagperson; after notes)",
    ],
    ("paraphrase", "nb"): [
        "En informant: Møtet samler fagene",
        f"En informant: [Skriv dette med egne ord: «{FEAR}»] (etter notat)",
    ],
    ("paraphrase", "nn"): [
        "Ein informant: Møtet samler fagene",
        f"Ein informant: [Skriv dette med eigne ord: «{FEAR}»] (etter notat)",
    ],
    ("paraphrase", "en"): [
        "An informant: Møtet samler fagene",
        f"An informant: [Put this in your own words: “{FEAR}”] (after notes)",
    ],
    ("code-id", "nb"): [f"«{MEETING}» (I1, leder)", f"«{FEAR}» (I3, fagperson; etter notat)"],
    ("code-id", "nn"): [f"«{MEETING}» (I1, leder)", f"«{FEAR}» (I3, fagperson; etter notat)"],
    ("code-id", "en"): [f"«{MEETING}» (I1, leder)", f"«{FEAR}» (I3, fagperson; after notes)"],
}


@pytest.mark.parametrize(("preset", "language"), EXPECTED)
def test_every_preset_prints_an_interview_and_a_note_in_every_language(preset, language):
    view = study(excerpts=(EXCERPTS[0], EXCERPTS[4]))
    printed = lines(make_chapter(view, choose_preset(preset), language=language))
    for expected in EXPECTED[preset, language]:
        assert expected in printed


def test_every_preset_is_in_the_table_of_expected_texts():
    assert {name for name, _language in EXPECTED} == set(PRESETS)


def test_a_voice_that_goes_on_is_hen_and_the_next_one_is_not():
    view = study(excerpts=EXCERPTS[:2])
    printed = lines(make_chapter(view, choose_preset("inline-first")))
    assert "Hen sier:" in printed


def test_paraphrase_tells_voices_apart_within_a_section_and_begins_anew_in_the_next():
    one, other = EXCERPTS[3], EXCERPTS[4]
    view = study(
        excerpts=(),
        quotes=tuple(
            quote_of(excerpt, code_id=uid(code), position=i)
            for i, (excerpt, code) in enumerate(
                [(one, "c2"), (other, "c2"), (EXCERPTS[2], "c2"), (one, "c2"), (other, "c3")]
            )
        ),
    )
    printed = lines(make_chapter(view, choose_preset("paraphrase")))
    heads = [line.split(":")[0] for line in printed if "[Skriv dette" in line]
    assert heads == ["En informant", "En annen", "En tredje", "Den første", "En informant"]


def test_more_voices_than_there_are_ordinals_still_get_a_name():
    quotes = tuple(
        ChosenQuote(quote_of(EXCERPTS[3]).quote, "Ja.", case_id=f"case-{i}") for i in range(12)
    )
    printed = lines(make_chapter(study(quotes=quotes, excerpts=()), choose_preset("paraphrase")))
    assert sum(line.startswith("Enda en:") for line in printed) == 4


def test_participants_are_called_what_the_project_calls_them():
    view = study()
    project = type(view.project)("p", "T", case_word="deltaker")
    printed = lines(make_chapter(study(project=project), choose_preset("inline-first")))
    assert f"En av deltakerne sier: “{MEETING}”" in printed
    codes = lines(make_chapter(study(project=project), choose_preset("code-id")))
    assert f"«{MEETING}» (D1, leder)" in codes


def test_the_real_role_is_never_printed():
    for name in PRESETS:
        text = "\n".join(lines(make_chapter(study(), choose_preset(name), with_matrix=True)))
        assert "rådmann" not in text
        assert "rådgiver" not in text


def test_a_group_interview_is_called_one():
    sources = {uid("s1"): Source(uid("s1"), "G1", SourceType.GROUP, date="2018-05-09")}
    printed = lines(make_chapter(study(sources=sources), choose_preset("report")))
    assert f"{MEETING} (Gruppeintervju 09.05.18)" in printed


def test_what_is_missing_leaves_no_trace_in_an_attribution():
    values = {"date": "", "role": "leder", "type": "Intervju"}
    assert fill_template("({date}. {role})", values) == "(leder)"
    assert fill_template("({date}. {role})", {"date": "23.01.06"}) == "(23.01.06)"
    assert fill_template("({date}. {role})", {}) == ""


def test_a_project_overrides_single_values():
    preset = choose_preset(
        "code-id",
        {
            "block_from": "never",
            "marks": "“ ”",
            "attribution": "{informant} ({code}):",
            "placement": "lead-in",
            "italic": True,
        },
    )
    assert preset.placement is Placement.LEAD_IN
    printed = lines(make_chapter(study(), preset))
    assert f"Informant 1 (Faste møtepunkt): “{MEETING}”" in printed


@pytest.mark.parametrize(
    ("name", "overrides", "code"),
    [
        ("stor", {}, "K401"),
        ("report", {"farge": "rød"}, "K402"),
        ("report", {"block_from": "ofte"}, "K403"),
        ("report", {"italic": 1}, "K403"),
        ("report", {"placement": "midt i"}, "K403"),
        ("report", {"attribution": 3}, "K403"),
        ("report", {"attribution": "{navn}"}, "K404"),
        ("report", {"attribution": "{role.__class__}"}, "K404"),
        ("report", {"attribution": "{role"}, "K404"),
    ],
)
def test_a_wrong_setting_is_told_plainly(name, overrides, code):
    with pytest.raises(WrongUseError) as caught:
        choose_preset(name, overrides)
    assert caught.value.code == code
