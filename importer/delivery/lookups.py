"""Read calls: what is asked, and what the replies hold. The wire format of look-ups alone.

A record is one lead as the API shows it: attribute name to text, None where it is empty; the child
of a custom field set is named `Parent.Child`. Source:
get-leads-by-date-range, search-by-lead-criteria, get-a-lead-by-email-id, get-lead-by-phone and
user-authentication on apidocs.leadsquared.com.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from importer.delivery.leadsquared import USER, Request, to_json
from importer.delivery.replies import Reply, as_text

PAGE_SIZE = 5000  # get-leads-by-date-range: the most a page
SERVICE = "/v2/LeadManagement.svc"
PHONES = frozenset({"Phone", "Mobile"})  # what RetrieveLeadByPhoneNumber searches
OWN_COLUMNS = ("ProspectID", "CreatedOn", "CreatedBy")
FAR_AHEAD_MS = 86_400_000
MOST_OF_USER = 200  # characters of what is told of a user

HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?")

Record = dict[str, str | None]

WHO_AM_I = Request("UserByAccessKey.Get", USER)


@dataclass(frozen=True, slots=True)
class User:
    """Whose keys these are. account: the OrgId; name: the organisation's.

    The rest is what only `check` shows, each "" where the API does not tell it. api_host: where
    the account lives, bare or as a URL; web_host: of its web application, likewise.
    """

    user_id: str
    account: str
    name: str
    person: str = ""
    role: str = ""
    time_zone: str = ""
    country_code: str = ""
    api_host: str = ""
    web_host: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of leads, and how many there are on all pages."""

    total: int
    records: list[Record]

    @property
    def pages(self) -> int:
        """How many pages of this one's length: a server may give fewer leads than were asked."""
        length = len(self.records) if 0 < len(self.records) < self.total else PAGE_SIZE
        return -(-self.total // length)


def recently_modified(since_ms: int, now_ms: int, columns: Iterable[str], page: int) -> Request:
    """Leads changed from that moment on, by the server's clock; pages count from 1.

    The end lies a day ahead: so a lead that is changed while we turn pages does not leave the
    range, and none moves to a page that was read already.
    """
    body = {
        "Parameter": {"FromDate": _utc(since_ms), "ToDate": _utc(now_ms + FAR_AHEAD_MS)},
        "Columns": {"Include_CSV": _columns(columns)},
        "Sorting": {"ColumnName": "ProspectID", "Direction": "0"},
        "Paging": {"PageIndex": page, "PageSize": PAGE_SIZE},
    }
    path = f"{SERVICE}/Leads.RecentlyModified"
    return Request("Leads.RecentlyModified", path, to_json(body), asks_leads=True)


def by_value(field: str, value: str, columns: Iterable[str]) -> list[Request]:
    """The calls that find a lead by one unique field, in the order of trust.

    For a phone the exact string first: the other call shows one match only, and may hide ours.
    """
    if field == "EmailAddress":
        path = f"{SERVICE}/Leads.GetByEmailaddress"
        params = {"emailaddress": value}
        return [Request("Leads.GetByEmailaddress", path, params=params, asks_leads=True)]
    body = {
        "Parameter": {"LookupName": field, "LookupValue": value, "SqlOperator": "="},
        "Columns": {"Include_CSV": _columns([field, *columns])},
        "Sorting": {"ColumnName": "CreatedOn", "Direction": "1"},
        "Paging": {"PageIndex": 1, "PageSize": 100},
    }
    requests = [Request("Leads.Get", f"{SERVICE}/Leads.Get", to_json(body), asks_leads=True)]
    digits = "".join(filter(str.isdigit, value))
    if field in PHONES and digits:
        path = f"{SERVICE}/RetrieveLeadByPhoneNumber"
        params = {"phone": digits}
        requests.append(Request("RetrieveLeadByPhoneNumber", path, params=params, asks_leads=True))
    return requests


def by_id(lead_id: UUID) -> Request:
    """One lead by its Id; `[]` where the account has none (Leads.GetById)."""
    path = f"{SERVICE}/Leads.GetById"
    return Request("Leads.GetById", path, params={"id": str(lead_id)}, asks_leads=True)


def by_ids(lead_ids: Sequence[UUID], columns: Iterable[str], page: int) -> Request:
    """The leads of these Ids; pages count from 1."""
    body = {
        "SearchParameters": {"LeadIds": [str(lead_id) for lead_id in lead_ids]},
        "Columns": {"Include_CSV": _columns(columns)},
        "Paging": {"PageIndex": page, "PageSize": len(lead_ids)},
    }
    path = f"{SERVICE}/Leads/Retrieve/ByIds"
    return Request("Leads/Retrieve/ByIds", path, to_json(body), asks_leads=True)


def read_page(reply: Reply) -> Page | None:
    """A reply of RecentlyModified or ByIds; None where it is no such reply. The list is left out
    when empty."""
    body = reply.json
    if reply.status != 200 or not isinstance(body, dict):
        return None
    total, leads = body.get("RecordCount"), body.get("Leads") or []
    if not isinstance(total, int) or not isinstance(leads, list):
        return None
    records = [_record(lead.get("LeadPropertyList")) for lead in leads if isinstance(lead, dict)]
    return Page(total, records)


def read_flat(reply: Reply) -> list[Record] | None:
    """A reply of the other look-ups: an array of flat leads, `[]` where there is none."""
    body = reply.json
    if reply.status != 200 or not isinstance(body, list):
        return None
    return [
        {str(name).replace("~", "."): _text(value) for name, value in lead.items()}
        for lead in body
        if isinstance(lead, dict)
    ]


def read_user(reply: Reply) -> User | None:
    body = reply.json
    if reply.status != 200 or not isinstance(body, dict):
        return None

    def text(name: str) -> str:
        return as_text(body.get(name), MOST_OF_USER)

    if not (account := text("OrgId")):
        return None
    told = body.get("LSQCommonServiceURLs")
    urls = told if isinstance(told, dict) else {}
    return User(
        text("Id"),
        account,
        text("OrgDisplayName") or text("OrgShortCode") or account,
        person=text("Name"),
        role=text("Role"),
        time_zone=text("TimeZone"),
        country_code=text("DefaultCountryCode"),
        api_host=as_text(urls.get("api"), MOST_OF_USER),
        web_host=as_text(urls.get("app") or urls.get("web"), MOST_OF_USER),
    )


def web_address(user: User, base_url: str) -> str:
    """The account's web application, without a slash at its end; "" where it can't be told.

    What the account says itself, else the API's host without `api-` (seen on accounts; that of
    Singapore is not known). base_url: of the API.
    """
    scheme, _, host = base_url.partition("://")
    named = user.web_host.rpartition("://")[2].strip("/ ")
    if not HOST.fullmatch(named):
        named = host.removeprefix("api-") if host.startswith("api-") else ""
    return f"{scheme}://{named}" if named else ""


def _columns(names: Iterable[str]) -> str:
    """Children of a custom field set are shown under its own name."""
    parents = (name.partition(".")[0] for name in names)
    return ",".join(dict.fromkeys([*OWN_COLUMNS, *parents]))


def _record(properties: object) -> Record:
    found: Record = {}
    for name, each in _attributes(properties):
        found[name] = _text(each.get("Value"))
        for child, its in _attributes(each.get("Fields")):
            found[f"{name}.{child}"] = _text(its.get("Value"))
    return found


def _attributes(properties: object) -> Iterator[tuple[str, dict[str, object]]]:
    for each in properties if isinstance(properties, list) else []:
        if isinstance(each, dict) and isinstance(name := each.get("Attribute"), str):
            yield name, each


def _text(value: object) -> str | None:
    """A list or an object is no value of a field, and equals none that was sent."""
    if value is None:
        return None
    return str(value) if isinstance(value, str | int | float) else f"a {type(value).__name__}"


def _utc(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
