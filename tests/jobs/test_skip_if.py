"""Rows that the mapping leaves out, and names that it splits, from a list to the account."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.acceptance.world import World
from tests.jobs.lists import SERIAL, calls_during, repair, run, statuses

HEADER = ("Full Name", "Email", "Status")
COLUMNS = """\
version: 1
columns:
  Email: {field: EmailAddress, transform: [trim, email]}
split_name: {from: Full Name, first: FirstName, last: LastName, title: mx_Booth}
"""
SKIP_IF = "skip_if: {Status: [unsubscribed, bounced]}\n"
REASON = '"Status" is "Unsubscribed", and the mapping says skip_if'
NOT_SENT = ("skipped", "skip_if", REASON)


def mail() -> str:
    return f"s{next(SERIAL)}@example.com"


def a_list(world: World, rows: Iterable[Sequence[str]], name: str = "list.csv") -> Path:
    path = world.folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def ends(world: World, *numbers: int) -> list[tuple[str, str, str]]:
    sql = "SELECT id & 4294967295, status, code, reason FROM row WHERE id >> 32 = 1"
    found = {number: (status, code, reason) for number, status, code, reason in world.journal(sql)}
    return [found[number] for number in numbers]


def names(world: World, mails: Iterable[str]) -> list[tuple[str | None, ...]]:
    """Of the account's leads with these addresses: title, first and last name."""
    fields = ("mx_Booth", "FirstName", "LastName")
    leads = {lead.get("EmailAddress"): lead for lead in world.leads()}
    return [tuple(leads[m].get(f) for f in fields) for m in mails if m in leads]


def test_a_list_is_sent_without_its_skipped_rows_and_with_its_names_split(world: World) -> None:
    world.mapping.write_text(COLUMNS + SKIP_IF)
    a, b, c, d = (mail() for _ in range(4))
    file = a_list(
        world,
        [
            ("Dr. Asha Rao", a, "active"),
            ("Ravi Nair", b, "Unsubscribed"),
            ("van der Berg, Jan", b, "Active"),  # the address of the row before, which is free
            ("", "no address", " BOUNCED "),
            ("Meera", c, ""),
            ("Mr Weber", d, ""),
        ],
    )

    told = world.importer("preview", file, "-m", world.mapping, "--json")
    done, calls = run(world, file)

    assert (told.code, told.json["pending"], told.json["skipped"]) == (0, 4, 2)
    assert (told.json["invalid"], told.json["problems"]) == (0, [])
    assert {each["column"]: each["how"] for each in told.json["columns"]}["Status"] == (
        "skip_if unsubscribed, bounced: 2 rows"
    )
    assert (done.code, calls) == (0, 4), done.err
    assert (done.json["created"], done.json["skipped"], done.json["rows"]) == (4, 2, 6)
    assert "left out: Status" not in done.err
    assert ends(world, 3, 5) == [
        NOT_SENT,
        ("skipped", "skip_if", '"Status" is "BOUNCED", and the mapping says skip_if'),
    ]
    assert names(world, [a, b, c, d]) == [
        ("Dr.", "Asha", "Rao"),
        (None, "Jan", "van der Berg"),
        (None, "Meera", None),
        ("Mr", None, "Weber"),
    ]
    results = world.read_csv(world.folder / "list.results.csv")
    assert (results[1]["Import Status"], results[1]["Import Reason"]) == ("skipped", REASON)
    assert not (world.folder / "list.rejects.csv").exists()
    checked = world.importer("verify", "1", "--remote", "--json")
    assert checked.code == 0, checked.out + checked.err
    shown = world.importer("status", "1", "--row", "3")
    assert f"reason: {REASON}" in shown.out


def test_what_was_skipped_is_sent_once_the_mapping_says_so_and_nothing_else(world: World) -> None:
    world.mapping.write_text(COLUMNS + SKIP_IF)
    a, b = mail(), mail()
    rows = [("Asha Rao", a, "active"), ("Ravi Nair", b, "Unsubscribed"), ("Asha Rao", a, "")]
    file = a_list(world, rows)
    assert run(world, file)[1] == 1
    assert statuses(world) == {2: "created", 3: "skipped", 4: "skipped"}

    assert run(world, file)[1] == 0
    assert calls_during(world, "retry", "1")[1] == 0
    assert calls_during(world, "retry", "1", "--status", "skipped")[0].code == 2
    changed = "skip_if: {Status: bounced}\nconstants: {Source: Web}\n"  # of every lead
    world.mapping.write_text(COLUMNS + changed)
    done, calls = run(world, file)

    assert (done.code, calls) == (0, 1), done.err
    assert "the mapping changed: 1 row not yet accepted made anew by it" in done.err
    assert statuses(world) == {2: "created", 3: "created", 4: "skipped"}
    assert ends(world, 4)[0][1] == "same_row"
    assert names(world, [b]) == [(None, "Ravi", "Nair")]


def test_a_refused_row_is_skipped_once_the_mapping_says_so_and_never_sent(world: World) -> None:
    world.mapping.write_text(COLUMNS)
    file = a_list(world, [("Ravi Nair", "no address", "Unsubscribed"), ("A B", mail(), "")])
    assert run(world, file)[0].code == 1
    assert statuses(world) == {2: "invalid", 3: "created"}
    [reject] = world.read_csv(world.folder / "list.rejects.csv")

    world.mapping.write_text(COLUMNS + SKIP_IF)
    done, calls = run(world, file)

    assert (done.code, calls) == (0, 0), done.err
    assert ends(world, 2) == [NOT_SENT]
    path = write(world, {**reject, "Email": mail(), "Status": "active"})
    done, calls = repair(world, path)
    assert calls == 0
    assert "1 left alone (skipped)" in done.err
    assert ends(world, 2) == [NOT_SENT]


def test_a_row_that_is_mended_into_one_to_skip_is_skipped(world: World) -> None:
    world.mapping.write_text(COLUMNS + SKIP_IF)
    file = a_list(world, [("Ravi Nair", "no address", "active"), ("A B", mail(), "")])
    run(world, file)
    [reject] = world.read_csv(world.folder / "list.rejects.csv")
    new = {**reject, "Email": mail(), "Status": "bounced", "Import Row": "", "Import Job": ""}

    path = write(world, {**reject, "Email": mail(), "Status": "Unsubscribed"}, new)
    done, calls = repair(world, path)

    assert (done.code, calls) == (0, 0), done.err
    assert ends(world, 2) == [NOT_SENT]
    assert statuses(world) == {2: "skipped", 3: "created", 4: "skipped"}
    assert world.importer("verify", "1", "--remote").code == 0


def write(world: World, *rows: dict[str, str]) -> Path:
    path = world.folder / "list.rejects.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
