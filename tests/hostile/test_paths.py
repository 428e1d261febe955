"""Names of files that nobody would choose, links, and who may read what is written."""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.acceptance.world import PATIENCE_S, Done, World, pause, sandbox
from tests.fuzz.verdict import CONTROLS

MAPPING = """\
version: 1
columns:
  First Name: FirstName
  Email: {field: EmailAddress, transform: email}
"""
NAMES = [
    b"plain.csv",
    b"two\nlines\r.csv",
    b'it\'s "his" list.csv',
    b"-list.csv",
    b"--help",
    b"caf\xe9 \xff.csv",
    b"\x1b]0;title\x07red\x1b[31m.csv",
    "list\u202evsc.exe".encode(),
    b"%s{0}$HOME`id`$(id)!!\\n.csv",
    b"  .csv",
    b".csv",
    b"x" * 250 + b".csv",
]
NUMBERS = count(1)  # of people: no two tests have the same
SCRIPTS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def account() -> Iterator[dict[str, str]]:
    with sandbox("--limit", "none") as variables:
        yield variables


class Person(World):
    def write(self, path: bytes, *emails: str) -> None:
        """A list. path: within the folder."""
        lines = ["First Name,Email", *(f"Ada,{email}" for email in emails)]
        with open(os.fsencode(self.folder) + b"/" + path, "w") as file:
            file.write("\n".join(lines) + "\n")

    def do(self, *words: bytes | str, umask: int = -1) -> Done:
        """The importer's command `importer`, in the folder; its output may hold any bytes."""
        command = [os.fsencode(SCRIPTS / "importer"), *map(os.fsencode, words)]
        return self._done(command, umask)

    def type(self, line: str) -> Done:
        """Into a shell."""
        return self._done(["bash", "-c", line])

    def _done(self, command: "list[bytes] | list[str]", umask: int = -1) -> Done:
        environment = {**self.environment, "PATH": f"{SCRIPTS}:{os.environ['PATH']}"}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            check=False,
            timeout=PATIENCE_S,
            umask=umask,
        )
        said = (done.stdout + done.stderr).decode()
        assert not CONTROLS.search(said), said
        assert "Traceback" not in said, said
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def person(tmp_path: Path, account: dict[str, str]) -> Person:
    found = Person(tmp_path, account)
    found.mapping.write_text(MAPPING)
    return found


def emails() -> tuple[str, str]:
    """A good one, and one to mend."""
    number = next(NUMBERS)
    return f"ada.{os.getpid()}.{number}@example.com", f"ada {number} at example"


def in_account(person: Person, email: str) -> int:
    return sum(lead["EmailAddress"] == email for lead in person.leads())


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_list_of_any_name_is_imported_and_the_next_command_can_be_pasted(
    person: Person, name: bytes
) -> None:
    good, bad = emails()
    person.write(name, good, bad)
    assert person.do("preview", "-m", "mapping.yaml", "--", name).code == 1
    done = person.do("run", "-m", "mapping.yaml", "--", name)
    assert (done.code, in_account(person, good)) == (1, 1), done
    (command,) = re.findall(r"then: (importer run .*)", done.out)
    (rejects,) = (path for path in person.folder.iterdir() if ".rejects." in path.name)
    mended = f"mended.{good}"
    rejects.write_text(rejects.read_text(encoding="utf-8-sig").replace(bad, mended))
    done = person.type(command)
    assert (done.code, in_account(person, mended)) == (0, 1), done
    assert person.do("verify", "--json").code == 0


def test_a_name_that_begins_as_an_option_does_is_told_how_to_be_written(person: Person) -> None:
    person.write(b"-list.csv", *emails())
    done = person.do("run", "-list.csv", "-m", "mapping.yaml")
    assert (done.code, "fix: write ./-list.csv, if that file is meant" in done.err) == (2, True)


def test_folders_mappings_and_journals_may_have_names_of_any_bytes(person: Person) -> None:
    good, bad = emails()
    os.mkdir(os.fsencode(person.folder) + b"/caf\xe9")
    person.write(b"caf\xe9/list.csv", good, bad)
    person.mapping.rename(person.folder / os.fsdecode(b"ma\xffpping.yaml"))
    options = (b"--journal", b"jour\xe9nal.db")
    done = person.do("run", b"caf\xe9/list.csv", "-m", b"ma\xffpping.yaml", *options, "--json")
    assert (done.code, done.json["file"]) == (1, rf"{person.folder}/caf\udce9/list.csv")
    assert b"list.rejects.csv" in os.listdir(os.fsencode(person.folder) + b"/caf\xe9")
    for command in ("status", "rejects", "verify"):
        assert person.do(command, *options).code < 2, command
    (line,) = re.findall(r"next: (.*?)  \(", person.do("status", "1", *options).out)
    assert (line[:17], person.type(line).code) == ("importer rejects ", 0)


