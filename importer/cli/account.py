"""Commands about the account, and about the local stand-in for one."""

from typing import TYPE_CHECKING, Any

import click

from importer.cli.options import calls_options, common, example, perform

if TYPE_CHECKING:
    from importer.jobs.session import Session

SECONDS: dict[str, Any] = {
    "type": float,
    "default": 0,
    "show_default": True,
    "metavar": "SECONDS",
}


@click.command(epilog=example("importer check --account acme"))
@click.option("--forget-limit", is_flag=True, help="Drop the limit learned from refused calls.")
@calls_options
@common
def check(forget_limit: bool, **given: Any) -> int:
    """Tell whether the keys are right, whose account it is, and what limits are kept to."""

    def work(session: "Session") -> None:
        from importer.jobs.check import check_all

        check_all(session, forget_limit=forget_limit)

    return perform(work, calls=True, **given)


@click.command(epilog=example("importer fields city --account acme"))
@click.argument("search", required=False, metavar="[TEXT]")
@calls_options
@common
def fields(search: str | None, **given: Any) -> int:
    """Ask the account for its fields and users; with TEXT, those that have it in a name."""

    def work(session: "Session") -> None:
        from importer.jobs.account_fields import show_fields

        show_fields(session, search)

    return perform(work, calls=True, **given)


@click.command(epilog=example("importer sandbox --port 0 --fault bare500=5%,drop=1%"))
@click.option("--port", default=8800, show_default=True, help="0: a free one.")
@click.option("--limit", default="25/5s", show_default=True, help="Calls in seconds, or none.")
@click.option("--latency", default="0", show_default=True, help="ms after a call is counted.")
@click.option("--uplink", default="0", show_default=True, help="ms before a call is counted.")
@click.option("--seed", default=0, show_default=True, help="Of keys, latencies and faults.")
@click.option("--fault", multiple=True, metavar="NAME=P%", help="drop=3%,late=1%,bare500=5%,…")
@click.option("--throttle-as", default="mixed", show_default=True, help="429, 403, 200 or mixed.")
@click.option("--lag", **SECONDS, help="How long reads miss a new lead.")
@click.option("--ahead", **SECONDS, help="How far its clock is ahead.")
@click.option("--unique", multiple=True, metavar="FIELD", help="A field that is unique too.")
@click.option("--field", multiple=True, metavar="FIELD", help="One more; Name=A|B: a drop-down.")
@click.option("--mandatory", multiple=True, metavar="FIELD", help="A field that no lead may lack.")
@click.option("--drop-field", multiple=True, metavar="FIELD", help="Its values are not stored.")
@click.option("--deletion", default="on", show_default=True, help="on, off, 403 or 404.")
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
                lag_s=given["lag"],
                ahead_s=given["ahead"],
                unique=given["unique"],
                fields=given["field"],
                mandatory=given["mandatory"],
                dropped=given["drop_field"],
                deletion=given["deletion"],
            )
        )
    except ModuleNotFoundError as error:
        fix = "install it: pip install 'leadsquared-importer[sandbox]'"
        return Console().fail(SettingsError(f"the sandbox needs {error.name}", fix=fix))
    except (OSError, ValueError) as error:
        return Console().fail(SettingsError(str(error), fix="importer sandbox --help"))
    return 0
