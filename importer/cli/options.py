"""Options that several commands share, and the frame in which each does its work."""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from importer.console.console import Console
    from importer.jobs.session import Session

Command = Callable[..., Any]
FILE = click.Path(path_type=Path)

# A thread's longest turn; Python's 5 ms let the journal's thread wait for the senders after each of
# its statements: without a limit, a tenth of a run. The process is ours alone here.
TURN_S = 0.0002
AT_ONCE = b"importer: stopped at once; the next run looks for what was under way\n"

out_option = click.option("--out", type=FILE, metavar="DIR", help="Where files are written.")
rate_option = click.option("--rate", metavar="N/Ts", help="Calls in seconds: 25/5s; or none.")
limit_option = click.option(
    "--limit", type=click.IntRange(min=1), help="Send at most so many rows."
)
keep_going_option = click.option(
    "--keep-going", is_flag=True, help="Also where the first rows are all refused alike."
)
read_back_option = click.option(
    "--read-back",
    type=click.IntRange(min=0),
    metavar="N",
    help="New leads to read again and compare. Default: 1%, and 5 at least.",
)
list_option = click.option(
    "--list", "list_name", metavar="NAME", help="A static list to add the leads to."
)
report_option = click.option(
    "--report", is_flag=True, help="Write the page that tells of the job, too."
)
mapping_option = click.option(
    "-m", "--mapping", type=FILE, metavar="FILE", help="Columns to fields, in YAML."
)
job_argument = click.argument("job", required=False, metavar="[JOB]")
yes_option = click.option("--yes", is_flag=True, help="Do not ask first.")


def example(line: str) -> str:
    """What stands below a command's help."""
    return f"\b\nExample:\n  {line}\n"


def common(command: Command) -> Command:
    """Options of every command; the command gets a session's parts as `console` and the rest."""

    @click.option("--journal", metavar="FILE", help="The journal. Default: importer.db.")
    @click.option("--config", metavar="FILE", help="The settings. Default: importer.toml.")
    @click.option("--json", "as_json", is_flag=True, help="End stdout with one JSON object.")
    @click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks.")
    @click.option(
        "-v", "--verbose", count=True, help="Say what the account refuses; -vv: each call."
    )
    @wraps(command)
    def wrapped(
        journal: str | None,
        config: str | None,
        as_json: bool,
        quiet: bool,
        verbose: int,
        **options: Any,
    ) -> Any:
        from importer.console.console import Console

        console = Console(as_json=as_json, verbosity=-1 if quiet else verbose)
        return command(console=console, journal=journal, config=config, **options)

    return wrapped


def calls_options(command: Command) -> Command:
    """Options of every command that calls the API."""
    account = click.option("--account", metavar="NAME", help="An account of importer.toml.")
    return account(rate_option(command))


def reading_options(command: Command) -> Command:
    """How a file is read, where it is not to be found out; the command gets them as `reading`."""

    @click.option("--sheet", metavar="NAME|N", help="Of a workbook. Default: the first visible.")
    @click.option("--header-row", type=click.IntRange(min=1), help="The row of the columns' names.")
    @click.option("--range", "area", metavar="A3:D20", help="The table's cells; A3:D: to the end.")
    @click.option("--encoding", metavar="NAME", help="Of a CSV, such as windows-1252.")
    @click.option(
        "--short-rows",
        type=click.Choice(["refuse", "pad"]),
        default="refuse",
        help="Rows narrower than the header: refuse them, or fill them with blank cells.",
    )
    @click.option("--delimiter", metavar="SIGN", help="Of a CSV: comma, semicolon, tab, pipe.")
    @wraps(command)
    def wrapped(
        sheet: str | None,
        header_row: int | None,
        area: str | None,
        encoding: str | None,
        delimiter: str | None,
        short_rows: str,
        **options: Any,
    ) -> Any:
        reading = {
            "sheet": sheet,
            "header_row": header_row,
            "area": area,
            "encoding": encoding,
            "delimiter": delimiter,
            "pads": short_rows == "pad",
        }
        return command(reading=reading, **options)

    return wrapped


def perform(
    work: Callable[["Session"], None],
    *,
    console: "Console",
    journal: str | None,
    config: str | None,
    calls: bool = False,
    out: Path | None = None,
    limit: int | None = None,
    keep_going: bool = False,
    read_back: int | None = None,
    report: bool = False,
    list_name: str | None = None,
    account: str | None = None,
    rate: str | None = None,
) -> int:
    """Do a command's work on a session, and say how it ended. calls: it needs an account."""
    from importer.jobs.session import Options, Session
    from importer.journal.trouble import accounted

    given = Options(out, limit, keep_going, read_back, report, list_name)
    with Session(console, journal, given) as session:
        session.named = replace(session.named, config=config, account=account)
        _heed_signals(session)

        def action() -> None:
            session.begin(os.environ, config)
            if calls:
                sys.setswitchinterval(TURN_S)
                session.use_account(os.environ, account, rate)
            with accounted(session.settings.journal.resolve()):
                work(session)

        return console.run(session, action)


def _heed_signals(session: "Session") -> None:
    """The first Ctrl-C or SIGTERM ends in order; the second at once, which is as safe."""

    def heed(number: int, _: object) -> None:
        if session.stop.signal is not None:
            os.write(2, AT_ONCE)
            os._exit(128 + number)
        session.stop.request(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, heed)
