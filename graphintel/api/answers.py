"""How answers leave: JSON by orjson, the data version as ETag, and one shape for every error."""

from __future__ import annotations

import logging
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from graphintel.acts.session import Session
from graphintel.errors import GraphIntelError, status_of
from graphintel.model.ids import digest

_log = logging.getLogger("graphintel.api")
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "limit", 415: "bad_input"}


def answer(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer."""
    body = orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS)
    return Response(body, status, {"Cache-Control": "no-store", **(headers or {})}, "application/json")


def attached(content: bytes, name: str, kind: str = "text/csv; charset=utf-8") -> Response:
    """A file to be saved under a name, which no browser shows as a page."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox",
    }  # fmt: skip
    return Response(content, headers=headers, media_type=kind)


def tagged(request: Request, session: Session) -> tuple[dict[str, str], bool]:
    """The ETag of (question, profile, counter), and whether the asker has this answer already."""
    tag = f'"{digest(str(request.url), session.profile.key, session.counter())}"'
    return {"ETag": tag, "Cache-Control": "private, no-cache"}, request.headers.get("if-none-match") == tag


def problem(code: str, message: str, status: int, detail: Any = None) -> Response:
    """An error in the one shape."""
    return answer({"error": {"code": code, "message": message, "detail": detail or {}}}, status)


def worked(job: dict[str, Any]) -> Response:
    """What a job has to tell: its result, its error, or 202 with where to ask while it goes on."""
    if job["state"] == "done":
        return answer(job["result"])
    if job["state"] in ("failed", "cancelled"):
        error = job["error"]
        return problem(error["code"], error["message"], status_of(error["code"]), error.get("detail"))
    return answer({"job": job["id"], "state": job["state"]}, 202, {"Location": f"/api/v1/jobs/{job['id']}"})


def refused(_: Request, error: Exception) -> Response:
    """One of the project's own errors."""
    assert isinstance(error, GraphIntelError)
    return refusal(error)


def refusal(error: GraphIntelError) -> Response:
    """What an error of the project answers: its own shape, status, and whether a retry helps."""
    response = answer(error.as_json(), error.status)
    if error.retry:
        response.headers["Retry-After"] = "5"
    return response


def invalid(_: Request, error: Exception) -> Response:
    """A request that does not fit the description of its route."""
    assert isinstance(error, RequestValidationError)
    fields = [
        {"field": ".".join(map(str, item["loc"][1:])), "problem": item["msg"].removeprefix("Value error, ")}
        for item in error.errors()
    ]
    words = "; ".join(f"{item['field'] or 'body'}: {item['problem']}" for item in fields)
    return problem("bad_input", f"The request is not as described: {words}", 422, {"fields": fields})


def by_status(_: Request, error: Exception) -> Response:
    """An error that the framework raised, such as an unknown address."""
    assert isinstance(error, HTTPException)
    return problem(_CODES.get(error.status_code, "error"), str(error.detail), error.status_code)


def unexpected(request: Request, error: Exception) -> Response:
    """A mistake of ours: told without its inside, which goes to the program's log."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem("internal", "The program made a mistake; its log says more. The data is unchanged.", 500)
