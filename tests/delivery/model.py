"""Any history of two jobs and one account, and after each step what must hold: see promises.py.

The journal, the worker and all that they use are real; the server is an account in memory, which
may do anything to a call: see `FATES`. Rows are of every kind that the importer tells apart. Time
is virtual: hours take no time. A server that makes a lead later than the rest, or that shows one
later than the second look, is outside of the promises, and so is somebody else who makes the same
lead by the same user while a call is open: no step does that.

`python -m tests.delivery.model --seed N --examples M` searches longer than the tests do.
"""

import argparse
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from importer.delivery.leadsquared import Request
from importer.delivery.replies import Reply
from importer.delivery.throttle import Rate
from importer.errors import ApiError, ResumableError
from importer.jobs.known import look_again
from importer.jobs.recipes import Builders
from importer.jobs.remap import REMADE, mark, place
from importer.journal.rows import JournalRow, Rows
from importer.model import OPEN, RowStatus
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
    US,
    Fault,
    Killed,
    error_reply,
    late,
    throttled,
)
from tests.delivery.harness import World, check_ledger, keyless, make_job, make_world, person
from tests.delivery.promises import FALSE_DUPLICATE, Checked, Model, Place, keys_of, values_of
from tests.delivery.test_takeover import set_clock, with_clock

# Calls in flight pass one after another in virtual time, and together in less than the rest.
TIMEOUT_S = 1.0
TIMEOUT = Fault(error="ReadTimeout", takes_s=TIMEOUT_S)
NO_KIND = Reply(200, {}, b'{"Status": "Error"}')
FATES = {
    "refused": Fault(error_reply("MXInvalidInputException", "Invalid Input!")),
    "400": Fault(error_reply("", "Unexpected character", 400)),
    FALSE_DUPLICATE: Fault(
        error_reply("MXDuplicateEntryException", "A Lead with same Email already exists.")
    ),
    "bare 500": BARE,
    "500 after the commit": BARE_COMMITTED,
    "502": GATEWAY,
    "502 after the commit": Fault(GATEWAY.reply, commits=True),
    "502, commit 9 s later": Fault(GATEWAY.reply, late_s=9.0),
    "no JSON, nothing done": HTML,
    "no JSON after the commit": Fault(HTML.reply, commits=True),
    "error of no kind": Fault(NO_KIND),
    "error of no kind after the commit": Fault(NO_KIND, commits=True),
    "reset": RESET,
    "dropped after the commit": DROPPED,
    "timeout": TIMEOUT,
    "timeout after the commit": replace(TIMEOUT, commits=True),
    "timeout, commit 20 s later": replace(TIMEOUT, late_s=20.0),
    "commit 2 s later": late(2.0),
    "commit 20 s later": late(20.0),
    "never left": NEVER_LEFT,
    "429": throttled(),
    "403": throttled(403),
    "200, throttled": throttled(200),
    "keys refused": KEYS_REFUSED,
    "killed": KILLED,
    "killed after the commit": KILLED_COMMITTED,
    "killed, commit 20 s later": Fault(kills=True, late_s=20.0),
}
CUTS = frozenset({"killed", "killed after the commit", "killed, commit 20 s later"})
LOOK_UPS = ("Leads.RecentlyModified", "Leads.Get", "Leads.GetByEmailaddress",
            "RetrieveLeadByPhoneNumber")  # fmt: skip
LOOK_FATES = {
    "500": BARE,
    "404": NOT_FOUND,
    "no JSON": HTML,
    "reset": RESET,
    "timeout": TIMEOUT,
    "429": throttled(),
    "killed": KILLED,
}
FEW = 2  # failures of a look-up that its tries outlast
MOST_ROWS = 6
WAITS_S = (0.0, 1.0, 40.0, 4000.0)
LONG_AGO_S = 1e6
TO_SEND_AGAIN = (RowStatus.FAILED, RowStatus.REJECTED, RowStatus.DUPLICATE)
MOST_STEPS = 12
CHUNK = 100  # histories for one seed

# What a row can be: with e-mail, phone, both, neither; or one of these to an earlier row.
KINDS = ("email", "phone", "both", "neither", "same key", "same digits", "same name", "equal",
         "contained")  # fmt: skip
PLACES = st.integers(0, MOST_ROWS - 1)
Calls = list[tuple[int, str]]
CALLS = st.lists(st.tuples(PLACES, st.sampled_from(sorted(FATES))), min_size=1, max_size=6)


