"""Compare with what we hold: which mentions are one entity, by rule, by score, by verdict."""
