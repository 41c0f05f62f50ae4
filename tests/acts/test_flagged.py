"""What fails its check is kept, flagged, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphintel.acts import look
from graphintel.acts.load import load
from graphintel.acts.session import Session

pytestmark = pytest.mark.neo4j
DOCUMENT = """<ASYCUDA>
  <Identification><Registration><Serial_number>C</Serial_number><Number>17</Number><Date>1/13/24</Date></Registration></Identification>
  <Container><Item_Number>1</Item_Number><Container_identity>CONU1234567</Container_identity></Container>
</ASYCUDA>"""


def test_a_container_number_that_fails_its_check_is_found_and_shown_as_invalid(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "x.xml"
    path.write_text(DOCUMENT, "utf-8")
    assert load(session, "asycuda-sad", [path]).exit_code == 0
    for spelling in ("CONU1234567", "conu 123456-7"):
        (hit,) = look.find(session, spelling, "Container")["hits"]
        (value,) = (row for row in look.show(session, hit["id"])["values"] if row["name"] == "number")
        assert (value["value"], value["verdict"]) == ("CONU1234567", "invalid")