def cells_of(
    kinds: Iterable[str], rows: Sequence[list[str]] = (), since: int = 0
) -> list[list[str]]:
    """Rows of these kinds; a kind that needs an earlier row takes the last one that fits.

    rows: earlier ones; since: the first number that stands in no name.
    """
    found: list[list[str]] = []
    for index, kind in enumerate(kinds, since):
        name, phone = f"N{index}", f"+91-98000{index:05d}"
        earlier = [*rows, *found]
        keyed = [row for row in earlier if row[1] or row[2]]
        phones = [row for row in earlier if row[2]]
        if kind == "same key" and keyed:
            found.append([name, keyed[-1][1].upper(), keyed[-1][2], "Goa"])
        elif kind == "same digits" and phones:
            found.append([name, "", phones[-1][2].replace("-", " "), "Goa"])
        elif kind == "equal" and earlier:
            found.append(list(earlier[-1]))
        elif kind == "same name" and earlier:
            found.append(keyless(earlier[-1][0], "Goa"))
        elif kind == "contained" and earlier:
            found.append([*earlier[-1][:3], ""])
        elif kind in ("phone", "both"):
            found.append(person(name, f"{name}@x.in" if kind == "both" else "", phone, "Pune"))
        elif kind == "email":
            found.append(person(name, f"{name}@x.in", "", "Pune"))
        else:
            found.append(keyless(name, "Pune"))
    return found


