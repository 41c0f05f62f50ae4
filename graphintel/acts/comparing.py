"""What a load brought is compared with what is held, at its end."""

from __future__ import annotations

from graphintel.acts import compare
from graphintel.acts.load import Progress, Report
from graphintel.acts.session import Session
from graphintel.errors import Conflict


def at_end(
    session: Session, done: Report, *, wanted: bool | None = None, progress: Progress | None = None
) -> None:
    """Compare what a load brought, if that is `wanted` (the setting's if None), and note the seconds in its report.

    Another program that compares already does it as well: that is a warning, no failure of the load.
    """
    said = session.settings.compare_after_load if wanted is None else wanted
    if not said or done.batch is None or not done.counts.mentions_new:
        return
    try:
        done.compare_seconds = compare.compare(session, progress=progress).seconds
    except Conflict as error:
        done.warnings.append(f"What came was not compared with what is held: {error.message}")
