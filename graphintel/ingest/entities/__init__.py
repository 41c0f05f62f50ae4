"""Files of entities (Follow the Money, one JSON object a line): things, and links that name things of the file by id."""

from graphintel.ingest.entities.lines import Entity, EntityFile, EntityLine
from graphintel.ingest.entities.plan import EntityPlan, Found

__all__ = ["Entity", "EntityFile", "EntityLine", "EntityPlan", "Found"]
