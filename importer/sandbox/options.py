"""What a sandbox can be told, and how the command line's short texts are read.

Comes in: texts such as "25/5s", "100-300", "drop=3%,late=1%". Goes out: SandboxOptions.
Never imports a server: the command line reads this to print its help.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from importer.sandbox.fields import CUSTOM, FIELDS

FAULTS: Mapping[str, str] = {
    "reset": "the connection is reset before anything is done",
    "bare500": "500 with a short text, nothing committed",
    "commit500": "committed, then 500 with a short text",
    "html502": "502 with HTML; a seeded coin says whether it was committed",
    "drop": "committed, then the connection is closed without a reply",
    "late": "the connection is closed without a reply, and committed 0.5 to 3 s after",
    "slow": "the reply takes 8 s more",
    "garbled": "committed, then 200 with half of a reply",
    "refuse200": "a refusal comes with status 200 instead of 500",
    "reset_after": "committed, then the connection is reset",
    "notjson": "committed, then 200 with an HTML page",
    "huge": "committed, then its reply with 70 MB of blanks behind it",
    "error200": "200 with an error of no known kind, nothing committed",
    "throttled": "refused as a call too many, though it is none; a seeded coin says whether "
    "the words name the limit",
    "lookup500": "500 with a short text, on calls that read leads",
    "lookup404": "404, on calls that read leads",
    "fields404": "404, on calls that tell of fields and users",
    "list500": "500 with a short text, nothing done, on calls that write lists",
    "listdrop": "done, then the connection is closed without a reply, on calls that write lists",
    "delete500": "500 with a short text, nothing done, on Lead/Delete/ById",
    "deletedrop": "done, then the connection is closed without a reply, on Lead/Delete/ById",
}
"""All but those of FAULT_GROUPS befall Lead.Create alone. The order is part of what a seed gives.
"""

LOOKUP, FIELDS_TOLD, LIST, DELETE = "lookup", "fields", "list", "delete"
FAULT_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    LOOKUP: ("calls that read leads", ("lookup500", "lookup404")),
    FIELDS_TOLD: ("calls that tell of fields and users", ("fields404",)),
    LIST: ("calls that write lists", ("list500", "listdrop")),
    DELETE: ("Lead/Delete/ById", ("delete500", "deletedrop")),
}
"""Kind of call → the words for it, and its faults. Each kind is drawn apart from the others: a call
of the kind has one of these, or none."""

MOST_AHEAD_S = 366 * 86_400.0

THROTTLE_SHAPES = ("429", "403", "200")
"""A call over the limit was seen answered in each of these (contract, section 3)."""

DELETIONS = ("on", "off", "403", "404")
"""Lead/Delete/ById is off until the vendor's support enables it (apidocs lead-delete). What it then
answers is unknown: an envelope with status 500 or 403, or a path that is not there, is assumed."""


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """`limit` is calls and seconds; times in ms are ranges (least, most), drawn evenly.

    port: 0 takes a free one.
    uplink_ms: from arrival until the call is counted against the limit.
    latency_ms: from there until the reply; the work is done half-way.
    faults: name in FAULTS → probability, 0 to 1, together 1 at most; those of each of
    FAULT_GROUPS together 1 at most.
    throttle_as: one of THROTTLE_SHAPES, or "mixed".
    deletion: one of DELETIONS; how leads can be deleted, or what is said instead.
    lag_s: how long after its creation reads do not show a lead.
    ahead_s: how far the server's clock is ahead of ours; behind, where negative.
    fields: custom fields that are there too, by schema name; Parent.Child for the child of a set,
    Name=One|Two for a drop-down. mandatory: fields that no lead may lack. dropped: fields whose
    values are taken without a word, and not stored.
    unique: fields that are unique too, by schema name.
    org_id: None is a new organisation each start, as the account is empty again.
    """

    port: int = 8800
    limit: tuple[int, float] | None = (25, 5.0)
    latency_ms: tuple[float, float] = (0, 0)
    uplink_ms: tuple[float, float] = (0, 0)
    seed: int = 0
    faults: Mapping[str, float] = field(default_factory=dict)
    throttle_as: str = "mixed"
    org_id: str | None = None
    lag_s: float = 0.0
    ahead_s: float = 0.0
    unique: Sequence[str] = ()
    fields: Sequence[str] = ()
    mandatory: Sequence[str] = ()
    dropped: Sequence[str] = ()
    deletion: str = "on"

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise ValueError(f"port {self.port} is not one of 0 to 65535")
        if self.throttle_as not in (*THROTTLE_SHAPES, "mixed"):
            choices = ", ".join((*THROTTLE_SHAPES, "mixed"))
            raise ValueError(
                f'"{self.throttle_as}" is no shape of throttling; use one of: {choices}'
            )
        if self.deletion not in DELETIONS:
            choices = ", ".join(DELETIONS)
            raise ValueError(f'"{self.deletion}" is no way of deletion; use one of: {choices}')
        check_faults(self.faults)
        check_lag(self.lag_s)
        if not abs(self.ahead_s) <= MOST_AHEAD_S:
            raise ValueError(
                f"a clock cannot be {self.ahead_s:g} s ahead; use {MOST_AHEAD_S:.0f} at most"
            )
        check_fields(self.fields)
        check_writable("mandatory", self.mandatory, self.fields)
        check_writable("dropped", self.dropped, self.fields)
        check_writable("unique", self.unique, self.fields)


def parse_limit(text: str) -> tuple[int, float] | None:
    """Read "25/5s" or "25/5" (calls/seconds); "none" is no limit."""
    if text.strip().lower() == "none":
        return None
    calls, _, seconds = text.strip().lower().removesuffix("s").partition("/")
    try:
        limit = int(calls), float(seconds)
    except ValueError:
        limit = 0, 0.0
    if limit[0] < 1 or not 0 < limit[1] < math.inf:
        raise ValueError(f'"{text}" is no limit; use calls/seconds such as 25/5s, or none')
    return limit


def parse_range(text: str) -> tuple[float, float]:
    """Read "100-300" or "100": milliseconds, least and most."""
    least, dash, most = text.strip().lower().removesuffix("ms").partition("-")
    try:
        low = float(least)
        high = float(most) if dash else low
    except ValueError:
        low, high = 1.0, 0.0
    if not 0 <= low <= high < math.inf:
        raise ValueError(f'"{text}" is no range; use milliseconds such as 100 or 100-300')
    return low, high


def parse_faults(text: str) -> dict[str, float]:
    """Read "drop=3%,late=0.01": fault=probability, as a percentage or as 0 to 1."""
    faults: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, share = (piece.strip() for piece in part.partition("="))
        if name in faults:
            raise ValueError(f'the fault "{name}" is given twice')
        try:
            percent = share.endswith("%")
            faults[name] = float(share.removesuffix("%")) / (100 if percent else 1)
        except ValueError:
            raise ValueError(
                f'"{part}" is no fault; use name=share such as drop=3% or drop=0.03, '
                f"with a name of: {', '.join(FAULTS)}"
            ) from None
    check_faults(faults)
    return faults


def check_faults(faults: Mapping[str, float]) -> None:
    """Raise ValueError for an unknown name, or a share that is no probability."""
    for name, share in faults.items():
        if name not in FAULTS:
            raise ValueError(f'"{name}" is no fault; use one of: {", ".join(FAULTS)}')
        if not 0 <= share <= 1:
            raise ValueError(f'the share of "{name}" is {share:g}; use 0 to 1, or 0% to 100%')
    totals = {
        words: sum(faults.get(name, 0.0) for name in names)
        for words, names in FAULT_GROUPS.values()
    }
    totals["Lead.Create"] = sum(faults.values()) - sum(totals.values())
    for calls, total in totals.items():
        if total > 1 + 1e-9:
            raise ValueError(f"the faults of {calls} add up to {total:.0%}; 100% is the most")


def parse_lag(text: str) -> float:
    """Read "2.5": seconds."""
    try:
        lag_s = float(text)
    except ValueError:
        raise ValueError(f'"{text}" is no lag; use seconds such as 2.5, or 0') from None
    check_lag(lag_s)
    return lag_s


def check_lag(lag_s: float) -> None:
    if not 0 <= lag_s < math.inf:
        raise ValueError(f"reads cannot lag {lag_s:g} s; use seconds such as 2.5, or 0")


def check_fields(names: Sequence[str]) -> None:
    """Raise ValueError for a name that a custom field can't have."""
    for name in names:
        if not CUSTOM.fullmatch(name.partition("=")[0]):
            raise ValueError(f'"{name}" is no custom field; use a name such as mx_Badge')


def check_writable(what: str, names: Sequence[str], more: Sequence[str] = ()) -> None:
    """Raise ValueError for a name that is no field, or one that no call can write."""
    fields = [name for name, field in FIELDS.items() if field.writable and not field.children]
    fields += [name.partition("=")[0] for name in more if "." not in name]
    for name in names:
        if name not in fields:
            raise ValueError(
                f'"{name}" is no field that can be {what}; use one of: {", ".join(fields)}'
            )
