"""However a run ends, it says so by its exit code, and the same command carries on."""

import signal
from pathlib import Path

import pytest

from tests.acceptance.world import MAPPING, PATIENCE_S, World, pause, people, sandbox


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
def test_a_signal_ends_the_run_in_order_and_it_carries_on(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    with sandbox("--limit", "none", "--latency", "50") as keys:
        world = World(tmp_path, keys)
        file = world.write_csv("list.csv", people(300, keyless_every=2))
        process = world.start("run", file, "-m", world.mapping, "--rate", "100/1s", "--json")
        while world.create_calls() < 30:
            pause(0.01)
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == code, err
        assert f'"exit": {code}' in out.splitlines()[-1]
        assert not (tmp_path / "importer.db-wal").exists(), "the journal was closed"
        assert world.in_flight() == 0, "the replies under way were waited for"
        done = world.importer("retry", "--rate", "none", "--json")
        assert (done.code, done.json["created"]) == (0, 300)
        assert len(world.leads()) == 300


def test_a_second_run_of_the_same_job_stops_at_once(tmp_path: Path) -> None:
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys)
        file = world.write_csv("list.csv", people(200))
        first = world.start("run", file, "-m", world.mapping, "--rate", "20/1s")
        while world.create_calls() < 3:
            pause(0.01)
        second = world.run(file)
        assert second.code == 75
        assert second.json["error"]["fix"].startswith("wait until it ends")
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=PATIENCE_S)
        assert world.run(file, "--rate", "none").code == 0
        assert len(world.leads()) == 200


def test_wrong_keys_send_nothing_and_the_right_ones_carry_on(tmp_path: Path) -> None:
    with sandbox("--limit", "none") as keys:
        wrong = World(tmp_path, {**keys, "LSQ_SECRET_KEY": "wrong"})
        file = wrong.write_csv("list.csv", people(20))
        refused = wrong.run(file)
        assert refused.code == 2
        assert "refuses the keys" in refused.json["error"]["what"]
        right = World(tmp_path, keys)
        assert right.run(file).json["created"] == 20


def test_an_unknown_field_stops_the_run_and_a_corrected_mapping_carries_on(
    tmp_path: Path,
) -> None:
    """Where the account does not tell its fields, so that the first row finds it out."""
    with sandbox("--limit", "none", "--fault", "fields404=100%") as keys:
        world = World(tmp_path, keys)
        file = world.write_csv("list.csv", people(50))
        world.mapping.write_text(MAPPING.replace("mx_City", "City"))
        stopped = world.run(file, "--rate", "none")
        assert stopped.code == 2
        assert "City" in stopped.json["error"]["what"]
        assert stopped.json["pending"] == 50, "no row was refused for the mapping's fault"
        world.mapping.write_text(MAPPING)
        assert world.run(file, "--rate", "none").json["created"] == 50


def test_a_host_that_nobody_serves_stores_nothing(tmp_path: Path) -> None:
    with sandbox("--limit", "none") as keys:
        pass
    world = World(tmp_path, keys)
    done = world.run(world.write_csv("list.csv", people(5)))
    assert done.code == 75
    assert done.json["job"] is None
    assert "cannot be reached" in done.json["error"]["what"]


@pytest.mark.parametrize("shape", ["429", "403", "200"])
def test_throttling_in_any_shape_loses_no_row_and_teaches_the_limit(
    tmp_path: Path, shape: str
) -> None:
    with sandbox("--limit", "40/1s", "--throttle-as", shape) as keys:
        world = World(tmp_path, keys)
        done = world.run(world.write_csv("list.csv", people(120)), "--rate", "none")
        assert (done.code, done.json["created"]) == (0, 120), done.err
        assert world.totals()["throttled"] > 0
        assert len(world.leads()) == 120
        again = world.run(world.write_csv("more.csv", people(160)[120:]), "--rate", "none")
        before = world.totals()["throttled"]
        assert again.json["created"] == 40
        assert world.totals()["throttled"] == before, "what was learned is kept"
