"""The collector of cycles during long work: records are trees, and looking through them again and again finds nothing."""

from __future__ import annotations

import gc

_YOUNG, _MIDDLE, _OLD = 1_000_000, 10, 10


def spare() -> None:
    """Look at new things seldom, and never again at what the program holds anyway (modules, gazetteer, mappings)."""
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
