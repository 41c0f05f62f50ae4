"""Working state in one SQLite file: what people do, not what sources said."""

from graphintel.desk.database import Desk, open_desk

__all__ = ["Desk", "open_desk"]
