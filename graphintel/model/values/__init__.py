"""Value types: each cleans itself and keeps raw, normal and verdict; `clean` and `TYPES` are the door."""

from graphintel.model.values.registry import TYPES, ValueType, clean, key
from graphintel.model.values.value import Hints, Value, Verdict, tidy

__all__ = ["TYPES", "Hints", "Value", "ValueType", "Verdict", "clean", "key", "tidy"]
