"""Leads are made by real runs and deleted in a real sandbox; the work is done in this process."""

import csv
import queue
import signal
import sqlite3
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from importer.delivery.deleter import UNPACED_IN_FLIGHT, Deleter
from importer.delivery.leadsquared import LeadSquared
from importer.delivery.senders import Clock, Event
from importer.errors import (
    ApiError,
    BusyError,
    ImporterError,
    InterruptedRunError,
    JournalError,
    ResumableError,
)
from importer.jobs.again import retry_job
from importer.jobs.connected import connected
from importer.jobs.session import Session
from importer.jobs.start import run_file
from importer.jobs.undo import undo_job
from importer.journal.calls import DELETE
from importer.journal.lock import held
from importer.journal.rows import Rows
from importer.model import JobSummary, Progress
from importer.shown import UndoReport
from tests.acceptance.world import MAPPING, World, pause, sandbox
from tests.jobs.lists import BAD, people, statuses

TODAY = f"undone on {datetime.now().astimezone().date()}"
CHANGED = "left alone: it was changed since it was created"
OLDER = "left alone: it is older than this import, which did not create it"


class Voice:
    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def stored(self, rows: int) -> None: ...
    def progress(self, progress: Progress, summary: JobSummary) -> None: ...


class Person:
    """Answers the question, and remembers it. then: what happens meanwhile."""

    def __init__(self, answer: bool = True, then: Callable[[], None] = lambda: None) -> None:
        self.answer, self.then = answer, then
        self.asked: list[str] = []

    def __call__(self, question: Sequence[str]) -> bool:
        self.asked += question
        self.then()
        return self.answer


@contextmanager
def begun(world: World, rate: str = "none") -> Iterator[Session]:
    with Session(Voice(), str(world.folder / "importer.db")) as session:
        environment = {**world.environment, "IMPORTER_TRIES": "2"}
        session.begin(environment)
        session.use_account(environment, rate=rate)
        yield session


def imported(world: World, rows: Sequence[Sequence[str]]) -> Path:
    """The list of these rows, imported; and as old as if it had been an hour ago."""
    file = world.write_csv("list.csv", rows)
    with begun(world) as session:
        run_file(session, file, world.mapping)
    change(world, "UPDATE row SET changed_at = changed_at - 3600000")
    return file


def change(world: World, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(world.folder / "importer.db")) as db, db:
        db.execute(sql, values)


def undone(
    world: World, person: Person | None = None, *, plan: bool = False, rate: str = "none"
) -> tuple[UndoReport, int, Session]:
    with begun(world, rate) as session:
        undo_job(session, None, plan=plan, confirm=person or Person())
        assert isinstance(session.shown, UndoReport)
        return session.shown, session.exit_code, session


def listed(world: World) -> dict[int, tuple[str, str]]:
    """Of the list that was written: row number to its status, and what is said of it."""
    rows = world.read_csv(world.folder / "list.undo.csv")
    return {int(row["Import Row"]): (row["Import Status"], row["Import Reason"]) for row in rows}


def ids(world: World) -> dict[int, str]:
    sql = "SELECT row, lead_id FROM row_readable WHERE lead_id IS NOT NULL"
    return dict(world.journal(sql))


def here(world: World) -> set[str]:
    return {lead["ProspectID"] for lead in world.leads()}


def calls(world: World, name: str) -> int:
    return int(world.totals()["calls"].get(name, 0))


