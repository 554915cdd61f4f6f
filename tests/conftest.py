"""What all tests share: the small speech models, and no silent skip where they must be there."""

from __future__ import annotations

import os
import re
from collections.abc import Generator

import pytest

pytest_plugins = ["tests.transcribe.fixtures"]

_NO_SKIP = bool(os.environ.get("KODEBOK_NO_SKIP"))  # tests may take it out of the environment
_SOUND = re.compile(r"could not import '(whisper|faster_whisper|silero_vad|av|torch|ctranslate2)")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where `KODEBOK_NO_SKIP` is set, a test that is skipped for want of sound has failed."""
    report = yield
    if report.skipped and _NO_SKIP:
        why = str(report.longrepr)
        if _SOUND.search(why):
            report.outcome = "failed"
            report.longrepr = f"KODEBOK_NO_SKIP is set, and this was skipped: {why}"
    return report
