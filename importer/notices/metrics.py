"""A pass as metrics, in a file for the textfile collector of Prometheus' node_exporter.

The whole file is written anew at each pass, under another name, and renamed: no scrape reads half
of it. node_exporter runs as another user, so all may read it: it has names and numbers alone.
"""

import os
import stat
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from importer.model import RowStatus
from importer.notices.summary import jobs_of
from importer.notices.words import remark
from importer.passes import Fate, PassReport

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

MODE = 0o644
MOST_BYTES = 1_000_000  # of the earlier file: ours has a few thousand
SUCCEEDED = frozenset({0, 1})
SUCCESS = "importer_pass_last_success_timestamp_seconds"
BEGINS = b"# HELP importer_pass_"
WHERE = "metrics_file in [notices]"


class NotMetricsError(OSError):
    """What is there is no file of metrics of ours; its text says what it is."""


def write(path: Path, report: PassReport, drops: Sequence[str]) -> str:
    """drops: names, those without a file too. Gives why it could not be written, as a remark; ""
    where it was."""
    fix = "make a folder that this user can write; and make room"
    try:
        earlier = _earlier(path)
        _replace(path, _text(report, drops, earlier))
    except NotMetricsError as error:
        what, fix = str(error), "name a file of its own as metrics_file, such as importer.prom"
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or type(error).__name__
    else:
        return ""
    return remark(f"the metrics could not be written: {what}", where=f"{path}, {WHERE}", fix=fix)


def _earlier(path: Path) -> bytes:
    """b"" where there is none. Raises NotMetricsError: what is there is not to be replaced."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotMetricsError("this is a folder or a device, not a file")
        with path.open("rb") as file:
            found = file.read(MOST_BYTES)
    except FileNotFoundError:
        return b""
    if found and not found.startswith(BEGINS):
        raise NotMetricsError("the file has something else than these metrics")
    return found


def _replace(path: Path, text: bytes) -> None:
    """The collector reads *.prom alone: the temporary file has another end."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        os.chmod(name, MODE)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise


def _text(report: PassReport, drops: Sequence[str], earlier: bytes) -> bytes:
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    _put_pass(registry, report, _last_success(report, earlier))
    _put_drops(registry, report, [*dict.fromkeys([*drops, *(file.drop for file in report.files)])])
    _put_accounts(registry, report)
    return generate_latest(registry)


def _put_pass(registry: "CollectorRegistry", report: PassReport, success: float) -> None:
    from prometheus_client import Gauge

    for name, words, value in (
        ("end_timestamp_seconds", "When the last pass ended.", report.ended_at),
        ("duration_seconds", "How long it took.", max(0, report.ended_at - report.started_at)),
        ("exit_code", "Its exit code.", report.exit_code),
    ):
        Gauge(f"importer_pass_{name}", words, registry=registry).set(value)
    words = "When the last pass ended that ended with 0 or 1; 0 for none."
    Gauge(SUCCESS, words, registry=registry).set(success)


def _put_drops(registry: "CollectorRegistry", report: PassReport, drops: Sequence[str]) -> None:
    """Every fate and status, zeros too: a series that comes and goes is hard to alert on."""
    from prometheus_client import Gauge

    words = "Files of the last pass, by what became of them."
    files = Gauge("importer_pass_files", words, ["drop", "fate"], registry=registry)
    words = "Rows of these files' jobs, by status."
    rows = Gauge("importer_pass_rows", words, ["drop", "status"], registry=registry)
    words = "Leads that the last pass created."
    leads = Gauge("importer_pass_created_leads", words, ["drop"], registry=registry)
    for drop in drops:
        of_drop = [file for file in report.files if file.drop == drop]
        fates, jobs = Counter(file.fate for file in of_drop), jobs_of(of_drop)
        for fate in Fate:
            files.labels(drop, fate.value).set(fates[fate])
        for status in RowStatus:
            number = sum(job.counts.get(status, 0) for job in jobs)
            rows.labels(drop, status.value).set(number)
        leads.labels(drop).set(sum(file.created for file in of_drop))


def _put_accounts(registry: "CollectorRegistry", report: PassReport) -> None:
    from prometheus_client import Gauge

    words = "Calls that left from here in the last 24 hours."
    calls = Gauge("importer_account_day_calls", words, ["account"], registry=registry)
    words = "Calls in any 24 hours, at most."
    limits = Gauge("importer_account_daily_limit_calls", words, ["account"], registry=registry)
    words = "1 where nothing more could be sent to the account, else 0."
    stopped = Gauge("importer_account_stopped", words, ["account"], registry=registry)
    for account in report.accounts:
        if account.day_calls is not None:
            calls.labels(account.name).set(account.day_calls)
        if account.daily_calls is not None:
            limits.labels(account.name).set(account.daily_calls)
        stopped.labels(account.name).set(int(bool(account.stopped)))


def _last_success(report: PassReport, earlier: bytes) -> float:
    if report.exit_code in SUCCEEDED:
        return report.ended_at
    return next(_successes(earlier), 0.0)


def _successes(earlier: bytes) -> Iterator[float]:
    from prometheus_client.parser import text_string_to_metric_families

    with suppress(ValueError):  # of a text that was cut; UnicodeDecodeError is one
        for family in text_string_to_metric_families(earlier.decode()):
            if family.name == SUCCESS:
                yield from (sample.value for sample in family.samples)
