"""What a whole run does to its rows, its journal and its account."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from importer.delivery.leadsquared import Request
from importer.delivery.replies import Reply
from importer.delivery.throttle import Rate, Throttle
from importer.errors import ApiError, ResumableError
from importer.journal.rows import LostMoveError
from importer.model import RowStatus
from tests.delivery.account import (
    BARE,
    FINE,
    GATEWAY,
    HTML,
    KEYS_REFUSED,
    NEVER_LEFT,
    RESET,
    START_MS,
    TIMEOUT,
    UNKNOWN_FIELD,
    Fault,
    error_reply,
    throttled,
)
from tests.delivery.harness import World, make_world, people, person

A_DAY_OLD = datetime.fromtimestamp(START_MS // 1000, UTC) + timedelta(hours=25)
LATER = (
    "run the same command again later; it carries on, from"
    f" {A_DAY_OLD.astimezone().isoformat(' ', 'minutes')} on at the latest"
)
SPENT = (
    "the account has refused every call for a minute as too many: its calls for today are used up"
    " (10 from here in the last 24 hours), or others use them"
)
DUPLICATE = "MXDuplicateEntryException"


def on_disk(world: World) -> list[tuple[int, str, int, int | None]]:
    """What another process reads: row, status, attempts, and the last one's HTTP status."""
    with closing(sqlite3.connect(world.path)) as db:
        return db.execute(
            "SELECT row.id & 4294967295, row.status, count(attempt.number), max(http)"
            " FROM row LEFT JOIN attempt ON attempt.row = row.id"
            " WHERE row.status = 'sending' GROUP BY 1, 2"
        ).fetchall()


def test_every_row_becomes_one_lead(tmp_path: Path) -> None:
    with make_world(tmp_path, people(40)) as world:
        world.run()
        assert world.counts() == {"created": 40}
        assert world.wire.names == [cells[0] for cells in people(40)]
        assert [row.lead_id for row in world.rows.all()] == [
            lead_id for cells in people(40) for lead_id in world.wire.ids(cells[0])
        ]
        assert world.attempts(2) == [(0.0, None, 200, None)]


def test_a_finished_job_sends_nothing(tmp_path: Path) -> None:
    with make_world(tmp_path, people(2)) as world:
        world.run()
        world.reopen()
        world.run()
        assert len(world.wire.log) == 2


def test_a_job_without_rows_ends(tmp_path: Path) -> None:
    with make_world(tmp_path, []) as world:
        world.run()
        assert (world.counts(), world.wire.log) == ({}, [])


def test_the_claim_is_on_disk_before_the_request_leaves(tmp_path: Path) -> None:
    seen: dict[str, list[tuple[int, str, int, int | None]]] = {}
    with make_world(tmp_path, people(3)) as world:

        def during(request: Request) -> None:
            number = int((request.body or b"").decode().split('"P00')[1][0])
            seen[f"P{number}"] = [row for row in on_disk(world) if row[0] == number + 2]

        world.wire.during = during
        world.run(rate=Rate(10, 5))
    assert seen == {f"P{i}": [(i + 2, "sending", 1, None)] for i in range(3)}


def test_never_more_rows_are_in_sending_than_calls_in_flight(tmp_path: Path) -> None:
    most: list[int] = []
    together = threading.Barrier(4, timeout=30)
    with make_world(tmp_path, people(8)) as world:

        def during(_: Request) -> None:
            together.wait()  # four calls are under way: as many as go at once without a limit
            most.append(len(on_disk(world)))
            together.wait()

        world.wire.during = during
        world.run()
        assert world.counts() == {"created": 8}
    assert most == [4] * 8


def test_a_row_that_waits_for_its_slot_is_not_claimed(tmp_path: Path) -> None:
    most: list[int] = []
    with make_world(tmp_path, people(5)) as world:
        world.wire.during = lambda _: most.append(len(on_disk(world)))
        world.run(rate=Rate(1, 2))
        assert [at for at, _ in world.wire.log] == pytest.approx(
            [0.0, 2.05, 4.1, 6.15, 8.2], abs=0.01
        )
    assert most == [1] * 5


