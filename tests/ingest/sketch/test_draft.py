"""Drafts of new sources: what is obvious is drafted, what is not is asked, nothing hostile in a file gets through."""

from __future__ import annotations

import csv
import gzip
import io
import random
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from workbook import write

from graphintel import content
from graphintel.errors import InputError, MappingError
from graphintel.ingest.description import written
from graphintel.ingest.lint import Checked, check
from graphintel.ingest.reading import read
from graphintel.ingest.sketch import drafted, words
from graphintel.ingest.source import load
from graphintel.model.records import Record

GATE = """Sıra No;Geçiş Tarihi;Plaka;Dorse Plaka;Plaka Ülkesi;Konteyner;Sürücü Adı;Sürücü Pasaport;Çıkış Ülkesi;Varış Ülkesi;Brüt;Yön
K1;05.01.2024;34 ABC 123;34 R 7712;TR;CSQU3054383;Cemal Tuzkıran;U1234567;İran;Almanya;12.400,50;giriş
K2;25.01.2024;06 XY 4411;;TR;MSKU0000006;Nuri Dağlıoğlu;U7654321;Gürcistan;Bulgaristan;9.100,00;çıkış
K3;26.01.2024;CB 4127 HT;;BG;;Ivan Petrov;387654321;Bulgaristan;İran;7,5;giriş
"""


def table(tmp_path: Path, text: str, name: str = "gate.csv", charset: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(charset))
    return path


def draft(tmp_path: Path, file: Path, name: str = "gate") -> dict[str, Any]:
    made = drafted(tmp_path / "sources", name, file)
    return written(made.folder / f"{name}.yaml").given


def open_questions(done: Checked) -> set[str]:
    return {found.key for found in done.findings if found.wrong and "for a person to decide" in found.message}


def decide(folder: Path) -> None:
    """What a person does: grade, marking, and a reason for what is left out."""
    path = folder / f"{folder.name}.yaml"
    given = written(path).given
    given |= {"grade": "B2", "marking": {"level": "restricted", "tlp": "AMBER"}}
    given["leave_out"] = dict.fromkeys(given.get("leave_out") or {}, "says nothing about the movement")
    path.write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")


def test_a_turkish_gate_list_becomes_movements_with_vehicles_and_drivers(tmp_path: Path) -> None:
    given = draft(tmp_path, table(tmp_path, GATE, charset="cp1254"))
    assert (given["format"], given["delimiters"], given["charsets"]) == ("csv", [";"], ["cp1254"])
    assert (given["key"], given["at"], given["subjects"]) == (["sira_no"], "gecis_tarihi", ["movement"])
    assert given["hints"]["number"] == {"decimal": "=,"}
    things = given["things"]
    assert things["vehicle"]["with"] == {
        "from": {"join": ["plaka", "dorse_plaka"], "sep": "/"}, "mode": "=3", "country": "plaka_ulkesi",
    }  # fmt: skip
    assert things["driver"]["values"] == {"name": "surucu_adi", "passport": "surucu_pasaport"}
    assert things["container"] == {"kind": "Container", "of": "konteyner", "values": {"number": "."}}
    assert things["departure"]["with"] == {"from": "cikis_ulkesi"}
    assert ["movement", "BOUND_FOR", "destination", {"raw": "varis_ulkesi"}] in given["links"]
    assert given["columns"]["gecis_tarihi"] == {"aliases": ["Geçiş Tarihi"], "required": True}


def test_a_draft_passes_the_check_but_for_what_it_asks_and_loads_once_that_is_decided(tmp_path: Path) -> None:
    file = table(tmp_path, GATE)
    made = drafted(tmp_path / "sources", "gate", file)
    assert made.files == ("gate.yaml", "sample.csv") and made.rows == 3
    done = check(made.folder)
    asked = open_questions(done)
    assert {found.key for found in done.findings if found.wrong} == asked >= {"grade", "marking"}
    assert (done.rows, done.records, done.quarantined) == (3, 3, 0)
    with pytest.raises(MappingError, match="for a person to decide"):
        load(made.folder)
    decide(made.folder)
    records = [item for item in read(load(made.folder), file) if isinstance(item, Record)]
    assert [record.key for record in records] == ["K1", "K2", "K3"]
    assert {link.type for link in records[0].links} >= {
        "BY_MEANS_OF",
        "TOWS",
        "IN_CONTAINER",
        "DEPARTED_FROM",
        "BOUND_FOR",
    }


SHIPPED = [
    path
    for name in ("declarations-csv", "cen-seizures", "movements-csv", "kcs-declarations", "unodc-ids", "asycuda-sad",
                 "wco-declaration", "partner-notice")
    for path in sorted((content.shelf("ingest") / name).glob("sample*"))
]  # fmt: skip


