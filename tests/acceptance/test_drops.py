"""Three nights of drops in one: what comes, what goes wrong, and what is there in the morning."""

import csv
import json
import os
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import HEADER, World, people, sandbox

SETTINGS = """\
journal = "importer.db"
[accounts.acme]
host = "{host}"
access_key = {{ env = "LSQ_ACCESS_KEY" }}
secret_key = {{ env = "LSQ_SECRET_KEY" }}
calls = 400
window_s = 1
settle_s = 1
{more}
[[drops]]
name = "events"
folder = "inbox/events"
pattern = "*.csv"
mapping = "mapping.yaml"
account = "acme"
quiet_s = 0.3
[notices]
log_file = "importer.log"
metrics_file = "importer.prom"
"""


class Nights:
    def __init__(self, world: World) -> None:
        self.world = world
        self.inbox = world.folder / "inbox" / "events"
        self.inbox.mkdir(parents=True)
        self.settings()

    def settings(self, more: str = "") -> None:
        text = SETTINGS.format(host=self.world.host, more=more)
        (self.world.folder / "importer.toml").write_text(text)

    def put(self, name: str, rows: list[tuple[str, ...]], header: Any = HEADER) -> Path:
        """Whole at once, as by a rename."""
        whole = self.world.folder / "whole.csv"
        with whole.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return whole.rename(self.inbox / name)

    def start(self) -> "subprocess.Popen[str]":
        return self.world.start("drops", "run", "--json")

    def night(self) -> tuple[int, dict[str, str]]:
        """The exit code, and what became of each file."""
        done = self.world.importer("drops", "run", "--json")
        return done.code, fates(done.out)

    def a_day_goes_by(self) -> None:
        """As the account's quota file has it."""
        for path in Path(self.world.environment["IMPORTER_STATE"]).glob("account-*.db"):
            with closing(sqlite3.connect(path)) as db:
                db.execute("UPDATE hour SET hour = hour - 30")
                db.commit()

    def emails(self) -> Counter[str]:
        return Counter(lead["EmailAddress"] for lead in self.world.leads())


def fates(out: str) -> dict[str, str]:
    return {each["file"]: each["fate"] for each in json.loads(out.splitlines()[-1])["files"]}


@contextmanager
def somebody_writes(path: Path) -> Iterator[None]:
    """A row every few milliseconds, until the end of the block."""
    is_over = threading.Event()

    def write() -> None:
        with path.open("a", encoding="utf-8") as file:
            while not is_over.wait(0.02):
                file.write("A,B,,,\n")
                file.flush()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    with sandbox("--limit", "none") as keys:
        yield Nights(World(tmp_path, keys))


def test_three_nights_after_which_folder_journal_and_account_agree(nights: Nights) -> None:
    everybody = people(160)
    first, export, later, grown, rest = (
        everybody[:20], everybody[20:80], everybody[80:100], everybody[100:130], everybody[130:]
    )  # fmt: skip

    # The first night: one file is whole, one is being written; a link leads to somebody's secrets;
    # two passes begin at once.
    first_file = nights.put("first.csv", first)
    secret = nights.world.folder / "secret.csv"
    secret.write_text(first_file.read_text().replace("Person.", "Secret."))
    (nights.inbox / "trick.csv").symlink_to(secret)
    with somebody_writes(nights.inbox / "later.csv"):
        passes = [nights.start(), nights.start()]
        ended = [(each.communicate(timeout=120)[0], each.returncode) for each in passes]
    codes = sorted(code for _, code in ended)
    assert codes == [75, 75]
    told = [fates(out) for out, _ in ended]
    assert sorted(each.get("first.csv", "") for each in told) == ["", "done"]
    assert [each["later.csv"] for each in told if "later.csv" in each] == ["waiting"]
    assert nights.emails() == Counter(row[2].lower() for row in first)

    # The second: the export is cut off by a kill; the first file comes again under another name;
    # one has lost its column of e-mails.
    nights.put("later.csv", later)
    nights.put("export.csv", export)
    process = nights.start()
    assert nights.world.kill_when(process, len(first) + len(later) + 15)
    nights.put("again.csv", first)
    nights.put("drift.csv", rest, [name.replace("Email", "Mail address") for name in HEADER])
    sent = nights.world.create_calls()
    code, found = nights.night()
    assert code == 2
    assert found["drift.csv"] == "held"
    assert found["again.csv"] == "done"
    assert found["export.csv"] == "done"
    assert found["trick.csv"] == "left_alone"
    assert nights.world.create_calls() - sent <= len(export) + len(later)

    # The third: the export has grown, and the day's calls are too few.
    nights.a_day_goes_by()
    nights.settings("daily_calls = 25\nreserve_calls = 5")
    nights.put("export.csv", [*export, *grown])
    (nights.inbox / "drift.csv").unlink()
    nights.put("rest.csv", rest)
    code, found = nights.night()
    assert (code, found["export.csv"], found["rest.csv"]) == (75, "open", "open")
    nights.a_day_goes_by()
    nights.settings()
    code, found = nights.night()
    assert (code, found["export.csv"], found["rest.csv"]) == (0, "done", "done")

    assert nights.emails() == Counter(row[2].lower() for row in everybody)
    statuses = nights.world.statuses()
    assert statuses["created"] == len(everybody)
    assert set(statuses) == {"created", "skipped"}
    left = sorted(each.name for each in nights.inbox.iterdir() if not each.name.startswith("."))
    assert left == ["done", "trick.csv"]
    done = {each.name for each in nights.inbox.glob("done/*/*.csv") if "results" not in each.name}
    assert done == {"first.csv", "later.csv", "again.csv", "export.csv", "export-2.csv", "rest.csv"}
    assert nights.night() == (0, {"trick.csv": "left_alone"})
    log = (nights.world.folder / "importer.log").read_text()
    assert "First1" not in log
    assert "example.com" not in log
    assert "importer_pass_exit_code 0.0" in (nights.world.folder / "importer.prom").read_text()
    assert os.stat(nights.world.folder / "importer.log").st_mode & 0o077 == 0
