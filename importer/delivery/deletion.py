"""Lead/Delete/ById: the request, and what a reply to it means. Source: lead-delete on
apidocs.leadsquared.com.

The call is off until LeadSquared's support has enabled it for the account; what an account says
where it is off is not documented. Deleting a lead that is gone is refused: asking twice is safe.
"""

from dataclasses import dataclass
from uuid import UUID

from importer.delivery import replies
from importer.delivery.leadsquared import Call, Request
from importer.delivery.lookups import SERVICE
from importer.delivery.replies import TRANSIENT_WORDS, Reply, Throttled
from importer.journal.calls import DELETE


@dataclass(frozen=True, slots=True)
class Deleted:
    pass


@dataclass(frozen=True, slots=True)
class Refused:
    """for_all: whether every lead would be refused so."""

    code: str
    words: str
    for_all: bool = False

    def __str__(self) -> str:
        return f"{self.code}: {self.words}"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing tells whether it was deleted. is_reply: the server has answered."""

    words: str
    is_reply: bool
    retry_after_s: float | None = None


Verdict = Deleted | Refused | Unknown | Throttled


def delete_request(lead_id: UUID) -> Request:
    return Request(DELETE, f"{SERVICE}/{DELETE}", params={"leadId": str(lead_id)})


def verdict_on_delete(call: Call, host: str) -> Verdict:
    if call.reply is None:
        return Unknown(call.message or call.error or "no reply", is_reply=False)
    return _read(call.reply, host)


def _read(reply: Reply, host: str) -> Verdict:
    """The body decides, then the status."""
    body = reply.json
    if reply.status < 300 and isinstance(body, dict) and body.get("Status") == "Success":
        return Deleted()
    if throttle := replies.throttled(reply):
        return throttle
    kind, message = reply.exception
    words = message or reply.text.strip() or "no words came with it"
    is_transient = kind.startswith("MX") and TRANSIENT_WORDS.search(f"{kind} {reply.words}")
    if not is_transient and replies.stopped(reply, host):
        return Refused(kind or f"HTTP {reply.status}", words, for_all=True)
    if not is_transient and (kind.startswith("MX") or reply.status == 400):
        return Refused(kind or "HTTP 400", words)
    return Unknown(f"HTTP {reply.status}: {words}", True, reply.retry_after_s)
