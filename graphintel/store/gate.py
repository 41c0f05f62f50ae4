"""The gate for free Cypher: what a statement's text and the server's plan of it must be before it runs.

The text is refused for escapes, several statements, length, nesting, functions and procedures outside the lists; the
plan for every operator outside the list, anything but reading, and paths without a bound. What the server cannot stop
in the middle of one expression (backtracking, endless ranges) is held back here, since its time limit does not bite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graphintel.errors import LimitReached, PolicyRefused, QueryError
from graphintel.queries.cypher import Token, calls, closing, depth, plain_words, tokens
from graphintel.store.gate_lists import (
    BEFORE_BRACKET,
    FUNCTIONS,
    OPERATORS,
    PROCEDURES,
    REFUSED_STARTS,
    REFUSED_WORDS,
    STARTS,
)

LENGTH = 20_000
TOKENS = 2_000
DEPTH = 40
HOPS = 10
REPEATED = 40
WALKS = 1
SHORT_LISTS = frozenset(("[", "labels", "keys", "nodes", "relationships"))
DOUBLINGS = 8
SPAN = 10_000_000
COMBINATIONS = 1e10
PATTERN = 200
_RUNNING = ("NOT", "CASE")
_HOPS = re.compile(r"\*(\d*)(\.\.(\d*))?\]")
_TIMES = re.compile(r"\{\s*\d*\s*,\s*(\d*|\*)\s*\}")
_GROUP_REPEATED = re.compile(r"\)[*+{]")
_REPEATED = re.compile(r"[*+]|\{\d*,\d*\}")
_LITERAL_ESCAPE = re.compile(r"\\(.)")


def check_text(text: str, params: dict[str, Any]) -> list[Token]:
    """Look through a statement before any server sees it; PolicyRefused or LimitReached, QueryError if it is broken."""
    if len(text) > LENGTH:
        raise LimitReached(
            f"A statement may have {LENGTH} characters; this one has {len(text)}.", limit="length"
        )
    if "\\u" in text.lower():
        raise PolicyRefused("Escapes with \\u are not allowed in a statement; write the letter itself.")
    if any(ord(letter) < 32 and letter not in "\t\n\r" for letter in text):
        raise PolicyRefused("Control characters are not allowed in a statement.")
    held = _one_statement(tokens(text))
    _first_word(held)
    _size(held)
    _called(held)
    _patterns(held, params)
    _ranges(held, params)
    return held


def _one_statement(held: list[Token]) -> list[Token]:
    while held and held[-1].text == ";":
        held = held[:-1]
    if any(token.kind == "mark" and token.text == ";" for token in held):
        raise PolicyRefused("One statement at a time: leave out what follows the `;`.")
    if not held:
        raise QueryError("The statement is empty.")
    return held


def _first_word(held: list[Token]) -> None:
    if held[0].upper not in STARTS:
        word = held[0].text[:40]
        if held[0].upper in REFUSED_WORDS | REFUSED_STARTS:
            raise PolicyRefused(f"{word} is not allowed: a statement here only reads, from this graph.")
        raise QueryError(
            f"A statement begins with {', '.join(sorted(STARTS - {'(', '{'}))}, not with {word!r}."
        )


def _size(held: list[Token]) -> None:
    # The server reads deep nesting and long chains by recursion, outside its time limit.
    repeated = max((sum(token.upper == word for token in held) for word in _RUNNING), default=0)
    found = {
        "words": (len(held), TOKENS),
        "nesting": (depth(held), DEPTH),
        "NOT and CASE": (repeated, REPEATED),
    }
    signs = sum(
        token.text in ("-", "+", "^") and held[place - 1].text in ("-", "+", "^")
        for place, token in enumerate(held)
    )
    found["signs in a row"] = (signs, REPEATED)
    found["lists inside lists"] = (_walks(held), WALKS)
    found["doublings"] = (
        _doublings(held),
        0 if any(name == "reduce" for _, name in calls(held)) else DOUBLINGS,
    )
    for name, (value, most) in found.items():
        if value > most:
            raise LimitReached(f"A statement may have {most} {name}; this one has {value}.", limit=name)


def _doublings(held: list[Token]) -> int:
    """How often something is added to itself: forty times make a list that no server can walk through or hold."""
    return sum(
        held[place].text == "+"
        and held[place - 1].text == held[place + 1].text
        and held[place - 1].kind != "number"
        for place in range(1, len(held) - 1)
    )


def _walks(held: list[Token]) -> int:
    """How deep walks over long lists stand in each other: each multiplies the work, and none can be stopped."""
    ends: list[int] = []
    deepest = 0
    for place, token in enumerate(held):
        ends = [end for end in ends if end > place]
        if token.text in ("[", "(") and _long_walk(held, place):
            ends.append(closing(held, place))
            deepest = max(deepest, len(ends))
    return deepest


def _long_walk(held: list[Token], place: int) -> bool:
    """Whether a bracket opens a walk over a list that may be long: not written out, nor the parts of one path or thing."""
    before = held[place - 1].text.lower() if place else ""
    if held[place].text == "(" and before == "reduce":
        source = next((at + 1 for at in range(place, len(held)) if held[at].upper == "IN"), len(held))
    elif (held[place].text == "[" or before in ("all", "any", "none", "single")) and (
        place + 2 < len(held) and held[place + 2].upper == "IN"
    ):
        source = place + 3
    else:
        return False
    return source >= len(held) or held[source].text.lower() not in SHORT_LISTS


def _called(held: list[Token]) -> None:
    """Functions and procedures by name: only those on the lists."""
    for place, word in plain_words(held):
        if word == "CALL" and place + 1 < len(held) and held[place + 1].text not in ("{", "("):
            name = _dotted(held, place + 1)
            if name not in PROCEDURES:
                raise PolicyRefused(f"The procedure {name} is not on the list of those that may be called.")
    for start, name in calls(held):
        before = held[start - 1].upper if start else ""
        quoted = held[start].kind == "quoted"
        if before == "CALL" or (name.upper() in BEFORE_BRACKET and not quoted):
            continue
        if name not in FUNCTIONS:
            raise PolicyRefused(f"The function {name} is not on the list of those that may be used.")


def _dotted(held: list[Token], place: int) -> str:
    parts = [held[place].name]
    while place + 2 < len(held) and held[place + 1].text == ".":
        parts.append(held[place + 2].name)
        place += 2
    return ".".join(parts)


def _patterns(held: list[Token], params: dict[str, Any]) -> None:
    """Regular expressions are literals or parameters without nested repetition: the server cannot stop backtracking."""
    for place, token in enumerate(held[:-1]):
        if token.text != "=" or held[place + 1].text != "~":
            continue
        right = held[place + 2] if place + 2 < len(held) else token
        after = held[place + 3].text if place + 3 < len(held) else ""
        if right.kind == "string":
            pattern = _LITERAL_ESCAPE.sub(r"\1", right.text[1:-1])
        elif right.kind == "param" and isinstance(params.get(right.text[1:]), str):
            pattern = params[right.text[1:]]
        else:
            raise PolicyRefused("Write a regular expression as one text or one parameter.")
        if after == "+":
            raise PolicyRefused("Write a regular expression as one text or one parameter.")
        if len(pattern) > PATTERN or _GROUP_REPEATED.search(pattern) or len(_REPEATED.findall(pattern)) > 3:
            raise PolicyRefused(
                "This regular expression could run without end: at most three repetitions, none of a group."
            )


def _ranges(held: list[Token], params: dict[str, Any]) -> None:
    """`range` has bounds that can be read here; all of them together count no further than SPAN."""
    total = 1
    for start, name in calls(held):
        if name != "range":
            continue
        place = start + 1
        total *= max(_span(held[place + 1 : closing(held, place)], params), 1)
        if total > SPAN:
            raise LimitReached(
                f"The ranges of a statement may count to {SPAN} together; these go beyond.", limit="range"
            )


def _span(inside: list[Token], params: dict[str, Any]) -> int:
    """How many numbers a range has at most; the size of a list that the store made counts as a thousand."""
    total = 0
    for token in inside:
        given = params.get(token.text[1:]) if token.kind == "param" else None
        if token.kind == "number" and token.text.isdigit():
            total += int(token.text)
        elif isinstance(given, int) and not isinstance(given, bool):
            total += abs(given)
        elif token.kind == "word" and token.text.lower() in ("size", "length"):
            total += 1000
        elif not (token.kind == "mark" and token.text in "(),+-") and not _measured(inside, token):
            raise PolicyRefused("Write the bounds of range() as numbers, parameters, or the size of a list.")
    return total


def _measured(inside: list[Token], token: Token) -> bool:
    """Whether a name stands inside size(...) or length(...)."""
    for start, name in calls(inside):
        if name in ("size", "length") and token in inside[start + 2 : closing(inside, start + 1)]:
            return token.kind == "word" or token.text == "."
    return False


def check_plan(query_type: str | None, plan: dict[str, Any] | None) -> None:
    """Look through the server's plan of a statement; raises PolicyRefused or LimitReached."""
    if query_type != "r" or not plan:
        raise PolicyRefused("A statement here only reads: no writing, no schema, no administration.")
    for step in _steps(plan):
        name = str(step["operatorType"]).partition("@")[0]
        details = str(step.get("args", {}).get("Details") or "")
        if name not in OPERATORS:
            raise PolicyRefused(f"The statement needs {name}, which is not allowed here.")
        if name == "ProcedureCall" and details.partition("(")[0] not in PROCEDURES:
            raise PolicyRefused(f"The procedure {details.partition('(')[0]} is not on the list.")
        _bounded(name, details)
        _combined(name, details, step.get("args", {}))


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    pending = [plan]
    while pending:
        step = pending.pop()
        yield step
        pending.extend(step.get("children", ()))


