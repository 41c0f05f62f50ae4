"""Deliveries made by tests: flat declarations with known faults, the same for the same seed."""

from __future__ import annotations

import csv
import random
from pathlib import Path

SOURCE = "declarations-csv"
GOOD_BOX, BAD_BOX = "CSQU3054383", "CSQU3054384"
Row = dict[str, str]


def rows(count: int, *, seed: int = 1, weight: float = 1000.0, mode: str = "30") -> list[Row]:
    """Declarations whose gross weights scatter round `weight` kilograms; each container number is good."""
    draw = random.Random(seed)
    return [
        {
            "registration_no": f"24220100IM{seed % 100:02d}{number:04d}", "registration_date": f"2024-05-{draw.randint(1, 28):02d}",
            "declaration_type": "IM", "consignee_name": f"Karaçınar Gıda {number % 7}", "consignee_tax_id": "7312044185",
            "destination_country": "TR", "origin_country": draw.choice(("BG", "IR", "DE")), "mode_border": mode,
            "container": GOOD_BOX, "loading_place": "Sofia", "export_country": "BG", "item": "1", "hs": "190531000000",
            "gross_kg": f"{draw.gauss(weight, weight / 10):.1f}", "currency": draw.choice(("EUR", "USD")),
        }
        for number in range(count)
    ]  # fmt: skip


def write(path: Path, told: list[Row]) -> Path:
    """A file of these rows under the columns of the first one, in that order."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(told[0]))
        writer.writeheader()
        writer.writerows(told)
    return path


def renamed(told: list[Row], old: str, new: str) -> list[Row]:
    """The same rows with one column under another name, in its place."""
    return [{new if name == old else name: cell for name, cell in row.items()} for row in told]
