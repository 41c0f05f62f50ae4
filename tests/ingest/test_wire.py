"""The wire: records arrive as they were sent, and what comes from the other side is data only."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.ingest import Source, catalogue, read
from graphintel.ingest.expected import samples
from graphintel.ingest.reading import marked
from graphintel.ingest.wire import Item, Receiver, Sender, packed, unpacked
from graphintel.model.records import Mention, Position, Quarantined, Record
from graphintel.model.values.value import Value

SOURCES = catalogue()
NOTICES = SOURCES["partner-notice"]


def across(source: Source, items: list[Item], together: int = 2) -> list[Item]:
    """What arrives of these items, sent a few at a time."""
    sender, receiver = Sender(), Receiver(source, marked(source))
    arrived: list[Item] = []
    for at in range(0, len(items), together):
        message = unpacked(packed(sender.message(items[at : at + together])))
        place = items[0].position
        arrived.extend(receiver.items(message, place.file, place.sha256))
    return arrived


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_sample_arrives_as_it_was_read(name: str) -> None:
    source = SOURCES[name]
    for path in samples(source):
        items = list(read(source, path))
        arrived = across(source, items)
        assert arrived == items
        assert [type(item) for item in arrived] == [type(item) for item in items]


def _first() -> Record:
    return next(item for item in read(NOTICES, samples(NOTICES)[0]) if isinstance(item, Record))


def test_a_mention_of_the_same_id_with_other_raw_texts_is_another() -> None:
    record = _first()
    twin = [
        replace(mention, values=tuple((n, v._replace(raw=v.raw + " ")) for n, v in mention.values))
        for mention in record.mentions
    ]
    items: list[Item] = [record, replace(record, mentions=twin), record]
    assert across(NOTICES, items, 3) == items


def test_mentions_that_come_again_are_one_object_on_the_other_side() -> None:
    record = _first()
    first, second = across(NOTICES, [record, replace(record)], 1)
    assert isinstance(first, Record) and isinstance(second, Record)
    assert [one is other for one, other in zip(first.mentions[1:], second.mentions[1:], strict=True)] == [
        True
    ] * 4


def test_numbers_start_anew_when_too_many_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphintel.ingest.wire._HELD", 3)
    items = list(read(NOTICES, samples(NOTICES)[0]))
    assert across(NOTICES, items * 4, 1) == items * 4


_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_PART = st.tuples(_TEXT, st.one_of(_TEXT, st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
_VALUE = st.builds(
    Value,
    _TEXT,
    _TEXT,
    st.sampled_from(("valid", "invalid", "unknown")),
    st.lists(_PART, max_size=3).map(tuple),
)
_MENTION = st.builds(
    Mention, st.sampled_from(("a", "b", "c")), st.just("partner-notice"), st.sampled_from(("Person", "Notice")),
    st.lists(st.tuples(_TEXT, _VALUE), max_size=4).map(tuple),
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(_MENTION, max_size=4), min_size=1, max_size=5), st.binary(max_size=40), _TEXT)
def test_any_values_and_bytes_arrive_unchanged(mentions: list[list[Mention]], raw: bytes, text: str) -> None:
    record = _FIRST
    place = Position(*record.position)
    items: list[Item] = [replace(record, mentions=held, raw=text) for held in mentions]
    items.append(Quarantined("partner-notice", place, "cell_count", text, raw))
    arrived = across(NOTICES, items)
    assert arrived == items
    for one, other in zip(items, arrived, strict=True):
        if isinstance(one, Record) and isinstance(other, Record):
            assert repr(one.mentions) == repr(other.mentions)


_FIRST = _first()


def test_source_file_hash_version_and_marking_are_not_the_readers_to_say() -> None:
    told = unpacked(packed(Sender().message([_FIRST])))
    text = packed(told).decode()
    for word in (_FIRST.source, _FIRST.position.file, _FIRST.position.sha256, _FIRST.mapping_version):
        assert f'"{word}"' not in text
    told["rows"][0][5] = "H0"
    lowered = next(Receiver(NOTICES, marked(NOTICES)).items(told, "f", "0"))
    assert isinstance(lowered, Record)
    assert lowered.marking.level == NOTICES.marking.level
