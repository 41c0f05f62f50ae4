"""Backup and restore: graph, desk and evidence of one home in one file, at one counter."""

from __future__ import annotations

from graphintel.acts.backup.making import backup
from graphintel.acts.backup.restoring import restore

__all__ = ["backup", "restore"]
