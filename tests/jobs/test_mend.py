import csv
import sqlite3
from pathlib import Path

import pytest

from tests.acceptance.world import HEADER, World, sandbox
from tests.jobs.lists import (
    BAD,
    calls_during,
    leads_of,
    people,
    repair,
    run,
    statuses,
    write_rejects,
)

Rejects = list[dict[str, str]]


def refused(world: World, folder: str = ".") -> tuple[list[list[str]], Path, Rejects]:
    """A list of six whose rows 3, 5 and 6 come back; its reject file and what is in it."""
    rows = people(6)
    for index in (1, 3, 4):
        rows[index][2] = BAD
    (world.folder / folder).mkdir(exist_ok=True)
    done, _ = run(world, world.write_csv(f"{folder}/list.csv", rows))
    assert (done.code, done.json["rejected"]) == (1, 3)
    path = world.folder / folder / "list.rejects.csv"
    return rows, path, world.read_csv(path)


def test_mended_rows_are_sent_unmended_ones_again_and_accepted_ones_not(world: World) -> None:
    rows, path, rejects = refused(world)
    rejects[0]["Email"] = "m" + rows[0][2]
    rejects[1]["Email"] = "m" + rows[1][2] + "@example.com"
    accepted = {**rejects[0], "First Name": rows[0][0], "Import Row": "2"}
    write_rejects(path, [*rejects, accepted])
    done, calls = repair(world, path)
    assert (done.code, calls) == (1, 3)
    assert statuses(world)[2] == "created"
    assert (
        "rows of the reject file: 2 mended, 1 as they were, 1 accepted before, and not sent again"
        in done.err.splitlines()
    )
    assert leads_of(world, rows[:1]) == 1
    assert done.json["job"] == 1
    assert done.json["rows"] == 6


def test_a_reject_file_that_was_edited_is_kept_and_the_next_stands_beside_it(
    world: World,
) -> None:
    rows, path, rejects = refused(world)
    rejects[0]["Email"] = "m" + rows[0][2]
    edited = write_rejects(path, rejects).read_bytes()
    assert repair(world, path)[0].code == 1
    assert path.read_bytes() == edited
    second = path.with_name("list.rejects-2.csv")
    assert [row["Import Row"] for row in world.read_csv(second)] == ["5", "6"]
    left = world.read_csv(second)
    for index, row in enumerate(left):
        row["Email"] = f"n{index}{rows[0][2]}"
    write_rejects(second, left)
    done, calls = repair(world, second)
    assert (done.code, calls) == (0, 2)
    assert sorted(file.name for file in world.folder.glob("list.*")) == [
        "list.csv", "list.rejects-2.csv", "list.rejects.csv", "list.results.csv",
    ]  # fmt: skip


def test_rejects_of_a_repair_are_written_beside_the_file_that_was_run(world: World) -> None:
    _, path, rejects = refused(world, "lists")
    mail = world.folder / "mail"
    mail.mkdir()
    mended = write_rejects(mail / "from Ada.csv", rejects[:1])
    before = path.read_bytes()
    assert repair(world, mended)[0].code == 1
    assert path.read_bytes() == before
    assert sorted(file.name for file in mail.iterdir()) == [
        "from Ada.csv", "list.rejects.csv", "list.results.csv",
    ]  # fmt: skip
    rows = [row["Import Row"] for row in world.read_csv(mail / "list.rejects.csv")]
    assert rows == ["3", "5", "6"], "every row of the job that is still refused"


def test_a_new_row_gets_the_next_free_number_and_a_second_run_adds_nothing(
    world: World,
) -> None:
    rows, path, rejects = refused(world)
    (new,) = people(1)
    blank = dict.fromkeys(rejects[0], "")
    added = {**blank, **dict(zip(list(blank)[:5], new, strict=True))}
    write_rejects(path, [*rejects, added])
    done, calls = repair(world, path)
    assert calls == 4
    assert "0 mended, 3 as they were, 1 new (row 8)" in done.err
    assert statuses(world) == {
        2: "created", 3: "rejected", 4: "created", 5: "rejected", 6: "rejected", 7: "created",
        8: "created",
    }  # fmt: skip
    assert done.json["rows"] == 7
    again, calls = repair(world, path)
    assert calls == 3
    assert "0 mended, 3 as they were, 1 accepted before, and not sent again" in again.err
    assert again.json["rows"] == 7
    assert leads_of(world, [*rows, new]) == 4
    results = world.read_csv(world.folder / "list.results.csv")
    assert [(row["First Name"], row["Import Row"]) for row in results[-1:]] == [(new[0], "8")]


