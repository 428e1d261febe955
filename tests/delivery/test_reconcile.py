"""A lost reply is never guessed at: what is looked for, when, and what follows from it."""

from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from importer.delivery.replies import Reply
from importer.delivery.throttle import Rate
from importer.model import RowStatus
from tests.delivery.account import (
    BARE,
    BARE_COMMITTED,
    DROPPED,
    GATEWAY,
    HTML,
    KILLED_COMMITTED,
    NOT_FOUND,
    RESET,
    TIMEOUT,
    US,
    Fault,
    Killed,
    error_reply,
    late,
    throttled,
)
from tests.delivery.harness import World, keyless, make_world, people, person

PAGES, BY_MAIL = "Leads.RecentlyModified", "Leads.GetByEmailaddress"
BY_PHONE, BY_DIGITS = "Leads.Get", "RetrieveLeadByPhoneNumber"
EMPTY = Fault(Reply(200, {}, b'{"RecordCount": 0}'))
NOBODY = Fault(Reply(200, {}, b"[]"))
TAKEN = Fault(error_reply("MXDuplicateEntryException", "A Lead with same Email already exists."))
SEARCH = "Look for it in the account, then decide: importer resolve 1 --row 2"


def fate(world: World, number: int = 2) -> tuple[str, str | None, UUID | None]:
    row = world.row(number)
    return str(row.status), row.reason, row.lead_id


def adopted(world: World, name: str = "A") -> tuple[str, str, UUID]:
    [lead_id] = world.wire.ids(name)
    return "created", "found by look-up", lead_id


@pytest.mark.parametrize("fault", [RESET, GATEWAY, HTML], ids=["reset", "502", "html"])
def test_a_lost_row_with_a_unique_field_rests_and_is_sent_again(
    tmp_path: Path, fault: Fault
) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [fault]
        world.run()
        assert world.wire.log == [(0.0, "A"), (1.0, PAGES), (30.0, PAGES), (30.0, "A")]
        assert fate(world) == ("created", None, world.wire.ids("A")[0])
        assert world.row(2).tries == 2


