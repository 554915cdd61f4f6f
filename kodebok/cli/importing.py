"""Reading files for an import, showing what was understood of them, and storing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kodebok.cli.items import source_columns, source_items
from kodebok.cli.output import Column, Item, is_terminal, shortened, show, write_text
from kodebok.cli.session import Session, tell
from kodebok.errors import ExitCode, KodebokError, WrongUseError
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.domain.source import Arrival
    from kodebok.sources import ReadOptions
    from kodebok.study.importing import SourceFacts, SourcePlan

_ = translator("cli")
_n = plural_translator("cli")

_PATTERN_SIGNS = frozenset("*?[")
MOST_WITH_VOICES = 20  # sources whose voices are still shown one by one
_SHORT_EXAMPLE = 60  # signs of a repair's example

_REPAIRED = mark("Repair {kind} ({name}): {n}, such as: {before} → {after}")
_NOT_REPAIRED = mark("Not repaired, {kind} ({name}): {n}, such as: {before} → {after}")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, by its name."""

    file_name: str
    error: KodebokError


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the files hold, and the files that could not be read.

    Attributes:
        repaired: The kinds of repair that were made; others were only found.
    """

    plans: tuple[SourcePlan, ...]
    failures: tuple[Failure, ...]
    repaired: frozenset[str]

    @property
    def exit_code(self) -> int:
        """1 when a file could not be read; that file's own code when it was the only one."""
        if not self.failures:
            return ExitCode.DONE
        only = len(self.failures) == 1 and not self.plans
        return self.failures[0].error.exit_code if only else ExitCode.FAILED


def gather(session: Session, typed: Iterable[str], given: dict[str, Any]) -> Gathered:
    """Read every file, and plan how its sources would be stored."""
    from kodebok.sources.mending import allowed_kinds

    options, facts = _options(given), _facts(given)
    plans: list[SourcePlan] = []
    failures: list[Failure] = []
    for path in _unique(find_files(typed)):
        try:
            arrivals = _read(path, options)
            _plan(session, arrivals, facts, plans)
        except KodebokError as error:
            failures.append(Failure(path.name, error))
    return Gathered(tuple(plans), tuple(failures), allowed_kinds(options.repair))


def find_files(typed: Iterable[str]) -> Iterator[Path]:
    """The files that are meant: themselves, those in folders, those that a pattern fits.

    A file that is not there is given too, so that it is answered for as the others are.
    """
    for name in typed:
        path = Path(name).expanduser()
        if path.is_dir():
            yield from _files_below(path)
        elif not path.exists() and _PATTERN_SIGNS.intersection(name):
            yield from _matching(name, path)
        else:
            yield path


def _matching(name: str, path: Path) -> Iterator[Path]:
    anchor = Path(path.anchor) if path.is_absolute() else Path()
    pattern = str(path.relative_to(path.anchor)) if path.is_absolute() else str(path)
    found = sorted(file for file in anchor.glob(pattern) if file.is_file())
    if not found:
        raise WrongUseError(
            _("no file fits the pattern {pattern}", pattern=name),
            _("see that it is written as the files are"),
            "K615",
        )
    yield from found


def _files_below(folder: Path) -> Iterator[Path]:
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    ]
    if not found:
        raise WrongUseError(
            _("the folder {name} has no files", name=folder.name),
            _("name a folder that holds transcripts"),
            "K616",
        )
    yield from found


def _unique(paths: Iterable[Path]) -> list[Path]:
    return list({path.absolute(): path for path in paths}.values())


def _read(path: Path, options: ReadOptions) -> list[Arrival]:
    from kodebok.sources import read_file

    arrivals = list(read_file(path, options))
    if not any(turn.text.strip() for arrival in arrivals for turn in arrival.turns):
        raise KodebokError(
            _("there are no words in it"), _("look at the file in its own program"), "K617"
        )
    return arrivals


def _plan(
    session: Session, arrivals: Sequence[Arrival], facts: SourceFacts, plans: list[SourcePlan]
) -> None:
    from kodebok.study.importing import plan_source

    taken = [plan.name for plan in plans]
    fresh = []
    for arrival in arrivals:
        plan = plan_source(session.store, arrival, facts, taken)
        if plan.words:
            fresh.append(plan)
            taken.append(plan.name)
    plans += fresh


def _options(given: dict[str, Any]) -> ReadOptions:
    from kodebok.domain.source import SourceType
    from kodebok.sources import REPAIR_KINDS, ReadOptions
    from kodebok.sources.repairs import check_kinds

    refused = frozenset(given["refuse"])
    check_kinds(refused)
    repair: bool | frozenset[str] = given["repair"]
    if repair and refused:
        repair = frozenset(REPAIR_KINDS) - refused
    return ReadOptions(
        repair=repair,
        encoding=given["encoding"],
        speakers=not given["no_speakers"],
        source_type=SourceType(given["kind"]) if given["kind"] else None,
        text_columns=given["text_column"],
        case_column=given["case_column"],
        sheet=given["sheet"],
    )


def _facts(given: dict[str, Any]) -> SourceFacts:
    from kodebok.domain.source import Mode, SourceType
    from kodebok.study.importing import SourceFacts

    return SourceFacts(
        type=SourceType(given["kind"]) if given["kind"] else None,
        case=given["case"],
        name=given["name"],
        language=given["spoken"],
        date=given["date"],
        place=given["place"],
        mode=Mode(given["mode"]) if given["mode"] else None,
        interviewer=given["interviewer"],
        observer=given["observer"],
        with_cases=not given["no_cases"],
    )