def test_a_refusal_is_final_with_its_reason_and_column(tmp_path: Path) -> None:
    with make_world(tmp_path, [person(name) for name in "ABCD"]) as world:
        world.wire.faults |= {
            "A": [Fault(error_reply("MXInvalidInputException", "Phone is no phone."))],
            "B": [Fault(error_reply(DUPLICATE, "A Lead with same Email already exists.", 200))],
            "C": [Fault(error_reply("", "Unexpected character", 400))],
        }
        world.run()
        told = {
            row.number: (row.status, row.code, row.field, row.reason)
            for row in world.rows.all()
            if row.number < 5
        }
        assert told == {
            2: (
                RowStatus.REJECTED,
                "MXInvalidInputException",
                "Phone",
                "Phone is no phone. Correct Phone and run this file again",
            ),
            3: (
                RowStatus.DUPLICATE,
                DUPLICATE,
                "Email",
                "A Lead with same Email already exists. Correct Email and run this file again;"
                " or edit that lead, and delete this row here",
            ),
            4: (
                RowStatus.REJECTED,
                "HTTP 400",
                None,
                "Unexpected character. Correct the row and run this file again",
            ),
        }
        assert (world.statuses()[5], len(world.wire.log)) == ("created", 4)


@pytest.mark.parametrize("fault", [KEYS_REFUSED, UNKNOWN_FIELD])
def test_what_a_person_must_mend_stops_the_run_with_the_row_back_in_pending(
    tmp_path: Path, fault: Fault
) -> None:
    with make_world(tmp_path, people(30)) as world:
        world.wire.faults["P003"] = [fault]
        with pytest.raises(ApiError) as caught:
            world.run(rate=Rate(10, 5))
        assert str(caught.value.fix).endswith("; then run it again")
        row = world.row(5)
        assert (row.status, row.tries) == (RowStatus.PENDING, 0)
        assert world.counts() == {"created": 3, "pending": 27}
        world.reopen()
        world.run(rate=Rate(10, 5))
        assert world.counts() == {"created": 30}


