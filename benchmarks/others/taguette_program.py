"""Taguette's own web application, spoken to without a socket."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from taguette import database
from taguette.main import DEFAULT_CONFIG
from taguette.web import make_app
from taguette.web.base import Application
from tornado.httputil import HTTPConnection, HTTPFile, HTTPHeaders, HTTPServerRequest
from tornado.web import create_signed_value

if TYPE_CHECKING:
    from pathlib import Path

USER = "admin"


class TaguetteError(Exception):
    """Taguette answered that it could not do it."""


class _Answer(HTTPConnection):  # type: ignore[misc]  # mypy does not see tornado here
    """Keeps what a handler answers instead of sending it."""

    def __init__(self) -> None:
        self.status = 0
        self.chunks: list[bytes] = []
        self.finished: asyncio.Future[None] = asyncio.get_event_loop().create_future()

    def write_headers(self, start_line: Any, headers: Any, chunk: bytes | None = None) -> Any:  # noqa: ARG002
        self.status = start_line.code
        return self.write(chunk or b"")

    def write(self, chunk: bytes) -> Any:
        self.chunks.append(chunk)
        written = asyncio.get_event_loop().create_future()
        written.set_result(None)
        return written

    def finish(self) -> None:
        self.finished.set_result(None)

    def set_close_callback(self, callback: Any) -> None:
        pass


class Taguette:
    """One workspace with one project, worked in by its single user.

    Args:
        folder: where the database is made.
    """

    def __init__(self, folder: Path) -> None:
        # The one thing switched off: at its start Taguette asks its maker's server for news.
        Application.check_messages = lambda _app: None
        logging.disable(logging.WARNING)
        asyncio.set_event_loop(asyncio.new_event_loop())
        folder.mkdir(parents=True)
        self._app = make_app(_single_user_config(folder / "taguette.sqlite3"))
        cookie = create_signed_value(self._app.settings["cookie_secret"], "user", USER)
        self._headers = {"Cookie": f"user={cookie.decode()}; _xsrf=x", "X-XSRFToken": "x"}
        with self.session() as db:
            db.add(database.User(login=USER))
            db.commit()
        self.project = self._add_project()

    def session(self) -> Any:
        """A session on the database."""
        return self._app.DBSession()

    def add_document(self, path: Path) -> int:
        """Import a file; its new id."""
        file = HTTPFile(filename=path.name, body=path.read_bytes(), content_type="")
        return self._created(
            self._url("api", "document/new"), fields={"name": path.stem}, file=file
        )

    def add_tag(self, name: str) -> int:
        """Make a tag; its id."""
        answer = self.post_json("tag/new", {"path": name, "description": ""})
        return int(answer["id"])

    def add_highlight(self, document: int, start: int, end: int, tag: int) -> int:
        """Code a passage (offsets in UTF-8 bytes); its id."""
        body = {"start_offset": start, "end_offset": end, "tags": [tag]}
        return int(self.post_json(f"document/{document}/highlight/new", body)["id"])

    def export(self, name: str) -> bytes:
        """A file from the export menu."""
        return self._call(self._request("GET", self._url("", f"export/{quote(name)}")))

    def post_json(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What a call of the project's API answers."""
        request = self._request("POST", self._url("api", path), json.dumps(body).encode())
        request.headers["Content-Type"] = "application/json"
        answer: dict[str, Any] = json.loads(self._call(request))
        return answer

    def _url(self, prefix: str, path: str) -> str:
        return f"{'/' + prefix if prefix else ''}/project/{self.project}/{path}"

    def _add_project(self) -> int:
        request = self._request("POST", "/project/new")
        request.body_arguments = {"name": [b"Studie"], "description": [b""]}
        self._call(request)
        with self.session() as db:
            return int(db.query(database.Project).one().id)

    def _created(self, url: str, fields: dict[str, str], file: HTTPFile) -> int:
        request = self._request("POST", url)
        request.body_arguments = {key: [value.encode()] for key, value in fields.items()}
        request.body_arguments["description"] = [b""]
        request.files = {"file": [file]}
        return int(json.loads(self._call(request))["created"])

    def _request(self, method: str, url: str, body: bytes = b"") -> HTTPServerRequest:
        request = HTTPServerRequest(
            method=method,
            uri=url,
            headers=HTTPHeaders(self._headers),
            host="localhost",
            body=body,
            connection=_Answer(),
        )
        request.arguments = dict(request.query_arguments)
        return request

    def _call(self, request: HTTPServerRequest) -> bytes:
        answer = request.connection
        self._app.find_handler(request).execute()
        asyncio.get_event_loop().run_until_complete(answer.finished)
        content = b"".join(answer.chunks)
        if answer.status >= 400:
            raise TaguetteError(f"Taguette answered {answer.status}: {content[:200]!r}")
        return content


def _single_user_config(path: Path) -> dict[str, Any]:
    """What `taguette.main` sets for its desktop mode."""
    return {
        **DEFAULT_CONFIG,
        "MULTIUSER": False,
        "DOMAIN": "localhost:7465",
        "BIND_ADDRESS": "127.0.0.1",
        "X_HEADERS": False,
        "PORT": 7465,
        "DATABASE": f"sqlite:///{path}",
        "TOS_FILE": None,
        "SECRET_KEY": secrets.token_hex(),
        "COOKIES_PROMPT": False,
        "HTML_OUT_SIZE_LIMIT": 5_000_000,
    }
