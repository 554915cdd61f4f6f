"""`python -m benchmarks.run`: kodebok's figures beside its budgets, and beside the others'.

Prints a table; `--json FILE` keeps the figures. `--others` measures Taguette and
qualitative-coding too (some eight minutes). `--scale 10` runs at ten times the size, and
`--growth` prints the ratio of the two.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from pathlib import Path

from benchmarks.kodebok_program import BUDGETS, measure_kodebok


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keys", default="", help="only these, joined by commas")
    parser.add_argument("--others", action="store_true", help="measure the other programs too")
    parser.add_argument("--growth", action="store_true", help="also at ten times the size")
    parser.add_argument("--json", type=Path, default=None)
    asked = parser.parse_args()
    keys = tuple(filter(None, asked.keys.split(","))) or tuple(BUDGETS)
    reports = [measure_kodebok(asked.scale, asked.runs, keys).as_dict()]
    if asked.growth:
        reports.append(measure_kodebok(asked.scale * 10, asked.runs, keys).as_dict())
    if asked.others:
        reports += _measure_others(asked.scale, asked.runs)
    print(table(reports, growth=asked.growth))
    if asked.json:
        content = {"machine": platform.platform(), "python": sys.version, "reports": reports}
        asked.json.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


def _measure_others(scale: int, runs: int) -> list[dict[str, object]]:
    from benchmarks.others.environments import PROGRAMS, default_cache, measure

    return [
        measure(name, default_cache(), f"--scale={scale}", f"--runs={runs}") for name in PROGRAMS
    ]


def table(reports: list[dict[str, object]], *, growth: bool) -> str:
    """Figures in milliseconds, a row each."""
    first = reports[0]
    others = reports[2 if growth else 1 :]
    head = ["what", "budget", "kodebok", *(["x10", "ratio"] if growth else [])]
    head += [str(report["program"]) for report in others]
    lines = [head]
    for key, budget in BUDGETS.items():
        own = _figure(first, key)
        if own is None:
            continue
        row = [key, _ms(budget), _ms(own)]
        if growth:
            tenfold = _figure(reports[1], key)
            row += [_ms(tenfold), f"{tenfold / own:.1f}" if tenfold else "-"]
        row += [_ms(_figure(report, key)) for report in others]
        lines.append(row)
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(widths[0]) if not n else cell.rjust(widths[n]) for n, cell in enumerate(line)
        )
        for line in lines
    )


def _figure(report: dict[str, object], key: str) -> float | None:
    for part in ("results", "also"):
        figures = report.get(part)
        if isinstance(figures, dict) and isinstance(figures.get(key), float | int):
            return float(figures[key])
    return None


def _ms(seconds: float | None) -> str:
    return "-" if seconds in {None, float("inf")} else f"{seconds * 1000:,.1f} ms"


if __name__ == "__main__":
    main()
