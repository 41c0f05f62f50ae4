"""Accounting: which columns or elements of the files were read, left out with a reason, or met by nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from graphintel.ingest.source import Source

_LEFT_OUT_AT_MOST = 0.05


@dataclass(slots=True)
class Account:
    """Filled cells of one file by column or path, what became of each, and where the columns of a table stand."""

    file: str
    filled: Counter[str] = field(default_factory=Counter)
    read: set[str] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    rows: int = 0
    quarantined: int = 0
    places: dict[str, int] = field(default_factory=dict)

    def settle(self, source: Source, columns: tuple[str, ...] = ()) -> None:
        """Say of each column or path whether the mapping read it; `columns` counts also those that stayed empty."""
        for path in dict.fromkeys((*columns, *self.filled)):
            reason = source.left_out(path)
            if path in source.used:
                self.read.add(path)
            elif reason is not None:
                self.left_out[path] = reason
            elif path:
                self.unread.append(path)


@dataclass(slots=True)
class Accounting:
    """The accounts of all files of a load."""

    files: list[Account] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def open(self, file: str) -> Account:
        """A new account for a file."""
        self.files.append(Account(file))
        return self.files[-1]

    @property
    def unread_columns(self) -> list[str]:
        """Columns or paths that the description of the source does not know, over all files."""
        return sorted({path for account in self.files for path in account.unread})

    @property
    def left_out_share(self) -> float:
        """Share of the filled cells that nobody read, on purpose or not (0 to 1)."""
        total = sum(sum(account.filled.values()) for account in self.files)
        lost = sum(
            account.filled[path] for account in self.files for path in (*account.left_out, *account.unread)
        )
        return lost / total if total else 0.0

    @property
    def warnings(self) -> list[str]:
        """What a data officer should look at."""
        found = list(self.notes)
        if self.unread_columns:
            found.append(f"Columns that nobody reads: {', '.join(self.unread_columns[:20])}.")
        if self.left_out_share > _LEFT_OUT_AT_MOST:
            found.append(
                f"{self.left_out_share:.0%} of the filled cells are left out; see the description of the source."
            )
        return found
