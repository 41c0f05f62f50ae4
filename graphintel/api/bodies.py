"""The bodies of requests, each with an example."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

ID = "4d1f0c8a9b2e4f6071829304a5b6c7d8"
Ident = Annotated[str, Field(min_length=1, max_length=64, examples=[ID])]
Idents = Annotated[list[Ident], Field(max_length=10_000)]
CURSOR = r"^[A-Za-z0-9_-]*$"
SEED_MOST = 2**32 - 1
NUMBER_MOST = 2**63 - 1


def plain(content: Any) -> None:
    """Refuse what store, desk and answers cannot hold: integers over 64 bit, NaN, infinity, halves of characters.

    Raises ValueError with the sentence for the asker. Goes through any depth without recursion.
    """
    waiting = [content]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, str):
            if not one.isascii() and not _written(one):
                raise ValueError(
                    "a text holds half of a character (a lone surrogate), which is no Unicode text"
                )
        elif isinstance(one, float) and not math.isfinite(one):
            raise ValueError("NaN and infinity are no JSON numbers")
        elif isinstance(one, int) and not -NUMBER_MOST <= one <= NUMBER_MOST:
            raise ValueError("a whole number has more than 64 bits")


def _written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Body(BaseModel):
    """A request body; unknown fields are refused, so that a typing mistake is told."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, content: Any) -> Any:
        plain(content)
        return content


class SearchBody(Body):
    """What to search for."""

    q: str = Field(max_length=500, examples=["34 ABC 123"])
    kind: str | None = Field(default=None, examples=["Vehicle"])
    limit: int = Field(default=20, ge=1, le=200)


class LookupBody(Body):
    """A pasted list."""

    lines: list[Annotated[str, Field(max_length=300)]] = Field(
        max_length=500, examples=[["34ABC123", "CSQU3054383"]]
    )


class ExpandBody(Body):
    """What to load round some things."""

    ids: Annotated[list[Ident], Field(min_length=1, max_length=200)]
    types: list[str] | None = Field(default=None, examples=[["CONSIGNEE"]])
    direction: Literal["both", "out", "in"] = "both"
    start: str = Field(default="", alias="from", examples=["2024-01-01"])
    end: str = Field(default="", alias="to", examples=["2024-12-31"])
    fold: list[str] = Field(default=[], examples=[["Declaration"]])
    hops: int = Field(default=1, ge=1, le=4)
    limit: int = Field(default=100, ge=1, le=1000)
    cursor: str = Field(default="", max_length=18, pattern=r"^[0-9]*$")
    order: Literal["hash", "date"] = "hash"
    seed: int = Field(default=0, ge=0, le=SEED_MOST)
    preview: bool = False


class SubgraphBody(Body):
    """The things of a chart."""

    ids: Idents
    links: Idents = []
    fold: list[str] = []
    layout: bool = True


class AnalysisBody(Body):
    """What to analyse: these things, or everything visible when none are given."""

    ids: Idents | None = None
    seed: int | None = Field(default=None, ge=0, le=SEED_MOST)
    resolution: float | None = Field(default=None, gt=0, le=100)
    kinds: list[str] | None = Field(default=None, max_length=40, examples=[["Company"]])
    goal: Literal["break", "reach"] = "break"
    removed: Idents | None = None
    before: str = Field(default="", max_length=40, examples=["2023-01-01..2023-12-31"])
    after: str = Field(default="", max_length=40, examples=["2024-01-01..2024-12-31"])
    k: int = Field(default=5, ge=1, le=100)
    top: int = Field(default=20, ge=1, le=1000)
    wait: float = Field(default=25.0, ge=0, le=120)


class TieBody(Body):
    """The kinds of things that the network is of, if the finding asked for some."""

    kinds: list[str] | None = Field(default=None, max_length=40, examples=[["Company"]])
    wait: float = Field(default=25.0, ge=0, le=120)


class AgainBody(Body):
    """How long to wait for a finding that is run again."""

    wait: float = Field(default=25.0, ge=0, le=120, examples=[25.0])


class RetractBody(Body):
    """Why a load is taken back, or that it is to come again."""

    reason: str = Field(default="", max_length=2000, examples=["sent by mistake"])
    undo: bool = False
    wait: float = Field(default=25.0, ge=0, le=120)


class RegradeBody(Body):
    """The new grade or a stricter handling code of a record, and why."""

    grade: str = Field(default="", max_length=200, examples=["D4"])
    handling: str = Field(default="", max_length=10, examples=["H1"])
    reason: str = Field(min_length=1, max_length=2000, examples=["the source invented before"])


