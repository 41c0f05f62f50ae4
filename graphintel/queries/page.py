"""The page of questions for docs/questions.md, written from the shelf."""

from __future__ import annotations

from collections.abc import Iterable

from graphintel.queries.catalogue import Query


def page(queries: Iterable[Query]) -> str:
    """All questions by subject: id, what they ask, parameters and columns, as Markdown."""
    lines: list[str] = []
    subject = ""
    for query in queries:
        if query.subject != subject:
            subject = query.subject
            lines += [f"## {subject.capitalize()}", ""]
        lines += [f"### `{query.id}`: {query.title}", "", f"{query.question} / {query.question_tr}", ""]
        if query.params:
            lines += ["| parameter | type | default | what it is |", "|---|---|---|---|"]
        for param in query.params:
            default = (
                "must be given"
                if param.default is None
                else f"`{param.default}`"
                if param.default
                else "empty"
            )
            lines.append(f"| `{param.name}` | {param.type} | {default} | {param.label} / {param.label_tr} |")
        lines += ["", "Columns: " + ", ".join(f"`{name}`" for name in query.columns) + ".", ""]
    return "\n".join(lines).replace("\n\n\n", "\n\n")
