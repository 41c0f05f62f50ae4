"""The check of a source: every finding at once, and what its sample becomes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graphintel import content
from graphintel.errors import MappingError
from graphintel.ingest import Source, catalogue
from graphintel.ingest.lint import Checked, check

Shelf = Callable[..., Source]
HEAD = "no,date,who,code,plate,land,kg\n"
GOOD = "1,2024-03-04,Karaçınar Gıda,K1,34 KLT 481,TR,6516\n2,2024-03-05,Karaçınar Gıda,K1,34 KLT 482,TR,12\n"


@pytest.fixture
def tried(shelf: Shelf) -> Callable[..., Checked]:
    """The check of the source that conftest.py writes, with replacements and with these rows as its sample."""

    def run(*replaced: tuple[str, str], rows: str = GOOD, head: str = HEAD) -> Checked:
        source = shelf()
        (source.folder / "sample.csv").write_text(head + rows, encoding="utf-8")
        path = source.folder / "rows.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return check(source.folder)

    return run


def said(done: Checked, *, wrong: bool = True) -> dict[str, str]:
    return {found.key: found.message for found in done.findings if found.wrong is wrong}


def test_a_good_source_has_nothing_to_be_told(tried: Callable[..., Checked]) -> None:
    done = tried()
    assert (done.ok, done.findings) == (True, [])
    assert (done.rows, done.records, done.quarantined, done.left_out_share) == (2, 2, 0, 0.0)
    assert done.as_json()["sample"] == {"rows": 2, "records": 2, "quarantined": 0, "left_out_share": 0.0}


def test_what_nothing_uses_is_told_with_its_line(tried: Callable[..., Checked]) -> None:
    done = tried(
        ("  kg:\n", "  kg:\n  extra:\n"), ("links:\n", "  port: {make: place, with: {from: land}}\nlinks:\n"),
        ("subjects: [declaration]", "subjects: [declaration, company]"),
    )  # fmt: skip
    told = said(done)
    assert set(told) == {"columns.extra", "things.port", "subjects.2"} and not done.ok
    assert "is no event" in told["subjects.2"] and "no link uses port" in told["things.port"]
    lines = {found.key: found.line for found in done.findings}
    assert lines["columns.extra"] == 21 and lines["subjects.2"] == 12


def test_things_of_an_outer_block_may_be_used_inside_a_part(tried: Callable[..., Checked]) -> None:
    part = "parts:\n  - for: [plate]\n    links:\n      - [declaration, CONSIGNEE, company]\n"
    assert tried(
        ("  - [declaration, CONSIGNEE, company, {role: =consignee}]\n", ""), ("links:\n", f"{part}links:\n")
    ).ok


def test_what_the_sample_shows_is_told(tried: Callable[..., Checked]) -> None:
    rows = GOOD + "3,31.02.2024,x,K2,34 KLT 483,TR,1\n1,2024-03-09,Başka,K3,34 KLT 484,TR,2\n"
    done = tried(rows=rows)
    assert "the key '1' stands in different rows (line 2, line 5)" in said(done)["key"]
    (note,) = [found for found in done.findings if not found.wrong]
    assert (note.line, note.file.rpartition("/")[2]) == (4, "sample.csv") and "bad_date" in note.message
    most = tried(rows="1,x,,,,,\n2,y,,,,,\n3,2024-03-04,,,,,\n")
    assert "2 of the sample's 3 rows go to quarantine" in said(most)[""]


def test_columns_that_the_sample_has_and_nobody_reads_and_too_much_left_out(
    tried: Callable[..., Checked],
) -> None:
    head, rows = HEAD.replace("\n", ",clerk\n"), GOOD.replace("\n", ",somebody\n")
    assert "'clerk'" in said(tried(head=head, rows=rows))["columns"]
    done = tried(("links:\n", "leave_out: {clerk: no statement}\nlinks:\n"), head=head, rows=rows)
    assert "12% of the sample's filled cells are left out" in said(done)["leave_out"]
    assert done.left_out_share == pytest.approx(1 / 8)


def test_values_of_which_most_cannot_be_what_they_should_are_noted(tried: Callable[..., Checked]) -> None:
    rows = "".join(f"{n},2024-03-04,x,K1,34 QWX {n},TR,1\n" for n in range(100, 106))
    assert "6 of 6 values in the sample are invalid" in said(tried(rows=rows), wrong=False)["Vehicle.plate"]


def test_a_constant_that_makes_a_thing_of_an_empty_row_is_noted(tried: Callable[..., Checked]) -> None:
    old = "company: {kind: Company, values: {name: who, trader_code: code}}"
    fixed = "company: {kind: Company, values: {name: who, trader_code: code, country: =TR}}"
    assert "also in rows where" in said(tried((old, fixed)), wrong=False)["things.company.values.country"]
    assert not tried((old, f"{fixed[:-1]}, when: {{who: filled}}}}")).findings


def test_a_refused_sample_a_missing_sample_and_missing_advice(
    tried: Callable[..., Checked], shelf: Shelf
) -> None:
    assert "the sample is refused" in said(tried(head="a,b\n", rows="1,2\n"))[""]
    source = shelf(("key: [no]\n", ""), ("at: date\n", ""), name="bare")
    done = check(source.folder)
    assert done.ok and len(done.findings) == 3 and "there is no sample" in str(done.findings)
    assert "without `key`" in str(done.findings) and "without `at`" in str(done.findings)


def test_a_description_that_is_no_table_is_an_error_of_its_own(shelf: Shelf) -> None:
    folder = shelf().folder
    (folder / "rows.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(MappingError, match="cannot be read"):
        check(folder)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_shipped_source_can_be_loaded(name: str) -> None:
    done = check(content.shelf("ingest") / name)
    assert done.ok, [found for found in done.findings if found.wrong]