def test_all_leads_of_the_job_are_deleted_and_its_rows_say_so(world: World) -> None:
    rows = people(4)
    rows[1][2] = BAD
    imported(world, rows)
    leads = ids(world)
    person = Person()
    report, code, session = undone(world, person)
    assert person.asked == [
        "undo job 1 (list.csv):",
        "  3 leads of Sandbox Organisation would be deleted for good, with all their activities"
        " and tasks",
        "Delete them?",
    ]
    assert (report.deleted, report.left, report.gone, code) == (3, 0, 0, 0)
    assert statuses(world) == {2: "deleted", 3: "rejected", 4: "deleted", 5: "deleted"}
    assert here(world) & {*leads.values()} == set()
    assert listed(world) == dict.fromkeys((2, 4, 5), ("deleted", TODAY))
    assert ids(world) == leads  # which leads they were stays known
    assert {*session.files} == {"undo", "rejects", "results"}
    results = {
        row["Import Row"]: row["Import Status"] for row in world.read_csv(session.files["results"])
    }
    assert results == {"2": "deleted", "3": "rejected", "4": "deleted", "5": "deleted"}
    assert world.journal("SELECT what, detail FROM decision") == [("undo", "3 leads to be deleted")]
    assert world.journal("SELECT work, after IS NOT NULL FROM run") == [("send", 1), ("undo", 1)]


def test_a_plan_deletes_nothing_and_shows_each_lead_with_its_page(world: World) -> None:
    imported(world, people(12))
    leads, before = ids(world), calls(world, "Lead/Delete/ById")
    report, code, _ = undone(world, plan=True)
    assert (report.to_delete, report.deleted, code) == (12, 0, 0)
    link = f"{world.host}/LeadManagement/LeadDetails?LeadID="
    assert [(row.number, row.link) for row in report.first] == [
        (number, link + leads[number]) for number in range(2, 12)
    ]
    assert listed(world) == dict.fromkeys(range(2, 14), ("created", "to be deleted"))
    with (world.folder / "list.undo.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Lead Link"] for row in csv.DictReader(file)] == [
            link + leads[number] for number in range(2, 14)
        ]
    assert {*statuses(world).values()} == {"created"}
    assert here(world) >= {*leads.values()}
    assert calls(world, "Lead/Delete/ById") == before


def test_nothing_is_deleted_without_a_yes(world: World) -> None:
    imported(world, people(2))
    with begun(world) as session:
        undo_job(session, None, plan=False, confirm=Person(answer=False))
    assert {*statuses(world).values()} == {"created"}
    assert here(world) >= {*ids(world).values()}


def test_leads_that_were_changed_since_stay(world: World) -> None:
    imported(world, people(3))
    leads = ids(world)
    change_later(world, leads[3])
    report, code, _ = undone(world)
    assert (report.deleted, report.left, code) == (2, 1, 1)
    assert [(row.number, row.lead_id, row.why) for row in report.left_alone] == [
        (3, leads[3], CHANGED)
    ]
    assert statuses(world) == {2: "deleted", 3: "created", 4: "deleted"}
    assert leads[3] in here(world)
    assert listed(world)[3] == ("created", CHANGED)


