import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.errors import JournalError, ResumableError
from importer.journal.job import Identity, Layout, MappingText
from importer.journal.journal import Journal
from importer.journal.outputs import drop_output, outputs, put_output
from importer.journal.rows import HeldLeadError, LostMoveError, Rows
from importer.model import ColumnStyle, JobState, JobSummary, Outcome, RowStatus
from tests.journal.stored import FIXED, MAPPING, NOW, content, create_job, make_job, people

FINAL = [status for status in RowStatus if status not in ("pending", "sending")]
GROUPED = "SELECT id >> 32, status, count(*) FROM row GROUP BY 1, 2 ORDER BY 1, 2"
COUNTED = "SELECT job, status, rows FROM count WHERE rows > 0 ORDER BY 1, 2"


def test_a_job_is_stored_with_all_that_is_needed_without_its_file(path: Path) -> None:
    styles = (ColumnStyle("00000", 9.5), ColumnStyle(), ColumnStyle('"₹" 0.0', None))
    layout = Layout("xlsx", "\t", ("Näme", "Näme", ""), styles)
    with Journal(path, create=True) as journal:
        job = create_job(journal, layout=layout, file="/lists/märz.csv")
        assert (job.number, job.file, job.layout) == (1, "/lists/märz.csv", layout)
        assert (job.identity, job.key) == (Identity("ab" * 32, "org-1"), job.identity.key)
        assert (job.state, job.version, job.started_at) == (JobState.STAGING, 1, NOW)
        assert job.ended_at is None
        assert journal.mapping(job) == MAPPING
    with Journal(path) as journal:
        assert not journal.is_new
        assert journal.jobs() == [job]


def test_a_summary_has_every_status_and_adds_up(journal: Journal) -> None:
    job = make_job(journal, [*people(3), ("Bad", "", "")])
    with journal.transaction():
        job = journal.set_state(job, JobState.FINISHED, NOW + 1_500)
    counts = dict.fromkeys(RowStatus, 0) | {RowStatus.PENDING: 3, RowStatus.INVALID: 1}
    assert journal.summary(job) == JobSummary(
        1, job.key, "/lists/list.csv", JobState.FINISHED, 4, "org-1", counts,
        started_at=NOW / 1000, ended_at=(NOW + 1_500) / 1000,
    )  # fmt: skip


def test_a_job_that_goes_on_has_no_end(journal: Journal) -> None:
    job = make_job(journal, people(1))
    with journal.transaction():
        journal.set_state(job, JobState.FINISHED, NOW)
        assert journal.set_state(job, JobState.OPEN, NOW).ended_at is None


def test_the_same_file_is_stored_as_a_job_only_once(journal: Journal) -> None:
    create_job(journal)
    with pytest.raises(sqlite3.IntegrityError):
        create_job(journal)
    assert len(journal.jobs()) == 1


def test_a_job_is_found_by_number_by_key_and_the_latest_by_nothing(journal: Journal) -> None:
    first = create_job(journal)
    second = create_job(journal, sha256="cd" * 32)
    assert journal.find_job("1") == journal.find_job("001") == first
    assert journal.find_job(first.key) == journal.find_job(first.key.upper()) == first
    assert journal.find_job(None) == second
    assert journal.job_by_key(second.key) == second
    assert journal.job_by_key("0" * 12) is None


@pytest.mark.parametrize(
    "reference", ["3", "0", "-1", "abcdefabcdef", "", "99999999999", "9" * 30, "²", "1.0"]
)
def test_an_unknown_job_is_an_error_that_names_those_there_are(
    journal: Journal, reference: str
) -> None:
    create_job(journal)
    create_job(journal, sha256="cd" * 32)
    with pytest.raises(JournalError) as refused:
        journal.find_job(reference)
    known = reference if not reference.isdecimal() else str(int(reference))
    assert (refused.value.what, refused.value.where, refused.value.fix) == (
        f'the journal has no job "{known}"',
        str(journal.path),
        "use one of: 1, 2 (importer status lists them)",
    )


@pytest.mark.parametrize("reference", [None, "1"])
def test_a_journal_without_jobs_says_how_to_start_one(
    journal: Journal, reference: str | None
) -> None:
    with pytest.raises(JournalError) as refused:
        journal.find_job(reference)
    assert refused.value.fix == "start one: importer run FILE -m MAPPING"


