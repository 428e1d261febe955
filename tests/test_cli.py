"""What a person meets who uses a command wrongly: what, where, how to mend it; and exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from importer.journal.lock import held
from importer.model import RowStatus

RUN = ("run", "leads.csv", "-m", "mapping.yaml")
LEADS = "First Name,Email\nAsha,asha@example.com\nRavi,ravi@example.com\n"
MAPPING = "version: 1\ncolumns:\n  First Name: FirstName\n  Email: EmailAddress\n"
KEYS = {"job", "key", "file", "state", "rows", *RowStatus, "exit", "journal"}


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out.splitlines()[-1])
        return found


class Desk:
    """A folder with a list and a mapping, and the commands that a person gives there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = dict(os.environ)
        self.write("leads.csv", LEADS)
        self.write("mapping.yaml", MAPPING)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def use(self, host: str) -> None:
        """Set keys, such as a copied pair."""
        keys = {"LSQ_HOST": host, "LSQ_ACCESS_KEY": "u$rABC", "LSQ_SECRET_KEY": "DEF"}
        self.environment |= keys

    def importer(self, *arguments: str) -> Ended:
        ended = subprocess.run(
            [sys.executable, "-m", "importer", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert "Traceback" not in ended.stderr
        said = ended.stderr.replace("python -m importer", "importer")
        return Ended(ended.returncode, ended.stdout, said)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def account(desk: Desk) -> Iterator[Desk]:
    """The desk, with the keys of a sandbox."""
    with subprocess.Popen(
        [sys.executable, "-m", "importer", "sandbox", "--port", "0", "--limit", "none"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            for _ in range(3):
                name, _, value = process.stdout.readline().strip().partition("=")
                desk.environment[name] = value.strip("'")
            yield desk
        finally:
            process.terminate()


# Before anything is sent


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (
            ("run", "lead.csv", "-m", "mapping.yaml"),
            "importer: there is no such file\n"
            "  at:  lead.csv\n"
            "  fix: check the name and the folder\n",
        ),
        (
            ("run", "leads.csv", "-m", "maping.yaml"),
            "importer: there is no such mapping\n"
            "  at:  maping.yaml\n"
            "  fix: check the name and the folder\n",
        ),
        (
            ("run", ".", "-m", "mapping.yaml"),
            "importer: this is a folder or a device, not a file\n"
            "  at:  .\n"
            "  fix: name a CSV file or an Excel workbook\n",
        ),
        (
            ("run", "leads.csv"),
            "importer: a list needs a mapping\n"
            "  at:  leads.csv\n"
            "  fix: name one with -m, such as -m mappings/marketing_list.yaml\n",
        ),
        (
            ("run", "leads.csv", "-m", "leads.csv"),
            "importer: this is a list, and not a mapping\n"
            "  at:  leads.csv\n"
            "  fix: name the list first, and the YAML file after -m\n",
        ),
        (
            ("run", "leads.csv", "-m", "other.yaml"),
            'importer: the mapping names a column that the file does not have: "E-mail"\n'
            "  at:  other.yaml, line 4\n"
            '  fix: did you mean "Email"? use one of: Email\n',
        ),
        (
            RUN,
            "importer: LSQ_HOST and LSQ_ACCESS_KEY and LSQ_SECRET_KEY are not set\n"
            "  at:  the environment\n"
            "  fix: export LSQ_HOST, LSQ_ACCESS_KEY and LSQ_SECRET_KEY (in LeadSquared: My Profile"
            " > Settings > API and Webhooks; to try without an account: importer sandbox)\n",
        ),
        (("run",), "importer: Missing argument 'FILE'.\n  fix: importer run --help\n"),
        (
            (*RUN, "--limit", "0"),
            "importer: Invalid value for '--limit': 0 is not in the range x>=1.\n"
            "  fix: importer run --help\n",
        ),
        (
            (*RUN, "--skip", "5"),
            "importer: No such option '--skip'.\n  fix: importer run --help\n",
        ),
        (
            ("run", "list.csv", "--list"),
            "importer: Option '--list' requires an argument.\n  fix: importer run --help\n",
        ),
        (
            ("drops", "schedule", "--at"),
            "importer: Option '--at' requires an argument.\n"
            "  fix: importer drops schedule --help\n",
        ),
        (
            ("rnu",),
            "importer: No such command 'rnu'. Did you mean 'run'?\n  fix: importer --help\n",
        ),
        (
            ("sandbox", "--limit", "fast"),
            'importer: "fast" is no limit; use calls/seconds such as 25/5s, or none\n'
            "  fix: importer sandbox --help\n",
        ),
        (
            ("sandbox", "--port", "65536"),
            "importer: port 65536 is not one of 0 to 65535\n  fix: importer sandbox --help\n",
        ),
    ],
)
def test_a_wrong_use_ends_with_2_and_says_what_where_and_how_to_mend_it(
    desk: Desk, arguments: tuple[str, ...], error: str
) -> None:
    if arguments != RUN:
        desk.use("http://127.0.0.1:1")
    desk.write("other.yaml", MAPPING.replace("Email:", "E-mail:"))
    ended = desk.importer(*arguments)
    assert (ended.code, ended.out, ended.err) == (2, "", error)
    assert not (desk.folder / "importer.db").exists(), "a wrong use leaves nothing behind"


@pytest.mark.parametrize("command", ["status", "retry", "rejects", "results"])
def test_a_command_on_no_journal_says_how_to_get_one(desk: Desk, command: str) -> None:
    desk.use("http://127.0.0.1:1")
    ended = desk.importer(command, "--journal", "jobs.db")
    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        "importer: there is no journal yet\n"
        f"  at:  {desk.folder / 'jobs.db'}\n"
        "  fix: importer run FILE -m MAPPING makes one; or name it with --journal\n",
    )
    assert not (desk.folder / "jobs.db").exists()


def test_a_journal_in_a_folder_that_is_not_there_is_refused(desk: Desk) -> None:
    desk.use("http://127.0.0.1:1")
    ended = desk.importer(*RUN, "--journal", "nowhere/jobs.db")
    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        "importer: the journal cannot be made: No such file or directory\n"
        f"  at:  {desk.folder / 'nowhere' / 'jobs.db'}\n"
        "  fix: name a file in a folder that you can write to with --journal\n",
    )


