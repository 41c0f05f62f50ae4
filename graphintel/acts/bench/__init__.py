"""Measurements against the bars, each as a ratio to a baseline of the same run where it can be."""

from graphintel.acts.bench.figures import run

__all__ = ["run"]
