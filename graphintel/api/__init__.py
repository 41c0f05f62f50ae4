"""HTTP in, values out: `create_app(settings)` is the whole service."""

from graphintel.api.app import create_app

__all__ = ["create_app"]
