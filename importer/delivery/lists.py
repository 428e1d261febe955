"""Calls about the account's lists: what is asked, and what the replies hold. The wire format alone.

Source: retrieve-all-lists, create-empty-static-list and add-leads-to-a-static-list on
apidocs.leadsquared.com. Leads that are on a list already are passed over: adding them again is
safe.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from importer.delivery.leadsquared import Request, to_json
from importer.delivery.lookups import SERVICE
from importer.delivery.replies import DUPLICATE, Reply, as_guid, as_text

SEGMENTS = "/v2/LeadSegmentation.svc"
STATIC = "static"
KINDS = {"static": "0", "dynamic": "1", "refreshable": "2"}  # retrieve-all-lists: ListType
LEADS_A_CALL = 25  # how many the account takes is not documented; a public client sends so many
DESCRIPTION = "Made by leadsquared-importer"
# What a name that is taken is refused with, in the vendor's own web application.
TAKEN = frozenset({DUPLICATE, "MXDuplicateEntityNameException"})


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list of the account. kind: of KINDS, or another word of the vendor's."""

    list_id: UUID
    name: str
    kind: str

    @property
    def is_static(self) -> bool:
        return self.kind == STATIC


def search_lists(name: str, kind: str, page: int) -> Request:
    """Lists of that kind with the text in their name, or all for ""; pages count from 1."""
    params = {"PageIndex": str(page), "ListType": KINDS[kind]}
    if name:
        params["SearchText"] = name
    return Request("Lists.Get", f"{SERVICE}/Lists.Get", params=params)


def make_list(name: str) -> Request:
    body = to_json({"Name": name, "Description": DESCRIPTION})
    return Request("CreateEmptyList", f"{SEGMENTS}/CreateEmptyList", body)


def add_leads(list_id: UUID, lead_ids: Sequence[UUID]) -> Request:
    """Its keys are in lower case, other than those of most calls."""
    body = to_json({"listId": str(list_id), "leadIds": [str(each) for each in lead_ids]})
    return Request("AddLeadsToStaticList", f"{SEGMENTS}/AddLeadsToStaticList", body)


def read_lists(reply: Reply, kind: str) -> list[ShownList] | None:
    """A page; None where it is no such reply. kind: that was asked for, where a list tells none."""
    if reply.status != 200 or not isinstance(reply.json, list):
        return None
    shown = []
    for each in reply.json:
        list_id = as_guid(each.get("ListId")) if isinstance(each, dict) else None
        if list_id is not None:
            told = as_text(each.get("ListType")).strip().lower()
            shown.append(ShownList(list_id, as_text(each.get("ListName")), told or kind))
    return shown


def read_made(reply: Reply) -> UUID | None:
    """The Id of the list that was made; None where none was."""
    if not is_done(reply):
        return None
    message = reply.json.get("Message")
    return as_guid(message.get("Id")) if isinstance(message, dict) else None


def is_done(reply: Reply) -> bool:
    """Whether the leads were added. How many were there already is told in prose alone."""
    body = reply.json
    return 200 <= reply.status < 300 and isinstance(body, dict) and body.get("Status") == "Success"


def is_refused(reply: Reply) -> bool:
    """Whether the call was refused for good; else, where it was not done, nothing is known."""
    return reply.exception[0].startswith("MX") or reply.status == 400


def is_taken(reply: Reply) -> bool:
    """Whether another list has the name."""
    return reply.exception[0] in TAKEN


def is_same_name(one: str, other: str) -> bool:
    """Capitals and spaces at the ends make no other name: which the account may refuse as taken."""
    return one.strip().casefold() == other.strip().casefold()


def refusal_of(reply: Reply) -> tuple[str, str]:
    """The ExceptionType, or the status, and the vendor's words."""
    kind, message = reply.exception
    return kind or f"HTTP {reply.status}", (message or reply.text).strip().rstrip(".")