def change_later(world: World, lead_id: str) -> None:
    """Somebody changes it, once it is 2 s old: the account's times have whole seconds. One that is
    not there any more is left."""
    while lead := next((each for each in world.leads() if each["ProspectID"] == lead_id), None):
        if (moment(lead["ModifiedOn"]) - moment(lead["CreatedOn"])).total_seconds() > 1:
            return
        with suppress(urllib.error.HTTPError):  # it was just deleted
            world.update(lead_id, Notes="called her")
        pause(0.05)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Suspended(Clock):
    """Of a process that stands still for 15 s, once its first calls are under way."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        super().__init__()
        self.meanwhile, self.ms = meanwhile, 0

    def wall_ms(self) -> int:
        return super().wall_ms() + self.ms

    def get(
        self, events: "queue.SimpleQueue[Event]", timeout_s: float | None, busy: bool
    ) -> Event | None:
        if busy and not self.ms:
            self.meanwhile()
            self.ms = 15_000
        return super().get(events, timeout_s, busy)


def test_leads_that_are_changed_while_it_works_stay(world: World) -> None:
    imported(world, people(12))
    leads = ids(world)

    def work_with_them() -> None:
        for lead_id in sorted({*leads.values()} & here(world)):
            change_later(world, lead_id)

    with begun(world) as session, connected(session) as connection:
        session.connection = replace(connection, clock=Suspended(work_with_them))
        undo_job(session, None, plan=False, confirm=Person())
        report = session.shown
        assert isinstance(report, UndoReport)
    under_way = UNPACED_IN_FLIGHT  # these were asked for before
    assert report.deleted <= under_way
    assert report.left == 12 - report.deleted
    assert len({*leads.values()} & here(world)) == report.left


class Slow(httpx.HTTPTransport):
    """Answers no call that reads leads, after the first three, before a deletion was made since."""

    def __init__(self) -> None:
        super().__init__()
        self._deletion = threading.Event()
        self.reads: list[bool] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(DELETE):
            self._deletion.set()
        else:
            self._deletion.clear()
            self.reads.append(len(self.reads) < 3 or self._deletion.wait(2))
        return super().handle_request(request)


def test_leads_go_on_being_deleted_while_the_next_ones_are_read(world: World) -> None:
    imported(world, people(60))
    with Slow() as slow, begun(world) as session, connected(session) as connection:
        keys = (world.environment[name] for name in ("LSQ_ACCESS_KEY", "LSQ_SECRET_KEY"))
        api = LeadSquared(connection.api.base_url, *keys, transport=slow)
        session.connection = replace(connection, api=api)
        undo_job(session, None, plan=False, confirm=Person())
    assert slow.reads == [True] * 4, "two pages to show them, two to delete them"
    assert [*statuses(world).values()] == ["deleted"] * 60


@pytest.mark.parametrize(("rate", "leads"), [("25/5s", 15), ("1/10s", 1), ("none", 50)])
def test_as_many_are_read_at_a_time_as_can_be_deleted_in_some_seconds(
    world: World, rate: str, leads: int
) -> None:
    imported(world, people(1))
    with begun(world, rate) as session, connected(session) as connection:
        rows = Rows(session.journal, session.journal.find_job(None))
        deleter = Deleter(
            rows, connection, gone=lambda _: None, tries=1, timeout_s=1, is_stopped=lambda: False
        )
        assert deleter.page_size == leads


def test_a_lead_that_a_person_named_for_a_row_stays(world: World) -> None:
    imported(world, people(1))
    change(world, "UPDATE row SET reason = 'marked by a person'")
    report, code, _ = undone(world)
    assert (report.deleted, report.left, code) == (0, 1, 1)
    assert listed(world) == {2: ("created", "left alone: a person has said that it is the row's")}


def test_a_lead_that_the_job_did_not_create_stays(world: World) -> None:
    """The row's call came after it; and a row that never asked for a lead, as one marked by hand
    for another journal's call."""
    imported(world, people(3))
    change(world, "UPDATE attempt SET started_at = started_at + 60000 WHERE row & 255 = 2")
    change(world, "DELETE FROM attempt WHERE row & 255 = 3")
    report, code, _ = undone(world)
    assert (report.deleted, report.left, code) == (1, 2, 1)
    assert listed(world) == {2: ("created", OLDER), 3: ("created", OLDER), 4: ("deleted", TODAY)}


def test_a_lead_that_is_gone_already_is_not_asked_for(world: World) -> None:
    """As one that a person has deleted by the list, where the account's API does not."""
    imported(world, people(2))
    delete(world, ids(world)[2])
    before = calls(world, "Lead/Delete/ById")
    report, code, _ = undone(world)
    assert (report.deleted, report.gone, report.left, code) == (1, 1, 0, 0)
    assert listed(world)[2] == ("deleted", f"{TODAY}; it was not in the account any more")
    assert calls(world, "Lead/Delete/ById") == before + 1


def delete(world: World, lead_id: str) -> None:
    keys = {
        "x-LSQ-AccessKey": world.environment["LSQ_ACCESS_KEY"],
        "x-LSQ-SecretKey": world.environment["LSQ_SECRET_KEY"],
    }
    url = f"{world.host}/v2/LeadManagement.svc/Lead/Delete/ById?leadId={lead_id}"
    urllib.request.urlopen(urllib.request.Request(url, headers=keys)).close()