def digest_of(identity: Identity) -> str:
    parts = [identity.sha256, identity.sheet, identity.account, identity.generation]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def first_identity(fits: Callable[[str], bool]) -> Identity:
    return next(
        identity
        for i in count()
        if fits(digest_of(identity := Identity(f"{i:064x}", "org-1"))[:12])
    )


def test_a_key_is_the_first_12_hex_digits_of_the_identity() -> None:
    identity = Identity("ab" * 32, "org-1")
    assert identity.key == digest_of(identity)[:12]


@pytest.mark.parametrize(
    "reads_as_number",
    [
        lambda run: run.isdecimal(),
        lambda run: run[0] != "e" and run[-1] != "e" and run.replace("e", "", 1).isdecimal()
        and "e" in run,
    ],
    ids=["123456789012", "12345678e012"],
)  # fmt: skip
def test_a_key_is_never_one_that_a_spreadsheet_takes_for_a_number(
    reads_as_number: Callable[[str], bool],
) -> None:
    identity = first_identity(reads_as_number)
    digits = digest_of(identity)
    assert reads_as_number(digits[:12])
    assert identity.key in digits
    assert len(identity.key) == 12
    assert set(identity.key) & set("abcdf")


def test_file_account_sheet_and_generation_each_make_another_job() -> None:
    identities = [
        Identity("ab" * 32, "org-1"),
        Identity("cd" * 32, "org-1"),
        Identity("ab" * 32, "org-2"),
        Identity("ab" * 32, "org-1", sheet="Sheet1"),
        Identity("ab" * 32, "org-1", generation=2),
        Identity("ab" * 32, "org-1", area="A3:D20"),
    ]
    assert len({identity.key for identity in identities}) == 6


def test_a_changed_mapping_is_the_next_version_and_the_first_stays(journal: Journal) -> None:
    job = create_job(journal)
    with journal.transaction():
        other = MappingText(1, "other.yaml", "version: 1 #", "bb" * 32, readings="[{}]")
        assert journal.add_mapping(job, other) == 2
    job = journal.job(job.number)
    assert job.version == 2
    assert journal.mapping(job) == replace(other, version=2)
    assert journal.mapping(job, 1) == MAPPING


def test_files_that_were_written_are_known_by_kind_and_job(journal: Journal) -> None:
    job, other = create_job(journal), create_job(journal, sha256="cd" * 32)
    with journal.transaction():
        put_output(journal, job, "rejects", "/a.csv", "1")
        put_output(journal, job, "rejects", "/a.csv", "2")
        put_output(journal, job, "results", "/b.csv", "3")
        put_output(journal, other, "rejects", "/c.csv", "4")
    assert outputs(journal, job, "rejects") == {"/a.csv": "2"}
    with journal.transaction():
        drop_output(journal, job, "/a.csv")
        drop_output(journal, job, "/c.csv")
    assert outputs(journal, job, "rejects") == {}
    assert outputs(journal, job, "results") == {"/b.csv": "3"}
    assert outputs(journal, other, "rejects") == {"/c.csv": "4"}


def test_a_transaction_that_fails_leaves_nothing_of_it_counts_included(
    journal: Journal, path: Path
) -> None:
    rows = Rows(journal, make_job(journal, people(3)))
    before = content(path)

    def fail() -> None:
        rows.claim(2, NOW, 0)
        rows.finish(2, Outcome(RowStatus.REJECTED), NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), journal.transaction():
        fail()
    assert content(path) == before
    with journal.transaction():
        rows.claim(3, NOW, 0)
    assert journal.execute(GROUPED).fetchall() == journal.execute(COUNTED).fetchall()


def test_a_transaction_is_seen_by_others_only_when_it_is_whole(
    journal: Journal, path: Path
) -> None:
    rows = Rows(journal, make_job(journal, people(2)))
    before = content(path)
    with journal.transaction():
        rows.claim(2, NOW, 0)
        assert content(path) == before
    assert content(path)["count"] != before["count"]


