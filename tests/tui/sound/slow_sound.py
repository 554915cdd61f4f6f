"""The fake stage at a pace that a test can look at: a chunk every third of a second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.study import fake_sound


def transcribe(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from fake_sound.transcribe(
        {**arguments, "settings": {**arguments["settings"], "pace": 0.7}}
    )