def test_a_new_lead_that_is_not_shown_yet_stays(world: World) -> None:
    imported(world, people(1))
    delete(world, ids(world)[2])
    change(world, "UPDATE row SET changed_at = changed_at + 3600000")
    report, code, _ = undone(world)
    assert (report.deleted, report.gone, report.left, code) == (0, 0, 1, 1)
    assert statuses(world) == {2: "created"}


def test_a_lead_whose_deletion_was_refused_and_that_is_gone_was_deleted_by_others(
    world: World,
) -> None:
    imported(world, people(1))
    sql = "INSERT INTO attempt VALUES ((1 << 32) + 2, 2, ?, 0, 0, 400, 'MXNo', 9)"
    change(world, sql, DELETE)
    delete(world, ids(world)[2])
    report, code, _ = undone(world)
    assert (report.deleted, report.lost, report.gone, report.left, code) == (0, 0, 1, 0, 0)


def test_so_does_the_new_lead_of_a_row_that_was_undone_before(world: World) -> None:
    imported(world, people(1))
    undone(world)
    with begun(world) as session:
        retry_job(session, None, ["deleted"])
    delete(world, ids(world)[2])
    report, code, _ = undone(world)
    assert (report.lost, report.left, code) == (0, 1, 1)


def test_an_undone_row_can_be_imported_again_and_is_then_another_lead(world: World) -> None:
    file = imported(world, people(2))
    first = ids(world)
    undone(world)
    assert world.journal("SELECT count(*) FROM fingerprint") == [(0,)]
    with begun(world) as session:  # the file alone sends nothing, and says so
        run_file(session, file, world.mapping)
        assert {*statuses(world).values()} == {"deleted"}
        assert isinstance(session.voice, Voice)
        assert session.voice.said[-1] == (
            "2 rows of it were undone: importer retry 1 --status deleted --journal"
            f" {world.folder / 'importer.db'} sends them"
        )
        retry_job(session, None, ["deleted"])
        assert session.exit_code == 0
    assert {*statuses(world).values()} == {"created"}
    assert {*ids(world).values()} & {*first.values()} == set()
    assert here(world) >= {*ids(world).values()}


def test_its_fingerprint_is_forgotten_so_that_the_row_goes_in_another_list(world: World) -> None:
    rows = people(2)
    imported(world, rows)
    undone(world)
    again = world.write_csv("again.csv", [*rows, *people(1)])
    with begun(world) as session:
        run_file(session, again, world.mapping)
        assert session.job is not None
        assert {*statuses(world, session.job.number).values()} == {"created"}


def test_a_row_that_is_imported_again_comes_onto_the_list_again(world: World) -> None:
    world.mapping.write_text(f"{MAPPING}list: Undone and done\n")
    imported(world, people(2))
    undone(world)
    assert world.journal("SELECT count(*) FROM listed") == [(0,)]
    with begun(world) as session:
        retry_job(session, None, ["deleted"])
    assert {*world.get("/_sandbox/lists")["Undone and done"]} == {*ids(world).values()}


# What the account does


def test_throttled_deletions_go_again(world: World) -> None:
    imported(world, people(12))
    before = calls(world, "Lead/Delete/ById")

    def narrow() -> None:
        """Once the window is empty: reading the page fits in, and all the deletions do not."""
        pause(0.4)
        world.post("/_sandbox/limit", "4/0.3s")

    try:
        report, code, _ = undone(world, Person(then=narrow))
    finally:
        world.post("/_sandbox/limit", "none")
    assert (report.deleted, report.left, code) == (12, 0, 0)
    assert calls(world, "Lead/Delete/ById") > before + 12


def test_deletions_whose_replies_are_lost_are_found_to_be_done_by_the_next_undo(
    world: World,
) -> None:
    imported(world, people(3))
    change(world, "UPDATE row SET changed_at = changed_at + 3600000")  # as new as they are
    world.post("/_sandbox/faults", "deletedrop=100%")
    try:
        error, _ = failed(world)
    finally:
        world.post("/_sandbox/faults", "")
    assert type(error) is ResumableError
    assert {*statuses(world).values()} == {"created"}
    report, code, _ = undone(world)
    assert (report.deleted, report.lost, report.gone, report.left, code) == (3, 3, 0, 0, 0)
    lost = f"{TODAY}; it was deleted by a call whose reply was lost"
    assert listed(world) == dict.fromkeys((2, 3, 4), ("deleted", lost))


