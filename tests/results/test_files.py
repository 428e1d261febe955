import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from importer.crashpoints import listen
from importer.errors import SettingsError
from importer.journal.job import Job, Layout
from importer.journal.journal import COMMIT, Journal
from importer.journal.outputs import coming, drop_output, outputs
from importer.journal.rows import Rows
from importer.journal.staging import stage
from importer.model import Block, CellKind, Outcome, Problem, RowStatus, Screened
from importer.results import rejects
from importer.results.created import write_results
from importer.results.files import check_writable, move_to_first, write_csv
from tests.journal.stored import NOW, create_job


def write_rejects(journal: Journal, job: Job, folder: Path, *, failed: bool = False) -> Path | None:
    """Of a CSV, in which nothing is shown as a number."""

    def show(*_: object) -> tuple[str, CellKind]:
        raise AssertionError("a CSV has no number formats")

    return rejects.write_rejects(journal, job, folder, show, failed=failed)


LEAD = UUID("12345678-9abc-def0-1234-56789abcdef0")
TAKEN = UUID("00000000-0000-0000-0000-00000000000a")
ROWS = [
    ["Ada", "1"],
    ["Bob", "2"],
    ["Eve", "3"],
    [],
    ["Dan"],
    ["Joe", "5", "surplus"],
    ["Kim", "6"],
    ["Lee", "7"],
    ["Mia", "8"],
]
OURS = "Reject Code,Reject Column,Reject Reason,Existing Lead Id,Import Row,Import Job"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "importer.db", create=True) as opened:
        yield opened


def screen(block: Block) -> Screened:
    """What has not two cells is invalid."""
    problem = Problem("row_width", "The row is ragged.")
    wrong = {i: [problem] for i, cells in enumerate(block.rows) if len(cells) not in (0, 2)}
    return Screened(wrong, [[""] * len(block.rows)], [""] * len(block.rows))


def make_job(journal: Journal, rows: list[list[str]], delimiter: str = ",") -> Job:
    layout = Layout("cp1252", delimiter, ("Name", "No"))
    file = journal.path.parent / "my.list.csv"
    job = create_job(journal, layout=layout, file=str(file))
    return stage(journal, job, [Block(2, rows)], screen, lambda: NOW)


def every_status(journal: Journal) -> Job:
    """Rows of each status; 6 and 7 are invalid."""
    job = make_job(journal, ROWS)
    rows = Rows(journal, job)
    outcomes = {
        2: Outcome(RowStatus.CREATED, lead_id=LEAD),
        3: Outcome(RowStatus.REJECTED, "MXBad", "=No. Correct it", "@Name"),
        4: Outcome(RowStatus.DUPLICATE, "MXTaken", "It is taken.", "No", existing_id=TAKEN),
        8: Outcome(RowStatus.FAILED, "HTTP 503", "It was busy."),
        9: Outcome(RowStatus.IN_DOUBT, "ReadTimeout", "Nothing tells."),
    }
    with journal.transaction():
        for number, outcome in outcomes.items():
            rows.claim(number, NOW, 0)
            rows.finish(number, outcome, NOW)
    return job


def reject(journal: Journal, job: Job, *numbers: int) -> None:
    rows = Rows(journal, job)
    with journal.transaction():
        for number in numbers:
            rows.claim(number, NOW, 0)
            rows.finish(number, Outcome(RowStatus.REJECTED, "MXBad", "No."), NOW)


def accept(journal: Journal, job: Job, *numbers: int) -> None:
    rows = Rows(journal, job)
    with journal.transaction():
        for number in numbers:
            rows.requeue(number, RowStatus.REJECTED, NOW)
            rows.claim(number, NOW, 0)
            outcome = Outcome(RowStatus.CREATED, lead_id=UUID(int=number))
            rows.finish(number, outcome, NOW)


