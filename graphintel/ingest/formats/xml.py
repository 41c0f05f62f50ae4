"""XML documents: parsed wholly and hardened before anything is read; rows and paths by local names."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from graphintel.errors import FileRefused
from graphintel.ingest.formats.access import Access, Scope, Text
from graphintel.ingest.formats.schema import departures
from graphintel.ingest.limits import Limits
from graphintel.ingest.opening import Survey, unpacked

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_DECLARED = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_CUT_SHORT = frozenset((etree.ErrorTypes.ERR_TAG_NOT_FINISHED, etree.ErrorTypes.ERR_DOCUMENT_END))


_STEP = re.compile(r"([^/\[\]@]+)(?:\[(\w+)=([^\]]+)\])?")


class Step(NamedTuple):
    """One step of a path: a local name, and optionally a child that must hold a text (`Classification[Type=TSP]`)."""

    name: str
    child: str = ""
    wanted: str = ""


def steps_of(path: str) -> tuple[Step, ...]:
    """The steps of a path; KeyError for one that is not written as a path."""
    if not _STEP.match(path) and path not in ("", "."):
        raise KeyError(path)
    return tuple(Step(m[1], m[2] or "", m[3] or "") for m in _STEP.finditer(path) if m[1] != ".")


class Node:
    """One element as a mapping sees it: local name, trimmed text, attributes and children by local name."""

    __slots__ = ("attributes", "children", "number", "parent", "tag", "text")

    def __init__(self, tag: str, text: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag, self.text, self.attributes, self.parent = tag, text, attributes, parent
        self.children: dict[str, list[Node]] = {}
        self.number = 0

    def first(self, step: Step) -> Node | None:
        """The first child that a step leads to."""
        found = self.step(step)
        return found[0] if found else None

    def step(self, step: Step) -> list[Node]:
        """The children that a step leads to; `..` is the parent."""
        name, child, wanted = step
        if name == "..":
            return [self.parent] if self.parent else []
        found = self.children.get(name, [])
        if not child:
            return found
        return [node for node in found if wanted in {other.text for other in node.children.get(child, ())}]

    def all(self, steps: tuple[Step, ...]) -> list[Node]:
        """All descendants along a path."""
        found = [self]
        for step in steps:
            found = [child for node in found for child in node.step(step)]
        return found

    def cells(self, path: str, indexed: str) -> Iterator[tuple[str, str, str]]:
        """Every filled leaf and attribute below: (path, path with positions, text)."""
        for name, content in self.attributes.items():
            yield f"{path}@{name}", f"{indexed}@{name}", content
        if self.text and not self.children:
            yield path.rstrip("/"), indexed.rstrip("/"), self.text
        for name, nodes in self.children.items():
            for node in nodes:
                position = f"[{node.number + 1}]" if len(nodes) > 1 else ""
                yield from node.cells(f"{path}{name}/", f"{indexed}{name}{position}/")


def parse(found: Survey, limits: Limits, schema: Path | None = None, told: list[str] | None = None) -> Node:
    """The root of a document; raises FileRefused (doctype, truncated_xml, bad_xml, too_deep, too_large, nul_byte).

    Where it departs from a published `schema` is added to `told`.
    """
    path = found.label
    if found.nul and not found.mark.startswith("utf-16"):
        raise FileRefused("nul_byte", f"{path} holds NUL bytes and is no text file")
    if found.size > limits.xml_bytes:
        raise FileRefused("too_large", f"{path} is larger than {limits.xml_bytes} bytes; split the document")
    with unpacked(found.path, found.packed) as stream:
        content = stream.read()
    # Refused before libxml2 sees it, so that no entity is ever declared.
    if any(word in content for word in _DECLARED):
        raise FileRefused("doctype", f"{path} declares a document type; such documents are refused")
    if content.count(b"<") > 3 * limits.elements:
        raise FileRefused("too_large", f"{path} has more than {limits.elements} elements")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FileRefused(_fault(error, content), f"{path} is no well-formed XML: {error.msg}") from error
    if root.getroottree().docinfo.doctype:
        raise FileRefused("doctype", f"{path} declares a document type; such documents are refused")
    tree = _tree(root, path, limits)
    if schema is not None and told is not None:
        told.extend(departures(root, schema))
    return tree


def _fault(error: etree.XMLSyntaxError, content: bytes) -> str:
    if "depth" in str(error.msg):
        return "too_deep"
    begun = content.lstrip().startswith(b"<") and not content.rstrip().endswith(b">")
    return "truncated_xml" if begun or error.code in _CUT_SHORT else "bad_xml"


def _tree(root: etree._Element, path: str, limits: Limits) -> Node:
    top = _node(root, None)
    pending, seen = [(root, top, 1)], 1
    while pending:
        element, node, depth = pending.pop()
        if depth > limits.depth:
            raise FileRefused("too_deep", f"{path} nests elements more than {limits.depth} deep")
        for child in element:
            seen += 1
            made = _node(child, node)
            # `<null/>` is how some systems write an empty value.
            if made.tag == "null" and not len(child):
                continue
            siblings = node.children.setdefault(made.tag, [])
            made.number = len(siblings)
            siblings.append(made)
            pending.append((child, made, depth + 1))
        if seen > limits.elements:
            raise FileRefused("too_large", f"{path} has more than {limits.elements} elements")
    return top


def _node(element: etree._Element, parent: Node | None) -> Node:
    attributes = {
        str(name).rpartition("}")[2]: str(content).strip()
        for name, content in element.attrib.items()
        if not str(name).startswith(_XSI) and str(content).strip()
    }
    name = str(element.tag).rpartition("}")[2]
    return Node(name, (element.text or "").strip(), attributes, parent)


def rows(root: Node, wanted: str, row: str, require: dict[str, str], path: Path | str) -> list[Node]:
    """The elements that are records; raises FileRefused (wrong_root) if the document is of another kind."""
    if root.tag != wanted:
        raise FileRefused("wrong_root", f"{path}: the root is {root.tag}, but this source reads {wanted}")
    for name, content in require.items():
        node = root.first(Step(name))
        stated = node.text if node else ""
        if stated != content:
            raise FileRefused(
                "wrong_root", f"{path}: {name} is {stated!r}, but this source reads {content!r}"
            )
    found = root.all(steps_of(row)) if row else [root]
    if not found:
        raise FileRefused("wrong_root", f"{path}: there is no {row} in {wanted}")
    return found


class XmlAccess:
    """Access by paths of local names, relative to the element that is the row (`..`, `@attribute`, `#`).

    `#` is the place among the elements of that name, counted from 1.
    """

    def __init__(self, base: str = "", touched: list[str] | None = None) -> None:
        self._base = base
        self.touched: list[str] = [] if touched is None else touched

    def text(self, path: str) -> Text:
        """The text of the first element along a path, or of its attribute."""
        if path == "#" or path.endswith("/#"):
            return self._number(steps_of(path.removesuffix("#").rstrip("/")))
        before, _, attribute = path.partition("@")
        steps = self._steps(before)
        self.touched.append(resolved(self._base, _bare(path)))

        def read(scope: Scope) -> str:
            node: Node | None = scope
            for step in steps:
                node = node.first(step) if node else None
            if node is None:
                return ""
            return node.attributes.get(attribute, "") if attribute else node.text

        return read

    def _number(self, steps: tuple[Step, ...]) -> Text:
        def count(scope: Scope) -> str:
            node: Node | None = scope
            for step in steps:
                node = node.first(step) if node else None
            return str(node.number + 1) if node else ""

        return count

    def _steps(self, path: str) -> tuple[Step, ...]:
        steps = steps_of(path)
        for number, step in enumerate(steps):
            if step.child:
                names = [*(earlier.name for earlier in steps[: number + 1]), step.child]
                self.touched.append(resolved(self._base, "/".join(names)))
        return steps

    def every(self, path: str, order: str = "") -> Callable[[Scope], list[str]]:
        """The texts of all elements along a path, in the order of the number that `order` names beside them."""
        steps = self._steps(path)
        self.touched.append(resolved(self._base, _bare(path)))
        if not order:
            return lambda scope: [node.text for node in scope.all(steps) if node.text]
        self.touched.append(resolved(self._base, f"{_bare(path)}/../{order}"))
        step = Step(order)

        def place(node: Node) -> tuple[bool, int]:
            counted = node.parent.first(step) if node.parent else None
            return (False, int(counted.text)) if counted and counted.text.isdecimal() else (True, 0)

        return lambda scope: [node.text for node in sorted(scope.all(steps), key=place) if node.text]

    def again(self, paths: list[str]) -> Callable[[Scope], Hashable] | None:
        """Documents repeat little: what they state is built anew each time."""
        return None

    def scopes(self, path: str) -> tuple[Callable[[Scope], list[Scope]], Access]:
        """The repeated elements along a path."""
        steps = self._steps(path)
        return lambda scope: scope.all(steps), XmlAccess(resolved(self._base, _bare(path)), self.touched)


def _bare(path: str) -> str:
    return re.sub(r"\[[^\]]*\]", "", path)


def resolved(base: str, path: str) -> str:
    """A path inside a repeated part, written from the row: `..` taken up, attributes kept."""
    steps = [name for name in base.split("/") if name]
    for name in path.replace("@", "/@").split("/"):
        if name == ".." and steps and steps[-1] != "..":
            steps.pop()
        elif name and name != ".":
            steps.append(name)
    return "/".join(steps)