@pytest.mark.parametrize("shape", ["off", "403", "404"])
def test_where_deletion_is_off_it_is_said_and_the_leads_are_listed_with_their_pages(
    tmp_path: Path, shape: str
) -> None:
    with sandbox("--limit", "none", "--deletion", shape) as keys:
        world = World(tmp_path, keys)
        imported(world, people(8))
        leads = ids(world)
        error, session = failed(world)
        assert type(error) is ApiError
        assert error.what.startswith("the account lets no lead be deleted by its API: ")
        assert error.fix is not None
        again = f"importer undo 1 --journal {tmp_path / 'importer.db'}"
        assert error.fix.endswith(f" Then run: {again}; it sees which are gone")
        assert error.exit_code == 2
        assert {*statuses(world).values()} == {"created"}
        assert session.files["undo"] == tmp_path / "list.undo.csv"
        rows = world.read_csv(tmp_path / "list.undo.csv")
        assert [row["Lead Link"] for row in rows] == [
            f"{world.host}/LeadManagement/LeadDetails?LeadID={leads[number]}"
            for number in range(2, 10)
        ]
        assert 1 <= calls(world, "Lead/Delete/ById") <= 8


def failed(world: World) -> tuple[ImporterError, Session]:
    with begun(world) as session:
        with pytest.raises(ImporterError) as raised:
            undo_job(session, None, plan=False, confirm=Person())
        return raised.value, session


def test_where_the_account_answers_nothing_it_can_be_carried_on(world: World) -> None:
    imported(world, people(2))
    with begun(world) as session:
        world.post("/_sandbox/faults", "delete500=100%")
        try:
            with pytest.raises(ResumableError, match="does not answer Lead/Delete/ById: HTTP 500"):
                undo_job(session, None, plan=False, confirm=Person())
        finally:
            world.post("/_sandbox/faults", "")
    assert {*statuses(world).values()} == {"created"}
    report, code, _ = undone(world)
    assert (report.deleted, code) == (2, 0)


# Jobs that can't be undone, or not now


def test_calls_whose_fate_is_not_known_come_first(world: World) -> None:
    imported(world, people(2))
    change(world, "UPDATE row SET status = 'sending', lead_id = NULL WHERE id & 255 = 2")
    change(world, "UPDATE count SET rows = 1 WHERE status IN ('sending', 'created')")
    error, _ = failed(world)
    at = f" --journal {world.folder / 'importer.db'}"
    assert type(error) is JournalError
    assert (error.what, error.fix) == (
        "what became of 1 call of job 1 is not known yet",
        f"give up what is still to be sent: importer cancel 1{at}; let these calls be looked for:"
        f" importer retry 1{at}; then undo it",
    )


def test_a_stop_ends_it_in_order_and_the_next_one_carries_on(world: World) -> None:
    imported(world, people(60))

    with begun(world) as session:
        person = Person(then=lambda: session.stop.request(signal.SIGTERM))
        with pytest.raises(InterruptedRunError) as raised:
            undo_job(session, None, plan=False, confirm=person)
    assert (raised.value.what, raised.value.exit_code) == ("stopped", 143)
    assert {*statuses(world).values()} == {"created"}
    report, code, _ = undone(world)
    assert (report.deleted, code) == (60, 0)


def test_a_job_without_leads_has_nothing_to_undo(world: World) -> None:
    rows = people(1)
    rows[0][2] = BAD
    imported(world, rows)
    person = Person()
    report, code, session = undone(world, person)
    assert (report.leads, person.asked, code) == (0, [], 0)
    assert "undo" not in session.files


# As a command


