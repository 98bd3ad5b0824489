"""The page: a small web server for the person at this machine."""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import AlignerError, InputError, SettingError
from aligner.review import downloads, pages, record_pages, term_pages
from aligner.review.actions import ACTIONS
from aligner.review.diff import brief, changes
from aligner.review.filters import entry_filter
from aligner.review.guard import LIMIT, Guard, Keys
from aligner.review.pairs import label_of
from aligner.review.payload import number_of, text_of
from aligner.review.recheck import check_texts, encoder_of
from aligner.review.rendering import templates
from aligner.review.text_actions import MAX_TEXT_CHARS
from aligner.store import StaleError, Workspace, open_workspace
from aligner.store.beads import GOALS, next_bead, read_bead
from aligner.store.decisions import last_decision, next_redo, next_undo
from aligner.store.entries import ORDERS, next_candidate

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

CHUNK = 64 * 1024
VIEWS: tuple[tuple[str, str, Callable[..., dict[str, Any]]], ...] = (
    ("/", "records.html", record_pages.records),
    ("/records/{number}", "record.html", record_pages.record),
    ("/search", "search.html", record_pages.search),
    ("/terms", "terms.html", term_pages.terms),
    ("/checks", "checks.html", pages.checks),
    ("/round", "round.html", pages.round_trip),
    ("/report", "report.html", pages.report),
    ("/export", "export.html", pages.export),
    ("/rows/records", "_record_rows.html", record_pages.record_rows),
    ("/rows/terms", "_term_rows.html", term_pages.term_rows),
    ("/peek/{number}", "_peek.html", record_pages.peek),
    ("/pane/{number}", "_pane.html", term_pages.pane),
    ("/scope", "_scope.html", pages.scope),
)
"""Addresses, templates and what they show; templates that begin with ``_`` are parts of a view."""
AROUND = 10
"""Characters shown on each side of what a correction changes."""
NUMBER = re.compile(r"-?[0-9]{1,16}")


@dataclass(frozen=True, slots=True)
class Page:
    """The handlers of one workspace. Each request opens the file anew; writes come one after another.

    Attributes:
        path: the workspace.
        keys: what opens the page.
        writing: held while something is decided.
    """

    path: Path
    keys: Keys
    writing: threading.Lock = field(default_factory=threading.Lock)

    def show(self, template: str, view: Callable[..., dict[str, Any]]) -> Callable[[Request], Response]:
        """Return a handler that renders a view; numbers in the address go to it."""
        from starlette.responses import HTMLResponse

        def handler(request: Request) -> Response:
            with open_workspace(self.path) as workspace:
                shown = view(workspace, dict(request.query_params), *_numbers(request))
                text = templates().get_template(template).render(base=f"/{self.keys.page}", **shown)
            return HTMLResponse(text)

        return handler

    def data(self, view: Callable[..., dict[str, Any]]) -> Callable[[Request], Response]:
        """Return a handler that gives a view as JSON."""
        from starlette.responses import JSONResponse

        def handler(request: Request) -> Response:
            with open_workspace(self.path) as workspace:
                return JSONResponse(view(workspace, dict(request.query_params), *_numbers(request)))

        return handler

    def next(self, request: Request) -> Response:
        """Tell where the next bead with something to do is."""
        from starlette.responses import JSONResponse

        query = request.query_params
        goal, record, bead = query.get("goal", ""), query.get("record", ""), query.get("bead", "")
        numbers = [NUMBER.fullmatch(text) for text in (record, bead)]
        if goal not in GOALS or not all(numbers):
            raise SettingError("say what to look for, and from where")
        with open_workspace(self.path) as workspace:
            found = next_bead(
                workspace, goal, record=int(record), bead=int(bead), back=query.get("back") == "1"
            )
        return JSONResponse({"record": found[0], "bead": found[1]} if found else None)

    def next_term(self, request: Request) -> Response:
        """Tell at which place of the list the next term to decide is."""
        from starlette.responses import JSONResponse

        query = dict(request.query_params)
        after = query.get("after", "")
        if not NUMBER.fullmatch(after):
            raise SettingError("say from where to look")
        order = query.get("order", "")
        with open_workspace(self.path) as workspace:
            place = next_candidate(
                workspace,
                entry_filter(query),
                order=order if order in ORDERS else "best",
                after=int(after),
                back=query.get("back") == "1",
            )
        return JSONResponse(None if place is None else {"index": place})

    def version(self, _: Request) -> Response:
        """Tell the last decision, by which a tab sees another one's, and what undo and redo would do."""
        from starlette.responses import JSONResponse

        with open_workspace(self.path) as workspace:
            offers = {"undo": next_undo(workspace), "redo": next_redo(workspace)}
            numbers = {name: offer.id if offer else None for name, offer in offers.items()}
            return JSONResponse({"decision": last_decision(workspace), **numbers})

    def export(self, request: Request) -> Response:
        """Send an export as a file."""
        from starlette.responses import StreamingResponse

        with open_workspace(self.path) as workspace:
            file = downloads.export(workspace, request.path_params["name"])

        def chunks() -> Iterator[bytes]:
            with file.stream:
                while chunk := file.stream.read(CHUNK):
                    yield chunk

        headers = {
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "X-Left-Out": str(file.left_out),
        }
        return StreamingResponse(chunks(), media_type=file.media_type, headers=headers)

    async def act(self, request: Request) -> Response:
        """Do what a person asks for, and say what happened."""
        from starlette.concurrency import run_in_threadpool

        action = ACTIONS.get(request.path_params["action"])
        if action is None:
            return _say("there is no such action", 404)
        payload = await _payload(request)
        if not isinstance(payload, dict):
            return payload
        return await run_in_threadpool(self._do, action, payload)

    async def check(self, request: Request) -> Response:
        """Tell what the checks say of a pair's texts as they are typed; nothing is changed."""
        from starlette.concurrency import run_in_threadpool

        payload = await _payload(request)
        return await run_in_threadpool(self._check, payload) if isinstance(payload, dict) else payload

    def _check(self, payload: dict[str, Any]) -> Response:
        from starlette.responses import JSONResponse

        record, bead = number_of(payload, "record"), number_of(payload, "bead")
        texts = {side: text_of(payload, side, longest=MAX_TEXT_CHARS) for side in ("en", "zh")}
        with open_workspace(self.path) as workspace:
            found = check_texts(workspace, record, bead, (texts["en"], texts["zh"]))
            pair = read_bead(workspace, record, bead)
        notes = [{"label": label_of(one.check), "message": one.message} for one in found]
        changed = {side: _changed(getattr(pair.pair, side), text) for side, text in texts.items() if pair}
        return JSONResponse({"findings": notes, "changes": changed})

    def _do(self, action: Callable[[Workspace, dict[str, Any]], Any], payload: dict[str, Any]) -> Response:
        from starlette.responses import JSONResponse

        with self.writing, open_workspace(self.path) as workspace:
            done = action(workspace, payload)
            return JSONResponse(
                {
                    "said": done.said,
                    "record": done.record,
                    "bead": done.bead,
                    "decision": last_decision(workspace),
                }
            )


