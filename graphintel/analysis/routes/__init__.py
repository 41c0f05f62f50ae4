"""Routes: legs that were seen, and where a consignment is likely bound for."""
