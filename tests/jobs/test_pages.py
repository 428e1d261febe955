"""What the page of a preview shows of a list's cells; and the page that the command writes."""

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from importer.jobs.pages import LONGEST_EXAMPLE, MOST_COLUMNS, MOST_ROWS, ListTally, cut
from importer.journal.job import Identity, Layout, MappingText
from importer.journal.journal import Journal
from importer.journal.rows import Rows
from importer.journal.staging import stage
from importer.model import Block, Finding, Problem, Screened
from importer.page import ColumnCells, ListCells, PageRow, RowTable
from tests.acceptance.world import World
from tests.jobs.lists import people

HEADER = ("Name", "Email", "City")


def told(
    folder: Path,
    rows: Sequence[Sequence[str]],
    problems: Sequence[tuple[int, Problem]] = (),
    findings: Sequence[Finding] = (),
    header: Sequence[str] = HEADER,
) -> ListCells:
    """Of rows from number 2 on, as they are stored for a preview."""
    block = Block(2, [[*row] for row in rows])
    tally = ListTally(header)
    tally.add(block)
    for number, problem in problems:
        tally.note(number, problem)
    with Journal(folder / "preview.db", create=True) as journal:
        layout = Layout("utf-8", ",", tuple(header))
        text = MappingText(1, "m.yaml", "", "0" * 64)
        identity = Identity("0" * 64, "", None)
        job = journal.create_job(identity, layout, file="list.csv", mapping=text, now=0)
        job = stage(journal, job, [block], lambda _: Screened({}, [], [""] * len(rows)),
                    lambda: 0, lambda _: None)  # fmt: skip
        return tally.cells(Rows(journal, job), findings)


def test_cells_that_are_not_blank_are_counted_and_some_that_differ_are_shown(
    tmp_path: Path,
) -> None:
    rows = [
        ["Asha", "a@x.in", "Pune"],
        [" ", "b@x.in", "Pune "],
        [],
        ["Ravi"],
        ["Nila", "", "Goa", "beyond"],
        ["x" * 50, "c@x.in", ""],
    ]
    assert told(tmp_path, rows).columns == [
        ColumnCells("Name", 4, ["Asha", "Ravi", "Nila", "x" * 40 + "… and 10 more characters"]),
        ColumnCells("Email", 3, ["a@x.in", "b@x.in", "c@x.in"]),
        ColumnCells("City", 3, ["Pune", "Goa"]),
    ]


def test_a_problem_has_its_rows_with_the_columns_that_it_is_about_first(tmp_path: Path) -> None:
    rows = [["Asha", "a", "Pune"], ["Ravi", "b", ""]]
    problems = [
        (3, Problem("bad_email", "why", "Email", "b")),
        (2, Problem("duplicate", "why", "Email", "a, as in row 3")),
        (2, Problem("joined", "why", "City; Name", "Pune, Asha")),
        (2, Problem("no_name", "why")),
    ]
    assert told(tmp_path, rows, problems).problems == {
        ("bad_email", "Email"): RowTable(
            ["Email", "Name", "City"], 1, 0, [PageRow(3, ["b", "Ravi", ""])]
        ),
        ("duplicate", "Email"): RowTable(
            ["Email", "Name", "City"], 1, 0, [PageRow(2, ["a", "Asha", "Pune"], "a, as in row 3")]
        ),
        ("joined", "City; Name"): RowTable(
            ["Name", "City", "Email"], 2, 0, [PageRow(2, ["Asha", "Pune", "a"])]
        ),
        ("no_name", None): RowTable(
            ["Name", "Email", "City"], 0, 0, [PageRow(2, ["Asha", "a", "Pune"])]
        ),
    }


def test_of_a_row_that_is_too_wide_the_cells_beyond_the_header_are_marked(tmp_path: Path) -> None:
    problems = [(2, Problem("row_width", "why")), (3, Problem("row_width", "why"))]
    rows = [["Asha", "a", "Pune", "more"], ["Ravi"]]
    assert told(tmp_path, rows, problems).problems["row_width", None] == RowTable(
        ["D, beyond the header", "Name", "Email", "City"],
        1,
        0,
        [PageRow(2, ["more", "Asha", "a", "Pune"]), PageRow(3, ["", "Ravi", "", ""])],
    )


def test_a_finding_has_its_examples_also_where_a_row_is_none_of_the_list(tmp_path: Path) -> None:
    examples = [(2, "ASHA"), (9, "Total")]
    finding = Finding("capitals", "Name", 2, examples, "what", "does", "change")
    assert told(tmp_path, [["ASHA", "a", ""]], findings=[finding]).findings == [
        RowTable(
            ["Name", "Email", "City"],
            1,
            0,
            [PageRow(2, ["ASHA", "a", ""]), PageRow(9, ["", "", ""], "Total")],
        )
    ]


