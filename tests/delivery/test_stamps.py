"""A row's stamp: it is found by it, and refused a second time by it."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from importer.delivery.replies import Reply, duplicate_field
from importer.delivery.stamps import is_own
from importer.model import Lead, RowStatus, Stamp
from tests.delivery.account import (
    DROPPED,
    KILLED,
    NOT_FOUND,
    RESET,
    THEM,
    US,
    Fault,
    Killed,
    error_reply,
    late,
)
from tests.delivery.harness import MAPPING, World, keyless, make_world, people, person

FIELD = "mx_Import_Key"
FINDABLE = f"{MAPPING}stamp: {FIELD}\n"
UNIQUE = f"{FINDABLE}unique: [EmailAddress, Phone, {FIELD}]\n"
PAGES, BY_STAMP, BY_MAIL = "Leads.RecentlyModified", "Leads.Get", "Leads.GetByEmailaddress"
EMPTY = Fault(Reply(200, {}, b'{"RecordCount": 0}'))
NOBODY = Fault(Reply(200, {}, b"[]"))


def refused(words: str) -> Fault:
    message = f"A Lead with same {words} already exists."
    return Fault(error_reply("MXDuplicateEntryException", message))


def stamp_of(world: World, number: int) -> str:
    return f"{world.rows.job.key}-{number}"


def unique_world(world: World) -> World:
    """The account makes the field unique, and shows it of every lead."""
    world.wire.unique = ("EmailAddress", "Phone", FIELD)
    world.wire.blank = {FIELD}
    return world


def fate(world: World, number: int = 2) -> tuple[str, str | None, UUID | None]:
    row = world.row(number)
    return str(row.status), row.reason, row.lead_id


def found(lead_id: UUID, how: str = "its stamp") -> tuple[str, str, UUID]:
    return "created", f"found by {how}", lead_id


def asked(world: World) -> list[tuple[str, str]]:
    """Field and value of each Leads.Get."""
    bodies = [json.loads(r.body or b"") for r in world.wire.requests if r.name == BY_STAMP]
    return [(b["Parameter"]["LookupName"], b["Parameter"]["LookupValue"]) for b in bodies]


def test_the_stamp_is_the_last_value_that_is_sent_and_each_row_has_its_own(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A", city="Pune"), keyless("B")], FINDABLE) as world:
        world.run()
        assert [list(lead.values.items()) for lead in world.wire.leads] == [
            [
                ("LastName", "A"),
                ("EmailAddress", "a@x.in"),
                ("mx_City", "Pune"),
                (FIELD, stamp_of(world, 2)),
            ],
            [("LastName", "B"), (FIELD, stamp_of(world, 3))],
        ]


def test_rows_that_differ_by_their_stamp_alone_are_the_same(tmp_path: Path) -> None:
    cells = [keyless("A"), keyless("A"), person("B"), person("B")]
    with make_world(tmp_path, cells, UNIQUE) as world:
        unique_world(world).run()
        assert [row.code for row in world.rows.all()] == [None, "same_row"] * 2


# A lost reply


def test_a_row_without_e_mail_and_phone_is_sent_again_where_its_stamp_is_unique(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, [keyless("A")], UNIQUE) as world:
        unique_world(world).wire.faults["A"] = [RESET]
        world.run()
        assert world.wire.log == [(0.0, "A"), (1.0, PAGES), (30.0, PAGES), (30.0, "A")]
        assert fate(world) == ("created", None, world.wire.ids("A")[0])


def test_it_is_sent_again_where_nothing_can_be_looked_up(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], UNIQUE) as world:
        world.wire.faults["A"] = [RESET]
        world.wire.always = {PAGES: NOT_FOUND, BY_STAMP: NOT_FOUND}
        world.run()
        assert world.wire.sent("A") == [0.0, 92.0]
        assert fate(world) == ("created", None, world.wire.ids("A")[0])


def test_it_is_sent_however_often_where_the_account_is_the_judge(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], UNIQUE) as world:
        unique_world(world).wire.always |= {PAGES: NOT_FOUND, BY_STAMP: NOT_FOUND}
        world.wire.faults["A"] = [RESET] * 7
        world.run(tries=2)
        assert fate(world)[0] == "created"
        assert len(world.wire.sent("A")) == 8


def test_it_is_never_sent_again_where_its_stamp_is_not(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], FINDABLE) as world:
        world.wire.faults["A"] = [RESET]
        world.run()
        assert world.wire.sent("A") == [0.0]
        assert fate(world)[0] == "in_doubt"


def test_a_refusal_for_the_stamp_is_the_receipt(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], UNIQUE) as world:
        unique_world(world).wire.faults |= {"A": [DROPPED], PAGES: [EMPTY, EMPTY]}
        world.run()
        assert world.wire.log == [
            (0.0, "A"), (1.0, PAGES), (30.0, PAGES), (30.0, "A"), (30.0, BY_STAMP),
        ]  # fmt: skip
        assert asked(world) == [(FIELD, stamp_of(world, 2))]
        assert fate(world) == found(world.wire.ids("A")[0])


def test_a_row_in_doubt_that_a_person_sends_again_gets_the_lead_that_was_there_after_all(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, [keyless("A")], FINDABLE) as world:
        faults = {"A": [DROPPED], PAGES: [EMPTY, EMPTY], BY_STAMP: [NOBODY, NOBODY]}
        unique_world(world).wire.faults |= faults
        world.run()
        assert fate(world)[0] == "in_doubt"
        with world.journal.transaction():
            world.rows.requeue(2, RowStatus.IN_DOUBT, world.clock.wall_ms())
        world.run()
        assert len(world.wire.sent("A")) == 2
        assert fate(world) == found(world.wire.ids("A")[0])


def test_a_commit_after_the_rest_is_refused_by_the_stamp(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], UNIQUE) as world:
        unique_world(world).wire.faults |= {"A": [late(29.5), late(2)], PAGES: [EMPTY, EMPTY]}
        world.run()
        assert len(world.wire.ids("A")) == 1
        assert world.counts() == {"created": 1}


@pytest.mark.parametrize("mapping", [FINDABLE, UNIQUE], ids=["findable", "unique"])
def test_a_lead_is_found_by_its_stamp_whatever_was_changed_since(
    tmp_path: Path, mapping: str
) -> None:
    with make_world(tmp_path, [keyless("A", "Pune"), *people(1)], mapping) as world:
        world.wire.faults["A"] = [RESET]
        values = {"mx_City": "Goa", FIELD: stamp_of(world, 2)}
        lead_id = world.wire.add("Renamed", ago_s=-0.5, user=THEM, **values)
        world.run()
        assert fate(world) == found(lead_id)


@pytest.mark.parametrize("shown", ["other-2", "", None])
def test_a_lead_that_shows_another_stamp_or_none_is_not_ours(
    tmp_path: Path, shown: str | None
) -> None:
    with make_world(tmp_path, [keyless("A")], FINDABLE) as world:
        world.wire.blank = {FIELD}
        world.wire.add("A", ago_s=0.0, user=US, **({} if shown is None else {FIELD: shown}))
        world.wire.faults["A"] = [RESET]
        world.run()
        assert fate(world)[0] == "in_doubt"


def test_where_the_account_does_not_show_the_field_the_values_tell(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], FINDABLE) as world:
        world.wire.hidden = {FIELD}
        world.wire.faults["A"] = [DROPPED]
        world.run()
        assert fate(world) == found(world.wire.ids("A")[0], "look-up")


def test_the_pages_are_asked_for_the_stamp_s_field(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], FINDABLE) as world:
        world.wire.faults["A"] = [DROPPED]
        world.run()
        [page] = [json.loads(r.body or b"") for r in world.wire.requests if r.name == PAGES]
        assert page["Columns"]["Include_CSV"].split(",")[-1] == FIELD


def test_rows_without_e_mail_and_phone_are_asked_for_where_pages_cost_more(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A"), *people(3)], FINDABLE) as world:
        world.wire.page_size = 1
        world.wire.faults["A"] = [DROPPED]
        world.run()
        assert [name for _, name in world.wire.log[-2:]] == [PAGES, BY_STAMP]
        assert fate(world) == found(world.wire.ids("A")[0])


def test_rows_are_asked_for_where_pages_can_not_be_had(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A"), keyless("B")], FINDABLE) as world:
        world.wire.faults |= {"A": [DROPPED], "B": [DROPPED]}
        world.wire.always[PAGES] = NOT_FOUND
        world.run()
        assert asked(world) == [(FIELD, stamp_of(world, n)) for n in (2, 3)]
        assert BY_MAIL not in [name for _, name in world.wire.log]
        assert world.counts() == {"created": 2}


def test_a_lead_that_another_row_holds_is_not_adopted_for_its_stamp(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A"), keyless("B")], UNIQUE) as world:
        unique_world(world).wire.faults["B"] = [RESET]

        def during(_: object) -> None:
            if world.wire.leads:
                world.wire.leads[0].values[FIELD] = stamp_of(world, 3)

        world.wire.during = during
        world.run()
        assert fate(world)[0] == "created"
        assert (fate(world, 3)[0], world.row(3).code) == ("skipped", "own_stamp")


# A refusal of the first call: another journal has sent the row


@pytest.mark.parametrize("cells", [person("A"), keyless("A")], ids=["keys", "keyless"])
@pytest.mark.parametrize("mapping", [FINDABLE, UNIQUE], ids=["findable", "unique"])
def test_a_first_refusal_for_the_stamp_gives_the_lead_that_is_there(
    tmp_path: Path, mapping: str, cells: list[str]
) -> None:
    with make_world(tmp_path, [cells], mapping) as world:
        unique_world(world)
        lead_id = world.wire.add("A", ago_s=86_400, user=US, **{FIELD: stamp_of(world, 2)})
        world.run()
        assert world.wire.log == [(0.0, "A"), (0.0, BY_STAMP)]
        assert fate(world) == found(lead_id)
        assert world.row(2).since_at is None


def test_a_refusal_for_the_stamp_that_no_look_up_shows_ends_after_60_s(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], UNIQUE) as world:
        world.wire.faults["A"] = [refused("Import Key")]
        world.run()
        assert world.wire.sent(BY_STAMP) == [5.0 * i for i in range(13)]
        row, stamp = world.row(2), stamp_of(world, 2)
        assert (row.status, row.code, row.field, row.reason) == (
            RowStatus.SKIPPED, "own_stamp", FIELD,
            f"the account has this row's lead: it refused {FIELD} a second time; its Id could not"
            f" be read, so search {FIELD} for {stamp} there to find it",
        )  # fmt: skip


def test_a_refusal_for_the_stamp_that_can_not_be_looked_up_ends_the_same(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")], UNIQUE) as world:
        world.wire.faults["A"] = [refused("Import Key")]
        world.wire.always = {BY_STAMP: NOT_FOUND, BY_MAIL: NOT_FOUND, PAGES: NOT_FOUND}
        world.run()
        assert (world.row(2).status, world.row(2).code) == (RowStatus.SKIPPED, "own_stamp")
        assert 60 <= world.wire.sent(BY_STAMP)[-1] < 120


def test_where_the_field_can_not_be_searched_the_lead_is_found_by_its_e_mail(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, [person("A")], UNIQUE) as world:
        values = {"EmailAddress": "a@x.in", FIELD: stamp_of(world, 2)}
        lead_id = world.wire.add("Renamed", ago_s=60, **values)
        world.wire.faults["A"] = [refused("Import Key")]
        world.wire.always[BY_STAMP] = NOT_FOUND
        world.run()
        assert world.wire.log == [(0.0, "A"), (0.0, BY_STAMP), (0.0, BY_MAIL)]
        assert fate(world) == found(lead_id)


def test_a_lead_that_shows_late_is_adopted(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], UNIQUE) as world:
        lead_id = unique_world(world).wire.add("A", ago_s=60, **{FIELD: stamp_of(world, 2)})
        world.wire.faults[BY_STAMP] = [NOBODY, NOT_FOUND, NOBODY]
        world.run()
        assert fate(world) == found(lead_id)


@pytest.mark.parametrize("mapping", [UNIQUE, FINDABLE], ids=["unique", "findable"])
@pytest.mark.parametrize("row", [person("A"), keyless("A")], ids=["e-mail", "keyless"])
def test_the_lead_of_a_journal_that_is_gone_is_found_before_a_row_is_given_up(
    tmp_path: Path, mapping: str, row: list[str]
) -> None:
    with make_world(tmp_path, [row], mapping) as world:
        world.wire.blank = {FIELD}
        lead_id = world.wire.add("A", ago_s=9000.0, user=US, **{FIELD: stamp_of(world, 2)})
        world.wire.always["A"] = RESET
        world.run()
        assert fate(world) == found(lead_id)


def test_it_is_never_a_duplicate_of_the_lead_that_has_its_e_mail(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")], UNIQUE) as world:
        world.wire.add("Z", ago_s=60, EmailAddress="a@x.in")
        world.wire.faults["A"] = [refused("Import Key")]
        world.run()
        assert world.row(2).code == "own_stamp"
        assert world.row(2).existing_id is None


def test_the_next_run_goes_on_looking_for_it(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")], UNIQUE) as world:
        lead_id = unique_world(world).wire.add("A", ago_s=60, **{FIELD: stamp_of(world, 2)})
        world.wire.faults[BY_STAMP] = [NOBODY, KILLED]
        with pytest.raises(Killed):
            world.run()
        row = world.row(2)
        assert (row.status, row.code, row.field) == (RowStatus.SENDING, "own_stamp", FIELD)
        world.reopen()
        world.run()
        assert world.wire.sent("A") == [0.0]
        assert fate(world) == found(lead_id)


@pytest.mark.parametrize("mapping", [FINDABLE, UNIQUE], ids=["findable", "unique"])
@pytest.mark.parametrize("words", ["Email", "Import reference", ""])
def test_a_first_refusal_for_another_field_is_looked_up_once_by_the_stamp(
    tmp_path: Path, words: str, mapping: str
) -> None:
    """Accounts give fields other names, and check the e-mail first."""
    with make_world(tmp_path, [person("A"), person("B")], mapping) as world:
        lead_id = world.wire.add("A", ago_s=60, user=US, **{FIELD: stamp_of(world, 2)})
        world.wire.blank = {FIELD}
        told = refused(words) if words else Fault(error_reply("MXDuplicateEntryException", "Taken"))
        world.wire.faults |= {"A": [told], "B": [told]}
        world.run()
        assert fate(world) == found(lead_id)
        row = world.row(3)
        assert (row.status, row.code, row.field) == (
            RowStatus.DUPLICATE, "MXDuplicateEntryException", words or None,
        )  # fmt: skip
        assert sorted(name for _, name in world.wire.log) == ["A", "B", BY_STAMP, BY_STAMP]
        assert asked(world) == [(FIELD, stamp_of(world, n)) for n in (2, 3)]
        assert world.wire.log[-1][0] == 0.0


def test_a_lead_that_does_not_show_the_field_is_not_taken_for_one_of_another_journal(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, [person("A")], UNIQUE) as world:
        world.wire.hidden = {FIELD}
        world.wire.add(
            "A", ago_s=0.0, user=US, EmailAddress="a@x.in", **{FIELD: stamp_of(world, 2)}
        )
        world.wire.faults["A"] = [refused("Email")]
        world.run()
        assert world.row(2).status is RowStatus.DUPLICATE


def test_a_look_up_that_fails_does_not_make_it_a_duplicate_at_once(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")], UNIQUE) as world:
        lead_id = world.wire.add("A", ago_s=60, user=US, **{FIELD: stamp_of(world, 2)})
        world.wire.faults |= {"A": [refused("Email")], BY_STAMP: [NOT_FOUND]}
        world.run()
        assert fate(world) == found(lead_id)


def test_a_first_refusal_of_a_row_without_a_stamp_is_not_looked_up(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [refused("Import Key")]
        world.run()
        assert world.wire.log == [(0.0, "A")]
        assert world.row(2).status is RowStatus.DUPLICATE


# A refusal for the e-mail, after a lost reply


def test_the_stamp_tells_whose_the_lead_with_the_e_mail_is(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A"), person("B")], UNIQUE) as world:
        unique_world(world).wire.faults |= {"A": [RESET], "B": [RESET]}
        ours = {"EmailAddress": "a@x.in", FIELD: stamp_of(world, 2)}
        theirs = {"EmailAddress": "b@x.in", FIELD: "of another file"}
        ids = [
            world.wire.add(name, ago_s=0.0, user=US, **values)
            for name, values in (("A", ours), ("B", theirs))
        ]
        world.wire.faults[PAGES] = [EMPTY] * 4
        world.run()
        assert fate(world) == found(ids[0])
        assert (world.row(3).status, world.row(3).existing_id) == (RowStatus.DUPLICATE, ids[1])


def test_a_stamp_that_can_not_be_asked_for_keeps_no_duplicate_from_its_end(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")], UNIQUE) as world:
        other = unique_world(world).wire.add("Z", ago_s=60, EmailAddress="a@x.in")
        world.wire.faults["A"] = [RESET]
        world.wire.always[BY_STAMP] = NOT_FOUND
        world.run()
        assert (world.row(2).status, world.row(2).existing_id) == (RowStatus.DUPLICATE, other)


# Which field a refusal names

LEAD = Lead({"LastName": "A", "EmailAddress": "a@x.in"}, {}, Stamp(FIELD, "7-2", is_unique=True))


@pytest.mark.parametrize(
    "words",
    [
        "A Lead with same Import Key already exists.",
        "A Lead with same import_key already exists.",
        "A Lead with same mx_Import_Key already exists.",
        "A Lead with same MX_IMPORTKEY already exists.",
        "Duplicate entry '7-2' for key 'mx_Import_Key'",
        "Duplicate entry '7-2' for key 'UQ_Prospect_ExtensionBase_mx_Import_Key'",
    ],
)
def test_the_stamp_s_field_is_known_however_a_refusal_writes_it(words: str) -> None:
    assert is_own(duplicate_field(words), LEAD)


@pytest.mark.parametrize("told", ["EmailAddress", "Key", "Import", "Import Key 2", "", None])
def test_another_field_is_not_taken_for_it(told: str | None) -> None:
    assert not is_own(told, LEAD)