class Histories(RuleBasedStateMachine):
    """A job, perhaps a second one with some of its rows, to the end of both."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="model-"))
        self.world: World
        self.model = Model()
        self.rate: Rate | None = None
        self.has_broken = False  # a promise, so that the end need not be played

    @initialize(
        kinds=st.lists(st.sampled_from(KINDS), min_size=2, max_size=MOST_ROWS),
        is_paced=st.booleans(),
        ahead_s=st.sampled_from((0, 300, -300)),
        may_break=st.booleans(),
        skips=st.booleans(),
        lag_ms=st.sampled_from((0, 1500)),
    )
    def stage(
        self,
        kinds: list[str],
        is_paced: bool,
        ahead_s: int,
        may_break: bool,
        skips: bool,
        lag_ms: int,
    ) -> None:
        cells = cells_of(kinds)
        self.world = self.opened.enter_context(make_world(self.folder, cells))
        with_clock(self.world)
        self.world.wire.ahead_ms, self.world.wire.lag_ms = ahead_s * 1000, lag_ms
        self.jobs = [self.world.rows.job.number]
        self.put(cells)
        self.rate = Rate(50, 5) if is_paced else None
        self.may_break, self.skips = may_break, skips

    def put(self, cells: list[list[str]]) -> None:
        self.model.cells |= {(self.jobs[-1], number): row for number, row in enumerate(cells, 2)}

    @rule(calls=CALLS)
    def run(self, calls: Calls) -> None:
        """calls: the next calls of these rows end so."""
        self.befall(calls)
        self.run_once(self.jobs[0])

    @rule(calls=CALLS)
    def run_last(self, calls: Calls) -> None:
        self.befall(calls)
        self.run_once(self.jobs[-1])

    @rule(calls=CALLS, is_last=st.booleans(), limit=st.integers(1, 3))
    def run_some(self, calls: Calls, is_last: bool, limit: int) -> None:
        self.befall(calls)
        self.run_once(self.jobs[-is_last], limit=limit)

    @rule(calls=CALLS, is_last=st.booleans(), at=st.integers(1, 5))
    def run_and_stop(self, calls: Calls, is_last: bool, at: int) -> None:
        """at: the call at which a person asks the run to stop."""
        self.befall(calls)
        self.model.was_cut = True
        self.world.wire.during = Stopper(self.world, at)
        self.run_once(self.jobs[-is_last])

    @rule(seconds=st.sampled_from(WAITS_S), set_s=st.sampled_from((0, 0, 3600, -3600, 60, -60)))
    def wait(self, seconds: float, set_s: int) -> None:
        """set_s: by how much somebody sets our clock meanwhile."""
        self.world.clock.advance(seconds)
        set_clock(self.world, set_s)

    @rule(
        look_up=st.sampled_from(LOOK_UPS),
        fate=st.sampled_from(sorted(LOOK_FATES)),
        times=st.integers(1, 12),
    )
    def break_look_ups(self, look_up: str, fate: str, times: int) -> None:
        """Where the history is one in which evidence is always to be had: not for long."""
        script = self.world.wire.faults[look_up]
        if not self.may_break:
            times = max(0, min(times, FEW - len(script)))
        script += [LOOK_FATES[fate]] * times
        self.model.look_ups_failed = self.may_break
        self.model.was_cut |= fate == "killed"

    @precondition(lambda self: self.may_break)
    @rule(at=PLACES, times=st.integers(1, 40))
    def lose_and_hide(self, at: int, times: int) -> None:
        """A lead is made, its reply is lost, and for a while nothing can be looked up."""
        self.befall([(at, "dropped after the commit")])
        for look_up in LOOK_UPS:
            self.world.wire.faults[look_up] = [BARE] * times
        self.model.look_ups_failed = True

    @rule(what=st.sampled_from(("takes", "made", "makes", "deletes")), at=PLACES)
    def somebody(self, what: str, at: int) -> None:
        """takes: a row's e-mail and phone, where they are free; makes, made: a lead with the very
        values of a row without a unique field, by our user long ago; deletes: any lead."""
        wire, values = self.world.wire, values_of(self.cells_at(at))
        keys = keys_of(values)
        if what == "deletes":
            if at < len(wire.leads):
                self.model.gone.append(wire.leads.pop(at))
        elif keys and what == "takes":
            if not any(keys & keys_of(each.values) for each in wire.leads):
                taken: dict[str, Any] = {
                    key: values[key] for key in ("EmailAddress", "Phone") if key in values
                }
                self.model.theirs.add(wire.add(f"Their{at}", **taken))
        elif not keys:
            user, ago_s = (US, LONG_AGO_S) if what == "made" else (THEM, 0.0)
            name = values.pop("LastName")
            self.model.theirs.add(wire.add(name, ago_s=ago_s, user=user, **values))

    @rule(is_last=st.booleans(), statuses=st.sets(st.sampled_from(TO_SEND_AGAIN), min_size=1))
    def send_again(self, is_last: bool, statuses: set[RowStatus]) -> None:
        """As `retry --status` does."""
        self.use(self.jobs[-is_last])
        rows, now = self.world.rows, self.world.clock.wall_ms()
        with self.world.journal.transaction():
            for status in sorted(statuses):
                for number in rows.numbers_of(status):
                    rows.requeue(number, status, now)

    @rule(at=PLACES, email=st.booleans(), city=st.sampled_from(("", "Goa", "Pune")))
    def mend(self, at: int, email: bool, city: str) -> None:
        """As a reject file does that was mended."""
        where = sorted(self.model.cells)[at % len(self.model.cells)]
        self.use(where[0])
        journal, rows = self.world.journal, self.world.rows
        row, cells = self.world.row(where[1]), list(self.model.cells[where])
        if row.status not in REMADE or self.is_in_both_jobs(cells[0]):
            return
        self.model.former.append((where, list(cells)))
        if email and cells[1]:
            cells[1] = f"m{cells[1]}"
        cells[3] = city
        builders = Builders(journal, rows.job)
        with journal.transaction():
            rows.set_cells(row.number, cells)
            built = builders.build(replace(row, cells=tuple(cells)))
            place(rows, row, built)
            mark(journal, rows.job, {row.number: built}, builders)
        self.model.cells[where] = cells

    @rule(
        copied=st.lists(PLACES, min_size=1, max_size=4),
        kinds=st.lists(st.sampled_from(KINDS), max_size=3),
    )
    def second_job(self, copied: list[int], kinds: list[str]) -> None:
        """Another list, with some of the rows of the first."""
        if len(self.jobs) > 1:
            return
        first = [cells for _, cells in sorted(self.model.cells.items())]
        some = [list(first[at]) for at in copied if at < len(first) and is_alone(first[at], first)]
        cells = [*some, *cells_of(kinds, since=MOST_ROWS)]
        self.jobs.append(make_job(self.world.journal, cells).number)
        self.put(cells)

    # How it is done

    def is_in_both_jobs(self, name: str) -> bool:
        return len({job for (job, _), cells in self.model.cells.items() if cells[0] == name}) > 1

    def cells_at(self, at: int) -> list[str]:
        cells = self.model.cells
        return cells[sorted(cells)[at % len(cells)]]

    def befall(self, calls: Calls) -> None:
        for at, fate in calls:
            name = self.cells_at(at)[0]
            self.world.wire.faults[name].append(FATES[fate])
            self.model.befell[name].add(fate)
            self.model.was_cut |= fate in CUTS

    def use(self, job: int) -> None:
        journal = self.world.journal
        self.world.rows = Rows(journal, journal.job(job))

    def run_once(self, job: int, limit: int | None = None) -> None:
        self.use(job)
        look_again(self.world.journal, self.world.rows.job)
        try:
            with suppress(Killed, ResumableError, ApiError):
                self.world.run(rate=self.rate, limit=limit, skips=self.skips, timeout_s=TIMEOUT_S)
        except BaseException:
            self.has_broken = True
            raise
        finally:
            self.world.wire.during = lambda _: None
            end_senders()
        self.world.reopen()
        self.use(job)

    # What must hold

    def checked(self) -> Checked:
        told: dict[Place, JournalRow] = {}
        for job in self.jobs:
            self.use(job)
            check_ledger(self.world)
            told |= {(job, row.number): row for row in self.world.rows.all()}
        return Checked(self.model, told, self.world.wire)

    def hold(self, flaws: Iterable[str]) -> None:
        found = list(flaws)
        self.has_broken |= bool(found)
        assert not found, "\n".join(found)

    @invariant()
    def every_row_is_counted(self) -> None:
        is_whole = self.checked().told.keys() == self.model.cells.keys()
        self.hold([] if is_whole else ["rows are lost"])

    @invariant()
    def no_promise_is_broken(self) -> None:
        self.hold(self.checked().flaws())

    def teardown(self) -> None:
        try:
            if hasattr(self, "jobs") and not self.has_broken:
                self.end()
        finally:
            self.opened.close()
            shutil.rmtree(self.folder)

    def end(self) -> None:
        """All is well again: every row comes to its end, if need be by `retry`."""
        wire = self.world.wire
        wire.faults.clear()
        self.run_to_the_end()
        self.world.clock.advance(WAITS_S[-1])
        wire.come_late()
        self.hold(self.checked().flaws())
        for is_last in (False, True):
            self.send_again(is_last, set(TO_SEND_AGAIN))
        self.run_to_the_end()
        self.hold(self.checked().flaws_at_the_end())

    def run_to_the_end(self) -> None:
        """Each job once, and the first again, as it may wait for a row of the second."""
        for job in [*self.jobs, self.jobs[0]]:
            self.run_once(job)
            self.hold([f"job {job} stays open"] if self.counts_open() else [])

    def counts_open(self) -> int:
        counts = self.world.rows.counts()
        return sum(counts[status] for status in OPEN)


class Stopper:
    """Asks a run to stop at its n-th call."""

    def __init__(self, world: World, at: int) -> None:
        self._world = world
        self._left = at

    def __call__(self, _: Request) -> None:
        self._left -= 1
        if self._left == 0:
            assert self._world.worker is not None
            self._world.worker.stop()


def is_alone(cells: list[str], rows: Sequence[list[str]]) -> bool:
    """Whether no other row has the phone in other dress, which a server may take for two, or has
    the name and other values: the lead of one job's row can look like that of another's."""
    digits = keys_of({"Phone": cells[2]})
    same_name = [row for row in rows if row[0] == cells[0]]
    same_phone = [row for row in rows if digits & keys_of({"Phone": row[2]})]
    return all(row == cells for row in same_name) and all(row[2] == cells[2] for row in same_phone)


def end_senders() -> None:
    """Calls that were under way when the run ended have left: let them end before time goes on."""
    for thread in threading.enumerate():
        if thread.name == "sender":
            thread.join(10)


def search(first_seed: int, examples: int) -> tuple[int, list[str]]:
    """Histories that were tried, and those that broke a promise, as the steps that do it."""
    tried, failures = 0, list[str]()
    for number in range(first_seed, first_seed + -(-examples // CHUNK)):

        class Counted(Histories):
            def __init__(self) -> None:
                nonlocal tried
                tried += 1
                super().__init__()

        try:
            run_state_machine_as_test(seed(number)(Counted), settings=searching(CHUNK))
        except Exception as error:
            told = "\n".join(getattr(error, "__notes__", ()))
            failures.append(f"seed {number}: {type(error).__name__}: {error}\n{told}")
    return tried, failures


def searching(examples: int) -> settings:
    return settings(
        database=None,
        deadline=None,
        max_examples=examples,
        stateful_step_count=MOST_STEPS,
        suppress_health_check=list(HealthCheck),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.delivery.model", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=1000)
    given = parser.parse_args(arguments)
    tried, failures = search(given.seed, given.examples)
    sys.stdout.write("\n\n".join([*failures, f"{tried} histories, {len(failures)} broken\n"]))
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
