"""`python -m benchmarks.others [PROGRAM...]`: one JSON report for each program."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.others.environments import PROGRAMS, default_cache, measure
from benchmarks.others.options import add_options


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.others", description=__doc__)
    parser.add_argument("program", nargs="*", help=f"{', '.join(PROGRAMS)} (default: all)")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="for environments")
    add_options(parser)
    asked = parser.parse_args()
    if unknown := set(asked.program) - set(PROGRAMS):
        parser.error(f"no such program: {', '.join(sorted(unknown))}")
    keys = ",".join(asked.keys)
    passed_on = [f"--scale={asked.scale}", f"--runs={asked.runs}", f"--keys={keys}"]
    for name in asked.program or PROGRAMS:
        print(json.dumps(measure(name, asked.cache, *passed_on), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
