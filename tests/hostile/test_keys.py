"""The keys stand in nothing that is written, said, or handed to another process; whatever the
server, the settings and the commands do."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.acceptance.world import PATIENCE_S, Done
from tests.hostile.limits import limited
from tests.hostile.server import Server, refused, reply, serving

ACCESS, SECRET = "u$r7c1f0e9d/8b5a46+access", 's3cr3t=9f8e7d6c&"5b4a'
SECRET_HEX, OTHER_HEX = "e5ffb94c01d7a863" * 2 + "9d3b72f8", "7b20c6d91e8f45a3" * 2
ACCESS_HEX = "u$r" + "3c8e51f6a92d07b4" * 2
ALL_HEX = (SECRET_HEX, ACCESS_HEX, OTHER_HEX)
LIST = "First Name,Email\n" + "".join(f"Person {i},p{i}@example.com\n" for i in range(12))
MAPPING = "version: 1\ncolumns:\n  First Name: FirstName\n  Email: EmailAddress\n"
ECHO = f"The keys {ACCESS} and {SECRET} may not do this"
# What makes a process, or another program of this one (docs.python.org, "Audit events table").
SPAWNS = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system",
          "os.spawn", "pty.spawn")  # fmt: skip
WATCHED = f"""
import sys
def heard(event, _):
    if event in {SPAWNS!r}:
        raise SystemExit(f"a process is made: {{event}}")
sys.addaudithook(heard)
import logging, os
if os.environ["LOUD"]:
    logging.basicConfig(level=1, stream=sys.stderr)  # all that all libraries have to say
from importer.__main__ import main
sys.argv = ["importer", *sys.argv[1:]]
try:
    sys.exit(main())
finally:
    for title in ("cmdline", "comm"):
        if os.path.exists(f"/proc/self/{{title}}"):
            sys.stderr.write(open(f"/proc/self/{{title}}").read())
