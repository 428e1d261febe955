import signal
import sqlite3
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest

from tests.acceptance.world import PATIENCE_S, World, pause
from tests.jobs.lists import calls_during, run

SERIAL = count(1)
MIDNIGHT = " 00:00:00.000"  # the account shows a date so
NAMES = ("Name", "Email", "When", "Sum")
DATE, NUMBER = "When: {field: mx_DOB, transform: date}", "Sum: {field: mx_City, transform: number}"
OPEN = ["03/04/2026", "05/06/2026", "07/07/2026"]


def mapping(*entries: str) -> str:
    lines = "".join(f"  {entry}\n" for entry in ("Name: LastName", "Email: EmailAddress", *entries))
    return f"version: 1\ncolumns:\n{lines}"


def write(world: World, whens: Sequence[str], sums: Sequence[str] = (), after: str = "") -> Path:
    """A list of people whom no other test has."""
    lines = [";".join(NAMES)]
    for when, total in zip(whens, sums or [""] * len(whens), strict=True):
        serial = next(SERIAL)
        lines.append(f"L{serial};l{serial}@example.net;{when};{total}")
    file = world.folder / "odd.csv"
    file.write_text("\n".join(lines) + "\n" + after, encoding="utf-8")
    return file


def sent(world: World, file: Path, field: str) -> list[str]:
    """What the account has of the file's people, in the file's order."""
    emails = [line.split(";")[1] for line in file.read_text("utf-8").splitlines()[1:]]
    leads = {lead.get("EmailAddress"): str(lead.get(field)) for lead in world.leads()}
    return [leads[email].removesuffix(MIDNIGHT) for email in emails if email in leads]


def jobs(world: World) -> int:
    return int(world.journal("SELECT count(*) FROM job")[0][0])


def test_an_open_date_stops_a_run_with_the_line_of_the_mapping(world: World) -> None:
    world.mapping.write_text(mapping(DATE))
    done, calls = run(world, write(world, OPEN))
    assert (done.code, calls) == (2, 0)
    assert done.json["error"] == {
        "what": 'the values of "When" can be read in two ways:'
        " 2 fit both, 0 only day-month, 0 only month-day",
        "where": f"{world.mapping}, line 5",
        "fix": "say it for the column: formats: [D/M/YYYY] or formats: [M/D/YYYY]",
    }
    assert jobs(world) == 0


def test_what_only_the_last_rows_leave_open_is_asked_too(world: World) -> None:
    world.mapping.write_text(mapping(DATE))
    done, calls = run(world, write(world, [*["2026-01-31"] * 4_100, "03/04/2026"]))
    assert (done.code, calls, jobs(world)) == (2, 0, 0)
    assert "1 fit both, 0 only day-month, 0 only month-day" in done.json["error"]["what"]


def test_what_only_the_last_rows_prove_counts_for_all(world: World) -> None:
    world.mapping.write_text(mapping(DATE))
    whens = [*["2026-01-31"] * 4_100, "03/04/2026", "31/12/2026"]
    done, _ = run(world, write(world, whens), "--limit", 1)
    assert (done.code, done.json["invalid"], done.json["pending"]) == (0, 0, 4_101)


def test_all_open_columns_are_asked_about_at_once(world: World) -> None:
    world.mapping.write_text(mapping(DATE, NUMBER))
    done, _ = run(world, write(world, OPEN, ["1.234", "2.500", "3.000"]))
    assert (done.code, done.json["error"]["what"].splitlines()[0]) == (
        2, "the mapping has 2 errors:",
    )  # fmt: skip
    assert "line 5" in done.json["error"]["what"]
    assert "line 6" in done.json["error"]["what"]


@pytest.mark.parametrize(
    ("form", "first"), [("D/M/YYYY", "2026-04-03"), ("M/D/YYYY", "2026-03-04")]
)
def test_the_mapping_that_decides_it_goes_on(world: World, form: str, first: str) -> None:
    file = write(world, OPEN)
    world.mapping.write_text(mapping(DATE))
    assert run(world, file)[0].code == 2
    world.mapping.write_text(mapping(DATE.replace("date}", f"date, formats: [{form}]}}")))
    done, calls = run(world, file)
    assert (done.code, calls) == (0, 3)
    assert sent(world, file, "mx_DOB")[0] == first


