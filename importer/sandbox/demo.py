"""`make demo`: an import that is killed half-way, carried on, mended, and then counted.

In: sample_data/ and mappings/, and the command `importer`, run as a person would. Out: its files
in build/demo, to be looked at. It sends nothing beyond this machine, and trusts no word of the
importer: the last step asks the sandbox what it has.
"""

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LIST = Path("sample_data/trade_show.csv")
MAPPING = Path("mappings/marketing_list.yaml")
FOLDER = Path("build/demo")
REJECTS = FOLDER / "trade_show.rejects.csv"
RESULTS = FOLDER / "trade_show.results.csv"
DATABASE = FOLDER / "importer.db"

LIMIT = "25/5s"  # create-a-lead: "25 API calls in 5 seconds"
WINDOW_S = 5.0
SANDBOX = ("sandbox", "--port", "0", "--limit", LIMIT, "--latency", "100-300", "--uplink", "20-60")
SETTLE_S = 5  # 30 outside of the demo
OURS = {
    "IMPORTER_JOURNAL": str(DATABASE),
    "IMPORTER_STATE": str(FOLDER / "state"),
    "IMPORTER_SETTLE_S": str(SETTLE_S),
}
PLANTED = {40: "EmailAddress", 150: "Phone"}  # rows of the list, and the value that is taken
CREATE = "/v2/LeadManagement.svc/Lead.Create"
POLL_S = 0.01  # a call takes 100 ms or more: one is under way when the kill comes
SURPLUS = re.compile(r'so that "(.*)" stands under no column')

Row = dict[str, str]


class DemoError(Exception):
    """The demo did not come to its end; the text says where."""


