"""Vocabularies of other systems, each declared once as data; reading and writing both follow the same table."""