# Links


def test_a_journal_behind_a_link_is_made_and_locked_where_it_really_is(person: Person) -> None:
    disk = person.folder / "disk"
    disk.mkdir()
    (person.folder / "linked.db").symlink_to("disk/real.db")
    person.write(b"list.csv", *emails())
    done = person.do("run", "list.csv", "-m", "mapping.yaml", "--journal", "linked.db", "--json")
    assert (done.code, done.json["journal"]) == (1, str(disk / "real.db"))
    assert (person.folder / "linked.db").is_symlink()
    assert sorted(path.name for path in disk.iterdir()) == ["real.db", "real.db.locks"]
    again = person.do("run", "list.csv", "-m", "mapping.yaml", "--journal", "disk/real.db")
    assert "this file was imported before, as job 1" in again.err


def test_files_go_into_the_folder_that_a_link_leads_to(person: Person) -> None:
    (person.folder / "real").mkdir()
    (person.folder / "out").symlink_to("real")
    person.write(b"list.csv", *emails())
    assert person.do("run", "list.csv", "-m", "mapping.yaml", "--out", "out").code == 1
    written = {path.name for path in (person.folder / "real").iterdir()}
    assert written == {"list.rejects.csv", "list.results.csv"}
    assert (person.folder / "out").is_symlink()


def test_a_link_in_the_place_of_a_reject_file_is_left_as_it_is(person: Person) -> None:
    """Whoever may write into the folder can't have another file of ours overwritten."""
    other = person.folder / "other.txt"
    other.write_text("mine")
    for name in ("list.rejects.csv", "list.results.csv"):
        (person.folder / name).symlink_to(other)
    person.write(b"list.csv", *emails())
    done = person.do("run", "list.csv", "-m", "mapping.yaml", "--json")
    assert (done.code, other.read_text()) == (1, "mine")
    assert (person.folder / "list.rejects-2.csv").is_file()


# Who may read it


def test_all_that_is_written_is_its_owners_alone(person: Person) -> None:
    """Also where the user lets everybody read what he writes."""
    good, bad = emails()
    person.write(b"list.csv", good, bad)
    before = set(person.folder.rglob("*"))
    for words in (
        ("preview", "list.csv", "-m", "mapping.yaml"),
        ("run", "list.csv", "-m", "mapping.yaml", "-vv"),
        ("results",),
        ("salvage", "--out", "saved"),
    ):
        assert person.do(*words, umask=0).code < 2, words
    made = set(person.folder.rglob("*")) - before
    assert {"importer.db", "list.rejects.csv", "list.results.csv", "list.salvaged.csv"} <= {
        path.name for path in made
    }
    open_to_others = [
        path
        for path in made
        if stat.S_IMODE(path.stat().st_mode) & 0o077 and not is_shut(path, person.folder)
    ]
    assert open_to_others == [person.folder / "saved"], "a folder for files; each is private"


def is_shut(path: Path, top: Path) -> bool:
    """Whether a folder around it, below the top, lets nobody else in."""
    inner = (folder for folder in path.parents if top in folder.parents)
    return any(not stat.S_IMODE(folder.stat().st_mode) & 0o011 for folder in inner)


def test_a_run_whose_journal_is_removed_sends_no_more(tmp_path: Path) -> None:
    """Nobody would know of it, and the next run would send it again."""
    with sandbox("--limit", "25/1s") as variables:
        person = Person(tmp_path, variables)
        person.mapping.write_text(MAPPING)
        person.write(b"list.csv", *(f"p{number}@example.com" for number in range(200)))
        (tmp_path / "jd").mkdir()
        running = person.start("run", "list.csv", "-m", "mapping.yaml", "--journal", "jd/j.db")
        while person.create_calls() < 10:
            pause(0.01)
        shutil.rmtree(tmp_path / "jd")
        _, err = running.communicate(timeout=PATIENCE_S)
        assert (running.returncode, "the journal was moved or removed" in err) == (2, True), err
        assert person.create_calls() < 150