def build(path: Path, keys: Keys, port: int) -> Guard:
    """Return the application that serves a workspace; the guard sees to the key in its addresses."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    page = Page(path, keys)
    app = Starlette(
        routes=[
            *(Route(path, page.show(template, view)) for path, template, view in VIEWS),
            Route("/alignment/{number}", page.data(record_pages.alignment)),
            Route("/try", page.check, methods=["POST"]),
            Route("/export/{name}", page.export),
            Route("/next", page.next),
            Route("/next-term", page.next_term),
            Route("/version", page.version),
            Route("/act/{action}", page.act, methods=["POST"]),
            Mount("/static", StaticFiles(packages=[("aligner.review", "static")])),
        ],
        exception_handlers={AlignerError: _mendable, OverflowError: _too_large},
    )
    return Guard(app, keys, port)


def serve(path: Path, *, port: int = 0, browser: bool = True) -> None:
    """Serve a workspace on the loopback interface until interrupted.

    Args:
        path: the workspace.
        port: to serve on; 0 takes a free one.
        browser: open the page.

    Raises:
        InputError: the workspace cannot be opened.
        SettingError: the port is taken.
    """
    import uvicorn

    with open_workspace(path):
        pass
    keys = Keys()
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        hint = "name another with --port, or leave --port away"
        raise SettingError(f"port {port} cannot be used ({error.strerror})", hint=hint) from error
    with listener:
        port = listener.getsockname()[1]
        print(f"aligner: http://127.0.0.1:{port}/{keys.page}/  (Ctrl+C ends it)", file=sys.stderr, flush=True)
        threading.Thread(target=_warm, args=[path]).start()
        if browser:
            _open(f"http://127.0.0.1:{port}/open/{keys.once}")
        app = build(path, keys, port)
        settings = uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off", ws="none")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(settings).run(sockets=[listener])


def _warm(path: Path) -> None:
    """Load the encoder, so that the first edit need not wait for it."""
    with suppress(AlignerError), open_workspace(path) as workspace:
        encoder_of(workspace)


def _open(address: str) -> None:
    import webbrowser

    threading.Timer(0.5, webbrowser.open, [address]).start()


async def _payload(request: Request) -> dict[str, Any] | Response:
    """Return the JSON object of a request, or the answer to one that carries none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT:
            return _say("too much at once", 413)
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return _say("this is not JSON", 400)
    return payload if isinstance(payload, dict) else _say("this is no JSON object", 400)


def _numbers(request: Request) -> Iterator[int]:
    """Yield the numbers of an address.

    Raises:
        InputError: it is none, or larger than any there can be.
    """
    for text in request.path_params.values():
        if not NUMBER.fullmatch(text):
            raise InputError("there is nothing with such a number")
        yield int(text)


def _changed(before: str, after: str) -> list[tuple[str, str]]:
    return (
        [(one["tag"], one["text"]) for one in brief(changes(before, after), AROUND)]
        if before != after
        else []
    )


def _mendable(_: Request, error: Exception) -> Response:
    status = 409 if isinstance(error, StaleError) else 404 if isinstance(error, InputError) else 422
    return _say(str(error), status)


def _too_large(_: Request, __: Exception) -> Response:
    return _say("there is nothing with such a number", 404)


def _say(text: str, status: int) -> Response:
    from starlette.responses import JSONResponse

    return JSONResponse({"error": text}, status_code=status)
