"""Histories that broke a promise once, each as it was found."""

from pathlib import Path

from tests.delivery.account import BARE, DROPPED, Fault, error_reply
from tests.delivery.harness import keyless, make_world, person

REFUSED = Fault(error_reply("MXInvalidInputException", "Invalid Input!"))
LOOK_UPS = ("Leads.RecentlyModified", "Leads.GetByEmailaddress")


def test_a_refusal_after_a_lost_reply_does_not_hide_the_lead_that_is_there(tmp_path: Path) -> None:
    """The lead was made, and its reply lost; look-ups failed; sent again, it was refused."""
    with make_world(tmp_path, [person("Asha")]) as world:
        world.wire.faults |= {"Asha": [DROPPED, REFUSED]}
        world.wire.faults |= {look_up: [BARE] * 9 for look_up in LOOK_UPS}
        world.run()
        assert world.wire.names == ["Asha"]
        assert world.row(2).lead_id == world.wire.ids("Asha")[0]


def test_a_refusal_after_a_reply_that_was_lost_before_the_server_acted_is_one(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, [person("Asha"), keyless("Ravi")]) as world:
        world.wire.faults |= {"Asha": [BARE, REFUSED], "Ravi": [BARE, REFUSED]}
        world.run()
        assert world.counts() == {"rejected": 2}
        reason = "Invalid Input!. Correct the row and run this file again"
        assert {row.reason for row in world.rows.all()} == {reason}


def test_who_holds_a_refused_value_is_told_by_one_answer(tmp_path: Path) -> None:
    """The look-ups by phone never answered, the one by e-mail did, again and again."""
    with make_world(tmp_path, [person("Asha", phone="+91-9800000001")]) as world:
        theirs = world.wire.add("Their", EmailAddress="asha@x.in")
        world.wire.faults["Asha"] = [BARE]
        world.wire.always |= {"Leads.Get": BARE, "RetrieveLeadByPhoneNumber": BARE}
        world.run()
        assert (world.row(2).status, world.row(2).existing_id) == ("duplicate", theirs)
