"""The application: opens the session at start, mounts the routes and the browser app, maps every error."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

import graphintel
from graphintel.acts.session import open_session
from graphintel.acts.work import Worker
from graphintel.api import answers
from graphintel.api.describe import described
from graphintel.api.door import Door, new_token
from graphintel.api.routes import ROUTERS
from graphintel.api.size import BodyLimit
from graphintel.errors import GraphIntelError
from graphintel.settings import Settings

STATIC = Path(graphintel.__file__).parent / "viz" / "static"


def create_app(settings: Settings, token: str | None = None) -> FastAPI:
    """The whole service for these settings; `token` lets a caller know the way in."""
    key = token or new_token()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with ExitStack() as stack:
            session = stack.enter_context(open_session(settings))
            app.state.session = session
            app.state.worker = stack.enter_context(Worker(settings, session.store.address))
            yield

    app = FastAPI(
        title="graphintel", version=graphintel.__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json", description="Link analysis for customs intelligence.",
    )  # fmt: skip
    app.state.settings = settings
    app.state.token = key
    for router in ROUTERS:
        app.include_router(router, prefix="/api/v1")
    app.openapi = lambda: described(app)  # type: ignore[method-assign]  # the documented way to replace it
    app.add_exception_handler(GraphIntelError, answers.refused)
    app.add_exception_handler(RequestValidationError, answers.invalid)
    app.add_exception_handler(HTTPException, answers.by_status)
    app.add_exception_handler(Exception, answers.unexpected)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=1)
    app.add_middleware(BodyLimit, most=settings.request_bytes)
    app.add_middleware(Door, token=key)
    if STATIC.exists():
        app.mount("/", StaticFiles(directory=STATIC, html=True), name="app")
    return app