def test_the_reject_file_has_the_refused_rows_and_why(journal: Journal, tmp_path: Path) -> None:
    job = every_status(journal)
    path = write_rejects(journal, job, tmp_path)
    assert path == tmp_path / "my.list.rejects.csv"
    assert path.read_bytes().decode() == "\r\n".join(
        [
            f"\ufeffName,No,{OURS}",
            f"Bob,2,MXBad,'@Name,'=No. Correct it,,3,{job.key}",
            f"Eve,3,MXTaken,No,It is taken.,{TAKEN},4,{job.key}",
            f"Dan,,row_width,,The row is ragged.,,6,{job.key}",
            f"Joe,5,row_width,,The row is ragged.,,7,{job.key}",
            "",
        ]
    )


def test_failed_rows_are_added_on_request_and_doubtful_ones_never(
    journal: Journal, tmp_path: Path
) -> None:
    job = every_status(journal)
    path = write_rejects(journal, job, tmp_path, failed=True)
    assert path is not None
    rows = [line.split(",")[-2] for line in path.read_text("utf-8-sig").splitlines()]
    assert rows == ["Import Row", "3", "4", "6", "7", "8"]


def test_only_failed_rows_make_a_reject_file_on_request(journal: Journal, tmp_path: Path) -> None:
    job = make_job(journal, [["Ada", "1"]])
    rows = Rows(journal, job)
    with journal.transaction():
        rows.claim(2, NOW, 0)
        rows.finish(2, Outcome(RowStatus.FAILED), NOW)
    assert write_rejects(journal, job, tmp_path) is None
    assert write_rejects(journal, job, tmp_path, failed=True) is not None


def test_the_results_file_has_every_row_once(journal: Journal, tmp_path: Path) -> None:
    job = every_status(journal)
    path = write_results(journal, job, tmp_path)
    assert path == tmp_path / "my.list.results.csv"
    assert path.read_bytes().decode() == "\r\n".join(
        [
            "\ufeffName,No,Import Status,Lead Id,Import Row,Import Reason",
            f"Ada,1,created,{LEAD},2,",
            "Bob,2,rejected,,3,'=No. Correct it",
            f"Eve,3,duplicate,{TAKEN},4,It is taken.",
            "Dan,,invalid,,6,The row is ragged.",
            "Joe,5,invalid,,7,The row is ragged.",
            "Kim,6,failed,,8,It was busy.",
            "Lee,7,in_doubt,,9,Nothing tells.",
            "Mia,8,pending,,10,",
            "",
        ]
    )


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+91-98", "'+91-98"),
        ("-5", "'-5"),
        ("@ada", "'@ada"),
        ("'quoted", "''quoted"),
        ("\tx", '"\'\tx"'),
        ("\rx", '"\'\rx"'),
        ("a=b", "a=b"),
        (" =1", "' =1"),
        ("", ""),
        ("00501", "00501"),
        ('6" pipe', '"6"" pipe"'),
        ("a,b", '"a,b"'),
        ("two\nlines", '"two\nlines"'),
        ("नेहा", "नेहा"),
    ],
)
def test_a_cell_is_written_so_that_a_spreadsheet_shows_it_as_text(
    journal: Journal, tmp_path: Path, cell: str, written: str
) -> None:
    job = make_job(journal, [["Ada", cell]])
    reject(journal, job, 2)
    path = write_rejects(journal, job, tmp_path)
    results = write_results(journal, job, tmp_path)
    assert path is not None
    assert path.read_bytes().decode("utf-8-sig").split("\r\n", 1)[1] == (
        f"Ada,{written},MXBad,,No.,,2,{job.key}\r\n"
    )
    assert f"Ada,{written},rejected,,2,No.\r\n" in results.read_bytes().decode()


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_the_inputs(journal: Journal, tmp_path: Path, delimiter: str) -> None:
    job = make_job(journal, [["a,b", f"c{delimiter}d"]], delimiter)
    reject(journal, job, 2)
    path = write_rejects(journal, job, tmp_path)
    assert path is not None
    lines = path.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines == [
        delimiter.join(["Name", "No", *OURS.split(",")]),
        delimiter.join(['"a,b"', f'"c{delimiter}d"', "MXBad", "", "No.", "", "2", job.key]),
        "",
    ]