def unchanged(world: World) -> list[object]:
    return [world.journal(f"SELECT * FROM {table} ORDER BY 1") for table in ("job", "row", "count")]


def test_an_unknown_job_is_an_error_and_never_a_new_job(world: World) -> None:
    _, path, rejects = refused(world)
    before = unchanged(world)
    write_rejects(path, [{**row, "Import Job": "0123456789ab"} for row in rejects])
    for arguments in ([], ["-m", world.mapping]):
        done, calls = repair(world, path, *arguments)
        assert (done.code, calls, done.json["job"]) == (2, 0, None)
        assert done.json["error"] == {
            "what": 'the reject file is of job "0123456789ab", which this journal does not know',
            "where": f"{path} and {world.folder / 'importer.db'}",
            "fix": "name the journal of that job with --journal; if it is a new list, rename or"
            " remove the columns Import Row and Import Job; nothing was sent",
        }
    assert unchanged(world) == before


def test_a_repair_without_its_journal_makes_none(world: World, tmp_path: Path) -> None:
    _, path, _ = refused(world)
    done, calls = calls_during(world, "run", path, "--journal", tmp_path / "other.db")
    assert (done.code, calls) == (2, 0)
    assert done.json["error"]["what"] == "there is no journal yet"
    assert not (tmp_path / "other.db").exists()


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("3", '"Import Row" 3 stands in rows 2 and 3 of the file'),
        ("99", '"Import Row" is 99, and the job has no such row'),
        ("three", '"Import Row" is "three", which is no row number'),
    ],
)
def test_a_row_that_is_there_twice_or_not_at_all_is_an_error_and_nothing_changes(
    world: World, number: str, what: str
) -> None:
    rows, path, rejects = refused(world)
    before = unchanged(world)
    rejects[0]["Email"] = "m" + rows[0][2]
    rejects[1]["Import Row"] = number
    write_rejects(path, rejects)
    done, calls = repair(world, path)
    assert (done.code, calls) == (2, 0)
    assert done.json["error"]["what"] == what
    assert done.json["error"]["where"] == f"{path}, row 3"
    assert "clear" in done.json["error"]["fix"]
    assert unchanged(world) == before


def test_a_row_that_is_not_there_is_found_before_the_mapping_is_taken(world: World) -> None:
    _, path, rejects = refused(world)
    before = [unchanged(world), world.journal("SELECT * FROM mapping")]
    rejects[2]["Import Row"] = "99"
    write_rejects(path, rejects)
    lines = world.mapping.read_text().splitlines(keepends=True)
    world.mapping.write_text("".join(line for line in lines if "EmailAddress" not in line))
    done, calls = repair(world, path, "-m", world.mapping)
    assert (done.code, calls) == (2, 0)
    assert done.json["error"]["what"] == '"Import Row" is 99, and the job has no such row'
    assert [unchanged(world), world.journal("SELECT * FROM mapping")] == before


def test_a_ragged_row_that_was_not_mended_stays_invalid_and_a_mended_one_is_sent(
    world: World,
) -> None:
    rows = people(4)
    rows[1] = [*rows[1], "surplus"]
    rows[2] = rows[2][:4]
    run(world, world.write_csv("list.csv", rows))
    path = world.folder / "list.rejects.csv"
    rejects = world.read_csv(path)
    assert [(row["Import Row"], row["Reject Code"], row["City"]) for row in rejects] == [
        ("3", "row_width", "Pune"),
        ("4", "row_width", ""),
    ]
    done, calls = repair(world, path)
    assert (done.code, calls) == (1, 0)
    assert statuses(world) == {2: "created", 3: "invalid", 4: "invalid", 5: "created"}
    rejects[1]["City"] = "Goa"
    write_rejects(path, rejects)
    done, calls = repair(world, path)
    assert (done.code, calls) == (1, 1)
    assert statuses(world) == {2: "created", 3: "invalid", 4: "created", 5: "created"}
    assert leads_of(world, rows[1:2]) == 0


def test_a_mended_row_may_meet_the_value_of_another_row(world: World) -> None:
    rows, path, rejects = refused(world)
    rejects[0]["Email"] = rows[0][2].upper()
    rejects[1]["Email"] = rejects[2]["Email"] = "m" + rows[0][2]
    write_rejects(path, rejects)
    done, calls = repair(world, path)
    assert (done.code, calls) == (1, 1)
    assert statuses(world) == {
        2: "created", 3: "duplicate", 4: "created", 5: "created", 6: "duplicate", 7: "created",
    }  # fmt: skip
    codes = {
        row["Import Row"]: row["Reject Code"]
        for row in world.read_csv(path.with_name("list.rejects-2.csv"))
    }
    assert codes == dict.fromkeys(("3", "6"), "duplicate_in_file")


