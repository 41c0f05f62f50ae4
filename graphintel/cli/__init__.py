"""The commands of contract.md: one short file a group, one way out for every error."""

from __future__ import annotations

import os
import sys

import typer

from graphintel import log
from graphintel.cli import (
    analysis,
    ask,
    backup,
    chart,
    finding,
    graph,
    load,
    match,
    notice,
    program,
    provider,
    quality,
    quarantine,
    resolve,
    retract,
    source,
    store,
    training,
)
from graphintel.cli.output import print_json, say, wants_json
from graphintel.errors import GraphIntelError, InputError

INTERRUPTED = 130

app = typer.Typer(
    name="graphintel", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Link analysis for customs intelligence.",
)  # fmt: skip
for group in (
    program,
    store,
    backup,
    load,
    quarantine,
    source,
    quality,
    retract,
    notice,
    resolve,
    provider,
    graph,
    ask,
    analysis,
    finding,
    match,
    chart,
    training,
):
    group.register(app)


def main() -> None:
    """Run a command; every refusal is one sentence and an exit code of the contract."""
    log.set_up()
    try:
        code = _ran()
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        code = 0
    except OSError as error:
        _drop_output()
        what = f" {error.filename}" if error.filename else ""
        say(f"graphintel: reading or writing{what} failed: {error.strerror or error}.")
        code = InputError.exit_code
    sys.exit(code)


def _ran() -> int:
    """The exit code of the command line; what is wrong with it has been said."""
    output = sys.stdout
    try:
        _legible(sys.argv[1:])
        code = app(standalone_mode=False)
    except SystemExit:
        # typer ends the program itself when nobody reads its output any more, and wraps stdout before.
        if sys.stdout is output:
            raise
        raise BrokenPipeError from None
    except GraphIntelError as error:
        return _refused(error)
    except typer.TyperException as error:
        return _misused(error)
    except typer.Abort:
        say("graphintel: not confirmed; nothing was done.")
        return InputError.exit_code
    if code == INTERRUPTED:
        say("graphintel: stopped; what was committed stays, run the same command again to go on.")
    return code if isinstance(code, int) else 0


def _refused(error: GraphIntelError) -> int:
    if wants_json():
        print_json(error.as_json())
    say(f"graphintel: {error.message}")
    return error.exit_code


def _misused(error: typer.TyperException) -> int:
    """Wrong use of a command; without a message its help was printed already."""
    message = " ".join(error.format_message().split())
    if not message:
        return InputError.exit_code
    command = getattr(getattr(error, "ctx", None), "command_path", "graphintel")
    return _refused(InputError(f"{message.rstrip('.')}. See `{command} --help`."))


def _legible(arguments: list[str]) -> None:
    """InputError if the command line holds bytes that are no text: no store and no report could name them."""
    for argument in arguments:
        if not argument.isascii() and argument != argument.encode("utf-8", "replace").decode():
            shown = argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            raise InputError(f"{shown!r} is not UTF-8; give the file a name in UTF-8, or write the text so.")


def _drop_output() -> None:
    # What could not be written must not be tried again, and fail again, when Python ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
