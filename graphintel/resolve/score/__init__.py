"""The score of a pair: log2 odds per field that add up, from weights that are frozen by their hash."""

from graphintel.resolve.score.pair import Contribution, Score, score
from graphintel.resolve.score.weights import Weights, shipped

__all__ = ["Contribution", "Score", "Weights", "score", "shipped"]