def tell_failures(failures: Iterable[Failure]) -> None:
    """Say which files could not be read, and why; also when nothing else is to be said."""
    for failure in failures:
        error = failure.error
        tell(
            _(
                "kodebok: error {code}: {message}; {remedy}",
                code=error.code,
                message=f"{failure.file_name}: {error.message}",
                remedy=error.remedy,
            )
        )


def plan_item(plan: SourcePlan, repaired: frozenset[str]) -> Item:
    """A source as it would be stored, by the schema `import`."""
    return {
        "name": plan.name,
        "type": str(plan.type),
        "format": plan.arrival.format,
        "encoding": plan.arrival.encoding,
        "case": plan.case,
        "words": plan.words,
        "turns": len(plan.arrival.turns),
        "speakers": [
            {"label": v.label, "role": str(v.role), "case": v.case, "turns": v.turns}
            for v in plan.voices
        ],
        "values": plan.arrival.values,
        "repairs": [
            {
                "kind": r.kind,
                "count": r.count,
                "before": r.before,
                "after": r.after,
                "made": r.kind in repaired,
            }
            for r in plan.arrival.repairs
        ],
        "doubts": list(plan.warnings),
    }


def show_plans(session: Session, gathered: Gathered) -> None:
    """Show what was understood: a table of sources, then repairs and doubts."""
    items = [plan_item(plan, gathered.repaired) for plan in gathered.plans]
    if session.json:
        show(session, "import", items, ())
        return
    for item in items:
        item["voices"] = [_voice(voice) for voice in item["speakers"]]
        item["mended"] = sum(r["count"] for r in item["repairs"] if r["made"])
    if is_terminal():
        _show_on_terminal(session, items)
    else:
        show(session, "import", items, _plan_columns())
    say = write_text if is_terminal() else session.say
    for line in _remarks(items):
        say(line)


def _show_on_terminal(session: Session, items: Sequence[Item]) -> None:
    """The sources, then their voices: one table would be too wide for a terminal."""
    for item in items:
        item["read_as"] = ", ".join(filter(None, (item["format"], item["encoding"])))
    columns = [c for c in _plan_columns() if c.key not in {"voices", "format", "encoding"}]
    columns.insert(2, Column(_("Format"), "read_as"))
    show(session, "import", items, columns)
    for item in items if len(items) <= MOST_WITH_VOICES else ():
        if item["voices"]:
            write_text("\n".join(["", item["name"], *(f"  {v}" for v in item["voices"])]))


def _voice(voice: Item) -> str:
    """A voice with what it does: the participant whose it is, or that it asks."""
    role = voice["case"] or (_("asks") if voice["role"] == "interviewer" else _("no participant"))
    return f"{voice['label']} ({role}, {voice['turns']})"


def _plan_columns() -> list[Column]:
    return [
        Column(_("Name"), "name"),
        Column(_("Type"), "type", is_choice=True),
        Column(_("Format"), "format"),
        Column(_("Encoding"), "encoding"),
        Column(_("Participant"), "case"),
        Column(_("Voices"), "voices"),
        Column(_("Turns"), "turns", is_number=True),
        Column(_("Words"), "words", is_number=True),
        Column(_("Repairs"), "mended", is_number=True),
    ]


def _remarks(items: Sequence[Item]) -> Iterator[str]:
    """Each kind of repair with its number and one example, and each doubt once."""
    from kodebok.sources import describe_repair

    counts: dict[str, int] = {}
    examples: dict[str, Item] = {}
    for item in items:
        for repair in item["repairs"]:
            counts[repair["kind"]] = counts.get(repair["kind"], 0) + repair["count"]
            examples.setdefault(repair["kind"], repair)
    for kind, count in counts.items():
        before, after = (
            shortened(examples[kind][side], _SHORT_EXAMPLE) for side in ("before", "after")
        )
        yield _(
            _REPAIRED if examples[kind]["made"] else _NOT_REPAIRED,
            kind=kind,
            name=describe_repair(kind),
            n=count,
            before=before,
            after=after,
        )
    for item in items:
        for doubt in item["doubts"]:
            yield _("{name}: {doubt}", name=item["name"], doubt=doubt)


def store(session: Session, gathered: Gathered, impression: str | None) -> None:
    """Ask, and store the sources as one act with the first impression of each."""
    from kodebok.study.importing import store_plans

    plans = gathered.plans
    question = _n("Bring in {n} source?", "Bring in {n} sources?", len(plans))
    session.check_answerable(question)
    if not session.yes and not session.json:
        show_plans(session, gathered)
    if not session.ask(question):
        session.say(_("Nothing was changed."))
        return
    with session.store.act("source.import", session.coder_id):
        made = store_plans(session.store, session.coder_id, plans)
        if impression and impression.strip():
            for source in made:
                write_impression(session, source.id, impression)
    show(session, "sources", source_items(session.store, made), source_columns())
    session.say(_n("Brought in {n} source.", "Brought in {n} sources.", len(made)))


def write_impression(session: Session, source_id: str, text: str) -> None:
    """A memo on what struck one about a source before it was read."""
    from kodebok.domain.ids import new_id
    from kodebok.domain.note import Note, NoteKind, Target
    from kodebok.domain.text import canonicalise
    from kodebok.storage.notes import add_note

    note = Note(
        new_id(),
        Target.SOURCE,
        source_id,
        session.coder_id,
        canonicalise(text).strip(),
        NoteKind.FIRST_IMPRESSION,
    )
    with session.store.act("memo.add", session.coder_id, source_id) as act:
        add_note(act, note)