def test_the_rest_counts_from_the_end_of_the_attempt(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [TIMEOUT]
        world.run(settle_s=7)
        assert world.wire.log == [(0.0, "A"), (31.0, PAGES), (37.0, PAGES), (37.0, "A")]


def test_other_rows_go_on_while_one_rests(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A"), *people(8)]) as world:
        world.wire.faults["A"] = [RESET]
        world.run(rate=Rate(1, 2))
        created = [at for at, name in world.wire.log if name[0] == "P"]
        assert len(created) == 8
        assert max(created) < 30 <= world.wire.sent("A")[1]


def test_a_lead_that_was_made_before_the_reply_was_lost_is_found(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [DROPPED]
        world.run()
        assert world.wire.log == [(0.0, "A"), (1.0, PAGES)]
        assert fate(world) == adopted(world)
        assert world.attempts(0) == [(1.0, PAGES, 200, None)]


@pytest.mark.parametrize("cells", [person("A"), keyless("A")], ids=["unique", "keyless"])
@pytest.mark.parametrize("after_s", [0.5, 10, 29])
def test_a_late_commit_during_the_rest_is_found(
    tmp_path: Path, cells: list[str], after_s: float
) -> None:
    with make_world(tmp_path, [cells]) as world:
        world.wire.faults["A"] = [late(after_s)]
        world.run()
        assert fate(world) == adopted(world)
        assert len(world.wire.sent("A")) == 1


def test_a_commit_after_the_rest_is_refused_by_the_unique_field(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A"), person("B")]) as world:
        world.wire.faults |= {"A": [late(40)], "B": [RESET, RESET]}
        world.run()
        assert world.wire.names == ["A", "B"]
        assert world.counts() == {"created": 2}


def test_a_lost_row_without_a_unique_field_is_in_doubt_and_never_sent_again(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, [keyless("A")]) as world:
        world.wire.faults["A"] = [RESET]
        world.run()
        assert world.wire.log == [(0.0, "A"), (1.0, PAGES), (30.0, PAGES)]
        why = "the account shows no such lead, but it may still have been accepted"
        assert fate(world) == ("in_doubt", f"{why} (last: ReadError). {SEARCH}", None)
        world.reopen()
        world.run()
        assert len(world.wire.log) == 3


def test_a_bare_500_is_looked_for_twice_2_s_apart_and_retried(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")]) as world:
        world.wire.faults["A"] = [BARE, BARE]
        world.run()
        assert world.wire.log == [
            (0.0, "A"), (0.0, PAGES), (2.0, PAGES),
            (3.0, "A"), (3.0, PAGES), (5.0, PAGES),
            (7.0, "A"),
        ]  # fmt: skip
        assert (world.row(2).status, world.row(2).tries) == (RowStatus.CREATED, 3)


def test_the_waits_of_a_retry_have_jitter(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")]) as world:
        world.wire.faults["A"] = [BARE]
        world.run(chance=0.8)
        assert world.wire.sent("A") == [0.0, 3.2]


@pytest.mark.parametrize(("lag", "looks"), [([], 1), ([EMPTY], 2)], ids=["at once", "reads lag"])
def test_a_bare_500_that_made_a_lead_is_found(tmp_path: Path, lag: list[Fault], looks: int) -> None:
    with make_world(tmp_path, [keyless("A")]) as world:
        world.wire.faults |= {"A": [BARE_COMMITTED], PAGES: list(lag)}
        world.run()
        assert fate(world) == adopted(world)
        assert (len(world.wire.sent("A")), len(world.wire.sent(PAGES))) == (1, looks)


# Look-ups that fail


@pytest.mark.parametrize(
    "fault", [NOT_FOUND, BARE, GATEWAY, RESET], ids=["404", "500", "502", "reset"]
)
@pytest.mark.parametrize("unique", [True, False], ids=["unique", "keyless"])
def test_look_ups_that_fail_for_60_s_after_the_rest_are_as_not_there(
    tmp_path: Path, fault: Fault, unique: bool
) -> None:
    with make_world(tmp_path, [person("A") if unique else keyless("A")]) as world:
        world.wire.faults["A"] = [RESET]
        world.wire.always = {PAGES: fault, BY_MAIL: fault}
        world.run()
        looks = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 62.0, 92.0]
        assert world.wire.sent(PAGES) == looks
        assert world.wire.sent(BY_MAIL) == (looks if unique else [])
        assert world.wire.sent("A") == ([0.0, 92.0] if unique else [0.0])
        why = "the account could not be asked whether it has this lead"
        assert fate(world)[:2] == (
            ("created", None) if unique else ("in_doubt", f"{why} (last: ReadError). {SEARCH}")
        )


def test_a_look_up_that_fails_once_ends_nothing(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A"), keyless("B")]) as world:
        world.wire.faults |= {"A": [DROPPED], "B": [DROPPED], PAGES: [BARE], BY_MAIL: [BARE]}
        world.run()
        assert (fate(world, 2), fate(world, 3)) == (adopted(world), adopted(world, "B"))


@pytest.mark.parametrize("row", [person("A"), keyless("A")], ids=["unique", "keyless"])
def test_look_ups_that_fail_once_in_a_run_hours_after_a_kill_end_nothing(
    tmp_path: Path, row: list[str]
) -> None:
    with make_world(tmp_path, [row]) as world:
        world.wire.faults["A"] = [KILLED_COMMITTED]
        with pytest.raises(Killed):
            world.run()
        world.reopen()
        world.clock.advance(10_000)
        world.wire.faults |= {PAGES: [BARE], BY_MAIL: [BARE]}
        world.run()
        assert fate(world) == adopted(world)


def test_a_look_up_finds_by_email_what_the_pages_do_not_tell(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [DROPPED]
        world.wire.always[PAGES] = NOT_FOUND
        world.run()
        assert fate(world) == adopted(world)
        assert world.wire.log == [(0.0, "A"), (1.0, PAGES), (1.0, BY_MAIL)]


def test_a_throttled_look_up_goes_again_and_counts_as_no_look(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")]) as world:
        world.wire.faults |= {"A": [DROPPED], PAGES: [throttled(200)]}
        world.run(rate=Rate(25, 5))
        assert fate(world) == adopted(world)
        first, second = world.wire.sent(PAGES)
        assert second - first == pytest.approx(5.1, abs=0.05)


def test_look_ups_go_through_the_throttle(tmp_path: Path) -> None:
    with make_world(tmp_path, people(4)) as world:
        for cells in people(4):
            world.wire.faults[cells[0]] = [BARE]
        world.wire.always[PAGES] = NOT_FOUND
        world.wire.always[BY_MAIL] = NOBODY
        world.run(rate=Rate(1, 1))
        times = [at for at, _ in world.wire.log]
        assert all(b - a >= 1.04 for a, b in pairwise(times))


# A refusal can be a receipt


def test_a_refusal_after_a_lost_reply_is_adopted_as_receipt(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults |= {"A": [DROPPED], PAGES: [EMPTY, EMPTY]}
        world.run()
        assert world.wire.log == [
            (0.0, "A"), (1.0, PAGES), (30.0, PAGES), (30.0, "A"), (30.0, PAGES),
        ]  # fmt: skip
        assert fate(world) == adopted(world)


def test_a_receipt_of_somebody_elses_lead_is_a_duplicate_with_its_id(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        other = world.wire.add("Z", ago_s=3600, EmailAddress="a@x.in")
        world.wire.faults["A"] = [RESET]
        world.run()
        row = world.row(2)
        assert (row.status, row.code, row.field, row.existing_id) == (
            RowStatus.DUPLICATE, "MXDuplicateEntryException", "Email", other,
        )  # fmt: skip
        assert (row.reason or "").startswith("A Lead with same Email already exists. Correct")
        assert world.wire.log[-2:] == [(30.0, PAGES), (30.0, BY_MAIL)]


def test_a_refusal_without_an_earlier_lost_reply_is_no_receipt(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.add("A", EmailAddress="a@x.in", user=US)
        world.run()
        assert world.wire.log == [(0.0, "A")]
        assert world.row(2).status is RowStatus.DUPLICATE


def test_a_receipt_that_shows_nothing_for_60_s_is_in_doubt(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [RESET, TAKEN]
        world.run()
        assert world.wire.sent(PAGES) == [1.0, 30.0, *(30.0 + 5 * i for i in range(13))]
        status, reason, _ = fate(world)
        why = "the API calls it a duplicate, after a call whose reply was lost (last: "
        assert (status, (reason or "").startswith(why)) == ("in_doubt", True)


def test_a_receipt_that_shows_late_is_adopted(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults |= {"A": [DROPPED], PAGES: [EMPTY] * 9, BY_MAIL: [NOBODY] * 7}
        world.run()
        assert fate(world) == adopted(world)
        assert world.wire.sent(PAGES)[-1] == 65.0


def test_a_receipt_is_no_duplicate_while_one_of_its_look_ups_fails(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A", "a@x.in", "+91-1111111")]) as world:
        world.wire.unique = ("EmailAddress",)
        world.wire.add("B", ago_s=3600, EmailAddress="b@x.in", Phone="+91-1111111")
        world.wire.faults |= {"A": [RESET, TAKEN]}
        world.wire.always = {PAGES: BARE, BY_MAIL: BARE}
        world.run()
        assert fate(world)[0] == "in_doubt"
        assert world.row(2).existing_id is None


# Ours, or not


@pytest.mark.parametrize(
    ("ago_s", "user"), [(-5, str(UUID(int=9))), (60, US)], ids=["another user", "older"]
)
def test_a_lead_of_another_user_or_older_than_the_attempt_is_not_ours(
    tmp_path: Path, ago_s: float, user: str
) -> None:
    with make_world(tmp_path, [keyless("A")]) as world:
        world.wire.add("A", ago_s=ago_s, user=user)
        world.wire.faults["A"] = [RESET]
        world.run()
        assert fate(world)[0] == "in_doubt"


@pytest.mark.parametrize("ahead_ms", [3_600_000, -3_600_000])
def test_moments_are_compared_by_the_servers_clock(tmp_path: Path, ahead_ms: int) -> None:
    with make_world(tmp_path, [keyless("A"), keyless("B")]) as world:
        world.wire.ahead_ms = ahead_ms
        world.wire.add("B", ago_s=60, user=US)
        world.wire.faults |= {"A": [DROPPED], "B": [RESET]}
        world.run()
        assert fate(world) == adopted(world)
        assert fate(world, 3)[0] == "in_doubt"


def test_of_two_rows_with_equal_values_one_lead_settles_one(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A", "Pune"), keyless("A", "Delhi")]) as world:
        world.wire.hidden = {"mx_City"}
        world.wire.faults["A"] = [DROPPED, RESET]
        world.run(rate=Rate(10, 5))
        assert world.statuses() == {2: "created", 3: "in_doubt"}


def test_a_lead_that_another_row_holds_is_not_ours(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A", "Pune"), keyless("A", "Delhi")]) as world:
        world.wire.hidden = {"mx_City"}
        world.wire.faults["A"] = [Fault(), RESET]
        world.run(rate=Rate(10, 5))
        assert world.statuses() == {2: "created", 3: "in_doubt"}


def test_a_phone_that_hides_ours_behind_another_is_found_by_the_string_sent(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, [person("A", "", "+91-9876543210")]) as world:
        world.wire.unique = ()
        world.wire.faults["A"] = [DROPPED]
        world.wire.always[PAGES] = NOT_FOUND

        def during(_: object) -> None:
            if len(world.wire.leads) == 1:
                world.wire.add("Z", Phone="9876543210")  # RetrieveLeadByPhoneNumber shows this one

        world.wire.during = during
        world.run()
        assert world.wire.log == [(0.0, "A"), (1.0, PAGES), (1.0, BY_PHONE)]
        assert fate(world) == adopted(world)


def test_a_phone_that_the_server_wrote_otherwise_is_found_by_its_digits(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A", "", "98765 43210")]) as world:
        lost = Fault(error="ReadError", commits=True)
        world.wire.faults["A"] = [lost]
        world.wire.always[PAGES] = NOT_FOUND

        def during(_: object) -> None:
            for lead in world.wire.leads:
                lead.values["Phone"] = "+91-9876543210"

        world.wire.during = during
        world.run()
        assert [name for _, name in world.wire.log] == ["A", PAGES, BY_PHONE, BY_DIGITS]
        assert fate(world) == adopted(world)


def test_the_journal_tells_which_look_up_was_for_which_row_and_what_was_refused(
    tmp_path: Path,
) -> None:
    """The pages are for all rows that are looked for; a look by a unique value is for its row."""
    with make_world(tmp_path, [person("A"), person("B"), person("C")]) as world:
        world.wire.faults |= {
            "A": [DROPPED],
            "B": [Fault(error_reply("MXInvalidInputException", "The name is bad."))],
            PAGES: [NOT_FOUND],
        }
        world.run()
        assert world.statuses() == {2: "created", 3: "rejected", 4: "created"}
        assert [each[1:] for each in world.attempts(0)] == [("Leads.RecentlyModified", 404, None)]
        assert [each[1:] for each in world.attempts(2)] == [
            (None, None, "RemoteProtocolError"),
            ("Leads.GetByEmailaddress", 200, None),
        ]
        assert [each[1:] for each in world.attempts(3)] == [(None, 500, "MXInvalidInputException")]
