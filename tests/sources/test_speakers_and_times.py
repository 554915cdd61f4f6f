"""A student's own ways of writing who speaks and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.domain.source import Arrival, SourceType
from kodebok.sources import ReadOptions, read_file


def read(folder: Path, text: str, name: str = "I1.txt", **options) -> Arrival:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (arrival,) = read_file(path, ReadOptions(**options))
    return arrival


def spoken(arrival: Arrival) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in arrival.turns]


def timed(arrival: Arrival) -> list[tuple[str | None, int | None, int | None, str]]:
    return [(turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in arrival.turns]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Intervjuer", "Informant 3"),
        ("I", "R"),
        ("I", "R2"),
        ("Intervjuar", "Deltakar"),
        ("INTERVJUER", "INFORMANT"),
        ("Moderator", "Taler 1"),
        ("Interviewer", "Speaker 2"),
        ("Int", "Resp."),
        ("S00", "S01"),
        ("SPEAKER_00", "SPEAKER_01"),
    ],
)
def test_labels_known_by_their_form_become_speakers(tmp_path, one, other):
    arrival = read(tmp_path, f"{one}: Hva gjør du?\n{other}: Jeg er sykepleier.\n")
    assert spoken(arrival) == [(one, "Hva gjør du?"), (other, "Jeg er sykepleier.")]


def test_names_that_recur_become_speakers(tmp_path):
    arrival = read(tmp_path, "Kari: Hei.\nOla Nordmann: Hei.\nKari: Ja.\nOla Nordmann: Nei.\n")
    assert arrival.speakers == ("Kari", "Ola Nordmann")


def test_bold_labels_are_understood_in_plain_text(tmp_path):
    arrival = read(tmp_path, "**Kari:** Hei.\n\n**Ola**: Hei.\n\n**Kari:** Ja.\n")
    assert spoken(arrival) == [("Kari", "Hei."), ("Ola", "Hei."), ("Kari", "Ja.")]


def test_a_colon_in_prose_does_not_become_a_speaker(tmp_path):
    text = (
        "Intervjuer: Hva skjedde?\n"
        "Informant: Det var slik.\n"
        "Jeg tenkte: nå går jeg.\n"
        "Klokka 10:30 kom de.\n"
        "Han sa: Nei.\n"
        "Se https://example.org for mer.\n"
    )
    arrival = read(tmp_path, text)
    assert arrival.speakers == ("Intervjuer", "Informant")
    assert "Jeg tenkte: nå går jeg.\nKlokka 10:30 kom de.\nHan sa: Nei." in arrival.turns[1].text


def test_prose_alone_has_no_speakers_and_each_paragraph_is_a_turn(tmp_path):
    long = "Dette er et langt avsnitt som handler om mye og mangt i en travel tjeneste. " * 3
    arrival = read(tmp_path, f"{long}\n\nMerk: dette er viktig.\n\n{long}\n")
    assert arrival.speakers == ()
    assert [turn.text for turn in arrival.turns] == [
        long.strip(),
        "Merk: dette er viktig.",
        long.strip(),
    ]


def test_a_label_that_is_only_perhaps_one_stays_as_text_and_is_told_of(tmp_path):
    prose = "\n".join(f"Og så skjedde det noe på dag {n}." for n in range(6))
    text = f"Intervjuer: Hei.\nInformant: Hei.\n{prose}\nKollega Mads: Unnskyld.\nIntervjuer: Ja.\n"
    arrival = read(tmp_path, text)
    assert arrival.turns[1].text == f"Hei.\n{prose}\nKollega Mads: Unnskyld."
    assert any("Kollega Mads" in doubt for doubt in arrival.doubts)


def test_lines_without_a_label_continue_the_turn_before(tmp_path):
    arrival = read(tmp_path, "I: Hva?\nR: Først dette.\n\nOg så dette.\nI: Ja.\n")
    assert spoken(arrival)[1] == ("R", "Først dette.\nOg så dette.")


def test_words_before_the_first_speaker_are_kept(tmp_path):
    arrival = read(tmp_path, "Intervju 4, vår\n\nI: Hva?\nR: Dette.\n")
    assert spoken(arrival)[0] == (None, "Intervju 4, vår")


def test_a_label_may_stand_on_a_line_of_its_own(tmp_path):
    arrival = read(tmp_path, "Intervjuer:\nHva gjør du?\nInformant:\nMye.\n")
    assert spoken(arrival) == [("Intervjuer", "Hva gjør du?"), ("Informant", "Mye.")]


def test_a_role_on_a_line_of_its_own_needs_no_colon(tmp_path):
    arrival = read(tmp_path, "Intervjuer\nHva gjør du?\nInformant\nMye rart.\n")
    assert spoken(arrival) == [("Intervjuer", "Hva gjør du?"), ("Informant", "Mye rart.")]


@pytest.mark.parametrize("form", ["[{}] ", "- {}: ", "– {}: ", "{} : "])
def test_labels_in_brackets_and_after_dashes(tmp_path, form):
    one, other = form.format("Intervjuer"), form.format("Informant 2")
    arrival = read(tmp_path, f"{one}Hva gjør du?\n{other}Mye.\n")
    assert spoken(arrival) == [("Intervjuer", "Hva gjør du?"), ("Informant 2", "Mye.")]


def test_a_tab_may_stand_for_the_colon(tmp_path):
    arrival = read(tmp_path, "I\tHva gjør du?\nR\tMye.\n")
    assert spoken(arrival) == [("I", "Hva gjør du?"), ("R", "Mye.")]


def test_one_voice_written_in_two_ways_is_one_speaker(tmp_path):
    arrival = read(tmp_path, "Intervjuer: A?\nInformant: B.\nINTERVJUER: C?\nInformant: D.\n")
    assert arrival.speakers == ("Intervjuer", "Informant")


@pytest.mark.parametrize(
    "legend",
    [
        "I = intervjuer, R = respondent\n",
        "I = intervjuer\nR = respondent\n",
        "(I = intervjuer; R = respondent)\n",
        "I: Intervjuer\nR: Respondent\n",
        "Tegnforklaring:\nI = intervjuer og R = respondent\n",
    ],
)
def test_a_legend_is_read_and_is_no_part_of_the_text(tmp_path, legend):
    arrival = read(tmp_path, f"{legend}\nI: Hva?\nR: Dette.\n")
    assert {key: value.lower() for key, value in arrival.legend.items()} == {
        "I": "intervjuer",
        "R": "respondent",
    }
    assert spoken(arrival) == [("I", "Hva?"), ("R", "Dette.")]


def test_signs_explained_in_the_legend_belong_to_it(tmp_path):
    arrival = read(tmp_path, "I = intervjuer\n(2 s) = pause i sekunder\n\nI: Hva?\nI: Nei.\n")
    assert arrival.legend["(2 s)"] == "pause i sekunder"
    assert arrival.turns[0].text == "Hva?"


@pytest.mark.parametrize("stamp", ["[00:01:23]", "(00:01:23)", "00:01:23", "#00:01:23-0#"])
def test_a_time_before_the_label_is_the_start(tmp_path, stamp):
    later = stamp.replace("01:23", "02:00")
    arrival = read(tmp_path, f"{stamp} I: Hva?\n{later} R: Dette.\n")
    assert timed(arrival) == [("I", 83_000, None, "Hva?"), ("R", 120_000, None, "Dette.")]


@pytest.mark.parametrize("line", ["I [00:01:23]: Hva?", "I (00:01:23): Hva?", "I: [00:01:23] Hva?"])
def test_a_time_beside_the_label_is_the_start(tmp_path, line):
    arrival = read(tmp_path, f"{line}\nR: Dette.\n")
    assert timed(arrival)[0] == ("I", 83_000, None, "Hva?")


def test_f4_marks_the_end_of_a_turn(tmp_path):
    arrival = read(tmp_path, "I: Hva? #00:00:05-4#\nR: Dette. #00:00:09-0#\n")
    assert timed(arrival) == [("I", 0, 5_400, "Hva?"), ("R", 5_400, 9_000, "Dette.")]


def test_f4_times_on_lines_of_their_own_end_the_turn_before(tmp_path):
    arrival = read(tmp_path, "I: Hva?\n#00:00:05-4#\nR: Dette.\n#00:00:09-0#\n")
    assert timed(arrival) == [("I", 0, 5_400, "Hva?"), ("R", 5_400, 9_000, "Dette.")]


def test_a_time_on_its_own_line_starts_what_follows(tmp_path):
    arrival = read(tmp_path, "00:00:10\nI: Hva?\n00:01:10\nR: Dette.\n")
    assert [(t.speaker, t.text) for t in arrival.turns] == [("I", "Hva?"), ("R", "Dette.")]
    assert [t.start_ms for t in arrival.turns] == [10_000, 70_000]


def test_a_time_at_the_end_of_the_line_is_the_end_of_the_turn(tmp_path):
    arrival = read(tmp_path, "I: Hva? [00:00:05]\nR: Dette. [00:00:09]\n")
    assert timed(arrival) == [("I", 0, 5_000, "Hva?"), ("R", 5_000, 9_000, "Dette.")]


def test_a_time_between_sentences_splits_the_turn(tmp_path):
    arrival = read(
        tmp_path, "[00:00:00] I: Hva?\n[00:00:05] R: Det var én. [00:01:00] Så en til.\n"
    )
    assert timed(arrival)[1:] == [
        ("R", 5_000, None, "Det var én."),
        ("R", 60_000, None, "Så en til."),
    ]


def test_a_time_in_mid_sentence_is_taken_out_and_told_of(tmp_path):
    arrival = read(tmp_path, "[00:00:00] I: Hva?\n[00:00:05] R: Det var [00:01:00] en til.\n")
    assert arrival.turns[1].text == "Det var en til."
    assert len(arrival.doubts) == 1


def test_a_clock_time_in_a_sentence_stays(tmp_path):
    arrival = read(tmp_path, "I: Når?\nR: Vi møttes klokka 10:30\nI: Ja.\nR: Så gikk vi (11:15)\n")
    assert [t.text for t in arrival.turns][1::2] == ["Vi møttes klokka 10:30", "Så gikk vi (11:15)"]
    assert all(t.end_ms is None for t in arrival.turns)


def test_timed_lines_without_names_are_joined_to_readable_turns(tmp_path):
    lines = "\n".join(f"[00:{n:02}.000 --> 00:{n + 1:02}.000]  ord nummer {n}." for n in range(50))
    arrival = read(tmp_path, lines)
    assert len(arrival.turns) == 2
    assert (arrival.turns[0].start_ms, arrival.turns[-1].end_ms) == (0, 50_000)


def test_zoom_text_with_names_and_times_above_the_words(tmp_path):
    text = (
        "[Kari Nordmann] 00:00:01\nHei, hører du meg?\n\n[Ola Hansen] 00:00:05\nJa.\n\n"
        "[Kari Nordmann] 00:00:08\nFint.\n"
    )
    arrival = read(tmp_path, text)
    assert timed(arrival) == [
        ("Kari Nordmann", 1_000, None, "Hei, hører du meg?"),
        ("Ola Hansen", 5_000, None, "Ja."),
        ("Kari Nordmann", 8_000, None, "Fint."),
    ]


def test_noscribe_text_loses_its_heading_and_keeps_its_voices(tmp_path):
    text = (
        "intervju1\nTranscribed with noScribe vers. 0.6\nAudio source: intervju1.m4a\n\n"
        "S00: [00:00:02] Hva gjør du?\n\nS01: [00:00:05] Jeg kjører rute fire.\n"
    )
    arrival = read(tmp_path, text)
    assert timed(arrival) == [
        ("S00", 2_000, None, "Hva gjør du?"),
        ("S01", 5_000, None, "Jeg kjører rute fire."),
    ]
    assert arrival.doubts


def test_nothing_is_recognised_when_the_user_says_so(tmp_path):
    arrival = read(tmp_path, "I: Hva?\nR: Dette.\n", speakers=False)
    assert spoken(arrival) == [(None, "I: Hva?"), (None, "R: Dette.")]


def test_labels_written_with_combining_accents_are_understood(tmp_path):
    arrival = read(tmp_path, "Pa\u030al: Hei.\nÅse: Hei.\nPa\u030al: Ja.\nÅse: Nei.\n")
    assert arrival.speakers == ("Pål", "Åse")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I: Hva?\nR: Dette.\n", SourceType.INTERVIEW),
        ("Moderator: Hva?\nKari: A.\nModerator: Ja.\nKari: B.\n", SourceType.GROUP),
        ("Notat fra møtet\n\nDet var stille.\n", SourceType.NOTES),
        ("Observasjon på vaktrommet\n\nDet var stille.\n", SourceType.OBSERVATION),
    ],
)
def test_the_likely_type_is_suggested(tmp_path, text, expected):
    assert read(tmp_path, text).type is expected
    chosen = read(tmp_path, text, source_type=SourceType.DOCUMENT)
    assert chosen.type is SourceType.DOCUMENT


def test_the_example_transcripts_are_understood():
    folder = Path(__file__).parents[2] / "transcripts"
    found = {path.name: read_file(path)[0] for path in folder.iterdir() if path.name != "README.md"}
    assert found["I1-enhetsleder.txt"].speakers == ("Intervjuer", "Informant 1")
    assert found["I2-fagutviklingssykepleier.txt"].legend["R"].startswith("respondent")
    assert found["I2-fagutviklingssykepleier.txt"].speakers == ("I", "R")
    assert found["I3-ergoterapeut.vtt"].turns[0].start_ms == 1_200
    assert "Informant 3" in found["I3-ergoterapeut.vtt"].speakers
    assert found["I4-helsefagarbeider.txt"].turns[0].start_ms == 4_000
    assert found["G1-fokusgruppe.txt"].type is SourceType.GROUP
    assert found["N1-kartleggingsmote.md"].type is SourceType.NOTES
    assert not any(arrival.repairs or arrival.doubts for arrival in found.values())
