"""Fetching a model: from a server on this machine, whole, resumed, damaged, refused."""

from __future__ import annotations

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kodebok.errors import KodebokError, WrongUseError
from kodebok.transcribe.catalogue import RemoteFile, RemoteModel, remote_models
from kodebok.transcribe.model_download import download_model, fetch_file, remote_model
from kodebok.transcribe.models import Engine, find_model, models_folder

CONTENT = bytes(range(256)) * 4_000
CHECKSUM = hashlib.sha256(CONTENT).hexdigest()


class Server(ThreadingHTTPServer):
    """Serves files, can break off, and notes what it was asked."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {"/model.bin": CONTENT}
        self.version = '"one"'
        self.break_after = None
        self.told_checksum = ""
        self.asked = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        pass


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        server = self.server
        server.asked.append((self.path, dict(self.headers)))
        if self.path.startswith("/moved"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/moved"))
            self.send_header("X-Linked-ETag", f'"{server.told_checksum}"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = server.files.get(self.path)
        if content is None:
            self.send_error(404)
            return
        start = self._start()
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("ETag", server.version)
        self.end_headers()
        end = len(content) if server.break_after is None else start + server.break_after
        self.wfile.write(content[start:end])

    def _start(self):
        asked = self.headers.get("Range")
        if asked and self.headers.get("If-Range") == self.server.version:
            return int(asked.removeprefix("bytes=").removesuffix("-"))
        return 0


@pytest.fixture
def server():
    with Server() as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "data"))


def nothing(_file, _done, _total):
    pass


def remote(server, path="/model.bin", checksum=CHECKSUM):
    return RemoteFile(server.address + path, "model.bin", checksum)


def test_a_file_comes_whole_and_its_progress_is_told(server, tmp_path):
    told = []
    fetch_file(remote(server), tmp_path / "model.bin", lambda *args: told.append(args))
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert told[-1] == ("model.bin", len(CONTENT), len(CONTENT))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.bin"]


def test_what_broke_off_goes_on_where_it_ended(server, tmp_path):
    server.break_after = 300_000
    with pytest.raises(KodebokError, match="K921"):
        fetch_file(remote(server), tmp_path / "model.bin", nothing)
    assert (tmp_path / "model.bin.part").stat().st_size == 300_000
    server.break_after = None
    fetch_file(remote(server), tmp_path / "model.bin", nothing)
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert server.asked[-1][1]["Range"] == "bytes=300000-"


def test_a_file_that_changed_meanwhile_is_fetched_anew(server, tmp_path):
    server.break_after = 300_000
    with pytest.raises(KodebokError):
        fetch_file(remote(server), tmp_path / "model.bin", nothing)
    server.break_after, server.version = None, '"two"'
    server.files["/model.bin"] = CONTENT[::-1]
    checksum = hashlib.sha256(CONTENT[::-1]).hexdigest()
    fetch_file(remote(server, checksum=checksum), tmp_path / "model.bin", nothing)
    assert (tmp_path / "model.bin").read_bytes() == CONTENT[::-1]


def test_a_file_with_another_checksum_is_thrown_away(server, tmp_path):
    server.files["/model.bin"] = CONTENT[:-1] + b"!"
    with pytest.raises(KodebokError, match="K922"):
        fetch_file(remote(server), tmp_path / "model.bin", nothing)
    assert not list(tmp_path.iterdir())


def test_the_checksum_that_the_first_server_tells_holds_after_a_redirect(server, tmp_path):
    server.told_checksum = CHECKSUM
    moved = remote(server, "/moved/model.bin", checksum="")
    fetch_file(moved, tmp_path / "model.bin", nothing)
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    (tmp_path / "model.bin").unlink()
    server.told_checksum = "0" * 64
    with pytest.raises(KodebokError, match="K922"):
        fetch_file(moved, tmp_path / "model.bin", nothing)


def test_a_file_that_is_not_there_is_told_unless_the_model_does_without_it(server, tmp_path):
    with pytest.raises(KodebokError, match=r"K921.*404"):
        fetch_file(remote(server, "/borte"), tmp_path / "x", nothing)
    optional = RemoteFile(server.address + "/borte", "x", is_optional=True)
    fetch_file(optional, tmp_path / "x", nothing)
    assert not list(tmp_path.iterdir())


def test_a_server_that_does_not_answer_is_told(tmp_path):
    gone = RemoteFile("http://127.0.0.1:9/model.bin", "model.bin")
    with pytest.raises(KodebokError, match="K921"):
        fetch_file(gone, tmp_path / "model.bin", nothing)


def test_nothing_is_told_to_the_server_but_which_file_is_wanted(server, tmp_path):
    fetch_file(remote(server), tmp_path / "model.bin", nothing)
    [(path, headers)] = server.asked
    assert path == "/model.bin"
    assert set(headers) <= {"Accept-Encoding", "Host", "User-Agent", "Connection"}
    assert headers["User-Agent"].startswith("Python-urllib")


def test_a_model_is_fetched_taken_in_and_hears(server, faster_model, monkeypatch, tmp_path):
    folder = faster_model.folder
    names = list(faster_model.files)
    server.files = {f"/{name}": (folder / name).read_bytes() for name in names}
    files = tuple(RemoteFile(f"{server.address}/{name}", name) for name in names)
    monkeypatch.setenv("KODEBOK_DATA_DIR", str(tmp_path / "new"))
    model = RemoteModel("hentet", Engine.FASTER, "noen", "MIT", 5_000_000, "side", files)
    added = download_model(model, nothing)
    assert find_model("hentet") == added
    assert (added.licence, added.source) == ("MIT", "side")
    assert added.files == faster_model.files
    assert [path.name for path in models_folder().iterdir()] == ["hentet"]


def test_a_disk_that_is_too_full_is_told_before_anything_comes(server):
    model = RemoteModel("stor", Engine.FASTER, "noen", "MIT", 10**17, "side", (remote(server),))
    with pytest.raises(KodebokError, match="K923"):
        download_model(model, nothing)
    assert not server.asked


def test_what_can_be_fetched_says_from_where_and_under_which_licence():
    models = remote_models()
    assert {model.name for model in models} >= {
        "nb-whisper-medium-verbatim",
        "nb-whisper-large-verbatim-pt",
        "whisper-small",
    }
    for model in models:
        assert model.licence == ("MIT" if model.maker == "OpenAI" else "Apache-2.0")
        assert all(file.address.startswith("https://") for file in model.files)
        assert len({file.name for file in model.files}) == len(model.files)
    assert remote_model("nb-whisper-large-verbatim").size_bytes > 6e9


def test_an_unknown_model_is_told_with_where_to_look():
    with pytest.raises(WrongUseError, match="K920"):
        remote_model("gpt")