def test_the_files_can_be_read_by_their_owner_only_and_leave_nothing_else_behind(
    journal: Journal, tmp_path: Path
) -> None:
    job = every_status(journal)
    folder = tmp_path / "new" / "out"
    for path in (write_rejects(journal, job, folder), write_results(journal, job, folder)):
        assert path is not None
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["my.list.rejects.csv", "my.list.results.csv"]


def test_an_untouched_file_of_this_job_is_replaced(journal: Journal, tmp_path: Path) -> None:
    job = make_job(journal, [["Ada", "1"], ["Bob", "2"]])
    reject(journal, job, 2)
    first = write_rejects(journal, job, tmp_path)
    reject(journal, job, 3)
    second = write_rejects(journal, job, tmp_path)
    assert first == second == tmp_path / "my.list.rejects.csv"
    assert len(second.read_text("utf-8-sig").splitlines()) == 3
    assert write_rejects(journal, job, tmp_path) == second


@pytest.mark.parametrize("write", [write_rejects, write_results])
def test_a_file_that_a_person_edited_is_never_overwritten(
    journal: Journal, tmp_path: Path, write: object
) -> None:
    job = make_job(journal, [["Ada", "1"]])
    reject(journal, job, 2)
    kind = "rejects" if write is write_rejects else "results"

    def written() -> Path:
        found = write_rejects(journal, job, tmp_path) if kind == "rejects" else write_results(
            journal, job, tmp_path
        )  # fmt: skip
        assert found is not None
        return found

    first = written()
    first.write_text("mended")
    second = written()
    assert second.name == f"my.list.{kind}-2.csv"
    assert written() == second, "that one is ours"
    second.write_text("mended too")
    assert written().name == f"my.list.{kind}-3.csv"
    assert (first.read_text(), second.read_text()) == ("mended", "mended too")


def test_a_file_that_this_job_did_not_write_is_never_overwritten(
    journal: Journal, tmp_path: Path
) -> None:
    job = every_status(journal)
    theirs = tmp_path / "my.list.rejects.csv"
    theirs.write_text("of another job")
    path = write_rejects(journal, job, tmp_path)
    assert path == tmp_path / "my.list.rejects-2.csv"
    assert theirs.read_text() == "of another job"


def test_a_deleted_file_is_written_anew_under_its_name(journal: Journal, tmp_path: Path) -> None:
    job = every_status(journal)
    path = write_rejects(journal, job, tmp_path)
    assert path is not None
    path.unlink()
    assert write_rejects(journal, job, tmp_path) == path


def test_without_refusals_an_untouched_file_goes_and_an_edited_one_stays(
    journal: Journal, tmp_path: Path
) -> None:
    job = make_job(journal, [["Ada", "1"]])
    reject(journal, job, 2)
    edited = write_rejects(journal, job, tmp_path)
    assert edited is not None
    edited.write_text("mended")
    untouched = [write_rejects(journal, job, folder) for folder in (tmp_path, tmp_path / "out")]
    gone = write_rejects(journal, job, tmp_path / "gone")
    assert gone is not None
    gone.unlink()
    accept(journal, job, 2)
    assert write_rejects(journal, job, tmp_path) is None
    assert [path is not None and path.exists() for path in untouched] == [False, False]
    assert edited.read_text() == "mended"
    assert set(outputs(journal, job, "rejects")) == {str(edited), str(gone)}


def test_a_folder_that_cannot_be_written_is_an_error_that_names_a_way_out(
    journal: Journal, tmp_path: Path
) -> None:
    job = every_status(journal)
    blocked = tmp_path / "file"
    blocked.write_text("")
    for write in (write_rejects, write_results):
        with pytest.raises(SettingsError) as refused:
            write(journal, job, blocked)
        assert (refused.value.what, refused.value.where, refused.value.fix) == (
            "no file of the importer can be written there: it is a file, not a folder",
            str(blocked),
            "name a folder that you can write to with --out",
        )
    assert outputs(journal, job, "rejects") == {}


