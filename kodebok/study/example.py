"""The example study: made from the texts, codebook and codings that come with kodebok."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from kodebok.coding import codebook_file, passages, quoting
from kodebok.coding.naming import find_code
from kodebok.domain.case import CaseKind, VariableKind
from kodebok.domain.code import CodeTree
from kodebok.domain.coding import CodingOrigin, Weight
from kodebok.domain.ids import new_id
from kodebok.domain.note import Condensation, Note, NoteKind, Target
from kodebok.domain.project import Method
from kodebok.domain.quote import Degree
from kodebok.domain.source import Mode, SourceType
from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.sources import ReadOptions, read_file
from kodebok.storage import cases, codes, codings, notes, projects, quotes, sources
from kodebok.storage.history import Act
from kodebok.study.importing import SourceFacts, plan_source, store_plans
from kodebok.study.opening import Study, create_study

_ = translator("study")

EXAMPLE_ACT = "project.example"  # the kind of the event that fills it
_STUDY_FILE = "study.yaml"


def example_folder() -> Path:
    """Where the example's texts lie: inside the installed package, or in the checkout.

    Raises:
        KodebokError: They are not there.
    """
    package = Path(str(files("kodebok")))
    for folder in (package / "_example", package.parent):
        if (folder / "codebooks" / _STUDY_FILE).is_file():
            return folder
    raise KodebokError(
        _("the example study did not come with this installation"),
        _("install kodebok again"),
        "K520",
    )


def make_example(folder: Path) -> Study:
    """Make the example study in a folder: sources, codebook, codings, memos and quotes.

    Raises:
        WrongUseError: There is a study already, or the folder cannot be written.
    """
    origin = example_folder()
    content = _read_yaml(origin / "codebooks" / _STUDY_FILE)
    facts = content["project"]
    coders = content["coders"]
    study = create_study(
        folder, facts["title"], facts["language"], Method(facts["method"]), coders[0]["name"]
    )
    with study.store.act(EXAMPLE_ACT, study.coder.id) as act:
        _Example(study, act, origin, content).fill()
    return study


def _read_yaml(path: Path) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
    return content


@dataclass(frozen=True, slots=True)
class _Text:
    """A source of the example, and its text."""

    id: str
    text: str


class _Example:
    """Fills a new study, all within one act."""

    def __init__(self, study: Study, act: Act, origin: Path, content: Mapping[str, Any]) -> None:
        self.study = study
        self.store = study.store
        self.act = act
        self.origin = origin
        self.content = content
        self.coders: dict[str, str] = {}
        self.texts: dict[str, _Text] = {}
        self.tree = CodeTree(())

    def fill(self) -> None:
        """Everything, in the order in which one thing needs another."""
        self._coders_and_questions()
        self._cases()
        self._codebook()
        self._sources()
        self._codings()
        self._memos()
        self._quotes()
        self._themes_and_condensations()
        for entry in self.content.get("read", ()):
            coder = self.coders[entry["coder"]]
            sources.mark_read(self.act, self.texts[entry["source"]].id, coder)

    def _coders_and_questions(self) -> None:
        first = self.study.coder
        self.coders[first.name] = first.id
        projects.change_user(self.act, first.id, role=self.content["coders"][0]["role"])
        for coder in self.content["coders"][1:]:
            added = projects.add_user(self.act, coder["name"], coder["role"])
            self.coders[added.name] = added.id
        for position, text in enumerate(self.content.get("questions", ())):
            projects.add_question(self.act, text, position)
        notice = self.content["project"]["notice"]
        projects.change_project(self.act, self.study.project().id, notice=notice)

    def _cases(self) -> None:
        variables = {
            entry["name"]: cases.add_variable(self.act, entry["name"], VariableKind(entry["kind"]))
            for entry in self.content.get("variables", ())
        }
        for entry in self.content["cases"]:
            case = cases.add_case(self.act, entry["name"], CaseKind(entry["kind"]))
            for name, value in entry.get("variables", {}).items():
                case = cases.set_value(self.act, case, variables[name], str(value))

    def _codebook(self) -> None:
        path = self.origin / "codebooks" / self.content["codebook"]
        specs = codebook_file.parse_codebook(path.read_text(encoding="utf-8"))
        codebook_file.import_codes(self.store, self.study.coder.id, specs)
        self.tree = codes.load_code_tree(self.store)

    def _sources(self) -> None:
        for entry in self.content["sources"]:
            plan_facts = SourceFacts(
                type=SourceType(entry["type"]),
                name=entry["name"],
                case=entry.get("case"),
                language=entry.get("language", "nb"),
                date=str(entry["date"]),
                place=entry.get("place"),
                mode=Mode(entry["mode"]) if entry.get("mode") else None,
                interviewer=entry.get("interviewer"),
                observer=entry.get("observer"),
                with_cases=False,
            )
            path = self.origin / "transcripts" / entry["file"]
            (arrival,) = read_file(path, ReadOptions(source_type=plan_facts.type))
            plan = plan_source(self.store, arrival, plan_facts)
            (source,) = store_plans(self.store, self.study.coder.id, [plan])
            self._give_voices(source.id, entry.get("speakers") or {})
            asked = [find_code(self.tree, name).id for name in entry.get("asked", ())]
            sources.mark_asked(self.act, source.id, asked)
            self.texts[entry["name"]] = _Text(source.id, sources.load_text(self.store, source.id))

    def _give_voices(self, source_id: str, owners: Mapping[str, str | None]) -> None:
        known = {case.name: case.id for case in cases.load_cases(self.store)}
        for speaker in sources.load_speakers(self.store, source_id):
            owner = owners.get(speaker.label)
            if owner:
                sources.change_speaker(self.act, speaker.id, case_id=known[owner])

    def _codings(self) -> None:
        for name, source in self.texts.items():
            path = self.origin / "codebooks" / "codings" / f"{name}.yaml"
            for entry in _read_yaml(path)["passages"]:
                self._code(source, entry)

    def _code(self, source: _Text, entry: Mapping[str, Any]) -> None:
        span = passages.find_passage(source.text, entry["text"])
        code_ids = [find_code(self.tree, path).id for path in entry["codes"]]
        coder_id = self.coders[entry["coder"]]
        added = passages.add_codings(
            self.act, source.id, span, code_ids, CodingOrigin.HAND, coder_id
        )
        if entry.get("weight"):
            for coding in added:
                codings.change_coding(self.act, coding.id, weight=Weight(entry["weight"]))

    def _find_coding(self, source: str, passage: str, path: str) -> str:
        """The coding of the study's own coder before that of another on the same words."""
        text = self.texts[source]
        span = passages.find_passage(text.text, passage)
        code_id = find_code(self.tree, path).id
        found = [
            coding
            for coding in codings.load_codings(self.store, text.id)
            if coding.span == span and coding.code_id == code_id
        ]
        return min(found, key=lambda coding: coding.coder_id != self.study.coder.id).id

    def _memos(self) -> None:
        for entry in self.content.get("memos", ()):
            target, target_id = self._memo_target(entry)
            note = Note(
                id=new_id(),
                target=target,
                target_id=target_id,
                coder_id=self.coders[entry["coder"]],
                text=entry["text"].strip(),
                kind=NoteKind(entry["kind"]),
                title=entry.get("title", ""),
            )
            notes.add_note(self.act, note)

    def _memo_target(self, entry: Mapping[str, Any]) -> tuple[Target, str | None]:
        target = Target(entry["on"])
        if target is Target.SOURCE:
            return target, self.texts[entry["target"]].id
        if target is Target.CODE:
            return target, find_code(self.tree, entry["target"]).id
        if target is Target.CODING:
            found = self._find_coding(entry["source"], entry["passage"], entry["target"])
            return target, found
        return Target.PROJECT, None

    def _quotes(self) -> None:
        for entry in self.content.get("quotes", ()):
            source = self.texts[entry["source"]]
            span = passages.find_passage(source.text, entry["text"])
            code_id = find_code(self.tree, entry["code"]).id
            coder_id = self.study.coder.id
            quote = quoting.choose_quote(self.store, coder_id, source.id, span, code_id)
            quotes.change_quote(self.act, quote.id, **_quote_fields(quote.text, entry))

    def _themes_and_condensations(self) -> None:
        for entry in self.content.get("themes", ()):
            theme = notes.add_theme(self.act, entry["name"], entry["idea"].strip())
            gathered = [find_code(self.tree, path).id for path in entry["codes"]]
            notes.set_theme_codes(self.act, theme.id, gathered)
        for entry in self.content.get("condensations", ()):
            coding_id = self._find_coding(entry["source"], entry["text"], entry["code"])
            condensed = Condensation(new_id(), entry["condensed"], coding_id)
            notes.write_condensation(self.act, condensed)


def _quote_fields(words: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "degree": Degree(entry.get("degree", "verbatim")),
        "wording": (entry.get("wording") or "").strip(),
        "cuts": quoting.find_cuts(words, entry.get("cuts") or ()),
        "insertions": tuple(
            quoting.find_insertion(words, item.get("after", ""), item["text"])
            for item in entry.get("insertions") or ()
        ),
        "note": entry.get("note") or "",
    }
