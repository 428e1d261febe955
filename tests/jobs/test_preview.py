import json
from pathlib import Path

import pytest

from importer.jobs.account_fields import UNKNOWN
from tests.acceptance.world import MAPPING, Done, World
from tests.jobs.lists import people, run

SAME_AS_RUN = {"pending": "created", "invalid": "invalid", "duplicate": "duplicate"}


def preview(world: World, file: Path, *options: object) -> Done:
    """A preview; it must make no call, and leave no journal."""
    before = world.totals()["calls"]
    done = world.importer("preview", file, "-m", world.mapping, *options)
    assert world.totals()["calls"] == before
    assert not (world.folder / "importer.db").exists()
    return done


def a_list_with_troubles() -> list[list[str]]:
    """Rows 2 to 13: 7 to send, 2 invalid, 1 duplicate, 2 repeated."""
    rows = people(10)
    rows[2] = ["", "", "", "", "Pune"]
    rows[3] = ["", " ", "", "", "Goa"]
    rows[5][2] = rows[0][2].upper()  # row 7: the e-mail of row 2
    rows[6] = ["Without", "Contact", "", "", "Pune"]
    return [*rows, rows[1], ["Without", "Contact", "", "", "Pune"]]


def test_a_preview_foretells_what_a_run_then_does(world: World) -> None:
    file = world.write_csv("list.csv", a_list_with_troubles())
    told = preview(world, file, "--json")
    done, calls = run(world, file)
    assert told.json["pending"] == calls == 7
    for status in ("invalid", "duplicate", "skipped"):
        assert told.json[status] == done.json[status]
    assert {s: told.json[s] for s in ("pending", "invalid", "duplicate", "skipped")} == {
        "pending": 7, "invalid": 2, "duplicate": 1, "skipped": 2,
    }  # fmt: skip
    assert (told.code, told.json["rows"], told.json["calls"]) == (1, 12, 7)
    assert (told.json["protected"], told.json["unprotected"]) == (6, 1)
    assert told.json["seconds"] == 7 / 5
    assert told.json["job"] is told.json["journal"] is None


def test_the_first_leads_are_shown_exactly_as_they_are_sent(world: World) -> None:
    rows = people(4)
    told = preview(world, world.write_csv("list.csv", rows), "--json").json
    assert told["leads"] == [
        {
            "row": number,
            "body": [
                {"Attribute": "FirstName", "Value": first},
                {"Attribute": "LastName", "Value": last},
                {"Attribute": "EmailAddress", "Value": email},
                {"Attribute": "mx_City", "Value": "Pune"},
                {"Attribute": "Source", "Value": "Trade Show"},
            ],
        }
        for number, (first, last, email, *_) in enumerate(rows[:3], start=2)
    ]


def test_a_preview_needs_no_account_and_ends_with_0_where_every_row_would_be_sent(
    world: World,
) -> None:
    for name in ("LSQ_HOST", "LSQ_ACCESS_KEY", "LSQ_SECRET_KEY"):
        del world.environment[name]
    done = preview(world, world.write_csv("list.csv", people(3)))
    assert done.code == 0
    assert done.err == ""


def test_a_preview_says_where_columns_go_what_is_refused_and_what_it_costs(world: World) -> None:
    world.mapping.write_text(MAPPING.replace("  Phone: Phone\n", "  Phone:\n"))
    rows = [["Ada", "L", "ada@example.org", "1", ""], ["", "", "", "", "Pune"]]
    done = preview(world, world.write_csv("list.csv", rows), "--rate", "10/5s")
    assert done.code == 1
    assert done.out.splitlines() == [
        "list.csv: 5 columns, UTF-8, separated by commas",
        UNKNOWN,
        "  First Name  -> FirstName",
        "  Last Name   -> LastName",
        "  Email       -> EmailAddress  (trim, lower)",
        "  Phone       -  (left out, on purpose)",
        "  City        -> mx_City",
        "  in every lead  -> Source = Trade Show",
        "",
        "  pending            1  would be sent",
        "  invalid            1  refused: something is wrong with the row",
        "  rows               2",
        "",
        "no_name_or_contact: 1 row, such as row 3",
        "  the row has neither a name nor a contact: fill in one of First Name, Last Name, Email",
        "",
        "protected by a unique field (EmailAddress): 1 row",
        "row 2 would be sent as: "
        '[{"Attribute":"FirstName","Value":"Ada"},{"Attribute":"LastName","Value":"L"},'
        '{"Attribute":"EmailAddress","Value":"ada@example.org"},'
        '{"Attribute":"Source","Value":"Trade Show"}]',
        "calls: 1, about 0:00:00 at 10 calls in 5 s; nothing was sent",
        f"next: importer run {world.folder}/list.csv -m {world.mapping}"
        "  (sends the rows, and writes those that are refused into a file to mend)",
    ]  # fmt: skip


def test_where_duplicates_are_skipped_by_the_mapping_they_are_no_refusal(world: World) -> None:
    world.mapping.write_text(MAPPING + "on_duplicate: skip\n")
    rows = people(2)
    rows.append(["Other", "Name", rows[0][2], "", ""])
    file = world.write_csv("list.csv", rows)
    told = preview(world, file, "--json")
    assert (told.code, told.json["pending"], told.json["skipped"]) == (0, 2, 1)
    done, _ = run(world, file)
    assert (done.code, done.json["created"], done.json["skipped"]) == (0, 2, 1)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Import Job,Import Row\nabc,2\n", "this is a reject file: its rows belong to a job"),
        ("First Name,Email\nAda,a@x.in\n", "the mapping has 3 errors:"),
        ("", "the file is empty"),
    ],
)
def test_what_cannot_be_read_or_mapped_ends_with_2(world: World, text: str, what: str) -> None:
    file = world.folder / "list.csv"
    file.write_text(text)
    done = preview(world, file, "--json")
    assert done.code == 2
    assert done.json["error"]["what"].splitlines()[0] == what
    assert done.json["exit"] == 2


def test_a_rate_of_none_has_no_duration(world: World) -> None:
    done = preview(world, world.write_csv("list.csv", people(1)), "--rate", "none", "--json")
    assert (done.json["calls"], done.json["seconds"]) == (1, None)


def test_the_rows_leave_nothing_behind_in_the_temporary_folder(world: World) -> None:
    scratch = world.folder / "scratch"
    scratch.mkdir()
    world.environment["TMPDIR"] = str(scratch)
    assert json.loads(preview(world, world.write_csv("l.csv", people(2)), "--json").out)
    assert list(scratch.iterdir()) == []
