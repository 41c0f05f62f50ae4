"""The commands of contract.md: one short file a group, one way out for every error."""

from __future__ import annotations

import sys

import orjson
import typer

from graphintel import log
from graphintel.cli import analysis, ask, chart, graph, load, program, store, training
from graphintel.cli.output import wants_json
from graphintel.errors import GraphIntelError

app = typer.Typer(
    name="graphintel", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Link analysis for customs intelligence.",
)  # fmt: skip
for group in (program, store, load, graph, ask, analysis, chart, training):
    group.register(app)


def main() -> None:
    """Run a command; every refusal is one sentence and an exit code of the contract."""
    log.set_up()
    try:
        app(standalone_mode=True)
    except GraphIntelError as error:
        if wants_json():
            sys.stdout.write(orjson.dumps(error.as_json(), default=str).decode() + "\n")
        sys.stderr.write(f"graphintel: {error.message}\n")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.stderr.write(
            "graphintel: stopped; what was committed stays, run the same command again to go on.\n"
        )
        sys.exit(130)
