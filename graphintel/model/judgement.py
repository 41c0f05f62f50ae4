"""Judgements: what a person or a model said of two mentions; never changed, only withdrawn by another one."""

from __future__ import annotations

from dataclasses import dataclass

from graphintel.model.ids import digest

#: What may be said of two mentions; `withdrawn` is said of a judgement.
VERDICTS = ("same", "different", "unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict on two mentions: by whom and why; a model also gives its version, its score and its evidence.

    `left` and `right` are ids of mentions; `score` is the probability that both are the same thing, 0 to 1.
    """

    verdict: str
    left: str
    right: str
    by: str
    reason: str = ""
    model: str = ""
    score: float | None = None
    evidence: str = ""

    @property
    def person(self) -> bool:
        """Whether a person said so, and no model."""
        return not self.model

    def id(self, counter: int) -> str:
        """The id of this judgement, made at a value of the data counter."""
        return digest(
            "judgement", self.verdict, sorted((self.left, self.right)), self.by, self.model, counter
        )
