"""Which leads come onto which list. The account is one in memory; tests/jobs/test_static_lists.py
has the commands."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from importer.errors import ApiError, SettingsError
from importer.jobs.enlist import check_list_name
from importer.journal.lists import StaticLists
from importer.journal.rows import Rows
from importer.model import Outcome, RowStatus
from tests.delivery.account import START_MS
from tests.delivery.harness import MAPPING
from tests.jobs.list_account import STALE, ListAccount, ids, refusal
from tests.jobs.list_scene import LISTED, Scene, lead_ids, scene_of

REST = "it adds the rest, and sends no row twice"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with scene_of(tmp_path, 3, LISTED) as found:
        yield found


# What is done


def test_a_list_is_made_with_the_first_lead_and_said(scene: Scene) -> None:
    assert scene.add() == 0
    assert scene.account.members == {"Show": {*lead_ids(3)}}
    assert scene.voice.said == ['list "Show", which was made: 3 leads added']
    assert scene.session.listed == {
        "name": "Show", "id": scene.account.id_of("Show"), "added": 3, "refused": 0,
    }  # fmt: skip


def test_what_was_added_is_not_added_again(scene: Scene) -> None:
    scene.add()
    scene.account.calls.clear()
    assert scene.add() == 0
    assert (scene.account.calls, len(scene.voice.said)) == ({}, 1)


def test_calls_take_25_leads_and_are_kept_in_the_journal(tmp_path: Path) -> None:
    with scene_of(tmp_path, 60, LISTED) as wide:
        wide.add()
        assert wide.account.sizes == [25, 25, 10]
        kept = "SELECT call, count(*) FROM attempt WHERE row = ? AND http = 200 GROUP BY call"
        found = dict(wide.session.journal.execute(kept, (wide.job.number << 32,)).fetchall())
        assert found == {"Lists.Get": 3, "CreateEmptyList": 1, "AddLeadsToStaticList": 3}


def test_a_list_that_is_there_is_used_whatever_its_capitals(scene: Scene) -> None:
    scene.account = ListAccount({"SHOW": "static"})
    scene.add()
    assert scene.account.members == {"SHOW": {*lead_ids(3)}}
    assert scene.voice.said == ['list "Show": 3 leads added']


def test_the_list_that_was_named_last_counts_and_then_the_mappings(scene: Scene) -> None:
    for name in ("A", " B ", "A"):
        scene.add(name)
    with scene.enlisting() as wanted:
        assert (wanted.name, wanted.left()) == ("A", 0)
    assert scene.voice.said[-1] == (
        'the list of this job is "A", as --list named it, and not "Show" of the mapping'
    )
    assert {*scene.account.members} == {"A", "B"}


def test_capitals_make_no_other_list_of_a_job(scene: Scene) -> None:
    scene.add()
    scene.account.sizes.clear()
    for name in ("SHOW", "show"):
        assert scene.add(name) == 0
    with scene.enlisting() as wanted:
        assert wanted.name == "Show"
    assert scene.account.sizes == []
    assert scene.voice.said[1:] == ['list "Show": 0 leads added'] * 2


def test_a_list_of_the_mapping_in_other_capitals_is_no_other_list(scene: Scene) -> None:
    scene.add("SHOW")
    scene.voice.said.clear()
    scene.account.lists["SHOW"] = "dynamic"
    with scene.enlisting() as wanted, pytest.raises(SettingsError) as caught:
        wanted.find()
    assert (scene.voice.said, caught.value.where) == ([], "list: in m.yaml")


def test_a_list_that_was_made_anew_gets_all_leads(scene: Scene) -> None:
    scene.add("A")
    scene.account.lists, scene.account.members = {}, {}
    numbered = scene.account.id_of
    scene.account.id_of = lambda name: numbered(f"{name} again")  # type: ignore[method-assign] # other Ids
    scene.add("A")
    assert scene.account.members == {"A": {*lead_ids(3)}}


def test_a_list_that_the_account_does_not_show_yet_is_known_by_its_id(scene: Scene) -> None:
    scene.add("A")
    scene.account.answers["Lists.Get"] = lambda _: httpx.Response(200, json=[])
    scene.add("A")
    assert scene.account.members == {"A": {*lead_ids(3)}}
    assert scene.voice.said == [
        'list "A", which was made: 3 leads added',
        'list "A": 3 leads added',
    ]


def test_a_job_without_a_list_makes_no_call(tmp_path: Path) -> None:
    with scene_of(tmp_path, 3, MAPPING) as scene:
        assert scene.add() == 0
        assert (scene.account.calls, scene.session.listed) == ({}, None)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101])
def test_what_can_be_no_name_is_refused_before_anything_is_done(scene: Scene, name: str) -> None:
    scene.session.options = replace(scene.session.options, list_name=name)
    with pytest.raises(SettingsError) as caught:
        check_list_name(scene.session)
    assert caught.value.what == f'no list can have the name "{name}"'
    assert caught.value.fix == "write a name of 1 to 100 characters, on one line"


# Lists that cannot be used


def refused(scene: Scene, list_name: str | None = None) -> tuple[str, str | None, str | None]:
    with scene.enlisting(list_name) as wanted, pytest.raises(SettingsError) as caught:
        wanted.find()
    error = caught.value
    assert StaticLists(scene.session.journal, scene.job).last_asked() is None, "it is not kept"
    return error.what, error.where, error.fix


def test_a_list_that_fills_itself_is_refused(scene: Scene) -> None:
    scene.account = ListAccount({"Show": "dynamic", "Hot": "refreshable"})
    what = 'the list "{}" is {}: LeadSquared fills it itself, and nothing else adds leads to it'
    fix = "name a static one, or a new one, which is made; or leave {}; no row was sent now"
    assert refused(scene) == (
        what.format("Show", "dynamic"),
        "list: in m.yaml",
        fix.format("list: out of the mapping"),
    )
    assert refused(scene, "hot") == (
        what.format("Hot", "refreshable"), "--list", fix.format("--list out"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx.Response(403, text="no"), "api.x.com forbids this call: no"),
        (
            httpx.Response(404),
            "api.x.com does not offer the LeadSquared API: HTTP 404",
        ),
        (
            refusal("MXInvalidInputException", "No."),
            "api.x.com does not show its lists: MXInvalidInputException, No",
        ),
    ],
)
def test_an_account_without_lists_is_told_with_the_way_without(
    scene: Scene, answer: httpx.Response, words: str
) -> None:
    scene.account.answers["Lists.Get"] = lambda _: answer
    assert refused(scene) == (
        f'the list "Show" can\'t be used: {words}',
        "list: in m.yaml",
        "use the keys of a user who may see and change lists, such as an administrator; or leave"
        " list: out of the mapping; no row was sent now",
    )


def test_a_list_of_an_earlier_run_that_is_no_use_any_more_is_told_as_such(scene: Scene) -> None:
    scene.add("A")
    scene.account.lists["A"] = "dynamic"
    with scene.enlisting() as wanted, pytest.raises(SettingsError) as caught:
        wanted.find()
    assert caught.value.where == "--list, of an earlier run of job 1"
    assert str(caught.value.fix).endswith("; or name another with --list; no row was sent now")


def test_a_list_that_another_has_made_meanwhile_is_used(scene: Scene) -> None:
    with scene.enlisting() as wanted:
        wanted.find()
        scene.account.lists["show"], scene.account.members["show"] = "static", set()
        scene.account.is_searchable = False
        wanted.add()
    assert scene.account.members == {"show": {*lead_ids(3)}}
    assert scene.voice.said[-1] == 'list "Show": 3 leads added'


def test_a_name_that_is_taken_by_a_list_of_another_kind_is_an_error(scene: Scene) -> None:
    with scene.enlisting() as wanted:
        wanted.find()
        scene.account.lists["Show"] = "dynamic"
        with pytest.raises(ApiError) as caught:
            wanted.add()
    assert caught.value.what == (
        'the account has a list "Show" already, and does not show it as one that takes leads; still'
        ' to be added to the list "Show": 3 rows'
    )
    assert caught.value.fix == (
        "name another list with --list; then run the same command again, or:"
        f" {scene.retry()}; {REST}"
    )


# Leads that are refused


def test_leads_that_are_gone_are_told_by_row_and_tried_again(scene: Scene) -> None:
    scene.account.deleted = {*ids([3])}
    assert scene.add() == 1
    assert scene.voice.said == [
        'list "Show", which was made: 2 leads added, 1 refused',
        f'not added to the list "Show": row 3: MXInvalidInputException, {STALE}',
        f"see whether these leads are still in the account; {scene.retry()} adds them again",
    ]
    assert scene.session.listed is not None
    assert (scene.session.listed["added"], scene.session.listed["refused"]) == (2, 1)
    scene.account.deleted = set()
    assert scene.add() == 0
    assert scene.account.sizes == [3, 2, 1]
    assert scene.account.members == {"Show": {*lead_ids(3)}}


def test_the_vendors_words_are_not_said_without_a_person(scene: Scene) -> None:
    scene.session.options = replace(scene.session.options, unattended=True)
    scene.account.deleted = {*ids([3])}
    scene.add()
    assert scene.voice.said[1] == 'not added to the list "Show": row 3: MXInvalidInputException'


def test_a_long_adding_says_that_it_can_be_ended(tmp_path: Path) -> None:
    with scene_of(tmp_path, 1_001, LISTED) as scene:
        scene.add()
        assert scene.voice.said == [
            "adding 1,001 leads to the list; Ctrl-C ends it",
            'list "Show", which was made: 1,001 leads added',
        ]
        assert len(scene.account.members["Show"]) == 1_001


def test_rows_with_one_lead_are_added_by_one_id(tmp_path: Path) -> None:
    with scene_of(tmp_path, 2, f"{LISTED}on_duplicate: skip\n") as scene:
        rows = Rows(scene.session.journal, scene.job)
        with scene.session.journal.transaction():
            rows.requeue(3, RowStatus.CREATED, START_MS)
            same = Outcome(RowStatus.SKIPPED, "same_lead", "why", existing_id=ids([2])[0])
            rows.finish(3, same, START_MS, old=RowStatus.PENDING, counted=False)
        scene.add()
        assert (scene.account.sizes, scene.noted()) == ([1], 2)