def test_a_call_that_never_left_is_sent_again_without_a_look(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [NEVER_LEFT] * 7
        world.run()
        assert world.wire.log == [(float(at), "A") for at in range(8)]
        assert (world.row(2).status, world.row(2).tries) == (RowStatus.CREATED, 1)
        assert world.attempts(2)[0] == (0.0, None, None, "ConnectError")


@pytest.mark.parametrize(
    "fault",
    [throttled(429), throttled(403), throttled(200), throttled(500)],
    ids=["429", "403", "200", "500"],
)
def test_a_throttled_row_goes_back_and_the_limit_is_learned(tmp_path: Path, fault: Fault) -> None:
    with make_world(tmp_path, people(12)) as world:
        world.wire.faults["P000"] = [fault] * 2
        world.run(rate=Rate(25, 5))
        assert world.counts() == {"created": 12}
        assert (world.row(2).tries, len(world.attempts(2))) == (1, 3)
        times = sorted(at for at, _ in world.wire.log)[-10:]
        assert all(b - a >= 0.5 for a, b in pairwise(times))


@pytest.mark.parametrize("status", [429, 200])
def test_throttling_without_a_limit_pauses_an_unpaced_run(tmp_path: Path, status: int) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [throttled(status, "")] * 4
        world.run()
        gaps = [0.0, 0.3, 0.9, 2.1, 4.5]
        assert world.wire.sent("A") == pytest.approx(gaps, abs=0.01)


def test_a_retry_after_holds_all_calls(tmp_path: Path) -> None:
    with make_world(tmp_path, people(3)) as world:
        world.wire.faults["P000"] = [throttled(429, "", **{"retry-after": "40"})]
        world.run(rate=Rate(1, 1))
        assert [at for at, _ in world.wire.log[1:]] == pytest.approx([40.0, 41.1, 42.2], abs=0.1)


def test_a_run_without_a_rate_keeps_to_a_pause_that_another_is_told(tmp_path: Path) -> None:
    with make_world(tmp_path, people(12)) as world:
        for cells in people(12):
            world.wire.faults[cells[0]] = [Fault(commits=True, takes_s=0.1)]
        turn, quota = threading.Lock(), tmp_path / "quota.db"

        def during(_: Request) -> None:
            with turn:  # no call returns before the pause is stored
                if not paused:
                    paused.append(40)
                    with closing(Throttle(quota, None, clock=clock, boot="b")) as other:
                        other.pause(40)

        clock, paused = world.clock.monotonic, list[int]()
        world.wire.during = during
        world.run()
        times = sorted(at for at, _ in world.wire.log)
        assert times[:4] == pytest.approx([0.0, 0.1, 0.2, 0.3])
        assert times[4:] == pytest.approx([times[4] + i / 10 for i in range(8)])
        assert times[4] == pytest.approx(40.0, abs=0.01)


def test_a_minute_of_throttled_calls_ends_the_run(tmp_path: Path) -> None:
    with make_world(tmp_path, people(9)) as world:
        world.wire.always = {cells[0]: throttled() for cells in people(9)}
        with pytest.raises(ResumableError) as caught:
            world.run(rate=Rate(25, 5))
        assert (caught.value.what, caught.value.fix) == (SPENT, LATER)
        assert world.counts() == {"pending": 9}
        assert all(row.tries == 0 for row in world.rows.all())
        assert 60.0 <= world.wire.log[-1][0] < 100.0


def test_120_s_without_an_answer_end_the_run(tmp_path: Path) -> None:
    with make_world(tmp_path, people(20)) as world:
        names = [cells[0] for cells in people(20)]
        world.wire.always = dict.fromkeys(names, NEVER_LEFT)
        with pytest.raises(ResumableError) as caught:
            world.run()
        assert (caught.value.what, caught.value.fix) == (
            "api.example.com has not answered for two minutes: refused",
            "run the same command again when it is back; it carries on",
        )
        assert world.counts() == {"pending": 20}
        assert 1115.0 < world.clock.now < 1125.0


def test_after_ten_failures_one_row_tries_alone_and_such_tries_count_for_none(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, people(10)) as world:
        names = [cells[0] for cells in people(10)]
        world.wire.always = dict.fromkeys([*names, "Leads.RecentlyModified"], GATEWAY)
        world.wire.always |= {"Leads.GetByEmailaddress": GATEWAY}
        with pytest.raises(ResumableError):
            world.run(settle_s=0, rate=Rate(25, 5))
        creates = [at for at, name in world.wire.log if name in names]
        assert max(row.tries for row in world.rows.all()) == 1
        assert len(creates) > 10
        world.wire.always = {}
        world.reopen()
        world.run(rate=Rate(25, 5))
        assert world.counts() == {"created": 10}


def test_a_bare_500_is_tried_five_times_with_growing_waits(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.always["A"] = BARE
        world.run()
        row = world.row(2)
        assert (row.status, row.code, row.tries) == (RowStatus.FAILED, "HTTP 500", 5)
        assert row.reason == ("Internal Server Error (5 tries). Send it again: importer retry")
        assert world.wire.sent("A") == [0.0, 3.0, 7.0, 13.0, 23.0]
        assert len(world.wire.sent("Leads.RecentlyModified")) == 10


@pytest.mark.parametrize(
    "fault", [HTML, GATEWAY, RESET, TIMEOUT], ids=["html", "502", "reset", "timeout"]
)
def test_five_lost_replies_make_a_row_failed(tmp_path: Path, fault: Fault) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.always["A"] = fault
        world.run()
        row = world.row(2)
        assert (row.status, row.tries, len(world.wire.sent("A"))) == (RowStatus.FAILED, 5, 5)
        gaps = pairwise(world.wire.sent("A"))
        assert {round(b - a, 1) for a, b in gaps} == {30.0 + fault.takes_s}


def test_progress_tells_the_counts_the_calls_and_the_share(tmp_path: Path) -> None:
    with make_world(tmp_path, people(50)) as world:
        world.wire.faults["P049"] = [FINE]
        world.run(rate=Rate(10, 5))
        last = world.shown[-1]
        assert (last.counts, last.calls) == (world.rows.counts(), 50)
        assert last.share == pytest.approx(0.99, abs=0.005)
        assert last.note is None


def test_a_rest_is_explained(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [RESET]
        world.run()
        notes = [each.note for each in world.shown if each.note]
        assert "finding out what became of calls without a reply, 10 s more" in notes


def test_an_id_that_another_row_has_makes_no_second_row_created(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A"), person("B")]) as world:
        world.run(limit=1)
        [lead_id] = world.wire.ids("A")
        body = f'{{"Status":"Success","Message":{{"Id":"{lead_id}"}}}}'
        world.wire.faults["B"] = [Fault(Reply(200, {}, body.encode()))]
        world.run()
        row = world.row(3)
        assert (row.status, row.code, row.reason, row.lead_id, row.existing_id) == (
            RowStatus.DUPLICATE,
            "same_lead",
            "the API answered with a lead that another row had made: see that lead",
            None,
            lead_id,
        )


def test_a_row_that_something_else_moved_ends_the_run_and_stays_as_it_is(tmp_path: Path) -> None:
    with make_world(tmp_path, people(3)) as world:

        def during(_: Request) -> None:
            with closing(sqlite3.connect(world.path)) as db, db:
                db.execute("UPDATE row SET status = 'skipped' WHERE status = 'sending'")
                db.execute("UPDATE count SET rows = rows - 1 WHERE status = 'sending'")
                db.execute("UPDATE count SET rows = rows + 1 WHERE status = 'skipped'")

        world.wire.during = during
        with pytest.raises(LostMoveError, match="job 1, row 2: 0 rows moved, not 1"):
            world.run(rate=Rate(1, 1))
        assert world.statuses() == {2: "skipped", 3: "pending", 4: "pending"}
