import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from importer.errors import BusyError, ImporterError, JournalError, SettingsError
from importer.jobs.cancel import cancel_job
from importer.jobs.history import show_row
from importer.jobs.resolve import Decision, list_doubts, resolve_rows
from importer.jobs.session import Session
from importer.journal.journal import Journal
from importer.journal.lock import held
from importer.model import Doubts, JobState
from importer.quoting import Named
from tests.acceptance.world import Done, World
from tests.delivery.harness import keyless, person
from tests.jobs.doubts import REASON, doubt_sent, doubtful_job, session_on
from tests.jobs.lists import calls_during, people, run, statuses
from tests.journal.stored import TABLES, content

GIVE_UP, RESEND = Decision(give_up=True), Decision(resend=True)
ID = "11111111-2222-3333-4444-555555555555"
ALL_TABLES = (*TABLES, "decision")
# Rows 2 to 4 are in doubt, 5 and 8 pending; 6 and 7 are blank.
CELLS = [keyless("A"), keyless("B"), keyless("C"), person("D"), [], [], person("E")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "importer.db"
    doubtful_job(path, CELLS, (2, 3, 4))
    return path


def refusal(path: Path, *given: Any) -> ImporterError:
    """What is said; and the journal is as it was."""
    before = content(path, ALL_TABLES)
    with session_on(path) as (session, _), pytest.raises(ImporterError) as caught:
        resolve_rows(session, None, *given)
    assert content(path, ALL_TABLES) == before
    return caught.value


@pytest.mark.parametrize(
    ("decision", "what"),
    [
        (Decision(), "nothing is decided about the rows"),
        (Decision(True, None, True), "more than one thing is decided about the rows"),
        (Decision(False, ID, True), "more than one thing is decided about the rows"),
        (Decision(True, ID, False), "more than one thing is decided about the rows"),
    ],
)
def test_one_thing_is_decided_about_the_rows(path: Path, decision: Decision, what: str) -> None:
    error = refusal(path, "2", decision)
    assert (type(error), error.what, error.fix) == (
        SettingsError, what, "give one of --resend, --mark-created ID or --give-up",
    )  # fmt: skip


@pytest.mark.parametrize("decision", [GIVE_UP, RESEND, Decision(mark_created=ID)])
def test_the_rows_must_be_named(path: Path, decision: Decision) -> None:
    assert refusal(path, None, decision).what == "the rows to decide on are not named"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", ""), ("x", "x"), ("0", "0"), ("4-2", "4-2"), ("2,", ""), ("-1", "-1"), ("2-", "2-"),
        ("2-3-4", "2-3-4"), ("2.5", "2.5"), ("1e3", "1e3"), ("٢", "٢"), ("all,2", "all"),
        ("12345678901", "12345678901"), ("9" * 9000, "9" * 9000),
    ],
)  # fmt: skip
def test_rows_that_are_none_are_refused(path: Path, text: str, wrong: str) -> None:
    error = refusal(path, text, GIVE_UP)
    assert (error.what, error.fix) == (
        f'these are no row numbers: "{wrong}"', "such as 3,7-12; or all",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [("9", "9"), ("1", "1"), ("6", "6"), ("6-7", "6"), ("1-4000000000", "1"),
     ("2-4000000000", "4,000,000,000")],
)  # fmt: skip
def test_rows_that_are_not_there_are_refused(path: Path, text: str, number: str) -> None:
    error = refusal(path, text, GIVE_UP)
    assert (type(error), error.what) == (
        JournalError, f"job 1 has no row {number}: its rows are 2 to 8, as Excel numbers them",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [("5", "row 5 is pending"), ("2-5", "row 5 is pending"),
     ("8,3,2-8", "row 5 is pending, row 8 is pending")],
)  # fmt: skip
def test_rows_that_are_not_in_doubt_are_named_and_none_is_decided_on(
    path: Path, text: str, named: str
) -> None:
    error = refusal(path, text, GIVE_UP)
    assert (type(error), error.what) == (
        SettingsError, f"only in_doubt rows are decided on: {named}",
    )  # fmt: skip
    on = f"--journal {path}"
    assert error.fix == (
        f"to send what is pending or sending: importer retry 1 {on};"
        f" name others, or all; importer resolve 1 {on} lists them; nothing was changed"
    )


