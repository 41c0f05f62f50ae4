"""The demonstration world: an invented trade with planted smuggling groups, as source files in the real formats."""

from graphintel.training.size import SIZES, Size, SizeName
from graphintel.training.truth import Truth
from graphintel.training.world import generate

__all__ = ["SIZES", "Size", "SizeName", "Truth", "generate"]
