"""One short file a subject; each route calls one act."""

from graphintel.api.routes import (
    analysis,
    charts,
    findings,
    graph,
    judgements,
    loads,
    matches,
    notices,
    program,
    providers,
    questions,
    takings,
    ways,
)

ROUTERS = [
    program.router,
    graph.router,
    analysis.router,
    findings.router,
    ways.router,
    questions.router,
    charts.router,
    loads.router,
    takings.router,
    notices.router,
    judgements.router,
    providers.router,
    matches.router,
]
