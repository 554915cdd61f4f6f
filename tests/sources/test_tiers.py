"""ELAN, Praat and oTranscribe: transcripts that lie beside their sound."""

from __future__ import annotations

import json

import pytest

from kodebok.errors import KodebokError
from kodebok.sources import read_file

EAF = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2025-01-01T10:00:00+01:00" FORMAT="3.0" VERSION="3.0">
<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>
<TIME_ORDER>
<TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="780"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="1590"/>
<TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="1500"/><TIME_SLOT TIME_SLOT_ID="ts4"/>
<TIME_SLOT TIME_SLOT_ID="ts5" TIME_VALUE="4000"/><TIME_SLOT TIME_SLOT_ID="ts6" TIME_VALUE="4500"/>
</TIME_ORDER>
<TIER LINGUISTIC_TYPE_REF="d" PARTICIPANT="Intervjuer" TIER_ID="K-Spch">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
<ANNOTATION_VALUE>Hva gjør du?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a4" TIME_SLOT_REF1="ts5" TIME_SLOT_REF2="ts6">
<ANNOTATION_VALUE>Ja vel.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER LINGUISTIC_TYPE_REF="d" TIER_ID="Informant">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts3" TIME_SLOT_REF2="ts4">
<ANNOTATION_VALUE>Mye &amp; mangt.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER LINGUISTIC_TYPE_REF="tr" PARENT_REF="Informant" TIER_ID="oversatt">
<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a3" ANNOTATION_REF="a2">
<ANNOTATION_VALUE>A lot.</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
</ANNOTATION_DOCUMENT>"""

LONG = r"""File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 9.5
tiers? <exists>
size = 3
item []:
    item [1]:
        class = "IntervalTier"
        name = "Intervjuer"
        xmin = 0
        xmax = 9.5
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 2.25
            text = "Hva ""gj\o/r"" du?"
        intervals [2]:
            xmin = 2.25
            xmax = 9.5
            text = ""
    item [2]:
        class = "IntervalTier"
        name = "Informant 1"
        xmin = 0
        xmax = 9.5
        intervals: size = 1
        intervals [1]:
            xmin = 2
            xmax = 9.5
            text = "Mye rart på 5 steder."
    item [3]:
        class = "TextTier"
        name = "host"
        xmin = 0
        xmax = 9.5
        points: size = 1
        points [1]:
            number = 3.5
            mark = "host"
