"""Link analysis for customs intelligence: sources in, a graph of assertions, charts out."""

__version__ = "0.1.0"
