"""Finding and reading the files of an import, and planning how their sources would be stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kodebok.cli.session import Session, tell
from kodebok.errors import ExitCode, KodebokError, WrongUseError
from kodebok.i18n import translator

if TYPE_CHECKING:
    from kodebok.domain.source import Arrival
    from kodebok.sources import ReadOptions
    from kodebok.study.importing import SourceFacts, SourcePlan

_ = translator("cli")

_PATTERN_SIGNS = frozenset("*?[")


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
        named = failure.file_name in error.message
        tell(
            _(
                "kodebok: error {code}: {message}; {remedy}",
                code=error.code,
                message=error.message if named else f"{failure.file_name}: {error.message}",
                remedy=error.remedy,
            )
        )
