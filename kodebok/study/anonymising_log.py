"""The log of an anonymisation for SIKT or a DPIA: counts, rules, versions, days; no original."""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib.resources import files

from kodebok.anonymise.finders_version import finders_version
from kodebok.domain.entity import Rule
from kodebok.export.document import Block, Cell, Document, ParagraphKind, Table, paragraph
from kodebok.i18n import mark, translator_to
from kodebok.storage import act_kinds, anonymisation, entities, gate_memory, history
from kodebok.study.anonymising_files import open_leftovers
from kodebok.study.anonymising_review import ALLOW_TABLE
from kodebok.study.anonymising_state import load_anonymity
from kodebok.study.card import local_today
from kodebok.study.opening import Study
from kodebok.study.residual_risk import sample_words
from kodebok.study.singled_out import load_singled_out

_MODELS = "models"
_ALL = 1_000_000_000  # acts
_SIGNS = 16  # of a checksum: enough to tell files apart
_TYPES = {
    "person": mark("persons"),
    "place": mark("places"),
    "organisation": mark("organisations"),
    "number": mark("numbers"),
    "date": mark("dates"),
    "age": mark("ages"),
    "contact": mark("ways of contact"),
    "address": mark("addresses"),
    "role": mark("roles"),
    "other": mark("other"),
}
_ACTIONS = {
    "pseudonym": mark("pseudonym"),
    "letter": mark("letter"),
    "generalise": mark("made general"),
    "tag": mark("category"),
    "pronoun": mark("[hen]"),
    "rewrite": mark("rewritten"),
    "delete": mark("left out"),
    "keep": mark("kept"),
    "": mark("not decided"),
}


def anonymisation_log(study: Study, *, language: str = "") -> Document:
    """The log as the study stands now."""
    lang = language or study.project().language
    say = translator_to(lang, "study")
    day = local_today().isoformat()
    blocks: list[Block] = [
        paragraph(ParagraphKind.HEADING_1, say("Log of the anonymisation")),
        _body(say("Made by kodebok on {day} from the study itself. It names no one.", day=day)),
        *_state_blocks(study, lang),
        *_count_blocks(study, lang),
        *_rule_blocks(study, lang),
        *_finder_blocks(lang),
        *_risk_blocks(study, lang),
    ]
    return Document(say("Log of the anonymisation"), lang, tuple(blocks), day)


def _body(text: str) -> Block:
    return paragraph(ParagraphKind.BODY, text)


def _heading(text: str) -> Block:
    return paragraph(ParagraphKind.HEADING_2, text)


def _table(title: tuple[str, str], rows: list[tuple[Cell, ...]]) -> Table:
    return Table(title, tuple(rows), widths=(3, 2))


def _state_blocks(study: Study, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    state = anonymisation.load_state(study.store)
    done = [(event.kind, event.at[:10]) for event in history.load_events(study.store, _ALL)]
    applied = ", ".join(at for kind, at in done if kind == act_kinds.APPLY_KIND)
    restored = ", ".join(at for kind, at in done if kind == act_kinds.RESTORE_KIND)
    none = say("none")
    parts = (
        (state.no_replacements, say("what stood in the texts")),
        (state.no_persons, say("who participants are")),
    )
    destroyed = [words for is_gone, words in parts if is_gone]
    rows: list[tuple[Cell, ...]] = [
        (say("State of the text"), load_anonymity(study).sentence),
        (say("Applied"), applied or none),
        (say("Originals put back"), restored or none),
        (say("Places replaced in the texts"), len(anonymisation.load_replacements(study.store))),
        (say("Copies of the key written elsewhere"), state.exported),
        (say("Parts of the key that are destroyed"), ", ".join(destroyed) or none),
        (say("Files with originals still to be settled"), len(open_leftovers(study))),
    ]
    return [_heading(say("State")), _table((say("What"), say("Value")), rows)]


def _count_blocks(study: Study, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    known = entities.load_entities(study.store)
    places = Counter(one.entity_id for one in anonymisation.load_replacements(study.store))
    counted: Counter[tuple[str, str]] = Counter()
    replaced: Counter[tuple[str, str]] = Counter()
    for one in known:
        kind = (str(one.type), str(one.action or ""))
        counted[kind] += 1
        replaced[kind] += places[one.id]
    rows = tuple(
        (say(_TYPES[type_]), say(_ACTIONS[action]), counted[type_, action], replaced[type_, action])
        for type_, action in sorted(counted)
    )
    header = (say("Type"), say("What becomes of it"), say("Number"), say("Places in the texts"))
    heading = _heading(say("What was decided"))
    if not rows:
        return [heading, _body(say("Nothing is decided yet."))]
    return [heading, Table(header, rows, widths=(3, 3, 2, 2))]


def _rule_blocks(study: Study, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    rules = Counter(one.rule for one in entities.load_rules(study.store))
    reasons = gate_memory.load_reasons(study.store)
    rows: list[tuple[Cell, ...]] = [
        (say("Words that are always names here"), rules[Rule.ALWAYS]),
        (say("Words that are no names here"), rules[Rule.NEVER]),
        (say("The study's own public names that stay"), len(study.settings.table(ALLOW_TABLE))),
        (
            say("Places in exports that were judged harmless"),
            len(gate_memory.load_harmless(study.store)),
        ),
        (say("Exports that went on for a reason although names stood in them"), len(reasons)),
    ]
    return [_heading(say("Rules, and exports")), _table((say("What"), say("Number")), rows)]


def _finder_blocks(lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    rows: list[tuple[Cell, ...]] = [(say("Version of the finders"), f"{finders_version():08x}")]
    folder = files("kodebok.anonymise").joinpath(_MODELS)
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.is_file():
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            rows.append((say("Model {name}, SHA-256", name=file.name), digest[:_SIGNS]))
    return [
        _heading(say("Finders")),
        _table((say("What"), say("Value")), rows),
        _body(
            say(
                "They ran on this machine, without a network. Nothing was replaced that a person "
                "had not decided."
            )
        ),
    ]


def _risk_blocks(study: Study, lang: str) -> list[Block]:
    say = translator_to(lang, "study")
    alone = load_singled_out(study)
    return [
        _heading(say("What risk is left")),
        _body(say("Sample read by a person: {result}.", result=sample_words(study))),
        _body(
            say(
                "{n} participants are the only ones with their combination of background "
                "information.",
                n=len({one.case_id for one in alone}),
            )
        ),
    ]
