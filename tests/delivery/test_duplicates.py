"""on_duplicate: reject or skip; the same rows, the same calls, another end."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from importer.delivery.duplicates import Duplicates
from importer.delivery.replies import Reply
from importer.delivery.throttle import Rate
from importer.journal.rows import JournalRow
from importer.model import Outcome, RowStatus
from tests.delivery.account import (
    BARE,
    DROPPED,
    KILLED,
    RESET,
    Fault,
    Killed,
    error_reply,
)
from tests.delivery.harness import World, keyless, make_world, people, person

PAGES, BY_MAIL = "Leads.RecentlyModified", "Leads.GetByEmailaddress"
CODE = "MXDuplicateEntryException"
SAME_MAIL = "A Lead with same Email already exists."
TAKEN = Fault(error_reply(CODE, SAME_MAIL))
TAKEN_200 = Fault(error_reply(CODE, SAME_MAIL, 200))
REFUSED = Fault(error_reply("MXInvalidInputException", "No."))
EMPTY = Fault(Reply(200, {}, b'{"RecordCount": 0}'))
HELD_ID = UUID(int=7)
HELD = Fault(
    Reply(200, {}, json.dumps({"Status": "Success", "Message": {"Id": str(HELD_ID)}}).encode())
)

HAS_MAIL = "the account already has a lead with this Email; it was left unchanged"
MEND_MAIL = (
    "A Lead with same Email already exists. Correct Email and run this file again;"
    " or edit that lead, and delete this row here"
)
IN_FILE = "row 2 of this file has the same Email and was created"
MEND_IN_FILE = f"{IN_FILE}: give this row another Email, or delete it here and edit that lead"
ADVICE = ("Correct ", "give this row", "see that lead", "delete")

Prepare = Callable[[World], object]


@contextmanager
def worlds(
    folder: Path, cells: list[list[str]], prepare: Prepare, **options: Any
) -> Iterator[tuple[World, World]]:
    """Two equal worlds after their run: where the mapping rejects, and where it skips."""
    with ExitStack() as opened:
        pair = []
        for skips in (False, True):
            path = folder / f"skips-{skips}"
            path.mkdir()
            world = opened.enter_context(make_world(path, cells))
            prepare(world)
            world.run(skips=skips, **options)
            pair.append(world)
        yield pair[0], pair[1]


def script(**faults: list[Fault]) -> Prepare:
    def prepare(world: World) -> None:
        for name, each in faults.items():
            world.wire.faults[name] = list(each)

    return prepare


def told(row: JournalRow) -> tuple[str, str | None, str | None, str | None, UUID | None]:
    return str(row.status), row.code, row.field, row.reason, row.existing_id


def but_for_the_end(row: JournalRow) -> JournalRow:
    """Of a duplicate, and of what it is where the mapping skips: all that must be equal."""
    return replace(row, status=RowStatus.SKIPPED, reason=None)


# The roads on which a row ends duplicate


def add_mail(world: World) -> None:
    world.wire.add("Z", ago_s=3600, EmailAddress="b@x.in")


def lose_the_first_reply(world: World) -> None:
    add_mail(world)
    world.wire.faults["B"] = [RESET]


ONE = [person("A"), person("B")]
TWO = [person("A", "s@x.in"), person("B", "s@x.in")]
PHONES = [person("A"), person("B", "", "+91-9876543210")]
ROADS: dict[str, tuple[list[list[str]], Prepare, tuple[str | None, ...], str, str]] = {
    "refused": (ONE, add_mail, (CODE, "Email"), MEND_MAIL, HAS_MAIL),
    "refused with 200": (ONE, script(B=[TAKEN_200]), (CODE, "Email"), MEND_MAIL, HAS_MAIL),
    "refused for a phone": (
        PHONES,
        lambda world: world.wire.add("Z", Phone="+91-9876543210"),
        (CODE, "Phone"),
        MEND_MAIL.replace("same Email", "same Phone Number").replace("Email", "Phone"),
        HAS_MAIL.replace("Email", "Phone"),
    ),
    "refused without a field": (
        ONE,
        script(B=[Fault(error_reply(CODE, "Taken."))]),
        (CODE, None),
        MEND_MAIL.replace(SAME_MAIL[:-1], "Taken").replace("Correct Email", "Correct the value"),
        HAS_MAIL.replace("this Email", "a unique value of this row (Taken)"),
    ),
    "refused without words": (
        ONE,
        script(B=[Fault(error_reply(CODE, ""))]),
        (CODE, None),
        MEND_MAIL.replace(SAME_MAIL[:-1], CODE).replace("Correct Email", "Correct the value"),
        HAS_MAIL.replace("this Email", f"a unique value of this row ({CODE})"),
    ),
    "receipt of another's lead": (ONE, lose_the_first_reply, (CODE, "Email"), MEND_MAIL, HAS_MAIL),
    "in the file": (TWO, script(), ("duplicate_in_file", "Email"), MEND_IN_FILE, IN_FILE),
    "in the file, found by look-up": (
        TWO,
        script(A=[DROPPED]),
        ("duplicate_in_file", "Email"),
        MEND_IN_FILE,
        IN_FILE,
    ),
    "a lead that another row has": (
        ONE,
        script(A=[HELD], B=[HELD]),
        ("same_lead", None),
        "the API answered with a lead that another row had made: see that lead",
        "the API answered with a lead that another row had made",
    ),
}


@pytest.mark.parametrize("road", ROADS)
def test_each_road_to_a_duplicate_ends_skipped_where_the_mapping_says_so(
    tmp_path: Path, road: str
) -> None:
    cells, prepare, (code, field), refusal, fact = ROADS[road]
    with worlds(tmp_path, cells, prepare, rate=Rate(1, 1)) as (rejecting, skipping):
        refused, skipped = rejecting.row(3), skipping.row(3)
        assert told(refused)[:4] == ("duplicate", code, field, refusal)
        assert told(skipped)[:4] == ("skipped", code, field, fact)
        assert but_for_the_end(skipped) == but_for_the_end(refused)
        assert skipping.counts() == {"created": 1, "skipped": 1}
        assert skipping.wire.log == rejecting.wire.log


@pytest.mark.parametrize("skips", [False, True])
def test_the_other_leads_id_is_told_where_it_is_known(tmp_path: Path, skips: bool) -> None:
    cells = [person("A"), person("B"), person("C"), person("D", "a@x.in"), person("E"), person("F")]
    with make_world(tmp_path, cells) as world:
        ours = world.wire.add("Z", ago_s=3600, EmailAddress="b@x.in")
        world.wire.add("Y", ago_s=3600, EmailAddress="c@x.in")
        world.wire.faults |= {"B": [RESET], "E": [HELD], "F": [HELD]}
        world.run(rate=Rate(1, 1), skips=skips)
        [first] = world.wire.ids("A")
        # C's refusal names no lead, and no look-up is spent on it.
        assert [world.row(number).existing_id for number in range(2, 8)] == [
            None, ours, None, first, None, HELD_ID,
        ]  # fmt: skip
        assert len(world.wire.sent(BY_MAIL)) == 1


def test_what_stands_in_the_way_is_told_by_one_function() -> None:
    other, outcomes = UUID(int=3), []
    for skips in (False, True):
        duplicates = Duplicates(skips)
        outcomes += [
            duplicates.in_account("X", "Taken", "Mail", None),
            duplicates.in_file(7, "Mail", other),
            duplicates.same_lead(other),
        ]
    in_file = "row 7 of this file has the same Mail and was created"
    held = "the API answered with a lead that another row had made"
    mend = "Taken. Correct Mail and run this file again; or edit that lead, and delete this row"
    assert outcomes == [
        Outcome(RowStatus.DUPLICATE, "X", f"{mend} here", "Mail"),
        Outcome(
            RowStatus.DUPLICATE,
            "duplicate_in_file",
            f"{in_file}: give this row another Mail, or delete it here and edit that lead",
            "Mail",
            existing_id=other,
        ),
        Outcome(RowStatus.DUPLICATE, "same_lead", f"{held}: see that lead", existing_id=other),
        Outcome(
            RowStatus.SKIPPED,
            "X",
            "the account already has a lead with this Mail; it was left unchanged",
            "Mail",
        ),
        Outcome(RowStatus.SKIPPED, "duplicate_in_file", in_file, "Mail", existing_id=other),
        Outcome(RowStatus.SKIPPED, "same_lead", held, existing_id=other),
    ]


# What skipping does not change


def test_a_receipt_of_our_own_lead_is_adopted_where_the_mapping_skips(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults |= {"A": [DROPPED], PAGES: [EMPTY, EMPTY]}
        world.run(skips=True)
        assert world.wire.sent("A") == [0.0, 30.0]
        assert (world.statuses(), world.row(2).lead_id) == ({2: "created"}, world.wire.ids("A")[0])


def test_a_receipt_that_nothing_shows_is_in_doubt_where_the_mapping_skips(tmp_path: Path) -> None:
    lost = script(A=[RESET, TAKEN])
    with worlds(tmp_path, [person("A")], lost) as (rejecting, skipping):
        assert skipping.row(2) == rejecting.row(2)
        assert told(skipping.row(2)) == (
            "in_doubt",
            CODE,
            "Email",
            "the API calls it a duplicate, after a call whose reply was lost (last: A Lead with"
            " same Email already exists). Look for it in the account, then decide: importer"
            " resolve 1 --row 2",
            None,
        )


def test_an_equal_row_is_skipped_as_the_same_row_either_way(tmp_path: Path) -> None:
    cells = [person("A"), person("A"), keyless("K"), keyless("K")]
    with worlds(tmp_path, cells, script(), rate=Rate(1, 1)) as (rejecting, skipping):
        assert list(skipping.rows.all()) == list(rejecting.rows.all())
        assert [row.code for row in skipping.rows.all()] == [None, "same_row"] * 2


def test_a_refusal_for_another_reason_stays_one(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults["A"] = [REFUSED]
        world.run(skips=True)
        assert world.statuses() == {2: "rejected"}


def test_a_row_after_a_skipped_one_goes_itself(tmp_path: Path) -> None:
    cells = [person("A", "s@x.in"), person("A", "s@x.in"), person("C", "s@x.in", "+91-1111111")]
    with make_world(tmp_path, cells) as world:
        other = world.wire.add("Z", EmailAddress="s@x.in")

        def during(request: Any) -> None:
            if b'"C"' in (request.body or b""):
                world.wire.leads = [lead for lead in world.wire.leads if lead.lead_id != other]

        world.wire.during = during
        world.run(skips=True)
        assert [name for _, name in world.wire.log] == ["A", "A", "C"]
        assert [told(row)[:2] for row in world.rows.all()] == [
            ("skipped", CODE), ("skipped", CODE), ("created", None),
        ]  # fmt: skip


@pytest.mark.parametrize("skips", [False, True])
def test_the_mapping_at_the_end_says_what_becomes_of_a_receipt(tmp_path: Path, skips: bool) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        other = world.wire.add("Z", ago_s=3600, EmailAddress="a@x.in")
        world.wire.faults |= {"A": [RESET], PAGES: [EMPTY, EMPTY, KILLED]}
        with pytest.raises(Killed):
            world.run(skips=not skips)
        assert (world.row(2).status, world.row(2).evidence) == (RowStatus.SENDING, "refusal")
        world.reopen()
        world.run(skips=skips)
        end = ("skipped", HAS_MAIL) if skips else ("duplicate", MEND_MAIL)
        assert told(world.row(2)) == (end[0], CODE, "Email", end[1], other)


def test_a_duplicate_that_is_sent_again_where_the_mapping_skips_ends_skipped(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, TWO) as world:
        world.run()
        with world.journal.transaction():
            world.rows.requeue(3, RowStatus.DUPLICATE, world.clock.wall_ms())
        world.run(skips=True)
        assert told(world.row(3))[:4] == ("skipped", "duplicate_in_file", "Email", IN_FILE)


# Any list


def random_list(chance: random.Random) -> tuple[list[list[str]], Prepare]:
    """Rows that share e-mails and phones with each other and with the account, and what goes
    wrong with their calls."""
    cells: list[list[str]] = []
    faults: dict[str, list[Fault]] = {}
    for index in range(30):
        if cells and chance.random() < 0.15:
            cells.append(chance.choice(cells))
            continue
        mail = chance.choice(["", *(f"{i}@x.in" for i in range(9))])
        phone = chance.choice(["", "", *(f"+91-111111{i}" for i in range(6))])
        cells.append(person(f"R{index}", mail, phone, chance.choice(["", "Pune"])))
        wrong = [
            REFUSED,
            BARE,
            RESET,
            DROPPED,
            *([TAKEN, TAKEN_200, HELD] if mail or phone else []),
        ]
        if chance.random() < 0.4:
            faults[f"R{index}"] = chance.choices(wrong, k=chance.choice([1, 1, 2, 5]))

    def prepare(world: World) -> None:
        script(**faults)(world)
        for index in range(2):
            world.wire.add(f"M{index}", ago_s=3600, EmailAddress=f"{index}@x.in")
            world.wire.add(f"P{index}", ago_s=3600, Phone=f"+91-111111{index}")

    return cells, prepare


@pytest.mark.parametrize("seed", range(12))
def test_of_any_list_the_duplicates_are_skipped_and_nothing_else_differs(
    tmp_path: Path, seed: int
) -> None:
    cells, prepare = random_list(random.Random(seed))
    with worlds(tmp_path, cells, prepare, rate=Rate(10, 5)) as (rejecting, skipping):
        before, after = list(rejecting.rows.all()), list(skipping.rows.all())
        duplicates = {row.number for row in before if row.status is RowStatus.DUPLICATE}
        assert len(duplicates) >= 3
        for row, skipped in zip(before, after, strict=True):
            if row.number in duplicates:
                assert but_for_the_end(skipped) == but_for_the_end(row)
                assert skipped.status is RowStatus.SKIPPED
                assert not any(words in (skipped.reason or "") for words in ADVICE)
            else:
                assert skipped == row
            assert skipping.attempts(row.number) == rejecting.attempts(row.number)
        assert skipping.wire.log == rejecting.wire.log


@pytest.mark.parametrize("skips", [False, True])
@pytest.mark.parametrize(
    "fault", [Fault(error_reply(CODE, "Taken.")), HELD], ids=["refused", "another's lead"]
)
def test_a_row_without_a_unique_value_that_is_there_already_is_sent_once(
    tmp_path: Path, fault: Fault, skips: bool
) -> None:
    cells = [person("A"), keyless("K"), *people(3), keyless("K")]
    with make_world(tmp_path, cells) as world:
        world.wire.faults |= {"A": [HELD], "K": [fault]}
        world.run(rate=Rate(1, 1), skips=skips)
        assert world.row(3).status == ("skipped" if skips else "duplicate")
        assert told(world.row(7))[:2] == ("skipped", "same_row")
        assert len(world.wire.sent("K")) == 1
