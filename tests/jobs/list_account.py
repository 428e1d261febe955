"""An account that has lists, behind a wire in memory; and what it can refuse."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import httpx

from importer.delivery.connection import Connection
from importer.delivery.leadsquared import LeadSquared
from importer.delivery.lookups import User
from importer.delivery.throttle import Throttle

SPACE = UUID(int=99)
STALE = "Records not associated with List where Entity Type didn't match"
PAGE = 2  # lists
KINDS = {"0": "static", "1": "dynamic", "2": "refreshable"}

Answer = Callable[[httpx.Request], httpx.Response | None]


def refusal(kind: str, words: str, status: int = 500) -> httpx.Response:
    body = {"Status": "Error", "ExceptionType": kind, "ExceptionMessage": words}
    return httpx.Response(status, json=body)


class ListAccount:
    """lists: name to kind. deleted: leads that are not there any more; unfit: those that are there,
    and that no list takes. answers: by a call's name, what it gives instead; None for its own."""

    def __init__(self, lists: dict[str, str] | None = None) -> None:
        self.lists = dict(lists or {})
        self.members: dict[str, set[UUID]] = {name: set() for name in self.lists}
        self.deleted: set[UUID] = set()
        self.unfit: set[UUID] = set()
        self.answers: dict[str, Answer] = {}
        self.calls: Counter[str] = Counter()
        self.sizes: list[int] = []
        self.is_searchable = True

    def id_of(self, name: str) -> str:
        return str(uuid5(SPACE, name))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.partition(".svc/")[2]
        self.calls[name] += 1
        given = self.answers[name](request) if name in self.answers else None
        if given is not None:
            return given
        work: dict[str, Callable[[httpx.Request], httpx.Response]] = {
            "Lists.Get": self._search,
            "CreateEmptyList": self._make,
            "AddLeadsToStaticList": self._add,
            "Leads/Retrieve/ByIds": self._read,
            "Leads.GetById": self._read_one,
        }
        return work[name](request)

    def _search(self, request: httpx.Request) -> httpx.Response:
        params = request.url.params
        text = params.get("SearchText", "").casefold()
        found = [
            {"ListId": self.id_of(name), "ListName": name, "ListType": kind, "MemberCount": 0}
            for name, kind in self.lists.items()
            if kind == KINDS[params["ListType"]] and text in name.casefold()
        ]
        if text and not self.is_searchable:
            found = []
        first = (int(params["PageIndex"]) - 1) * PAGE
        return httpx.Response(200, json=found[first : first + PAGE])

    def _make(self, request: httpx.Request) -> httpx.Response:
        name = json.loads(request.content)["Name"]
        if name.casefold() in {each.casefold() for each in self.lists}:
            return refusal("MXDuplicateEntryException", "A List with same name already exists")
        self.lists[name], self.members[name] = "static", set()
        return httpx.Response(200, json={"Status": "Success", "Message": {"Id": self.id_of(name)}})

    def _add(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        leads = {UUID(each) for each in body["leadIds"]}
        self.sizes.append(len(body["leadIds"]))
        name = next(name for name in self.lists if self.id_of(name) == body["listId"])
        if leads & (self.deleted | self.unfit):
            return refusal("MXInvalidInputException", STALE)
        self.members[name] |= leads
        words = f"Successfully added {len(leads)} lead(s) to list"
        return httpx.Response(200, json={"Status": "Success", "Message": {"Message": words}})

    def _read(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)["SearchParameters"]["LeadIds"]
        found = [each for each in asked if UUID(each) not in self.deleted]
        leads = [
            {"LeadPropertyList": [{"Attribute": "ProspectID", "Value": each}]} for each in found
        ]
        return httpx.Response(200, json={"RecordCount": len(leads), "Leads": leads})

    def _read_one(self, request: httpx.Request) -> httpx.Response:
        lead_id = request.url.params["id"]
        found: list[dict[str, Any]] = [{"ProspectID": lead_id}]
        return httpx.Response(200, json=[] if UUID(lead_id) in self.deleted else found)


@contextmanager
def connection_to(account: ListAccount, folder: Path) -> Iterator[Connection]:
    wire = LeadSquared("api.x.com", "access", "secret", transport=httpx.MockTransport(account))
    with closing(Throttle(folder / "quota.db", None)) as throttle, closing(wire):
        yield Connection(wire, throttle, User("", "acme", "Acme"))


def ids(numbers: Iterable[int]) -> list[UUID]:
    return [UUID(int=1000 + number) for number in numbers]