def test_an_unedited_reject_file_is_replaced_and_goes_when_nothing_is_refused(
    world: World,
) -> None:
    rows, path, rejects = refused(world)
    done, calls = repair(world, path)
    assert (done.code, calls) == (1, 3)
    assert not path.with_name("list.rejects-2.csv").exists()
    assert world.read_csv(path) == rejects
    for index, row in enumerate(rejects):
        row["Email"] = f"n{index}{rows[0][2]}"
    mended = write_rejects(world.folder / "mended.csv", rejects)
    assert repair(world, mended)[0].code == 0
    assert not path.exists()


def test_guarded_cells_come_back_as_they_were(world: World) -> None:
    rows = people(2)
    rows[0] = ["=Ada", "'Rao", BAD, "+91-9800000001", "-Pune"]
    run(world, world.write_csv("list.csv", rows))
    path = world.folder / "list.rejects.csv"
    (reject,) = world.read_csv(path)
    assert list(reject.values())[:5] == ["'=Ada", "''Rao", BAD, "'+91-9800000001", "'-Pune"]
    assert "0 mended, 1 as they were" in repair(world, path)[0].err
    reject["Email"] = "m" + rows[1][2]
    write_rejects(path, [reject])
    assert repair(world, path)[0].code == 0
    (lead,) = [lead for lead in world.leads() if lead["EmailAddress"] == "m" + rows[1][2]]
    assert [lead[name] for name in ("FirstName", "LastName", "mx_City")] == [
        "=Ada",
        "'Rao",
        "-Pune",
    ]


def test_a_repair_with_a_changed_mapping_uses_it(world: World) -> None:
    rows, path, rejects = refused(world)
    mapping = world.mapping.read_text().replace("trim, lower]", "trim, lower], on_invalid: x")
    world.mapping.write_text(mapping)
    done, calls = repair(world, path, "-m", world.mapping)
    assert (done.code, calls) == (2, 0)
    lines = [line for line in mapping.splitlines(keepends=True) if "EmailAddress" not in line]
    world.mapping.write_text("".join(lines))
    done, calls = repair(world, path, "-m", world.mapping)
    assert (done.code, calls, done.json["created"]) == (0, 3, 6)
    assert leads_of(world, rows) == 6
    assert len(rejects) == 3


def test_a_repair_for_another_account_is_refused(world: World, tmp_path: Path) -> None:
    _, path, _ = refused(world)
    before = unchanged(world)
    with sandbox("--limit", "none") as keys:
        done, calls = repair(World(tmp_path, keys), path)
    assert (done.code, calls) == (2, 0)
    assert done.json["error"]["what"].startswith("job 1 belongs to the account ")
    assert unchanged(world) == before


def test_columns_may_be_moved_but_not_lost(world: World) -> None:
    rows, path, rejects = refused(world)
    rejects[0]["Email"] = "m" + rows[0][2]
    names = sorted(rejects[0])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rejects[:1])
    done, calls = repair(world, path)
    assert (done.json["created"], calls) == (4, 1)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(
            file, [name for name in names if name != "City"], extrasaction="ignore"
        )
        writer.writeheader()
        writer.writerows(rejects)
    done, calls = repair(world, path)
    assert (done.code, calls) == (2, 0)
    assert done.json["error"]["what"] == 'the reject file has lost columns of the job: "City"'


def test_two_new_rows_that_are_equal_are_two_rows(world: World) -> None:
    _, path, rejects = refused(world)
    (new,) = people(1)
    added = dict.fromkeys(rejects[0], "") | dict(zip(HEADER, new, strict=True))
    write_rejects(path, [*rejects, added, added])
    for _ in range(2):
        done, _ = repair(world, path)
        assert (done.json["rows"], done.json["created"], done.json["skipped"]) == (8, 4, 1)
    assert leads_of(world, [new]) == 1


def test_a_row_number_that_is_another_jobs_changes_nothing_there(world: World) -> None:
    rows, path, rejects = refused(world)
    other = people(2)
    other[0][2] = BAD
    run(world, world.write_csv("other.csv", other))
    before = unchanged(world)
    rejects[0] |= {"Import Row": str((1 << 32) + 2), "Email": "m" + rows[0][2]}
    write_rejects(path, rejects)
    done, calls = repair(world, path)
    assert (done.code, calls) == (2, 0)
    assert unchanged(world) == before


