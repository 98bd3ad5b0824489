"""The door: who may talk to the page, and what the page may do in a browser.

The page is for the person at this machine. A site open in the same browser must not be able to read or
write it (Host, Origin and the key in the path), and a text that came with a record must not become
script (Content-Security-Policy, beside the escaping in the templates).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HTTP = 80
LIMIT = 64 * 1024
"""Bytes a request may carry."""

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEPT = "private, max-age=86400"
"""How long a browser may keep scripts and styles: their address is new with each run."""


@dataclass(slots=True)
class Keys:
    """What opens the page; made anew for each run.

    Attributes:
        page: first part of the path of all addresses.
        once: opens the page once: this one is handed to a browser on its command line, where other
            users of the machine can read it.
    """

    page: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    once: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def use_once(self, given: str) -> bool:
        """Tell whether this is the key that opens the page once, and use it up if so."""
        right = bool(self.once) and secrets.compare_digest(given.encode(), self.once.encode())
        if right:
            self.once = ""
        return right


@dataclass(frozen=True, slots=True)
class Guard:
    """An ASGI application before another: refuses what does not come from the page itself.

    Attributes:
        app: what is guarded; its paths begin after the key.
        keys: what opens the page.
        port: the port the page is served on.
    """

    app: ASGIApp
    keys: Keys
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        kept = scope["path"].startswith(f"/{self.keys.page}/static/")
        reply = _with_headers(send, KEPT if kept else "no-store")
        status, text = self._refuse(scope)
        if status == 303:
            await _answer(reply, status, text, location=f"/{self.keys.page}/")
        elif status:
            await _answer(reply, status, text)
        else:
            root = f"/{self.keys.page}"
            await self.app({**scope, "root_path": root, "path": scope["path"]}, receive, reply)

    def _refuse(self, scope: Scope) -> tuple[int, str]:
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        hosts = {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost")}
        if self.port == HTTP:  # browsers leave it away
            hosts |= {"127.0.0.1", "localhost"}
        host = headers.get("host", [])
        if len(host) != 1 or host[0].lower() not in hosts:
            return 421, "This page answers only to the address it was opened with."
        path, method = scope["path"], scope["method"]
        if path.startswith("/open/"):
            if method == "GET" and self.keys.use_once(path.removeprefix("/open/")):
                return 303, "The page is open."
            return 403, "This address opens the page once. Use the one printed in the terminal."
        first = path.split("/")[1] if path.startswith("/") else ""
        if not secrets.compare_digest(first.encode(), self.keys.page.encode()):
            return 403, "Open the page with the address printed in the terminal."
        if method not in ("GET", "HEAD", "POST"):
            return 405, "Not done here."
        return self._refuse_write(headers, host[0]) if method == "POST" else (0, "")

    def _refuse_write(self, headers: dict[str, list[str]], host: str) -> tuple[int, str]:
        if headers.get("origin") != [f"http://{host.lower()}"]:
            return 403, "Writes are taken from the page itself only."
        if headers.get("content-type", [""])[0].partition(";")[0].strip().lower() != "application/json":
            return 415, "Writes are JSON."
        length = headers.get("content-length", ["0"])[0]
        if not length.isdecimal() or int(length) > LIMIT:
            return 413, "Too much at once."
        return 0, ""


def _with_headers(send: Send, kept: str) -> Send:
    async def reply(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = {**HEADERS, "Cache-Control": kept}
            own = [(name.encode(), value.encode()) for name, value in headers.items()]
            message = {**message, "headers": [*message.get("headers", []), *own]}
        await send(message)

    return reply


async def _answer(send: Send, status: int, text: str, *, location: str = "") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    if location:
        headers.append((b"location", location.encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