"""
SHORT = (
    'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n9.5\n<exists>\n3\n'
    '"IntervalTier"\n"Intervjuer"\n0\n9.5\n2\n0\n2.25\n"Hva ""gj\\o/r"" du?"\n2.25\n9.5\n"sil"\n'
    '"IntervalTier"\n"Informant 1"\n0\n9.5\n1\n2\n9.5\n"Mye rart på 5 steder."\n'
    '"TextTier"\n"host"\n0\n9.5\n1\n3.5\n"host"\n'
)


def read(folder, name, content, encoding="utf-8"):
    path = folder / name
    path.write_text(content, encoding=encoding)
    (arrival,) = read_file(path)
    return arrival


def refusal(folder, name, content):
    with pytest.raises(KodebokError) as caught:
        read(folder, name, content)
    return caught.value.code


def timed(arrival):
    return [(turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in arrival.turns]


def test_elan_tiers_are_speakers_in_order_of_time_and_translations_are_left_out(tmp_path):
    arrival = read(tmp_path, "I1.eaf", EAF)
    assert arrival.format == "eaf"
    assert timed(arrival) == [
        ("Intervjuer", 780, 1_590, "Hva gjør du?"),
        ("Informant", 1_500, None, "Mye & mangt."),
        ("Intervjuer", 4_000, 4_500, "Ja vel."),
    ]
    assert len(arrival.doubts) == 1


def test_elan_without_words_and_elan_that_is_damaged_or_made_to_harm(tmp_path):
    assert (
        refusal(tmp_path, "a.eaf", "<ANNOTATION_DOCUMENT><TIER/></ANNOTATION_DOCUMENT>") == "K142"
    )
    assert refusal(tmp_path, "a.eaf", EAF[:700]) == "K119"
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><ANNOTATION_DOCUMENT>&a;'
    assert refusal(tmp_path, "a.eaf", bomb) in {"K118", "K137"}
    late = EAF.replace("<HEADER", "<!DOCTYPE x><HEADER")
    assert refusal(tmp_path, "a.eaf", late) == "K118"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("form", [LONG, SHORT], ids=["long", "short"])
def test_praat_in_both_forms_and_every_encoding(tmp_path, form, encoding):
    arrival = read(tmp_path, "I1.TextGrid", form, encoding)
    assert arrival.format == "textgrid"
    assert timed(arrival) == [
        ("Intervjuer", 0, 2_250, 'Hva "gjør" du?'),
        ("Informant 1", 2_000, 9_500, "Mye rart på 5 steder."),
    ]
    assert len(arrival.doubts) == 1


def test_praat_tiers_of_words_and_sounds_are_not_read_beside_the_speech(tmp_path):
    finer = SHORT.replace('"Informant 1"', '"words"')
    assert [turn.speaker for turn in read(tmp_path, "a.TextGrid", finer).turns] == ["Intervjuer"]
    alone = finer.replace('"Intervjuer"', '"ORT-MAU"')
    assert read(tmp_path, "a.TextGrid", alone).speakers == ("ORT-MAU", "words")


@pytest.mark.parametrize("cut", [80, 120, 160, 200, len(SHORT) - 8])
def test_praat_that_was_cut_short(tmp_path, cut):
    assert refusal(tmp_path, "a.TextGrid", SHORT[:cut]) == "K143"


def test_praat_with_absurd_numbers(tmp_path):
    assert refusal(tmp_path, "a.TextGrid", SHORT.replace("\n3\n", f"\n{10**15}\n")) == "K143"
    assert refusal(tmp_path, "a.TextGrid", SHORT.replace("2.25", "1e999")) == "K143"


def otr(page: str) -> str:
    return json.dumps({"text": page, "media": "a.mp3", "media-time": 12})


def test_otranscribe_times_and_speakers(tmp_path):
    page = (
        '<p><span class="timestamp" contenteditable="false" data-timestamp="1.52">0:01</span>'
        "&nbsp;Kari: Hei på <i>deg</i>.<br /></p>"
        '<p><span class="timestamp" data-timestamp="5.1">0:05</span> Ola: Ja. </p><p><br /></p>'
        '<p><span class="timestamp">1:05</span> Kari: Nei.</p>'
    )
    for name in ("I1.otr", "I1.json"):
        arrival = read(tmp_path, name, otr(page))
        assert arrival.format == "otr"
        assert timed(arrival) == [
            ("Kari", 1_520, None, "Hei på deg."),
            ("Ola", 5_100, None, "Ja."),
            ("Kari", 65_000, None, "Nei."),
        ]


def test_otranscribe_without_a_transcript(tmp_path):
    assert refusal(tmp_path, "a.otr", '{"media": "a.mp3"}') == "K141"
    assert refusal(tmp_path, "a.otr", '{"text": 5}') == "K141"
    assert refusal(tmp_path, "a.otr", '{"text": "<p>') == "K141"
    assert refusal(tmp_path, "a.otr", '{"a":' * 100_000) == "K141"
    assert refusal(tmp_path, "a.otr", otr("<p></p>")) == "K140"


def test_signs_that_no_page_may_hold_are_no_hindrance(tmp_path):
    page = '<p><span class="timestamp" data-timestamp="1">0:01</span> \x01Informant: Hei\ud800.'
    assert timed(read(tmp_path, "a.otr", otr(page))) == [("Informant", 1_000, None, "Hei.")]
