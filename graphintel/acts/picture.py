"""Places for a picture: computed on the server, the same every time, old ones kept."""

from __future__ import annotations

from typing import Any

from graphintel.acts import look
from graphintel.acts.session import Session
from graphintel.model.subgraph import Subgraph
from graphintel.store.run import Answer
from graphintel.viz.layout import place

_SHOWN = 200


def placed(subgraph: Subgraph, seed: int = 1) -> Subgraph:
    """The subgraph with a place for each node; nodes that have one keep it."""
    places = place(subgraph, seed)
    for node in subgraph.nodes:
        node.x, node.y = (round(number, 1) for number in places[node.id])
    return subgraph


def of_answer(session: Session, answer: Answer) -> dict[str, Any] | None:
    """The things in an answer to a question, as a subgraph to draw; None if it names none."""
    if not answer.entities:
        return None
    found = placed(look.among(session, answer.entities[:_SHOWN]))
    found.truncated.by_limit += max(len(answer.entities) - _SHOWN, 0)
    return found.as_columns()
