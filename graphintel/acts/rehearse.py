"""Rehearsing a load: files are read, mapped, cleaned and counted; no store is asked and nothing is written."""

from __future__ import annotations

import time
from pathlib import Path

from graphintel import ingest
from graphintel.acts import quality
from graphintel.acts.collector import spare
from graphintel.acts.load import Block, Progress, Report, blocks, counted
from graphintel.ingest import Accounting
from graphintel.ingest.quality import Collector
from graphintel.settings import Settings

UNKNOWN = "A dry run asks no store: what it holds already counts as new here, and mentions and links are not counted."


def rehearse(
    settings: Settings, source_name: str, paths: list[Path], *, progress: Progress | None = None
) -> Report:
    """What a load of these files would read and refuse, and what their rows are like.

    Rows that are alike within the files are duplicates; what only the store knows is said in a warning.
    """
    report = Report(None, source_name, dry_run=True, began=time.monotonic())
    spare()
    source = ingest.shelf(settings.shelf).named(source_name)
    files = ingest.files(source, paths)
    accounting, collector, seen = Accounting(), Collector(source), set[str]()
    report.files = len(files)
    for block in counted(blocks(settings, source, files, accounting, report, None), collector):
        _tally(report, block, seen)
        if progress:
            progress(report.rows_read, 0, "rows")
    report.unread_columns = accounting.unread_columns
    report.warnings = [*accounting.warnings, UNKNOWN]
    report.quality = quality.alone(collector.told(accounting), report.rows()) if report.rows_read else None
    report.ended = time.monotonic()
    return report


def _tally(report: Report, block: Block, seen: set[str]) -> None:
    report.rows_read += len(block.records) + len(block.refused)
    report.rows_quarantined += len(block.refused)
    for record in block.records:
        if record.id in seen:
            report.counts.records_duplicate += 1
        else:
            seen.add(record.id)
            report.counts.records_new += 1
