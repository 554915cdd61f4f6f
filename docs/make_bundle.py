"""Gather kodebok and all it needs in one folder, for a machine without any network.

    python -m docs.make_bundle FOLDER [--extra faster] [--platform win_amd64 --python 3.12]

Run it on a machine with a network, carry the folder over, and follow LES-MEG.txt in it. Without
`--platform` the folder is for machines of the same kind as this one. Models for speech are carried
over apart: `kodebok models add` takes them from a folder.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READ_ME, SUMS = "LES-MEG.txt", "SHA256SUMS.txt"
EXTRAS = ("spacy", "whisper", "faster")

_HOW = """\
kodebok uten nett                                   kodebok without a network

1. Installer Python {python} fra institusjonens programsenter eller fra en minnepinne.
   Install Python {python} from the institution's software centre or from a memory stick.
2. Åpne terminalen i denne mappa, og skriv / open a terminal in this folder, and type:

       python -m venv kodebok-program
       kodebok-program{slash}python -m pip install --no-index --find-links . "{wanted}"

3. Start / start:   kodebok-program{slash}kodebok
   Sjekk / check:   kodebok-program{slash}kodebok doctor

Ingenting hentes fra nettet: --no-index gjør at bare filene her brukes. {sums} har sjekksummen
til hver fil. / Nothing is fetched: --no-index uses the files here alone; {sums} has the checksum
of each.
"""


def make_bundle(
    folder: Path,
    extras: Sequence[str] = (),
    *,
    platform: str = "",
    python: str = "",
    run: Callable[[Sequence[str]], object] | None = None,
) -> Path:
    """Fill a folder with wheels, a page on how to install them, and their checksums.

    Args:
        folder: A new or empty folder.
        extras: Extras of kodebok that are to be there too.
        platform: Tag of the machines it is for, such as `win_amd64`; empty for this kind.
        python: Their Python, such as `3.12`; empty for this one.
        run: Runs a command; another than the real one in a test.

    Raises:
        FileExistsError: The folder is not empty.
        subprocess.CalledProcessError: A wheel could not be built or fetched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder.name} is not empty")
    run = run or _run
    run(build_command(folder))
    (wheel,) = folder.glob("kodebok-*.whl")
    run(fetch_command(folder, wheel, extras, platform=platform, python=python))
    wanted = f"kodebok[{','.join(extras)}]" if extras else "kodebok"
    slash = "\\Scripts\\" if "win" in (platform or sys.platform) else "/bin/"
    version = python or ".".join(map(str, sys.version_info[:2]))
    text = _HOW.format(python=version, slash=slash, wanted=wanted, sums=SUMS)
    (folder / READ_ME).write_text(text, encoding="utf-8")
    sums = [f"{_digest(path)}  {path.name}\n" for path in sorted(folder.glob("*.whl"))]
    (folder / SUMS).write_text("".join(sums), encoding="utf-8")
    return folder


def build_command(folder: Path) -> list[str]:
    """What builds kodebok's own wheel: hatchling where it is installed, else pip."""
    if find_spec("hatchling"):
        return [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    return [sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", str(folder), str(ROOT)]


def fetch_command(
    folder: Path, wheel: Path, extras: Sequence[str], *, platform: str = "", python: str = ""
) -> list[str]:
    """What fetches the wheels that kodebok needs; no program is built, none is run."""
    wanted = f"{wheel}[{','.join(extras)}]" if extras else str(wheel)
    words = [sys.executable, "-m", "pip", "download", "--only-binary=:all:", "-d", str(folder)]
    if platform:
        words += ["--platform", platform]
    if python:
        words += ["--python-version", python]
    return [*words, wanted]


def _run(words: Sequence[str]) -> None:
    subprocess.run(words, cwd=ROOT, check=True)


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--extra", action="append", default=[], choices=EXTRAS)
    parser.add_argument("--platform", default="", help="such as win_amd64 or macosx_11_0_arm64")
    parser.add_argument("--python", default="", help="such as 3.12")
    told = parser.parse_args()
    made = make_bundle(told.folder, told.extra, platform=told.platform, python=told.python)
    sys.stdout.write(f"{made}\n")


if __name__ == "__main__":
    main()
