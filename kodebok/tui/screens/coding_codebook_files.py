"""The codebook's files: YAML out and in, and an interview guide as a beginning."""

from __future__ import annotations

from pathlib import Path

from kodebok.coding.codebook_file import (
    CodeSpec,
    dump_codebook,
    import_codes,
    parse_codebook,
    seed_from_guide,
)
from kodebok.errors import WrongUseError
from kodebok.i18n import plural_translator, translator
from kodebok.storage.codes import load_code_tree
from kodebok.study.opening import Study

_ = translator("coding_screen")
_n = plural_translator("coding_screen")


def read_text(typed: str, folder: Path) -> str:
    """The text of a file; a path that begins nowhere is looked for in the study's folder.

    Raises:
        WrongUseError: It cannot be read.
    """
    path = Path(typed.strip().strip("'\"")).expanduser()
    try:
        return (path if path.is_absolute() else folder / path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUseError(
            _("the file {file} cannot be read as text", file=path.name),
            _("check the path; it must be a text file in UTF-8"),
            "K751",
        ) from error


def read_guide(typed: str, folder: Path) -> str:
    """The text of an interview guide: plain text, or Word.

    Raises:
        WrongUseError: It cannot be read.
    """
    path = Path(typed.strip().strip("'\"")).expanduser()
    if path.suffix.lower() != ".docx":
        return read_text(typed, folder)
    from kodebok.sources import ReadOptions, read_file

    arrivals = read_file(path if path.is_absolute() else folder / path, ReadOptions())
    return "\n".join(turn.text for arrival in arrivals for turn in arrival.turns)


def specs_of(typed: str, folder: Path, *, is_guide: bool) -> list[CodeSpec]:
    """The codes that a file gives.

    Raises:
        WrongUseError: It cannot be read, or holds none.
    """
    if not is_guide:
        return parse_codebook(read_text(typed, folder))
    specs = seed_from_guide(read_guide(typed, folder))
    if not specs:
        raise WrongUseError(
            _("there are no headings or questions in the file"), _("choose another file"), "K752"
        )
    return specs


def preview_lines(study: Study, specs: list[CodeSpec], most: int = 10) -> list[str]:
    """What an import would do, in some lines."""
    change = import_codes(study.store, study.coder.id, specs, dry_run=True)
    lines = [
        _n("{n} new code", "{n} new codes", len(change.added)),
        _n("{n} code changed", "{n} codes changed", len(change.changed)),
    ]
    listed = [f"+ {path}" for path in change.added] + [f"~ {path}" for path in change.changed]
    if len(listed) > most:
        listed = [*listed[: most - 1], "…"]
    return [", ".join(lines), *listed]


def codebook_path(study: Study, typed: str) -> Path:
    """The file that was typed; a path that is not whole begins in the study's folder."""
    path = Path(typed.strip()).expanduser()
    return path if path.is_absolute() else study.folder / path


def write_codebook(study: Study, path: Path, *, overwrite: bool) -> list[str]:
    """Write the codebook as YAML, through the gate.

    Returns:
        The gate's sentences for the user.
    """
    from kodebok.export.write import write_export
    from kodebok.study.gating import study_gate

    project = study.project()
    dumped = dump_codebook(load_code_tree(study.store), project.title, project.language)
    verdict = write_export(
        path, dumped.encode(), study_gate(study), kind="codebook", overwrite=overwrite
    )
    return list(verdict.sentences)
