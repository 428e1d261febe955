"""What is asked of the account about its static lists: to find one, to make one, to add leads.

Each call goes under the throttle, and is kept in the journal. A call that is refused is taken
apart, down to the leads that it is refused for: the others are added.
"""

from collections import deque
from collections.abc import Callable, Sequence
from uuid import UUID

from importer.delivery.ask import Begin, ask
from importer.delivery.connection import Connection
from importer.delivery.leadsquared import Request
from importer.delivery.lists import (
    KINDS,
    STATIC,
    ShownList,
    add_leads,
    is_done,
    is_refused,
    is_same_name,
    is_taken,
    make_list,
    read_lists,
    read_made,
    refusal_of,
    search_lists,
)
from importer.delivery.replies import Reply
from importer.errors import ApiError, ResumableError
from importer.jobs.account_leads import AccountLeads

MOST_ALIKE = 5  # leads of one call, all refused and no other taken: it is not about these leads
MOST_PAGES = 1_000  # of lists; an account that shows more shows the same again
MEND = "mend what these words say, or name another list with --list"

Refusal = tuple[str, str]  # the ExceptionType, or the status, and the vendor's words


class ListCalls:
    """sleep may raise. begin: as of `ask`. Every method may raise ApiError: the account refuses
    all such calls. ResumableError: no answer came."""

    def __init__(
        self, connection: Connection, sleep: Callable[[float], None], begin: Begin
    ) -> None:
        self._connection = connection
        self._sleep = sleep
        self._begin = begin
        self._leads = AccountLeads(connection, sleep, begin)

    def find(self, name: str, *, in_all: bool = False) -> ShownList | None:
        """The account's list of that name: the static one, where there are several. in_all: look
        through all lists, should the account's own search not have found it."""
        for kind in KINDS:
            try:
                found = self._find(name, kind, "" if in_all else name)
            except ApiError:
                if kind == STATIC:
                    raise
                continue  # an account may lack the other kinds
            if found is not None:
                return found
        return None

    def _find(self, name: str, kind: str, searched: str) -> ShownList | None:
        seen: set[UUID] = set()
        other: ShownList | None = None
        for page in range(1, MOST_PAGES + 1):
            reply = self._ask(search_lists(searched, kind, page))
            shown = read_lists(reply, kind)
            if shown is None:
                code, words = refusal_of(reply)
                what = f"{self._host} does not show its lists: {code}, {words}"
                raise ApiError(what, fix="use the keys of a user who may see lists")
            same = [each for each in shown if is_same_name(each.name, name)]
            for each in sorted(same, key=lambda each: each.name.strip() != name):
                if each.is_static:
                    return each
                other = other or each
            if not {each.list_id for each in shown} - seen:  # past the end, or the same page again
                break
            seen.update(each.list_id for each in shown)
        return other

    def make(self, name: str) -> UUID | None:
        """The Id of the new list; None where there is one of that name. Raises ApiError also where
        the account refuses the name."""
        reply = self._ask(make_list(name))
        if (list_id := read_made(reply)) is not None:
            return list_id
        if is_taken(reply):
            return None
        code, words = refusal_of(reply)
        if not is_refused(reply):
            raise self._unknown(reply)
        what = f'{self._host} does not make the list "{name}": {code}, {words}'
        raise ApiError(what, fix=MEND)

    def add(self, list_id: UUID, lead_ids: Sequence[UUID]) -> dict[UUID, Refusal]:
        """The leads that are not on the list now, with why; all others are.

        Raises ApiError: the account refuses one lead like the other.
        """
        refused: dict[UUID, Refusal] = {}
        taken = 0
        refusal = self._refusal(list_id, lead_ids)
        if refusal is None:
            return refused
        there = self._in_account(lead_ids)
        refused.update((each, refusal) for each in lead_ids if each not in there)
        # The largest parts first: so it is seen early whether any lead is taken.
        parts = deque([there] if len(there) < len(lead_ids) else _halves(there))
        while parts:
            part = parts.popleft()
            if not part:
                continue
            refusal = self._refusal(list_id, part)
            if refusal is None:
                taken += len(part)
            elif len(part) > 1:
                parts.extend(_halves(part))
            else:
                refused[part[0]] = refusal
                alike = sum(each in refused for each in there)
                if not taken and alike >= MOST_ALIKE:
                    code, words = refusal
                    what = f"{self._host} adds no lead to the list: {code}"
                    raise ApiError(f"{what}, {words}", fix=MEND, plain=what)
        return refused

    def _in_account(self, lead_ids: Sequence[UUID]) -> Sequence[UUID]:
        """Those that the account shows: one that was deleted, or merged, is refused with all."""
        try:
            found = self._leads.read(lead_ids, [])
        except ApiError:
            return lead_ids  # it does not let them be read
        return [each for each in lead_ids if each in found]

    def _refusal(self, list_id: UUID, lead_ids: Sequence[UUID]) -> Refusal | None:
        reply = self._ask(add_leads(list_id, lead_ids))
        if is_done(reply):
            return None
        if not is_refused(reply):
            raise self._unknown(reply)
        return refusal_of(reply)

    def _unknown(self, reply: Reply) -> ResumableError:
        code, words = refusal_of(reply)
        return ResumableError(
            f"{self._host} answers about a list as LeadSquared does not: {code}, {words[:200]}",
            fix="run the same command again later",
        )

    def _ask(self, request: Request) -> Reply:
        return ask(self._connection, request, self._sleep, self._begin)

    @property
    def _host(self) -> str:
        return self._connection.api.host


def _halves(leads: Sequence[UUID]) -> list[Sequence[UUID]]:
    middle = len(leads) // 2
    return [leads[:middle], leads[middle:]]
