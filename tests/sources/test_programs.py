"""What other programs write around speech: each with its own times, names and headings."""

from __future__ import annotations

import docx
import pytest

from kodebok.errors import KodebokError
from kodebok.sources import read_file
from tests.sources.documents import write_docx


def read(folder, text, name="I1.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (arrival,) = read_file(path)
    return arrival


def read_document(path):
    (arrival,) = read_file(path)
    return arrival


def timed(arrival):
    return [(turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in arrival.turns]


def started(arrival):
    return [(turn.speaker, turn.start_ms, turn.text) for turn in arrival.turns]


def test_f4_with_the_time_at_both_ends_of_a_paragraph(tmp_path):
    text = "#00:00:00-0# I: Hva? #00:00:06-8#\n\n#00:00:06-8# B: Dette. #00:00:14-2#\n"
    assert timed(read(tmp_path, text)) == [
        ("I", 0, 6_800, "Hva?"),
        ("B", 6_800, 14_200, "Dette."),
    ]


def test_maxqda_with_paragraph_numbers_and_times(tmp_path):
    text = (
        "Intervju 3\n\n1    #00:00:00-0# I: Kan du fortelle?\n2    #00:00:06-8# B: Ja.\nOg mer.\n"
        "3    #00:00:14-2# I: Fint.\n4    #00:00:20-2# B: Takk.\n"
    )
    arrival = read(tmp_path, text)
    assert started(arrival) == [
        (None, None, "Intervju 3"),
        ("I", 0, "Kan du fortelle?"),
        ("B", 6_800, "Ja.\nOg mer."),
        ("I", 14_200, "Fint."),
        ("B", 20_200, "Takk."),
    ]
    assert len(arrival.doubts) == 1


def test_maxqda_with_a_time_glued_to_the_name(tmp_path):
    text = "00:03:40.5Kari: Hva skjer?\n\n00:03:44.3Ola: Mye.\n\n00:03:50.0Kari: Ja.\n"
    assert started(read(tmp_path, text)) == [
        ("Kari", 220_500, "Hva skjer?"),
        ("Ola", 224_300, "Mye."),
        ("Kari", 230_000, "Ja."),
    ]


def test_numbered_paragraphs_of_speech_without_times(tmp_path):
    text = "1\tI: Hva?\n2\tB: Dette.\n3\tI: Ja?\n4\tB: Ja.\n"
    assert [(t.speaker, t.text) for t in read(tmp_path, text).turns][:2] == [
        ("I", "Hva?"),
        ("B", "Dette."),
    ]


def test_a_numbered_list_of_questions_keeps_its_numbers(tmp_path):
    text = "1 Hva gjør du?\n2 Hvem er med?\n3 Hva er vanskelig?\n4 Noe mer?\n"
    assert read(tmp_path, text).turns[0].text == "1 Hva gjør du?"


@pytest.mark.parametrize(
    "line",
    [
        "{{{time}}}[{name}] {text}",
        "[{dotted}] [{name}] {text}",
        "[{time}]\n[{name}] {text}\n",
        "[{time}] {{{name}}} {text}",
        "{{{time}}} {name}: {text}",
    ],
)
def test_qualcoder_times_and_names_in_brackets(tmp_path, line):
    said = [("Kari", "00:00:10", "Hva?"), ("Ola", "00:00:15", "Mye."), ("Kari", "00:01:05", "Ja.")]
    text = "\n".join(
        line.format(time=time, dotted=time.replace(":", "."), name=name, text=words)
        for name, time, words in said
    )
    assert started(read(tmp_path, text)) == [
        ("Kari", 10_000, "Hva?"),
        ("Ola", 15_000, "Mye."),
        ("Kari", 65_000, "Ja."),
    ]


def test_what_is_heard_besides_speech_is_no_speaker(tmp_path):
    lines = "[Latter] Ja.\n[Pause] Nei.\n[Ler] Kanskje.\n[Uklart] Og så.\n"
    assert read(tmp_path, lines).speakers == ()
    arrival = read(tmp_path, f"I: Hva?\nR: Dette.\n{lines}")
    assert arrival.speakers == ("I", "R")
    assert arrival.turns[1].text == f"Dette.\n{lines.strip()}"


def test_a_date_in_brackets_is_no_time(tmp_path):
    arrival = read(tmp_path, "[12.03.25]\n\nI: Hva?\nR: Dette.\n")
    assert arrival.turns[0].text == "[12.03.25]"


def test_teams_times_before_the_beginning_are_the_beginning(tmp_path):
    text = "WEBVTT\n\n00:00:-3.-500 --> 0:-0:2.1\n<v Kari>Hei.</v>\n"
    assert timed(read(tmp_path, text, "a.vtt")) == [("Kari", 0, 0, "Hei.")]


def test_a_teams_voice_whose_name_runs_over_two_lines(tmp_path):
    text = "WEBVTT\r\n\r\n00:00:01.0 --> 00:00:04.1\r\n<v Ola\r\nHansen>på\r\ndeg</v>\r\n"
    (tmp_path / "a.vtt").write_bytes(text.encode())
    assert timed(read_document(tmp_path / "a.vtt")) == [("Ola Hansen", 1_000, 4_100, "på deg")]


def test_teams_without_any_speaker(tmp_path):
    text = "WEBVTT\n\n0:0:0.0 --> 0:0:1.5\nHei.\n\n0:0:2.0 --> 0:0:3.5\nHva gjør du?\n"
    arrival = read(tmp_path, text, "a.vtt")
    assert timed(arrival) == [(None, 0, 3_500, "Hei. Hva gjør du?")]
    assert len(arrival.doubts) == 1


def test_a_teams_document_loses_its_heading(tmp_path):
    path = write_docx(
        tmp_path / "a.docx",
        [
            "Intervju-20250115_133555-Møteopptak",
            "15. januar 2025, 12:35",
            "27m 42s",
            "Kari Nordmann started transcription",
            "Kari Nordmann   0:03\nHva gjør du?",
            "Ola Hansen (Ekstern)   0:07\nJeg kjører rute.",
            "Kari Nordmann   1:00:07\nJa.",
        ],
    )
    assert started(read_document(path)) == [
        ("Kari Nordmann", 3_000, "Hva gjør du?"),
        ("Ola Hansen (Ekstern)", 7_000, "Jeg kjører rute."),
        ("Kari Nordmann", 3_607_000, "Ja."),
    ]


def test_zoom_with_one_speaker_named_once(tmp_path):
    text = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nKari Nordmann: Hva skjedde?\n\n"
        "2\n00:00:03.000 --> 00:00:04.000\nDet gikk bra.\n"
    )
    assert timed(read(tmp_path, text, "a.vtt")) == [
        ("Kari Nordmann", 1_000, 4_000, "Hva skjedde? Det gikk bra.")
    ]


ENGLISH_CLOSING = (
    "Meeting ended after 00:23:09 👋\n\nThis editable transcript was computer generated and"
    " might contain errors. People can also change the text after it was created."
)
NORWEGIAN_CLOSING = (
    "Transkripsjonen ble avsluttet etter 00:23:09\nDenne redigerbare transkripsjonen er laget"
    " av en datamaskin og kan inneholde feil."
)


@pytest.mark.parametrize("closing", [ENGLISH_CLOSING, NORWEGIAN_CLOSING])
def test_google_meet_loses_its_heading_and_its_closing(tmp_path, closing):
    text = (
        "Møte med Kari (2025-03-01 10:00 GMT+1) - Transcript\nAttendees\nKari Nordmann, Ola Hansen"
        "\n\nTranscript\n\nKari Nordmann: Hei?\nOla Hansen: Ja da.\n\n00:05:00\n\n"
        f"Kari Nordmann: Da begynner vi.\nOla Hansen: Fint.\n\n{closing}\n"
    )
    assert started(read(tmp_path, text)) == [
        ("Kari Nordmann", None, "Hei?"),
        ("Ola Hansen", None, "Ja da."),
        ("Kari Nordmann", 300_000, "Da begynner vi."),
        ("Ola Hansen", None, "Fint."),
    ]


SAID = [("SPEAKER_00", 0, 4_000, "Hva gjør du?"), ("SPEAKER_01", 4_000, 9_000, "Jeg jobber.")]


@pytest.mark.parametrize(
    "line",
    [
        "[{0} --> {1}] {2}: {3}",
        "[{0} --> {1}] [{2}] {3}",
        "{2} [{0} - {1}]: {3}",
        "{2} ({0} - {1})\n{3}\n",
        "{0} - {1} {2}\n{3}\n",
    ],
)
def test_autotekst_and_nettskjema_as_text(tmp_path, line):
    ends = [("00:00:00", "00:00:04"), ("00:00:04", "00:00:09")]
    text = "\n".join(
        line.format(start, end, speaker, words)
        for (start, end), (speaker, _s, _e, words) in zip(ends, SAID, strict=True)
    )
    assert timed(read(tmp_path, text)) == SAID


@pytest.mark.parametrize("label", ["[{}]: ", "[{}] ", "({}) ", "{}: "])
@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
def test_autotekst_and_nettskjema_as_captions(tmp_path, label, name):
    one, other = label.format("SPEAKER_00"), label.format("SPEAKER_01")
    text = (
        f"1\n00:00:00,000 --> 00:00:04,000\n{one}Hva gjør du?\n\n"
        f"2\n00:00:04,000 --> 00:00:09,000\n{other}Jeg jobber.\n"
    )
    if name == "a.vtt":
        text = "WEBVTT\n\n" + text.replace(",", ".")
    assert timed(read(tmp_path, text, name)) == SAID


def test_nettskjema_times_without_names(tmp_path):
    path = write_docx(
        tmp_path / "a.docx",
        ["00:00:00 - 00:00:04 Hva gjør du?", "00:00:04 - 00:00:09 Jeg jobber på sykehjem."],
    )
    assert timed(read_document(path)) == [(None, 0, 9_000, "Hva gjør du? Jeg jobber på sykehjem.")]


def test_noscribe_captions_with_a_pause_and_a_voice_that_breaks_in(tmp_path):
    text = (
        "WEBVTT intervju\n\nNOTE media: a.m4a\n\n"
        "0\n00:00:00.000 --> 00:00:03.000\n<v S00>S00: Hva gjør du?\n\n"
        "1\n00:00:03.000 --> 00:00:13.000\n<v > (10 sekunders pause)\n\n"
        "2\n00:00:13.000 --> 00:00:15.000\n<v S01>S01: Mye.\n\n"
        "3\n00:00:14.000 --> 00:00:15.000\n<v //S00> //S00: Ja.//\n\n"
        "4\n00:00:15.000 --> 00:00:17.000\n<v S01>S01: Og mer.\n"
    )
    assert timed(read(tmp_path, text, "a.vtt")) == [
        ("S00", 0, 13_000, "Hva gjør du? (10 sekunders pause)"),
        ("S01", 13_000, 15_000, "Mye."),
        ("S00", 14_000, 15_000, "//Ja.//"),
        ("S01", 15_000, 17_000, "Og mer."),
    ]


def test_noscribe_page_with_a_pause_and_a_voice_that_breaks_in(tmp_path):
    page = (
        '<html><head><meta charset="UTF-8"></head><body><p>intervju</p>'
        '<p><a name="ts_0_3040_S00">S00: [00:00:00] Hva gjør du? </a>'
        '<a name="ts_3040_13000_">(10 sekunders pause) </a></p>'
        '<p><a name="ts_13000_15000_S01">S01: Jeg er</a>'
        '<a name="ts_14000_15000_//S00"> //S00: ja// </a>'
        '<a name="ts_15000_17000_S01"> sykepleier.</a></p></body></html>'
    )
    assert timed(read(tmp_path, page, "a.html")) == [
        ("S00", 0, 13_000, "Hva gjør du? (10 sekunders pause)"),
        ("S01", 13_000, 15_000, "Jeg er"),
        ("S00", 14_000, 15_000, "//ja//"),
        ("S01", 15_000, 17_000, "sykepleier."),
    ]


def test_noscribe_text_with_a_voice_that_breaks_in(tmp_path):
    text = (
        "S00: [00:00:00] Hva? (..) Ja.\n\n(10 sekunders pause)\n\n"
        "S01: [00:00:15] Jeg //S00: ja// jobber.\n\n//S00: Mhm.//\n\nS01: Og der.\n"
    )
    assert started(read(tmp_path, text)) == [
        ("S00", 0, "Hva? (..) Ja.\n(10 sekunders pause)"),
        ("S01", 15_000, "Jeg //S00: ja// jobber."),
        ("S00", None, "//Mhm.//"),
        ("S01", None, "Og der."),
    ]


def test_a_students_own_file_with_a_legend_mixed_labels_and_times_at_the_end(tmp_path):
    path = write_docx(
        tmp_path / "a.docx",
        [
            "I = intervjuer, IP = intervjuperson, (…) = utelatt",
            "",
            "I: Kan du fortelle?",
            "IP: Ja, jeg har vært her i ti år. (00:01:10)",
            "Intervjuer: Hvordan da?",
            "Intervjuperson: Slik. (00:02:10)",
            "I: Ok (00:03:00)",
        ],
    )
    arrival = read_document(path)
    assert arrival.speakers == ("I", "IP")
    assert [(turn.speaker, turn.end_ms) for turn in arrival.turns] == [
        ("I", None),
        ("IP", 70_000),
        ("I", None),
        ("IP", 130_000),
        ("I", 180_000),
    ]


def test_a_students_own_table_with_everyday_headings(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for cells in [("Hvem", "Hva", "Tid"), ("I", "Hva?", "00:10"), ("R", "Dette.", "00:15")]:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))
    assert started(read_document(tmp_path / "a.docx")) == [
        ("I", 10_000, "Hva?"),
        ("R", 15_000, "Dette."),
    ]


def test_a_table_of_times_alone_holds_no_words(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, clock in enumerate(["00:10", "00:15", "00:20"]):
        table.cell(row, 0).text = clock
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(KodebokError) as caught:
        read_document(tmp_path / "a.docx")
    assert caught.value.code == "K140"
