"""Values of an answer as JSON knows them: things by our own ids, never the engine's; days and times in ISO 8601."""

from __future__ import annotations

import math
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graphintel.errors import LimitReached

_TIMES = (Date, DateTime, Time, Duration)


class Converter:
    """Converts values one after the other; LimitReached when all together pass a size."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0

    def __call__(self, value: Any) -> Any:
        """One value as JSON knows it."""
        self.size += 8 + (len(value) if isinstance(value, str | bytes) else 0)
        if self.size > self.most:
            raise LimitReached(
                f"The answer is larger than {self.most // 2**20} MiB; return fewer values.", limit="bytes"
            )
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        if isinstance(value, list | tuple) and not isinstance(value, Point | Duration):
            return [self(one) for one in value]
        if isinstance(value, dict):
            return {str(key): self(one) for key, one in value.items()}
        return self._other(value)

    def _other(self, value: Any) -> Any:
        if isinstance(value, Node):
            held = self(dict(value))
            return {"id": held.get("id"), "labels": sorted(value.labels), "properties": held}
        if isinstance(value, Relationship):
            held = self(dict(value))
            return {"id": held.get("id"), "type": value.type, "properties": held}
        if isinstance(value, Path):
            return {
                "nodes": [self(one) for one in value.nodes],
                "links": [self(one) for one in value.relationships],
            }
        if isinstance(value, Point):
            return {"srid": value.srid, "coordinates": [self(float(one)) for one in value]}
        if isinstance(value, _TIMES):
            return value.iso_format()
        return value.hex() if isinstance(value, bytes | bytearray) else str(value)