def test_rows_that_have_ended_are_not_said_to_be_sent(path: Path) -> None:
    with session_on(path) as (session, _):
        resolve_rows(session, None, "2", GIVE_UP)
    assert refusal(path, "2", GIVE_UP).fix == (
        f"name others, or all; importer resolve 1 --journal {path} lists them; nothing was changed"
    )


def test_no_more_than_ten_rows_are_named(tmp_path: Path) -> None:
    path = tmp_path / "importer.db"
    doubtful_job(path, [person(f"P{i}") for i in range(40)], (2,))
    names = ", ".join(f"row {number} is pending" for number in range(3, 13))
    assert refusal(path, "2-41", GIVE_UP).what == f"only in_doubt rows are decided on: {names}, …"


def test_one_lead_is_one_row(path: Path) -> None:
    for rows in ("2,3", "all"):
        error = refusal(path, rows, Decision(mark_created=ID))
        assert error.what == f"one lead can't be {2 if rows == '2,3' else 3} rows"


@pytest.mark.parametrize("text", ["", "17", "1111-2222", f"{ID}0"])
def test_an_id_that_is_none_is_refused(path: Path, text: str) -> None:
    assert refusal(path, "2", Decision(mark_created=text)).what == (
        f'this is no Id of a lead: "{text}"'
    )


def test_rows_that_are_given_up_end_as_skipped_with_who_and_when(path: Path) -> None:
    with session_on(path) as (session, voice):
        resolve_rows(session, "1", " 2, 4-4 ", GIVE_UP)
        assert (session.exit_code, voice.said) == (1, ["given up: 2 rows of job 1"])
        assert list(session.files) == [], "row 5 is still to be sent"
        summary = session.summary()
        assert summary is not None
        assert {str(s): n for s, n in summary.counts.items() if n} == {
            "pending": 2, "in_doubt": 1, "skipped": 2,
        }  # fmt: skip
    found = content(path, ["row", "decision"])
    ended = [(status, code, since, reason) for _, status, _, _, _, _, _, _, since, _, _, _, code, _,
             reason, *_ in found["row"]]  # fmt: skip
    reason = ended[0][3]
    assert re.fullmatch(
        r"given up by a person on \d{4}-\d\d-\d\d; whether it arrived is not known", reason
    )
    assert ended[0] == ended[2] == ("skipped", "given_up", None, reason)
    assert ended[1][:2] == ("in_doubt", "ReadError")
    assert [(row & 0xFFFFFFFF, number, what, detail)
            for row, number, _, what, detail in found["decision"]] == [
        (2, 1, "give_up", REASON), (4, 1, "give_up", REASON),
    ]  # fmt: skip


def test_all_means_all_rows_in_doubt_and_none_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "importer.db"
    doubtful_job(path, [keyless("A"), keyless("B")], (2, 3))
    for said in ("given up: 2 rows of job 1", "job 1 has no in_doubt rows"):
        with session_on(path) as (session, voice):
            resolve_rows(session, None, "All", GIVE_UP)
            assert (session.exit_code, voice.said) == (0, [said])
            assert session.summary().state is JobState.FINISHED  # type: ignore[union-attr]
    assert (tmp_path / "list.results.csv").exists()


def test_a_job_that_a_run_is_at_work_on_is_not_decided_about(path: Path) -> None:
    with Journal(path) as journal:
        key = journal.find_job(None).key
    with held(path, f"job-{key}"):
        error = refusal(path, "2", GIVE_UP)
    assert (type(error), error.exit_code) == (BusyError, 75)


