"""How long a request may be: a body over the limit is refused before it is read, or where it passes the limit."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graphintel.api.answers import refusal
from graphintel.errors import LimitReached


class BodyLimit:
    """Counts the bytes of a body as they come, whether or not the request says how many there will be."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a stated length over the limit at once; otherwise count what is received."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        words = f"A request holds at most {self._most:,} bytes; send the rest in further requests."
        told = Headers(scope=scope).get("content-length", "")
        # Compared by digits first: a length of thousands of digits is never made a number.
        digits = told.lstrip("0")
        if digits.isdecimal() and (len(digits) > 18 or int(digits) > self._most):
            await refusal(LimitReached(words))(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise HTTPException(413, words)
            return message

        await self._app(scope, counted, send)