def test_the_command_asks_nobody_where_nobody_is_there(world: World) -> None:
    imported(world, people(1))
    done = world.importer("undo", "1", "--rate", "none")
    assert done.code == 2
    assert done.err == (
        "importer: this asks first, and nobody is there to answer\n"
        "  fix: give --yes, if that is meant\n"
    )
    done = world.importer("undo", "1", "--yes", "--json", "--rate", "none")
    assert done.code == 0
    assert done.json["undo"] == {
        "plan": False, "leads": 1, "to_delete": 1, "deleted": 1, "gone": 0, "lost": 0, "left": 0,
        "open_rows": 0, "resting": [], "first": [], "left_alone": [],
    }  # fmt: skip
    assert done.json["deleted"] == 1


def test_rows_of_other_jobs_that_were_not_sent_for_these_leads_are_told(world: World) -> None:
    rows = people(2)
    imported(world, rows)
    other = world.write_csv("other.csv", [*rows, *people(1)])
    assert world.run(other, "--rate", "none").json["skipped"] == 2
    told = "2 rows of job 2 were not sent, as these leads were there; nobody of them {} in the"
    plan = world.importer("undo", "1", "--plan")
    assert told.format("would be") in plan.out
    done = world.importer("undo", "1", "--yes", "--rate", "none")
    assert told.format("is") in done.out
    assert told.format("is") in world.importer("undo", "1", "--yes").out, "whenever it is asked"
    assert "to import these rows again: importer retry 1 --status deleted" in done.out
    assert "job 1 " not in world.importer("undo", "2", "--yes", "--rate", "none").out


def test_a_plan_tells_no_rows_that_rest_on_leads_that_stay(world: World) -> None:
    rows = people(2)
    imported(world, rows)
    change_later(world, ids(world)[2])
    other = world.write_csv("other.csv", [*rows, *people(1)])
    world.run(other, "--rate", "none")
    with begun(world) as session:
        undo_job(session, "1", plan=True, confirm=Person())
        assert isinstance(session.shown, UndoReport)
        assert session.shown.resting == [(2, 1)]


def test_of_a_job_that_was_cut_short_the_rest_is_not_sent_by_what_is_said_next(
    world: World,
) -> None:
    file = world.write_csv("list.csv", people(3))
    world.run(file, "--rate", "none", "--limit", "1")
    plan = world.importer("undo", "1", "--plan")
    still = "2 rows still to be sent; to give up: importer cancel 1"
    assert still in plan.out
    assert "next: " not in plan.out
    done = world.importer("undo", "1", "--yes", "--rate", "none")
    assert still in done.out
    (first, *_) = (line for line in done.out.splitlines() if line.startswith("next: "))
    assert first == "next: importer cancel 1  (gives up the rows that are still to be sent)"


def test_a_plan_whose_list_cannot_be_written_is_an_error(world: World) -> None:
    imported(world, people(1))
    done = world.importer("undo", "1", "--plan", "--out", world.folder / "list.csv")
    assert done.code == 2
    assert "list.csv" in done.err


# Beside others


def test_it_keeps_to_the_limit(world: World) -> None:
    imported(world, people(30))
    before = world.totals()["throttled"]

    def narrow() -> None:
        pause(1.1)  # the import's calls have left the window
        world.post("/_sandbox/limit", "20/1s")

    try:
        report, _, _ = undone(world, Person(then=narrow), rate="20/1s")
    finally:
        world.post("/_sandbox/limit", "none")
    assert (report.deleted, world.totals()["throttled"] - before) == (30, 0)


def test_a_job_that_another_process_works_on_is_left_to_it(world: World) -> None:
    imported(world, people(1))
    (key,) = world.journal("SELECT key FROM job")[0]
    for plan in (True, False):
        with held(world.folder / "importer.db", f"job-{key}"), pytest.raises(BusyError):
            undone(world, plan=plan)
    assert {*statuses(world).values()} == {"created"}


def test_the_leads_of_another_account_are_not_looked_for(world: World) -> None:
    imported(world, people(1))
    change(world, "UPDATE job SET account = 'another'")
    error, session = failed(world)
    assert error.what.startswith("job 1 belongs to the account another, and these keys to ")
    assert session.files == {}
    assert {*statuses(world).values()} == {"created"}
