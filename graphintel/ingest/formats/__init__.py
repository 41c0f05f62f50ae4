"""Formats of files: how a delivered file becomes rows, and how a mapping reaches into a row."""
