"""Options in, one call, exit code out. Heavy modules are imported by the commands that need them:
`importer --help` costs little more than click."""

import os
import signal
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from importer import __version__

if TYPE_CHECKING:
    from importer.console.console import Console
    from importer.jobs.session import Session

Command = Callable[..., Any]
FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="importer")
def cli() -> None:
    """Import marketing lists into LeadSquared: nothing lost, nothing twice.

    \b
    importer preview leads.xlsx -m mappings/trade_show.yaml   what would be sent, and what not
    importer run leads.xlsx -m mappings/trade_show.yaml       import a file, or carry on
    importer status                                           where every job stands
    importer run leads.rejects.csv                            run what you mended
    """


def common(command: Command) -> Command:
    """Options of every command; the command gets a session's parts as `console` and the rest."""

    @click.option("--journal", metavar="FILE", help="The journal. Default: importer.db.")
    @click.option("--json", "as_json", is_flag=True, help="End stdout with one JSON object.")
    @click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks.")
    @click.option("-v", "--verbose", count=True, help="Say each refusal; -vv: each call.")
    @wraps(command)
    def wrapped(
        journal: str | None, as_json: bool, quiet: bool, verbose: int, **options: Any
    ) -> Any:
        from importer.console.console import Console

        console = Console(as_json=as_json, verbosity=-1 if quiet else verbose)
        return command(console=console, journal=journal, **options)

    return wrapped


def reading_options(command: Command) -> Command:
    """How a file is read, where it is not to be found out; the command gets them as `reading`."""

    @click.option("--sheet", metavar="NAME|N", help="Of a workbook. Default: the first.")
    @click.option("--header-row", type=click.IntRange(min=1), help="The row of the columns' names.")
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
        encoding: str | None,
        delimiter: str | None,
        short_rows: str,
        **options: Any,
    ) -> Any:
        reading = {
            "sheet": sheet,
            "header_row": header_row,
            "encoding": encoding,
            "delimiter": delimiter,
            "pads": short_rows == "pad",
        }
        return command(reading=reading, **options)

    return wrapped


out_option = click.option("--out", type=FILE, metavar="DIR", help="Where files are written.")
rate_option = click.option("--rate", metavar="N/Ts", help="Calls in seconds: 25/5s; or none.")
mapping_option = click.option(
    "-m", "--mapping", type=FILE, metavar="FILE", help="Columns to fields, in YAML."
)
job_argument = click.argument("job", required=False, metavar="[JOB]")


@cli.command()
@click.argument("file", type=FILE)
@mapping_option
@click.option("--limit", type=click.IntRange(min=1), help="Send at most so many rows.")
@out_option
@rate_option
@reading_options
@common
def run(file: Path, mapping: Path | None, reading: dict[str, Any], **given: Any) -> int:
    """Import FILE (CSV or Excel), carry on with it, or run a mended reject file."""

    def work(session: "Session") -> None:
        from importer.intake.source.file import Reading
        from importer.jobs.start import run_file

        run_file(session, file, mapping, Reading(**reading))

    return _perform(work, calls=True, **given)


@cli.command()
@click.argument("file", type=FILE)
@mapping_option
@rate_option
@reading_options
@common
def preview(
    file: Path,
    mapping: Path | None,
    rate: str | None,
    reading: dict[str, Any],
    **given: Any,
) -> int:
    """Show what an import of FILE would do; nothing is sent."""

    def work(session: "Session") -> None:
        from importer.intake.source.file import Reading
        from importer.jobs.preview import preview_file

        preview_file(session, file, mapping, Reading(**reading), rate)

    return _perform(work, **given)


@cli.command()
@job_argument
@click.option("--status", multiple=True, help="Send these too: duplicate, rejected, deleted.")
@click.option("--limit", type=click.IntRange(min=1), help="Send at most so many rows.")
@out_option
@rate_option
@common
def retry(job: str | None, status: tuple[str, ...], **given: Any) -> int:
    """Go on with JOB from the journal, and send its failed rows again."""

    def work(session: "Session") -> None:
        from importer.jobs.again import retry_job

        retry_job(session, job, status)

    return _perform(work, calls=True, **given)


