"""The collector of cycles during long work: it looks seldom, and never at what was there before."""

from __future__ import annotations

import gc

from graphintel.acts.collector import spare


def test_what_is_held_is_passed_over_and_what_is_new_is_still_collected() -> None:
    before = gc.get_threshold()
    gc.unfreeze()
    try:
        spare()
        frozen = gc.get_freeze_count()
        assert frozen > 10_000
        assert gc.get_threshold()[0] > before[0]
        spare()
        assert gc.get_freeze_count() == frozen
        ring: list[object] = []
        ring.append(ring)
        del ring
        assert gc.collect() >= 1
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
