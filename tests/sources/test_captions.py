"""Caption files from Teams, Zoom, noScribe and speech recognisers."""

from __future__ import annotations

from kodebok.domain.text import count_words
from kodebok.sources import read_file


def read(folder, text, name="I1.vtt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (arrival,) = read_file(path)
    return arrival


def timed(arrival):
    return [(turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in arrival.turns]


def test_new_teams_voices_over_two_lines_with_cue_ids(tmp_path):
    text = (
        "WEBVTT\n\n"
        "5fa1b2c3-0d4e-4a5b-8c6d-7e8f9a0b1c2d/12-0\n0:0:0.0 --> 0:0:2.680\n"
        "<v Kari Nordmann>Hei og\nvelkommen.</v>\n\n"
        "5fa1b2c3-0d4e-4a5b-8c6d-7e8f9a0b1c2d/13-0\n0:0:3.10 --> 0:0:4.5\n"
        "<v Ola &amp; Co>Takk.</v>\n"
    )
    assert timed(read(tmp_path, text)) == [
        ("Kari Nordmann", 0, 2_680, "Hei og velkommen."),
        ("Ola & Co", 3_100, 4_500, "Takk."),
    ]


def test_old_teams_notes_and_ids_are_no_speech(tmp_path):
    text = (
        'WEBVTT\n\nNOTE duration:"00:32:10.1230000"\n\nNOTE language:nb-no\n\n'
        "NOTE Confidence: 0.8\n\n"
        "e5b6c7d8-aaaa-bbbb-cccc-1234567890ab\n00:00:03.123 --> 00:00:06.456\nHei på deg.\n\n"
        "NOTE Confidence: 0.9\n\ne5b6c7d8-aaaa-bbbb-cccc-1234567890ac\n"
        "00:00:07.000 --> 00:00:09.000\nJa.\n"
    )
    arrival = read(tmp_path, text)
    assert timed(arrival) == [(None, 3_123, 9_000, "Hei på deg. Ja.")]
    assert len(arrival.doubts) == 1


def test_negative_and_unpadded_times(tmp_path):
    arrival = read(tmp_path, "WEBVTT\n\n-0:0:0.-400 --> 0:0:1.5\n<v A>Hei.</v>\n")
    assert timed(arrival) == [("A", 0, 1_500, "Hei.")]


def test_zoom_names_stand_in_the_text_and_a_line_without_one_goes_on(tmp_path):
    text = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nKari Nordmann: Hva skjedde?\n\n"
        "2\n00:00:03.000 --> 00:00:04.000\nOla Hansen: Det var slik.\n\n"
        "3\n00:00:05.000 --> 00:00:06.000\nOg så gikk vi.\n\n"
        "4\n00:00:07.000 --> 00:00:08.000\nKari Nordmann: Ja.\n"
    )
    assert timed(read(tmp_path, text)) == [
        ("Kari Nordmann", 1_000, 2_000, "Hva skjedde?"),
        ("Ola Hansen", 3_000, 6_000, "Det var slik. Og så gikk vi."),
        ("Kari Nordmann", 7_000, 8_000, "Ja."),
    ]


def test_a_long_turn_is_split_where_a_cue_ends(tmp_path):
    cues = "\n".join(
        f"00:{n:02}:00.000 --> 00:{n:02}:30.000\n<v R>{' '.join(['ord'] * 25)}.</v>\n"
        for n in range(10)
    )
    arrival = read(tmp_path, f"WEBVTT\n\n{cues}")
    assert [count_words(turn.text) for turn in arrival.turns] == [100, 100, 50]
    assert arrival.turns[1].start_ms == 240_000
    assert arrival.turns[1].end_ms == 450_000


def test_noscribe_captions(tmp_path):
    text = (
        "WEBVTT intervju1\n\nNOTE\nTranscribed with noScribe vers. 0.6\nAudio source: a.m4a\n\n"
        "NOTE media: a.m4a\n\n1\n00:00:00.000 --> 00:00:03.000\n"
        "<v S00>S00: [00:00:00] Hva gjør du?\n\n"
        "2\n00:00:03.000 --> 00:00:05.000\n<v S01>S01: Mye.\n"
    )
    assert timed(read(tmp_path, text)) == [
        ("S00", 0, 3_000, "Hva gjør du?"),
        ("S01", 3_000, 5_000, "Mye."),
    ]


def test_srt_with_a_text_ending_is_read_as_srt(tmp_path):
    text = (
        "1\n00:00:01,000 --> 00:00:02,500\nInformant: <i>Ja</i>.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nIntervjuer: Nei.\n"
    )
    arrival = read(tmp_path, text, "I1.txt")
    assert arrival.format == "srt"
    assert timed(arrival) == [
        ("Informant", 1_000, 2_500, "Ja."),
        ("Intervjuer", 3_000, 4_000, "Nei."),
    ]


def test_words_after_an_empty_line_inside_a_cue_are_kept(tmp_path):
    text = (
        "1\n00:00:01,000 --> 00:00:02,500\nFørst dette.\n\nSå dette.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nTil slutt.\n"
    )
    arrival = read(tmp_path, text, "I1.srt")
    assert arrival.turns[0].text == "Først dette. Så dette. Til slutt."


def test_two_voices_in_one_cue_are_two_turns(tmp_path):
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kari>Ja?</v>\n<v.loud Ola>Nei!</v>\n"
    assert [(t.speaker, t.text) for t in read(tmp_path, text).turns] == [
        ("Kari", "Ja?"),
        ("Ola", "Nei!"),
    ]
