"""Suggestions of a full relink beside those of the own score: the own ones go first, and a new relink replaces the last."""

from __future__ import annotations

from collections.abc import Iterator

from graphintel.desk.database import Desk

# How the models of a relink are named.
PREFIX = "splink:"


def others(desk: Desk) -> Iterator[tuple[str, str]]:
    """The pairs that wait because of something else than a relink."""
    for row in desk.rows("SELECT left, right, model FROM suggestion WHERE state = 'open'"):
        if not row["model"].startswith(PREFIX):
            yield row["left"], row["right"]


def forget(desk: Desk, kind: str) -> int:
    """Take back what earlier relinks suggested for a kind and nobody answered; how many."""
    with desk.transaction() as db:
        return int(
            db.execute(
                "DELETE FROM suggestion WHERE state = 'open' AND kind = ? AND substr(model, 1, ?) = ?",
                (kind, len(PREFIX), PREFIX),
            ).rowcount
        )