def test_a_reject_file_without_rows_is_an_error(world: World) -> None:
    _, path, _ = refused(world)
    before = unchanged(world)
    write_rejects(path, [])
    done, calls = repair(world, path)
    assert (done.code, calls) == (2, 0)
    assert done.json["error"] == {
        "what": "the reject file has no rows",
        "where": str(path),
        "fix": "put the rows back that are to be sent, or mend a fresh copy: importer rejects",
    }
    assert unchanged(world) == before


def test_rows_that_were_deleted_from_the_file_stay_refused_and_come_back(world: World) -> None:
    rows, path, rejects = refused(world)
    rejects[1]["Email"] = "m" + rows[0][2]
    done, calls = repair(world, write_rejects(path, rejects[1:2]))
    assert (done.code, calls) == (1, 1)
    assert statuses(world)[5] == "created"
    left = world.read_csv(path.with_name("list.rejects-2.csv"))
    assert left == [rejects[0], rejects[2]]
    assert world.journal("SELECT row & 4294967295, what FROM decision") == [(5, "mend")]


def test_a_repair_works_when_the_list_itself_is_gone(world: World) -> None:
    rows, path, rejects = refused(world, "lists")
    (world.folder / "lists" / "list.csv").unlink()
    rejects[0]["Email"] = "m" + rows[0][2]
    mail = world.folder / "mail"
    mail.mkdir()
    mended = write_rejects(mail / "mended.csv", rejects)
    for file in path.parent.iterdir():
        file.unlink()
    path.parent.rmdir()
    done, calls = repair(world, mended)
    assert (done.code, calls, done.json["created"]) == (1, 3, 4)
    assert sorted(file.name for file in mail.iterdir()) == [
        "list.rejects.csv", "list.results.csv", "mended.csv",
    ]  # fmt: skip


def test_out_names_the_folder_of_what_a_repair_writes(world: World) -> None:
    _, path, _ = refused(world)
    before = {file: file.read_bytes() for file in world.folder.glob("list.*")}
    out = world.folder / "new" / "out"
    done, calls = repair(world, path, "--out", out)
    assert (done.code, calls) == (1, 3)
    assert sorted(file.name for file in out.iterdir()) == ["list.rejects.csv", "list.results.csv"]
    assert {file: file.read_bytes() for file in world.folder.glob("list.*")} == before


def test_a_reject_file_that_is_open_in_libreoffice_fails_no_run(world: World) -> None:
    _, path, rejects = refused(world)
    before = path.read_bytes()
    path.with_name(f".~lock.{path.name}#").write_text(",ada,laptop,")
    done, calls = repair(world, path)
    assert (done.code, calls) == (1, 3)
    second = path.with_name("list.rejects-2.csv")
    assert f"rejects: {second}" in done.err + world.importer("rejects").out
    assert (path.read_bytes(), world.read_csv(second)) == (before, rejects)


def test_the_reject_file_of_a_purged_job_is_refused_and_can_be_made_a_new_list(
    world: World,
) -> None:
    rows, path, rejects = refused(world)
    with sqlite3.connect(world.folder / "importer.db") as db:
        db.execute("UPDATE job SET state = 'purged', purged_at = 1769860800000")
    db.close()
    before = unchanged(world)
    done, calls = repair(world, path)
    assert (done.code, calls) == (2, 0)
    assert done.json["error"] == {
        "what": "job 1 was purged on 2026-01-31: its rows are gone",
        "where": str(path),
        "fix": 'make a new list of the rows: remove the columns "Reject Code" to "Import Job", and'
        " the apostrophe that stands first in cells; then run it with -m MAPPING",
    }
    assert unchanged(world) == before
    assert sorted(file.name for file in world.folder.glob("list.*")) == [
        "list.csv", "list.rejects.csv", "list.results.csv",
    ]  # fmt: skip
    new = [[row[name] for name in HEADER[:2]] + ["m" + rows[0][2], "", ""] for row in rejects[:1]]
    done, calls = run(world, world.write_csv("new.csv", new))
    assert (done.code, calls, done.json["job"]) == (0, 1, 2)


def test_a_mended_row_that_was_sent_meanwhile_is_left_and_only_a_real_difference_is_said(
    world: World,
) -> None:
    rows, path, rejects = refused(world)
    accepted = {**rejects[0], "Import Row": "2"} | dict(zip(HEADER, rows[0], strict=True))
    done, calls = repair(world, write_rejects(path, [accepted]))
    assert (done.code, calls) == (1, 0)
    assert "not sent, although it differs here" not in done.err
    accepted["Import Row"], accepted["City"] = "2", "Goa"
    done, calls = repair(world, write_rejects(path, [accepted]))
    assert calls == 0
    assert "warning: not sent, although it differs here: row 2." in done.err