def test_a_wrong_rate_is_refused(desk: Desk) -> None:
    desk.use("http://127.0.0.1:1")
    ended = desk.importer(*RUN, "--rate", "fast")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith(
        'importer: this is no rate: "fast"\n'
        "  fix: write calls/seconds, such as 25/5s, or none for no limit\n"
    )


@pytest.mark.parametrize(
    ("host", "what"),
    [
        ("http://api.example.com", 'keys would travel unencrypted to "api.example.com"'),
        ("ftp://api.example.com", 'this is no host: "ftp://api.example.com"'),
        ("https://", 'this is no host: "https://"'),
    ],
)
def test_a_wrong_host_is_refused(desk: Desk, host: str, what: str) -> None:
    desk.use(host)
    ended = desk.importer(*RUN)
    assert (ended.code, ended.out) == (2, "")
    assert f"importer: {what}\n" in ended.err


@pytest.mark.parametrize("name", ["IMPORTER_TIMEOUT_S", "IMPORTER_SETTLE_S", "IMPORTER_TRIES"])
def test_a_number_that_is_none_is_refused_with_its_variable(desk: Desk, name: str) -> None:
    desk.environment[name] = "soon"
    ended = desk.importer("status")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f'importer: {name} is "soon"\n  at:  the environment\n')


def test_a_key_with_a_space_is_refused_and_not_shown(desk: Desk) -> None:
    desk.use("http://127.0.0.1:1")
    desk.environment["LSQ_SECRET_KEY"] = "hush hush"
    ended = desk.importer(*RUN)
    assert (ended.code, ended.out) == (2, "")
    assert "LSQ_SECRET_KEY has a space" in ended.err
    assert "hush" not in ended.err


def test_an_account_that_cannot_be_reached_ends_with_75_and_stores_nothing(desk: Desk) -> None:
    desk.use("http://127.0.0.1:1")
    ended = desk.importer(*RUN, "--json")
    assert (ended.code, ended.json["exit"], ended.json["job"]) == (75, 75, None)
    assert "127.0.0.1:1 cannot be reached" in ended.json["error"]["what"]
    assert "nothing was sent" in ended.err


# With an account


def test_wrong_keys_are_told_and_nothing_is_stored(account: Desk) -> None:
    account.environment["LSQ_SECRET_KEY"] = "wrong"
    ended = account.importer(*RUN)
    assert (ended.code, ended.out) == (2, "")
    assert "refuses the keys: Invalid Access Details provided." in ended.err
    assert account.importer("status", "--json").json == {"jobs": []}


def test_a_job_or_a_status_that_is_not_there_is_refused_with_the_choices(account: Desk) -> None:
    assert account.importer(*RUN, "--rate", "none").code == 0
    for arguments in (("status", "7"), ("rejects", "7"), ("results", "7"), ("retry", "7")):
        ended = account.importer(*arguments)
        assert (ended.code, ended.out, ended.err) == (
            2,
            "",
            'importer: the journal has no job "7"\n'
            f"  at:  {account.folder / 'importer.db'}\n"
            "  fix: use one of: 1 (importer status lists them)\n",
        )
    for status, what in {
        "lost": 'there is no status "lost"',
        "created": "rows that are created are not sent again: they are in the account",
        "in_doubt": "rows that are in_doubt are not sent again: decide on them first: importer"
        " resolve",
    }.items():
        ended = account.importer("retry", "--status", status)
        fix = "use one of: duplicate, rejected, deleted, failed"
        assert (ended.code, ended.err) == (2, f"importer: {what}\n  fix: {fix}\n")


