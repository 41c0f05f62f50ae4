"""Analysis: pure functions on arrays of what one reader may see; every answer says how sure it is and what it is not."""