@cli.command()
@job_argument
@click.option("--failed", is_flag=True, help="With the rows whose errors outlasted the tries.")
@out_option
@common
def rejects(job: str | None, failed: bool, **given: Any) -> int:
    """Write JOB's refused rows with their reasons, to be mended and run."""

    def work(session: "Session") -> None:
        from importer.jobs.again import rejects_of

        rejects_of(session, job, failed=failed)

    return _perform(work, **given)


@cli.command()
@job_argument
@out_option
@common
def results(job: str | None, **given: Any) -> int:
    """Write every row of JOB with its status and its lead's Id."""

    def work(session: "Session") -> None:
        from importer.jobs.again import results_of

        results_of(session, job)

    return _perform(work, **given)


@cli.command()
@job_argument
@common
def status(job: str | None, **given: Any) -> int:
    """Show where JOB stands; without one, all jobs."""
    if job is None:
        return _perform(_list_jobs, **given)

    def work(session: "Session") -> None:
        from importer.jobs.again import show_job

        show_job(session, job)

    return _perform(work, **given)


def _list_jobs(session: "Session") -> None:
    from importer.jobs.again import list_jobs

    session.jobs = list_jobs(session)


@cli.command()
@click.option("--port", default=8800, show_default=True, help="0: a free one.")
@click.option("--limit", default="25/5s", show_default=True, help="Calls in seconds, or none.")
@click.option("--latency", default="0", show_default=True, help="ms after a call is counted.")
@click.option("--uplink", default="0", show_default=True, help="ms before a call is counted.")
@click.option("--seed", default=0, show_default=True, help="Of keys, latencies and faults.")
@click.option("--fault", multiple=True, metavar="NAME=P%", help="drop=3%,late=1%,bare500=5%,…")
@click.option("--throttle-as", default="mixed", show_default=True, help="429, 403, 200 or mixed.")
def sandbox(fault: tuple[str, ...], **given: Any) -> int:
    """Run a local stand-in for LeadSquared, to try things out."""
    from importer import sandbox as room
    from importer.console.console import Console
    from importer.errors import SettingsError

    try:
        room.serve(
            room.SandboxOptions(
                port=given["port"],
                limit=room.parse_limit(given["limit"]),
                latency_ms=room.parse_range(given["latency"]),
                uplink_ms=room.parse_range(given["uplink"]),
                seed=given["seed"],
                faults=room.parse_faults(",".join(fault)),
                throttle_as=given["throttle_as"],
            )
        )
    except ModuleNotFoundError as error:
        fix = "install it: pip install 'leadsquared-importer[sandbox]'"
        return Console().fail(SettingsError(f"the sandbox needs {error.name}", fix=fix))
    except (OSError, ValueError) as error:
        return Console().fail(SettingsError(str(error), fix="importer sandbox --help"))
    return 0


def _perform(
    work: Callable[["Session"], None],
    *,
    console: "Console",
    journal: str | None,
    calls: bool = False,
    out: Path | None = None,
    limit: int | None = None,
    rate: str | None = None,
) -> int:
    """Do a command's work on a session, and say how it ended. calls: it needs an account."""
    from importer.jobs.session import Options, Session
    from importer.settings import read_account

    with Session(console, journal, Options(out, limit)) as session:
        _heed_signals(session)

        def action() -> None:
            session.begin(os.environ)
            if calls:
                session.account = read_account(os.environ, rate=rate)
            work(session)

        return console.run(session, action)


def _heed_signals(session: "Session") -> None:
    """The first Ctrl-C or SIGTERM ends in order; the second at once, which is as safe."""

    def heed(number: int, _: object) -> None:
        if session.stop.signal is not None:
            os._exit(128 + number)
        session.stop.request(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, heed)
