"""CSV files that would take the memory or the time of the computer: each is read, or refused with
its place and remedy, by a real process with little of both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.intake.mapping_flaws import MOST_LISTED
from importer.intake.source.records import CELL_LIMIT, RECORD_LIMIT
from importer.spreadsheet import MOST_COLUMNS, MOST_ROWS
from tests.acceptance.world import Done
from tests.hostile.limits import MAPPING, limited, previewed

HEADER = "First Name,Email\n"
ROW = "Asha,asha@example.com\n"
MB = 1_000_000


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """Removed at once: pytest keeps what stands in its folders."""
    path = tmp_path / "list.csv"
    yield path
    path.unlink()


def written(path: Path, *pieces: tuple[str, int]) -> Path:
    """Each text so many times."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for text, times in pieces:
            at_once = max(1, MB // len(text))
            while times > 0:
                file.write(text * min(times, at_once))
                times -= at_once
    return path


def refused(done: Done, what: str, where: str) -> None:
    assert done.code == 2, done
    assert what in done.err
    assert where in done.err
    assert "\n  fix: " in done.err


@pytest.mark.parametrize("text", ["a", "a,", "é", "\t"])
def test_a_line_without_end_is_refused_before_it_is_held(path: Path, text: str) -> None:
    done = previewed(written(path, (HEADER, 1), (text, 300 * MB // len(text))))
    refused(done, f"a row has more than {RECORD_LIMIT:,} characters", "list.csv, line 2")


@pytest.mark.parametrize("text", ['"\n",', '"\n",ab,ab,ab,', '"\n",é€,'])
def test_a_row_of_lines_without_end_is_refused_before_it_is_held(path: Path, text: str) -> None:
    done = previewed(written(path, (HEADER, 1), (ROW, 3), (text, 60 * MB // len(text))))
    refused(done, f"a row has more than {RECORD_LIMIT:,} characters", "list.csv, row 5")


def test_a_quotation_mark_that_is_never_closed_takes_no_file_for_a_cell(path: Path) -> None:
    done = previewed(written(path, (HEADER, 1), ('"', 1), (ROW, 5 * MB)))
    refused(done, f"a cell has more than {CELL_LIMIT:,} characters; or a quotation", "row 2")


def test_long_rows_are_held_a_few_at_a_time(path: Path) -> None:
    row = f"Asha,asha@example.com,{'x' * MB}\n"
    done = previewed(written(path, ("First Name,Email,Notes\n", 1), (row, 140)))
    assert (done.code, done.json["rows"]) == (0, 140), done.err


@pytest.mark.parametrize(
    ("before", "text", "first"),
    [("", "\n", 1), ("", "\r\n", 1), ("", ",\n", 1), (HEADER + ROW, "\n", 3), (HEADER, "\r", 2)],
)
def test_blank_rows_without_end_are_refused(path: Path, before: str, text: str, first: int) -> None:
    done = previewed(written(path, (before or "\n", 1), (text, 100 * MB // len(text))))
    what = f"more than {MOST_ROWS:,} rows that follow each other are blank"
    refused(done, what, f"list.csv, from row {first} on")
    assert "delete the blank rows" in done.err


def test_as_many_blank_rows_as_excel_has_are_passed_over(path: Path) -> None:
    blanks = MOST_ROWS - 10_000
    done = previewed(
        written(path, ("\n", 9), (HEADER, 1), (",\n", blanks), (ROW, 1), (",\n", blanks))
    )
    assert (done.code, done.json["rows"]) == (0, 1), done.err
    assert "stored 1," not in done.err


@pytest.mark.parametrize("columns", [MOST_COLUMNS + 1, 300_000, MB])
def test_more_columns_than_excel_has_are_refused_at_the_header(path: Path, columns: int) -> None:
    names = ",".join(f"c{i}" for i in range(columns))
    done = previewed(written(path, (f"{names}\n", 1), ("a,b\n", 2_000)))
    refused(done, f"the row has {columns:,} cells", "list.csv, row 1")
    assert "delete what stands behind column XFD" in done.err


def test_a_row_of_more_cells_than_excel_has_is_refused(path: Path) -> None:
    done = previewed(written(path, (HEADER, 1), (ROW, 20), (("a," * MB) + "\n", 100)))
    refused(done, f"the row has {MB + 1:,} cells", "list.csv, row 22")


@pytest.mark.parametrize("size", [MB, 50 * MB])
def test_commas_alone_are_no_empty_file(path: Path, size: int) -> None:
    done = previewed(written(path, (",", size)))
    what = f"the row has {size + 1:,} cells" if size == MB else "a row has more than"
    refused(done, what, "list.csv, ")


@pytest.mark.parametrize("options", [[], ["--short-rows", "pad"]])
def test_short_rows_below_a_wide_header_are_held_a_few_at_a_time(
    path: Path, options: list[str]
) -> None:
    names = ",".join(["First Name", "Email", *(f"c{i}" for i in range(MOST_COLUMNS - 2))])
    written(path, (f"{names}\n", 1), (ROW, 1_000))
    mapping = path.with_name("mapping.yaml")
    mapping.write_text(MAPPING)
    done = limited(path.parent, "preview", path, "-m", mapping, "--json", *options)
    assert (done.code, done.json["rows"]) == (int(not options), 1_000), done.err


def test_no_long_text_is_compared_with_the_choices(path: Path) -> None:
    choices = "".join(f"      choice {i}: value {i}\n" for i in range(500))
    mapping = path.with_name("mapping.yaml")
    mapping.write_text(f"{MAPPING}  Topic:\n    field: mx_Topic\n    choices:\n{choices}")
    row = f"Asha,asha@example.com,{'İ' * MB}\n"
    written(path, ("First Name,Email,Topic\n", 1), (row, 3))
    done = limited(path.parent, "preview", path, "-m", mapping, "--json")
    assert (done.code, done.json["rows"]) == (1, 3), done.err
    assert "none of the mapping's choices; use one of: choice 0, " in done.out


@pytest.mark.parametrize("name", ["c", "Fist Nam" * 12, "x" * 400])
def test_a_column_that_a_wide_header_lacks_is_said_in_short(path: Path, name: str) -> None:
    names = ",".join(f"{name}{i}" for i in range(MOST_COLUMNS))
    done = previewed(written(path, (f"{names}\n", 1), (ROW, 1)))
    assert done.code not in (0, 1), done
    assert f"and {MOST_COLUMNS - MOST_LISTED:,} more" in done.err
    assert len(done.err) < 10_000
