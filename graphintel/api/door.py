"""Who may come in: a token made at each start, exchanged for a cookie; and the headers that keep a page closed."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graphintel.api.answers import refusal
from graphintel.errors import NotAuthenticated, PolicyRefused

COOKIE = "graphintel_session"
HEADER = "x-graphintel"
OPEN = ("/api/v1/health", "/api/v1/openapi.json")
PAGE = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
_HEADERS = {
    "Content-Security-Policy": PAGE,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def new_token() -> str:
    """A token for one run of the server."""
    return secrets.token_urlsafe(24)


class Door:
    """Lets in who has the token, as bearer or cookie; the page itself and its files hold no data and are open."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token
        self._cookie = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Exchange the token of an address for a cookie, or check what came with the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(Request(scope))
        await (answer or self._app)(scope, receive, closed)

    def _answer(self, request: Request) -> Response | None:
        path = request.url.path
        given = request.query_params.get("token")
        if given is not None and not path.startswith("/api/"):
            return self._exchange(given)
        if path.startswith("/api/") and path not in OPEN:
            return self._trouble(request)
        return None

    def _exchange(self, given: str) -> Response:
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return refusal(
                NotAuthenticated("This address has expired; use the one printed at the last start.")
            )
        response = RedirectResponse("/", 303)
        response.set_cookie(COOKIE, self._cookie, httponly=True, samesite="strict", path="/")
        return response

    def _trouble(self, request: Request) -> Response | None:
        host = request.headers.get("host", "").rsplit(":", 1)[0].strip("[]")
        if (
            request.client
            and request.client.host in ("127.0.0.1", "::1")
            and host not in ("127.0.0.1", "::1", "localhost")
        ):
            return refusal(NotAuthenticated("This host name is not served."))
        kind, _, bearer = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and hmac.compare_digest(bearer.encode(), self._token.encode()):
            return None
        cookie = request.cookies.get(COOKIE, "")
        if not hmac.compare_digest(cookie.encode(), self._cookie.encode()):
            return refusal(NotAuthenticated("Open the address that the server printed, or send its token."))
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            return refusal(PolicyRefused("The request came from another site."))
        if request.method not in ("GET", "HEAD") and HEADER not in request.headers:
            return refusal(PolicyRefused("A request that changes something needs the header X-Graphintel."))
        return None
