"""How a mapping reaches into a row, whatever its format: a path becomes a function from row to text."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol

# A row of cells, an XML element, or one piece of a divided cell.
Scope = Any
Text = Callable[[Scope], str]


class Access(Protocol):
    """Compiles paths of one format once, and remembers which were asked for."""

    touched: list[str]

    def text(self, path: str) -> Text:
        """The function that reads a path's text from a row; KeyError if the format knows no such path."""
        ...

    def every(self, path: str, order: str = "") -> Callable[[Scope], list[str]]:
        """The function that reads all texts of a path that occurs several times, by the number in a sibling."""
        ...

    def again(self, paths: list[str]) -> Callable[[Scope], Hashable] | None:
        """The function that reads paths as noted in `touched`, as the key of what is built from them, or None."""
        ...

    def scopes(self, path: str) -> tuple[Callable[[Scope], list[Scope]], Access]:
        """The function that yields the repeated parts of a row, and the access inside one of them."""
        ...


class Pieces:
    """Access to one piece of a divided cell: its only path is `.`."""

    def __init__(self, outer: Access) -> None:
        self.touched = outer.touched

    def text(self, path: str) -> Text:
        """The piece itself."""
        if path != ".":
            raise KeyError(path)
        return str

    def every(self, path: str, order: str = "") -> Callable[[Scope], list[str]]:
        """The piece itself, as the only one."""
        return lambda scope: [self.text(path)(scope)]

    def again(self, paths: list[str]) -> Callable[[Scope], Hashable] | None:
        """A piece is its own key."""
        return str

    def scopes(self, path: str) -> tuple[Callable[[Scope], list[Scope]], Access]:
        """A piece has no parts."""
        raise KeyError(path)
