"""Elements by path: XML documents of the invented world are written from a list of paths and texts."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring


def put(root: Element, path: str, text: str, **attributes: str) -> Element:
    """Set the text at a path below an element, and make what is missing on the way; the last step is always new."""
    *steps, last = path.split("/")
    for step in steps:
        found = root.find(step)
        root = SubElement(root, step) if found is None else found
    made = SubElement(root, last, attributes)
    made.text = text
    return made


def fill(root: Element, pairs: Iterable[tuple[str, str]]) -> None:
    """Set several paths, in order."""
    for path, text in pairs:
        put(root, path, text)


def document(root: Element) -> bytes:
    """The document as indented UTF-8, the same bytes every time."""
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()
