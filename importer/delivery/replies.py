"""What a reply to Lead.Create means: the body decides, then the status.

In: an HTTP status, headers and bytes, as LeadSquared or a gateway before it sent them. Out: one of
the verdicts below. Source: Lead.Create (create-a-lead), error-handling and rate-limits on
apidocs.leadsquared.com, and what public integrations met (see the table in the manual).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from importer.delivery.throttle import MOST_PAUSE_S, Rate

MOST_KEPT = 2_000  # characters of a reply that are kept word for word
MOST_OF_TYPE = 200  # characters of an ExceptionType: the longest that was met has 31
MOST_PARSED = 320 << 20  # bytes of memory for one reply: 5,000 leads of 100 fields take 280 MB
# In CPython, with their place in what holds them: a list, an object, a text or a number or a key.
BYTES_OF_LIST, BYTES_OF_OBJECT, BYTES_OF_VALUE = 96, 192, 80
SMALL = 1 << 20  # bytes of JSON: whatever is in it, it takes some 30 MB
SLOWEST_PER_S = 1 / 60  # a limit of fewer calls is none for an import

LIMIT = re.compile(
    r"exceeded the limit of (\d{1,9}) in (\d{1,9}(?:\.\d{1,9})?) second", re.IGNORECASE
)
GUID = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # with hyphens, in braces, or bare
    r"|\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}"
    r"|[0-9a-f]{32}",
    re.IGNORECASE | re.ASCII,
)
NO_LEAD = UUID(int=0)
UNKEPT = re.compile("[\0\ud800-\udfff]")  # no UTF-8, and no text file, has them
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")  # a row's own value, which may say anything
THROTTLE_WORDS = re.compile(r"rate ?limit|throttl|too ?many ?requests", re.IGNORECASE)
TRANSIENT_WORDS = re.compile(
    r"time-?out|timed out|unable to connect|no connection"
    r"|connection (?:was )?(?:lost|refused|closed)",
    re.IGNORECASE,
)
DUPLICATE = "MXDuplicateEntryException"
UNKNOWN_ATTRIBUTE = "MXUnknownAttributeException"
# Names that public clients met for keys that are wrong, or may not do this.
KEYS_REFUSED = re.compile(
    r"MX(InvalidAccessDetails|AuthenticationFailed|UnAuthori[sz]edAccess|Unauthori[sz]edRequest)",
    re.IGNORECASE,
)
# A wrong region's 401 names the right one (api-host). Async hosts and the web app's are others.
API_HOST = re.compile(r"(?<![\w.-])api(?:-\w+)?\.leadsquared\.com(?![\w.-]*\w)", re.IGNORECASE)
CHECK_KEYS = (
    "check LSQ_ACCESS_KEY, LSQ_SECRET_KEY and LSQ_HOST, or the account in importer.toml (My Profile"
    " > Settings > API and Webhooks shows them)"
)
CORRECT_HOST = (
    "set LSQ_HOST, or host in importer.toml, to the account's API host, such as"
    " api-in21.leadsquared.com"
)
# "A Lead with same Phone Number already exists."
# older accounts: "Duplicate entry '…' for key 'UQ_Prospect_Base_EmailAddress'"
SAME_FIELD = re.compile(
    r"with same (.+?) already exists|for key '(?:UQ_Prospect_(?:Base|Extension\w*?)_)?(\w+)'",
    re.IGNORECASE,
)
FIELD_OF_NAME = {
    "email": "EmailAddress",
    "emailaddress": "EmailAddress",
    "phonenumber": "Phone",
    "mobilenumber": "Mobile",
}


@dataclass(frozen=True, slots=True)
class Created:
    lead_id: UUID


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A unique field is taken; `field` is its schema name where the message tells."""

    code: str
    message: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused for good: this row, as it is, will never be accepted."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """No row can be accepted before a person mends something; this one was not."""

    what: str
    fix: str
    names_field: bool = False


@dataclass(frozen=True, slots=True)
class Throttled:
    limit: Rate | None
    retry_after_s: float | None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """It can't be told whether the lead was created.

    ended: whether the server has certainly ended the attempt, so that it won't commit later.
    """

    code: str
    message: str
    ended: bool
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class NeverLeft:
    """Nothing of the request reached the server."""

    code: str
    message: str


Verdict = Created | Duplicate | Rejected | Stopped | Throttled | Unsettled | NeverLeft


@dataclass(frozen=True)
class Reply:
    """An HTTP reply; header names in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def text(self) -> str:
        return kept(self.body[: MOST_KEPT * 4].decode("utf-8", "replace")[:MOST_KEPT])

    @cached_property
    def json(self) -> Any:
        """The body as JSON; None where it is none, or would take too much memory."""
        if len(self.body) > SMALL and memory_of(self.body) > MOST_PARSED:
            return None
        try:
            return json.loads(self.body.decode())
        except (ValueError, RecursionError):
            return None

    @property
    def retry_after_s(self) -> float | None:
        """Seconds that the server asks to wait, an hour at most; a date there counts from its own
        Date header."""
        value = self.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return min(float(value), MOST_PAUSE_S)
        until, now = moment(value), moment(self.headers.get("date", ""))
        if until is None or now is None:
            return None
        return min(max(0.0, (until - now).total_seconds()), MOST_PAUSE_S)

    @cached_property
    def exception(self) -> tuple[str, str]:
        """The envelope's ExceptionType and ExceptionMessage, "" where absent."""
        body = self.json
        if not isinstance(body, dict):
            return "", ""
        kind = as_text(body.get("ExceptionType"), MOST_OF_TYPE)
        return kind, as_text(body.get("ExceptionMessage"))

    @property
    def words(self) -> str:
        """What the server says itself: the message, or the text, without what it quotes."""
        if isinstance(self.json, str):
            return kept(self.json[:MOST_KEPT])
        return QUOTED.sub("", self.exception[1] or self.text)


