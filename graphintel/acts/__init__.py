"""One module per act of a user: composes the shelves above once, for commands and HTTP alike."""
