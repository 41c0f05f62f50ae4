"""The weights of comparing: `resolve fit`, `resolve weights`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphintel.acts import fit as acts
from graphintel.acts import weights as weighing
from graphintel.cli.options import AsJson, session, settings
from graphintel.cli.output import print_json, print_line, print_table, progress


def fit(
    pairs: Annotated[
        Path | None,
        typer.Option(help="A file of pairs as for `match pairs`, with a column verdict (same, different)."),
    ] = None,
    from_judgements: Annotated[
        bool, typer.Option("--judgements/--no-judgements", help="Learn from what people judged here.")
    ] = True,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Take them even if they do worse on what was kept back.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fit the weights to judged pairs; taken if they do no worse on the half that is kept back."""
    with session() as opened, progress("fitting") as report:
        done = acts.fit(opened, pairs=pairs, judged=from_judgements, anyway=anyway, report=report)
    if as_json:
        print_json(done)
        return
    print_line(
        f"{done['version']}: {done['pairs']:,} pairs ({done['judgements']:,} judgements, {done['listed']:,} of a file)"
    )
    rows = [
        [name, *(f"{told[key]:.4f}" for key in ("precision", "recall", "f1", "calibration_error"))]
        for name, told in (
            (done["began"], done["held_out"]["before"]),
            (done["version"], done["held_out"]["after"]),
        )
    ]
    print_table(
        [
            f"on {done['held_out']['after']['pairs']:,} kept back",
            "precision",
            "recall",
            "F1",
            "calibration error",
        ],
        rows,
    )
    if done["taken"]:
        print_line("in use from now on; `graphintel resolve run --again` compares everything by them")
    else:
        print_line("not taken, since they do worse; --anyway takes them, `resolve weights --use` goes back")


def weights(
    use: Annotated[str, typer.Option(help="Compare by this version from now on; `shipped` goes back.")] = "",
    as_json: AsJson = False,
) -> None:
    """The weights that there are, and by which comparing goes."""
    if use:
        weighing.use(settings(), use)
    found = weighing.listed(settings())
    if as_json:
        print_json({"weights": found})
        return
    rows = [
        [
            "in use" if row["in_use"] else "",
            row["version"],
            row["when"][:16],
            f"{row['pairs']:,}",
            row["hash"][:12],
        ]
        for row in found
    ]
    print_table(["", "version", "fitted", "pairs", "hash"], rows)
