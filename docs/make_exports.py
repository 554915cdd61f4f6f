"""Makes `exports/`, what kodebok makes of the example study: `python -m docs.make_exports`."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from kodebok.i18n import set_language
from kodebok.study.example import make_example
from kodebok.study.exporting import ExportKind, ExportOptions, run_export

ROOT = Path(__file__).parents[1]

# File name, what is made, and how it is asked for.
EXPORTS = (
    (
        "funn.docx",
        ExportKind.WORD,
        ExportOptions(with_matrix=True, command="kodebok export word --matrix"),
    ),
    ("funn-block-first.docx", ExportKind.WORD, ExportOptions(preset="block-first")),
    ("intervju-I2-med-koder.docx", ExportKind.INTERVIEW, ExportOptions(source="I2")),
    ("analysetabell.xlsx", ExportKind.ANALYSIS_TABLE, ExportOptions(format="xlsx")),
    ("kodebok.docx", ExportKind.CODEBOOK, ExportOptions()),
    ("vedlegg.xlsx", ExportKind.EXCEL, ExportOptions()),
    ("vedlegg.html", ExportKind.HTML, ExportOptions()),
)


def make_exports(folder: Path) -> list[Path]:
    """Write every export of the example into `folder`, over those that are there."""
    set_language("nb")
    made = []
    with tempfile.TemporaryDirectory() as place, make_example(Path(place) / "study") as study:
        for name, kind, options in EXPORTS:
            chosen = replace(options, overwrite=True)
            made.append(run_export(study, kind, folder / name, chosen).path)
    return made


if __name__ == "__main__":
    for written in make_exports(ROOT / "exports"):
        sys.stdout.write(f"{written.name}\n")
