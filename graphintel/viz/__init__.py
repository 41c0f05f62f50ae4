"""Pictures: a subgraph becomes a scene, and a scene becomes a chart for a case file; pure, without network or store."""
