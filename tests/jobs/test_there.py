"""Which leads the people are who were in the account before the list."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from importer.journal.rows import Rows
from importer.model import Outcome, RowStatus
from tests.delivery.account import START_MS
from tests.delivery.harness import MAPPING
from tests.jobs.list_account import ids
from tests.jobs.list_scene import Scene, scene_of

CALLS = "Leads.GetByEmailaddress", "Leads.Get", "RetrieveLeadByPhoneNumber"
(THEIRS,) = ids([700])
NOT_FOUND = (
    'not added to the list "Show": row 3: in the account before, and not found there by the value'
    " that was taken"
)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Row 2 was created, row 3 was there before by its e-mail."""
    with scene_of(tmp_path, 2, f"{MAPPING}list: Show\non_duplicate: skip\n") as found:
        skip(found, "Email")
        for name in CALLS:
            found.account.answers[name] = lambda _: httpx.Response(200, json=[])
        yield found


def skip(scene: Scene, column: str | None) -> None:
    rows = Rows(scene.session.journal, scene.job)
    outcome = Outcome(RowStatus.SKIPPED, "MXDuplicateEntryException", "why", column)
    row = rows.row(3)
    assert row is not None, "it is the last"
    with scene.session.journal.transaction():
        rows.requeue(3, row.status, START_MS)
        rows.finish(3, outcome, START_MS, old=RowStatus.PENDING, counted=False)


def shows(scene: Scene, call: str, **record: str) -> None:
    lead = {"ProspectID": str(THEIRS), **record}
    scene.account.answers[call] = lambda _: httpx.Response(200, json=[{"x": "y"}, lead])


def looked_up(scene: Scene) -> list[str]:
    return [name for name in CALLS if scene.account.calls[name]]


def test_the_lead_that_has_the_e_mail_is_added(scene: Scene) -> None:
    shows(scene, "Leads.GetByEmailaddress", EmailAddress="P001@X.in")
    assert scene.add() == 0
    assert scene.account.members == {"Show": {*ids([2]), THEIRS}}
    row = Rows(scene.session.journal, scene.job).row(3)
    assert row is not None
    assert (row.existing_id, looked_up(scene)) == (THEIRS, ["Leads.GetByEmailaddress"])


def test_once_it_is_known_it_is_not_looked_up_again(scene: Scene) -> None:
    shows(scene, "Leads.GetByEmailaddress", EmailAddress="p001@x.in")
    scene.add("A")
    scene.add("B")
    assert scene.account.members["A"] == scene.account.members["B"] == {*ids([2]), THEIRS}
    assert scene.account.calls["Leads.GetByEmailaddress"] == 1


def test_the_call_stands_with_its_row(scene: Scene) -> None:
    scene.add()
    calls = "SELECT call FROM attempt WHERE row = ?"
    found = scene.session.journal.execute(calls, ((scene.job.number << 32) + 3,)).fetchall()
    assert found == [("Leads.GetByEmailaddress",)]


def test_a_lead_with_another_value_is_not_the_one(scene: Scene) -> None:
    shows(scene, "Leads.GetByEmailaddress", EmailAddress="p002@x.in")
    assert scene.add() == 1
    assert scene.account.members == {"Show": {*ids([2])}}
    assert scene.voice.said[1] == NOT_FOUND


def test_by_which_value_is_not_always_said(scene: Scene) -> None:
    skip(scene, None)
    assert scene.add() == 1
    assert looked_up(scene) == ["Leads.GetByEmailaddress"], "the row has no phone"


def test_who_is_not_found_makes_no_list(scene: Scene) -> None:
    rows = Rows(scene.session.journal, scene.job)
    with scene.session.journal.transaction():
        rows.requeue(2, RowStatus.CREATED, START_MS)
        skipped = Outcome(RowStatus.SKIPPED, "skip_if", "why")
        rows.finish(2, skipped, START_MS, old=RowStatus.PENDING, counted=False)
    assert scene.add() == 1
    assert scene.account.lists == {}
    assert scene.voice.said[:2] == ['list "Show": 0 leads added, 1 refused', NOT_FOUND]


def test_an_account_without_look_ups_is_said_and_the_others_are_added(scene: Scene) -> None:
    scene.account.answers["Leads.GetByEmailaddress"] = lambda _: httpx.Response(403, text="no")
    assert scene.add() == 1
    assert scene.account.members == {"Show": {*ids([2])}}
    assert scene.voice.said[0] == (
        "warning: who was in the account before could not be looked up, and is not added:"
        " api.x.com forbids this call: no"
    )


def test_a_mapping_that_refuses_duplicates_looks_nobody_up(tmp_path: Path) -> None:
    with scene_of(tmp_path, 2, f"{MAPPING}list: Show\n") as scene:
        skip(scene, "Email")
        assert scene.add() == 0
        assert looked_up(scene) == []
        assert scene.account.members == {"Show": {*ids([2])}}


def test_what_is_asked_is_the_value_that_was_sent(scene: Scene) -> None:
    asked: list[str] = []

    def keep(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params["emailaddress"])
        return httpx.Response(200, content=json.dumps([]))

    scene.account.answers["Leads.GetByEmailaddress"] = keep
    scene.add()
    assert asked == ["p001@x.in"]
