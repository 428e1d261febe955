"""The nightly script of the page on Python, run as cron does: no environment but HOME, from /."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.world import MAPPING, PATIENCE_S, World, people, sandbox
from tests.docs.pages import fences

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "use-from-python.md"
# As fast as the sandbox answers, and short waits after a kill.
PACE = "calls = 5000\nwindow_s = 5\nsettle_s = 1\n"


class Cron:
    """The folder that the page shows, and the line of its crontab."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.folder = world.folder
        files = {each.title: each.text for each in fences(PAGE.read_text(encoding="utf-8"))}
        settings = files["importer.toml"].replace("api-in21.leadsquared.com", world.host)
        assert world.host in settings
        (self.folder / "importer.toml").write_text(settings + PACE)
        (self.folder / "nightly.py").write_text(files["nightly.py"])
        (self.folder / "mapping.yaml").write_text(MAPPING)
        for name in ("lists", "keys"):
            (self.folder / name).mkdir()
        for name in ("access", "secret"):
            key = self.folder / "keys" / f"acme.{name}"
            key.write_text(world.environment[f"LSQ_{name.upper()}_KEY"] + "\n")
            key.chmod(0o600)

    def put(self, name: str, rows: list[tuple[str, ...]]) -> None:
        self.world.write_csv(f"lists/{name}", rows)

    def start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            ["env", "-i", f"HOME={self.folder}", sys.executable, str(self.folder / "nightly.py")],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def night(self) -> tuple[int, str]:
        """The exit code, and the log without its times."""
        process = self.start()
        out, err = process.communicate(timeout=PATIENCE_S)
        assert out == ""
        return process.returncode, "".join(line[24:] for line in err.splitlines(keepends=True))

    def emails(self) -> Counter[str]:
        return Counter(lead["EmailAddress"] for lead in self.world.leads())


@pytest.fixture
def cron(tmp_path: Path) -> Iterator[Cron]:
    with sandbox("--limit", "none") as keys:
        yield Cron(World(tmp_path, keys))


def emails_of(rows: list[tuple[str, ...]]) -> Counter[str]:
    return Counter(row[2].lower() for row in rows)


def test_each_list_of_the_folder_is_sent_once_however_many_nights_it_lies_there(
    cron: Cron,
) -> None:
    rows = people(30)
    cron.put("a.csv", rows[:10])
    cron.put("b.csv", rows[10:20])
    first = "INFO a.csv: 10 created\nINFO b.csv: 10 created\n"
    assert cron.night() == (0, first)
    assert cron.night() == (0, first)
    assert cron.world.create_calls() == 20
    cron.put("c.csv", rows[20:])
    assert cron.night() == (0, f"{first}INFO c.csv: 10 created\n")
    assert cron.emails() == emails_of(rows)
    results = [path.name for path in (cron.folder / "out").iterdir()]
    assert sorted(results) == ["a.results.csv", "b.results.csv", "c.results.csv"]


def test_what_is_refused_and_what_cannot_be_read_is_logged_and_the_rest_goes_on(
    cron: Cron,
) -> None:
    rows = people(3)
    taken = ("Other", "Person", rows[0][2], "", "Pune")
    cron.put("a.csv", [rows[0], taken])
    (cron.folder / "lists" / "b.csv").write_text("Name,Mail\nAsha,asha@example.com\n")
    cron.put("c.csv", rows[1:])
    code, log = cron.night()
    assert code == 2
    refused = cron.folder / "out" / "a.rejects.csv"
    head, error, last = log.partition("ERROR b.csv: ")
    assert head == f"INFO a.csv: 1 created, 1 duplicate\nWARNING a.csv: to be mended: {refused}\n"
    assert "; at: " in error + last
    assert last.endswith("\nINFO c.csv: 2 created\n")
    assert cron.emails() == emails_of(rows)
    (cron.folder / "lists" / "b.csv").unlink()
    assert cron.night()[0] == 1


def test_a_night_that_is_killed_half_way_is_made_up_for_by_the_next(cron: Cron) -> None:
    rows = people(600)
    cron.put("a.csv", rows[:300])
    cron.put("b.csv", rows[300:])
    process = cron.start()
    assert cron.world.kill_when(process, 400), "the kill hit a live run"
    assert 0 < cron.world.create_calls() < 600
    assert cron.night() == (0, "INFO a.csv: 300 created\nINFO b.csv: 300 created\n")
    assert cron.emails() == emails_of(rows)
    assert cron.night()[0] == 0
    assert cron.world.create_calls() == len(cron.world.leads()) == 600


def test_a_night_that_is_ended_by_the_system_says_so_and_carries_on(cron: Cron) -> None:
    rows = people(600)
    cron.put("a.csv", rows)
    process = cron.start()
    while cron.world.create_calls() < 50:
        assert process.poll() is None
    process.terminate()
    _, log = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert "ERROR a.csv: stopped; at: None; fix: " in log
    assert cron.world.statuses()["sending"] == 0
    assert cron.night() == (0, "INFO a.csv: 600 created\n")
    assert cron.emails() == emails_of(rows)
