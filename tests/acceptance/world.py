"""A sandbox in a process of its own, and the importer run against it as a user would."""

import csv
import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE_S = 120.0
PASSED_ON = ("PATH", "LANG", "TMPDIR")
HEADER = ("First Name", "Last Name", "Email", "Phone", "City")
IN_DOUBT = "SELECT id & 4294967295 FROM row WHERE status = 'in_doubt'"
MAPPING = """\
version: 1
columns:
  First Name: FirstName
  Last Name: LastName
  Email: {field: EmailAddress, transform: [trim, lower]}
  Phone: Phone
  City: mx_City
constants:
  Source: Trade Show
"""


@dataclass
class Done:
    """A command that ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out.splitlines()[-1])
        return found


class World:
    """A folder, a sandbox's address and keys, and an environment of its own."""

    def __init__(self, folder: Path, sandbox: dict[str, str], **variables: str) -> None:
        self.folder = folder
        self.host = sandbox["LSQ_HOST"]
        self.environment = {
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            **sandbox,
            "HOME": str(folder),
            "IMPORTER_STATE": str(folder / "state"),
            "PYTHONWARNINGS": "error",
            **variables,
        }
        self.mapping = folder / "mapping.yaml"
        self.mapping.write_text(MAPPING)

    # The importer

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "importer", *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def importer(self, *arguments: object) -> Done:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=PATIENCE_S)
        assert "Traceback" not in err, err
        return Done(process.returncode, out, err)

    def run(self, file: Path, *arguments: object) -> Done:
        return self.importer("run", file, "-m", self.mapping, "--json", *arguments)

    def kill_when(self, process: "subprocess.Popen[str]", calls: int) -> bool:
        """SIGKILL it as soon as the sandbox has had so many create calls; False if it ended."""
        while process.poll() is None:
            if self.create_calls() >= calls:
                process.send_signal(signal.SIGKILL)
                break
            pause(0.005)
        process.communicate(timeout=PATIENCE_S)
        return process.returncode == -signal.SIGKILL

    # Files

    def write_csv(self, name: str, rows: Iterable[Sequence[str]]) -> Path:
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        return path

    def read_csv(self, path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    # The journal and the account

    def journal(self, sql: str) -> list[tuple[Any, ...]]:
        path = self.folder / "importer.db"
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            found = db.execute(sql).fetchall()
        db.close()
        return found

    def in_flight(self) -> int:
        """Calls that a kill cut off; rows whose fate is looked for have a time for the look."""
        if not (self.folder / "importer.db").exists():
            return 0
        sql = "SELECT count(*) FROM row WHERE status = 'sending' AND due_at IS NULL"
        return int(self.journal(sql)[0][0])

    def keyless_in_doubt(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """The numbers of the in_doubt rows; all must have neither e-mail nor phone."""
        numbers = [n for (n,) in self.journal(IN_DOUBT)]
        assert not [n for n in numbers if any(rows[n - 2][2:4])], "a unique field settles a row"
        return numbers

    def statuses(self) -> Counter[str]:
        return Counter(dict(self.journal("SELECT status, count(*) FROM row GROUP BY status")))

    def totals(self) -> dict[str, Any]:
        found: dict[str, Any] = self.get("/_sandbox/totals")
        return found

    def create_calls(self) -> int:
        return int(self.totals()["calls"].get("Lead.Create", 0))

    def leads(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("/_sandbox/leads")
        return found

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.host + path, timeout=PATIENCE_S) as reply:
            return json.load(reply)

    def post(self, path: str, text: str) -> None:
        """Change something of the sandbox while it runs."""
        request = urllib.request.Request(self.host + path, text.encode(), method="POST")
        urllib.request.urlopen(request, timeout=PATIENCE_S).close()

    def create(self, **values: str) -> None:
        """A lead that somebody else made."""
        self._write("Lead.Create", values)

    def update(self, lead_id: str, **values: str) -> None:
        """Somebody else changes a lead."""
        self._write(f"Lead.Update?leadId={lead_id}", values)

    def _write(self, call: str, values: dict[str, str]) -> None:
        body = [{"Attribute": name, "Value": value} for name, value in values.items()]
        request = urllib.request.Request(
            f"{self.host}/v2/LeadManagement.svc/{call}",
            json.dumps(body).encode(),
            {
                "Content-Type": "application/json",
                "x-LSQ-AccessKey": self.environment["LSQ_ACCESS_KEY"],
                "x-LSQ-SecretKey": self.environment["LSQ_SECRET_KEY"],
            },
        )
        urllib.request.urlopen(request, timeout=PATIENCE_S).close()


def pause(seconds: float) -> None:
    """Between two looks at a process of its own speed; nothing is judged by how long it took."""
    threading.Event().wait(seconds)


@contextmanager
def sandbox(*options: object) -> Iterator[dict[str, str]]:
    """A sandbox process; gives the three variables that it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "importer.sandbox", "--port", "0", *map(str, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        found = [shlex.split(line)[0].partition("=") for line in lines]
        yield {name: value for name, _, value in found}
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_S)


def people(count: int, *, keyless_every: int = 0) -> list[tuple[str, ...]]:
    """Rows that all differ; each so-manieth has neither e-mail nor phone."""
    rows: list[tuple[str, ...]] = []
    for i in range(count):
        keyed = not keyless_every or i % keyless_every
        email = f"Person.{i}@example.com" if keyed else ""
        phone = f"+91-98{i:08d}" if keyed and i % 3 else ""
        rows.append((f"First{i}", f"Last{i}", email, phone, "Pune"))
    return rows
