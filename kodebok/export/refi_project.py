"""A study as the XML of a REFI-QDA project, and what that XML has no place for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kodebok.domain.case import Case, Variable
from kodebok.domain.code import Code
from kodebok.domain.coding import Coding
from kodebok.domain.note import Note, Target, Theme
from kodebok.domain.project import Project
from kodebok.domain.source import Source
from kodebok.export.model import StudyView
from kodebok.export.refi_extras import EXTRAS_SCHEMA, derived_guid, differences
from kodebok.export.refi_values import (
    GUID,
    ORIGIN,
    VARIABLE_TYPES,
    XML_HEAD,
    code_description,
    date_time,
    optional_element,
    optional_group,
    time_attribute,
    typed_value,
)
from kodebok.export.text_out import LabelledText, labelled_text
from kodebok.export.xml_text import attribute, element_text, xml_safe


class ProjectWriter:
    """Writes one study, and keeps what REFI-QDA has no place for."""

    def __init__(self, view: StudyView) -> None:
        self.view = view
        self.labelled = {source_id: labelled_text(view, source_id) for source_id in view.sources}
        self._guids: dict[str, str] = {}
        self._extras: dict[str, dict[str, Any]] = defaultdict(dict)
        self._users = {user.id for user in view.users}
        self._implied = self._implied_variables()
        self._codings: dict[str, dict[tuple[int, int], list[Coding]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for coding in view.codings:
            if coding.source_id in view.sources and coding.code_id in view.codes:
                self._codings[coding.source_id][coding.start, coding.end].append(coding)
        self._written_codings = {
            c.id for by in self._codings.values() for cs in by.values() for c in cs
        }
        self._note_ids: dict[tuple[Target, str | None], list[str]] = defaultdict(list)
        for note in view.notes:
            if self._has_place(note):
                self._note_ids[note.target, self._note_key(note)].append(note.id)

    def guid(self, row_id: str) -> str:
        """The row's own id when it is a GUID, else one derived from it."""
        known = self._guids.get(row_id)
        if known is None:
            known = row_id if GUID.fullmatch(row_id) else derived_guid("id", row_id)
            self._guids[row_id] = known
        return known

    def project_xml(self) -> str:
        """The content of `project.qde`."""
        view, project = self.view, self.view.project
        read = Project("", xml_safe(project.title), created=date_time(project.created))
        self._extras["project"][""] = differences(project, read)
        users = "".join(
            f"<User guid={self._quoted(user.id)}{attribute('name', user.name)}/>"
            for user in view.users
        )
        for user in view.users:
            self._keep("users", user, replace(user, name=xml_safe(user.name), role=""))
        codes = "".join(self.code_xml(code) for code in view.codes.children(None))
        return (
            f'{XML_HEAD}<Project xmlns="urn:QDA-XML:project:1.0"{attribute("name", project.title)}'
            f' origin="{ORIGIN}"{time_attribute("creationDateTime", project.created)}>'
            + optional_group("Users", users)
            + optional_group("CodeBook", optional_group("Codes", codes))
            + optional_group(
                "Variables", "".join(map(self._variable_xml, (*view.variables, *self._implied)))
            )
            + optional_group("Cases", "".join(map(self._case_xml, view.cases.values())))
            + optional_group("Sources", "".join(map(self._source_xml, view.sources.values())))
            + optional_group("Notes", "".join(map(self._note_xml, view.notes)))
            + self.sets_xml()
            + self._note_refs(Target.PROJECT, None)
            + "</Project>"
        )

    def code_xml(self, code: Code) -> str:
        """A code with everything below it."""
        description = xml_safe(code_description(code, self.view.project.language))
        parent = self.view.codes.get(code.parent_id or "")
        parent_id = parent.id if parent else None
        siblings = self.view.codes.children(parent_id)
        read = Code(
            code.id,
            xml_safe(code.name),
            parent_id,
            siblings.index(code),
            definition=description,
            color=code.color,
        )
        self._keep("codes", code, read)
        below = "".join(self.code_xml(child) for child in self.view.codes.children(code.id))
        said = optional_element("Description", description)
        return (
            f"<Code guid={self._quoted(code.id)}{attribute('name', code.name)} "
            f'isCodable="true" color="{code.color.rgb}">{said}'
            f"{self._note_refs(Target.CODE, code.id)}{below}</Code>"
        )

    def sets_xml(self, reference: str = "targetGUID") -> str:
        """Themes as sets of codes; the two schemas name the reference to a code differently."""
        themes = (self._theme_xml(theme, reference) for theme in self.view.themes)
        return optional_group("Sets", "".join(themes))

    def extras_json(self) -> str:
        """What REFI-QDA has no place for, as JSON."""
        view = self.view
        ids = {guid: row_id for row_id, guid in self._guids.items() if guid != row_id}
        turns = {
            source_id: [[t.id, t.start, t.end, t.speaker_id, t.start_ms, t.end_ms] for t in found]
            for source_id, found in view.turns.items()
        }
        voices = [[s.id, s.source_id, s.label, s.role, s.case_id] for s in view.speakers.values()]
        whole = {
            "schema": EXTRAS_SCHEMA,
            "rows": {kind: rows for kind, rows in self._extras.items() if rows},
            "ids": ids,
            "implied_variables": [variable.id for variable in self._implied],
            "speakers": voices,
            "turns": turns,
        }
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    def _keep(self, kind: str, given: Any, read: Any) -> None:
        lost = differences(given, read)
        if lost:
            self._extras[kind][given.id] = lost

    def _quoted(self, row_id: str) -> str:
        return f'"{self.guid(row_id)}"'

    def _by(self, coder_id: str, when: str, name: str = "creatingUser") -> str:
        user = f" {name}={self._quoted(coder_id)}" if coder_id in self._users else ""
        return user + time_attribute("creationDateTime", when)

    def _implied_variables(self) -> list[Variable]:
        """Variables that cases have values of and that the study does not list."""
        known = {variable.name for variable in self.view.variables}
        names = dict.fromkeys(name for case in self.view.cases.values() for name in case.values)
        return [Variable(derived_guid("variable", n), n) for n in names if n not in known]

    def _variable_xml(self, variable: Variable) -> str:
        self._keep("variables", variable, replace(variable, name=xml_safe(variable.name)))
        return (
            f"<Variable guid={self._quoted(variable.id)}{attribute('name', variable.name)} "
            f'typeOfVariable="{VARIABLE_TYPES[variable.kind]}"/>'
        )

    def _case_xml(self, case: Case) -> str:
        variables = {v.name: v for v in (*self.view.variables, *self._implied)}
        values = "".join(
            f"<VariableValue><VariableRef targetGUID={self._quoted(variables[name].id)}/>"
            f"{typed_value(variables[name].kind, value)}</VariableValue>"
            for name, value in case.values.items()
        )
        read_values = {name: xml_safe(value) for name, value in case.values.items()}
        self._keep("cases", case, Case(case.id, xml_safe(case.name), values=read_values))
        sources = "".join(
            f"<SourceRef targetGUID={self._quoted(source.id)}/>"
            for source in self.view.sources.values()
            if source.case_id == case.id
        )
        return (
            f"<Case guid={self._quoted(case.id)}{attribute('name', case.name)}>"
            f"{values}{sources}</Case>"
        )

    def _source_xml(self, source: Source) -> str:
        case_id = source.case_id if source.case_id in self.view.cases else None
        read = Source(
            source.id, xml_safe(source.name), case_id=case_id, created=date_time(source.created)
        )
        self._keep("sources", source, read)
        labelled = self.labelled[source.id]
        spans = {
            (note.start or 0, note.end or 0)
            for note in self.view.notes
            if note.target is Target.PASSAGE and note.target_id == source.id
        }
        coded = self._codings[source.id]
        selections = "".join(
            self._selection_xml(source, labelled, span, coded.get(span, ()))
            for span in sorted(spans.union(coded))
        )
        guid = self.guid(source.id)
        return (
            f'<TextSource guid="{guid}"{attribute("name", source.name)} '
            f'plainTextPath="internal://{guid}.txt"'
            f"{time_attribute('creationDateTime', source.created)}>"
            f"{selections}{self._note_refs(Target.SOURCE, source.id)}</TextSource>"
        )

    def _selection_xml(
        self,
        source: Source,
        labelled: LabelledText,
        span: tuple[int, int],
        codings: Iterable[Coding],
    ) -> str:
        start, end = labelled.place(*span)
        words = self.view.texts.get(source.id, "")[span[0] : span[1]]
        notes = self._note_refs(Target.PASSAGE, f"{source.id}:{span[0]}:{span[1]}")
        return (
            f'<PlainTextSelection guid="{derived_guid(source.id, *span)}" '
            f'startPosition="{start}" endPosition="{end}">'
            + "".join(self._coding_xml(coding, words) for coding in codings)
            + f"{notes}</PlainTextSelection>"
        )

    def _coding_xml(self, coding: Coding, words: str) -> str:
        read = Coding(
            coding.id,
            coding.source_id,
            coding.code_id,
            coding.coder_id if coding.coder_id in self._users else "",
            coding.start,
            coding.end,
            words,
            created=date_time(coding.created),
        )
        self._keep("codings", coding, read)
        return (
            f"<Coding guid={self._quoted(coding.id)}{self._by(coding.coder_id, coding.created)}>"
            f"<CodeRef targetGUID={self._quoted(coding.code_id)}/>"
            f"{self._note_refs(Target.CODING, coding.id)}</Coding>"
        )

    def _note_xml(self, note: Note) -> str:
        has_place = self._has_place(note)
        has_target = has_place and note.target is not Target.PROJECT
        is_passage = has_place and note.target is Target.PASSAGE
        read = Note(
            note.id,
            note.target if has_place else Target.PROJECT,
            note.target_id if has_target else None,
            note.coder_id if note.coder_id in self._users else "",
            xml_safe(note.text),
            title=xml_safe(note.title),
            start=note.start if is_passage else None,
            end=note.end if is_passage else None,
            created=date_time(note.created),
        )
        self._keep("notes", note, read)
        return (
            f"<Note guid={self._quoted(note.id)}{attribute('name', note.title)}"
            f"{self._by(note.coder_id, note.created)}>"
            f"<PlainTextContent>{element_text(note.text)}</PlainTextContent></Note>"
        )

    def _has_place(self, note: Note) -> bool:
        """Whether REFI-QDA can say what the note is about."""
        places: dict[Target, Any] = {
            Target.SOURCE: self.view.sources,
            Target.PASSAGE: self.view.sources,
            Target.CODE: self.view.codes,
            Target.CODING: self._written_codings,
            Target.THEME: {theme.id for theme in self.view.themes},
        }
        if note.target is Target.PROJECT:
            return True
        return note.target_id is not None and note.target_id in places.get(note.target, ())

    @staticmethod
    def _note_key(note: Note) -> str | None:
        if note.target is Target.PASSAGE:
            return f"{note.target_id}:{note.start or 0}:{note.end or 0}"
        return None if note.target is Target.PROJECT else note.target_id

    def _note_refs(self, target: Target, target_id: str | None, tag: str = "NoteRef") -> str:
        found = self._note_ids.get((target, target_id), ())
        return "".join(f"<{tag} targetGUID={self._quoted(note_id)}/>" for note_id in found)

    def _theme_xml(self, theme: Theme, reference: str) -> str:
        members = tuple(code_id for code_id in theme.code_ids if code_id in self.view.codes)
        read = Theme(
            theme.id,
            xml_safe(theme.name),
            xml_safe(theme.idea),
            self.view.themes.index(theme),
            members,
        )
        self._keep("themes", theme, read)
        codes = "".join(f"<MemberCode {reference}={self._quoted(c)}/>" for c in members)
        return (
            f"<Set guid={self._quoted(theme.id)}{attribute('name', theme.name)}>"
            f"{optional_element('Description', theme.idea)}{codes}"
            f"{self._note_refs(Target.THEME, theme.id, 'MemberNote')}</Set>"
        )