def throttled(reply: Reply) -> Throttled | None:
    """Throttling comes as 429, 403 or 200: told by the type or the words, or by the 429."""
    kind, words = reply.exception[0], reply.words
    limit = LIMIT.search(words)
    if not (
        reply.status == 429
        or (kind and kind != DUPLICATE and THROTTLE_WORDS.search(f"{kind} {words}"))
        or (limit and (kind or reply.status in (403, 503)))
    ):
        return None
    return Throttled(_rate(limit) if limit else None, reply.retry_after_s)


def _rate(limit: re.Match[str]) -> Rate | None:
    """None where no account can have that limit."""
    calls, window_s = int(limit[1]), float(limit[2])
    if calls < 1 or window_s <= 0 or calls / window_s < SLOWEST_PER_S:
        return None
    return Rate(calls, window_s)


def stopped(reply: Reply, host: str) -> Stopped | None:
    """Replies that every row would get."""
    kind, message = reply.exception
    words = message or reply.text.strip() or "no words with it"
    if kind == UNKNOWN_ATTRIBUTE:
        return Stopped(
            f"the account does not know a field that the mapping names: {words}",
            "correct the schema name in the mapping (Settings > Leads > Lead Fields shows them)",
            names_field=True,
        )
    if reply.status == 401 or KEYS_REFUSED.match(kind):
        right = API_HOST.search(words)
        if right and right[0].lower() != host.lower():
            return Stopped(
                f"the account lives on {right[0]}, and not on {host}: {words}",
                f'set LSQ_HOST={right[0]}, or host = "{right[0]}" in importer.toml',
            )
        return Stopped(f"{host} refuses the keys: {words}", CHECK_KEYS)
    if reply.status == 403:
        return Stopped(
            f"{host} forbids this call: {words}",
            "use the keys of a user who may create leads, such as an administrator",
        )
    if reply.status in (404, 405) or 300 <= reply.status < 400:
        return Stopped(
            f"{host} does not offer the LeadSquared API: HTTP {reply.status}", CORRECT_HOST
        )
    return None


def read_created(reply: Reply, host: str) -> Verdict:
    """The verdict on a reply to Lead.Create."""
    if 200 <= reply.status < 300 and (lead_id := _lead_id(reply.json)):
        return Created(lead_id)
    kind, message = reply.exception
    throttle = throttled(reply)
    if throttle is not None:
        return throttle
    if kind == DUPLICATE:
        return Duplicate(kind, message, duplicate_field(message))
    if kind.startswith("MX") and TRANSIENT_WORDS.search(f"{kind} {reply.words}"):
        return _unsettled(reply)
    stop = stopped(reply, host)
    if stop is not None:
        return stop
    if kind.startswith("MX"):
        return Rejected(kind, message or "no message came with it")
    if reply.status == 400:
        return Rejected("HTTP 400", message or reply.text.strip() or "no words came with it")
    return _unsettled(reply)


def _unsettled(reply: Reply) -> Unsettled:
    kind, message = reply.exception
    return Unsettled(
        kind or f"HTTP {reply.status}",
        message or reply.text.strip(),
        ended=reply.status == 500,
        retry_after_s=reply.retry_after_s,
    )


def _lead_id(body: object) -> UUID | None:
    if not isinstance(body, dict) or body.get("Status") != "Success":
        return None
    message = body.get("Message")
    return as_guid(message.get("Id")) if isinstance(message, dict) else None


def as_guid(text: object) -> UUID | None:
    """None for what is no GUID, and for the one of noughts, which .NET has for "none"."""
    if not isinstance(text, str) or not GUID.fullmatch(text):
        return None
    guid = UUID(text)
    return None if guid == NO_LEAD else guid


def as_text(value: object, most: int = MOST_KEPT) -> str:
    """What a reply has for a text, as the journal can keep it; "" for a list, an object or none."""
    if not isinstance(value, str | int | float) or value is False:
        return ""
    return kept(str(value)[:most])


def kept(text: str) -> str:
    """As the journal and the reject file can keep it."""
    return UNKEPT.sub("\N{REPLACEMENT CHARACTER}", text)


def moment(text: str) -> datetime | None:
    """A date as headers write it; None where it is none."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def memory_of(body: bytes) -> int:
    """Bytes that this JSON takes at most, once it is read."""
    widest = 1 if body.isascii() else 4  # one sign of four bytes makes all of them as wide
    return (
        len(body) * widest
        + body.count(b"[") * BYTES_OF_LIST
        + body.count(b"{") * BYTES_OF_OBJECT
        + (body.count(b",") + body.count(b":")) * BYTES_OF_VALUE
    )


def duplicate_field(message: str) -> str | None:
    """The schema name of the field that a duplicate message speaks of."""
    found = SAME_FIELD.search(message)
    if not found:
        return None
    name = (found[1] or found[2]).strip()
    return FIELD_OF_NAME.get(re.sub(r"[\W_]", "", name).lower(), name)
