"""A log of JSON lines: what a pass did, one object a line, for programs. No value of a row.

ASCII, append only. Opened for each line, so that it can be moved away at any time; each line is
one write, so that those of two processes never mix.
"""

import errno
import json
import os
import stat
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from importer.model import RowStatus
from importer.notices.words import remark
from importer.passes import AccountReport, FileReport, PassReport

MODE = 0o600
FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
WHERE = "log_file in [notices]"


class NotLogError(OSError):
    """What is there is no log of ours; its text says what it is."""


def append(path: Path, values: Mapping[str, object]) -> str:
    """Gives why it could not be written, as a remark; "" where it was."""
    fix = "make it a file, in a folder that is there, which this user can write; and make room"
    try:
        _append(path, f"{json.dumps(_sound(values))}\n".encode("ascii"))
    except NotLogError as error:
        what, fix = str(error), "name a file of its own as log_file"
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or type(error).__name__
    else:
        return ""
    return remark(f"the log could not be written: {what}", where=f"{path}, {WHERE}", fix=fix)


def _append(path: Path, line: bytes) -> None:
    """Raises OSError."""
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        raise NotLogError("this is a folder or a device, not a file")
    file = os.open(path, FLAGS, MODE)
    try:
        if os.read(file, 1) not in (b"", b"{"):
            raise NotLogError("the file has something else than a log")
        written = os.write(file, line)
        if written < len(line):
            _take_back(file, written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(file)


def _take_back(file: int, written: int) -> None:
    """The part of a line that went in, unless another's stands behind it: it would spoil that."""
    end = os.lseek(file, 0, os.SEEK_CUR)
    if os.fstat(file).st_size == end:
        os.ftruncate(file, end - written)


# The lines


def began(at: float, drops: Sequence[str]) -> dict[str, object]:
    return {"at": utc(at), "event": "pass_began", "drops": list(drops)}


def file_finished(at: float, report: FileReport) -> dict[str, object]:
    """job, key, state, rows and the counts: null where no job was made."""
    job = report.job
    counts = {status.value: job.counts.get(status, 0) if job else None for status in RowStatus}
    return {
        "at": utc(at),
        "event": "file",
        "drop": report.drop,
        "account": report.account,
        "file": report.file,
        "fate": report.fate,
        "exit": report.exit_code,
        "known": report.is_known,
        "created_now": report.created,
        "job": job.number if job else None,
        "key": job.key if job else None,
        "state": job.state if job else None,
        "rows": job.rows if job else None,
        **counts,
        "refusals": [asdict(each) for each in report.refusals],
        "altered": list(report.altered),
        "moved_to": report.moved_to,
        "rejects": report.rejects,
        "results": report.results,
        "report": report.report,
        "error": _error(report.what, report.where, report.fix),
    }


def account_stopped(at: float, report: AccountReport) -> dict[str, object]:
    return {"at": utc(at), "event": "account_stopped", **_account(report)}


def ended(report: PassReport) -> dict[str, object]:
    fates = Counter(file.fate.value for file in report.files)
    return {
        "at": utc(report.ended_at),
        "event": "pass_ended",
        "began": utc(report.started_at),
        "seconds": round(report.ended_at - report.started_at, 3),
        "exit": report.exit_code,
        "changed": report.is_changed,
        "journal": report.journal,
        "files": dict(sorted(fates.items())),
        "created_now": sum(file.created for file in report.files),
        "accounts": [_account(each) for each in report.accounts],
    }


def _account(report: AccountReport) -> dict[str, object]:
    return {
        "account": report.name,
        "exit": report.exit_code,
        "day_calls": report.day_calls,
        "daily_calls": report.daily_calls,
        "reserve_calls": report.reserve_calls,
        "error": _error(report.stopped, report.where, report.fix),
    }


def _error(what: str, where: str, fix: str) -> dict[str, str] | None:
    return {"what": what, "where": where, "fix": fix} if what else None


def utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def _sound(value: Any) -> Any:
    r"""A byte of a name that is no UTF-8 is a lone surrogate, which few readers take: it becomes
    the text \udce9."""
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case Mapping():
            return {key: _sound(each) for key, each in value.items()}
        case list():
            return [_sound(each) for each in value]
    return value
