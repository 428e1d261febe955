"""The salvaged file, byte by byte, and the names that it takes."""

import stat
from pathlib import Path
from uuid import UUID

import pytest

from importer.errors import SettingsError
from importer.journal.records import SavedJob
from importer.journal.salvage import SavedRow
from importer.model import RowStatus
from importer.results.salvaged import write_salvaged

LEAD = UUID("12345678-9abc-def0-1234-56789abcdef0")
JOB = SavedJob(1, "0a1b2c3d4e5f", "/lists/my.list.csv", header=("Name", "=No"), delimiter=";")
ROWS = [
    SavedRow(2, RowStatus.CREATED, LEAD, "", ("Ada", "+1")),
    SavedRow(3, RowStatus.PENDING, None, "", ("Bob; Eve", "2", "surplus")),
    SavedRow(4, None, None, "@its state cannot be read", ("Dan",)),
    SavedRow(6, RowStatus.REJECTED, None, "No.", None),
]


def test_it_is_a_results_file_of_what_there_is(tmp_path: Path) -> None:
    path = write_salvaged(JOB, ROWS, 2, tmp_path)
    assert path == tmp_path / "my.list.salvaged.csv"
    assert path.read_bytes().decode() == "\r\n".join(
        [
            "\ufeffName;'=No;Import Status;Lead Id;Import Row;Import Reason",
            f"Ada;'+1;created;{LEAD};2;",
            '"Bob; Eve";2;pending;;3;',
            "Dan;;unknown;;4;'@its state cannot be read",
            ";;rejected;;6;No.",
            "",
        ]
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [*tmp_path.iterdir()] == [path]


def test_no_file_is_ever_replaced(tmp_path: Path) -> None:
    (tmp_path / "my.list.salvaged.csv").write_text("mine")
    (tmp_path / "my.list.salvaged-2.csv").symlink_to("nowhere")
    paths = [write_salvaged(JOB, [], 2, tmp_path) for _ in range(2)]
    assert [path.name for path in paths] == ["my.list.salvaged-3.csv", "my.list.salvaged-4.csv"]
    assert (tmp_path / "my.list.salvaged.csv").read_text() == "mine"
    assert (tmp_path / "my.list.salvaged-2.csv").is_symlink()


def test_without_a_header_columns_have_their_letters(tmp_path: Path) -> None:
    path = write_salvaged(SavedJob(7), ROWS[:1], 3, tmp_path)
    assert path.name == "job-7.salvaged.csv"
    header, row = path.read_text(encoding="utf-8-sig").splitlines()
    assert header == "A,B,C,Import Status,Lead Id,Import Row,Import Reason"
    assert row == f"Ada,'+1,,created,{LEAD},2,"


@pytest.mark.parametrize("file", ["/lists/x\0y.csv", "/lists/" + "ü" * 200 + ".csv"])
def test_a_name_that_no_file_can_have_is_made_one(tmp_path: Path, file: str) -> None:
    path = write_salvaged(SavedJob(1, file=file, header=("A",)), [], 1, tmp_path)
    assert path.exists()


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        write_salvaged(JOB, ROWS, 2, tmp_path / "none")
    assert caught.value.what == (
        "no file of the importer can be written there: No such file or directory"
    )

    def rows() -> list[SavedRow]:
        raise OSError(28, "No space left on device")

    with pytest.raises(SettingsError, match="No space left on device"):
        write_salvaged(JOB, (row for _ in "a" for row in rows()), 2, tmp_path)
    assert not [*tmp_path.iterdir()]
