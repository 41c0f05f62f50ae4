"""The check of a source: all that is wrong with its description, and what its own sample becomes by it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from graphintel.errors import FileRefused
from graphintel.ingest.accounting import Accounting
from graphintel.ingest.description import Written, written
from graphintel.ingest.expected import samples
from graphintel.ingest.mapping import problems
from graphintel.ingest.mapping.problems import Problem
from graphintel.ingest.reading import read
from graphintel.ingest.source import Fault, Source, looked_at
from graphintel.model.kinds import EVENTS
from graphintel.model.records import Quarantined, Record

_LEFT_OUT_AT_MOST = 0.05
_SHOWN = 10
# From this share of a sample's values on, a type that does not fit is more likely than mistakes of the source.
_UNFIT = 0.5
_FEW = 3
# A check digit or list that fails says so; free text and most places are never more than unknown.
_JUDGED = frozenset(("invalid",))


class Finding(NamedTuple):
    """One thing to look at: file, line, key, what to do; `wrong` if the source must not load until it is mended."""

    file: str
    line: int
    key: str
    message: str
    wrong: bool = True


@dataclass(slots=True)
class Checked:
    """What a check found, and what the rows of the sample became."""

    source: str
    folder: str
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0
    records: int = 0
    quarantined: int = 0
    left_out_share: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether the source can be loaded."""
        return not any(finding.wrong for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """The check as `source check --json` prints it."""
        return {
            "source": self.source, "folder": self.folder, "ok": self.ok,
            "findings": [finding._asdict() for finding in self.findings],
            "sample": {"rows": self.rows, "records": self.records, "quarantined": self.quarantined,
                       "left_out_share": round(self.left_out_share, 4)},
        }  # fmt: skip


def check(folder: Path) -> Checked:
    """All findings about a source's folder at once; MappingError if its description is no YAML table at all."""
    done = Checked(folder.name, str(folder))
    source, faults = looked_at(folder)
    done.findings += [_of_fault(fault) for fault in faults]
    if source is None or any(not fault.undecided for fault in faults):
        return done
    text = written(folder / f"{folder.name}.yaml")
    for wrong, found in ((True, _unused(source, text.given)), (False, _advice(text.given))):
        done.findings += [_finding(text, problem, wrong) for problem in found]
    if not samples(source):
        advice = "there is no sample.* beside it; put a few rows there, so that the check can try them"
        done.findings.append(Finding(str(text.path), 1, "", advice, wrong=False))
    else:
        _tried(source, text, done)
    done.findings.sort(key=lambda finding: (finding.file != str(text.path), finding.line))
    return done


def _of_fault(fault: Fault) -> Finding:
    return Finding(str(fault.file), fault.line, fault.key, fault.message)


def _finding(text: Written, problem: Problem, wrong: bool) -> Finding:
    return Finding(
        str(text.path), text.line(problem.path), problems.shown(problem.path), problem.message, wrong
    )


def _unused(source: Source, given: dict[str, Any]) -> Iterator[Problem]:
    """Columns that nothing reads, things that no link uses, subjects that are no events."""
    for column in source.columns:
        if column.name not in source.used and source.left_out(column.name) is None:
            what = "no thing or link reads this column; use it, or say under `leave_out` why not"
            yield Problem(("columns", column.name), what)
    yield from _loose(given, (), set(given.get("subjects") or ()))
    things = given.get("things") or {}
    for place, name in enumerate(given.get("subjects") or ()):
        kind = (things.get(name) or {}).get("kind")
        if name in things and kind not in EVENTS:
            what = f"{name} is no event; a record is about one of {', '.join(sorted(EVENTS))}"
            yield Problem(("subjects", place), what)


def _loose(given: dict[str, Any], path: problems.Path, used: set[str]) -> Iterator[Problem]:
    parts = given.get("parts") or []
    inside = used | _ends(given)
    for part in parts:
        inside |= _all_ends(part)
    for name in given.get("things") or {}:
        if name not in inside:
            yield Problem((*path, "things", name), f"no link uses {name}; nothing would lead to it")
    for place, part in enumerate(parts):
        yield from _loose(part, (*path, "parts", place), used)


def _ends(given: dict[str, Any]) -> set[str]:
    links = [link["link"] if isinstance(link, dict) else link for link in given.get("links") or ()]
    return {end for link in links for end in (link[0], link[2])}


def _all_ends(given: dict[str, Any]) -> set[str]:
    return _ends(given).union(*(_all_ends(part) for part in given.get("parts") or ()))


def _constant(given: dict[str, Any], path: problems.Path) -> Iterator[Problem]:
    """Things that rows state though their cells are empty, since one of several values is a constant."""
    for name, spec in (given.get("things") or {}).items():
        values = spec.get("values") or {}
        fixed = [key for key, text in values.items() if isinstance(text, str) and text.startswith("=")]
        open_ = not {"when", "of"} & set(spec) and spec.get("kind") not in EVENTS
        if open_ and 0 < len(fixed) < len(values):
            what = f"states {name} also in rows where its other values are empty; say `when`, here or for the thing"
            yield Problem((*path, "things", name, "values", fixed[0]), what)
    for place, part in enumerate(given.get("parts") or []):
        # What is repeated for an element is there only where the element is.
        if "each" not in part:
            yield from _constant(part, (*path, "parts", place))


def _advice(given: dict[str, Any]) -> Iterator[Problem]:
    yield from _constant(given, ())
    if given.get("format") == "ftm":
        return
    if not given.get("key"):
        yield Problem(
            (), "without `key` a corrected row does not replace the earlier one; equal rows are one record"
        )
    if not given.get("at"):
        yield Problem((), "without `at` the links of a row have no date")


def _tried(source: Source, text: Written, done: Checked) -> None:
    """Run the samples through the mapping and say what became of their rows."""
    accounting, tried = Accounting(), _Tried()
    for path in samples(source):
        try:
            for item in read(source, path, accounting=accounting):
                tried.take(item)
        except FileRefused as error:
            done.findings.append(Finding(str(path), 1, "", f"the sample is refused: {error.message}"))
    done.rows, done.records, done.quarantined = tried.rows, tried.records, len(tried.refused)
    done.left_out_share = accounting.left_out_share
    done.findings += tried.findings(source, bool(text.given.get("subjects")))
    named = source.folder / f"{source.name}.yaml"
    for column in accounting.unread_columns:
        what = f"the sample has {column!r}, which nothing reads; use it, or say under `leave_out` why not"
        done.findings.append(Finding(str(named), text.line(("columns",)), "columns", what))
    undecided = any(finding.key.startswith("leave_out.") for finding in done.findings)
    if accounting.left_out_share > _LEFT_OUT_AT_MOST and not undecided:
        what = (
            f"{accounting.left_out_share:.0%} of the sample's filled cells are left out; at most "
            f"{_LEFT_OUT_AT_MOST:.0%} may be"
        )
        done.findings.append(Finding(str(named), text.line(("leave_out",)), "leave_out", what))


class _Tried:
    """What became of the rows of a sample."""

    def __init__(self) -> None:
        self.rows = self.records = self.silent = 0
        self.refused: list[Quarantined] = []
        self._versions: dict[str, dict[str, str]] = defaultdict(dict)
        self._values: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._shown: dict[tuple[str, str], str] = {}

    def take(self, item: Record | Quarantined) -> None:
        """Count one row."""
        self.rows += 1
        if isinstance(item, Quarantined):
            self.refused.append(item)
            return
        self.records += 1
        self.silent += not item.subjects
        if item.key:
            self._versions[item.key].setdefault(item.id, item.position.place)
        for mention in item.mentions:
            for name, value in mention.values:
                self._values[mention.kind, name][value.verdict] += 1
                if value.verdict in _JUDGED:
                    self._shown.setdefault((mention.kind, name), value.raw)

    def findings(self, source: Source, about: bool) -> Iterator[Finding]:
        """What these rows show: refused ones, keys of several rows, values that cannot be; `about`: if rows have subjects."""
        file = str(source.folder)
        for item in self.refused[:_SHOWN]:
            what = f"goes to quarantine ({item.reason}): {item.message}"
            yield Finding(
                f"{file}/{item.position.file}",
                _line(item.position.place),
                item.position.place,
                what,
                wrong=False,
            )
        if len(self.refused) > max(self.rows * _UNFIT, 0):
            yield Finding(
                file, 1, "", f"{len(self.refused)} of the sample's {self.rows} rows go to quarantine"
            )
        if self.silent and about:
            yield Finding(file, 1, "subjects", f"{self.silent} rows of the sample state none of the subjects")
        several = {key: found for key, found in self._versions.items() if len(found) > 1}
        for key, found in list(several.items())[:_SHOWN]:
            rows = ", ".join(found.values())
            yield Finding(
                file,
                1,
                "key",
                f"the key {key!r} stands in different rows ({rows}); only the last would stand",
            )
        for (kind, name), verdicts in self._values.items():
            bad = sum(verdicts[verdict] for verdict in _JUDGED)
            if bad > max(verdicts.total() * _UNFIT, _FEW):
                what = f"{bad} of {verdicts.total()} values in the sample are invalid, such as {self._shown[kind, name]!r}"
                yield Finding(file, 1, f"{kind}.{name}", what, wrong=False)


def _line(place: str) -> int:
    word = place.rpartition(" ")[2]
    return int(word) if place.startswith("line ") and word.isdecimal() else 1
