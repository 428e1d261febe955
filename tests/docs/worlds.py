"""What a page takes for granted before its first command, and what must be so after its last."""

import json
import re
import sqlite3
import urllib.request
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.docs.pages import consoles, fences
from tests.docs.terminal import DONE, FOLDER, Terminal

DOCS = Path(__file__).parents[2] / "docs"

Step = Callable[[Terminal], None]
IMPORT = "importer run sample_data/trade_show.csv -m mappings/marketing_list.yaml"
ROWS = 240  # of trade_show.csv


def nothing(terminal: Terminal) -> None:
    pass


@dataclass(frozen=True)
class World:
    """sandbox: its options. starts_sandbox: the page starts it itself, and exports its keys.
    codes: that its commands may end with."""

    sandbox: tuple[str, ...] = ()
    starts_sandbox: bool = False
    codes: tuple[int, ...] = DONE
    before: Step = nothing
    after: Step = nothing


def run(terminal: Terminal, command: str, *codes: int) -> list[str]:
    printed = terminal.said(command)
    assert terminal.code in (codes or (0,)), f"{command} ends with {terminal.code}: {printed}"
    return printed


def imported(terminal: Terminal) -> None:
    """The list of the README, with seven rows that are refused."""
    run(terminal, IMPORT, 1)


# The account, and the journal


def ask(terminal: Terminal, path: str) -> Any:
    with urllib.request.urlopen(terminal.host + path, timeout=60) as reply:
        return json.load(reply)


def no_lead_twice(terminal: Terminal) -> None:
    """Every lead of the account has its own e-mail and phone, and is the lead of one row."""
    leads = ask(terminal, "/_sandbox/leads")
    for name in ("EmailAddress", "Phone", "ProspectID"):
        values = Counter(lead[name] for lead in leads if lead.get(name))
        assert [value for value, times in values.items() if times > 1] == []
    assert statuses(terminal)["created"] == len(leads)


def statuses(terminal: Terminal) -> Counter[str]:
    with closing(sqlite3.connect(terminal.folder / "importer.db")) as db:
        return Counter(dict(db.execute("SELECT status, count(*) FROM row GROUP BY status")))


# The worlds


def first_import_is_done(terminal: Terminal) -> None:
    leads = {lead["EmailAddress"]: lead for lead in ask(terminal, "/_sandbox/leads")}
    assert {*leads} == {f"{n}@example.com" for n in NAMES}
    assert leads["jonas.weber@example.com"]["Phone"] == "+49-3023125000"


NAMES = ("asha.rao", "ravi.nair", "meera.das", "jonas.weber", "lina.pillai")


def list_is_imported(terminal: Terminal) -> None:
    """The first of the three jobs: every row has its end, and no lead is there twice."""
    counts = statuses(terminal)
    assert sum(counts.values()) == ROWS
    assert counts["pending"] == counts["sending"] == 0
    assert counts["created"] == 231
    no_lead_twice(terminal)


def some_rows_fail(terminal: Terminal) -> None:
    """One try a row, where one call in ten goes wrong; the list is gone afterwards."""
    terminal.environment["IMPORTER_TRIES"] = "1"
    run(terminal, IMPORT, 1)
    del terminal.environment["IMPORTER_TRIES"]
    assert statuses(terminal)["failed"] > 0
    (terminal.folder / "sample_data" / "trade_show.csv").unlink()


def failed_rows_are_sent(terminal: Terminal) -> None:
    """The second job."""
    counts = statuses(terminal)
    assert (counts["failed"], counts["created"]) == (0, 231)
    no_lead_twice(terminal)


def cron_runs_the_line(terminal: Terminal) -> None:
    """The third job: the page's own line, in what cron gives to a command. The second night has
    the same list, the third one that has grown by a row."""
    run_by_cron(terminal)
    assert statuses(terminal)["created"] == 231
    with (terminal.folder / "nightly.csv").open("a", encoding="utf-8") as file:
        file.write("Nila,Iyer,nila.iyer@example.com,+91-9845011111,,,Chennai,India,600001,\r\n")
    run_by_cron(terminal)
    assert statuses(terminal)["created"] == 232
    no_lead_twice(terminal)