"""


def written(key: str) -> set[bytes]:
    """The key as it may stand in a file, a URL or a header."""
    plain = key.encode()
    return {
        plain,
        plain.hex().encode(),
        quote(key, safe="").encode(),
        base64.b64encode(plain),
        json.dumps(key)[1:-1].encode(),
        repr(key)[1:-1].encode(),
        plain[:12],
        plain[-12:],
    }


FORMS = written(ACCESS) | written(SECRET)


class Person:
    """Keeps all that the importer said, and looks for the keys in it and in all that it wrote."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self.said: list[bytes] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TMPDIR": str(folder / "tmp"),
            "IMPORTER_STATE": str(folder / "state"),
            "LOUD": "1",
            "LSQ_HOST": server.host,
            "LSQ_ACCESS_KEY": ACCESS,
            "LSQ_SECRET_KEY": SECRET,
        }
        (folder / "tmp").mkdir()
        (folder / "list.csv").write_text(LIST)
        (folder / "mapping.yaml").write_text(MAPPING)

    def do(self, *words: str, **variables: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, *words],
            cwd=self.folder,
            env={**self.environment, **variables},
            capture_output=True,
            check=False,
            timeout=PATIENCE_S,
        )
        self.said += [done.stdout, done.stderr]
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def leaks(self) -> list[tuple[str, bytes]]:
        """Where a key stands, and what of it."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        places = [("said", b"\n".join(self.said)), *((str(p), p.read_bytes()) for p in files)]
        places += [(f"the name of {path}", os.fsencode(path)) for path in files]
        return [(place, form) for place, data in places for form in FORMS if form in data]


def answers() -> Iterator[bytes]:
    """To one create after another, again and again: what a server may say of a request."""
    number = 0
    while True:
        number += 1
        lead = f"00000000-0000-0000-0000-{number:012d}"
        yield reply({"Status": "Success", "Message": {"Id": lead, "Note": ECHO}})
        yield refused("MXInvalidInputException", ECHO, "400 Bad Request")
        yield refused("MXDuplicateEntryException", f"A Lead with same {ECHO} already exists.")
        yield reply(ECHO.encode(), "502 Bad Gateway")
        yield reply({"Status": "Success", "Message": {"Id": ACCESS}})


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    several = answers()
    with serving() as server:
        server.answers["Lead.Create"] = lambda client: client.sendall(next(several))
        yield Person(tmp_path, server)


def test_the_keys_are_looked_for_where_they_would_be_found(person: Person) -> None:
    assert person.leaks() == []
    (person.folder / "a.log").write_text(f"?accessKey={quote(ACCESS, safe='')}")
    assert {place for place, _ in person.leaks()} == {str(person.folder / "a.log")}


def test_no_key_is_written_or_said_by_any_command(person: Person) -> None:
    """The server repeats the keys in all that it says."""
    options = ("--rate", "none", "-vv")
    fast = {"IMPORTER_SETTLE_S": "0", "IMPORTER_TRIES": "1", "IMPORTER_TIMEOUT_S": "5"}
    assert person.do("check", "-vv").code == 0
    assert person.do("preview", "list.csv", "-m", "mapping.yaml", "-vv").code == 0
    run = person.do("run", "list.csv", "-m", "mapping.yaml", "--keep-going", *options, **fast)
    assert run.code == 1, run
    for words in (
        ("status", "1", "--row", "3", "-vv"),
        ("resolve", "1", "-vv"),
        ("rejects", "1", "-vv", "--json"),
        ("results", "1", "-vv"),
        ("verify", "1", "--remote", *options),
        ("salvage", "--out", "saved", "-vv"),
        ("run", "list.rejects.csv", *options),
        ("cancel", "1", "--yes", "-vv"),
        ("purge", "1", "--yes", "-vv"),
    ):
        assert person.do(*words, **fast).code != 3, words
    assert b"importer.delivery" in b"".join(person.said), "the rooms were heard"
    assert person.leaks() == []


@pytest.mark.parametrize(
    "answer",
    [
        reply(ECHO.encode(), "401 Unauthorized"),
        refused("MXInvalidAccessDetailsException", ECHO, "401 Unauthorized"),
        refused("MXUnknownAttributeException", ECHO),
        reply(b"", "302 Found", f"Location: http://127.0.0.1:9/{ACCESS}"),
        reply(ECHO.encode(), f"200 {ECHO}", f"X-Echo: {ECHO}"),
        f"HTTP/1.1 200 OK\r\n{ECHO}\r\n\r\n".encode(),
        f"HTTP/9 {ECHO}\r\n\r\n".encode(),
        ECHO.encode(),
    ],
)
def test_no_key_stands_in_why_a_run_stopped(person: Person, answer: bytes) -> None:
    """But in what the network's library logs of a reply's headers, if it is asked to."""
    with serving({"UserByAccessKey.Get": answer}) as server:
        stopped = {"LSQ_HOST": server.host, "IMPORTER_TIMEOUT_S": "2", "LOUD": ""}
        assert person.do("check", "-vv", **stopped).code in (2, 75)
        assert person.do("run", "list.csv", "-m", "mapping.yaml", "-vv", **stopped).code in (2, 75)
    assert person.leaks() == []


def test_no_key_stands_in_what_is_said_of_bad_keys_and_hosts(person: Person) -> None:
    bad = f"{ACCESS} \n{SECRET}"
    for variables in (
        {"LSQ_SECRET_KEY": bad},
        {"LSQ_ACCESS_KEY": f"{SECRET}é"},
        {"LSQ_HOST": "127.0.0.1:9"},
        {"LSQ_HOST": "http://example.com"},
        {"HTTPS_PROXY": f"http://user:{SECRET[:6]}@127.0.0.1:9", "LSQ_HOST": "api.leadsquared.com"},
    ):
        assert person.do("check", "-vv", "--json", **variables).code in (2, 75)
    assert person.leaks() == []


def test_a_literal_key_in_the_settings_is_refused_with_how_to_do_it_right(person: Person) -> None:
    settings = person.folder / "importer.toml"
    for line in (
        f"'{SECRET}'",
        f"{{ env = '{SECRET}' }}",
        f"[ '{SECRET}' ]",
        f"{{ key = '{SECRET}' }}",
    ):
        settings.write_text(
            f"[accounts.acme]\nhost = 'api.leadsquared.com'\nsecret_key = {line}\n"
            "access_key = { env = 'ACME_ACCESS_KEY' }\n"
        )
        done = person.do("check", "--account", "acme", "-vv", "--json")
        assert (done.code, "secret_key = { env = " in done.json["error"]["fix"]) == (2, True)
    settings.unlink()
    assert person.leaks() == []


@pytest.mark.parametrize(
    "host",
    [
        SECRET_HEX,
        ACCESS_HEX,
        f"https://u:{SECRET_HEX}@127.0.0.1:1",
        f"https://127.0.0.1:1/?accessKey={quote(ACCESS_HEX)}&secretKey={SECRET_HEX}",
        f"127.0.0.1:1/{SECRET_HEX.upper()}",
        f"{OTHER_HEX}.",
        f"127.0.0.1:{OTHER_HEX}",
        f"https://user:{OTHER_HEX[:20]}@127.0.0.1:1",
        f"https://user:{OTHER_HEX[:12]}/{OTHER_HEX[12:20]}@127.0.0.1:1?a=b",
    ],
)
def test_a_key_in_the_place_of_a_host_is_neither_called_nor_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """Of the environment, and of importer.toml."""
    (tmp_path / "importer.toml").write_text(
        f"[accounts.acme]\nhost = '{host}'\n"
        "access_key = { env = 'LSQ_ACCESS_KEY' }\nsecret_key = { env = 'LSQ_SECRET_KEY' }\n"
    )
    for name, value in (("HOST", host), ("ACCESS_KEY", ACCESS_HEX), ("SECRET_KEY", SECRET_HEX)):
        monkeypatch.setenv(f"LSQ_{name}", value)
    for options in ((), ("--account", "acme")):
        done = limited(tmp_path, "check", "-vv", "--json", *options)
        assert done.code == 2, done
        assert done.json["error"]["what"].startswith(("LSQ_HOST holds", "host holds", "this is no"))
        said = (done.out + done.err).lower()
        parts = [key[-32:][i : i + 8] for key in ALL_HEX for i in (0, 12, 24)]
        assert [part for part in parts if part in said] == []


def test_keys_and_the_host_that_were_swapped_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = "api-in21.leadsquared.com"
    for name, value in (("HOST", "short"), ("ACCESS_KEY", "short"), ("SECRET_KEY", host)):
        monkeypatch.setenv(f"LSQ_{name}", value)
    error = limited(tmp_path, "check", "--json").json["error"]
    assert (error["what"], error["where"], error["fix"]) == (
        "LSQ_HOST holds a key: it seems to be swapped with one, or written with one",
        "the environment",
        "set LSQ_HOST to the account's API host alone, such as api-in21.leadsquared.com",
    )


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("pipe", "the key file cannot be used: this is a folder or a device, not a file"),
        ("/dev/zero", "the key file cannot be used: this is a folder or a device, not a file"),
        (".", "the key file cannot be used: this is a folder or a device, not a file"),
        ("loop", "the key file cannot be read: Too many levels of symbolic links"),
        ("link", "others on this computer can use the key file"),
        ("/etc/passwd", "others on this computer can use the key file"),
    ],
)
def test_no_right_is_to_be_changed_but_of_a_file_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, what: str
) -> None:
    if name == "/etc/passwd" and os.geteuid() == 0:
        pytest.skip("the tests are run by root, who owns that file: it is not another's")
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "link").symlink_to("/etc/passwd")
    (tmp_path / "importer.toml").write_text(
        "[accounts.acme]\nhost = '127.0.0.1:1'\n"
        f"access_key = {{ env = 'ACME' }}\nsecret_key = {{ file = '{name}' }}\n"
    )
    monkeypatch.setenv("ACME", "a")
    done = limited(tmp_path, "check", "--account", "acme", "--json")
    error = done.json["error"]
    assert (done.code, error["what"]) == (2, what)
    assert error["fix"].startswith("write the key into a file of your own, of mode 600, and name")
    assert "chmod" not in done.out + done.err


def test_a_bug_keeps_its_trace_without_the_keys(person: Person) -> None:
    """The trace of a bug in the midst of a call, with the keys in its variables."""
    broken = WATCHED.replace(
        "from importer.__main__",
        "import importer.delivery.leadsquared as wire\n"
        "def fail(*words): raise KeyError(str(wire) + sys.argv[0] + str(words))\n"
        "wire.LeadSquared._exchange = lambda api, *_: fail(api._headers.raw)\n"
        "from importer.__main__",
    )
    done = subprocess.run(
        [sys.executable, "-c", broken, "check", "-vv"],
        cwd=person.folder,
        env=person.environment,
        capture_output=True,
        check=False,
    )
    person.said += [done.stdout, done.stderr]
    assert (done.returncode, len(list(person.folder.rglob("importer-bug-*")))) == (3, 1)
    assert person.leaks() == []
