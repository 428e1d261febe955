"""What `verify` and `purge` have to show, as lines of text and as keys of the JSON object."""

from collections.abc import Iterator

from importer.model import Verification
from importer.shown import PurgeReport


def verification_lines(verification: Verification) -> Iterator[str]:
    for check in verification.checks:
        yield f"  {'holds' if check.holds else 'DOES NOT HOLD'}  {check.name}: {check.found}"
        if check.fix and not check.holds:
            yield f"    fix: {check.fix}"
    for note in verification.notes:
        yield f"note: {note}"
    failed = sum(not check.holds for check in verification.checks)
    yield f"{failed} of {len(verification.checks)} do not hold" if failed else "all hold"


def verification_object(verification: Verification) -> dict[str, object]:
    return {
        "verify": {
            "holds": verification.holds,
            "checks": [
                {
                    "name": check.name,
                    "holds": check.holds,
                    "found": check.found,
                    "fix": None if check.holds else check.fix,
                }
                for check in verification.checks
            ],
            "notes": list(verification.notes),
        }
    }


def purge_lines(report: PurgeReport) -> Iterator[str]:
    for number, file in report.jobs:
        yield f"purged: job {number} ({file})"
    if not report.jobs:
        yield "nothing was purged"
    for number, why in report.left:
        yield f"left: job {number}, {why}"
    for path in report.files:
        yield f"still on disk, with its rows: {path}"


def purge_object(report: PurgeReport) -> dict[str, object]:
    return {
        "purge": {
            "jobs": [number for number, _ in report.jobs],
            "left": [{"job": number, "why": why} for number, why in report.left],
            "files": list(report.files),
        }
    }
