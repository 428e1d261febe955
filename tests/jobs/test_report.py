"""`report`: a job's page and the history's, beside other files, while runs are at work, and after a
purge."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.errors import JournalError, SettingsError
from importer.jobs.purge import purge_jobs
from importer.jobs.report import NAME, report_all, report_of
from importer.jobs.session import Options, Session
from importer.jobs.verify import verify_job
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.lock import held
from importer.journal.outputs import outputs
from importer.model import JobState, Verification
from importer.shown import PurgeReport, WrittenHistory
from tests.acceptance.world import World
from tests.drops.shop import Voice
from tests.jobs.lists import BAD, people, run
from tests.journal.stored import NOW
from tests.results.report.everything import everything
from tests.results.report.reading import Parsed

WHAT, NEXT, LEDGER = "What became of the list", "What to do next", "The ledger"
RUNS = "Runs, and what people decided"


def sections(path: Path) -> dict[str, str]:
    return Parsed(path.read_text(encoding="utf-8")).sections


def imported(world: World, *options: object) -> Path:
    """Rows 2 to 5; row 3 is refused."""
    rows = people(4)
    rows[1][2] = BAD
    file = world.write_csv("list.csv", rows)
    done, _ = run(world, file, *options)
    assert done.code == 1, done.err
    return file


# A run, and the command


def test_a_run_writes_the_report_where_it_is_asked_for(world: World) -> None:
    file = imported(world, "--report")
    page = file.with_name("list.report.html")
    assert page.stat().st_mode & 0o777 == 0o600
    told = sections(page)
    assert told[WHAT].startswith(
        "3 of 4 rows are leads in LeadSquared by this list; 1 row needs you."
    )
    assert told[NEXT].startswith(
        "Mend the rows in list.rejects.csv; then run the file: importer run list.rejects.csv"
    )
    assert told[LEDGER].startswith("Every row of the list is accounted for")
    assert "counts yes 4 rows: created 3, rejected 1" in told[LEDGER]


def test_a_stopped_run_writes_none_and_a_limited_retry_does(world: World) -> None:
    file = world.write_csv("list.csv", people(60))
    process = world.start("run", file, "-m", world.mapping, "--rate", "5/1s", "--report")
    before = world.create_calls()
    while world.create_calls() < before + 3:
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert [*world.folder.glob("*.html")] == []
    retried = world.importer("retry", 1, "--limit", 2, "--report", "--json")
    told = sections(Path(retried.json["report"]))
    assert "still to be sent" in told[WHAT]
    assert told[NEXT].startswith("Goes on with the rows that are open: importer retry 1")
    assert "run 2" in told[RUNS]


def test_report_and_its_history_are_named(world: World) -> None:
    imported(world)
    assert [*world.folder.glob("*.html")] == []
    page = world.folder / "there" / "list.report.html"
    done = world.importer("report", 1, "--out", page.parent)
    assert f"report: {page}" in done.out.splitlines()
    done = world.importer("report", "--all", "--json")
    page = world.folder / NAME
    assert (done.code, done.json["report"], done.json["job"]) == (0, str(page), None)
    assert sections(page)["Leads over time"].startswith("3 leads created in 1 import run.")
    done = world.importer("report", "1", "--all", "--json")
    assert done.code == 2
    assert "--all is for all jobs" in done.json["error"]["what"]


# A job that has everything, and no account


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def job(folder: Path) -> Job:
    with Journal(folder / "importer.db", create=True) as journal:
        return everything(journal, file=str(folder / "list.csv"))


@pytest.fixture
def session(folder: Path, job: Job) -> Iterator[Session]:
    """On the journal that has the job."""
    assert job.number == 1
    with Session(Voice(), str(folder / "importer.db")) as opened:
        opened.begin(os.environ)
        yield opened


def report(session: Session) -> dict[str, str]:
    report_of(session, None)
    return sections(session.files["report"])


def finish(session: Session, job: Job, state: JobState = JobState.FINISHED) -> None:
    with session.journal.transaction():
        session.journal.execute("UPDATE row SET status = 'failed' WHERE status = 'sending'")
        session.journal.execute("UPDATE count SET rows = rows + 1 WHERE status = 'failed'")
        session.journal.execute("UPDATE count SET rows = 0 WHERE status = 'sending'")
        session.journal.execute("UPDATE row SET status = 'invalid' WHERE status = 'pending'")
        session.journal.execute("UPDATE count SET rows = rows + 1 WHERE status = 'invalid'")
        session.journal.execute("UPDATE count SET rows = 0 WHERE status = 'pending'")
        session.journal.set_state(job, state, NOW)


def test_the_reject_file_that_is_there_is_what_to_mend(session: Session, folder: Path) -> None:
    journal = f"--journal {folder}/importer.db"
    told = report(session)
    assert told[NEXT] == (
        f"Gives up the rows that are still to be sent: importer cancel 1 {journal}"
        " Goes on with the rows that are open, and sends the failed ones again:"
        f" importer retry 1 {journal} Writes the refused rows with their reasons:"
        f" importer rejects 1 {journal} Lists the in_doubt rows, for you to decide on:"
        f" importer resolve 1 {journal} To be typed in the folder {folder} ."
    )


def test_a_report_that_a_person_edited_is_not_written_over(session: Session, folder: Path) -> None:
    report(session)
    page = session.files["report"]
    assert page == folder / "list.report.html"
    page.write_text("mine", encoding="utf-8")
    report(session)
    assert session.files["report"] == folder / "list.report-2.html"
    assert page.read_text(encoding="utf-8") == "mine"


def test_a_report_can_be_made_while_a_run_is_at_work(session: Session, job: Job) -> None:
    with session.journal.transaction():
        session.journal.execute("UPDATE run SET ended_at = NULL, after = NULL")
    with held(session.journal.path, f"job-{job.key}"):
        told = report(session)
        assert "A run is at work on it right now" in told[WHAT]
        assert "under way" in told[RUNS]
        assert told[NEXT].startswith(
            "Nothing now: a run is at work on this job, and another command that changes it would"
            " end at once. When that run has ended: Writes this page anew, with what is left to do:"
            f" importer report 1 --journal {session.journal.path} To be typed"
        )
        session.options = Options(out=Path("my reports"))
        assert "importer report 1 --out 'my reports' --journal" in report(session)[NEXT]
        report_all(session)
        assert "under way" in sections(Path("my reports", NAME))["Runs"]
    told = report(session)
    assert "A run is at work" not in told[WHAT]
    assert "Goes on with the rows that are open" in told[NEXT]
    assert "under way" not in told[RUNS]


def test_a_purged_job_has_a_report_and_the_old_one_is_named(
    session: Session, job: Job, folder: Path
) -> None:
    assert "p8@example.com" in str(report(session))
    finish(session, job)
    purge_jobs(session, "1", None, confirm=lambda _: True)
    page = folder / "list.report.html"
    assert session.shown == PurgeReport([(1, "list.csv")], [], [str(page)])
    told = report(session)
    assert "The rows of this job were purged" in told[WHAT]
    assert told[LEDGER].startswith("Every row of the list is accounted for")
    assert "example.com" not in page.read_text(encoding="utf-8")


def test_a_job_that_is_not_stored_whole_has_none(session: Session, job: Job) -> None:
    finish(session, job, JobState.STAGING)
    with pytest.raises(JournalError, match="stopped before all its rows were stored"):
        report(session)


def test_verify_lets_reports_be(session: Session, job: Job) -> None:
    report(session)
    session.files["report"].write_text("mine", encoding="utf-8")
    verify_job(session, "1", remote=False)
    assert isinstance(session.shown, Verification)
    assert not [note for note in session.shown.notes if "list.report" in note]
    assert len(outputs(session.journal, job, "report")) == 1


def test_a_ledger_that_does_not_hold_is_told(session: Session) -> None:
    with session.journal.transaction():
        session.journal.execute("DELETE FROM row WHERE (id & 4294967295) = 2")
    assert report(session)[LEDGER].startswith("Something does not hold")
    assert session.exit_code == 0


def test_a_history_that_is_none_of_ours_is_left(session: Session, folder: Path) -> None:
    report_all(session)
    assert session.shown == WrittenHistory(str(folder / NAME), 3)
    (folder / NAME).write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        report_all(session)
    assert raised.value.what == (
        "there is a file of that name, which is not a page that report --all wrote, or was changed"
        " since: it is left as it is"
    )
    assert raised.value.fix == "name another folder with --out, or move that one away"
    session.options = Options(out=folder / "new")
    report_all(session)
    assert session.shown == WrittenHistory(str(folder / "new" / NAME), 3)


def test_a_folder_that_cannot_be_written_is_said(session: Session, folder: Path) -> None:
    (folder / "file").touch()
    session.options = Options(out=folder / "file")
    for command in (report_all, lambda each: report_of(each, None)):
        with pytest.raises(SettingsError, match="it is a file, not a folder"):
            command(session)
