"""Records made by hand for tests: mentions, links, and a small world of three sources."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from graphintel.model.ids import link_id, mention_id, record_id
from graphintel.model.kinds import KINDS
from graphintel.model.marking import Marking
from graphintel.model.records import Link, Mention, Position, Record
from graphintel.model.values import clean
from graphintel.resolve.identity import keys
from graphintel.settings import Settings
from graphintel.store.address import Address
from graphintel.store.driver import Store
from graphintel.store.write import batch as batches
from graphintel.store.write.chunk import Counts, Loader


def wanted(what: str, there: bool, why: str) -> None:
    """Skip for want of a server or a browser, or fail where the run requires it (GRAPHINTEL_REQUIRE)."""
    if there:
        return
    if what in os.environ.get("GRAPHINTEL_REQUIRE", "").split(","):
        pytest.fail(f"{what} is required, but {why}")
    pytest.skip(why)


def settings_at(home: Path, server: Address) -> Settings:
    """Settings of a home that uses a server by its address, as somebody called tester."""
    return Settings(
        home=home,
        store=server.uri,
        store_user=server.user,
        store_password=SecretStr(server.password),
        actor="tester",
        compare_after_load=False,
    )


OPEN = Marking()
SECRET = Marking(level="secret")


def mention(source: str, kind: str, **values: str) -> Mention:
    """A mention with cleaned values; a country stated beside an identifier is its hint."""
    stated_in = ("plate_country", "tax_country", "national_id_country")
    named = [values[name] for name in stated_in if name in values]
    hints = {"country": named[0]} if named else {}
    stated = tuple(
        (name, clean(KINDS[kind].property(name).type, raw, **hints)) for name, raw in values.items()
    )
    return Mention(
        mention_id(source, kind, [(name, value.normal) for name, value in stated]), source, kind, stated
    )


def record(
    source: str, key: str, event: Mention, links: list[tuple[str, Mention, dict[str, str | int | float]]], *,
    cell: str = "", marking: Marking = OPEN, grade: str = '["admiralty","B","2"]', basis: str = "declared",
) -> Record:  # fmt: skip
    """A record that states an event and its links."""
    content = {"key": key, "cell": cell, **{name: value.normal for name, value in event.values}}
    name = record_id(source, key, content)
    made = [
        Link(link_id(name, type_name, event.id, other.id, number), type_name, event.id, other.id, basis, "2024-05-01",
             properties=properties)
        for number, (type_name, other, properties) in enumerate(links)
    ]  # fmt: skip
    mentions = list({item.id: item for item in [event, *(other for _, other, _ in links)]}.values())
    position = Position("sample.csv", "0" * 64, f"line {key}")
    return Record(name, source, key, content, position, "1", grade, marking, mentions, made, (event.id,))


def load(store: Store, records: list[Record], size: int = 2) -> Counts:
    """Load records in chunks of a size."""
    total = Counts()
    numbers = batches.intern_markings(store, {item.marking for item in records})
    with batches.writer(store) as holder:
        loader = Loader(store, holder, batches.begin(store, {"source": "test"}), numbers, keys)
        for start in range(0, len(records), size):
            total.add(loader.write(records[start : start + size]))
        batches.finish(store, loader.batch, {})
    return total


def world() -> list[Record]:
    """Six records of three sources that share a plate, a container and a company."""
    truck = mention("a", "Vehicle", plate="34 ABC 123", plate_country="TR")
    same = mention("b", "Vehicle", plate="34abc123", plate_country="TR")
    box = mention("a", "Container", number="CSQU3054383")
    dashed = mention("b", "Container", number="CSQU-305438-3")
    firm = mention("a", "Company", name="Akçamlı Nakliyat Ltd. Şti.", tax_id="4540536920", tax_country="TR")
    upper = mention("b", "Company", name="AKCAMLI NAKLIYAT LTD STI", tax_id="4540536920", tax_country="TR")
    records = []
    for number in range(3):
        event = mention("a", "Declaration", number=f"D{number}", date=f"2024-05-0{number + 1}")
        records.append(record("a", f"D{number}", event, [
            ("CONSIGNEE", firm, {}), ("BY_MEANS_OF", truck, {"role": "border"}), ("IN_CONTAINER", box, {"item": 1}),
        ]))  # fmt: skip
    seizure = mention("b", "Seizure", number="S1", date="2024-06-01")
    records.append(
        record(
            "b", "S1", seizure, [("BY_MEANS_OF", same, {}), ("IN_CONTAINER", dashed, {})], basis="observed"
        )
    )
    movement = mention("c", "Movement", number="M1", date="2024-05-20")
    records.append(
        record(
            "c",
            "M1",
            movement,
            [("BY_MEANS_OF", mention("c", "Vehicle", plate="34ABC123", plate_country="TR"), {})],
        )
    )
    other = mention("b", "Declaration", number="D9", date="2024-05-09")
    records.append(record("b", "D9", other, [("CONSIGNEE", upper, {})], marking=SECRET))
    return records
