from pathlib import Path

import pytest

from importer.errors import SourceError
from importer.intake.repair import (
    Repair,
    RepairRow,
    align,
    is_repair,
    read_repair,
    without_marks,
)
from importer.intake.source.open import open_source
from importer.model import REJECT_COLUMNS

OURS = ",".join(REJECT_COLUMNS)
JOB = "0123456789ab"


def repair(folder: Path, *lines: str, header: str = "Name,Mail," + OURS) -> Repair:
    path = folder / "list.rejects.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8-sig")
    return read_repair(open_source(path))


def refusal(folder: Path, *lines: str, header: str = "Name,Mail," + OURS) -> tuple[str, str]:
    with pytest.raises(SourceError) as caught:
        repair(folder, *lines, header=header)
    assert caught.value.fix
    where = (caught.value.where or "").removeprefix(str(folder / "list.rejects.csv"))
    return caught.value.what, where


def test_a_reject_file_is_known_by_its_import_job() -> None:
    assert is_repair(["Name", *REJECT_COLUMNS])
    assert is_repair([" Import Job ", "Name"])
    assert not is_repair(["Name", "Import Row"])


def test_a_mended_file_gives_the_original_columns_of_each_row(tmp_path: Path) -> None:
    mended = repair(
        tmp_path,
        f"Anna,anna@example.com,required,Name,why,,7,{JOB}",
        "",
        f"'=1+1,''quoted',row_width,,why,,2, {JOB} ",
        f"New,new@example.com,,,,,,{JOB}",
        "Newer,'+91,,,,,,",
        f"Wide,w@example.com,,,,,9,{JOB},, ",
    )

    assert mended == Repair(
        JOB,
        ("Name", "Mail"),
        [
            RepairRow(2, 7, ["Anna", "anna@example.com"]),
            RepairRow(4, 2, ["=1+1", "'quoted'"]),
            RepairRow(5, None, ["New", "new@example.com"]),
            RepairRow(6, None, ["Newer", "+91"]),
            RepairRow(7, 9, ["Wide", "w@example.com"]),
        ],
    )


def test_columns_may_have_been_moved_and_ours_that_are_not_needed_removed(tmp_path: Path) -> None:
    mended = repair(
        tmp_path, f"3,a@example.com,{JOB},Anna", header="Import Row,Mail,Import Job,Name"
    )

    assert mended == Repair(JOB, ("Mail", "Name"), [RepairRow(2, 3, ["a@example.com", "Anna"])])


def test_a_column_of_the_original_that_is_named_like_ours_stays(tmp_path: Path) -> None:
    mended = repair(tmp_path, f"Anna,x,a,b,c,d,3,{JOB}", header="Name,Reject Reason," + OURS)

    assert mended.header == ("Name", "Reject Reason")
    assert mended.rows == [RepairRow(2, 3, ["Anna", "x"])]


@pytest.mark.parametrize(
    ("lines", "what", "where"),
    [
        (
            [f"A,a,,,,,2,{JOB}", "B,b,,,,,3,ba9876543210"],
            f'the file has rows of two jobs: "{JOB}" in row 2, "ba9876543210" in row 3',
            ", row 3",
        ),
        ([f"A,a,,,,,two,{JOB}"], '"Import Row" is "two", which is no row number', ", row 2"),
        ([f"A,a,,,,,0,{JOB}"], '"Import Row" is "0", which is no row number', ", row 2"),
        ([f"A,a,,,,,٣,{JOB}"], '"Import Row" is "٣", which is no row number', ", row 2"),
        (
            [f"A,a,,,,,2,{JOB}", "", f"B,b,,,,,2,{JOB}"],
            '"Import Row" 2 stands in rows 2 and 4 of the file',
            ", row 4",
        ),
        ([f"A,a,b,,,,,2,{JOB}"], "the row has 9 cells, and the header 8", ", row 2"),
        (["A,a"], "the row has 2 cells, and the header 8", ", row 2"),
        (["A,a,,,,,2,"], '"Import Row" is "2", but "Import Job" is blank', ", row 2"),
        (["A,a,,,,,,"], '"Import Job" is blank in every row', ""),
        ([], "the reject file has no rows", ""),
    ],
)
def test_a_file_that_does_not_say_which_rows_these_are_is_refused(
    tmp_path: Path, lines: list[str], what: str, where: str
) -> None:
    assert refusal(tmp_path, *lines) == (what, where)


@pytest.mark.parametrize("lost", ["Import Row", "Import Job"])
def test_a_file_without_our_columns_is_refused(tmp_path: Path, lost: str) -> None:
    header = ("Name,Mail," + OURS).replace(lost, "Other")

    assert refusal(tmp_path, header=header) == (
        f'the reject file has no "{lost}" column',
        ", row 1",
    )


@pytest.mark.parametrize(
    ("header", "job_header", "places"),
    [
        (["A", "B"], ["A", "B"], [0, 1]),
        (["B ", " A"], ["A", " B"], [1, 0]),
        (["X", "A", "X", ""], ["X", "X", "", "A"], [0, 2, 3, 1]),
        (["A", "", " "], ["A"], [0]),
        (["31/01/2026", "501", "A", "501"], ["A", "00501", "2026-01-31", "0501"], [2, 1, 0, 3]),
        (["501", "00501"], ["00501", "501"], [1, 0]),
    ],
)
def test_columns_are_found_by_name_and_repeated_ones_by_turn(
    header: list[str], job_header: list[str], places: list[int]
) -> None:
    assert align(header, job_header, [RepairRow(2, 2, ["x", "", " ", ""])]) == places


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (["B"], 'the reject file has lost columns of the job: "A", column C'),
        (["A", "B", "", "C"], 'the reject file has columns that the job does not know: "C"'),
        (["A", "B", "", "B"], 'the reject file has columns that the job does not know: "B"'),
        (["A", "B", "", ""], "the reject file has columns that the job does not know: column D"),
    ],
)
def test_columns_that_were_lost_or_added_are_refused(header: list[str], what: str) -> None:
    with pytest.raises(SourceError) as caught:
        align(header, ["A", "B", ""], [RepairRow(2, 2, ["1", "2", "3", "4"])])

    assert caught.value.what == what
    assert caught.value.fix


def test_a_csv_of_ours_that_became_a_workbook_loses_the_marks_of_a_csv() -> None:
    rows = [RepairRow(2, 2, ["'+91", "''quoted", "Ada"], "ttt")]

    assert without_marks(Repair(JOB, ("'=1+1", "Name", "No"), rows)) == Repair(
        JOB, ("=1+1", "Name", "No"), [RepairRow(2, 2, ["+91", "'quoted", "Ada"], "ttt")]
    )
