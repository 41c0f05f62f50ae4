"""What a source's sample must become: `python -m graphintel.ingest.expected SOURCE` writes its expected.jsonl anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from graphintel.ingest.accounting import Accounting
from graphintel.ingest.catalogue import catalogue
from graphintel.ingest.reading import read
from graphintel.ingest.source import Source
from graphintel.model.records import Quarantined, Record


def samples(source: Source) -> list[Path]:
    """The sample files of a source, in order of their names."""
    return sorted(source.folder.glob("sample.*"))


def outcome(source: Source, accounting: Accounting | None = None) -> list[dict[str, Any]]:
    """The records of the samples in compact form: id, key, mentions with their values, links by mention number."""
    return [compact(item) for path in samples(source) for item in read(source, path, accounting=accounting)]


def compact(item: Record | Quarantined) -> dict[str, Any]:
    """One record in compact form; an invalid value is marked `!`, a row in quarantine keeps place and reason."""
    if isinstance(item, Quarantined):
        return {"quarantined": item.reason, "file": item.position.file, "place": item.position.place}
    numbers = {mention.id: number for number, mention in enumerate(item.mentions)}
    return {
        "id": item.id,
        "key": item.key,
        "grade": item.grade,
        "subjects": [numbers[subject] for subject in item.subjects],
        "mentions": [
            [mention.id, mention.kind, {name: ("!" if value.verdict == "invalid" else "") + value.normal for name, value in mention.values}]
            for mention in item.mentions
        ],
        "links": [
            [link.id, numbers[link.source], link.type, numbers[link.target], link.basis, link.at, link.properties]
            for link in item.links
        ],
    }  # fmt: skip


def text(source: Source) -> bytes:
    """The content of expected.jsonl."""
    return b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in outcome(source))


def main(names: list[str]) -> int:
    """Write expected.jsonl of the named sources, or of all."""
    held = catalogue()
    for name in names or list(held):
        (held[name].folder / "expected.jsonl").write_bytes(text(held[name]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