def test_rows_in_doubt_are_listed_and_a_job_without_any_has_none(path: Path) -> None:
    with session_on(path) as (session, _):
        list_doubts(session, None)
        assert isinstance(session.shown, Doubts)
        assert (session.shown.job, session.shown.named) == (1, Named(str(path)))
        assert [(row.number, row.lead) for row in session.shown.rows] == [
            (number, f'[{{"Attribute":"LastName","Value":"{name}"}}]')
            for number, name in ((2, "A"), (3, "B"), (4, "C"))
        ]
        assert [call.name for call in session.shown.rows[0].calls] == [
            "Lead.Create", "Leads.RecentlyModified",
        ]  # fmt: skip
        resolve_rows(session, None, "all", GIVE_UP)
        list_doubts(session, None)
        assert session.shown == Doubts(1, [], Named(str(path)))
        assert session.summary() is not None


COMMANDS: dict[str, Callable[[Session], None]] = {
    "resolve": lambda session: list_doubts(session, None),
    "resolve --row": lambda session: resolve_rows(session, None, "2", GIVE_UP),
    "cancel": lambda session: cancel_job(session, None),
    "status --row": lambda session: show_row(session, None, 2),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("state", "what", "fix"),
    [
        ("purged", "job 1 was purged on 2027-01-15",
         "its rows are gone for good; its counts: importer status 1 --journal {path}"),
        ("staging", "job 1 was stopped before all its rows were stored; nothing was sent",
         "run its file again: importer run /lists/list.csv -m m.yaml --journal {path};"
         " or drop it: importer purge 1 --journal {path}"),
    ],
)  # fmt: skip
def test_a_job_without_its_rows_is_refused(
    path: Path, command: str, state: str, what: str, fix: str
) -> None:
    with Journal(path) as journal:
        journal.execute("UPDATE job SET state = ?, purged_at = 1800000000000", (state,))
    with session_on(path) as (session, _), pytest.raises(JournalError) as caught:
        COMMANDS[command](session)
    assert (caught.value.what, caught.value.where, caught.value.fix) == (
        what, "/lists/list.csv", fix.format(path=path),
    )  # fmt: skip


# Against the account


def keyless_job(world: World, number: int, *doubtful: int) -> list[list[str]]:
    """A job of people of whom only the names are known; row 2 is created, these are in doubt."""
    rows = [[*row[:2], "", "", row[4]] for row in people(number)]
    run(world, world.write_csv("list.csv", rows), "--limit", 1)
    doubt_sent(world, *doubtful)
    return rows


def resolve(world: World, *arguments: object) -> tuple[Done, int]:
    return calls_during(world, "resolve", *arguments)


def id_of(world: World, name: str) -> str:
    (found,) = [lead["ProspectID"] for lead in world.leads() if lead["FirstName"] == name]
    return str(found)


def last_calls(world: World, row: int) -> list[tuple[Any, ...]]:
    return world.journal(
        f"SELECT call, http FROM attempt WHERE row & 4294967295 = {row} ORDER BY number"
    )


def test_a_row_is_marked_with_the_lead_that_the_account_shows(world: World) -> None:
    rows = keyless_job(world, 3, 3)
    world.create(FirstName=rows[1][0].upper(), LastName=f" {rows[1][1]}", mx_City="Moved")
    lead_id = id_of(world, rows[1][0].upper())
    done, calls = resolve(world, 1, "--row", 3, "--mark-created", f"{{{lead_id.upper()}}}")
    assert (done.code, calls) == (0, 0)
    assert f"row 3 of job 1 is created, as lead {lead_id}" in done.err.splitlines()
    found = world.journal("SELECT status, lead_id, code, reason FROM row WHERE id & 255 = 3")
    assert found == [("created", UUID(lead_id).bytes, None, "marked by a person")]
    assert last_calls(world, 3) == [(None, None), ("Leads.GetById", 200)]
    assert world.journal("SELECT what, detail FROM decision") == [("mark_created", lead_id)]
    assert statuses(world)[4] == "pending", "nothing is sent on the way"


def test_a_lead_that_is_not_there_is_not_marked(world: World) -> None:
    keyless_job(world, 2, 3)
    done, _ = resolve(world, "--row", 3, "--mark-created", ID)
    assert (done.code, done.json["error"]["what"]) == (2, f"the account has no lead {ID}")
    assert statuses(world)[3] == "in_doubt"
    assert last_calls(world, 3)[-1] == ("Leads.GetById", 200)
    assert world.journal("SELECT count(*) FROM decision") == [(0,)]


