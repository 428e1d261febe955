"""Leads of the account, read by Id under the throttle, to be compared with what was sent."""

from collections.abc import Callable, Sequence
from uuid import UUID

from importer.delivery.ask import Begin, Carry, ask
from importer.delivery.connection import Connection
from importer.delivery.evidence import lead_id_of
from importer.delivery.leadsquared import Request
from importer.delivery.lookups import Record, by_id, by_ids, read_flat, read_page
from importer.delivery.replies import Reply
from importer.errors import ApiError
from importer.journal.audit import MOST_NAMED

PAGE = 50  # Ids a call: how many the account takes is not documented


class AccountLeads:
    """Reads leads by Id: a page a call, or one by one where the account does not offer that.

    The first Ids that a page does not show are asked for alone: should the account have one of
    them after all, its pages are not to be trusted.
    """

    def __init__(
        self,
        connection: Connection,
        sleep: Callable[[float], None],
        begin: Begin,
        carry: Carry | None = None,
    ) -> None:
        self._connection = connection
        self._sleep = sleep
        self._begin = begin
        self._carry = carry
        self._in_pages = True
        self._unproven = MOST_NAMED

    @property
    def most(self) -> int:
        """Leads that are read by one call."""
        return PAGE if self._in_pages else 1

    def read(self, lead_ids: Sequence[UUID], columns: Sequence[str]) -> dict[UUID, Record]:
        """Id to what the account shows of it; one that it does not have is left out.

        Raises ApiError: the account does not let leads be read.
        """
        found = self._page(lead_ids, columns) if self._in_pages else None
        if found is None:
            self._in_pages, found = False, {}
        for lead_id in (each for each in lead_ids if each not in found):
            if self._in_pages and not self._unproven:
                continue
            record = self._one(lead_id)
            if record is not None:
                self._in_pages = False
                found[lead_id] = record
            elif self._in_pages:
                self._unproven -= 1
        return found

    def _page(self, lead_ids: Sequence[UUID], columns: Sequence[str]) -> dict[UUID, Record] | None:
        """None where the account refuses such a call, or shows leads that were not asked for."""
        found: dict[UUID, Record] = {}
        seen, number = 0, 1
        while True:
            try:
                page = read_page(self._ask(by_ids(lead_ids, columns, number)))
            except ApiError:
                return None  # it may still let them be read one by one
            if page is None:
                return None
            for record in page.records:
                lead_id = lead_id_of(record)
                if lead_id is None or lead_id not in lead_ids:
                    return None
                found[lead_id] = record
            seen, number = seen + len(page.records), number + 1
            if not page.records or seen >= page.total:
                return found

    def _one(self, lead_id: UUID) -> Record | None:
        reply = self._ask(by_id(lead_id))
        records = read_flat(reply)
        if records is None:
            raise ApiError(
                f"{self._connection.api.host} does not let a lead be read by its Id:"
                f" {reply.exception[1] or f'HTTP {reply.status}'}",
                fix="use the keys of a user who may see these leads, such as an administrator",
            )
        return next((record for record in records if lead_id_of(record) == lead_id), None)

    def _ask(self, request: Request) -> Reply:
        return ask(self._connection, request, self._sleep, self._begin, self._carry)


def is_shown(name: str, record: Record) -> bool:
    """A custom field set shows only the children that have a value."""
    parent, _, child = name.partition(".")
    return name in record or bool(child and any(each.startswith(f"{parent}.") for each in record))
