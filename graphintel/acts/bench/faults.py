"""`bench faults`: loads that are killed, cut off, kept waiting, doubled and poisoned, and a thing with many links."""

from __future__ import annotations

import random
import time
from multiprocessing.context import SpawnProcess
from pathlib import Path

from graphintel.acts.bench.clock import strange_days
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.ingest import SOURCE, made_file
from graphintel.acts.bench.proxy import Cut, wire
from graphintel.acts.bench.reader import reader_killed
from graphintel.acts.bench.room import full
from graphintel.acts.bench.slow import memory, slow, too_slow
from graphintel.acts.bench.trial import SECONDS, Trial, split, started, through
from graphintel.acts.load import load
from graphintel.acts.session import Session, open_session
from graphintel.desk import quarantine
from graphintel.errors import StoreUnavailable
from graphintel.model.marking import Profile
from graphintel.settings import Settings
from graphintel.store import local
from graphintel.store.faults import expire_lease
from graphintel.store.read.expand import Expansion, expand
from graphintel.store.read.whole import store_hash
from graphintel.store.write.made import empty, heavy_tailed

ROWS = 100_000
_FILE_ROWS = 5000
_KILLS_A_FILE = 10
_LINKS_A_ROW = 5
_ONE_IN = 100
_CHUNKS_A_FILE = 25


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Try each fault on a load of `size` rows (a hundred thousand if 0): two kills a thousand rows, five links a row."""
    settings.home.mkdir(parents=True, exist_ok=True)
    rows = size or ROWS
    each = min(_FILE_ROWS, rows)
    small = settings.model_copy(update={"chunk_rows": max(each // _CHUNKS_A_FILE, 1)})
    whole = made_file(settings.home, rows)
    parts = split(whole, settings.home / "parts", each)
    with open_session(small) as session:
        trial = Trial(session, parts)
        figures = killed(trial, _KILLS_A_FILE)
        figures |= repeated(trial, whole)
        one = Trial(session, parts[:1])
        figures |= cut_off(one)
        figures |= together(one)
        figures |= slow(one) | memory(one) | too_slow(one)
        figures |= poisoned(session, parts[0])
        figures |= strange_days(session, parts[0])
        figures |= reader_killed(session, parts[0])
        figures |= hub(session, whole, rows * _LINKS_A_ROW)
        empty(session.store)
        load(session, SOURCE, parts[:1])
    return figures | full(small) | restarted(small, one)


def killed(trial: Trial, kills_a_file: int, longest: float = 5.0, seed: int = 1) -> Figures:
    """F01: each file's load is killed again and again, two times of three inside a transaction, then let through."""
    draw = random.Random(seed)
    inside = outside = 0
    empty(trial.store)
    for path in trial.parts:
        for number in range(kills_a_file):
            cut = (Cut(draw.choice((1, 2)), "written"), Cut(draw.choice((1, 2)), "committed"), None)[
                number % 3
            ]
            died = kill(trial.session, path, cut, draw.uniform(0.5, longest))
            inside += died and cut is not None
            outside += died and cut is None
        load(trial.session, SOURCE, [path])
    kills = inside + outside
    share = inside / kills if kills else 0.0
    return {
        "f01_kills": Figure(kills, "kills"),
        "f01_inside_transactions": Figure(share, "share", ">= 0.5", share >= 0.5),
        **trial.same("f01_killed"),
    }


def kill(session: Session, path: Path, cut: Cut | None, seconds: float) -> bool:
    """Load a file in a process that is killed at a cut, or after some seconds; whether it was killed before its end."""
    running: list[SpawnProcess] = []
    with wire(session.store.address.uri, cut, lambda: running[0].kill()) as line:
        running.append(started(session, path, f"bolt://127.0.0.1:{line.port}"))
        running[0].join(seconds if cut is None else SECONDS)
        if running[0].is_alive():
            running[0].kill()
        running[0].join()
    expire_lease(session.store)
    return running[0].exitcode != 0


def restarted(settings: Settings, trial: Trial) -> Figures:
    """F03: the server is stopped after the first write of a chunk and started again."""
    if settings.store != "local":
        return {}
    with open_session(settings) as session:
        empty(session.store)
        with wire(session.store.address.uri, Cut(2, "written"), lambda: None) as line:
            process = started(session, trial.parts[0], f"bolt://127.0.0.1:{line.port}")
            line.acted.wait(SECONDS)
            local.stop(settings.home)
            process.join(SECONDS)
    with open_session(settings) as session:
        expire_lease(session.store)
        load(session, SOURCE, trial.parts[:1])
        same = store_hash(session.store) == trial.undisturbed
        empty(session.store)
    return {"f03_restarted": Figure(float(same), "same graph", "== 1", same)}


