"""A simple description of what a job's rows may come to, and any history that leads there.

The journal, the worker and all that they use are real; the server is an account in memory, which
may do anything to a call: see `FATES`. Rows are of every kind that the importer tells apart. After
each step the rows are held against the account's own list of who made which lead; nothing of that
is taken from the journal. Time is virtual: hours take no time.
"""

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from importer.delivery.throttle import Rate
from importer.errors import ApiError, ResumableError
from importer.jobs.recipes import Builders
from importer.journal.rows import JournalRow
from importer.model import ACCEPTED, OPEN, Lead, RowStatus
from tests.delivery.account import (
    BARE,
    BARE_COMMITTED,
    DROPPED,
    GATEWAY,
    HTML,
    KEYS_REFUSED,
    KILLED,
    KILLED_COMMITTED,
    NEVER_LEFT,
    NOT_FOUND,
    RESET,
    THEM,
    TIMEOUT,
    US,
    Fault,
    Killed,
    LeadRecord,
    error_reply,
    late,
    throttled,
)
from tests.delivery.harness import World, check_ledger, keyless, make_world, person

FATES = {
    "refused": Fault(error_reply("MXInvalidInputException", "Invalid Input!")),
    "400": Fault(error_reply("", "Unexpected character", 400)),
    "bare 500": BARE,
    "500 after the commit": BARE_COMMITTED,
    "502": GATEWAY,
    "502 after the commit": Fault(GATEWAY.reply, commits=True),
    "no JSON, nothing done": HTML,
    "no JSON after the commit": Fault(HTML.reply, commits=True),
    "reset": RESET,
    "dropped after the commit": DROPPED,
    "timeout": TIMEOUT,
    "timeout after the commit": Fault(error="ReadTimeout", takes_s=30.0, commits=True),
    "commit 2 s later": late(2.0),
    "commit 25 s later": late(25.0),  # within the rest; a later one is outside of the promise
    "never left": NEVER_LEFT,
    "429": throttled(),
    "403": throttled(403),
    "200, throttled": throttled(200),
    "keys refused": KEYS_REFUSED,
    "killed": KILLED,
    "killed after the commit": KILLED_COMMITTED,
    "killed, commit 3 s later": Fault(kills=True, late_s=3.0),
}
LOOK_UPS = ("Leads.RecentlyModified", "Leads.Get", "Leads.GetByEmailaddress",
            "RetrieveLeadByPhoneNumber")  # fmt: skip
LOOK_FATES = {"500": BARE, "404": NOT_FOUND, "no JSON": HTML, "reset": RESET, "429": throttled()}
MOST_ROWS = 6
WAITS_S = (0.0, 1.0, 40.0, 4000.0)

# What a row can be: with e-mail, phone, both, neither; or one of these to an earlier row.
KINDS = ("email", "phone", "both", "neither", "same key", "equal", "contained")


def cells_of(kinds: Iterable[str]) -> list[list[str]]:
    """Rows of these kinds; a kind that needs an earlier row takes the last one that fits."""
    rows: list[list[str]] = []
    for index, kind in enumerate(kinds):
        name, phone = f"N{index}", f"+91-98000{index:05d}"
        email = f"{name.lower()}@x.in"
        keyed = [row for row in rows if row[1] or row[2]]
        if kind == "same key" and keyed:
            rows.append([name, keyed[-1][1].upper(), keyed[-1][2], "Goa"])
        elif kind == "equal" and rows:
            rows.append(list(rows[-1]))
        elif kind == "contained" and rows:
            rows.append([*rows[-1][:3], ""])
        elif kind in ("phone", "both"):
            rows.append(person(name, email if kind == "both" else "", phone, "Pune"))
        elif kind == "email":
            rows.append(person(name, email, "", "Pune"))
        else:
            rows.append(keyless(name, "Pune"))
    return rows


