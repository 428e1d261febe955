"""Leads that are read too long ago are read again, and none is forgotten; in virtual time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from importer.delivery.connection import Connection
from importer.delivery.deleter import OLD_MS, READ_IN_VAIN, Deleter
from importer.delivery.leadsquared import Request
from importer.delivery.throttle import Rate
from importer.errors import ResumableError
from importer.journal.calls import DELETE
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from tests.delivery.account import FakeClock
from tests.delivery.harness import make_job, people
from tests.delivery.test_connection import RATE, USER, Server, connected

READ = Request("Leads.Get", "/v2/LeadManagement.svc/Leads.Get")
DELETED = {"Status": "Success"}
TRIES = 5
Page = tuple[list[tuple[int, UUID]], int]


class Account(Server):
    """Whose leads can be deleted, and are read in so many seconds."""

    def __init__(self, clock: FakeClock, reading_s: float = 0.0, answer: Any = DELETED) -> None:
        super().__init__(clock, USER, answer)
        self.reading_s = reading_s
        self.reads = self.deletions = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == READ.path:
            self.reads += 1
            self.clock.advance(self.reading_s)
        self.deletions += request.url.path.endswith(DELETE)
        assert self.reads + self.deletions < 200, "it never ends"
        return super().__call__(request)


class List:
    """Rows whose leads are read by calls through the deleter: `most` of them by one."""

    def __init__(self, deleter: Deleter, connection: Connection, rows: int, most: int) -> None:
        self._deleter, self._connection, self._most = deleter, connection, most
        self._rows = [*range(2, 2 + rows)]
        self._again: list[int] = []

    def more(self, old: Sequence[int]) -> Page | None:
        self._again += old
        rows = self._again or self._rows
        page = rows[: self._most]
        del rows[: self._most]
        if not page:
            return None
        read_at = self._connection.clock.wall_ms()
        self.read()
        return [(number, UUID(int=number)) for number in page], read_at

    def read(self) -> None:
        clock = self._connection.clock
        assert isinstance(clock, FakeClock)
        slot = self._connection.throttle.take()
        while slot is None:
            clock.advance(self._connection.throttle.wait_s())
            slot = self._connection.throttle.take()
        self._deleter.carry(READ, slot)


@contextmanager
def at_work(
    folder: Path,
    account: Account,
    rate: Rate,
    gone: list[int],
    is_stopped: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Deleter, Connection]]:
    with (
        closing(Journal(folder / "importer.db", create=True)) as journal,
        connected(folder, account.clock, account, rate=rate) as connection,
    ):
        rows = Rows(journal, make_job(journal, people(30)))
        deleter = Deleter(
            rows, connection, gone=gone.append, tries=TRIES, timeout_s=30.0, is_stopped=is_stopped
        )
        with closing(deleter):
            yield deleter, connection


@pytest.mark.parametrize("most", [15, 1])
@pytest.mark.parametrize("rate", [Rate(1, 20), Rate(1, 2), Rate(1, 1), Rate(3, 1), RATE])
def test_all_are_deleted_at_any_rate_and_each_is_read_about_once(
    tmp_path: Path, rate: Rate, most: int
) -> None:
    clock, gone = FakeClock(), list[int]()
    account = Account(clock)
    with at_work(tmp_path, account, rate, gone) as (deleter, connection):
        size = min(most, deleter.page_size)
        deleter.run(List(deleter, connection, 12, size).more)
    assert sorted(gone) == [*range(2, 14)]
    assert account.deletions == 12
    assert account.reads <= 12 // size + 3


def test_those_that_grow_old_during_a_read_that_finds_no_more_are_read_again(
    tmp_path: Path,
) -> None:
    clock, gone = FakeClock(), list[int]()
    account = Account(clock)
    with at_work(tmp_path, account, RATE, gone) as (deleter, connection):
        rows = List(deleter, connection, 2, 15)

        def more(old: Sequence[int]) -> Page | None:
            found = rows.more(old)
            if found is None and not old:
                account.reading_s = OLD_MS / 1000 + 1
                rows.read()
                account.reading_s = 0.0
                rows.read()
            return found

        deleter.run(more)
    assert sorted(gone) == [2, 3]


def test_where_reading_takes_too_long_for_any_deletion_it_is_said(tmp_path: Path) -> None:
    clock, gone = FakeClock(), list[int]()
    account = Account(clock, reading_s=OLD_MS / 1000 + 1)
    told = pytest.raises(ResumableError, match="answers too slowly: before a lead can be")
    with at_work(tmp_path, account, RATE, gone) as (deleter, connection), told:
        deleter.run(List(deleter, connection, 12, 15).more)
    assert (gone, account.deletions) == ([], 0)
    assert account.reads == READ_IN_VAIN + 1


@pytest.mark.parametrize("answer", [(500, "Internal Server Error"), httpx.ReadTimeout("late")])
def test_a_lead_whose_deletion_is_never_answered_is_tried_so_often_and_no_more(
    tmp_path: Path, answer: object
) -> None:
    """The waits between are longer than what is read of a lead holds."""
    clock, gone = FakeClock(), list[int]()
    account = Account(clock, answer=answer)
    told = pytest.raises(ResumableError, match="does not answer Lead/Delete/ById")
    with at_work(tmp_path, account, RATE, gone) as (deleter, connection), told:
        deleter.run(List(deleter, connection, 1, 15).more)
    assert account.deletions == TRIES


def test_no_more_are_read_once_it_is_stopped(tmp_path: Path) -> None:
    clock, gone, stops = FakeClock(), list[int](), list[int]()
    account = Account(clock)
    with at_work(tmp_path, account, RATE, gone, lambda: bool(stops)) as (deleter, connection):

        def more(_: Sequence[int]) -> Page | None:
            stops.append(1)
            return ([], connection.clock.wall_ms()) if len(stops) < 9 else None

        deleter.run(more)
    assert (gone, len(stops)) == ([], 1)
