"""The shelf as shipped is sound, and a file with a fault is refused with its name and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphintel.content import shelf
from graphintel.errors import QueryError
from graphintel.queries.catalogue import SUBJECTS, catalogue, read
from graphintel.queries.page import page

GOOD = """// id: who-uses
// title: Who uses what
// title_tr: Kim neyi kullanıyor
// question: Who uses which phone?
// question_tr: Kim hangi telefonu kullanıyor?
// param since: date = 2020-01-01 -- from the day | bu günden
// columns: user, user_id, times
// subgraph: user_id
// Why so: a phone is used by whoever says so.
MATCH (a:Person)-[u:USES]->(b:Phone)
WHERE u.marking IN $marks AND u.at >= $since
RETURN a.id AS user_id, count(*) AS times
ORDER BY times DESC, user_id
LIMIT $limit
"""


def written(folder: Path, text: str, name: str = "who.cypher") -> Path:
    """A question on a shelf of its own."""
    path = folder / "network" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shelf_has_questions_in_every_subject_and_in_two_languages() -> None:
    held = catalogue()
    assert len(held) >= 10 and {query.subject for query in held.values()} == set(SUBJECTS)
    for name, query in held.items():
        assert name == query.id == query.path.stem and query.title != query.title_tr
        assert all(param.label and param.label_tr for param in query.params)
        assert set(query.subgraph) <= set(query.columns) and query.subgraph


def test_the_page_of_questions_is_up_to_date() -> None:
    docs = Path(__file__).parents[2] / "docs" / "questions.md"
    assert docs.read_text(encoding="utf-8").endswith(page(catalogue().values()))


def test_no_file_of_the_shelf_is_left_unread() -> None:
    files = {path.relative_to(shelf("queries")).parts[0] for path in shelf("queries").rglob("*.cypher")}
    assert files == {*SUBJECTS, "migrations"}


def test_a_question_is_read_and_bound(tmp_path: Path) -> None:
    query = read(written(tmp_path, GOOD))
    assert (query.id, query.subject, query.columns, query.subgraph) == (
        "who-uses", "network", ("user", "user_id", "times"), ("user_id",),
    )  # fmt: skip
    assert query.bind({}) == {"since": "2020-01-01"} and query.bind({"since": "1.2.2024"}) == {
        "since": "2024-02-01"
    }
    shown = query.as_json()
    assert shown["question"] == {"en": "Who uses which phone?", "tr": "Kim hangi telefonu kullanıyor?"}
    with pytest.raises(QueryError, match="has no parameter 'until'; it has since"):
        query.bind({"until": "2024-01-01"})


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("AND u.at", "OR u.at", 10, "the link u is not filtered"),
        ("-[u:USES]-", "-[:USES]-", 10, "without a name"),
        ("$since", "$until", 11, "not declared"),
        ("// title_tr: Kim neyi kullanıyor\n", "", 1, "lacks title_tr"),
        ("// title: Who", "// id: twice\n// title: Who", 2, "stands twice"),
        ("date = 2020", "day = 2020", 6, "no parameter type day"),
        ("2020-01-01 --", "2020-13-01 --", 6, "the default does not fit"),
        ("-- from the day | bu günden", "", 6, "a parameter is written"),
        ("param since", "param limit", 6, "already in use"),
        ("id: who-uses", "id: Who Uses", 1, "small letters"),
        ("subgraph: user_id", "subgraph: user", 1, "end in _id"),
        ("LIMIT $limit", "LIMIT 10", 14, "ORDER BY"),
        ("RETURN a.id", "REMOVE a.x RETURN a.id", 12, "REMOVE has no place"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(QueryError, match=message) as caught:
        read(path)
    assert f"{path}, line {line}:" in caught.value.message and caught.value.detail["line"] == line


def test_an_id_stands_once(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    second = written(tmp_path, GOOD, "zweite.cypher")
    with pytest.raises(QueryError, match="already that of") as caught:
        catalogue(tmp_path)
    assert str(second) in caught.value.message
