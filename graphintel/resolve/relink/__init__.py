"""Linking all that is held again, with weights that are learned without labels: one model, on DuckDB or on Spark."""

from graphintel.resolve.relink.columns import columns, row
from graphintel.resolve.relink.duck import Held, open_held
from graphintel.resolve.relink.learn import hash_of, learned, predicted
from graphintel.resolve.relink.model import MODELS, Model

__all__ = ["MODELS", "Held", "Model", "columns", "hash_of", "learned", "open_held", "predicted", "row"]