def _bounded(name: str, details: str) -> None:
    """Paths of varying length have an upper bound; a shortest path stops by itself."""
    if name.startswith(("VarLengthExpand", "BFSPruningVarLengthExpand", "PruningVarLengthExpand")):
        found = [last if dots else first for first, dots, last in _HOPS.findall(details)]
    elif name.startswith(("Repeat", "BidirectionalRepeat")):
        found = _TIMES.findall(details)
    else:
        return
    if not found or any(not most.isdigit() or int(most) > HOPS for most in found):
        raise PolicyRefused(f"Give every path an upper bound of at most {HOPS} links, such as [*..4].")


def _combined(name: str, details: str, args: dict[str, Any]) -> None:
    """Unrelated things are not combined with each other in numbers that no one can read."""
    rows = args.get("EstimatedRows") or 0
    counted = details.partition(" AS ")[0].count("(") - 1
    if (name == "CartesianProduct" and rows > COMBINATIONS) or (
        name == "NodeCountFromCountStore" and counted > 2
    ):
        raise LimitReached(
            "The statement combines everything with everything; relate its parts by links or values.",
            limit="combinations",
        )


def is_hostile(held: list[Token]) -> bool:
    """Whether a statement that the server could not read asks for what it may not have."""
    return any(word in REFUSED_WORDS for _, word in plain_words(held))