def test_rows_columns_and_cells_are_capped(tmp_path: Path) -> None:
    header = [f"C{n}" for n in range(100)]
    rows = [["y" * 300] * 100 for _ in range(MOST_ROWS + 50)]
    problems = [(n + 2, Problem("bad", "why", "C99", "y" * 300)) for n in range(len(rows))]
    table = told(tmp_path, rows, problems, header=header).problems["bad", "C99"]
    assert (len(table.rows), len(table.columns)) == (MOST_ROWS, MOST_COLUMNS)
    assert (table.columns[:2], table.faulty, table.left_out) == (["C99", "C0"], 1, 60)
    assert {*table.rows[0].cells} == {"y" * 200 + "… and 100 more characters"}
    assert table.rows[0].told == ""


def test_many_problems_share_what_a_page_can_hold(tmp_path: Path) -> None:
    rows = [["Asha", "a", "Pune"]] * 60
    problems = [(n + 2, Problem(f"code{c}", "why")) for c in range(100) for n in range(60)]
    found = told(tmp_path, rows, problems).problems
    assert {len(table.rows) for table in found.values()} == {40}


def blocks(count: int) -> Iterator[Block]:
    for n in range(count):
        yield Block(2 + 500 * n, [[f"name {n} {i}", f"{i}@x.in", ""] for i in range(500)])


def test_memory_is_flat_however_long_the_list_is() -> None:
    peaks = []
    for count in (20, 200):
        tally = ListTally(HEADER)
        tracemalloc.start()
        for block in blocks(count):
            tally.add(block)
            for index in range(500):
                tally.note(block.first + index, Problem("bad", "why", "Email", "v" * 10_000))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2


def test_a_text_is_cut_where_it_is_too_long_to_be_read() -> None:
    assert cut("x" * LONGEST_EXAMPLE, LONGEST_EXAMPLE) == "x" * LONGEST_EXAMPLE
    assert cut("x" * 1_042, 40) == "x" * 40 + "… and 1,002 more characters"


# The command


def preview(world: World, file: Path, *options: object) -> dict[str, object]:
    found: dict[str, object] = world.importer(
        "preview", file, "-m", world.mapping, "--json", *options
    ).json
    return found


def test_the_page_is_written_and_named(world: World) -> None:
    rows = people(3)
    rows[1][2] = rows[0][2]
    file = world.write_csv("list.csv", rows)
    told_so = preview(world, file, "--html", "page.html")
    page = world.folder / "page.html"
    assert told_so["html"] == str(page)
    text = page.read_text(encoding="utf-8")
    assert f"{rows[0][2]}, as in row 2" in text
    done = world.importer("preview", file, "-m", world.mapping, "--html", page)
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines()[-2] == f"page: {page}"
    assert preview(world, file)["html"] is None


def test_a_file_of_a_person_is_left_as_it_is_and_the_list_is_not_even_read(world: World) -> None:
    page = world.folder / "page.html"
    page.write_text("mine")
    done = world.importer("preview", "no.csv", "-m", world.mapping, "--html", "page.html", "--json")
    assert done.code == 2
    assert done.json["error"] == {
        "what": "there is a file of that name, which is not a page that preview wrote, or was"
        " changed since: it is left as it is",
        "where": "page.html",
        "fix": "name another file with --html, or move that one away",
    }
    assert page.read_text() == "mine"


@pytest.mark.parametrize("name", ["list.csv", "mapping.yaml"])
def test_neither_the_list_nor_its_mapping_is_overwritten(world: World, name: str) -> None:
    file = world.write_csv("list.csv", people(1))
    before = (world.folder / name).read_bytes()
    done = world.importer("preview", file, "-m", world.mapping, "--html", name)
    assert done.code == 2
    assert (world.folder / name).read_bytes() == before


def test_a_list_that_turns_out_to_be_odd_is_gathered_anew(world: World) -> None:
    file = world.write_csv("list.csv", [*people(30), ["Total", "", "30", "", ""]])
    found = preview(world, file, "--html", "page.html")
    assert found["rows"] == 30
    text = (world.folder / "page.html").read_text(encoding="utf-8")
    assert '100% <span class="note">(30)</span>' in text


def test_without_a_page_nothing_of_it_is_imported(world: World) -> None:
    file = world.write_csv("list.csv", people(2))
    script = (
        "import sys, json; from importer.__main__ import main; sys.argv[0] = 'importer'\n"
        "try:\n main()\nexcept SystemExit:\n pass\n"
        "print(json.dumps([n for n in sys.modules if n in ('jinja2', 'importer.page',"
        " 'importer.jobs.pages', 'importer.results.page')]))"
    )
    options = ["preview", str(file), "-m", str(world.mapping)]
    for more, names in (
        ([], []),
        (
            ["--html", "page.html"],
            ["importer.jobs.pages", "importer.page", "importer.results.page", "jinja2"],
        ),
    ):
        ended = subprocess.run(
            [sys.executable, "-c", script, *options, *more],
            cwd=world.folder, env=world.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert sorted(json.loads(ended.stdout.splitlines()[-1])) == names
