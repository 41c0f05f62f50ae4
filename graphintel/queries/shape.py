"""What a saved question must look like: every link named and filtered by marking, no bare scans, ordered, limited."""

from __future__ import annotations

from collections import Counter

from graphintel.errors import QueryError
from graphintel.queries.cypher import Token, closing, plain_words

_WRITES = frozenset(
    (
        "CREATE", "INSERT", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "LOAD", "DROP",
        "ALTER", "GRANT", "DENY", "REVOKE", "SHOW", "TERMINATE", "USE", "EXPLAIN", "PROFILE", "CYPHER", "UNION",
    )
)  # fmt: skip
_CLAUSES = frozenset(
    ("MATCH", "OPTIONAL", "WHERE", "RETURN", "WITH", "UNWIND", "CALL", "ORDER", "LIMIT", "SKIP")
)
_FILTER = (".", "marking", "IN", "$marks")
# What a statement resolves to is derived from visible statements and carries no marking of its own.
_UNMARKED = "RESOLVES_TO"
IMPLICIT = frozenset(("$marks", "$limit"))


class Wrong(Exception):
    """What is wrong with a statement, and in which line of it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def check(held: list[Token], declared: set[str]) -> None:
    """Check a question's statement; raises Wrong with the first fault."""
    try:
        _clauses(held)
        _parameters(held, declared)
        _relationships(held)
        _nodes(held)
    except QueryError as error:
        raise Wrong(held[0].line if held else 1, error.message) from error


def _clauses(held: list[Token]) -> None:
    words = list(plain_words(held))
    for place, word in words:
        if word in _WRITES:
            raise Wrong(
                held[place].line, f"{word} has no place in a question; it only reads, in one statement"
            )
        if word == "CALL" and held[place + 1].text not in ("(", "{"):
            raise Wrong(held[place].line, "a question calls no procedure")
    for token in held:
        if token.text == ";" and token.kind == "mark":
            raise Wrong(token.line, "a question is one statement, without `;`")
    if [token.text.upper() for token in held[-2:]] != ["LIMIT", "$LIMIT"] or "ORDER" not in {
        w for _, w in words
    }:
        raise Wrong(held[-1].line if held else 1, "a question ends with ORDER BY ... LIMIT $limit")


def _parameters(held: list[Token], declared: set[str]) -> None:
    used = {token.text: token.line for token in held if token.kind == "param"}
    for name, line in used.items():
        if name not in IMPLICIT and name[1:] not in declared:
            raise Wrong(line, f"the parameter {name} is not declared in the header")
    for name in sorted(declared):
        if f"${name}" not in used:
            raise Wrong(1, f"the parameter {name} is declared and not used")


def _relationships(held: list[Token]) -> None:
    named: Counter[str] = Counter()
    for place, token in enumerate(held):
        before = held[place - 1].text if place else ""
        if token.kind != "mark" or before != "-":
            continue
        if token.text == "-":
            raise Wrong(token.line, "a link without a name cannot be filtered by marking: write -[x:TYPE]-")
        if token.text == "[":
            end = closing(held, place)
            inside = held[place + 1 : end]
            if _structural(held, place, inside):
                continue
            _single(held, end, inside, token.line)
            named[inside[0].text] += 1
    for name, count in named.items():
        if _filters(held, name) < count:
            line = next(token.line for token in held if token.text == name)
            raise Wrong(
                line, f"the link {name} is not filtered: WHERE {name}.marking IN $marks, joined by AND"
            )


def _single(held: list[Token], end: int, inside: list[Token], line: int) -> None:
    if not inside or inside[0].kind != "word":
        raise Wrong(line, "a link without a name cannot be filtered by marking: write [x:TYPE]")
    after = [token.text for token in held[end + 1 : end + 4]]
    follows = after[2:3] if after[:2] == ["-", ">"] else after[1:2]
    if any(token.text == "*" for token in inside) or follows in (["+"], ["*"], ["{"]):
        raise Wrong(line, "a path of varying length cannot be filtered link by link; write its links out")


def _structural(held: list[Token], place: int, inside: list[Token]) -> bool:
    """Whether this is `(m)-[:RESOLVES_TO]->`, from a mention that is already bound."""
    if [token.text for token in inside] != [":", _UNMARKED]:
        return False
    start = [token.text for token in held[max(place - 4, 0) : place]]
    name = start[1] if len(start) == 4 else ""
    bound = any(token.text == name for token in held[: place - 4])
    if start[:1] + start[2:] != ["(", ")", "-"] or not bound:
        raise Wrong(
            held[place].line, f"{_UNMARKED} is followed only from a mention that a visible link led to"
        )
    return True


def _filters(held: list[Token], name: str) -> int:
    """How often `name.marking IN $marks` stands as a condition that must hold."""
    found = 0
    for place, token in enumerate(held):
        if token.text == name and tuple(t.text for t in held[place + 1 : place + 5]) == _FILTER:
            before = held[place - 1].upper if place else ""
            found += before in ("WHERE", "AND") and not _alternative(held, place)
    return found


def _alternative(held: list[Token], place: int) -> bool:
    """Whether the condition around a place has an OR on the same level, so that the filter need not hold."""
    return any(_meets_or(held, place, step) for step in (1, -1))


def _meets_or(held: list[Token], place: int, step: int) -> bool:
    depth = 0
    while 0 <= place < len(held):
        word = held[place].upper
        if word in ("(", "[", "{"):
            depth += step
        elif word in (")", "]", "}"):
            depth -= step
        joined = word == "WITH" and held[place - 1].upper in ("STARTS", "ENDS")
        if depth < 0 or (depth == 0 and word in _CLAUSES and not joined):
            return False
        if depth == 0 and word in ("OR", "XOR"):
            return True
        place += step
    return False


def _nodes(held: list[Token]) -> None:
    """Nodes are reached by filtered links, or looked up by an id that such a link carries."""
    matching = False
    for place, token in enumerate(held):
        before = held[place - 1].upper if place else ""
        if token.upper in _CLAUSES:
            matching = token.upper == "MATCH"
        begins = (
            before == "MATCH"
            or (before == "," and matching)
            or (before == "{" and _subquery(held, place - 2))
        )
        if token.upper != "(" or not begins:
            continue
        end = closing(held, place)
        if end + 1 < len(held) and held[end + 1].text in ("-", "<"):
            continue
        inside = [one.text for one in held[place + 1 : end]]
        if len(inside) < 7 or inside[-7:-4] != ["{", "id", ":"] or inside[-3] != "." or inside[-1] != "}":
            raise Wrong(
                token.line, "a node without a link is looked up by the id that a visible link carries"
            )


def _subquery(held: list[Token], place: int) -> bool:
    return place >= 0 and held[place].upper in ("EXISTS", "COUNT", "COLLECT")
