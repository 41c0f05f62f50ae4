"""Weights fitted to what people said: their judgements of this store, and pairs of a file; taken only if they do better."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from graphintel.acts import flat, match, weights
from graphintel.acts.compare import described
from graphintel.acts.session import Session
from graphintel.desk import log
from graphintel.errors import InputError
from graphintel.log import now
from graphintel.resolve.fit import Example, Figures, data_hash, fitted, held_out, measured
from graphintel.store.read import compared, judgements
from graphintel.store.read.profile import full_profile

Row = dict[str, Any]
Report = Callable[[int, int, str], None]
# Columns that say whether a pair is one, and what they may say.
_VERDICTS = ("verdict", "same", "is_match", "match")
_SAID = {
    "1": True,
    "true": True,
    "yes": True,
    "same": True,
    "0": False,
    "false": False,
    "no": False,
    "different": False,
}
_PAGE = 1000
# Fewer pairs kept back than this tell nothing; so much worse calibrated is worse.
_FEWEST_HELD, _WORSE = 10, 0.01


def fit(
    session: Session, *, pairs: Path | None = None, judged: bool = True, anyway: bool = False,
    report: Report = lambda done, total, what: None,
) -> Row:  # fmt: skip
    """Fit weights to judged pairs, beginning at those in use; half of the groups is kept back and measured.

    They are taken if F1 on what was kept back is no lower and the calibration no worse, or `anyway`. What the program judged
    by itself teaches nothing. Raises InputError for too few pairs, or pairs of one verdict only.
    """
    before = weights.current(session.settings)
    report(0, 0, "reading judged pairs")
    said = _judged(session) if judged else []
    given = _listed(pairs) if pairs else []
    examples = [*said, *given]
    held = [one for one in examples if held_out(one.group)]
    if len(held) < _FEWEST_HELD or len({one.same for one in held}) < 2:
        raise InputError(
            f"There are {len(examples)} judged pairs, of which {len(held)} would be kept back; "
            f"at least {_FEWEST_HELD} of these, of both verdicts, are needed: judge more, or name a file with --pairs."
        )
    when = now()
    name = weights.named(data_hash(examples), when)
    report(0, 0, f"fitting to {len(examples):,} pairs")
    made = fitted(examples, before, name, when, onward=True)
    old, new = measured(held, before), measured(held, made)
    better = new.f1 >= old.f1 and new.calibration_error <= old.calibration_error + _WORSE
    told = {"before": _figures(old), "after": _figures(new)}
    made.about.update(held_out=told, began=before.version, judgements=len(said), listed=len(given))
    path = weights.keep(session.settings, made)
    if better or anyway:
        weights.use(session.settings, name)
    done: Row = {
        "version": name, "hash": made.hash(), "taken": better or anyway, "better": better, "began": before.version,
        "pairs": len(examples), "judgements": len(said), "listed": len(given), "held_out": told, "file": str(path),
    }  # fmt: skip
    log.write(session.desk, session.actor, "weights fitted", **done)
    return done


def _figures(found: Figures) -> Row:
    return {
        "pairs": found.pairs, "precision": round(found.precision, 4), "recall": round(found.recall, 4),
        "f1": round(found.f1, 4), "calibration_error": round(found.calibration_error, 4),
        "bins": [[one.pairs, round(one.said, 4), round(one.found, 4)] for one in found.bins],
    }  # fmt: skip


def _judged(session: Session) -> list[Example]:
    """What persons judged same or different and did not take back, with what both statements are compared by.

    Pairs of one thing are one group, so that none of them is fitted to while another is measured with.
    """
    profile = full_profile(session.store)
    rows: list[Row] = []
    after: tuple[int, str] | None = None
    while True:
        page = judgements.judgements(session.store, profile, after=after, limit=_PAGE)
        rows += [row for row in page if row["verdict"] in ("same", "different") and not row["model"]]
        if len(page) < _PAGE:
            break
        after = (page[-1]["counter"], page[-1]["id"])
    ids = sorted({row[end] for row in rows for end in ("left", "right")})
    known = described(session, ids, profile)
    at = compared.entities(session.store, ids)
    return [
        Example(known[row["left"]], known[row["right"]], row["verdict"] == "same",
                f"judged/{min(at.get(row['left'], ''), at.get(row['right'], ''))}")
        for row in rows
        if row["left"] in known and row["right"] in known
    ]  # fmt: skip


def _listed(path: Path) -> list[Example]:
    """The pairs of a file in the form of `match pairs`, with a column that says whether each is one."""
    table = flat.read(path)
    column = next((name for name in table.columns if name.lower() in _VERDICTS), None)
    if column is None:
        raise InputError(f"{table.name} has no column {', '.join(_VERDICTS)} that says which pairs are one.")
    reader = match.pair_reader(table)
    found = []
    for number, row in enumerate(table.rows, 1):
        said = _SAID.get(row[column].strip().lower())
        if said is None:
            raise InputError(
                f"{table.name}: row {number} says {row[column]!r} in `{column}`; write same or different, 1 or 0."
            )
        pair = reader.pair(row)
        found.append(Example(pair.left, pair.right, said, f"{path.stem}/{row.get('group') or number}"))
    return found