def test_a_job_that_has_rows_to_send_asks_about_a_changed_mapping_too(world: World) -> None:
    file = write(world, OPEN)
    world.mapping.write_text(mapping())
    assert run(world, file, "--limit", 1)[1] == 1
    world.mapping.write_text(mapping(DATE))
    done, calls = run(world, file)
    assert (done.code, calls, done.json["error"]["where"]) == (2, 0, f"{world.mapping}, line 5")
    world.mapping.write_text(mapping(DATE.replace("date}", "date, formats: [D/M/YYYY]}")))
    done, calls = run(world, file)
    assert (done.code, calls) == (0, 2)
    assert sent(world, file, "mx_DOB")[1:] == ["2026-06-05", "2026-07-07"]


def test_a_changed_mapping_reads_the_columns_of_the_stored_rows(world: World) -> None:
    file = write(world, ["03/04/2026", "31/12/2026", "05/06/2026"])
    world.mapping.write_text(mapping())
    run(world, file, "--limit", 1)
    world.mapping.write_text(mapping(DATE))
    done, calls = run(world, file)
    assert (done.code, calls) == (0, 2)
    assert sent(world, file, "mx_DOB")[1:] == ["2026-12-31", "2026-06-05"]


def test_what_is_left_to_send_is_read_as_the_whole_list_was(world: World) -> None:
    """By the journal alone: the file and the mapping are gone."""
    file = write(world, ["03/04/2026", "31/12/2026", "05/06/2026"], ["1.234", "2,5", "1.000,00"])
    world.mapping.write_text(mapping(DATE, NUMBER))
    run(world, file, "--limit", 1)
    text = file.read_text("utf-8")
    file.unlink()
    world.mapping.unlink()
    done = world.importer("retry", "--json", "--rate", "none")
    assert done.code == 0
    file.write_text(text, encoding="utf-8")
    assert sent(world, file, "mx_DOB") == ["2026-04-03", "2026-12-31", "2026-06-05"]
    assert sent(world, file, "mx_City") == ["1234", "2.5", "1000.00"]


def test_a_mended_row_is_read_as_the_list_was(world: World) -> None:
    file = write(world, ["31/12/2026", "99/99/2026", "05/06/2026"])
    world.mapping.write_text(mapping(DATE))
    first, calls = run(world, file)
    assert (first.code, calls) == (1, 2)
    rejects = world.folder / "odd.rejects.csv"
    text = rejects.read_text("utf-8-sig").replace("99/99/2026", "03/04/2026")
    rejects.write_text(text, "utf-8-sig")
    done, calls = calls_during(world, "run", rejects)
    assert (done.code, calls) == (0, 1)
    assert sent(world, file, "mx_DOB") == ["2026-12-31", "2026-04-03", "2026-06-05"]


def test_rows_of_an_old_journal_are_read_one_by_one_as_before(world: World) -> None:
    file = write(world, ["3 March 2026", "2026-12-31", "2026-01-01"], ["1", "12", "1.5"])
    world.mapping.write_text(mapping(NUMBER))
    run(world, file, "--limit", 1)
    with sqlite3.connect(world.folder / "importer.db") as db:
        db.execute("UPDATE mapping SET readings = ''")
    db.close()
    done = world.importer("retry", "--json", "--rate", "none")
    assert done.code == 0
    assert sent(world, file, "mx_City") == ["1", "12", "1.5"]


def test_a_run_says_its_warnings_in_a_line_each(world: World) -> None:
    world.mapping.write_text(mapping("Sum: mx_City"))
    file = write(world, ["", ""], ["MÃ¼ller", "Ax"], after="Total;;;2\n")
    done, calls = run(world, file)
    assert (done.code, calls) == (0, 2)
    assert (
        "warning: 1 row, such as row 4 (Total): no rows of the list: a total; left out"
        " (to change that, where they are rows of it, run with --range A1:D4)"
    ) in done.err.splitlines()
    assert (
        'warning: "Sum": 1 row, such as row 2 (MÃ¼ller): written in one encoding and read in'
        ' another; row 2 would be "Müller"; the rows are sent as they are'
        ' (to change that, write transform: fix_text for "Sum" in the mapping)'
    ) in done.err.splitlines()