class Histories(RuleBasedStateMachine):
    """One job, from its first run to its end."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="model-"))
        self.world: World
        self.rate: Rate | None = None
        self.may_break = self.look_ups_failed = False
        self.theirs = set[UUID]()

    @initialize(
        kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=MOST_ROWS),
        is_paced=st.booleans(),
        ahead_s=st.sampled_from((0, 300, -300)),
        has_look_ups=st.booleans(),
        fates=st.lists(st.lists(st.sampled_from(sorted(FATES)), max_size=2), max_size=MOST_ROWS),
    )
    def stage(
        self,
        kinds: list[str],
        is_paced: bool,
        ahead_s: int,
        has_look_ups: bool,
        fates: list[list[str]],
    ) -> None:
        """A list, and what is to become of the first calls of its rows."""
        self.cells = cells_of(kinds)
        self.world = self.opened.enter_context(make_world(self.folder, self.cells))
        self.world.wire.ahead_ms = ahead_s * 1000
        self.rate = Rate(50, 5) if is_paced else None
        self.may_break = not has_look_ups
        for place, of_row in enumerate(fates):
            if of_row:
                self.befall(place, of_row)

    # What the server and the world do

    @rule(place=st.integers(0, MOST_ROWS - 1), fates=st.lists(st.sampled_from(sorted(FATES)),
          min_size=1, max_size=4))  # fmt: skip
    def befall(self, place: int, fates: list[str]) -> None:
        """The next calls of a row end so."""
        name = self.cells[place % len(self.cells)][0]
        self.world.wire.faults[name] += [FATES[fate] for fate in fates]

    @precondition(lambda self: self.may_break)
    @rule(look_up=st.sampled_from(LOOK_UPS), fate=st.sampled_from(sorted(LOOK_FATES)),
          times=st.integers(1, 12))  # fmt: skip
    def break_look_ups(self, look_up: str, fate: str, times: int) -> None:
        self.world.wire.faults[look_up] += [LOOK_FATES[fate]] * times
        self.look_ups_failed = True

    @rule(place=st.integers(0, MOST_ROWS - 1))
    def somebody_takes_a_key(self, place: int) -> None:
        """Somebody else makes a lead with a row's e-mail and phone, where they are free."""
        _, email, phone, _ = self.cells[place % len(self.cells)]
        taken = [v.casefold() for e in self.world.wire.leads for v in e.values.values()]
        if (email or phone) and not {email.casefold(), phone} & {*taken} - {""}:
            self.world.wire.add(f"Their{place}", EmailAddress=email, Phone=phone)

    @precondition(lambda self: self.may_break)
    @rule(place=st.integers(0, MOST_ROWS - 1), times=st.integers(1, 40))
    def lose_and_hide(self, place: int, times: int) -> None:
        """A lead is made, its reply is lost, and for a while nothing can be looked up."""
        self.world.wire.faults[self.cells[place % len(self.cells)][0]] = [DROPPED]
        for look_up in LOOK_UPS:
            self.world.wire.faults[look_up] = [BARE] * times
        self.look_ups_failed = True

    @rule(place=st.integers(0, MOST_ROWS - 1), user=st.sampled_from((US, THEM)))
    def somebody_made_the_same(self, place: int, user: str) -> None:
        """An older lead has the very values of a row without a unique field."""
        name, email, phone, city = self.cells[place % len(self.cells)]
        if not (email or phone):
            older = self.world.wire.add(name, ago_s=100.0, user=user, mx_City=city)
            self.theirs.add(older)

    @rule(seconds=st.sampled_from(WAITS_S))
    def wait(self, seconds: float) -> None:
        self.world.clock.advance(seconds)

    # What a person does

    @rule(limit=st.sampled_from((None, None, 1, 3)))
    def run(self, limit: int | None) -> None:
        with suppress(Killed, ResumableError, ApiError):
            self.world.run(rate=self.rate, limit=limit)
        self.world.reopen()

    @precondition(lambda self: self.rows_of(RowStatus.FAILED, RowStatus.REJECTED))
    @rule()
    def send_again(self) -> None:
        """As `retry --status rejected` does."""
        rows, now = self.world.rows, self.world.clock.wall_ms()
        with self.world.journal.transaction():
            for row in self.rows_of(RowStatus.FAILED, RowStatus.REJECTED):
                rows.requeue(row.number, row.status, now)

    # What must hold

    def rows_of(self, *statuses: RowStatus) -> list[JournalRow]:
        return [row for row in self.world.rows.all() if row.status in statuses]

    def payload(self, row: JournalRow) -> dict[str, str]:
        lead = Builders(self.world.journal, self.world.rows.job).build(row)
        assert isinstance(lead, Lead)
        return dict(lead.values)

    def ours(self) -> list[LeadRecord]:
        leads = self.world.wire.leads
        return [each for each in leads if each.user == US and each.lead_id not in self.theirs]

    @invariant()
    def every_row_is_counted(self) -> None:
        check_ledger(self.world)
        assert sum(self.world.counts().values()) == len(self.cells)

    @invariant()
    def no_lead_is_there_twice(self) -> None:
        made = [str(sorted(each.values.items())) for each in self.ours()]
        assert len(made) == len(set(made)), made

    @invariant()
    def a_created_row_has_the_lead_that_it_made(self) -> None:
        by_id = {each.lead_id: each.values for each in self.ours()}
        for row in self.rows_of(*ACCEPTED):
            assert row.lead_id is not None
            assert by_id.get(row.lead_id) == self.payload(row), row

    @invariant()
    def no_lead_is_there_that_is_told_otherwise(self) -> None:
        held = {row.lead_id for row in self.rows_of(*ACCEPTED)}
        for lead in self.ours():
            if lead.lead_id in held:
                continue
            rows = [row for row in self.world.rows.all() if self.payload(row) == lead.values]
            assert any(self.may_be_there(row) for row in rows), (lead, rows)

    def may_be_there(self, row: JournalRow) -> bool:
        """Whether the journal says that nobody knows yet, or that nobody can."""
        is_unsettled = row.status is RowStatus.PENDING and row.since_at is not None
        return is_unsettled or row.status in (RowStatus.SENDING, RowStatus.IN_DOUBT)

    @invariant()
    def only_what_nobody_can_tell_is_in_doubt(self) -> None:
        if self.look_ups_failed:
            return
        there = [each.values for each in self.ours()]
        for row in self.rows_of(RowStatus.IN_DOUBT):
            payload = self.payload(row)
            assert not payload.keys() & {"EmailAddress", "Phone"}, row
            assert payload not in there, row

    def teardown(self) -> None:
        """The world is well again: every row comes to its end."""
        try:
            if hasattr(self, "world"):
                self.world.wire.faults.clear()
                self.run(None)
                assert not self.rows_of(*OPEN)
                self.world.clock.advance(WAITS_S[-1])
                self.world.wire.come_late()
                self.every_row_is_counted()
                self.no_lead_is_there_twice()
                self.a_created_row_has_the_lead_that_it_made()
                self.no_lead_is_there_that_is_told_otherwise()
                self.only_what_nobody_can_tell_is_in_doubt()
        finally:
            self.opened.close()
            shutil.rmtree(self.folder)
