"""Read an exported .ftm.json with the followthemoney package, in an environment of its own; run by hand.

    uv venv /tmp/ftm && uv pip install --python /tmp/ftm/bin/python followthemoney
    /tmp/ftm/bin/python tests/outside/followthemoney_reads.py chart.ftm.json

It needs a C++ compiler and ICU's headers (PyICU has no wheel), so the tests do not use it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any


def problems(model: Any, entity: dict[str, Any], schemata: dict[str, str]) -> list[str]:
    """What followthemoney would not take: unknown names, values that its types refuse, ends of the wrong schema."""
    schema = model.get(entity["schema"])
    if schema is None or schema.abstract:
        return [f"{entity['schema']} is no schema"]
    found = []
    for name, texts in entity["properties"].items():
        prop = schema.get(name)
        if prop is None:
            found.append(f"{schema.name}.{name} is no property")
            continue
        for text in texts:
            if prop.range is None:
                if prop.type.clean(text) is None:
                    found.append(f"{schema.name}.{name}: {text!r} is refused")
            elif text not in schemata:
                found.append(f"{schema.name}.{name}: {text} is not in the file")
            elif not model.get(schemata[text]).is_a(prop.range):
                found.append(f"{schema.name}.{name}: a {schemata[text]} where a {prop.range.name} is wanted")
    proxy = model.get_proxy(entity)
    kept = sum(len(proxy.get(name)) for name in entity["properties"] if schema.get(name))
    if kept < sum(map(len, entity["properties"].values())):
        found.append(f"{schema.name} {entity['id']}: only {kept} texts were kept")
    return found


def main(paths: list[str]) -> int:
    """Check files; 1 if followthemoney would not take something."""
    model = import_module("followthemoney").model
    bad = Counter[str]()
    for path in paths:
        entities = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
        schemata = {entity["id"]: entity["schema"] for entity in entities}
        for entity in entities:
            bad.update(problems(model, entity, schemata))
        print(f"{path}: {len(entities)} entities, {dict(Counter(schemata.values()))}")
    for told, count in bad.most_common():
        print(f"{count} x {told}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