def main() -> int:
    try:
        if not (LIST.is_file() and MAPPING.is_file()):
            raise DemoError(f"run it where {LIST} and {MAPPING} are")
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        with sandbox() as keys:
            play(Account(keys))
    except DemoError as error:
        say(f"demo: {error}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


class Account:
    """The sandbox, asked past the importer."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.keys = keys
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, path: str, body: object = None) -> Any:
        request = urllib.request.Request(
            self.keys["LSQ_HOST"] + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                "x-LSQ-AccessKey": self.keys["LSQ_ACCESS_KEY"],
                "x-LSQ-SecretKey": self.keys["LSQ_SECRET_KEY"],
            },
        )
        with self._opener.open(request, timeout=30) as reply:
            return json.load(reply)

    def creates(self) -> int:
        found: int = self.ask("/_sandbox/totals")["creates"]
        return found


def play(account: Account) -> None:
    """The steps, in the order in which a person would take them. Raises DemoError."""
    rows = read_csv(LIST)
    run = ["run", str(LIST), "-m", str(MAPPING), "--out", str(FOLDER)]

    step("Two people of the list are in the account already")
    planted = [plant(account, rows[index], field) for index, field in PLANTED.items()]
    time.sleep(WINDOW_S)  # their calls count against the limit as well

    step(f"Import {len(rows)} rows, and kill the importer half-way (kill -9)", run)
    kill_half_way(account, run, len(planted) + len(rows) // 2)

    step("Carry on: the same command again", run)
    say(
        f"Calls without a reply are looked up first. The demo lets them rest {SETTLE_S} s before"
        " it\nbelieves that they never arrived (IMPORTER_SETTLE_S); without that it is 30 s."
    )
    importer(account.keys, run, may_end=(0, 1))

    step(f"What was refused, with the reason: {REJECTS}")
    show_rejects(read_csv(REJECTS))

    step("Mend these rows, as a person would in Excel, and run the reject file", ["run", REJECTS])
    mend_file(REJECTS)
    importer(account.keys, ["run", str(REJECTS)], may_end=(0,))

    step("Ask the account itself")
    check(account, [row["Lead Id"] for row in accepted(read_csv(RESULTS))], planted)
    say(f"\nThe files are in {FOLDER}. Look at them, and at: importer status --journal {DATABASE}")


# The sandbox, and the commands


@contextmanager
def sandbox() -> Iterator[dict[str, str]]:
    """A sandbox on a free port, and what it tells to export."""
    step("Start a local stand-in for LeadSquared, with its limit and its delays", SANDBOX)
    with (
        (FOLDER / "sandbox.log").open("w+") as log,
        subprocess.Popen(
            command(SANDBOX), stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None, "it is a pipe"
            lines = [process.stdout.readline().strip() for _ in range(3)]
            if not all(lines):
                log.seek(0)
                raise DemoError(f"the sandbox did not start: {log.read().strip()}")
            say("\n".join(f"export {line}" for line in (*lines, *map("=".join, OURS.items()))))
            yield dict(shlex.split(line)[0].split("=", 1) for line in lines)
        finally:
            process.terminate()


def command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "importer", *arguments]


def environment(keys: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **keys, **OURS}


def importer(keys: Mapping[str, str], arguments: Sequence[str], *, may_end: Sequence[int]) -> None:
    """Run one command; what it says goes where ours goes."""
    code = subprocess.run(command(arguments), env=environment(keys), check=False).returncode
    if code not in may_end:
        raise DemoError(f"importer {arguments[0]} ended with exit code {code}")


def kill_half_way(account: Account, arguments: Sequence[str], leads: int) -> None:
    """Kill the run as soon as the account has so many leads."""
    with subprocess.Popen(command(arguments), env=environment(account.keys)) as process:
        try:
            while account.creates() < leads:
                if process.poll() is not None:
                    raise DemoError(f"the import ended by itself, with {process.returncode}")
                time.sleep(POLL_S)
        finally:
            process.kill()
    ending = "\n" if sys.stderr.isatty() else ""
    say(f"{ending}killed, with {account.creates()} leads in the account")


# The account before the import, and after it


def plant(account: Account, row: Row, field: str) -> str:
    """Create a lead that has the row's unique value; its Id."""
    value = row["Email"] if field == "EmailAddress" else row["Phone"]
    attributes = {"FirstName": row["First Name"], field: value, "Source": "Web"}
    body = [{"Attribute": name, "Value": value} for name, value in attributes.items()]
    say(f"  {row['First Name']} {row['Last Name']}, by {field}: {value}")
    found: str = account.ask(CREATE, body)["Message"]["Id"]
    return found


def check(account: Account, ours: Sequence[str], planted: Sequence[str]) -> None:
    """Raises DemoError: a lead too many or too few, one that is there twice, a throttled call."""
    leads = account.ask("/_sandbox/leads")
    totals = account.ask("/_sandbox/totals")
    ids = [lead["ProspectID"] for lead in leads]
    unique = [lead[name] for lead in leads for name in ("EmailAddress", "Phone") if lead.get(name)]
    facts = {
        f"{len(leads)} leads in the account: {len(planted)} that were there, and"
        f" {len(ours)} accepted rows": sorted(ids) == sorted([*ours, *planted]),
        "no lead twice: every Id, e-mail and phone once": totals["creates"] == len(set(ids))
            and len(set(unique)) == len(unique),
        f"no call throttled; {totals['max_in_window']} calls at most in any 5 s":
            totals["throttled"] == 0,
    }  # fmt: skip
    for fact, holds in facts.items():
        say(f"  {'yes' if holds else 'NO '}  {fact}")
    if not all(facts.values()):
        raise DemoError(f"the account is not as it should be: {json.dumps(totals)}")


# The reject file, as a person sees and mends it


def show_rejects(rows: Sequence[Row]) -> None:
    width = min(shutil.get_terminal_size((100, 24)).columns - 1, 120)
    say(f"  {'Import Row':<11} {'Name':<20} Reject Code, and Reject Reason")
    for row in rows:
        name = f"{row['First Name']} {row['Last Name']}".strip() or "–"
        say(f"  {row['Import Row']:<11} {name:<20} {row['Reject Code']}")
        say(textwrap.indent(textwrap.fill(row["Reject Reason"], max(width - 14, 40)), " " * 14))


def mend_file(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = list(reader.fieldnames or ())
        rows = [mended(row) for row in reader]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


def mended(row: Row) -> Row:
    """The row, with what its reason complains of put right."""
    code, column, reason = row["Reject Code"], row["Reject Column"], row["Reject Reason"]
    name = f"{row['First Name']}.{row['Last Name']}".lower()
    if code in ("MXDuplicateEntryException", "duplicate_in_file"):
        # Another address of that person; or a shared phone, which the other lead keeps.
        return {**row, column: f"{name}@new.example.com" if column == "Email" else ""}
    if code == "no_name_or_contact":
        return {**row, "Last Name": row["Company"]}
    if code == "row_width" and (surplus := SURPLUS.search(reason)):
        return {
            **row,
            "Job Title": f"{row['Job Title']},{row['City']}",
            "City": row["Country"],
            "Country": row["Zip"],
            "Zip": row["Notes"],
            "Notes": surplus[1],
        }
    if code == "MXInvalidInputException" and "EmailAddress" in reason:
        return {**row, "Email": "@".join(re.split(r"\.(?=example\.)", row["Email"]))}
    raise DemoError(f"no way to mend row {row['Import Row']}: {code}, {reason}")


def read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def accepted(rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if row["Import Status"] == "created")


# What is said


def step(title: str, arguments: Sequence[str | Path] = ()) -> None:
    say(f"\n== {title}")
    if arguments:
        say(f"$ importer {shlex.join(map(str, arguments))}")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
