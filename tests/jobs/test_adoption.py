import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from importer.errors import ApiError, ImporterError
from importer.jobs.adoption import COPY_ID, check_lead
from importer.jobs.known import SENT_BEFORE
from importer.jobs.session import Stop
from importer.journal.job import Identity
from importer.journal.rows import Rows
from tests.delivery.account import FakeClock
from tests.delivery.harness import MAPPING, person
from tests.delivery.test_connection import USER, Server, connected
from tests.jobs.doubts import doubtful_job, session_on

LEAD = UUID(int=9)
SHOWN = (
    f'[{{"ProspectID": "{str(LEAD).upper()}", "LastName": " ada  LOVE", "City": "Elsewhere",'
    ' "EmailAddress": "Ada@x.in", "Phone": "+91-9812345678"}]'
)
CHANGED = "nothing was changed"


class Patience(Stop):
    """Waits pass in virtual time."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock

    def sleep(self, seconds: float) -> None:
        self._clock.advance(seconds)


def check(
    folder: Path, answer: tuple[int, str], *, mapping: str = MAPPING, code: str = "ReadError"
) -> ImporterError | None:
    """What is wrong with the lead for the row of Ada Love, where the account answers so. code: of
    the row's doubt."""
    path = folder / "importer.db"
    doubtful_job(path, [person("Ada Love", "ada@x.in", "9812345678", "Pune")], [2], mapping)
    server = Server(FakeClock(), USER, answer)
    with session_on(path) as (session, _), connected(folder, server.clock, server) as connection:
        session.stop = Patience(server.clock)
        session.job = session.journal.find_job(None)
        row = Rows(session.journal, session.job).row(2)
        assert row is not None
        try:
            check_lead(session, connection, replace(row, code=code), LEAD)
        except ImporterError as error:
            return error
    return None


def test_the_rows_lead_is_known_however_the_account_writes_it(tmp_path: Path) -> None:
    assert check(tmp_path, (200, SHOWN)) is None


@pytest.mark.parametrize(
    ("old", "new", "columns"),
    [
        (" ada  LOVE", "Ada Byron", "Name"),
        ("Ada@x.in", "ada@y.in", "Email"),
        ("9812345678", "9812345679", "Phone"),
        ('"Ada@x.in", "Phone": "+91-9812345678"', "null", "Email, Phone"),
    ],
)
def test_what_differs_is_named_by_the_files_columns(
    tmp_path: Path, old: str, new: str, columns: str
) -> None:
    error = check(tmp_path, (200, SHOWN.replace(old, new)))
    assert error is not None
    assert error.what == f"lead {LEAD} is not the one that row 2 sent: it differs in {columns}"
    path = tmp_path / "importer.db"
    assert (
        error.fix
        == f"compare it with the row: importer status 1 --row 2 --journal {path}; {CHANGED}"
    )


STAMPED = f"{MAPPING}stamp: mx_Key\n"
STAMP = f"{Identity('0' * 64, 'acme').key}-2"


def with_stamp(stamp: str | None, **values: str) -> tuple[int, str]:
    [lead] = json.loads(SHOWN)
    return 200, json.dumps([{**lead, "mx_Key": stamp, **values}])


def test_where_the_stamp_is_shown_it_alone_tells(tmp_path: Path) -> None:
    changed = with_stamp(STAMP, LastName="Ada Byron", EmailAddress="")
    assert check(tmp_path, changed, mapping=STAMPED) is None


@pytest.mark.parametrize("stamp", [None, "", f"{STAMP}0"])
def test_a_lead_with_another_stamp_or_none_is_not_the_rows(
    tmp_path: Path, stamp: str | None
) -> None:
    error = check(tmp_path, with_stamp(stamp), mapping=STAMPED)
    assert error is not None
    assert error.what == f"lead {LEAD} is not the one that row 2 sent: it differs in mx_Key"


def test_where_the_stamp_is_not_shown_the_values_tell(tmp_path: Path) -> None:
    assert check(tmp_path, (200, SHOWN), mapping=STAMPED) is None


def test_what_a_row_of_another_job_has_sent_has_that_rows_stamp(tmp_path: Path) -> None:
    answer = with_stamp("of another job-7")
    assert check(tmp_path, answer, mapping=STAMPED, code=SENT_BEFORE) is None


@pytest.mark.parametrize("body", ["[]", SHOWN.replace(str(LEAD).upper(), str(UUID(int=8)))])
def test_another_lead_than_the_one_that_was_asked_for_is_none(tmp_path: Path, body: str) -> None:
    error = check(tmp_path, (200, body))
    assert isinstance(error, ApiError)
    assert (error.what, error.where, error.fix) == (
        f"the account has no lead {LEAD}", "Acme", f"{COPY_ID}; {CHANGED}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((500, '{"ExceptionType": "MXBad", "ExceptionMessage": "Lead not found"}'),
         "Lead not found"),
        ((200, "<html>"), "HTTP 200"),
        ((200, "{}"), "HTTP 200"),
    ],
)  # fmt: skip
def test_an_answer_that_shows_no_lead_is_said(
    tmp_path: Path, answer: tuple[int, str], why: str
) -> None:
    error = check(tmp_path, answer)
    assert isinstance(error, ApiError)
    assert error.what == f"api.x.com does not show the lead: {why}"