def test_a_file_whose_writing_fails_leaves_the_one_before_and_no_part(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = every_status(journal)
    path = write_rejects(journal, job, tmp_path)
    assert path is not None
    before = path.read_bytes()
    monkeypatch.setattr("importer.results.rejects._reject_texts", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_rejects(journal, job, tmp_path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.glob(".*")] == []


def test_a_header_is_guarded_as_a_cell_is(journal: Journal, tmp_path: Path) -> None:
    layout = Layout("utf-8", ",", ("=1+1", "@Name"))
    job = create_job(journal, layout=layout, file=str(tmp_path / "list.csv"))
    job = stage(journal, job, [Block(2, [["Ada", "x"]])], screen, lambda: NOW)
    reject(journal, job, 2)
    for path in (write_rejects(journal, job, tmp_path), write_results(journal, job, tmp_path)):
        assert path is not None
        assert path.read_text("utf-8-sig").startswith("'=1+1,'@Name,")


def lock_of(path: Path, pattern: str) -> Path:
    lock = path.with_name(pattern.format(name=path.name))
    lock.write_text("Ada")
    return lock


@pytest.mark.parametrize("pattern", ["~${name}", ".~lock.{name}#"])
def test_a_file_that_is_open_in_a_spreadsheet_program_is_left_and_the_next_name_taken(
    journal: Journal, tmp_path: Path, pattern: str
) -> None:
    job = make_job(journal, [["Ada", "1"], ["Bob", "2"]])
    reject(journal, job, 2)
    first = write_rejects(journal, job, tmp_path)
    assert first is not None
    before = first.read_bytes()
    lock = lock_of(first, pattern)
    reject(journal, job, 3)
    second = write_rejects(journal, job, tmp_path)
    assert second == tmp_path / "my.list.rejects-2.csv"
    assert first.read_bytes() == before
    assert len(second.read_bytes().splitlines()) == 3
    lock.unlink()
    assert write_rejects(journal, job, tmp_path) == first
    assert not second.exists(), "it would be an older one of the two"
    assert len(first.read_bytes().splitlines()) == 3


def test_an_open_file_stays_when_nothing_is_refused_and_goes_the_next_time(
    journal: Journal, tmp_path: Path
) -> None:
    job = make_job(journal, [["Ada", "1"]])
    reject(journal, job, 2)
    path = write_rejects(journal, job, tmp_path)
    assert path is not None
    lock = lock_of(path, ".~lock.{name}#")
    accept(journal, job, 2)
    assert write_rejects(journal, job, tmp_path) is None
    assert path.exists()
    lock.unlink()
    assert write_rejects(journal, job, tmp_path) is None
    assert not path.exists()


def test_a_name_that_can_t_be_replaced_is_passed_over(tmp_path: Path) -> None:
    """As Windows does it, where another program has the file open."""
    part, held, free = (tmp_path / name for name in ("part", "a.csv", "a-2.csv"))
    part.write_text("new")
    held.write_text("open in Excel")

    def replace(source: Path, target: Path) -> None:
        if target == held:
            raise PermissionError(13, "used by another process")
        source.replace(target)

    assert move_to_first(part, [held, free], replace) == free
    assert (held.read_text(), free.read_text(), part.exists()) == ("open in Excel", "new", False)


def test_a_free_name_that_can_t_be_taken_is_an_error(tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_text("new")

    def replace(*_: Path) -> None:
        raise PermissionError(13, "not allowed")

    with pytest.raises(PermissionError):
        move_to_first(part, [tmp_path / "a.csv", tmp_path / "a-2.csv"], replace)


def test_a_folder_whose_name_is_too_long_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 300)
    with pytest.raises(SettingsError) as refused:
        check_writable(folder)
    assert (refused.value.what, refused.value.where, refused.value.fix) == (
        "no file of the importer can be written there: File name too long",
        str(folder),
        "name a folder that you can write to with --out",
    )


def test_a_folder_of_that_name_is_passed_over(journal: Journal, tmp_path: Path) -> None:
    job = every_status(journal)
    (tmp_path / "my.list.rejects.csv").mkdir()
    assert write_rejects(journal, job, tmp_path) == tmp_path / "my.list.rejects-2.csv"
    assert [file.name for file in tmp_path.glob(".*")] == []


def test_a_file_that_a_killed_process_wrote_is_ours_where_it_has_the_same_bytes(
    journal: Journal, tmp_path: Path
) -> None:
    """It was renamed, and the journal does not know it yet."""
    job = every_status(journal)
    path = write_rejects(journal, job, tmp_path)
    assert path is not None
    with journal.transaction():
        drop_output(journal, job, str(path))
    assert write_rejects(journal, job, tmp_path) == path
    assert [file.name for file in tmp_path.glob("*.csv")] == ["my.list.rejects.csv"]


def test_a_file_that_a_killed_process_wrote_is_ours_where_its_rows_went_on(
    journal: Journal, tmp_path: Path
) -> None:
    job = make_job(journal, [["Ada", "1"], ["Bob", "2"]])
    reject(journal, job, 2)
    path = write_rejects(journal, job, tmp_path)
    reject(journal, job, 3)
    with dying_at("file renamed"):
        write_rejects(journal, job, tmp_path)
    accept(journal, job, 2)
    assert write_rejects(journal, job, tmp_path) == path
    assert [file.name for file in tmp_path.glob("*.csv")] == ["my.list.rejects.csv"]


def test_a_file_that_a_killed_process_wrote_goes_once_no_row_is_refused(
    journal: Journal, tmp_path: Path
) -> None:
    job = make_job(journal, [["Ada", "1"]])
    reject(journal, job, 2)
    with dying_at("file renamed"):
        write_rejects(journal, job, tmp_path)
    accept(journal, job, 2)
    assert write_rejects(journal, job, tmp_path) is None
    assert list(tmp_path.glob("*.csv")) == []


def test_a_file_that_was_edited_after_a_kill_is_left(journal: Journal, tmp_path: Path) -> None:
    job = every_status(journal)
    path = tmp_path / "my.list.rejects.csv"
    with dying_at("file renamed"):
        write_rejects(journal, job, tmp_path)
    path.write_text("mended")
    assert write_rejects(journal, job, tmp_path) == tmp_path / "my.list.rejects-2.csv"
    assert path.read_text() == "mended"


def test_a_file_that_did_not_get_its_name_is_forgotten(journal: Journal, tmp_path: Path) -> None:
    job = make_job(journal, [["Ada", "1"], ["Bob", "2"], ["Eve", "3"]])
    reject(journal, job, 2)
    path = write_rejects(journal, job, tmp_path)
    reject(journal, job, 3)
    with dying_at(COMMIT):
        write_rejects(journal, job, tmp_path)
    reject(journal, job, 4)
    assert write_rejects(journal, job, tmp_path) == path
    assert coming(journal, job, "rejects") == {}


class DiedError(Exception):
    pass


@contextmanager
def dying_at(point: str) -> Iterator[None]:
    """As if the process ended there. A kill for real: tests/torture/test_crash_points.py."""

    def die(reached: str) -> None:
        if reached == point:
            raise DiedError

    listen(die)
    try:
        with pytest.raises(DiedError):
            yield
    finally:
        listen(None)


def test_parts_that_killed_processes_left_go_and_those_of_live_ones_stay(
    journal: Journal, tmp_path: Path
) -> None:
    job = every_status(journal)
    names = [".my.list.rejects.1.part", ".my.list.results.2.part", ".my.list.rejects.3.part"]
    for name in names:
        (tmp_path / name).write_text("Ada")
    for name in names[:2]:
        os.utime(tmp_path / name, (0, 0))
    write_rejects(journal, job, tmp_path)
    assert sorted(file.name for file in tmp_path.glob(".*")) == [names[2], names[1]]


def test_a_list_with_a_name_that_fills_a_files_name_has_its_files_under_a_part_of_it(
    tmp_path: Path,
) -> None:
    with Journal(tmp_path / "importer.db", create=True) as journal:
        name = "सूची" * 20  # 240 bytes
        job = create_job(journal, file=f"/lists/{name}.csv")
        path = write_csv(journal, job, "results", tmp_path, [["Name"]])
    assert path.name == f"{name.encode()[:198].decode()}.results.csv"