def test_a_full_disk_is_an_error_that_says_what_to_do(journal: Journal, path: Path) -> None:
    job = make_job(journal, people(2))
    before = content(path)
    journal.execute("PRAGMA max_page_count = 1")

    def fill() -> None:
        Rows(journal, job).claim(2, NOW, 0)
        for number in range(100):
            put_output(journal, job, "rejects", f"/{number}" * 1000, "1")

    with pytest.raises(JournalError) as refused, journal.transaction():
        fill()
    assert (refused.value.what, refused.value.where, refused.value.fix) == (
        "the journal cannot be written: database or disk is full",
        str(path),
        "make room on that disk, and see that it works, then run the same command again;"
        " it carries on",
    )
    journal.execute("PRAGMA max_page_count = 1000000")
    assert content(path) == before
    with journal.transaction():
        Rows(journal, job).claim(2, NOW, 0)


def test_a_journal_that_another_process_writes_to_is_waited_for_and_then_named(
    journal: Journal, path: Path
) -> None:
    job = make_job(journal, people(1))
    journal.be_patient(1, 1)
    with (
        Journal(path) as other,
        other.transaction(),
        pytest.raises(ResumableError) as refused,
        journal.transaction(),
    ):
        Rows(journal, job).claim(2, NOW, 0)
    assert (refused.value.what, refused.value.where, refused.value.fix) == (
        "another program holds the journal",
        str(path),
        "close the journal there (a database browser, a backup), then run the same command again;"
        " it carries on",
    )


ROWS = 4
MOVES = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(
            ["claim", "finish", "back", "unsettle", "look_again", "requeue", "hold", "add",
             "release_all", "roll back"]
        ),
        st.integers(2, ROWS + 2),
        st.one_of(st.none(), st.none(), st.sampled_from(list(RowStatus))),
        st.sampled_from(FINAL),
    ),
    max_size=25,
)  # fmt: skip


class UndoneError(Exception):
    pass


def move(
    rows: Rows, name: str, number: int, old: RowStatus | None, new: RowStatus, now: int
) -> None:
    """old: what the row is taken for; None for what it is."""
    row = rows.row(number)
    old = old or (row.status if row else RowStatus.PENDING)
    lead = UUID(int=now) if new in ("created", "updated") else None
    match name:
        case "claim":
            rows.claim(number, now, 0)
        case "finish":
            rows.finish(number, Outcome(new, lead_id=lead), now, old=old)
        case "back":
            rows.back(number, now, due_at=now, counted=True)
        case "unsettle":
            rows.unsettle(number, now, since_at=now, ended_at=now, evidence="lost", due_at=now,
                          counted=False)  # fmt: skip
        case "look_again":
            rows.look_again(number, now)
        case "requeue":
            rows.requeue(number, old, now)
        case "hold":
            rows.hold(number, 2)
        case "add":
            rows.add(rows.last_number() + 1, ("Ada", "", ""))
        case "release_all":
            rows.release_all(now)
        case "roll back":
            rows.claim(number, now, 0)
            raise UndoneError


@settings(FIXED, max_examples=80)
@given(MOVES)
def test_the_counts_are_those_of_the_rows_after_every_move(
    moves: list[tuple[int, str, int, RowStatus | None, RowStatus]],
) -> None:
    with TemporaryDirectory() as folder, Journal(Path(folder) / "j.db", create=True) as journal:
        jobs = [
            Rows(journal, make_job(journal, [*people(ROWS - 1), ("Bad", "", "")], sha256=sha))
            for sha in ("ab" * 32, "cd" * 32)
        ]
        for now, (job, name, number, old, new) in enumerate(moves, start=1):
            try:
                with journal.transaction():
                    move(jobs[job], name, number, old, new, now)
            except (LostMoveError, UndoneError, HeldLeadError):
                pass
            assert journal.execute(GROUPED).fetchall() == journal.execute(COUNTED).fetchall()


@pytest.mark.parametrize("is_another", [False, True])
def test_a_journal_that_is_not_in_its_place_any_more_takes_nothing(
    tmp_path: Path, is_another: bool
) -> None:
    """SQLite itself would write on into a file that has no name."""
    path = tmp_path / "importer.db"
    with Journal(path, create=True) as journal:
        with journal.transaction():
            pass
        path.rename(tmp_path / "elsewhere.db")
        if is_another:
            path.write_bytes((tmp_path / "elsewhere.db").read_bytes())
        with pytest.raises(JournalError, match="moved or removed") as raised, journal.transaction():
            pass
    assert raised.value.where == str(path)
