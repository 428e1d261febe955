"""The operations of the API: a call's query and body → a value for the reply's JSON.

Raises RefusedError and UnreadableError. Knows neither keys, limits nor faults.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from importer.sandbox import search
from importer.sandbox.account import Account, Lead, users
from importer.sandbox.fields import metadata
from importer.sandbox.records import Record, read_json, read_record
from importer.sandbox.replies import RefusedError, invalid_parameter


@dataclass(frozen=True, slots=True)
class Call:
    """`query`: names in lower case, values decoded. `is_json` is by Content-Type."""

    query: Mapping[str, str]
    body: bytes
    is_json: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    verb: str
    name: str
    handle: Callable[[Call], Any]
    lookup: bool = False
    tells_fields: bool = False


CREATE = "Lead.Create"


class Calls:
    """`host` is what the profile names as the account's API host: bare, with its port."""

    def __init__(self, account: Account, host: str) -> None:
        self._account = account
        self._host = host
        self._modified_pages = search.ModifiedPages(account)

    def routes(self) -> dict[str, Route]:
        """Return path → route; the paths in lower case, as the vendor's servers ignore case."""
        leads = "/v2/LeadManagement.svc/"
        routes = {
            "/v2/Authentication.svc/": [
                Route("GET", "UserByAccessKey.Get", self.user_by_access_key),
            ],
            "/v2/UserManagement.svc/": [
                Route("GET", "Users.Get", self.users, tells_fields=True),
            ],
            leads: [
                Route("POST", CREATE, self.create),
                Route("POST", "Lead.CreateOrUpdate", self.create_or_update),
                Route("POST", "Lead.Update", self.update),
                Route("GET", "Lead/Delete/ById", self.delete),
                Route("GET", "LeadsMetaData.Get", self.metadata, tells_fields=True),
                Route("POST", "Leads.RecentlyModified", self.recently_modified, lookup=True),
                Route("POST", "Leads.Get", self.get, lookup=True),
                Route("GET", "Leads.GetByEmailaddress", self.get_by_email, lookup=True),
                Route("GET", "RetrieveLeadByPhoneNumber", self.get_by_phone, lookup=True),
                Route("GET", "Leads.GetById", self.get_by_id, lookup=True),
                Route("GET", "Leads.GetByQuickSearch", self.quick_search, lookup=True),
                Route("POST", "Leads/Retrieve/ByIds", self.retrieve_by_ids, lookup=True),
            ],
        }
        return {
            (service + route.name).lower(): route
            for service, group in routes.items()
            for route in group
        }

    def user_by_access_key(self, call: Call) -> Any:  # noqa: ARG002 - one shape for all
        return self._account.user.profile(self._host)

    def users(self, call: Call) -> Any:  # noqa: ARG002 - one shape for all
        return users(self._account.user)

    def create(self, call: Call) -> Any:
        lead = self._account.create(read_record(call.body))
        lead.digest = hashlib.sha256(call.body).digest()
        return {"Status": "Success", "Message": {"Id": lead.id}}

    def create_or_update(self, call: Call) -> Any:
        record = read_record(call.body)
        lead = self._sought(record)
        if lead is None:
            lead = self._account.create(record)
        else:
            self._account.update(lead, record)
        return {"Status": "Success", "Message": {"Id": lead.id, "AffectedRows": 1}}

    def update(self, call: Call) -> Any:
        lead = self._named(call, "updating")
        self._account.update(lead, read_record(call.body))
        return {"Status": "Success", "Message": {"AffectedRows": 1}}

    def delete(self, call: Call) -> Any:
        """Delete at once; on a real account, support has to allow this call first."""
        self._account.delete(self._named(call, "deleting"))
        return {"Status": "Success"}

    def metadata(self, call: Call) -> Any:
        entries = metadata(options=call.query.get("excludeoptionsets") != "1")
        name = call.query.get("schemaname")
        if name is None:
            return list(entries.values())
        return [entries[name]] if name in entries else []

    def recently_modified(self, call: Call) -> Any:
        return self._modified_pages(read_json(call.body))

    def get(self, call: Call) -> Any:
        request = read_json(call.body)
        leads = search.sort(request, search.matching(self._account, request))
        page, size = search.paging_of(request, search.SEARCH_PAGE)
        size = min(size, search.SEARCH_PAGE)
        columns = search.columns_of(request)
        return [search.flat(lead, columns) for lead in leads[(page - 1) * size : page * size]]

    def get_by_email(self, call: Call) -> Any:
        email = _required(call, "emailaddress")
        return self._flat(self._account.holder("EmailAddress", email))

    def get_by_phone(self, call: Call) -> Any:
        return self._flat(self._account.by_phone(_required(call, "phone")))

    def get_by_id(self, call: Call) -> Any:
        return self._flat(self._account.leads.get(_required(call, "id").lower()))

    def quick_search(self, call: Call) -> Any:
        leads = search.quick(self._account, _required(call, "key"))
        return [search.flat(lead) for lead in leads[: search.SEARCH_PAGE]]

    def retrieve_by_ids(self, call: Call) -> Any:
        request = read_json(call.body)
        ids = search.part(request, "SearchParameters").get("LeadIds")
        if not isinstance(ids, list):
            raise invalid_parameter("LeadIds")
        sought = (self._account.leads.get(str(lead_id).lower()) for lead_id in ids)
        leads = self._account.shown(lead for lead in sought if lead)
        page, size = search.paging_of(request, search.SEARCH_PAGE)
        shown = leads[(page - 1) * size : page * size]
        return search.counted(len(leads), shown, search.columns_of(request))

    def _flat(self, lead: Lead | None) -> list[dict[str, str | None]]:
        return [search.flat(each) for each in self._account.shown([lead] if lead else [])]

    def _sought(self, record: Record) -> Lead | None:
        """Find the lead to update. Without SearchBy by e-mail alone, as seen on an account."""
        name = record.search_by or "EmailAddress"
        if name not in self._account.unique:
            raise RefusedError("MXInvalidInputException", "Invalid SearchBy value provided")
        value = record.values.get(name)
        return self._account.holder(name, value) if value else None

    def _named(self, call: Call, doing: str) -> Lead:
        lead_id = call.query.get("leadid")
        if not lead_id:
            raise RefusedError(
                "MXMandatoryAttributeMissingException", f"'leadId' is mandatory for {doing} lead"
            )
        lead = self._account.leads.get(lead_id.lower())
        if lead is None:
            raise RefusedError("MXInvalidEntityReferenceException", "Lead not found")
        return lead


def _required(call: Call, name: str) -> str:
    value = call.query.get(name)
    if not value:
        raise invalid_parameter(name)
    return value
