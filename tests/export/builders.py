"""A small study in one line, for tests of exports."""

from __future__ import annotations

import uuid
from typing import Any

from kodebok.domain.case import Case, Variable
from kodebok.domain.code import Code, CodeTree, Color, Origin
from kodebok.domain.coding import Coding, CodingOrigin, Excerpt, Weight
from kodebok.domain.note import Condensation, Note, NoteKind, Target, Theme
from kodebok.domain.project import Method, Project, User
from kodebok.domain.quote import Quote
from kodebok.domain.source import Role, Source, SourceType, Speaker, Turn
from kodebok.export.model import ChosenQuote, StudyView

MEETING = "Morgenmøtet er der tverrfagligheten sitter, hvis du spør meg."
WALLS = "Før måtte du skrive en henvisning og vente i tre uker, nå går du bort og spør."
NYNORSK = "Eg veit ikkje heilt kven som har ansvaret."
LONG = (
    "Det er noe med å stå skulder ved skulder og se på den samme tavla, for da hjelper det ikke "
    "om du er sykepleier eller ergoterapeut, da er det pasienten det handler om og hva hun skal "
    "klare selv på fredag, og jeg kan nesten se på folk hvordan dagen blir."
)


def uid(name: str) -> str:
    """A fixed UUID for a name, so that expected files are the same each time."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


CODES = (
    Code(
        uid("c1"),
        "Tverrfaglig samhandling",
        definition="Arbeid på tvers av faggrupper.",
        color=Color.ORANGE,
        letter="T",
    ),
    Code(
        uid("c11"),
        "Faste møtepunkt",
        parent_id=uid("c1"),
        position=0,
        definition="Møter som går fast.",
        use_when="Når et møte har tid og sted.",
        not_when="Samtaler i gangen.",
        example="«Morgenmøtet.»",
        origin=Origin.GUIDE,
        color=Color.SKY,
        created="2026-01-05T08:00:00.000+00:00",
    ),
    Code(uid("c12"), "Roller og ansvar", parent_id=uid("c1"), position=1, color=Color.GREEN),
    Code(uid("c2"), "Organisatoriske grep", position=1, origin=Origin.DEDUCTIVE),
    Code(uid("c3"), "Ubrukt", position=2),
)


def text_of(source: str) -> str:
    """Canonical text of a source of `study()`."""
    return {
        "s1": f"Hva er du fornøyd med?\n{MEETING} {LONG}\nOg ellers?\n{WALLS}",
        "s2": f"Kven har ansvaret?\n{NYNORSK}",
        "s3": "Leder sa at økonomien styrer alt.",
    }[source]


def _turns(source: str, voices: str) -> tuple[Turn, ...]:
    turns, at = [], 0
    for i, line in enumerate(text_of(source).split("\n")):
        voice = uid(f"v-{source}-{voices[i]}") if voices[i] != "-" else None
        turns.append(Turn(i + 1, uid(source), at, at + len(line), voice, start_ms=i * 61_000))
        at += len(line) + 1
    return tuple(turns)


def _excerpt(name: str, source: str, words: str, code: str, case: str | None) -> Excerpt:
    start = text_of(source).index(words)
    path = CodeTree(CODES).path(uid(code))
    return Excerpt(
        uid(name),
        SOURCES[uid(source)].name,
        uid(source),
        case,
        path,
        uid(code),
        start,
        start + len(words),
        words,
        {"s1": "Informant 1", "s2": "Informant 2"}.get(source),
        61_000 if source != "s3" else None,
        "Ada Berg",
        notes_only=source == "s3",
    )


SOURCES = {
    uid("s1"): Source(uid("s1"), "I1-leder", case_id=uid("k1"), date="2018-05-09", words=90),
    uid("s2"): Source(uid("s2"), "I2-rådgiver", case_id=uid("k2"), language="nn", words=9),
    uid("s3"): Source(
        uid("s3"), "N3", SourceType.NOTES, case_id=uid("k3"), date="2006-01-23", words=6
    ),
}
CASES = {
    uid("k1"): Case(uid("k1"), "Informant 1", values={"Rolle trykt": "Leder", "rolle": "rådmann"}),
    uid("k2"): Case(uid("k2"), "Informant 2", values={"Rolle trykt": "leder", "rolle": "rådgiver"}),
    uid("k3"): Case(uid("k3"), "Informant 3", values={"Rolle trykt": "fagperson"}),
}
EXCERPTS = (
    _excerpt("e1", "s1", MEETING, "c11", "Informant 1"),
    _excerpt("e2", "s1", LONG, "c11", "Informant 1"),
    _excerpt("e3", "s2", NYNORSK, "c12", "Informant 2"),
    _excerpt("e4", "s1", WALLS, "c2", "Informant 1"),
    _excerpt("e5", "s3", "økonomien styrer alt", "c2", "Informant 3"),
    _excerpt(
        "e6", "s1", "tverrfagligheten sitter, hvis du spør meg. Det er noe", "c12", "Informant 1"
    ),
)


def quote_of(excerpt: Excerpt, **changes: Any) -> ChosenQuote:
    """The excerpt chosen for the text, with changes to the quote."""
    given: dict[str, Any] = {"text": excerpt.text, "code_id": excerpt.code_id, **changes}
    quote = Quote(uid(f"q{excerpt.id}"), excerpt.source_id, excerpt.start, excerpt.end, **given)
    case_id = next((c.id for c in CASES.values() if c.name == excerpt.case), None)
    return ChosenQuote(quote, excerpt.text, case_id, excerpt.speaker)


def study(**changes: Any) -> StudyView:
    """Three sources (one of them notes, one in nynorsk), five codes, six codings."""
    voices = {
        uid(f"v-{s}-{v}"): Speaker(uid(f"v-{s}-{v}"), uid(s), label, role, case)
        for s, v, label, role, case in (
            ("s1", "q", "Intervjuer", Role.INTERVIEWER, None),
            ("s1", "a", "Informant 1", Role.PARTICIPANT, uid("k1")),
            ("s2", "q", "Intervjuer", Role.INTERVIEWER, None),
            ("s2", "a", "Informant 2", Role.PARTICIPANT, uid("k2")),
        )
    }
    values: dict[str, Any] = {
        "project": Project(uid("p"), "Samhandling", method=Method.SDI, created="2026-01-01"),
        "codes": CodeTree(CODES),
        "sources": SOURCES,
        "cases": CASES,
        "excerpts": EXCERPTS,
        "texts": {uid(s): text_of(s) for s in ("s1", "s2", "s3")},
        "turns": {
            uid("s1"): _turns("s1", "qaqa"),
            uid("s2"): _turns("s2", "qa"),
            uid("s3"): _turns("s3", "-"),
        },
        "speakers": voices,
        "codings": tuple(_coding(e) for e in EXCERPTS),
        "users": (User(uid("u1"), "Ada Berg", "student"),),
        "variables": (Variable(uid("var1"), "Rolle trykt"), Variable(uid("var2"), "rolle")),
        "themes": (Theme(uid("t1"), "Nærhet slår papir", "Fire meter.", 0, (uid("c1"),)),),
        "condensations": (Condensation(uid("cd1"), "Møtet samler fagene", coding_id=uid("e1")),),
        "notes": (
            Note(
                uid("n1"),
                Target.SOURCE,
                uid("s1"),
                uid("u1"),
                "Handlekraftig",
                NoteKind.FIRST_IMPRESSION,
                created="2026-01-05T09:00:00.000+00:00",
            ),
            Note(uid("n2"), Target.CODING, uid("e1"), uid("u1"), "Se også I2", title="Tavla"),
        ),
        **changes,
    }
    return StudyView(**values)


def _coding(e: Excerpt) -> Coding:
    origin, weight = (
        (CodingOrigin.SEARCH, Weight.NUANCES) if e.id == uid("e4") else (CodingOrigin.HAND, None)
    )
    return Coding(
        e.id,
        e.source_id,
        e.code_id,
        uid("u1"),
        e.start,
        e.end,
        e.text,
        origin,
        weight,
        "2026-02-01T10:00:00.000+00:00",
    )
