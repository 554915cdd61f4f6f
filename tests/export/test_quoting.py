"""A quote's words, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.quote import Degree, Insertion, Quote
from kodebok.domain.span import Span
from kodebok.export.chapter import make_chapter
from kodebok.export.model import ChosenQuote
from kodebok.export.presets import choose_preset
from kodebok.export.quoting import (
    carried_marks,
    is_verbatim,
    print_quote,
    printed_words,
    quote_remarks,
)
from tests.export.builders import EXCERPTS, MEETING, SOURCES, quote_of, study, text_of, uid
from tests.export.reading import lines

REPORT = choose_preset("report")


def test_cuts_and_insertions_are_marked_in_the_presets_way():
    cut = Span(MEETING.index("der "), MEETING.index("sitter"))
    chosen = quote_of(EXCERPTS[0], cuts=(cut,), insertions=(Insertion(11, "på tavla"),))
    words = {n: printed_words(chosen, choose_preset(n).cut) for n in ("block-first", "report")}
    assert words["block-first"] == "Morgenmøtet [på tavla] er (…) sitter, hvis du spør meg."
    assert words["report"] == "Morgenmøtet [på tavla] er […] sitter, hvis du spør meg."


def test_a_question_inside_a_quote_is_not_put_in_the_informants_mouth():
    text = text_of("s1")
    start, end = text.index("og jeg kan nesten"), text.index("en henvisning")
    words = text[start:end]
    quote = Quote("q", uid("s1"), start, end, words, code_id=uid("c11"))
    printed = print_quote(study(), ChosenQuote(quote, words), REPORT, "nb").words
    assert printed == (
        "[Informant 1:] og jeg kan nesten se på folk hvordan dagen blir. "
        "[Intervjuer:] Og ellers? [Informant 1:] Før måtte du skrive"
    )


def test_a_quote_that_is_a_question_says_who_asks():
    question = "Og ellers?"
    start = text_of("s1").index(question)
    quote = Quote("q", uid("s1"), start, start + len(question), question)
    printed = print_quote(study(), ChosenQuote(quote, question), REPORT, "nn").words
    assert printed == "[Intervjuar:] Og ellers?"


def test_marks_inside_a_quote_give_way_to_those_around_it():
    words = "Hun sa «ja» og “nei”."
    chosen = ChosenQuote(Quote("q", uid("s3"), 0, 21, words), words)
    code_id = print_quote(study(), chosen, choose_preset("code-id"), "nb")
    inline = print_quote(study(), chosen, choose_preset("inline-first"), "nb")
    assert code_id.marked_words == "«Hun sa ‘ja’ og “nei”.»"
    assert inline.marked_words == "“Hun sa «ja» og ‘nei’.”"
    assert print_quote(study(), chosen, REPORT, "nb").marked_words == words


def test_an_edited_quote_says_how_it_was_edited():
    remarks = {}
    for degree in Degree:
        chosen = quote_of(EXCERPTS[2], degree=degree, wording="Jeg vet ikke hvem.")
        remarks[degree] = quote_remarks(study(), chosen, "nb")
        words = printed_words(chosen, "…")
        assert words == (EXCERPTS[2].text if degree is Degree.VERBATIM else "Jeg vet ikke hvem.")
    assert remarks == {
        Degree.VERBATIM: (),
        Degree.LIGHT: ("lett redigert",),
        Degree.NORMALISED: ("normalisert",),
        Degree.TRANSLATED: ("oversatt fra nynorsk",),
    }


def test_a_translated_quote_is_in_the_documents_language():
    chosen = quote_of(EXCERPTS[2], degree=Degree.TRANSLATED, wording="I do not know.")
    assert print_quote(study(), chosen, REPORT, "en").language == "en"
    assert print_quote(study(), quote_of(EXCERPTS[2]), REPORT, "en").language == "nn"


def test_unheard_machine_text_is_never_called_verbatim():
    view = study(unheard={uid("s1"): (Span(30, 31),)}, excerpts=EXCERPTS[:1])
    assert not is_verbatim(view, quote_of(EXCERPTS[0]))
    document = make_chapter(view, choose_preset("inline-first"))
    assert (
        f"En av informantene sier: “{MEETING}” (maskinskrevet, ikke kontrollert mot lyden)"
        in lines(document)
    )
    assert "ordrett" not in "\n".join(lines(document))
    assert document.doubts


def test_the_closing_line_counts_each_kind_of_wording():
    view = study(
        quotes=(
            quote_of(EXCERPTS[0]),
            quote_of(EXCERPTS[1], degree=Degree.LIGHT, wording="Det er noe."),
            quote_of(EXCERPTS[4]),
        )
    )
    closing = lines(make_chapter(view, choose_preset("code-id"), command="kodebok export word"))[-1]
    assert closing == (
        "Laget med kodebok av de valgte sitatene (3). Oppsett: code-id. "
        "Ordlyd: ordrett 1, lett redigert 1, etter notat 1. "
        "Lag det på nytt med: kodebok export word"
    )


def test_a_quote_prints_what_its_source_says_now_and_the_drift_is_reported():
    old = quote_of(EXCERPTS[0])
    now = MEETING.replace("tverrfagligheten", "samarbeidet")
    view = study(quotes=(replace(old, words=now),))
    document = make_chapter(view, choose_preset("report"))
    assert f"{now} (Intervju 09.05.18)" in lines(document)
    assert old.quote.id[:8] in document.doubts[0]


def test_a_cut_stays_on_its_words_when_the_source_was_anonymised_after_the_choice():
    old = "Kåre Lillevik, som jeg ikke liker, skulle kutte to årsverk"
    now = "kommunalsjefen, som jeg ikke liker, skulle kutte to årsverk"
    cut = Span(old.index(", som"), old.index(" skulle"))
    quote = Quote("q", uid("s1"), 0, len(old), old, cuts=(cut,))
    assert printed_words(ChosenQuote(quote, now), "[…]") == (
        "kommunalsjefen […] skulle kutte to årsverk"
    )


@given(st.text(), st.text(), st.text(), st.text(min_size=1))
def test_what_was_cut_never_comes_back_when_the_words_around_it_change(before, after, new, hidden):
    old = f"{before}{hidden}{after}"
    quote = Quote("q", "s", 0, len(old), old, cuts=(Span(len(before), len(before) + len(hidden)),))
    now = old + new
    cuts, _insertions = carried_marks(quote, now)
    assert next(now[c.start : c.end] for c in cuts).startswith(hidden)


def test_a_quote_from_a_source_that_is_not_there_is_still_printed():
    chosen = quote_of(EXCERPTS[0])
    gone = {k: v for k, v in SOURCES.items() if k != uid("s1")}
    assert print_quote(study(sources=gone), chosen, REPORT, "nb").words == MEETING
