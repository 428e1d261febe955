"""People who were in the account before the list: the mapping lets their rows be skipped, and the
refusal does not tell which leads they are. They are looked up by the value that was taken.
"""

from collections.abc import Callable, Iterator

from importer.delivery.ask import ask, kept_at
from importer.delivery.connection import Connection
from importer.delivery.evidence import lead_id_of, same
from importer.delivery.lookups import by_value, read_flat
from importer.errors import ApiError
from importer.jobs.recipes import Builders
from importer.jobs.session import now_ms
from importer.journal.audit import Numbers
from importer.journal.lists import StaticLists
from importer.journal.rows import JournalRow, Rows
from importer.model import Lead

PAGE = 100  # rows read at a time


class There:
    """sleep may raise. unfound: rows whose lead the account does not show by its value."""

    def __init__(
        self,
        connection: Connection,
        sleep: Callable[[float], None],
        rows: Rows,
        lists: StaticLists,
    ) -> None:
        self._connection = connection
        self._sleep = sleep
        self._rows = rows
        self._lists = lists
        self._builders = Builders(rows.journal, rows.job)
        self.unfound = Numbers()

    def find_all(self) -> None:
        """Keep in the journal which leads they are; a call or two for each.

        Raises ApiError: the account lets no lead be looked up. ResumableError: no answer came.
        """
        try:
            for number in self._nameless():
                if not self._find(number):
                    self.unfound.add(number)
        except ApiError:
            self.unfound = Numbers()
            for number in self._nameless():
                self.unfound.add(number)
            raise

    def _nameless(self) -> Iterator[int]:
        last = 0
        while numbers := self._lists.nameless(last, PAGE):
            yield from numbers
            last = numbers[-1]

    def _find(self, number: int) -> bool:
        row = self._rows.row(number)
        lead = self._builders.build(row) if row else None
        if row is None or not isinstance(lead, Lead):
            return False
        begin = kept_at(self._rows, number, now_ms, self._connection.ahead_ms)
        for name in self._taken(row, lead):
            for request in by_value(name, lead.values[name], [name]):
                reply = ask(self._connection, request, self._sleep, begin)
                for record in read_flat(reply) or ():
                    lead_id = lead_id_of(record)
                    if lead_id and same(name, lead.values[name], record.get(name) or ""):
                        with self._rows.journal.transaction():
                            self._lists.set_existing(number, lead_id, now_ms())
                        return True
        return False

    def _taken(self, row: JournalRow, lead: Lead) -> Iterator[str]:
        """The unique field that the account's refusal named; all that the row has, where it named
        none of them."""
        unique = [name for name in lead.keys if name in lead.values]
        named = [name for name in unique if self._builders.column(name) == row.field]
        yield from named or unique
