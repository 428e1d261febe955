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
from importer.sandbox.lists import LISTS_PAGE, Lists
from importer.sandbox.options import DELETE, FIELDS_TOLD, LIST, LOOKUP
from importer.sandbox.records import Record, read_json, read_record
from importer.sandbox.replies import (
    MissingError,
    RefusedError,
    UnreadableError,
    invalid_parameter,
)


@dataclass(frozen=True, slots=True)
class Call:
    """`query`: names in lower case, values decoded. `is_json` is by Content-Type."""

    query: Mapping[str, str]
    body: bytes
    is_json: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    """kind: a key of FAULT_GROUPS, whose faults befall the call; "" for none of them."""

    verb: str
    name: str
    handle: Callable[[Call], Any]
    kind: str = ""


CREATE = "Lead.Create"


class Calls:
    """`host` is what the profile names as the account's API host: bare, with its port.

    deletion: one of DELETIONS.
    """

    def __init__(self, account: Account, lists: Lists, host: str, deletion: str = "on") -> None:
        self._account = account
        self._lists = lists
        self._host = host
        self._deletion = deletion
        self._modified_pages = search.ModifiedPages(account)

    def routes(self) -> dict[str, Route]:
        """Return path → route; the paths in lower case, as the vendor's servers ignore case."""
        leads = "/v2/LeadManagement.svc/"
        routes = {
            "/v2/Authentication.svc/": [
                Route("GET", "UserByAccessKey.Get", self.user_by_access_key),
            ],
            "/v2/UserManagement.svc/": [
                Route("GET", "Users.Get", self.users, kind=FIELDS_TOLD),
            ],
            leads: [
                Route("POST", CREATE, self.create),
                Route("POST", "Lead.CreateOrUpdate", self.create_or_update),
                Route("POST", "Lead.Update", self.update),
                Route("GET", "Lead/Delete/ById", self.delete, kind=DELETE),
                Route("GET", "LeadsMetaData.Get", self.metadata, kind=FIELDS_TOLD),
                Route("POST", "Leads.RecentlyModified", self.recently_modified, kind=LOOKUP),
                Route("POST", "Leads.Get", self.get, kind=LOOKUP),
                Route("GET", "Leads.GetByEmailaddress", self.get_by_email, kind=LOOKUP),
                Route("GET", "RetrieveLeadByPhoneNumber", self.get_by_phone, kind=LOOKUP),
                Route("GET", "Leads.GetById", self.get_by_id, kind=LOOKUP),
                Route("GET", "Leads.GetByQuickSearch", self.quick_search, kind=LOOKUP),
                Route("POST", "Leads/Retrieve/ByIds", self.retrieve_by_ids, kind=LOOKUP),
                Route("POST", "Leads/Retrieve/BySearchParameter", self.members, kind=LOOKUP),
                Route("GET", "Lists.Get", self.lists),
            ],
            "/v2/LeadSegmentation.svc/": [
                Route("POST", "CreateEmptyList", self.create_list, kind=LIST),
                Route("POST", "AddLeadsToStaticList", self.add_to_list, kind=LIST),
                Route("GET", "RemoveLeadFromStaticList", self.remove_from_list, kind=LIST),
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
        """Delete at once, where the account allows this call at all."""
        if self._deletion == "404":
            raise MissingError
        if self._deletion != "on":
            raise RefusedError(
                "MXNotAllowedException",
                "Lead delete API is not enabled for your account",
                status=403 if self._deletion == "403" else 500,
            )
        lead = self._named(call, "deleting")
        self._account.delete(lead)
        self._lists.forget(lead)
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

    def lists(self, call: Call) -> Any:
        """A page of lists. That a page has LISTS_PAGE of them is assumed."""
        query = call.query
        page, _ = search.paging_of({"Paging": {"PageIndex": query.get("pageindex", 1)}}, 1)
        found = self._lists.search(query.get("listtype"), query.get("searchtext", ""))
        return [each.shown() for each in found[(page - 1) * LISTS_PAGE : page * LISTS_PAGE]]

    def members(self, call: Call) -> Any:
        """The leads of a list, in the order of their adding. RetrieveBehaviour is passed over."""
        request = read_json(call.body)
        list_id = search.part(request, "SearchParameters").get("ListId")
        if not isinstance(list_id, str):
            raise invalid_parameter("ListId")
        ids = self._lists.named(list_id).members
        leads = search.sort(request, self._account.shown(self._account.leads[each] for each in ids))
        page, size = search.paging_of(request, search.SEARCH_PAGE)
        size = min(size, search.SEARCH_PAGE)
        shown = leads[(page - 1) * size : page * size]
        return search.counted(len(leads), shown, search.columns_of(request))

    def create_list(self, call: Call) -> Any:
        body = _object(call)
        name, description = body.get("Name") or "", body.get("Description") or ""
        if not isinstance(name, str) or not isinstance(description, str):
            raise invalid_parameter("Name")
        return {"Status": "Success", "Message": {"Id": self._lists.create(name, description).id}}

    def add_to_list(self, call: Call) -> Any:
        """Its keys are in lower case, other than those of most calls; others are not known."""
        body = _object(call)
        list_id, lead_ids = body.get("listId"), body.get("leadIds")
        if not isinstance(list_id, str):
            raise invalid_parameter("listId")
        if not lead_ids or not isinstance(lead_ids, list):
            raise invalid_parameter("leadIds")
        added = self._lists.add(list_id, [str(each) for each in lead_ids])
        # That those that were there already are not counted is assumed.
        told = f"Successfully added {added} lead(s) to list"
        return {"Status": "Success", "Message": {"Message": told}}

    def remove_from_list(self, call: Call) -> Any:
        """The body of the reply is assumed."""
        removed = self._lists.remove(_required(call, "listid"), _required(call, "leadid"))
        return {"Status": "Success", "Message": {"AffectedRows": removed}}

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


def _object(call: Call) -> dict[str, Any]:
    body = read_json(call.body)
    if not isinstance(body, dict):
        raise UnreadableError("Cannot deserialize the current JSON into type 'List'.")
    return body
