"""Commands about folders whose files are imported as they come."""

import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from importer.cli.options import common, example, perform

if TYPE_CHECKING:
    from importer.jobs.session import Session


@click.group()
def drops() -> None:
    """Import what comes into the folders that importer.toml names."""


@drops.command(epilog=example("importer drops schedule --for cron --at 02:30"))
@click.option(
    "--at",
    type=click.DateTime(["%H:%M"]),
    default="02:30",
    show_default=True,
    metavar="HH:MM",
    help="When, every day.",
)
@click.option(
    "--for",
    "kind",
    type=click.Choice(["cron", "systemd", "windows"]),
    help="Only what this one takes.",
)
@common
def schedule(at: datetime, kind: str | None, **given: Any) -> int:
    """Print what starts a pass every day, for a scheduler to take."""

    def work(session: "Session") -> None:
        from importer.drops.needed import refuse_no_drops, refuse_unnamed_journal
        from importer.drops.planned import planned, program_words
        from importer.drops.schedule import KINDS
        from importer.drops.schedule import schedule as texts

        settings = session.settings
        refuse_no_drops(settings)
        refuse_unnamed_journal(settings)
        is_own = session.named.journal or os.environ.get("IMPORTER_JOURNAL")
        program = program_words(sys.argv[0], sys.executable)
        journal = settings.journal if is_own else None
        wanted = planned(settings, os.environ, program, at.time(), journal=journal)
        session.shown = texts(wanted, [kind] if kind else KINDS)

    return perform(work, **given)
