"""The account's lists of leads (contract, section 8). Kept in memory only; knows of no HTTP.

Comes in: names and Ids. Goes out: lists and their members, or the vendor's refusals. It never
changes a lead: that ModifiedOn stays as it is when a lead is put on a list is assumed.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from importer.sandbox.account import Account, Lead
from importer.sandbox.replies import RefusedError, invalid_parameter

STATIC, DYNAMIC = "static", "dynamic"
KINDS = {"0": STATIC, "1": DYNAMIC, "2": "refreshable"}
"""ListType as Lists.Get is asked for it (apidocs retrieve-all-lists)."""

LISTS_PAGE = 100
"""Lists in a page of Lists.Get. How many the vendor gives is unknown: assumed."""

MOST_IDS = 1000
"""Leads in one AddLeadsToStaticList. The vendor's limit is unknown: assumed."""


@dataclass(slots=True, eq=False)
class LeadList:
    """members: Ids of leads, in the order in which they were added."""

    id: str
    name: str
    description: str = ""
    kind: str = STATIC
    members: dict[str, None] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        """As Lists.Get shows it. That MemberCount is a number is assumed."""
        return {
            "ListId": self.id,
            "ListName": self.name,
            "ListDescription": self.description,
            "ListType": self.kind,
            "MemberCount": len(self.members),
        }


class Lists:
    """One static list is the system's. The dynamic one stays empty: there are no activities."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._by_id: dict[str, LeadList] = {}
        self._by_name: dict[str, LeadList] = {}
        self._add("Starred Leads", "Leads that you have starred", STATIC)
        self._add("Engaged Leads", "Leads with an activity of late", DYNAMIC)

    def all(self) -> list[LeadList]:
        """In the order in which they were made."""
        return list(self._by_id.values())

    def create(self, name: str, description: str) -> LeadList:
        """Raises RefusedError: no name, or one that is taken.

        That capitals make no other name, and what is said to both, is assumed.
        """
        if not name.strip():
            raise RefusedError(
                "MXMandatoryAttributeMissingException", "'Name' is mandatory for creating list"
            )
        if _folded(name) in self._by_name:
            raise RefusedError(
                "MXDuplicateEntryException", f"A List with same name already exists - {name}"
            )
        return self._add(name.strip(), description, STATIC)

    def named(self, list_id: str) -> LeadList:
        """Raises RefusedError: no list has this Id. What is said then is assumed."""
        found = self._by_id.get(list_id.lower())
        if found is None:
            raise RefusedError("MXInvalidEntityReferenceException", "List not found")
        return found

    def add(self, list_id: str, lead_ids: Sequence[str]) -> int:
        """Put leads on a list, all or none; how many were not there before.

        Raises RefusedError: no such list, one that is not static, too many Ids, or an Id that is
        no lead's, whose words were seen. A lead that reads do not show yet is taken: assumed.
        """
        chosen = self._static(list_id)
        if len(lead_ids) > MOST_IDS:
            raise RefusedError(
                "MXInvalidInputException", f"Lead Ids can not be more than {MOST_IDS}"
            )
        ids = dict.fromkeys(each.lower() for each in lead_ids)
        if not ids.keys() <= self._account.leads.keys():
            raise RefusedError(
                "MXInvalidInputException",
                "Records not associated with List where Entity Type didn't match",
            )
        before = len(chosen.members)
        chosen.members |= ids
        return len(chosen.members) - before

    def remove(self, list_id: str, lead_id: str) -> int:
        """Take a lead off a list; 0 where it is not on it, which is no refusal: assumed."""
        members = self._static(list_id).members
        if lead_id.lower() not in members:
            return 0
        del members[lead_id.lower()]
        return 1

    def forget(self, lead: Lead) -> None:
        """Take a lead that was deleted off all lists."""
        for each in self._by_id.values():
            each.members.pop(lead.id, None)

    def of(self, lead: Lead) -> list[LeadList]:
        return [each for each in self._by_id.values() if lead.id in each.members]

    def search(self, kind: str | None, text: str) -> list[LeadList]:
        """kind: a key of KINDS, or None for all. text: in any place of a name (assumed)."""
        if kind is not None and kind not in KINDS:
            raise invalid_parameter("ListType")
        return [
            each
            for each in self._by_id.values()
            if (kind is None or each.kind == KINDS[kind]) and text.casefold() in _folded(each.name)
        ]

    def _static(self, list_id: str) -> LeadList:
        found = self.named(list_id)
        if found.kind != STATIC:
            # The vendor's words are unknown.
            raise RefusedError("MXInvalidInputException", f"List is not a static list - {list_id}")
        return found

    def _add(self, name: str, description: str, kind: str) -> LeadList:
        new = LeadList(str(uuid.uuid4()), name, description, kind)
        self._by_id[new.id] = self._by_name[_folded(name)] = new
        return new


def _folded(name: str) -> str:
    return name.strip().casefold()