def repeated(trial: Trial, whole: Path) -> Figures:
    """F02: the same rows again in one file, under another name, in another order, and overlapping."""
    first = trial.parts[0]
    header, *lines = first.read_text("utf-8").splitlines(keepends=True)
    renamed, turned = first.with_name("renamed.csv"), first.with_name("turned.csv")
    overlap = first.with_name("overlap.csv")
    renamed.write_text("".join([header, *lines]), "utf-8")
    turned.write_text("".join([header, *lines[::-1]]), "utf-8")
    overlap.write_text("".join([header, *lines[len(lines) // 2 :], *lines[: len(lines) // 4]]), "utf-8")
    new = 0
    for paths in ([whole], [renamed], [turned], [overlap], [first, first]):
        done = load(trial.session, SOURCE, paths)
        new += done.counts.records_new + done.counts.links_new + done.counts.mentions_new
    return {"f02_new_things": Figure(new, "things", "== 0", new == 0), **trial.same("f02_repeated")}


def cut_off(trial: Trial) -> Figures:
    """F03: the connection is lost after the commit of a chunk before the answer, then after the first write of one."""
    empty(trial.store)
    told = 0
    for path in trial.parts:
        for cut in (Cut(1, "committed"), Cut(1, "written")):
            with wire(trial.store.address.uri, cut) as line:
                told += refused(trial.session, path, f"bolt://127.0.0.1:{line.port}")
            expire_lease(trial.store)
        load(trial.session, SOURCE, [path])
    # A transaction that surely failed is tried again by itself; one that may have been committed is told.
    lost = len(trial.parts)
    return {"f03_told": Figure(told, "losses", f">= {lost}", told >= lost), **trial.same("f03_cut_off")}


def refused(session: Session, path: Path, uri: str) -> bool:
    """Load a file through an address; whether that ended with the project's own word for it."""
    with open_session(through(session, path, uri)) as other:
        try:
            load(other, SOURCE, [path])
        except StoreUnavailable:
            return True
    return False


def together(trial: Trial) -> Figures:
    """F04: two loads of one file at once take turns."""
    empty(trial.store)
    for path in trial.parts:
        pair = [started(trial.session, path, trial.store.address.uri) for _ in range(2)]
        for one in pair:
            one.join(SECONDS)
    return trial.same("f04_together")


def poisoned(session: Session, path: Path) -> Figures:
    """F06: one row in a hundred cannot be read; the others load, and each of them is in quarantine."""
    header, *lines = path.read_text("utf-8").splitlines(keepends=True)
    bad = lines[::_ONE_IN]
    mixed = [
        line.replace(line.split(",")[1], "yesterday", 1) if n % _ONE_IN == 0 else line
        for n, line in enumerate(lines)
    ]
    poison = path.with_name("poison.csv")
    poison.write_text("".join([header, *mixed]), "utf-8")
    empty(session.store)
    report = load(session, SOURCE, [poison])
    exact = (report.rows_quarantined, report.counts.records_new) == (len(bad), len(lines) - len(bad))
    held = quarantine.total(session.desk, report.batch or 0)
    return {
        "f06_quarantined": Figure(held, "rows", f"== {len(bad)}", exact and held == len(bad)),
        "f06_exit_code": Figure(report.exit_code, "", "== 3", report.exit_code == 3),
    }


def hub(session: Session, path: Path, links: int) -> Figures:
    """F08: rows that all name one importer load as fast at the end as at the start; a hub of `links` expands in time."""
    header, *lines = path.read_text("utf-8").splitlines(keepends=True)
    place = header.split(",").index("Importer ID")
    crowd = path.with_name("crowd.csv")
    named = (",".join([*line.split(",")[:place], "I000001", *line.split(",")[place + 1 :]]) for line in lines)
    crowd.write_text("".join([header, *named]), "utf-8")
    empty(session.store)
    marks = [(0, time.perf_counter())]
    load(
        session, SOURCE, [crowd], progress=lambda done, total, what: marks.append((done, time.perf_counter()))
    )
    slower = _slower(marks)
    degrees = heavy_tailed(session.store, links * 6 // 5, links)
    crowded = max(degrees, key=lambda name: degrees[name])
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        found = expand(session.store, Expansion([crowded]), Profile(session.profile.marks, sees_all=True))
        taken.append(time.perf_counter() - began)
    told = len(found.nodes) + found.truncated.by_limit
    return {
        "f08_late_to_early": Figure(slower, "ratio of seconds a row", "<= 1.5", slower <= 1.5),
        "f08_hub_links": Figure(degrees[crowded], "links"),
        "f08_expand": Figure(max(taken), "s", "<= 1", max(taken) <= 1.0),
        "f08_told": Figure(told, "neighbours shown or counted", f">= {links // 5}", told >= links // 5),
    }


def _slower(marks: list[tuple[int, float]]) -> float:
    """Seconds a row in the last third of a load to those in the first."""
    third = max(len(marks) // 3, 1)
    early, late = marks[: third + 1], marks[-third - 1 :]

    def pace(part: list[tuple[int, float]]) -> float:
        return (part[-1][1] - part[0][1]) / max(part[-1][0] - part[0][0], 1)

    return pace(late) / pace(early)