def test_a_lead_of_other_names_is_refused_with_what_differs_and_no_value(world: World) -> None:
    rows = keyless_job(world, 2, 3)
    world.create(FirstName=rows[1][0], LastName="Somebody")
    (lead_id,) = [lead["ProspectID"] for lead in world.leads()
                  if lead.get("LastName") == "Somebody"]  # fmt: skip
    done, _ = resolve(world, "--row", 3, "--mark-created", lead_id)
    assert (done.code, done.json["error"]) == (
        2,
        {
            "what": f"lead {lead_id} is not the one that row 3 sent: it differs in Last Name",
            "where": "--mark-created",
            "fix": "compare it with the row: importer status 1 --row 3; nothing was changed",
        },
    )
    assert rows[1][1] not in done.err
    assert statuses(world)[3] == "in_doubt"


def test_a_lead_that_another_row_has_created_is_refused_without_a_call(world: World) -> None:
    rows = keyless_job(world, 2, 3)
    done, _ = resolve(world, "--row", 3, "--mark-created", id_of(world, rows[0][0]))
    assert done.json["error"]["what"] == "row 2 of job 1 has created that lead"
    assert (done.code, statuses(world)[3]) == (2, "in_doubt")
    assert last_calls(world, 3) == [(None, None)]


def test_keys_of_another_account_decide_nothing_but_to_give_up(world: World) -> None:
    keyless_job(world, 2, 3)
    with Journal(world.folder / "importer.db") as journal:
        journal.execute("UPDATE job SET account = 'another'")
    for decision in (["--resend"], ["--mark-created", ID]):
        done, calls = resolve(world, "--row", 3, *decision)
        assert (done.code, calls, statuses(world)[3]) == (2, 0, "in_doubt")
        assert done.json["error"]["what"].startswith("job 1 belongs to the account another, and")
    assert world.importer("resolve", "--row", 3, "--give-up").code == 0


def test_rows_that_are_sent_again_keep_why_and_the_job_goes_on(world: World) -> None:
    rows = keyless_job(world, 4, 3)
    done, calls = resolve(world, "--row", "all", "--resend")
    assert (done.code, calls) == (0, 3), "the pending rows too"
    assert "sent again: 1 row of job 1" in done.err.splitlines()
    assert set(statuses(world).values()) == {"created"}
    assert world.journal("SELECT row & 255, number, what, detail FROM decision") == [
        (3, 1, "resend", REASON)
    ]
    results = world.read_csv(world.folder / "list.results.csv")
    assert [row["Lead Id"] for row in results] == [id_of(world, row[0]) for row in rows]


@pytest.mark.parametrize(("last_name", "status"), [("", "created"), ("Else", "duplicate")])
def test_a_refusal_of_a_row_that_is_sent_again_may_be_its_receipt(
    world: World, last_name: str, status: str
) -> None:
    rows = people(2)
    run(world, world.write_csv("list.csv", rows), "--limit", 1)
    doubt_sent(world, 3)
    first, last, email, *_ = rows[1]
    world.create(FirstName=first, LastName=last_name or last, EmailAddress=email)
    done, calls = resolve(world, "--row", 3, "--resend")
    assert (calls, statuses(world)[3]) == (1, status), done.err
    results = world.read_csv(world.folder / "list.results.csv")
    assert results[1]["Lead Id"] == id_of(world, first)


def test_a_marked_lead_comes_onto_the_list_of_its_job(world: World) -> None:
    world.mapping.write_text(f"{world.mapping.read_text()}list: Doubtful\n")
    rows = keyless_job(world, 2, 3)
    world.create(FirstName=rows[1][0], LastName=rows[1][1])
    lead_id = id_of(world, rows[1][0])
    done, calls = resolve(world, 1, "--row", 3, "--mark-created", lead_id)
    assert (done.code, calls, done.json["list"]["added"]) == (0, 0, 1)
    assert world.get("/_sandbox/lists")["Doubtful"] == [id_of(world, rows[0][0]), lead_id]
