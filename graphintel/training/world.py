"""The invented world, month by month: cast, lawful trade, planted groups, and the files that tell of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from graphintel.training import asycuda, case1, declarations, movements, notices, seizures, truth, wco
from graphintel.training.entities import Declaration, Group
from graphintel.training.files import Files, clear, is_turkish
from graphintel.training.geography import STOPS, country
from graphintel.training.groups import found, plan, true_route
from graphintel.training.lawful import Trade
from graphintel.training.market import Makers, Market
from graphintel.training.near import near_misses
from graphintel.training.readme import README
from graphintel.training.scribe import Scribe
from graphintel.training.size import MONTHS, SIZES, Size, SizeName, days, spread
from graphintel.training.truth import Truth

Progress = Callable[[str, int, int], None]
# Of each kind of XML document at most so many tell of a group.
_PLANTED_DOCUMENTS = 6


class World:
    """One run: draws the cast, then writes 24 months."""

    def __init__(self, seed: int, size: SizeName, out: Path) -> None:
        self.size: Size = SIZES[size]
        self.truth = Truth(seed, size)
        # Each part draws from its own generator: a change in one leaves the others as they were.
        self.makers = Makers(Random(f"{seed}/cast"))
        self.market = Market(self.makers, self.size)
        self.groups = [found(self.makers, self.market, number + 1) for number in range(self.size.groups)]
        for group in self.groups:
            plan(group, self.makers, self.market, self.size)
        # Before the near misses: a sold lorry must not be taken out of the case again.
        self.case = case1.stage(self.groups[0])
        errands, self.truth.near_misses = near_misses(self.groups, self.makers, self.market)
        self.scribe = Scribe(Random(f"{seed}/scribe"))
        for group in self.groups:
            self.scribe.watch([*group.members, *group.companies, *group.vehicles])
        self.rng = Random(f"{seed}/chance")
        planted = [trip for group in self.groups for trip in group.trips]
        self.trade = Trade(
            self.market, self.size.declarations - len(planted), errands, Random(f"{seed}/trade")
        )
        self.planted: dict[tuple[int, int], list[Declaration]] = defaultdict(list)
        for trip in planted:
            self.planted[trip.day.year, trip.day.month].append(trip)
        self.files = Files(out)
        self.serials: Counter[str] = Counter()
        self.clients: dict[str, set[str]] = {hub.number: set() for hub in self.market.hubs}
        self._owed: Counter[str] = Counter()
        self._quotas = self._plan_quotas(planted)
        self.case_seizure = ""

    def _plan_quotas(self, planted: list[Declaration]) -> dict[str, list[int]]:
        size = self.size
        seized = sum(trip.plan is not None and trip.plan.seized is not None for trip in planted)
        seen = sum(len(trip.plan.seen) for trip in planted if trip.plan)
        return {
            seizures.SOURCE: spread(size.seizures - seized),
            movements.SOURCE: spread(size.movements - seen),
            notices.SOURCE: spread(size.notices - size.warned * len(self.groups)),
            asycuda.SOURCE: _early(size.asycuda),
            wco.SOURCE: _early(size.wco),
        }

    def run(self, progress: Progress | None) -> Truth:
        """Write all files and give the answers."""
        warnings = self._warnings()
        with self.files:
            for index, (year, month) in enumerate(MONTHS):
                trips = self._trips(index)
                self._forms(trips, index)
                # Numbers follow the days, as registers give them.
                for trip in trips:
                    trip.number = self._number(trip)
                    self._declare(trip)
                self._seize(trips, index)
                self._move(trips, index)
                self._warn(warnings[year, month], index)
                if progress:
                    progress("training", index + 1, len(MONTHS))
        return self._answer()

    def _trips(self, index: int) -> list[Declaration]:
        trips = [*self.trade.month(index), *self.planted[MONTHS[index]]]
        self.rng.shuffle(trips)
        return sorted(trips, key=lambda trip: trip.day)

    def _forms(self, trips: list[Declaration], index: int) -> None:
        for source, land in ((asycuda.SOURCE, "GE"), (wco.SOURCE, "BG")):
            fit = [trip for trip in trips if _fits(trip, land)]
            # Planted trips first, but few: the rest of them belongs into the tables.
            fit.sort(key=lambda trip: trip.plan is None)
            for trip in fit:
                if self._due_now(source, index, trip):
                    trip.form, trip.declarant = source, self.rng.choice(self.market.agents[land])
        for source in (asycuda.SOURCE, wco.SOURCE):
            self._owed[source] += self._quotas[source][index]

    def _due_now(self, source: str, index: int, trip: Declaration) -> bool:
        if self._owed[source] + self._quotas[source][index] <= 0:
            return False
        if trip.plan and self.serials[f"planted {source}"] >= _PLANTED_DOCUMENTS:
            return False
        self.serials[f"planted {source}"] += trip.plan is not None
        self._owed[source] -= 1
        return True

    def _number(self, trip: Declaration) -> str:
        if trip.form == wco.SOURCE:
            return self.makers.registers.mrn(trip.day.year, "BG")
        if trip.form == asycuda.SOURCE:
            self.serials[asycuda.SOURCE] += 1
            return f"C {trip.day:%y}{self.serials[asycuda.SOURCE]:04}"
        counter = f"{trip.day:%y}{STOPS[trip.office].office}{trip.regime}"
        self.serials[counter] += 1
        return f"{counter}{self.serials[counter]:06}"

    def _declare(self, trip: Declaration) -> None:
        if trip.form == asycuda.SOURCE:
            self.files.document(
                trip.form, f"sad-{trip.number.replace(' ', '')}", asycuda.sad(trip, self.scribe)
            )
        elif trip.form == wco.SOURCE:
            self.files.document(trip.form, f"dec-{trip.number}", wco.dec(trip, self.scribe))
        else:
            year, month = trip.day.year, trip.day.month
            for row in declarations.rows(trip, self.scribe, is_turkish(year, month)):
                self.files.declaration(year, month, row)
        self.truth.counts[trip.form] = self.truth.counts.get(trip.form, 0) + 1
        if trip.declarant.number in self.clients:
            client = trip.consignor if trip.regime == "EX" else trip.consignee
            self.clients[trip.declarant.number].add(client.number)
        if trip.plan:
            self._group(trip).declarations.append(trip.number)
            self.truth.routes[trip.number] = list(true_route(trip))

    def _group(self, trip: Declaration) -> Group:
        if trip.plan is None:
            raise ValueError("a lawful trip has no group")
        return self.groups[trip.plan.group - 1]

    def _seize(self, trips: list[Declaration], index: int) -> None:
        year, month = MONTHS[index]
        rows: list[tuple[dict[str, str], Declaration | None]] = []
        lawful = [
            trip for trip in trips if trip.plan is None and trip.vehicle and trip.driver and not trip.pinned
        ]
        for _ in range(self._quotas[seizures.SOURCE][index]):
            hit = self.rng.choice(lawful) if lawful and self.rng.random() < 0.2 else None
            day = date(year, month, self.rng.randrange(days(year, month)) + 1)
            rows.append((seizures.lone(day, self.market, self.scribe, hit), None))
        for trip in trips:
            if trip.plan and trip.plan.seized is not None:
                rows.append((seizures.planted(trip, self._group(trip), self.scribe), trip))
        for row, stopped in sorted(rows, key=lambda pair: pair[0]["date"]):
            self._report(row, stopped)

    def _report(self, row: dict[str, str], trip: Declaration | None) -> None:
        year = row["date"][:4]
        self.serials[seizures.SOURCE] += 1
        row["report_no"] = f"{row['country']}-{year}-{self.serials[seizures.SOURCE]:06}"
        self.files.table(seizures.SOURCE, year, row)
        if trip:
            self._group(trip).seizures.append(row["report_no"])
            if trip is self.case.trip:
                self.case_seizure = row["report_no"]

    def _move(self, trips: list[Declaration], index: int) -> None:
        lawful = [trip for trip in trips if trip.plan is None]
        chosen = [(trip, stop) for trip in trips if trip.plan for stop in trip.plan.seen]
        for _ in range(self._quotas[movements.SOURCE][index]):
            trip = self.rng.choice(lawful)
            stops = [stop for stop, name in enumerate(trip.route) if STOPS[name].kind != "city"]
            chosen.append((trip, self.rng.choice(stops)))
            self.truth.routes[trip.number] = list(trip.route)
        # Ids are given before sorting: a register notes what comes in, not when it happened.
        made = []
        for trip, stop in chosen:
            self.serials[movements.SOURCE] += 1
            made.append(movements.movement(trip, stop, self.serials[movements.SOURCE], self.scribe))
        for row in sorted(made, key=lambda row: (row["date"], row["movement_id"])):
            self.files.table(movements.SOURCE, row["date"][:4], row)

    def _warnings(self) -> dict[tuple[int, int], list[tuple[dict[str, str], Group]]]:
        """The notices on groups, by the month of their date."""
        found: dict[tuple[int, int], list[tuple[dict[str, str], Group]]] = defaultdict(list)
        for group in self.groups:
            rows = []
            if group.number == 1:
                rows.append(notices.opening(self.case, group, self.scribe))
            for number in range(self.size.warned - len(rows)):
                trip = group.trips[self.rng.randrange(2, len(group.trips))]
                rows.append(notices.planted(group, number, trip, self.scribe))
            for row in rows:
                day = date.fromisoformat(row["date"])
                found[day.year, day.month].append((row, group))
        return found

    def _warn(self, planted: list[tuple[dict[str, str], Group]], index: int) -> None:
        year, month = MONTHS[index]
        rows: list[tuple[dict[str, str], Group | None]] = list(planted)
        for _ in range(self._quotas[notices.SOURCE][index]):
            day = date(year, month, self.rng.randrange(days(year, month)) + 1)
            rows.append((notices.idle(day, self.market, self.scribe), None))
        for row, group in sorted(rows, key=lambda pair: pair[0]["date"]):
            self.serials[notices.SOURCE] += 1
            row["notice_no"] = f"N-{year}-{self.serials[notices.SOURCE]:05}"
            self.files.table(notices.SOURCE, str(year), row)
            if group:
                group.notices.append(row["notice_no"])
                if row["role"] == "suspect" and row["subject"] == notices.OPENING:
                    self.truth.case1 = {"notice": row["notice_no"]}

    def _answer(self) -> Truth:
        answers, group = self.truth, self.groups[0]
        answers.counts |= {
            source: self.serials[source] for source in (seizures.SOURCE, movements.SOURCE, notices.SOURCE)
        }
        answers.groups = [truth.group(one) for one in self.groups]
        answers.brokers = [
            {"name": hub.name, "tax_id": hub.number, "clients": len(self.clients[hub.number])}
            for hub in self.market.hubs
        ]
        passed = {name for route in answers.routes.values() for name in route}
        passed |= {name for group in self.groups for route in group.routes for name in route}
        answers.places = {name: truth.place(name) for name in sorted(passed)}
        answers.same = sorted(self.scribe.same)
        answers.case1 = case1.told(self.case, group, answers.case1["notice"], "4x4 B2 H1", self.case_seizure)
        return answers


def _early(total: int) -> list[int]:
    """Documents over the first 20 months, so that four are left to make up for months without a fitting trip."""
    return [
        total * (month + 1) // 20 - total * month // 20 if month < 20 else 0 for month in range(len(MONTHS))
    ]


def _fits(trip: Declaration, land: str) -> bool:
    """Whether a trip can be told by the import declaration of another country: it ends there and was not stopped."""
    if country(trip.route[-1]) != land or trip.mode != "30" or not trip.vehicle or trip.pinned:
        return False
    return trip.consignee.country == land and (
        trip.plan is None or (trip.plan.seized is None and not trip.plan.case)
    )


def generate(seed: int, out: Path, size: SizeName, progress: Progress | None = None) -> Truth:
    """Write an invented world below `out`: a folder for each source, README.txt and truth.json; the same bytes for a seed.

    An earlier world at that place is replaced; any other content is refused with InputError. `progress` is called with
    (stage, done, of) after each of the 24 months. KeyError for a size that does not exist.
    """
    clear(out)
    answers = World(seed, size, out).run(progress)
    (out / "README.txt").write_text(README.format(seed=seed, size=size), encoding="utf-8")
    answers.write(out / "truth.json")
    return answers