def run_by_cron(terminal: Terminal) -> None:
    page = (DOCS / "how-to" / "run-from-cron.md").read_text(encoding="utf-8")
    (line,) = (each.text for each in fences(page) if each.language == "cron")
    *times, command = line.strip().split(maxsplit=5)
    assert times == ["30", "2", "*", "*", "*"]
    environment, log = terminal.environment, terminal.folder / "nightly.log"
    terminal.environment = {"PATH": "/usr/bin:/bin"}
    terminal.environment |= {name: environment[name] for name in ("HOME", "IMPORTER_STATE")}
    log.unlink(missing_ok=True)
    assert run(terminal, command.replace(FOLDER, str(terminal.folder)), 1) == []
    terminal.environment = environment
    assert log.read_text(encoding="utf-8").endswith("rows to mend: see nightly.rejects.csv\n")


# What `drops schedule` prints where it is set: not on the page, and of this computer alone.
OF_COMPUTER = re.compile(r"IMPORTER_STATE|XDG_STATE_HOME|SSL_CERT_\w+|\w+_PROXY", re.IGNORECASE)


def computer_is_plain(terminal: Terminal) -> None:
    for name in list(terminal.environment):
        if OF_COMPUTER.fullmatch(name):
            del terminal.environment[name]


def drops_are_put_away(terminal: Terminal) -> None:
    """Journal, account and folder agree; nothing is left in the folder but its lock."""
    inbox = terminal.folder / "inbox" / "events"
    assert [path.name for path in inbox.iterdir() if path.is_file()] == [".importer.lock"]
    assert {path.name for path in inbox.glob("done/*/*") if ".re" not in path.name} == {
        "trade_show.csv",
        "trade_show-2.csv",
        "tuesday.csv",
    }
    assert statuses(terminal)["created"] == 233
    no_lead_twice(terminal)


def reports_are_written(terminal: Terminal) -> None:
    found = {path.name for path in terminal.folder.rglob("*.html")}
    assert found == {
        "webinar_signups.report.html",
        "trade_show.report.html",
        "importer-history.html",
    }


KEYS = ("Access", "Secret")
LEAD_OF_PAGE = "8b2f1a5e-0c7d-4e7b-9f55-2d6a3c1e9b01"
KEYLESS = "First Name,Last Name\nAsha,Rao\nRavi,Nair\nMeera,Das\n"
KEYLESS_MAPPING = """\
version: 1
columns: {First Name: FirstName, Last Name: LastName}
unique: []
"""


def three_rows_are_in_doubt(terminal: Terminal) -> None:
    """Their calls are reset before anything is done, and they have no unique value. Of the first
    there is a lead after all."""
    (terminal.folder / "walk_ins.csv").write_text(KEYLESS)
    (terminal.folder / "walk_ins.yaml").write_text(KEYLESS_MAPPING)
    terminal.environment["IMPORTER_SETTLE_S"] = "1"
    run(terminal, "importer run walk_ins.csv -m walk_ins.yaml", 1)
    assert statuses(terminal) == {"in_doubt": 3}
    terminal.real[LEAD_OF_PAGE] = create(terminal, FirstName="Asha", LastName="Rao")


