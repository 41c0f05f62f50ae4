"""The tables of a relink in DuckDB: a file in a folder of its own, with bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphintel.errors import InputError
from graphintel.resolve.relink.columns import Row, columns
from graphintel.resolve.relink.model import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from splink.internals.database_api import DatabaseAPI

# A key that more rows share than this brings nothing together that is worth comparing.
CAP = 300
_PAGE = 5000
_WANTED = "Relinking needs Splink and DuckDB, which are not installed: install graphintel[relink] (pip install 'graphintel[relink]')."


@contextmanager
def open_held(folder: Path, memory: int) -> Iterator[Held]:
    """Tables in a folder, in at most `memory` MB; InputError where the extra `relink` is not installed."""
    try:
        import duckdb
        import splink  # noqa: F401 - asked for now rather than after everything was read
    except ImportError as error:
        raise InputError(_WANTED) from error
    limits: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{memory}MB",
        "temp_directory": str(folder / "spill"),
    }
    with duckdb.connect(str(folder / "relink.duckdb"), config=limits) as database:
        yield Held(database)


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of each kind, one row for each thing and content."""

    database: DuckDBPyConnection

    @property
    def api(self) -> DatabaseAPI[Any]:
        """The engine as Splink uses it."""
        from splink import DuckDBAPI

        return DuckDBAPI(self.database)

    def begin(self, model: Model) -> None:
        """Make the empty table of a kind."""
        named = ", ".join(f"{name} VARCHAR" for name in columns(model))
        self.database.execute(f"CREATE OR REPLACE TABLE said_{model.kind} ({named})")

    def add(self, model: Model, rows: Sequence[Row]) -> None:
        """Write rows of a kind."""
        if not rows:
            return
        import pyarrow

        names = columns(model)
        schema = pyarrow.schema([(name, pyarrow.string()) for name in names])
        self.database.register("page", pyarrow.Table.from_pylist(list(rows), schema=schema))
        self.database.execute(f"INSERT INTO said_{model.kind} SELECT * FROM page")
        self.database.unregister("page")

    def ready(self, model: Model, cap: int = CAP) -> int:
        """Keep one row for each thing and content, without keys that more than `cap` rows share; how many rows."""
        kind = model.kind
        contents = ", ".join(("entity", *model.compared, *model.keys))
        self.database.execute(
            f"CREATE OR REPLACE TABLE once_{kind} AS SELECT min(unique_id) AS unique_id, {contents} "
            f"FROM said_{kind} GROUP BY {contents}"
        )
        self.database.execute(f"DROP TABLE said_{kind}")
        keys = ", ".join(
            f"CASE WHEN count(*) OVER (PARTITION BY {key}) <= {cap} THEN {key} END AS {key}"
            for key in model.keys
        )
        rest = ", ".join(("unique_id", "entity", *model.compared))
        # In one order, so that the same statements are drawn with the same seed.
        self.database.execute(
            f"CREATE OR REPLACE TABLE {kind} AS SELECT {rest}, {keys} FROM once_{kind} ORDER BY unique_id"
        )
        self.database.execute(f"DROP TABLE once_{kind}")
        ((count,),) = self.database.execute(f"SELECT count(*) FROM {kind}").fetchall()
        return int(count)

    def pairs(self, table: str) -> Iterator[dict[str, Any]]:
        """The best pair of each two things, those of one thing left out, the likeliest first."""
        # A cursor of its own: who stops reading halfway leaves nothing open.
        found = self.database.cursor().execute(
            f"SELECT * FROM {table} WHERE entity_l <> entity_r QUALIFY row_number() OVER (PARTITION BY "
            "least(entity_l, entity_r), greatest(entity_l, entity_r) ORDER BY match_weight DESC, unique_id_l, unique_id_r) = 1 "
            "ORDER BY match_weight DESC, unique_id_l, unique_id_r"
        )
        names = [column[0] for column in found.description or ()]
        while page := found.fetchmany(_PAGE):
            yield from _rows(names, page)


def _rows(names: Sequence[str], page: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    return (dict(zip(names, each, strict=True)) for each in page)
