"""Cypher as words and marks: enough to check a statement's shape without a server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from graphintel.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<space>[\s\uFEFF]+)
    |(?P<comment>//[^\n\r]*|/\*.*?\*/)
    |(?P<string>'(?:\\.|[^\\'])*'|"(?:\\.|[^\\"])*")
    |(?P<quoted>(?:`[^`]*`)+)
    |(?P<param>\$(?:\w+|(?:`[^`]*`)+))
    |(?P<number>0[xo][0-9a-f_]+|\d[\d_]*(?:\.(?!\.)[\d_]+)?(?:e[+-]?\d+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_OPENING = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """One word, string, number, parameter or mark of a statement, with its line."""

    kind: str
    text: str
    line: int

    @property
    def upper(self) -> str:
        """The token as a keyword is compared; a string or a quoted name is none."""
        return self.text.upper() if self.kind in ("word", "mark") else ""

    @property
    def name(self) -> str:
        """A name without its back ticks."""
        return self.text[1:-1].replace("``", "`") if self.kind == "quoted" else self.text


def tokens(text: str) -> list[Token]:
    """The statement without blanks and comments; QueryError for a string, name or comment that does not end."""
    found = []
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        part = match.group()
        if kind == "mark" and (part in "'\"`" or text.startswith("/*", match.start())):
            raise QueryError(f"Line {line}: what begins with {part!r} does not end.")
        if kind not in ("space", "comment"):
            found.append(Token(kind, part, line))
        line += part.count("\n")
    return found


def closing(held: list[Token], start: int) -> int:
    """The place of the bracket that closes the one at `start`; QueryError if none does."""
    depth = 0
    for place in range(start, len(held)):
        mark = held[place].text if held[place].kind == "mark" else ""
        if mark in _OPENING:
            depth += 1
        elif mark in _OPENING.values():
            depth -= 1
            if depth == 0:
                return place
    raise QueryError(f"Line {held[start].line}: the bracket {held[start].text!r} is not closed.")


def depth(held: list[Token]) -> int:
    """How deep brackets stand in each other at most."""
    now = deepest = 0
    for token in held:
        if token.kind == "mark":
            now += (token.text in _OPENING) - (token.text in _OPENING.values())
            deepest = max(deepest, now)
    return deepest


def plain_words(held: list[Token]) -> Iterator[tuple[int, str]]:
    """Words in capitals with their places, but for names of properties, labels and parameters."""
    for place, token in enumerate(held):
        before = held[place - 1].text if place else ""
        after = held[place + 1].text if place + 1 < len(held) else ""
        if token.kind == "word" and before not in (".", ":") and after != ":":
            yield place, token.text.upper()


def calls(held: list[Token]) -> Iterator[tuple[int, str]]:
    """Everything that stands before a round bracket, dotted names whole and in lower case, with the place of the name."""
    for place in range(1, len(held)):
        if held[place].kind != "mark" or held[place].text != "(":
            continue
        start = place - 1
        if held[start].kind not in ("word", "quoted"):
            continue
        while start >= 2 and held[start - 1].text == "." and held[start - 2].kind in ("word", "quoted"):
            start -= 2
        name = "".join(token.name for token in held[start:place])
        yield start, name.lower()