def create(terminal: Terminal, **values: str) -> str:
    """A lead that somebody made; its Id."""
    keys = {f"x-LSQ-{n}Key": terminal.environment[f"LSQ_{n.upper()}_KEY"] for n in KEYS}
    request = urllib.request.Request(
        f"{terminal.host}/v2/LeadManagement.svc/Lead.Create",
        json.dumps([{"Attribute": name, "Value": text} for name, text in values.items()]).encode(),
        {"Content-Type": "application/json", **keys},
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        lead_id: str = json.load(reply)["Message"]["Id"]
    return lead_id


def doubts_are_settled(terminal: Terminal) -> None:
    assert statuses(terminal) == {"created": 2, "skipped": 1}
    assert len(ask(terminal, "/_sandbox/leads")) == 2


def three_rows_are_left_out(terminal: Terminal) -> None:
    assert statuses(terminal) == {"created": 2, "skipped": 3}
    leads = ask(terminal, "/_sandbox/leads")
    assert {(lead["FirstName"], lead["LastName"]) for lead in leads} == {
        ("Asha", "Rao"),
        ("Jan", "van der Berg"),
    }


def half_of_the_replies_are_lost(terminal: Terminal) -> None:
    terminal.environment["IMPORTER_SETTLE_S"] = "1"


def each_row_has_one_lead(terminal: Terminal) -> None:
    """By the first journal, and by the second."""
    assert statuses(terminal) == {"created": 4}
    assert {"reset", "reset_after"} <= {*ask(terminal, "/_sandbox/totals")["faults"]}
    no_lead_twice(terminal)
    journal_is_moved_away_whole(terminal, "stamp-rows.md", "lost-*")


WEBINAR = "importer run sample_data/webinar_signups.csv -m mappings/webinar.yaml"


def half_sent_and_damaged(terminal: Terminal) -> None:
    """Five rows were sent; what stands as the state of two others is none."""
    run(terminal, f"{WEBINAR} --limit 5")
    with closing(sqlite3.connect(terminal.folder / "importer.db")) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("UPDATE row SET status = 'qending' WHERE (id & 4294967295) IN (11, 12)")
        db.commit()


def three_leads_are_on_two_lists(terminal: Terminal) -> None:
    leads = {lead["ProspectID"] for lead in ask(terminal, "/_sandbox/leads")}
    lists = ask(terminal, "/_sandbox/lists")
    assert len(leads) == 3
    for name in ("Trade Show 2026", "Follow-up, November"):
        assert {*lists[name]} == leads


def sent_by_two_journals(terminal: Terminal) -> None:
    """The second has met the five leads of the first, and a row that is there twice."""
    leads = ask(terminal, "/_sandbox/leads")
    assert len({lead["EmailAddress"] for lead in leads}) == len(leads) == 12
    assert (statuses(terminal)["created"], statuses(terminal)["duplicate"]) == (7, 6)
    journal_is_moved_away_whole(terminal, "save-a-damaged-journal.md", "damaged-*")


def journal_is_moved_away_whole(terminal: Terminal, page: str, folders: str) -> None:
    """By the page's own command, which was given before: with what a killed run leaves, and away
    from the other one."""
    blocks = consoles((DOCS / "how-to" / page).read_text(encoding="utf-8"))
    (move,) = [each.command for block in blocks for each in block if each.command.startswith("mv ")]
    for ending in ("-wal", "-shm"):
        (terminal.folder / f"importer.db{ending}").touch()
    assert run(terminal, move) == []
    assert [*terminal.folder.glob("importer.db*")] == []
    found = [{path.name for path in each.iterdir()} for each in terminal.folder.glob(folders)]
    closed = {"importer.db", "importer.db.locks"}
    assert sorted(found, key=len) == [closed, {*closed, "importer.db-wal", "importer.db-shm"}]


WORLDS: Mapping[str, World] = {
    "tutorial/first-import.md": World(starts_sandbox=True, after=first_import_is_done),
    "how-to/import-a-list.md": World(after=list_is_imported),
    "how-to/leave-rows-out.md": World(after=three_rows_are_left_out),
    "how-to/undo-an-import.md": World(before=imported, after=no_lead_twice, codes=(0, 1)),
    "how-to/add-to-a-list.md": World(after=three_leads_are_on_two_lists),
    "how-to/read-the-report.md": World(before=imported, after=reports_are_written),
    "how-to/mend-refused-rows.md": World(before=imported, after=no_lead_twice),
    "how-to/re-run-failed-rows.md": World(
        ("--fault", "bare500=10%"), before=some_rows_fail, after=failed_rows_are_sent
    ),
    "how-to/resolve-doubtful-rows.md": World(
        ("--fault", "reset=50%", "--seed", "289"),
        before=three_rows_are_in_doubt,
        after=doubts_are_settled,
    ),
    "how-to/stamp-rows.md": World(
        ("--unique", "mx_Import_Key", "--fault", "reset=25%,reset_after=25%", "--seed", "5"),
        before=half_of_the_replies_are_lost,
        after=each_row_has_one_lead,
    ),
    "how-to/run-from-cron.md": World(after=cron_runs_the_line),
    "how-to/nightly-drops.md": World(codes=(*DONE, 2), after=drops_are_put_away),
    "how-to/schedule-drops.md": World(before=computer_is_plain),
    "how-to/purge-and-privacy.md": World(before=imported),
    "how-to/save-a-damaged-journal.md": World(
        before=half_sent_and_damaged, after=sent_by_two_journals
    ),
}
