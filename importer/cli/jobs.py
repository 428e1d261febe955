"""Commands about a job of the journal, most of them without a call."""

from typing import TYPE_CHECKING, Any

import click

from importer.cli.options import (
    calls_options,
    common,
    example,
    job_argument,
    keep_going_option,
    limit_option,
    list_option,
    out_option,
    perform,
    read_back_option,
    report_option,
    yes_option,
)

if TYPE_CHECKING:
    from importer.jobs.session import Session


@click.command(epilog=example("importer status 3 --row 17"))
@job_argument
@click.option("--row", type=click.IntRange(min=1), help="All that is known of this row of JOB.")
@common
def status(job: str | None, row: int | None, **given: Any) -> int:
    """Show where JOB stands, or one of its rows; without one, all jobs."""

    def work(session: "Session") -> None:
        from importer.jobs.again import list_jobs, show_job
        from importer.jobs.history import show_row

        if row is not None:
            show_row(session, job, row)
        elif job is not None:
            show_job(session, job)
        else:
            session.jobs = list_jobs(session)

    return perform(work, **given)


@click.command(epilog=example("importer retry 3 --status rejected"))
@job_argument
@click.option("--status", multiple=True, help="Send these too: duplicate, rejected, deleted.")
@limit_option
@keep_going_option
@read_back_option
@list_option
@report_option
@out_option
@calls_options
@common
def retry(job: str | None, status: tuple[str, ...], **given: Any) -> int:
    """Go on with JOB from the journal, and send its failed rows again."""

    def work(session: "Session") -> None:
        from importer.jobs.again import retry_job

        retry_job(session, job, status)

    return perform(work, calls=True, **given)


@click.command(epilog=example("importer resolve 3 --row 17 --give-up"))
@job_argument
@click.option("--row", "rows", metavar="ROWS", help="Such as 3,7-12; or all.")
@click.option("--resend", is_flag=True, help="They are not in the account: send them again.")
@click.option("--mark-created", metavar="ID", help="It is in the account, as the lead of this Id.")
@click.option("--give-up", is_flag=True, help="Let them be: they end as skipped.")
@report_option
@out_option
@calls_options
@common
def resolve(
    job: str | None,
    rows: str | None,
    resend: bool,
    mark_created: str | None,
    give_up: bool,
    **given: Any,
) -> int:
    """Decide on JOB's in_doubt rows; without a decision, list them with what is known."""
    calls = resend or mark_created is not None

    def work(session: "Session") -> None:
        from importer.jobs.resolve import Decision, list_doubts, resolve_rows

        decision = Decision(resend, mark_created, give_up)
        if not decision.is_made:
            list_doubts(session, job, rows)
        else:
            resolve_rows(session, job, rows, decision)

    return perform(work, calls=calls, **given)


@click.command(epilog=example("importer cancel 3"))
@job_argument
@out_option
@common
def cancel(job: str | None, **given: Any) -> int:
    """Give up what JOB has still to send; its pending rows end as skipped."""

    def work(session: "Session") -> None:
        from importer.jobs.cancel import cancel_job

        cancel_job(session, job)

    return perform(work, **given)


@click.command(epilog=example("importer rejects 3 --failed --out mend"))
@job_argument
@click.option("--failed", is_flag=True, help="With the rows whose errors outlasted the tries.")
@out_option
@common
def rejects(job: str | None, failed: bool, **given: Any) -> int:
    """Write JOB's refused rows with their reasons, to be mended and run."""

    def work(session: "Session") -> None:
        from importer.jobs.again import rejects_of

        rejects_of(session, job, failed=failed)

    return perform(work, **given)


@click.command(epilog=example("importer results 3 --out results"))
@job_argument
@out_option
@common
def results(job: str | None, **given: Any) -> int:
    """Write every row of JOB with its status and its lead's Id."""

    def work(session: "Session") -> None:
        from importer.jobs.again import results_of

        results_of(session, job)

    return perform(work, **given)


@click.command(epilog=example("importer report 3 --out reports"))
@job_argument
@click.option("--all", "of_all", is_flag=True, help="All runs of the journal, a run a line.")
@out_option
@common
def report(job: str | None, of_all: bool, **given: Any) -> int:
    """Write what came of JOB as a page for a browser."""
    if of_all and job is not None:
        raise click.UsageError("--all is for all jobs: leave JOB out, or --all")

    def work(session: "Session") -> None:
        from importer.jobs.report import report_all, report_of

        if of_all:
            report_all(session)
        else:
            report_of(session, job)

    return perform(work, **given)


@click.command(epilog=example("importer verify 3 --remote"))
@job_argument
@click.option("--remote", is_flag=True, help="Read the leads again in the account, and compare.")
@calls_options
@common
def verify(job: str | None, remote: bool, **given: Any) -> int:
    """Check JOB's ledger and files, and with --remote its leads in the account."""

    def work(session: "Session") -> None:
        from importer.jobs.verify import verify_job

        verify_job(session, job, remote=remote)

    return perform(work, calls=remote, **given)


@click.command(epilog=example("importer undo 3 --plan"))
@job_argument
@click.option("--plan", is_flag=True, help="Show what would be deleted; nothing is.")
@yes_option
@out_option
@calls_options
@common
def undo(job: str | None, plan: bool, yes: bool, **given: Any) -> int:
    """Delete the leads that JOB created, but for those that were changed since."""

    def work(session: "Session") -> None:
        from importer.console.ask import ask, refuse_nobody
        from importer.jobs.undo import undo_job

        if yes:
            undo_job(session, job, plan=plan, confirm=lambda _: True)
        else:
            undo_job(session, job, plan=plan, confirm=ask, can_ask=refuse_nobody)

    return perform(work, calls=True, **given)


@click.command(epilog=example("importer purge --older-than 90d"))
@job_argument
@click.option("--older-than", metavar="DAYS", help="All jobs that ended before: 90d.")
@yes_option
@common
def purge(job: str | None, older_than: str | None, yes: bool, **given: Any) -> int:
    """Remove the rows of JOB from the journal for good; counts and fingerprints stay."""

    def work(session: "Session") -> None:
        from importer.console.ask import ask
        from importer.jobs.purge import purge_jobs

        purge_jobs(session, job, older_than, confirm=(lambda _: True) if yes else ask)

    return perform(work, **given)


@click.command(epilog=example("importer salvage --out saved"))
@out_option
@common
def salvage(**given: Any) -> int:
    """Write what can still be read of a damaged journal; it is left as it is."""

    def work(session: "Session") -> None:
        from importer.jobs.salvage import salvage_all

        salvage_all(session)

    return perform(work, **given)
