"""Commands that take a file: `run`, `preview` and `suggest`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from importer.cli.options import (
    FILE,
    calls_options,
    common,
    example,
    keep_going_option,
    limit_option,
    list_option,
    mapping_option,
    out_option,
    perform,
    read_back_option,
    reading_options,
    report_option,
)

if TYPE_CHECKING:
    from importer.jobs.session import Session


@click.command(epilog=example("importer run leads.xlsx -m mappings/trade_show.yaml --limit 5"))
@click.argument("file", type=FILE)
@mapping_option
@click.option("--again", is_flag=True, help="Send all of its rows once more, accepted ones too.")
@limit_option
@keep_going_option
@read_back_option
@list_option
@report_option
@out_option
@calls_options
@reading_options
@common
def run(
    file: Path, mapping: Path | None, again: bool, reading: dict[str, Any], **given: Any
) -> int:
    """Import FILE (CSV or Excel), carry on with it, or run a mended reject file."""

    def work(session: "Session") -> None:
        from importer.intake.source.file import Reading
        from importer.jobs.start import run_file

        run_file(session, file, mapping, Reading(**reading), again=again)

    return perform(work, calls=True, **given)


@click.command(epilog=example("importer preview leads.xlsx -m mappings/trade_show.yaml"))
@click.argument("file", type=FILE)
@mapping_option
@click.option("--html", type=FILE, metavar="PAGE", help="Write it as a page for a browser, too.")
@calls_options
@reading_options
@common
def preview(
    file: Path,
    mapping: Path | None,
    html: Path | None,
    account: str | None,
    rate: str | None,
    reading: dict[str, Any],
    **given: Any,
) -> int:
    """Show what an import of FILE would do; nothing is sent."""

    def work(session: "Session") -> None:
        from importer.intake.source.file import Reading
        from importer.jobs.preview import preview_file

        session.use_account_if_any(os.environ, account)
        preview_file(session, file, mapping, Reading(**reading), rate=rate, html=html)

    return perform(work, **given)


@click.command(epilog=example("importer suggest leads.xlsx -o mappings/leads.yaml"))
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Where the mapping is written.")
@click.option("--ask", "asks", is_flag=True, help="Go through what is not sure, at the terminal.")
@click.option("--account", metavar="NAME", help="An account of importer.toml.")
@reading_options
@common
def suggest(
    file: Path,
    output: Path | None,
    asks: bool,
    account: str | None,
    reading: dict[str, Any],
    **given: Any,
) -> int:
    """Draft a mapping for FILE: which column goes into which field, and how."""

    def work(session: "Session") -> None:
        from importer.console.choose import choose, refuse_no_terminal
        from importer.console.suggestion import table_teller
        from importer.intake.source.file import Reading
        from importer.jobs.suggest import suggest_file

        if asks:
            refuse_no_terminal()
        session.use_account_if_any(os.environ, account)
        asked = choose if asks else None
        suggest_file(
            session, file, output, Reading(**reading), asked, table_teller(session.voice.say)
        )

    return perform(work, **given)