def test_a_job_that_another_importer_has_ends_with_75(account: Desk) -> None:
    assert account.importer(*RUN, "--rate", "none").code == 0
    journal = account.folder / "importer.db"
    key = account.importer("status", "1", "--json").json["key"]
    with held(journal, f"job-{key}"):
        ended = account.importer("retry", "1")
    assert (ended.code, ended.err) == (
        75,
        f"importer: another importer is at work on job {key} of this journal\n"
        f"  at:  {journal}\n"
        "  fix: wait until it ends, or stop it with Ctrl-C; nothing was sent from here\n",
    )


def test_keys_of_another_account_are_refused(account: Desk) -> None:
    assert account.importer(*RUN, "--rate", "none").code == 0
    job = account.importer("status", "1", "--json").json
    assert job["created"] == 2
    # The folder's sandbox ends with the test: a second one is another organisation.
    with subprocess.Popen(
        [sys.executable, "-m", "importer", "sandbox", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        account.environment["LSQ_HOST"] = process.stdout.readline().strip().partition("=")[2]
        ended = account.importer("retry", "1")
        process.terminate()
    assert ended.code == 2
    assert "importer: job 1 belongs to the account " in ended.err
    fix = "name the job's account with --account, or export its keys; nothing was sent"
    assert fix in ended.err


def test_a_file_as_the_folder_to_write_to_is_refused(account: Desk) -> None:
    assert account.importer(*RUN, "--rate", "none").code == 0
    ended = account.importer("results", "--out", "leads.csv")
    assert ended.code == 2
    assert "written there: it is a file, not a folder" in ended.err


# For scripts


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "lead.csv", "-m", "mapping.yaml"),
        (*RUN, "--skip", "5"),
        (*RUN, "--limit", "none"),
        ("run",),
        ("rnu",),
        ("status", "1"),
        ("status",),
        ("status", "1", "2"),
        ("retry",),
        ("rejects",),
        ("results", "--journal", "leads.csv"),
    ],
)
def test_with_json_a_wrong_use_ends_stdout_with_one_object(
    desk: Desk, arguments: tuple[str, ...]
) -> None:
    ended = desk.importer(*arguments, "--json")
    found = ended.json
    assert ended.out.count("\n") == 1
    assert set(found) == {*KEYS, "error"}
    assert (ended.code, found["exit"]) == (2, 2)
    assert {name for name in KEYS - {"exit", "journal"} if found[name] is not None} == set()
    assert set(found["error"]) == {"what", "where", "fix"}
    assert found["error"]["what"]
    assert ended.err.startswith(f"importer: {found['error']['what']}\n")


def test_with_json_every_command_ends_stdout_with_one_object(account: Desk) -> None:
    journal = str(account.folder / "importer.db")
    known: dict[str, object] = {
        **dict.fromkeys(RowStatus, 0),
        "job": 1,
        "file": str(account.folder / "leads.csv"),
        "state": "finished",
        "rows": 2,
        "created": 2,
        "exit": 0,
        "journal": journal,
    }
    for arguments in (
        (*RUN, "--rate", "none"),
        RUN,
        ("retry",),
        ("rejects", "1"),
        ("results",),
        ("status", "1"),
    ):
        ended = account.importer(*arguments, "--json")
        found = ended.json
        assert ended.out.count("\n") == 1
        assert len(found.pop("key")) == 12
        assert (found.pop("read_back", None) is not None) is ("--rate" in arguments)
        assert found == known
    jobs = account.importer("status", "--json").json["jobs"]
    assert [set(job) for job in jobs] == [KEYS]


def test_quiet_leaves_out_what_nobody_asked_for(account: Desk) -> None:
    ended = account.importer(*RUN, "--rate", "none", "-q")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("job 1 (")


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("run", "-h"), ("--version",)])
def test_help_goes_to_stdout_and_ends_with_0(desk: Desk, arguments: tuple[str, ...]) -> None:
    ended = desk.importer(*arguments)
    assert (ended.code, ended.err) == (0, "")
    assert "importer" in ended.out


def test_no_command_at_all_shows_the_commands(desk: Desk) -> None:
    ended = desk.importer()
    assert ended.code == 2
    assert "importer run leads.xlsx -m mappings/webinar.yaml" in ended.out
