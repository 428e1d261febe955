"""What becomes of a job that was begun by hand, or by a pass that did not end it."""

from pathlib import Path

from tests.drops.shop import Shop
from tests.drops.test_passes import write
from tests.jobs.lists import people


def test_a_list_that_was_begun_by_hand_is_the_drops_from_then_on(shop: Shop) -> None:
    path = shop.put("a.csv", people(3))
    one = ("--account", "acme", "--limit", 1, "--read-back", 0)
    done = shop.world.importer("run", path, "-m", shop.world.mapping, "--out", shop.folder, *one)
    assert done.code == 0, done.err
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 2)
    assert report.files[0].created == 2
    assert shop.world.journal("SELECT name, owes FROM drop_job") == [("events", 0)]


def test_what_a_pass_owes_a_job_is_done_by_the_next_one(shop: Shop) -> None:
    shop.put("a.csv", people(2))
    done = shop.run().files[0]
    Path(done.results or "").unlink()
    write(shop, "UPDATE drop_job SET owes = 1")  # as a kill before the writing leaves it
    report, calls = shop.calls_during()
    assert (report.exit_code, calls) == (0, 0)
    assert [each.what for each in report.files] == [
        "job 1 of an earlier pass: it went on from the journal"
    ]
    assert report.files[0].results == done.results
    assert Path(done.results or "").exists()
    assert shop.run().files == []
