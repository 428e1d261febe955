"""The command `importer`. Options in, one call, exit code out; heavy modules are imported by the
commands that need them: `importer --help` costs little more than click."""

import click

from importer import __version__
from importer.cli.account import check, fields, sandbox
from importer.cli.drops import drops
from importer.cli.jobs import (
    cancel,
    purge,
    rejects,
    report,
    resolve,
    results,
    retry,
    salvage,
    status,
    undo,
    verify,
)
from importer.cli.lists import preview, run, suggest
from importer.cli.passes import accept, watch
from importer.cli.passes import check as check_drops
from importer.cli.passes import run as run_drops


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="importer")
def cli() -> None:
    """Import marketing lists into LeadSquared: nothing lost, nothing twice.

    \b
    importer check                                         are the keys right
    importer suggest leads.xlsx -o mappings/leads.yaml     draft the mapping
    importer preview leads.xlsx -m mappings/webinar.yaml   what would be sent
    importer run leads.xlsx -m mappings/webinar.yaml       import, or carry on
    importer status                                        where every job is
    importer run leads.rejects.csv                         run what you mended
    """


for command in (
    check, fields, suggest, run, preview, status, retry, resolve, cancel, rejects, results, report,
    verify, undo, purge, salvage, drops, sandbox,
):  # fmt: skip
    cli.add_command(command)
for command in (run_drops, watch, check_drops, accept):
    drops.add_command(command)
