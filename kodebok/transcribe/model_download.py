"""Fetching a model: the only place of kodebok that opens a network connection.

Nothing is sent but the request for the file. What broke off goes on where it ended, and nothing
is taken in whose checksum or length is not what was told.
"""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any

from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.transcribe.catalogue import RemoteFile, RemoteModel, remote_models
from kodebok.transcribe.extras import needed
from kodebok.transcribe.model_add import add_model
from kodebok.transcribe.models import Engine, InstalledModel, checked_name, models_folder, sha256_of

_ = translator("transcribe")

Watch = Callable[[str, int, int], None]

_PIECE = 1 << 18
_PATIENCE_S = 30
_SHA256_LETTERS = 64
_SPARE = 1.1  # of the disk, beside the model itself
# What looks into the model when it has come.
_TAKES_IN = {Engine.WHISPER: "whisper", Engine.FASTER: "ctranslate2"}
# Where Hugging Face tells the SHA-256 of a large file.
_TOLD_CHECKSUM = "X-Linked-ETag"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server said of a file.

    Attributes:
        offset: From which byte on it sends.
        total: Length of the whole file; 0 when it does not say.
        checksum: SHA-256, where it tells it.
        version: Its mark for this version of the file.
    """

    offset: int
    total: int
    checksum: str
    version: str


def remote_model(name: str) -> RemoteModel:
    """A model that can be fetched, by its name.

    Raises:
        WrongUseError: K920, there is none of that name.
    """
    models = {model.name: model for model in remote_models()}
    if name not in models:
        raise WrongUseError(
            _("there is no model {name} to fetch", name=name),
            _("see 'kodebok models list'"),
            "K920",
        )
    return models[name]


def download_model(model: RemoteModel, watch: Watch) -> InstalledModel:
    """Fetch a model and take it in. Ask the user before.

    Args:
        model: From `remote_model`.
        watch: Called with a file's name, the bytes it has, and the bytes it will have (0 when that
            is not known).

    Raises:
        KodebokError: K921, the server cannot be reached or refuses; K922, what came is not what
            was told; K923, the disk is too full.
        WrongUseError: K913, there is already a model of that name.
        MissingComponentError: K900, the model's engine is not installed.
    """
    checked_name(model.name)
    waiting = models_folder() / f".{model.name}.fetched"
    waiting.mkdir(parents=True, exist_ok=True)
    _check_room(waiting, model)
    with needed(model.engine):
        import_module(_TAKES_IN[model.engine])
    for file in model.files:
        fetch_file(file, waiting / file.name, watch)
    is_single = model.engine is Engine.WHISPER and len(model.files) == 1
    path = waiting / model.files[0].name if is_single else waiting
    added = add_model(path, model.name, source=model.page, licence=model.licence)
    shutil.rmtree(waiting)
    return added


def fetch_file(file: RemoteFile, target: Path, watch: Watch) -> None:
    """Fetch one file, from where an earlier try ended; a file that is there already is kept.

    Raises:
        KodebokError: K921 or K922, as `download_model` says.
    """
    if target.exists():
        return
    part = target.with_name(target.name + ".part")
    version = target.with_name(target.name + ".version")
    begun = part.stat().st_size if part.exists() and version.exists() else 0
    try:
        with _open(file, begun, version) as response:
            answer = _read_answer(response, begun)
            version.write_text(answer.version, encoding="utf-8")
            _receive(response, answer, part, lambda done: watch(file.name, done, answer.total))
    except urllib.error.HTTPError as error:
        if error.code == HTTPStatus.NOT_FOUND and file.is_optional:
            return
        if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            _forget(part, version)
        raise _unreachable(file, f"HTTP {error.code}") from error
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise _unreachable(file, type(getattr(error, "reason", error)).__name__) from error
    _check(file, part, answer, version)
    part.replace(target)
    version.unlink()


def _open(file: RemoteFile, begun: int, version: Path) -> Any:
    """Ask for a file, or for the rest of it if it is still the same version."""
    request = urllib.request.Request(file.address)  # noqa: S310 - addresses of our catalogue
    request.add_header("Accept-Encoding", "identity")
    if begun:
        request.add_header("Range", f"bytes={begun}-")
        request.add_header("If-Range", version.read_text(encoding="utf-8"))
    opener = urllib.request.build_opener(_Redirects)
    return opener.open(request, timeout=_PATIENCE_S)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, keeps what the first server told of the file, never leaves https."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        """The request for the new address."""
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise urllib.error.URLError(ConnectionError("https"))
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request is not None:
            told = headers.get(_TOLD_CHECKSUM) or getattr(req, "told_checksum", "")
            request.told_checksum = told  # type: ignore[attr-defined]
        return request

    def http_response(self, request: Any, response: Any) -> Any:
        """Hand on what was told before the redirect."""
        response.told_checksum = getattr(request, "told_checksum", "")
        return response

    https_response = http_response


def _read_answer(response: Any, begun: int) -> _Answer:
    headers = response.headers
    is_rest = response.status == HTTPStatus.PARTIAL_CONTENT
    length = int(headers.get("Content-Length") or 0)
    total = length + begun if is_rest and length else length
    told = (response.told_checksum or headers.get(_TOLD_CHECKSUM) or "").strip('"')
    checksum = told if len(told) == _SHA256_LETTERS else ""
    version = headers.get("ETag") or headers.get("Last-Modified") or ""
    return _Answer(begun if is_rest else 0, total, checksum, version)


def _receive(response: Any, answer: _Answer, part: Path, watch: Callable[[int], None]) -> None:
    with part.open("ab" if answer.offset else "wb") as out:
        done = answer.offset
        while piece := response.read(_PIECE):
            out.write(piece)
            done += len(piece)
            watch(done)


def _check(file: RemoteFile, part: Path, answer: _Answer, version: Path) -> None:
    size = part.stat().st_size
    if answer.total and size < answer.total:
        raise _unreachable(file, "EOF")
    checksum = file.sha256 or answer.checksum
    if (answer.total and size != answer.total) or (checksum and sha256_of(part) != checksum):
        _forget(part, version)
        raise KodebokError(_("{file} came damaged", file=file.name), _("try again"), "K922")


def _forget(*paths: Path) -> None:
    for path in paths:
        with suppress(FileNotFoundError):
            path.unlink()


def _unreachable(file: RemoteFile, why: str) -> KodebokError:
    return KodebokError(
        _("{file} could not be fetched ({why})", file=file.name, why=why),
        _("try again: what has come is kept, and the rest is fetched"),
        "K921",
    )


def _check_room(folder: Path, model: RemoteModel) -> None:
    """The fetched files and the copy that is taken in lie side by side for a while."""
    here = sum(path.stat().st_size for path in folder.iterdir())
    needed = int(model.size_bytes * 2 * _SPARE) - here
    if shutil.disk_usage(folder).free < needed:
        raise KodebokError(
            _("there is too little room on the disk for {name}", name=model.name),
            _("make {gigabytes} GB free, or choose a smaller model",
              gigabytes=f"{needed / 1e9:.1f}"),
            "K923",
        )  # fmt: skip
