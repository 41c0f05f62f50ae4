"""Names, addresses and numbers as they are compared: folded, romanised, taken apart by the rules of script and trade."""
