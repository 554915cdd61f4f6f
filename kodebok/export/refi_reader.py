"""Reading a REFI-QDA project (.qdpx) back as domain objects."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kodebok.domain.case import Case, Variable, VariableKind
from kodebok.domain.code import Code, CodeTree, Color
from kodebok.domain.coding import Coding, CodingOrigin
from kodebok.domain.note import Note, Target, Theme
from kodebok.domain.project import Project, User
from kodebok.domain.source import Role, Source, Speaker, Turn
from kodebok.domain.text import canonicalise, count_words
from kodebok.errors import KodebokError
from kodebok.export.refi_extras import EXTRAS_NAME, EXTRAS_SCHEMA, restored
from kodebok.export.text_out import LabelledText, place_labels
from kodebok.i18n import translator

if TYPE_CHECKING:
    from lxml import etree

_ = translator("export")

PROJECT_LIMIT = 1 << 30
"""The most bytes, unpacked, that a project may hold besides sound and pictures."""

_Q = "{urn:QDA-XML:project:1.0}"
_VARIABLE_KINDS = {
    "Boolean": VariableKind.BOOLEAN,
    "Integer": VariableKind.NUMBER,
    "Float": VariableKind.NUMBER,
    "Date": VariableKind.DATE,
    "DateTime": VariableKind.DATE,
}


@dataclass(frozen=True, slots=True)
class RefiProject:
    """What a REFI-QDA project holds, with offsets in canonical text.

    Attributes:
        texts: Canonical text by source id.
        turns: By source id; empty for projects that other programs made.
        skipped: How many sources are neither text nor readable (sound, pictures, PDF).
    """

    project: Project
    users: tuple[User, ...]
    codes: CodeTree
    variables: tuple[Variable, ...]
    cases: dict[str, Case]
    sources: dict[str, Source]
    texts: dict[str, str]
    turns: dict[str, tuple[Turn, ...]]
    speakers: dict[str, Speaker]
    codings: tuple[Coding, ...]
    notes: tuple[Note, ...]
    themes: tuple[Theme, ...]
    skipped: int = 0


def read_qdpx(path: Path) -> RefiProject:
    """Read a REFI-QDA project that kodebok or another program made.

    Raises:
        KodebokError: K421, it is no such file or damaged; K422, it unpacks to more than
            `PROJECT_LIMIT`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, path.name)
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, TypeError, OSError) as error:
        raise KodebokError(
            _("{file} cannot be read as a REFI-QDA project", file=path.name),
            _("export it once more from the program it came from"),
            "K421",
        ) from error


def _read(archive: zipfile.ZipFile, file_name: str) -> RefiProject:
    from lxml import etree

    wanted = [i for i in archive.infolist() if i.filename.endswith((".qde", ".txt", ".json"))]
    if sum(info.file_size for info in wanted) > PROJECT_LIMIT:
        raise KodebokError(
            _("{file} unpacks to more than {n} MB", file=file_name, n=PROJECT_LIMIT >> 20),
            _("check where it comes from, and export less at a time"),
            "K422",
        )
    names = {info.filename.casefold(): info.filename for info in wanted}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(archive.read(names["project.qde"]), parser)
    if root.tag != f"{_Q}Project":
        raise ValueError("not a REFI-QDA project")
    extras: dict[str, Any] = {}
    if EXTRAS_NAME in names:
        found = json.loads(archive.read(names[EXTRAS_NAME]))
        extras = found if found.get("schema") == EXTRAS_SCHEMA else {}
    return _ProjectReader(archive, names, root, extras).project()