def test_rows_of_a_damaged_column_are_refused_and_the_others_go(world: World) -> None:
    world.mapping.write_text(mapping("Sum: mx_City"))
    done, calls = run(world, write(world, ["", ""], ["9.19877E+11", "919877000000"]))
    assert (done.code, calls) == (1, 1)
    _, reject = (world.folder / "odd.rejects.csv").read_text("utf-8-sig").splitlines()
    assert ";scientific_notation;Sum;" in reject


def test_a_preview_has_its_findings_as_objects(world: World) -> None:
    world.mapping.write_text(mapping(DATE, "Sum: mx_City"))
    file = write(world, OPEN, ["MÃ¼ller", "", ""])
    done = world.importer("preview", file, "-m", world.mapping, "--json")
    date, text = done.json["findings"]
    assert (date["code"], date["column"], date["rows"]) == ("ambiguous_date", "When", 2)
    assert "formats: [D/M/YYYY]" in date["change"]
    assert text == {
        "code": "mojibake",
        "column": "Sum",
        "rows": 1,
        "examples": [{"row": 2, "value": "MÃ¼ller"}],
        "what": 'written in one encoding and read in another; row 2 would be "Müller"',
        "does": "the rows are sent as they are",
        "change": 'write transform: fix_text for "Sum" in the mapping',
        "stops": False,
    }


def test_in_a_preview_what_is_refused_is_told_once(world: World) -> None:
    world.mapping.write_text(mapping("Sum: mx_City"))
    file = write(world, ["", ""], ["9.19877E+11", "919877000000"])
    done = world.importer("preview", file, "-m", world.mapping)
    assert (done.code, done.out.count("scientific_notation")) == (1, 1)
    assert 'scientific_notation in "Sum": 1 row, such as row 2 ("9.19877E+11")' in done.out


def test_a_list_without_anything_odd_has_no_findings(world: World) -> None:
    world.mapping.write_text(mapping(DATE, NUMBER))
    file = write(world, ["31/12/2026", "03/04/2026"], ["1.5", "12"])
    done, calls = run(world, file)
    assert (done.code, calls) == (0, 2)
    assert "warning" not in done.err
    told = world.importer("preview", file, "-m", world.mapping, "--json")
    assert told.json["findings"] == []


def test_a_run_that_is_killed_while_staging_an_odd_list_is_carried_on(world: World) -> None:
    whens = ["31/12/2026", *["03/04/2026"] * 40_000]
    file = write(world, whens, after="Total;;;40001\n")
    world.mapping.write_text(mapping(DATE))
    process = world.start("run", file, "-m", world.mapping, "--rate", "none", "--limit", 3)
    while not (world.folder / "importer.db-wal").exists():
        assert process.poll() is None
        pause(0.005)
    pause(0.3)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE_S)
    done, _ = run(world, file, "--limit", 3)
    assert (done.code, done.json["rows"], done.json["invalid"]) == (0, 40_001, 0)
    assert set(sent(world, file, "mx_DOB")) <= {"2026-12-31", "2026-04-03"}


TWO = """\
Name;Email;;Name;Email
{0};{0}@example.net;;{1};{1}@example.net
{2};{2}@example.net;;;
"""


def test_of_two_tables_each_is_sent_by_its_range(world: World) -> None:
    file = world.folder / "two.csv"
    people = [f"T{next(SERIAL)}" for _ in range(3)]
    file.write_text(TWO.format(*people))
    world.mapping.write_text(mapping())
    assert run(world, file, "--range", "A1:B3")[1] == 2
    done, calls = run(world, file, "--range", "D1:E2")
    assert (done.code, calls) == (0, 1)
    names = {lead.get("LastName") for lead in world.leads()}
    assert set(people) <= names
