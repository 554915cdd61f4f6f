"""The arguments that every measuring module takes, and what they end in: JSON on stdout."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import Corpus, make_corpus
from benchmarks.timing import KEYS, Report

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Options:
    """How large, how often, and what."""

    scale: int
    runs: int
    keys: tuple[str, ...]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The arguments, for a parser of one's own."""
    parser.add_argument("--scale", type=int, default=1, help="times 30 interviews, 5,000 codings")
    parser.add_argument("--runs", type=int, default=5, help="the median of so many runs")
    parser.add_argument(
        "--keys", type=_keys, default=KEYS, help=f"which of {','.join(KEYS)} (default: all)"
    )


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(text.split(","))
    if unknown := set(keys) - set(KEYS):
        raise argparse.ArgumentTypeError(f"no such figure: {', '.join(sorted(unknown))}")
    return keys


def parse_options(arguments: list[str] | None = None) -> Options:
    """The options on the command line."""
    parser = argparse.ArgumentParser()
    add_options(parser)
    found = parser.parse_args(arguments)
    return Options(found.scale, found.runs, found.keys)


def report_to_stdout(measure: Callable[[Corpus, Options, Path], Report]) -> None:
    """Measure in a temporary folder; stdout carries the report alone."""
    options = parse_options()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        report = measure(make_corpus(options.scale), options, Path(folder))
    json.dump(report.as_dict(), sys.stdout, ensure_ascii=False, indent=2)
    print()