@pytest.mark.parametrize("file", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_sample_of_the_shelf_can_be_drafted_and_only_people_are_asked(
    tmp_path: Path, file: Path
) -> None:
    made = drafted(tmp_path, "tried", file)
    done = check(made.folder)
    assert {found.key for found in done.findings if found.wrong} == open_questions(done)
    assert done.rows > 0 and done.records > 0
    text = (made.folder / "tried.yaml").read_text(encoding="utf-8")
    assert all(f"#   - {what}" in text for what in made.unclear)


@pytest.mark.parametrize(
    ("dates", "order", "said"),
    [
        (["13/01/2024", "02/03/2024"], "=dmy", ""),
        (["01/13/2024", "02/03/2024"], "=mdy", ""),
        (["02/03/2024", "04/05/2024"], "=dmy", "two readings possible"),
        (["2024-01-13", "2024-02-03"], None, ""),
        (["13/01/2024", "31/02/2024", "1/2/2024", "2/2/2024"], "=dmy", "25% of the cells are no valid date"),
    ],
)  # fmt: skip
def test_the_order_of_dates_is_found_or_said_to_be_open(
    tmp_path: Path, dates: list[str], order: str | None, said: str
) -> None:
    lines = [f"R{number},{date},x{number}" for number, date in enumerate(dates)]
    file = table(tmp_path, "\n".join(["ref,date,text", *lines]))
    made = drafted(tmp_path / "sources", "gate", file)
    given = written(made.folder / "gate.yaml").given
    assert given.get("hints", {}).get("date", {}).get("order") == order
    assert (
        any(said in what for what in made.unclear) if said else not any("reading" in w for w in made.unclear)
    )


def test_json_and_packed_files_are_looked_at_too(tmp_path: Path) -> None:
    rows = [
        {"report_no": f"S{n}", "date": f"2024-01-1{n}", "drug": "Heroin", "quantity": n + 1, "unit": "kg"}
        for n in range(4)
    ]
    file = tmp_path / "seized.jsonl"
    file.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    given = draft(tmp_path, file, "seized")
    assert given["json"] is True and given["subjects"] == ["seizure"]
    assert ["seizure", "SEIZED", "goods", {"amount": "quantity", "unit": "unit"}] in given["links"]
    assert check(tmp_path / "sources" / "seized").records == 4
    packed = tmp_path / "gate.csv.gz"
    packed.write_bytes(gzip.compress(GATE.encode()))
    assert draft(tmp_path, packed)["key"] == ["sira_no"]


def test_a_spreadsheet_is_drafted_with_its_rows_as_a_flat_sample(tmp_path: Path) -> None:
    rows: list[list[Any]] = [line.split(";") for line in GATE.splitlines()]
    given = draft(tmp_path, write(tmp_path / "gate.xlsx", {"Liste": rows}))
    assert given["xlsx"] is True and given["key"] == ["sira_no"]
    done = check(tmp_path / "sources" / "gate")
    assert done.records == 3 and {found.key for found in done.findings if found.wrong} == open_questions(done)


def test_nothing_is_overwritten_and_names_lead_nowhere(tmp_path: Path) -> None:
    file = table(tmp_path, GATE)
    made = drafted(tmp_path / "sources", "gate", file)
    before = (made.folder / "gate.yaml").read_bytes()
    with pytest.raises(InputError, match="is there already"):
        drafted(tmp_path / "sources", "gate", file)
    assert (made.folder / "gate.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("one\n1\n", "two columns"),
        ("a,b\n", "no rows"),
        ("<a><b></a>", "XML"),
        ("{\x00}", "NUL"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence_and_leaves_nothing(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        drafted(tmp_path / "sources", "bad", table(tmp_path, text))
    assert not (tmp_path / "sources").exists()


CELLS = {
    "date": ["05.01.2024", "2024-02-26", "1/13/24", "", "31.02.2024"], "plate": ["34 ABC 123", "CB 1234 AB/CB 12 X", ""],
    "number": ["1", "1.234", "1.234,5", "", "12e3"], "land": ["TR", "Türkiye", "several", "", "Iran"],
    "text": ["=1+1", "a: b", "#x", "", "Akçamlı Ltd. Şti.", "'", "{", "null", "%"], "box": ["CSQU3054383", "", "CONU1234567"],
    "code": ["240220", "2402.20.90", "xx"], "phone": ["+90 537 000 33 94", ""], "place": ["Kapıkule", "GE/TR", ""],
}  # fmt: skip
WORDS = sorted(
    frozenset[str]().union(*(role.words for role in words.ROLES), *(place[2] for place in words.PLACES),
                           *(event[1] for event in words.EVENTS), words.NUMBER, words.ITEM, words.VEHICLE, words.VESSEL,
                           words.VALUE, words.UNIT, words.ADDRESS, words.BIRTH, {"date", "country", "phone", "tax", "hs"})
)  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_whatever_headers_stand_over_whatever_cells_only_people_are_asked(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    heads = [
        "ref",
        *("_".join(draw.choices(WORDS, k=draw.randint(1, 3))).title() for _ in range(draw.randint(1, 12))),
    ]
    kinds = [draw.choice(list(CELLS)) for _ in heads[1:]]
    rows = [[f"R{n}", *(draw.choice(CELLS[kind]) for kind in kinds)] for n in range(draw.randint(2, 30))]
    text = io.StringIO()
    csv.writer(text, delimiter=draw.choice(",;\t")).writerows([heads, *rows])
    made = drafted(tmp_path / "sources", "drawn", table(tmp_path, text.getvalue()))
    done = check(made.folder)
    assert {found.key for found in done.findings if found.wrong} == open_questions(done), done.findings
    decide(made.folder)
    assert [column.name for column in load(made.folder).columns]


def test_hostile_headers_and_cells_stay_text(tmp_path: Path) -> None:
    heads = [
        "=cmd",
        "a: b",
        "x\u202ey",
        "no",
        "# c",
        "{$}",
        "NO",
        "*anchor",
        "!!python/object",
        "\x01\x1b[31m",
        "",
    ]
    cells = ["=1+1", "- x: [", "\u202e", "N1", "\x1b[2J", "}", "yes", "&a", "'\"", "\ufffe", "z"]
    rows = [",".join(heads), ",".join(cells), ",".join([*cells[:3], "N2", *cells[4:]])]
    made = drafted(tmp_path / "sources", "evil", table(tmp_path, "\n".join(rows)))
    text = (made.folder / "evil.yaml").read_text(encoding="utf-8")
    assert not set(text) & set("\x01\x1b\u202e\ufffe")
    done = check(made.folder)
    assert {found.key for found in done.findings if found.wrong} == open_questions(done) and done.records == 2
