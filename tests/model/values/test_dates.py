"""Dates in the spellings of the sources, with precision and zone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.values import clean


@pytest.mark.parametrize(
    ("raw", "hints", "normal", "precision"),
    [
        ("2024-03-05", {}, "2024-03-05", "day"),
        ("2024-03", {}, "2024-03", "month"),
        ("2024", {}, "2024", "year"),
        ("2024/3/5", {}, "2024-03-05", "day"),
        ("05.03.2024", {}, "2024-03-05", "day"),
        ("5.3.24", {}, "2024-03-05", "day"),
        ("05/03/2024", {"order": "dmy"}, "2024-03-05", "day"),
        ("3/5/24", {"order": "mdy"}, "2024-03-05", "day"),
        ("24/03/05", {"order": "ymd"}, "2024-03-05", "day"),
        ("25/03/2024", {}, "2024-03-25", "day"),
        ("3/25/2024", {}, "2024-03-25", "day"),
        ("4-4-2024", {}, "2024-04-04", "day"),
        ("03.2024", {}, "2024-03", "month"),
        ("20240305", {}, "2024-03-05", "day"),
        ("20240305", {"format": "102"}, "2024-03-05", "day"),
        ("202403051430", {"format": "203"}, "2024-03-05T14:30", "day"),
        ("20240425090243+01", {"format": "304"}, "2024-04-25T09:02:43+01:00", "day"),
        ("20240116151338Z", {"format": "304"}, "2024-01-16T15:13:38Z", "day"),
        ("2024-03-05T14:30:00.123+03:00", {}, "2024-03-05T14:30:00+03:00", "day"),
        ("2024-03-05 14:30", {}, "2024-03-05T14:30", "day"),
        ("05.03.2024 02:30 PM", {}, "2024-03-05T14:30", "day"),
        ("5 Mart 2024", {}, "2024-03-05", "day"),
        ("05-ŞUB-2024", {}, "2024-02-05", "day"),
        ("March 5, 2024", {}, "2024-03-05", "day"),
        ("Ağustos 2024", {}, "2024-08", "month"),
        ("29.02.2024", {}, "2024-02-29", "day"),
        ("1974-00-00", {}, "1974", "year"),
        ("1974-05-00", {}, "1974-05", "month"),
        ("1.1.69", {}, "1969-01-01", "day"),
        ("1.1.68", {}, "2068-01-01", "day"),
    ],
)
def test_spelling(raw: str, hints: dict[str, str], normal: str, precision: str) -> None:
    value = clean("date", raw, **hints)
    assert (value.normal, value.verdict, value.part("precision")) == (normal, "valid", precision)


@pytest.mark.parametrize(
    "raw",
    ["31.02.2024", "2024-02-30", "29.02.2023", "32.01.2024", "2024-13-01", "20240231", "0000-00-00", "12:61", "1974-00-05",
     "2024-03-05 25:00", "5 Foo 2024", "00/03/2024", "01.01.0024", "05.03.2024 13:00 pm"],
)  # fmt: skip
def test_no_such_day(raw: str) -> None:
    value = clean("date", raw)
    assert (value.verdict, value.normal) == ("invalid", raw)


@pytest.mark.parametrize("raw", ["05/03/2024", "3/5/24", "03-05-2024", "bilinmiyor", "-"])
def test_cannot_be_told(raw: str) -> None:
    assert clean("date", raw).verdict == "unknown"


@pytest.mark.parametrize("raw", ["20240305", "202403051430"])
def test_content_against_its_format_code(raw: str) -> None:
    assert clean("date", raw, format="304").verdict == "invalid"


def test_time_and_zone_stand_in_parts() -> None:
    value = clean("date", "20240425090243+0130")
    assert (value.part("date"), value.part("time"), value.part("zone")) == (
        "2024-04-25",
        "09:02:43",
        "+01:30",
    )


@given(st.dates(date(1850, 1, 1), date(2150, 12, 31)))
def test_every_day_in_every_spelling(day: date) -> None:
    for raw in (day.isoformat(), day.strftime("%d.%m.%Y"), day.strftime("%Y%m%d"), day.strftime("%d %B %Y")):
        assert clean("date", raw).normal == day.isoformat()
    assert clean("date", day.strftime("%m/%d/%Y"), order="mdy").normal == day.isoformat()
    assert clean("date", day.strftime("%d/%m/%Y"), order="dmy").normal == day.isoformat()
