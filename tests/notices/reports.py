"""A pass as it may be, for the tests of this room."""

from collections.abc import Mapping
from typing import Any

from importer.model import JobState, JobSummary, RowStatus
from importer.passes import (
    AccountReport,
    Fate,
    FileReport,
    PassReport,
    Refusals,
    RefusedRow,
)

BEGAN_AT = 1_796_005_800.25  # 2026-11-30T02:30:00.250Z
VALUE = "asha.rao@example"  # of a row
JOURNAL = "/srv/leads/importer.db"


def job(number: int, file: str = "trade_show.csv", **counts: int) -> JobSummary:
    found: Mapping[RowStatus, int] = {each: counts.get(each.value, 0) for each in RowStatus}
    is_open = found[RowStatus.PENDING] or found[RowStatus.SENDING]
    state = JobState.OPEN if is_open else JobState.FINISHED
    return JobSummary(number, f"{number:012x}", file, state, sum(found.values()), "org", found)


def done(name: str = "trade_show.csv", *, number: int = 7, **given: Any) -> FileReport:
    """All of its 240 rows went in."""
    return FileReport(
        **{
            "drop": "events",
            "account": "acme",
            "file": name,
            "fate": Fate.DONE,
            "job": job(number, name, created=240),
            "created": 240,
            "moved_to": f"/srv/leads/inbox/events/done/2026-11-30/{name}",
            **given,
        }
    )


def refused_rows(**given: Any) -> FileReport:
    return done(
        **{
            "exit_code": 1,
            "job": job(7, created=231, invalid=5, duplicate=3, skipped=1),
            "created": 231,
            "rejects": "/srv/leads/inbox/events/done/2026-11-30/trade_show.rejects.csv",
            "refusals": (
                Refusals("bad_phone", "Phone", 5),
                Refusals("MXDuplicateEntryException", "Email", 2),
                Refusals("duplicate_in_file", None, 1),
            ),
            "examples": (
                RefusedRow(17, "bad_phone", "Phone", f"{VALUE} is no phone: mend it"),
                RefusedRow(1_204, "MXDuplicateEntryException", "Email", "a lead has that e-mail"),
            ),
            **given,
        }
    )


def held() -> FileReport:
    return FileReport(
        drop="partners",
        account="",
        file="partners-30.xlsx",
        fate=Fate.HELD,
        exit_code=2,
        what='it is not like the last one ("partners-29.xlsx"); it has 12 rows, and the one before'
        " had 14,020",
        where="/srv/leads/inbox/partners/partners-30.xlsx",
        fix="see whether the file is whole; if it is meant so, accept the file; importer drops"
        " accept /srv/leads/inbox/partners/partners-30.xlsx",
    )


def waiting(name: str) -> FileReport:
    return FileReport(
        drop="events",
        account="acme",
        file=name,
        fate=Fate.WAITING,
        exit_code=75,
        what="its account can't go on",
    )


def left_alone(name: str) -> FileReport:
    return FileReport(drop="events", account="acme", file=name, fate=Fate.LEFT_ALONE)


RUNNING = AccountReport("acme", day_calls=731, daily_calls=10_000, reserve_calls=500)
SPENT = AccountReport(
    "acme",
    day_calls=9_500,
    daily_calls=10_000,
    reserve_calls=500,
    exit_code=75,
    stopped="the day's calls are used up",
    where="/srv/leads/importer.toml, [accounts.acme]",
    fix="wait, or set daily_calls higher where the plan has more",
)


def whole_pass(*files: FileReport, **given: Any) -> PassReport:
    return PassReport(
        **{
            "started_at": BEGAN_AT,
            "ended_at": BEGAN_AT + 83.5,
            "exit_code": 0,
            "journal": JOURNAL,
            "files": files,
            "accounts": (RUNNING,),
            **given,
        }
    )


def troubled() -> PassReport:
    """Something of everything that people see in the morning."""
    files = (done("leads-29.csv", number=6), refused_rows(), held(), left_alone("notes.txt"))
    return whole_pass(*files, exit_code=2)
