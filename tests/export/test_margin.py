"""An interview with its codes in the margin."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from kodebok.domain.coding import Coding
from kodebok.domain.project import User
from kodebok.export.margin import margin_docx
from kodebok.export.text_out import source_text_bytes
from kodebok.export.xml_text import xml_safe
from tests.export.builders import EXCERPTS, NYNORSK, study, text_of, uid
from tests.export.reading import Q, part


def commented_words(content: bytes) -> list[tuple[str, str]]:
    """Each comment's text with the words that lie between its start and its end."""
    texts = {
        comment.get(f"{Q}id"): "".join(comment.itertext())
        for comment in part(content, "word/comments.xml")
    }
    found: dict[str, list[str]] = {}
    is_open: set[str] = set()
    done: list[tuple[str, str]] = []
    for element in part(content).iter():
        number = element.get(f"{Q}id") or ""
        if element.tag == f"{Q}commentRangeStart":
            is_open.add(number)
            found[number] = []
        elif element.tag == f"{Q}commentRangeEnd":
            is_open.remove(number)
            done.append((texts[number], "".join(found[number])))
        elif element.tag == f"{Q}t":
            bold = element.getparent().find(f"{Q}rPr/{Q}b") is not None
            for open_number in is_open:
                if not bold:
                    found[open_number].append(element.text or "")
        elif element.tag == f"{Q}br":
            for open_number in is_open:
                found[open_number].append("\n")
    assert not is_open
    references = {e.get(f"{Q}id") for e in part(content).iter(f"{Q}commentReference")}
    assert references == set(texts)
    return done


def test_each_comment_lies_on_exactly_the_coded_words():
    expected = sorted((e.code, e.text) for e in EXCERPTS if e.source_id == uid("s1"))
    found = sorted(commented_words(margin_docx(study(), uid("s1"))))
    assert [(code.removesuffix(" (nyanserer)"), words) for code, words in found] == expected


def test_a_weight_is_told_with_the_code():
    codes = [code for code, _words in commented_words(margin_docx(study(), uid("s1")))]
    assert "Organisatoriske grep (nyanserer)" in codes


def test_voices_stand_in_bold_and_times_only_when_wanted():
    document = docx.Document(BytesIO(margin_docx(study(), uid("s2"))))
    turn = document.paragraphs[2]
    assert turn.text == f"Informant 2: {NYNORSK}"
    assert turn.runs[0].bold
    timed = docx.Document(BytesIO(margin_docx(study(), uid("s2"), with_times=True)))
    assert timed.paragraphs[2].text == f"[0:01:01] Informant 2: {NYNORSK}"


def test_a_single_coder_is_not_named():
    comments = part(margin_docx(study(), uid("s1")), "word/comments.xml")
    assert {comment.get(f"{Q}author") for comment in comments} == {"kodebok"}


def test_several_coders_are_told_apart_by_initials_never_by_name():
    view = study()
    other = replace(view.codings[0], id=uid("x"), coder_id=uid("u2"))
    third = replace(view.codings[0], id=uid("y"), coder_id=uid("u3"))
    users = (*view.users, User(uid("u2"), "Anders Bø"), User(uid("u3"), "Nils"))
    content = margin_docx(
        replace(view, codings=(*view.codings, other, third), users=users), uid("s1")
    )
    authors = {c.get(f"{Q}author") for c in part(content, "word/comments.xml")}
    assert len(authors) == 3
    assert {author.rstrip("0123456789") for author in authors} == {"AB", "N"}


def test_an_interview_without_codings_has_no_comments_and_opens():
    content = margin_docx(study(codings=()), uid("s3"))
    assert docx.Document(BytesIO(content)).paragraphs[1].text == text_of("s3")


@settings(deadline=None)
@given(st.text(max_size=60), st.data())
def test_any_ranges_over_any_text_are_marked_to_the_letter(text, data):
    offsets = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(offsets, offsets).map(sorted), max_size=6))
    codings = tuple(
        Coding(uid(f"h{i}"), uid("s3"), uid("c11"), uid("u1"), start, end, text[start:end])
        for i, (start, end) in enumerate(spans)
    )
    view = study(texts={uid("s3"): text}, turns={}, codings=codings)
    content = margin_docx(view, uid("s3"))
    wanted = [text[start:end].strip() for start, end in spans if text[start:end].strip()]
    if not wanted:
        return
    found = sorted(_squeezed(words) for _code, words in commented_words(content))
    assert found == sorted(_squeezed(xml_safe(words)) for words in wanted)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def test_plain_text_names_the_voices():
    assert source_text_bytes(study(), uid("s2")).decode() == (
        f"Intervjuer: Kven har ansvaret?\n\nInformant 2: {NYNORSK}\n"
    )
    timed = source_text_bytes(study(), uid("s2"), with_times=True).decode()
    assert timed.startswith("[0:00:00] Intervjuer: ")
