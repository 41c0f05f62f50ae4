"""Link analysis for customs intelligence: sources in, a graph of assertions, charts out."""
