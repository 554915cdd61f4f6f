"""Reading plain text loads no heavy library, so that an import is quick."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("lxml", "docx", "openpyxl", "pdfminer", "charset_normalizer", "sqlite3")


def test_reading_plain_text_loads_no_heavy_library(tmp_path):
    path = tmp_path / "I1.txt"
    path.write_text("I: Hva gjør du?\nR: Mye.\n", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from kodebok.sources import read_file;"
        f"assert read_file(Path({str(path)!r}))[0].speakers == ('I', 'R');"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
