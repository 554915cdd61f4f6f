"""Agreement of two coders on the made-up study, every coefficient with its interval.

    python -m benchmarks.agreement [--scale 1] [--runs 3] [--growth]

CPU seconds of this process after imports, the median of the runs. `--growth` also runs at ten
times the size. The table goes to stderr, JSON to stdout.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.corpus import make_corpus
from benchmarks.kodebok_study import load
from benchmarks.timing import cpu_seconds, nothing
from kodebok.coding.agreement_bootstrap import add_tallies
from kodebok.coding.agreement_compared import Compared, load_compared
from kodebok.coding.agreement_differences import find_differences
from kodebok.coding.agreement_passages import score_passages, tally_passages
from kodebok.coding.agreement_report import report_agreement
from kodebok.coding.agreement_units import UnitKind
from kodebok.storage.projects import load_users

if TYPE_CHECKING:
    from collections.abc import Callable


def unitizing_family(compared: Compared) -> object:
    """uα, its binary form and cuα, without intervals."""
    return score_passages(add_tallies(tally_passages(item.coded) for item in compared.taking_part))


def measure(scale: int, runs: int) -> dict[str, float]:
    """Seconds by act."""
    with tempfile.TemporaryDirectory() as folder:
        study = load(make_corpus(scale), Path(folder) / "study").study
        coders = load_users(study.store)
        compared = load_compared(study.store, coders)
        few = Compared(compared.coders, compared.tree, compared.taking_part[:9], ())
        acts: dict[str, Callable[[], object]] = {
            "load the codings": lambda: load_compared(study.store, coders),
            "unitizing family, no intervals": lambda: unitizing_family(compared),
            "everything, turns, sources drawn": lambda: report_agreement(compared),
            "everything, characters": lambda: report_agreement(compared, UnitKind.CHARACTERS),
            "everything, 9 sources, turns drawn": lambda: report_agreement(few),
            "passages that differ": lambda: find_differences(compared),
        }
        seconds = {
            name: median(cpu_seconds(lambda _, act=act: act(), nothing, runs))  # type: ignore[misc]
            for name, act in acts.items()
        }
        study.close()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--growth", action="store_true")
    asked = parser.parse_args()
    scales = [asked.scale, *([asked.scale * 10] if asked.growth else [])]
    reports = {scale: measure(scale, asked.runs) for scale in scales}
    for name in reports[asked.scale]:
        figures = [report[name] for report in reports.values()]
        ratio = f"{figures[-1] / figures[0]:>8.1f}" if asked.growth else ""
        shown = "".join(f"{1000 * figure:>12,.0f} ms" for figure in figures)
        print(f"{name:<38}{shown}{ratio}", file=sys.stderr)
    print(json.dumps({"seconds_by_scale": reports}, indent=1))


if __name__ == "__main__":
    main()