class _ProjectReader:
    """Reads one project; ids that were no GUIDs get their own form back."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        names: dict[str, str],
        root: etree._Element,
        extras: dict[str, Any],
    ) -> None:
        self._archive, self._names, self._root = archive, names, root
        self._rows: dict[str, dict[str, Any]] = extras.get("rows", {})
        self._ids: dict[str, str] = extras.get("ids", {})
        self._is_own = bool(extras)
        self._implied = set(extras.get("implied_variables", ()))
        self._turns = {
            source_id: tuple(Turn(t[0], source_id, *t[1:]) for t in rows)
            for source_id, rows in extras.get("turns", {}).items()
        }
        self._speakers = {
            row[0]: Speaker(row[0], row[1], row[2], Role(row[3]), row[4])
            for row in extras.get("speakers", ())
        }
        self._targets: dict[str, tuple[Target, str, int | None, int | None]] = {}
        self._texts: dict[str, str] = {}
        self._codings: list[Coding] = []
        self._skipped = 0

    def project(self) -> RefiProject:
        root = self._root
        codes = CodeTree(self._codes(root.find(f"{_Q}CodeBook/{_Q}Codes"), None))
        variables = [self._variable(e) for e in root.iterfind(f"{_Q}Variables/{_Q}Variable")]
        cases, case_of = self._cases({v.id: v.name for v in variables})
        sources = [
            source
            for e in root.iterfind(f"{_Q}Sources/*")
            if (source := self._source(e, case_of)) is not None
        ]
        themes = [self._theme(i, e) for i, e in enumerate(root.iterfind(f"{_Q}Sets/{_Q}Set"))]
        title = root.get("name", "")
        project = Project("", title, created=root.get("creationDateTime", ""))
        return RefiProject(
            restored(project, self._rows.get("project", {}).get("", {})),
            tuple(self._user(e) for e in root.iterfind(f"{_Q}Users/{_Q}User")),
            codes,
            tuple(v for v in variables if v.id not in self._implied),
            cases,
            {source.id: source for source in sources},
            self._texts,
            self._turns,
            self._speakers,
            tuple(self._codings),
            tuple(self._note(e) for e in root.iterfind(f"{_Q}Notes/{_Q}Note")),
            tuple(themes),
            self._skipped,
        )

    def _id(self, guid: str | None) -> str:
        plain = (guid or "").strip().strip("{}")
        return self._ids.get(plain, plain)

    def _restored(self, kind: str, row: Any) -> Any:
        return restored(row, self._rows.get(kind, {}).get(row.id, {}))

    def _refs(self, element: etree._Element, tag: str) -> list[str]:
        return [self._id(ref.get("targetGUID")) for ref in element.iterfind(f"{_Q}{tag}")]

    def _claim_notes(
        self,
        element: etree._Element,
        target: Target,
        target_id: str,
        span: tuple[int | None, int | None] = (None, None),
        tag: str = "NoteRef",
    ) -> None:
        for note_id in self._refs(element, tag):
            self._targets[note_id] = (target, target_id, *span)

    def _user(self, element: etree._Element) -> User:
        user = User(self._id(element.get("guid")), element.get("name", ""))
        return self._restored("users", user)  # type: ignore[no-any-return]

    def _codes(self, parent: etree._Element | None, parent_id: str | None) -> list[Code]:
        codes: list[Code] = []
        found = () if parent is None else parent.iterfind(f"{_Q}Code")
        for position, element in enumerate(found):
            code_id = self._id(element.get("guid"))
            code = Code(
                code_id,
                element.get("name", ""),
                parent_id,
                position,
                definition=element.findtext(f"{_Q}Description") or "",
                color=_color(element.get("color", "")),
            )
            codes.append(self._restored("codes", code))
            self._claim_notes(element, Target.CODE, code_id)
            codes += self._codes(element, code_id)
        return codes

    def _variable(self, element: etree._Element) -> Variable:
        kind = _VARIABLE_KINDS.get(element.get("typeOfVariable", ""), VariableKind.TEXT)
        variable = Variable(self._id(element.get("guid")), element.get("name", ""), kind)
        return self._restored("variables", variable)  # type: ignore[no-any-return]

    def _cases(self, names: dict[str, str]) -> tuple[dict[str, Case], dict[str, str]]:
        """The cases, and each source's case by the source's id."""
        cases: dict[str, Case] = {}
        case_of: dict[str, str] = {}
        for element in self._root.iterfind(f"{_Q}Cases/{_Q}Case"):
            values = {}
            for value in element.iterfind(f"{_Q}VariableValue"):
                name = names.get(*self._refs(value, "VariableRef")[:1])
                if name is not None:
                    values[name] = next((e.text or "" for e in list(value)[1:]), "")
            case = Case(self._id(element.get("guid")), element.get("name", ""), values=values)
            cases[case.id] = self._restored("cases", case)
            for source_id in self._refs(element, "SourceRef"):
                case_of.setdefault(source_id, case.id)
        return cases, case_of

    def _source(self, element: etree._Element, case_of: dict[str, str]) -> Source | None:
        source_id = self._id(element.get("guid"))
        raw = self._raw_text(element) if element.tag == f"{_Q}TextSource" else None
        if raw is None:
            self._skipped += 1
            return None
        text, back = self._canonical(source_id, raw)
        self._texts[source_id] = text
        source = Source(
            source_id,
            element.get("name", ""),
            case_id=case_of.get(source_id),
            created=element.get("creationDateTime", ""),
            words=0 if self._is_own else count_words(text),
        )
        self._claim_notes(element, Target.SOURCE, source_id)
        for selection in element.iterfind(f"{_Q}PlainTextSelection"):
            start, end = back(
                int(selection.get("startPosition", "0")), int(selection.get("endPosition", "0"))
            )
            self._claim_notes(selection, Target.PASSAGE, source_id, (start, end))
            for coding in selection.iterfind(f"{_Q}Coding"):
                self._coding(coding, source_id, text, start, end)
        return self._restored("sources", source)  # type: ignore[no-any-return]

    def _raw_text(self, element: etree._Element) -> str | None:
        inline = element.findtext(f"{_Q}PlainTextContent")
        if inline is not None:
            return inline
        path = element.get("plainTextPath", "")
        if not path.startswith("internal://"):
            return None
        wanted = PurePosixPath(path.removeprefix("internal://")).name.casefold()
        name = self._names.get(f"sources/{wanted}") or self._names.get(wanted)
        return self._archive.read(name).decode("utf-8-sig") if name else None

    def _canonical(self, source_id: str, raw: str) -> tuple[str, Any]:
        """Canonical text, and the function that carries offsets of the raw text to it."""
        labelled = self._labels_of(source_id, raw)
        if labelled is not None:
            pieces, at = [], 0
            for moved, shift, before in zip(
                labelled.moved, labelled.shifts, (0, *labelled.shifts), strict=False
            ):
                pieces.append(raw[at : moved - (shift - before)])
                at = moved
            return "".join([*pieces, raw[at:]]), labelled.canonical
        self._turns.pop(source_id, None)
        text = raw if self._is_own else canonicalise(raw)
        return text, partial(_carried, raw, text)

    def _labels_of(self, source_id: str, raw: str) -> LabelledText | None:
        """Where the labels stand that kodebok put in, or None when the text has changed since."""
        turns = self._turns.get(source_id)
        if turns is None:
            return None
        named = [
            (turn.start, f"{self._speakers[turn.speaker_id].label}: ")
            for turn in turns
            if turn.speaker_id in self._speakers and self._speakers[turn.speaker_id].label
        ]
        labelled = place_labels(raw, named)
        stand = all(
            raw[moved - len(label) : moved] == label
            for moved, (_start, label) in zip(labelled.moved, named, strict=True)
        )
        last = turns[-1].end + (labelled.shifts[-1] if labelled.shifts else 0) if turns else 0
        return labelled if stand and last <= len(raw) else None

    def _coding(
        self, element: etree._Element, source_id: str, text: str, start: int, end: int
    ) -> None:
        coding_id = self._id(element.get("guid"))
        coding = Coding(
            coding_id,
            source_id,
            next(iter(self._refs(element, "CodeRef")), ""),
            self._id(element.get("creatingUser")),
            start,
            end,
            text[start:end],
            CodingOrigin.HAND if self._is_own else CodingOrigin.IMPORT,
            created=element.get("creationDateTime", ""),
        )
        self._codings.append(self._restored("codings", coding))
        self._claim_notes(element, Target.CODING, coding_id)

    def _theme(self, position: int, element: etree._Element) -> Theme:
        theme_id = self._id(element.get("guid"))
        self._claim_notes(element, Target.THEME, theme_id, tag="MemberNote")
        theme = Theme(
            theme_id,
            element.get("name", ""),
            element.findtext(f"{_Q}Description") or "",
            position,
            tuple(self._refs(element, "MemberCode")),
        )
        return self._restored("themes", theme)  # type: ignore[no-any-return]

    def _note(self, element: etree._Element) -> Note:
        note_id = self._id(element.get("guid"))
        target, target_id, start, end = self._targets.get(
            note_id, (Target.PROJECT, None, None, None)
        )
        note = Note(
            note_id,
            target,
            target_id,
            self._id(element.get("creatingUser")),
            self._raw_text(element) or "",
            title=element.get("name", ""),
            start=start,
            end=end,
            created=element.get("creationDateTime", ""),
        )
        return self._restored("notes", note)  # type: ignore[no-any-return]


def _carried(raw: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of a raw text in its canonical form."""
    if raw == text:
        return start, end
    first = len(canonicalise(raw[:start]))
    return first, first + len(canonicalise(raw[start:end]))


def _color(rgb: str) -> Color:
    """The nearest colour of the palette; grey when none is given."""
    digits = rgb.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 - the short form of a colour
        digits = "".join(sign * 2 for sign in digits)
    try:
        wanted = bytes.fromhex(digits)
    except ValueError:
        return Color.GREY
    if len(wanted) != 3:  # noqa: PLR2004 - red, green, blue
        return Color.GREY
    return min(
        Color,
        key=lambda color: sum(
            (a - b) ** 2 for a, b in zip(wanted, bytes.fromhex(color.rgb[1:]), strict=True)
        ),
    )
