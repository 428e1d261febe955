"""An account in memory behind a scripted wire, in virtual time."""

import json
import queue
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from importer.delivery.leadsquared import Call, Request
from importer.delivery.replies import Reply
from importer.delivery.senders import Clock, Event

START_MS = 1_800_000_000_000
US, THEM = str(UUID(int=1)), str(UUID(int=2))
FIELD_WORDS = {
    "EmailAddress": "Email",
    "Phone": "Phone Number",
    "mx_Import_Key": "Import Key",
}


class Killed(BaseException):
    """Stands for kill -9: nothing after it is recorded."""


class FakeClock(Clock):
    """Virtual seconds; they pass when nothing is under way, or when a call takes them."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.stuck = threading.Event()
        self._lock = threading.Lock()
        self._waits = 0

    def monotonic(self) -> float:
        return self.now

    def wall_ms(self) -> int:
        return START_MS + round((self.now - 1000) * 1000)

    def advance(self, seconds: float) -> None:
        with self._lock:
            self.now += seconds

    def get(
        self, events: "queue.SimpleQueue[Event]", timeout_s: float | None, busy: bool
    ) -> Event | None:
        while True:
            try:
                return events.get(timeout=0.005) if busy else events.get_nowait()
            except queue.Empty:
                if not busy or self.stuck.is_set():
                    break
        assert timeout_s is not None, "nothing will ever happen"
        self._waits += 1
        assert self._waits < 50_000, "the run never ends"
        self.advance(timeout_s)
        return None


@dataclass(frozen=True, slots=True)
class Fault:
    """What becomes of one call. reply and error both None: the account's own answer comes.

    commits: whether the server makes the lead; late_s: how long after the call it does.
    takes_s: virtual seconds that the call lasts.
    """

    reply: Reply | None = None
    error: str | None = None
    commits: bool = False
    late_s: float = 0.0
    left: bool = True
    takes_s: float = 0.0
    kills: bool = False
    is_stuck: bool = False


def error_reply(kind: str, message: str, status: int = 500, **headers: str) -> Reply:
    body = {"Status": "Error", "ExceptionType": kind, "ExceptionMessage": message}
    return Reply(status, headers, json.dumps(body).encode())


def throttled(status: int = 429, limit: str = "10 in 5 second(s)", **headers: str) -> Fault:
    words = f"API calls exceeded the limit of {limit}" if limit else "Too Many Requests"
    return Fault(error_reply("MXAPIRateLimitExceededException", words, status, **headers))


FINE = Fault()
BARE = Fault(Reply(500, {}, b"Internal Server Error"))
BARE_COMMITTED = Fault(Reply(500, {}, b""), commits=True)
HTML = Fault(Reply(200, {}, b"<html>maintenance</html>"))
GATEWAY = Fault(Reply(502, {}, b"<html>Bad Gateway</html>"))
NOT_FOUND = Fault(Reply(404, {}, b""))
RESET = Fault(error="ReadError")
DROPPED = Fault(error="RemoteProtocolError", commits=True)
TIMEOUT = Fault(error="ReadTimeout", takes_s=30.0)
NEVER_LEFT = Fault(error="ConnectError", left=False)
KEYS_REFUSED = Fault(error_reply("MXInvalidAccessDetailsException", "Invalid Access", 401))
UNKNOWN_FIELD = Fault(error_reply("MXUnknownAttributeException", "Attribute(s) does not exist - X"))
KILLED = Fault(kills=True)
KILLED_COMMITTED = Fault(kills=True, commits=True)
STUCK = Fault(is_stuck=True)


def late(seconds: float) -> Fault:
    return Fault(error="ReadError", late_s=seconds)


@dataclass(slots=True)
class LeadRecord:
    lead_id: UUID
    values: dict[str, str]
    created_ms: int
    user: str = US

    def shown(self, hidden: set[str], blank: set[str]) -> dict[str, str | None]:
        moment = datetime.fromtimestamp(self.created_ms // 1000, UTC)
        return {
            "ProspectID": str(self.lead_id),
            "CreatedOn": moment.strftime("%Y-%m-%d %H:%M:%S.000"),
            "CreatedBy": self.user,
            **dict.fromkeys(blank),
            **{name: value for name, value in self.values.items() if name not in hidden},
        }


class FakeWire:
    """The account, and what goes wrong on the way to it.

    faults: a lead's LastName, or a look-up's name, to what becomes of its calls, in order; then
    all is well. log: each call as (virtual seconds since the start, that name). during: called
    on the sender's thread while the call is under way. ahead_ms: the server's clock less ours.
    hidden: fields that no look-up shows; blank: those that it shows of leads without a value too.
    lag_ms: how long a look-up does not show a new lead.
    """

    host = "api.example.com"

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)
        self.always: dict[str, Fault] = {}
        self.log: list[tuple[float, str]] = []
        self.requests: list[Request] = []
        self.during: Callable[[Request], None] = lambda _: None
        self.leads: list[LeadRecord] = []
        self.unique: tuple[str, ...] = ("EmailAddress", "Phone")
        self.hidden: set[str] = set()
        self.blank: set[str] = set()
        self.page_size = 5000
        self.ahead_ms = 0
        self.lag_ms = 0
        self._made: Counter[str] = Counter()
        self._late: list[tuple[int, dict[str, str]]] = []
        self._lock = threading.Lock()
        self._end = threading.Event()

    def close(self) -> None:
        """Let stuck calls go."""
        self._end.set()

    def call(self, request: Request, on_left: Callable[[float], None] | None = None) -> Call:
        self.during(request)
        with self._lock:
            subject = subject_of(request)
            self.log.append((round(self.clock.now - 1000, 3), subject))
            self.requests.append(request)
            script = self.faults[subject]
            fault = script.pop(0) if script else self.always.get(subject, FINE)
            started = self.clock.now
            if fault.left and on_left is not None:
                on_left(started)
            self.clock.advance(fault.takes_s)
            reply = self._answer(request, fault)
        if fault.is_stuck:
            self.clock.stuck.set()
            self._end.wait()
        if fault.kills:
            raise Killed
        if not fault.left:
            return Call(request, None, 1, error=fault.error, message="refused")
        latency_ms = round(fault.takes_s * 1000)
        if fault.error is not None:
            return Call(request, started, latency_ms, error=fault.error, message=fault.error)
        return Call(request, started, latency_ms, fault.reply or reply, ahead_ms=self.ahead_ms)

    def server_ms(self) -> int:
        return self.clock.wall_ms() + self.ahead_ms

    def add(self, name: str, *, ago_s: float = 0.0, user: str = THEM, **values: str) -> UUID:
        """A lead that is there already."""
        moment = self.server_ms() - round(ago_s * 1000)
        return self._store({"LastName": name, **values}, moment, user)

    def ids(self, name: str) -> list[UUID]:
        return [lead.lead_id for lead in self.leads if lead.values.get("LastName") == name]

    @property
    def names(self) -> list[str]:
        return sorted(lead.values["LastName"] for lead in self.leads)

    def sent(self, name: str) -> list[float]:
        """When a lead was sent, or a look-up asked."""
        return [at for at, subject in self.log if subject == name]

    def come_late(self) -> None:
        """Leads whose calls were given up come to be there, if it is their time."""
        for due, values in [each for each in self._late if each[0] <= self.server_ms()]:
            self._late.remove((due, values))
            self._create(values, due)

    def _answer(self, request: Request, fault: Fault) -> Reply:
        self.come_late()
        now = self.server_ms()
        shown = [each for each in self.leads if each.created_ms <= now - self.lag_ms]
        body: Any = json.loads(request.body) if request.body else None
        match request.name:
            case "Lead.Create":
                values = {each["Attribute"]: each["Value"] for each in body}
                if fault.late_s:
                    self._late.append((now + round(fault.late_s * 1000), values))
                elif fault.commits or fault == FINE:
                    return self._create(values, now)
                return Reply(500, {}, b"")
            case "Leads.RecentlyModified":
                return self._page(body, shown)
            case "Leads.Get":
                name, value = body["Parameter"]["LookupName"], body["Parameter"]["LookupValue"]
                return self._flat([each for each in shown if each.values.get(name) == value])
            case "Leads.GetByEmailaddress":
                value = request.params["emailaddress"].casefold()
                return self._flat(
                    [e for e in shown if e.values.get("EmailAddress", "").casefold() == value]
                )
            case "RetrieveLeadByPhoneNumber":
                found = [e for e in shown if request.params["phone"] in digits(e)]
                return self._flat(found[-1:])
        raise AssertionError(request.name)

    def _create(self, values: dict[str, str], moment: int) -> Reply:
        for name in self.unique:
            value = values.get(name, "").casefold()
            if value and any(e.values.get(name, "").casefold() == value for e in self.leads):
                message = f"A Lead with same {FIELD_WORDS[name]} already exists."
                return error_reply("MXDuplicateEntryException", message)
        message_body = {"Id": str(self._store(values, moment, US))}
        return Reply(200, {}, json.dumps({"Status": "Success", "Message": message_body}).encode())

    def _store(self, values: dict[str, str], moment: int, user: str) -> UUID:
        name = values["LastName"]
        # Never the Id of a deleted one.
        lead_id = uuid5(NAMESPACE_OID, f"{values} {self._made[name]}")
        self._made[name] += 1
        self.leads.append(LeadRecord(lead_id, dict(values), moment, user))
        return lead_id

    def _page(self, body: dict[str, Any], leads: list[LeadRecord]) -> Reply:
        since, until = body["Parameter"]["FromDate"], body["Parameter"]["ToDate"]
        found = [
            {"LeadPropertyList": [{"Attribute": k, "Value": v} for k, v in shown.items()]}
            for lead in sorted(leads, key=lambda each: str(each.lead_id))
            for shown in [lead.shown(self.hidden, self.blank)]
            if since <= str(shown["CreatedOn"])[:19] <= until
        ]
        first = (body["Paging"]["PageIndex"] - 1) * self.page_size
        page = found[first : first + self.page_size]
        reply = {"RecordCount": len(found), **({"Leads": page} if page else {})}
        return Reply(200, {}, json.dumps(reply).encode())

    def _flat(self, leads: Sequence[LeadRecord]) -> Reply:
        shown = [lead.shown(self.hidden, self.blank) for lead in leads]
        return Reply(200, {}, json.dumps(shown).encode())


def digits(lead: LeadRecord) -> str:
    return "".join(filter(str.isdigit, lead.values.get("Phone", "")))


def subject_of(request: Request) -> str:
    """A lead's LastName, or a look-up's name."""
    if request.name != "Lead.Create":
        return request.name
    body: list[dict[str, str]] = json.loads(request.body or b"")
    return next((each["Value"] for each in body if each["Attribute"] == "LastName"), "")