class RetryBody(Body):
    """Which rows to read again: by id, by the number of their load, or all that wait."""

    rows: Annotated[list[Ident], Field(max_length=10_000)] = []
    batches: Annotated[list[Annotated[int, Field(ge=0, le=NUMBER_MOST)]], Field(max_length=1000)] = []
    all: bool = False
    wait: float = Field(default=25.0, ge=0, le=120)


class PredictBody(Body):
    """What is known of one consignment; country codes or names."""

    departure: str = Field(default="", examples=["IR"])
    seizing: str = Field(default="", examples=["TR"])
    commodity: str = Field(default="", examples=["drugs"])
    transport: str = ""
    date: str = ""
    top: int = Field(default=5, ge=1, le=50)


class QuestionBody(Body):
    """Parameters of a saved question."""

    params: dict[str, Any] = Field(default={}, examples=[{"days": 30}])
    limit: int | None = Field(default=None, ge=1, le=NUMBER_MOST)


class CypherBody(Body):
    """Read-only Cypher."""

    text: str = Field(max_length=20_000, examples=["MATCH (v:Vehicle) RETURN v.display LIMIT 5"])
    params: dict[str, Any] = {}
    limit: int | None = Field(default=None, ge=1, le=NUMBER_MOST)


class JudgementBody(Body):
    """A verdict on two things, each named by any id of it or of a record that states it."""

    left: Ident
    right: Ident
    verdict: Literal["same", "different", "unsure"] = Field(examples=["same"])
    reason: str = Field(min_length=1, max_length=4000, examples=["the same passport, seen at both crossings"])
    cut: Annotated[list[Ident], Field(max_length=1000)] = []
    also: Annotated[list[Ident], Field(max_length=200)] = []


class CompareBody(Body):
    """Comparing what is new, or everything `again`; `wait`: seconds until the answer is a job."""

    again: bool = Field(default=False, examples=[False])
    wait: float = Field(default=10.0, ge=0, le=100)


class RelinkBody(Body):
    """Linking all that is held again: the probability from which a pair is suggested, and the seed of the random pairs."""

    least: float = Field(default=0.9, ge=0.5, le=1, examples=[0.9])
    seed: int | None = Field(default=None, ge=0, le=2**31 - 1, examples=[20])
    wait: float = Field(default=10.0, ge=0, le=100)


class UndoBody(Body):
    """Why something is taken back."""

    reason: str = Field(default="", max_length=4000, examples=["another man"])


class ChartBody(Body):
    """A chart to save."""

    name: str = Field(default="", max_length=200, examples=["Case 2024/17"])
    case: str = Field(default="", max_length=100)
    data: dict[str, Any] | None = None
    filters: dict[str, Any] | None = None
    look: dict[str, Any] | None = None
    story: Any = None
    version: int | None = Field(default=None, ge=0, le=NUMBER_MOST)


class ExportBody(Body):
    """A chart to hand out: a saved one, or these things."""

    chart: str | None = None
    entities: Idents = []
    to: str = Field(examples=["svg"])
    case: str = ""
    theme: Literal["light", "dark"] = "light"
    language: Literal["en", "tr"] = "en"
    fold: list[str] = []
    positions: dict[str, tuple[float, float]] = {}


_Code = Annotated[str, Field(max_length=40)]
_Reason = Annotated[str, Field(max_length=4000, examples=["seen at the gate that day"])]
_Day = Annotated[str, Field(max_length=10, examples=["2024-12-31"])]
_Step = Annotated[int | None, Field(ge=1, le=NUMBER_MOST, examples=[17])]


class GradeBody(Body):
    """What changes of a notice; `scheme` alone converts its grade; `seen`: the last step that the person knew of."""

    grade: _Code = Field(default="", examples=["B2"])
    scheme: _Code = ""
    handling: _Code = Field(default="", examples=["H1"])
    handling_text: Annotated[str, Field(max_length=1000)] = ""
    deadline: _Day = ""
    reason: _Reason = ""
    seen: _Step = None


class DecisionBody(Body):
    """Why a notice is returned, rejected, reopened or handed over (`to` a unit or a partner)."""

    reason: _Reason = ""
    deadline: _Day = ""
    to: Annotated[str, Field(max_length=200)] = ""
    seen: _Step = None


class AcceptBody(Body):
    """The notices, of one source, that become one load, and on what terms; `wait`: seconds until the answer is a job."""

    names: Annotated[list[Ident], Field(min_length=1, max_length=1000)]
    grade: _Code = Field(default="", examples=["B2"])
    handling: _Code = ""
    reason: _Reason = ""
    deadline: _Day = ""
    seen: _Step = None
    wait: float = Field(default=10.0, ge=0, le=100)


class ProviderBody(Body):
    """Which service a thing gives, and why it is thought to."""

    role: str = Field(max_length=20, examples=["declarant"])
    reason: str = Field(min_length=1, max_length=4000, examples=["a customs broker of many clients"])
