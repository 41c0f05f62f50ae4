"""One box: names in any script, identifiers in any spelling; ranked without corpus statistics, after filtering."""

from __future__ import annotations

import re

from neo4j import ManagedTransaction

from graphintel.model.fold import compact, fold, tokens
from graphintel.model.kinds import KINDS
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Truncated
from graphintel.store.driver import Row, Store
from graphintel.store.read.shape import SEEN, node_of, node_text, tell

INDEX = "search_mentions"
_CANDIDATES = 400
_SPECIAL = re.compile(r'([+\-!(){}\[\]^"~*?:\\/&|])')
# The index may cut only where nothing is filtered afterwards: what is hidden or of another kind must take nobody's place.
_ALL = "CALL db.index.fulltext.queryNodes($index, $query) YIELD node AS m "
_BEST = "CALL db.index.fulltext.queryNodes($index, $query, {limit: $candidates}) YIELD node AS m "
_FILTER = "WITH m WHERE " + SEEN + " AND ($kind IS NULL OR m.kind = $kind) WITH m LIMIT $candidates "
_THINGS = "OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) WITH m, coalesce(x, m) AS n "


def _statement(profile: Profile, kind: str | None) -> str:
    whole = profile.sees_all and kind is None
    return (
        (_BEST if whole else _ALL)
        + _FILTER
        + _THINGS
        + (f"WITH n, collect(m.search) AS texts RETURN {node_text(profile)} AS n, texts")
    )


def lucene(text: str) -> str:
    """A full-text query: every word must begin a word, or the whole without separators is one identifier."""
    words = [_SPECIAL.sub(r"\\\1", word) for word in tokens(text)]
    if not words:
        return ""
    every = " AND ".join(f"{word}*" if len(word) > 1 else word for word in words)
    whole = compact(text).lower()
    return f"({every}) OR {whole}*" if len(whole) > 2 and len(words) > 1 else f"({every})"


def score(text: str, searched: str) -> tuple[float, str]:
    """How well a mention's text answers, from 0 to 1, and why: exact identifier, all words, or their beginnings."""
    whole = compact(text).lower()
    present = searched.split()
    folded = fold(text)
    if whole in present and any(letter.isdigit() for letter in whole):
        return 1.0, "identifier"
    if f" {folded} " in f" {searched} ":
        return round(0.8 + 0.15 * len(folded) / max(len(searched), 1), 4), "name"
    words = tokens(text)
    exact = sum(word in present for word in words)
    begun = sum(any(one.startswith(word) for one in present) for word in words)
    if words and begun == len(words):
        return round(0.4 + 0.35 * exact / len(words), 4), "words"
    return (
        (0.35, "beginning of an identifier")
        if any(one.startswith(whole) for one in present)
        else (0.1, "part")
    )


def search(store: Store, text: str, profile: Profile, *, kind: str | None = None, limit: int = 20) -> Row:
    """Entities that answer a text, best first; `kind` narrows. KeyError for a kind that does not exist."""
    if kind is not None and kind not in KINDS:
        raise KeyError(f"no kind {kind!r}; there are {', '.join(KINDS)}")
    query = lucene(text)
    if not query:
        return {"hits": [], "truncated": Truncated().as_json(), "query": fold(text)}

    def work(tx: ManagedTransaction) -> Row:
        given = {
            "index": INDEX,
            "query": query,
            "candidates": _CANDIDATES,
            "kind": kind,
            "marks": list(profile.marks),
        }
        rows = tx.run(_statement(profile, kind), given).data()
        ranked = []
        for row in rows:
            best = max(score(text, searched) for searched in row["texts"])
            ranked.append((best, node_of(row["n"])))
        tell(tx, [node for _, node in ranked], [], profile)
        ranked.sort(key=lambda item: (-item[0][0], item[1].label, item[1].id))
        hits = [
            {"id": node.id, "kind": node.kind, "label": node.label, "score": best[0], "why": best[1]}
            for best, node in ranked[:limit]
        ]
        cut = Truncated(by_limit=max(len(ranked) - limit, 0))
        return {"hits": hits, "truncated": cut.as_json(), "query": fold(text)}

    return store.reading(work)
