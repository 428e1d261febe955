"""A drop whose mapping names a static list."""

import urllib.request

from importer.errors import ResumableError
from importer.journal.lists import NOTE_LISTED
from importer.passes import Fate
from tests.acceptance.world import PATIENCE_S
from tests.drops.shop import Shop, at_point
from tests.jobs.lists import people


def named(shop: Shop, name: str) -> str:
    shop.world.mapping.write_text(f"{shop.world.mapping.read_text()}list: {name}\n")
    return name


def members(shop: Shop, name: str) -> list[str]:
    found: list[str] = shop.world.get("/_sandbox/lists").get(name, [])
    return found


def test_a_drop_adds_its_leads_to_the_list_of_its_mapping(shop: Shop) -> None:
    name = named(shop, "Nightly")
    shop.put("one.csv", people(3))
    shop.put("two.csv", people(2))
    report, calls = shop.calls_during()
    assert shop.fates(report) == {"one.csv": (Fate.DONE, 0), "two.csv": (Fate.DONE, 0)}
    assert (calls, len(members(shop, name))) == (5, 5)


def test_a_pass_that_ended_before_a_lead_was_noted_is_carried_on(shop: Shop) -> None:
    name = named(shop, "Cut short")
    shop.put("one.csv", people(3))

    def cut() -> None:
        raise ResumableError("the journal is locked", fix="wait for it")

    with at_point(NOTE_LISTED, cut):
        (file,) = shop.run().files
    assert (file.fate, file.exit_code) == (Fate.OPEN, 75)
    noted = shop.world.journal("SELECT (SELECT state FROM job), count(*) FROM listed")
    assert noted == [("finished", 0)]
    report, calls = shop.calls_during()
    assert (shop.fates(report), calls) == ({"one.csv": (Fate.DONE, 0)}, 0)
    assert len(members(shop, name)) == 3
    assert shop.world.journal("SELECT count(*) FROM listed") == [(3,)]


def test_a_run_ends_once_its_leads_are_on_the_list(shop: Shop) -> None:
    named(shop, "Part of it")
    shop.put("one.csv", people(3))
    ends: list[object] = []
    sql = "SELECT ended_at IS NOT NULL FROM run"
    with at_point(NOTE_LISTED, lambda: ends.extend(shop.world.journal(sql))):
        shop.run()
    assert (ends, shop.world.journal(sql)) == ([(0,)], [(1,)])


def test_a_list_that_takes_no_leads_leaves_the_file_where_it_is(shop: Shop) -> None:
    named(shop, "Engaged Leads")
    shop.put("one.csv", people(2))
    report, calls = shop.calls_during()
    (file,) = report.files
    assert (file.fate, file.exit_code, calls) == (Fate.BLOCKED, 2, 0)
    assert file.what == (
        'the list "Engaged Leads" is dynamic: LeadSquared fills it itself, and nothing else adds'
        " leads to it"
    )


def test_a_lead_that_is_refused_is_told_in_the_report(shop: Shop) -> None:
    rows = people(2)
    shop.put("one.csv", rows)
    shop.run()
    (lead_id,) = [
        lead["ProspectID"] for lead in shop.world.leads() if lead.get("EmailAddress") == rows[0][2]
    ]
    environment = shop.world.environment
    keys = {
        "x-LSQ-AccessKey": environment["LSQ_ACCESS_KEY"],
        "x-LSQ-SecretKey": environment["LSQ_SECRET_KEY"],
    }
    url = f"{shop.world.host}/v2/LeadManagement.svc/Lead/Delete/ById?leadId={lead_id}"
    with urllib.request.urlopen(urllib.request.Request(url, headers=keys), timeout=PATIENCE_S):
        pass
    name = named(shop, "One is gone")
    shop.put("again.csv", rows)
    (file,) = shop.run().files
    assert (file.fate, file.exit_code) == (Fate.DONE, 1)
    assert file.what == (
        "imported before, as job 1: nothing was sent again; rows whose lead was not added to the"
        f' list "{name}": 1'
    )
    assert len(members(shop, name)) == 1
