"""What the API refuses comes back as a file that is mended and run again."""

import csv
from collections import Counter
from pathlib import Path

from importer.model import REJECT_COLUMNS
from tests.acceptance.world import HEADER, World, people, sandbox

ROWS = 300
BAD_EMAIL = {20, 77, 141, 260}  # refused with 400
TAKEN_EMAIL = {31, 99, 200}  # a lead in the account has it
TAKEN_PHONE = {45, 170}
SAME_AS_EARLIER = {120: 60, 250: 61}  # row: the earlier row whose e-mail it has
BLANK = {88}  # neither name nor contact


def make_rows(world: World) -> list[list[str]]:
    """`rows[i]` is row i + 2 of the file."""
    rows = [list(row) for row in people(ROWS)]
    for number in BAD_EMAIL:
        rows[number - 2][2] = f"person.{number}.example.com"
    for number in TAKEN_EMAIL:
        world.create(FirstName="Somebody", EmailAddress=rows[number - 2][2].upper())
    for number in TAKEN_PHONE:
        rows[number - 2][3] = f"+91-97{number:08d}"
        world.create(FirstName="Somebody", Phone=rows[number - 2][3])
    for number, earlier in SAME_AS_EARLIER.items():
        rows[number - 2][2] = f" {rows[earlier - 2][2].upper()}"
    for number in BLANK:
        rows[number - 2] = ["", "", "", "", "Pune"]
    return rows


def mend(world: World, path: Path) -> Path:
    """What a person does in a spreadsheet: correct the cells, leave the other columns alone."""
    rejects = world.read_csv(path)
    for reject in rejects:
        number = reject["Import Row"]
        reject["First Name"] = reject["First Name"] or "Found"
        reject["Email"] = f"mended.{number}@example.com"
        reject["Phone"] = f"'+91-96{int(number):08d}"
    mended = world.folder / "mended.csv"
    with mended.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*HEADER, *REJECT_COLUMNS])
        writer.writeheader()
        writer.writerows(rejects)
    return mended


def test_the_reject_file_holds_exactly_what_was_refused_and_mended_it_is_created(
    tmp_path: Path,
) -> None:
    refused = {
        **dict.fromkeys(BAD_EMAIL, ("rejected", "MXInvalidInputException", "Email")),
        **dict.fromkeys(TAKEN_EMAIL, ("duplicate", "MXDuplicateEntryException", "Email")),
        **dict.fromkeys(TAKEN_PHONE, ("duplicate", "MXDuplicateEntryException", "Phone")),
        **dict.fromkeys(SAME_AS_EARLIER, ("duplicate", "duplicate_in_file", "Email")),
        **dict.fromkeys(BLANK, ("invalid", "no_name_or_contact", "")),
    }
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys)
        rows = make_rows(world)
        done = world.run(world.write_csv("list.csv", rows), "--rate", "none")
        assert done.code == 1
        assert done.json["created"] == ROWS - len(refused)

        rejects = world.read_csv(tmp_path / "list.rejects.csv")
        assert {
            int(row["Import Row"]): (row["Reject Code"], row["Reject Column"]) for row in rejects
        } == {number: (code, column) for number, (_, code, column) in refused.items()}
        assert {row["Import Job"] for row in rejects} == {done.json["key"]}
        for row in rejects:
            original = dict(zip(HEADER, rows[int(row["Import Row"]) - 2], strict=True))
            shown = {name: row[name].removeprefix("'") for name in HEADER}
            assert shown == original
        ids = {lead.get("EmailAddress"): lead["ProspectID"] for lead in world.leads()}
        twins = {int(r["Import Row"]): r["Existing Lead Id"] for r in rejects}
        for number, earlier in SAME_AS_EARLIER.items():
            assert twins[number] == ids[rows[earlier - 2][2].lower()]

        calls = world.create_calls()
        again = world.importer("run", mend(world, tmp_path / "list.rejects.csv"), "--json")
        assert again.code == 0, again.err
        assert again.json["created"] == again.json["rows"] == ROWS
        assert world.create_calls() - calls == len(refused)
        emails = Counter(e for lead in world.leads() if (e := lead.get("EmailAddress")))
        assert set(emails.values()) == {1}

        once_more = world.run(tmp_path / "list.csv")
        assert once_more.code == 0
        assert world.create_calls() - calls == len(refused)
        assert not (tmp_path / "list.rejects.csv").exists(), "untouched, and nothing is refused"


def test_results_have_every_row_once_with_its_lead(tmp_path: Path) -> None:
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys)
        world.run(world.write_csv("list.csv", make_rows(world)), "--rate", "none")
        results = world.read_csv(tmp_path / "list.results.csv")
        assert [int(row["Import Row"]) for row in results] == list(range(2, ROWS + 2))
        held = {row["Lead Id"] for row in results if row["Import Status"] == "created"}
        ours = {lead["ProspectID"] for lead in world.leads() if lead["FirstName"] != "Somebody"}
        assert held == ours
