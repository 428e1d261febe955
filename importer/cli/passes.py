"""Commands that work through the drops: `drops run`, `watch`, `check` and `accept`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from importer.cli.options import FILE, TURN_S, common, example, perform, rate_option

if TYPE_CHECKING:
    from importer.console.console import Console
    from importer.drops.passes import Pass
    from importer.errors import ImporterError
    from importer.jobs.session import Session

YOUNG_S = 3600.0  # in `watch`, failed rows rest so long before they are sent again
names_argument = click.argument("names", nargs=-1, metavar="[DROP]...")


@click.command(epilog=example("importer drops run"))
@names_argument
@rate_option
@common
def run(names: tuple[str, ...], rate: str | None, console: "Console", **given: Any) -> int:
    """Import what lies in the folders, and end; DROP: only these."""

    def work(session: "Session") -> None:
        from importer.drops.passes import chosen, run_once

        run_once(session, _pass(session, console, rate), chosen(session.settings, names))

    return perform(work, console=console, **given)


@click.command(epilog=example("importer drops watch events"))
@names_argument
@rate_option
@common
def watch(names: tuple[str, ...], rate: str | None, console: "Console", **given: Any) -> int:
    """Stay, and import each file as it comes."""

    def work(session: "Session") -> None:
        from importer.drops.passes import chosen
        from importer.drops.watch import keep_watch

        drops = chosen(session.settings, names)
        keep_watch(session, _pass(session, console, rate, YOUNG_S), drops, console.show_shown)

    return perform(work, console=console, **given)


@click.command(epilog=example("importer drops check"))
@names_argument
@rate_option
@common
def check(names: tuple[str, ...], rate: str | None, **given: Any) -> int:
    """Say what a pass would do; nothing is sent or moved."""

    def work(session: "Session") -> None:
        from importer.drops.check import check_drops
        from importer.drops.passes import chosen

        check_drops(session, chosen(session.settings, names), os.environ, rate)

    return perform(work, **given)


@click.command(epilog=example("importer drops accept inbox/events/leads.csv"))
@click.argument("file", type=FILE)
@click.option("--always", is_flag=True, help="Later files may be like it, too.")
@common
def accept(file: Path, always: bool, **given: Any) -> int:
    """Let a FILE through that was held back."""

    def work(session: "Session") -> None:
        from importer.drops.accept import accept_file

        accept_file(session, file, os.environ, always=always)

    return perform(work, **given)


def _pass(session: "Session", console: "Console", rate: str | None, young_s: float = 0) -> "Pass":
    from importer.drops.passes import Pass
    from importer.notices.teller import Teller
    from importer.settings import read_notices

    sys.setswitchinterval(TURN_S)

    def untold(error: "ImporterError") -> None:
        console.warn(f"warning: nobody is told there: {error.what}; {error.fix}")

    def on_bug(bug: Exception) -> "ImporterError":
        return console.bug(bug, session.trace_folder())

    notices = read_notices(session.settings, os.environ, missing=untold)
    return Pass(
        session, os.environ, Teller(notices, console.warn), on_bug, rate=rate, young_s=young_s
    )
