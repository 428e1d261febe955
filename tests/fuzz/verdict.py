"""What is wrong with how a case ended; nothing is, as a rule."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.fuzz.cases import KEY, Case
from tests.fuzz.trial import Ended

COUNTED = ("pending", "duplicate", "invalid", "skipped")
TOLD = ("what", "where", "fix")
MENDABLE = 2  # exit codes: could not go on, and the message says how to mend it
WELL = (0, 1)
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """rows: that the importer counted, None where it refused the case."""

    rows: int | None
    flaws: tuple[str, ...]


def judge(case: Case, ended: Ended) -> Verdict:
    """All that can be told without another reader."""
    found = _last_line(ended.out)
    flaws = list(_flaws(ended, found))
    rows = found["rows"] + _left_out(found) if ended.code in WELL and "rows" in found else None
    return Verdict(rows, tuple(f"{case.name}: {flaw}" for flaw in flaws))


def _left_out(found: dict[str, Any]) -> int:
    """The rows that the importer takes for none of the list, and says so."""
    findings = found.get("findings", [])
    return sum(each["rows"] for each in findings if each["code"] == "left_out")


def _last_line(out: bytes) -> dict[str, Any]:
    try:
        found = json.loads(out.splitlines()[-1])
    except (ValueError, IndexError):
        return {}
    return found if isinstance(found, dict) else {}


def _flaws(ended: Ended, found: dict[str, Any]) -> Iterator[str]:
    said = (ended.out + ended.err).decode(errors="replace")
    if ended.code < 0:
        yield f"killed by signal {-ended.code} after {ended.cpu_s:.1f} s and {ended.peak >> 20} MB"
        return
    if ended.code not in (*WELL, MENDABLE):
        yield f"exit code {ended.code}: {said[-300:]!r}"
    if "Traceback" in said:
        yield f"a traceback: {said[-300:]!r}"
    if not found:
        yield f"no object at the end: {said[-300:]!r}"
    elif ended.code == MENDABLE and not all((found.get("error") or {}).get(key) for key in TOLD):
        yield f"an error that does not say what, where and how to mend it: {said[-300:]!r}"
    if KEY in said:
        yield "a key is shown"
    if control := CONTROLS.search(said):
        yield f"a sign that a terminal obeys: {control[0]!r}"
    if ended.code in WELL and sum(found.get(status, 0) for status in COUNTED) != found.get("rows"):
        yield f"the counts are not those of its rows: {found}"
