"""What a person can cause: each with what, where and how to mend it; nothing is lost by it, and
where it is mended the same command goes on."""

import ast
import http.server
import os
import re
import shutil
import sqlite3
import ssl
import stat
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import importer
from importer import errors
from importer.delivery.replies import CORRECT_HOST
from importer.journal.lock import held
from tests.acceptance.world import Done, World, people, sandbox
from tests.forked import READ_AT_ITS_START, ForkedWorld
from tests.torture.zygote import Zygote, zygote

CERTIFICATE = Path(__file__).with_name("self_signed.pem")
RETRY = ("retry", "1")
LATER = "then run the same command again; nothing was sent"
CARRIES_ON = "then run the same command again; it carries on"
ELSEWHERE = f"or name another folder in IMPORTER_STATE, {CARRIES_ON}"
API_PAGE = "My Profile > Settings > API and Webhooks"
LONG = "x" * 300
FIX_JOURNAL = "name a file with --journal, in a folder that you may enter"

Arguments = Sequence[object]
Broken = AbstractContextManager[Arguments]


class Person(ForkedWorld):
    """Without the rights of root, also where the tests are run by root.

    most_blocks: of 512 or 1024 bytes, beyond which no file may grow. leaves: the working folder is
    another, which was removed. within: the working folder, where it is another.
    """

    most_blocks: int | None = None
    leaves = False
    within: Path | None = None

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        command = [*without_rights(), sys.executable, "-m", "importer", *map(str, arguments)]
        if self.most_blocks is not None:
            command = ["sh", "-c", f'ulimit -f {self.most_blocks}; exec "$@"', "sh", *command]
        if self.leaves:
            go = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
            command = ["sh", "-c", go, "sh", *command]
        return subprocess.Popen(
            command,
            cwd=self.within or self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def importer(self, *arguments: object) -> Done:
        if self.most_blocks is None and not self.leaves and self.within is None:
            return super().importer(*arguments)
        return World.importer(self, *arguments)


def without_rights() -> list[str]:
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may do everything, and there is no setpriv to take that from it")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


@pytest.fixture(scope="module")
def forks() -> Iterator[Zygote]:
    with zygote(READ_AT_ITS_START, without_rights()) as found:
        yield found


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with sandbox("--limit", "none") as keys:
        yield keys


@pytest.fixture
def person(
    server: dict[str, str],
    tmp_path: Path,
    forks: Zygote,
    tmp_path_factory: pytest.TempPathFactory,
) -> Person:
    return Person(tmp_path, server, forks, tmp_path_factory.mktemp("outputs"))


@pytest.fixture
def world(person: Person, request: pytest.FixtureRequest) -> Person:
    """A list of three people, one of whom was sent."""
    world = person
    # One sandbox for all: the people of one test are no others' duplicates.
    mark = re.sub(r"\W", "", request.node.name)[-60:]
    rows = [(first, last, f"{mark}.{email}", "", city)
            for first, last, email, _, city in people(3)]  # fmt: skip
    started = world.run(world.write_csv("list.csv", rows), "--limit", "1")
    assert (started.code, started.json["created"], started.json["pending"]) == (0, 1, 2)
    return world


# What breaks: each gives a command, and is mended at its end.


@contextmanager
def variables(world: Person, **values: str | None) -> Iterator[Arguments]:
    before = dict(world.environment)
    for name, value in values.items():
        world.environment.pop(name, None)
        if value is not None:
            world.environment[name] = value
    try:
        yield RETRY
    finally:
        world.environment.clear()
        world.environment.update(before)


def with_variables(**values: str | None) -> Callable[[Person], Broken]:
    return lambda world: variables(world, **values)


def unreachable(**values: str) -> Callable[[Person], Broken]:
    """Keys of which this computer knows nothing yet: whose they are has to be asked."""
    return lambda world: variables(world, IMPORTER_STATE=str(world.folder / "new"), **values)


@contextmanager
def served(
    handler: type[http.server.BaseHTTPRequestHandler], *, tls: bool = False
) -> Iterator[str]:
    """Gives its address, host:port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a refused handshake
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answering(
    status: int, body: bytes, before: Callable[[], object] = lambda: None
) -> type[http.server.BaseHTTPRequestHandler]:
    """A server that says the same to every call. before: it is done first."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            before()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_CONNECT = answer  # noqa: N815  names of the base class

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def host_that_says(status: int, body: bytes) -> Callable[[Person], Broken]:
    @contextmanager
    def breaks(world: Person) -> Iterator[Arguments]:
        with served(answering(status, body)) as host, variables(world, LSQ_HOST=host) as retry:
            yield retry

    return breaks


@contextmanager
def self_signed(world: Person) -> Iterator[Arguments]:
    with (
        served(answering(200, b"{}"), tls=True) as host,
        unreachable(LSQ_HOST=f"https://{host}")(world) as retry,
    ):
        yield retry


@contextmanager
def no_tls(world: Person) -> Iterator[Arguments]:
    with (
        served(answering(200, b"{}")) as host,
        unreachable(LSQ_HOST=f"https://{host}")(world) as retry,
    ):
        yield retry


@contextmanager
def strict_proxy(world: Person) -> Iterator[Arguments]:
    with (
        served(answering(407, b"")) as proxy,
        unreachable(LSQ_HOST="api.example.com", HTTPS_PROXY=f"http://me:hush@{proxy}")(world) as r,
    ):
        yield r


def journal_that_is(write: Callable[[Path], object]) -> Callable[[Person], Broken]:
    """In place of the journal that it is a copy of."""

    @contextmanager
    def breaks(world: Person) -> Iterator[Arguments]:
        journal = world.folder / "importer.db"
        whole = journal.read_bytes()
        write(journal)
        broken = journal.read_bytes()
        yield RETRY
        assert journal.read_bytes() == broken, "it is left as it was"
        journal.write_bytes(whole)

    return breaks


def sql(text: str, *, anew: bool = False) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        if anew:
            path.unlink()
        with closing(sqlite3.connect(path)) as db:
            db.executescript(text)

    return write


@contextmanager
def damaged_page(world: Person) -> Iterator[Arguments]:
    """It opens as ever; the rows' cells can't be read."""
    journal = world.folder / "importer.db"
    whole = journal.read_bytes()
    ((page, size),) = world.journal(
        "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size WHERE name = 'block'"
    )
    start = (page - 1) * size
    journal.write_bytes(whole[:start] + b"\xff" * size + whole[start + size :])
    yield "results", "1"
    journal.write_bytes(whole)


@contextmanager
def folder_as_journal(world: Person) -> Iterator[Arguments]:
    (world.folder / "jobs").mkdir()
    yield "retry", "1", "--journal", "jobs"


@contextmanager
def empty_journal(world: Person) -> Iterator[Arguments]:
    (world.folder / "empty.db").touch()
    yield "run", "list.csv", "-m", "mapping.yaml", "--journal", "empty.db"


@contextmanager
def log_without_its_journal(world: Person) -> Iterator[Arguments]:
    (world.folder / "gone.db-wal").write_bytes(b"what was sent yesterday")
    yield "run", "list.csv", "-m", "mapping.yaml", "--journal", "gone.db"


def nothing_but(*arguments: object) -> Callable[[Person], Broken]:
    """The command itself is what is wrong."""
    return lambda _: nullcontext(arguments)


@contextmanager
def another_importer(world: Person) -> Iterator[Arguments]:
    key = world.journal("SELECT key FROM job")[0][0]
    with held(world.folder / "importer.db", f"job-{key}"):
        yield RETRY


@contextmanager
def file_that_changes(world: Person) -> Iterator[Arguments]:
    with while_it_runs(world, lambda path: path.write_text(path.read_text() + "Ada,,,,\n")) as run:
        yield run


@contextmanager
def file_that_goes(world: Person) -> Iterator[Arguments]:
    whole = (world.folder / "more.csv", b"First Name,Last Name,Email,Phone,City\nAda,,,,\n")
    with while_it_runs(world, lambda path: path.unlink(missing_ok=True)) as run:
        yield run
    whole[0].write_bytes(whole[1])


@contextmanager
def while_it_runs(world: Person, change: Callable[[Path], object]) -> Iterator[Arguments]:
    """Another list, changed after its header was read and before its rows are."""
    path = world.write_csv("more.csv", [])
    with (
        served(answering(200, user_of(world), lambda: change(path))) as host,
        variables(world, LSQ_HOST=host),
    ):
        yield "run", "more.csv", "-m", "mapping.yaml"


def user_of(world: World) -> bytes:
    """What the sandbox says to the first call of a run."""
    with urllib.request.urlopen(
        urllib.request.Request(
            f"{world.host}/v2/Authentication.svc/UserByAccessKey.Get",
            headers={
                "x-LSQ-AccessKey": world.environment["LSQ_ACCESS_KEY"],
                "x-LSQ-SecretKey": world.environment["LSQ_SECRET_KEY"],
            },
        )
    ) as reply:
        found: bytes = reply.read()
    return found


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    path.chmod(0o500 if path.is_dir() else 0o400)
    yield
    path.chmod(0o700 if path.is_dir() else 0o600)


@contextmanager
def read_only_out(world: Person) -> Iterator[Arguments]:
    (world.folder / "out").mkdir()
    with read_only(world.folder / "out"):
        yield "retry", "1", "--out", "out"


@contextmanager
def file_as_out(world: Person) -> Iterator[Arguments]:
    (world.folder / "out").touch()
    yield "retry", "1", "--out", "out"
    (world.folder / "out").unlink()


@contextmanager
def read_only_journal(world: Person) -> Iterator[Arguments]:
    with read_only(world.folder / "importer.db"), read_only(world.folder):
        yield RETRY


@contextmanager
def read_only_state(world: Person, names: str) -> Iterator[Arguments]:
    """The folder, or the files of these names in it."""
    state = world.folder / "state"
    with ExitStack() as closed:
        for path in state.glob(names) if names else [state]:
            closed.enter_context(read_only(path))
        yield RETRY


@contextmanager
def new_journal_in_read_only_folder(world: Person) -> Iterator[Arguments]:
    (world.folder / "jobs").mkdir()
    with read_only(world.folder / "jobs"):
        yield "run", "list.csv", "-m", "mapping.yaml", "--journal", "jobs/jobs.db"


@contextmanager
def removed_working_folder(world: Person) -> Iterator[Arguments]:
    world.leaves = True
    yield RETRY
    world.leaves = False


@contextmanager
def within_a_closed_folder(world: Person) -> Iterator[Arguments]:
    """A process is in a folder, and may not search the one above it. No journal is found."""
    journal = world.folder / "importer.db"
    journal.rename(world.folder / "away.db")
    with within_closed(world):
        yield RETRY
    (world.folder / "away.db").rename(journal)


@contextmanager
def named_in_a_closed_folder(world: Person, option: str) -> Iterator[Arguments]:
    (world.folder / "closed").mkdir()
    with unsearchable(world.folder / "closed"):
        yield "retry", "1", option, "closed/named"


@contextmanager
def within_closed(world: Person) -> Iterator[None]:
    closed = world.folder / "closed"
    (closed / "in").mkdir(parents=True, exist_ok=True)
    world.within = closed / "in"
    with unsearchable(closed):
        yield
    world.within = None


@contextmanager
def unsearchable(folder: Path) -> Iterator[None]:
    folder.chmod(0o600)
    yield
    folder.chmod(0o700)


@contextmanager
def full_disk(world: Person) -> Iterator[Arguments]:
    """No file may grow past 4 kB, which SQLite meets as it meets a disk that fails."""
    world.most_blocks = 4
    yield RETRY
    world.most_blocks = None


@dataclass(frozen=True, slots=True)
class Case:
    """HOST, FOLDER: the host and the folder of the test. goes_on: when mended, all are sent."""

    breaks: Callable[[Person], Broken]
    code: int
    what: str
    where: str | None
    fix: str
    goes_on: bool = True


CASES = {
    "missing keys": Case(
        with_variables(LSQ_ACCESS_KEY=None, LSQ_SECRET_KEY=None), 2,
        "LSQ_ACCESS_KEY and LSQ_SECRET_KEY are not set",
        "the environment",
        "export LSQ_HOST, LSQ_ACCESS_KEY and LSQ_SECRET_KEY (in LeadSquared: "
        f"{API_PAGE}; to try without an account: importer sandbox)",
    ),
    "wrong keys": Case(
        with_variables(LSQ_SECRET_KEY="wrong"), 2,
        "HOST refuses the keys: Invalid Access Details provided.",
        "http://HOST",
        "check LSQ_ACCESS_KEY, LSQ_SECRET_KEY and LSQ_HOST, or the account in importer.toml"
        f" ({API_PAGE} shows them)",
    ),
    "a host of another region": Case(
        host_that_says(401, b'{"ExceptionMessage": "Please use api-us11.leadsquared.com"}'), 2,
        "the account lives on api-us11.leadsquared.com, and not on HOST:"
        " Please use api-us11.leadsquared.com",
        "http://HOST",
        'set LSQ_HOST=api-us11.leadsquared.com, or host = "api-us11.leadsquared.com" in'
        " importer.toml",
    ),
    "a host of something else": Case(
        host_that_says(200, b"<html>Welcome</html>"), 2,
        "HOST does not answer as LeadSquared does",
        "http://HOST",
        "set LSQ_HOST, or host in importer.toml, to the account's API host, such as"
        " api-in21.leadsquared.com",
    ),
    "plain http to a host": Case(
        with_variables(LSQ_HOST="http://api.example.com"), 2,
        'keys would travel unencrypted to "api.example.com"',
        "LSQ_HOST in the environment, or host in importer.toml",
        "write https://api.example.com, or leave the scheme out",
    ),
    "no host": Case(
        with_variables(LSQ_HOST="ftp://api.example.com"), 2,
        'this is no host: "ftp://api.example.com"',
        "LSQ_HOST in the environment, or host in importer.toml",
        CORRECT_HOST,
    ),
    "no network": Case(
        unreachable(LSQ_HOST="127.0.0.1:1"), 75,
        "HOST cannot be reached: nothing answers there: Connection refused",
        "http://HOST",
        f"check the host and the network, {LATER}",
    ),
    "DNS": Case(
        unreachable(LSQ_HOST="api.leadsquared.invalid"), 75,
        "api.leadsquared.invalid cannot be reached: its name is not known: WHY",
        "https://api.leadsquared.invalid",
        f"check the spelling of the host, and that this computer is online, {LATER}",
    ),
    "TLS: a certificate of nobody": Case(
        self_signed, 75,
        "HOST cannot be reached: its certificate is not trusted: self-signed certificate",
        "https://HOST",
        "where a proxy or firewall opens TLS, name its certificate: export SSL_CERT_FILE=FILE,"
        f" {LATER}",
    ),
    "TLS: a server without": Case(
        no_tls, 75,
        "HOST cannot be reached: it does not answer as a TLS server: WHY",
        "https://HOST",
        f"check the host and its port: an API host answers to https, {LATER}",
    ),
    "TLS: no such certificates": Case(
        with_variables(LSQ_HOST="api.example.com", SSL_CERT_FILE="/no/such/file"), 2,
        "no secure connection can be set up: [Errno 2] No such file or directory",
        "SSL_CERT_FILE, SSL_CERT_DIR or HTTPS_PROXY in the environment",
        "correct or unset these variables",
    ),
    "proxy: away": Case(
        unreachable(LSQ_HOST="api.example.com", HTTPS_PROXY="http://me:hush@127.0.0.1:1"), 75,
        "api.example.com cannot be reached: the proxy http://HOST cannot be reached:"
        " Connection refused",
        "https://api.example.com, by the proxy http://HOST",
        f"correct or unset HTTPS_PROXY, or name the host in NO_PROXY, {LATER}",
    ),
    "proxy: refuses": Case(
        strict_proxy, 75,
        "api.example.com cannot be reached: the proxy http://HOST refuses:"
        " 407 Proxy Authentication Required",
        "https://api.example.com, by the proxy http://HOST",
        f"correct or unset HTTPS_PROXY, or name the host in NO_PROXY, {LATER}",
    ),
    "proxy: nonsense": Case(
        with_variables(LSQ_HOST="api.example.com", HTTPS_PROXY="nonsense://me:hush@proxy"), 2,
        "no secure connection can be set up: Unknown scheme for proxy URL"
        " URL('nonsense://me:[secure]@proxy')",
        "SSL_CERT_FILE, SSL_CERT_DIR or HTTPS_PROXY in the environment",
        "correct or unset these variables",
    ),
    "disk full": Case(
        full_disk, 2,
        "the journal cannot be written: disk I/O error",
        "FOLDER/importer.db",
        f"make room on that disk, and see that it works, {CARRIES_ON}",
    ),
    "read-only folder to write to": Case(
        read_only_out, 2,
        "no file of the importer can be written there: not allowed",
        "out",
        "name a folder that you can write to with --out",
    ),
    "file as a folder to write to": Case(
        file_as_out, 2,
        "no file of the importer can be written there: it is a file, not a folder",
        "out",
        "name a folder that you can write to with --out",
    ),
    "read-only journal": Case(
        read_only_journal, 2,
        "the journal cannot be written: attempt to write a readonly database",
        "FOLDER/importer.db",
        f"make the file and its folder writable for you, {CARRIES_ON}",
    ),
    "read-only state folder": Case(
        lambda world: read_only_state(world, ""), 2,
        "the account's quota file cannot be used: attempt to write a readonly database",
        "FOLDER/state/QUOTA",
        f"make it and its folder writable, {ELSEWHERE}",
    ),
    "read-only quota file": Case(
        lambda world: read_only_state(world, "*.db"), 2,
        "the account's quota file cannot be used: Permission denied",
        "FOLDER/state/QUOTA",
        f"make its folder writable, {ELSEWHERE}",
    ),
    "read-only folder for a new journal": Case(
        new_journal_in_read_only_folder, 2,
        "the journal cannot be made: Permission denied",
        "FOLDER/jobs/jobs.db",
        "name a file in a folder that you can write to with --journal",
        goes_on=False,
    ),
    "a list as journal": Case(
        journal_that_is(lambda path: path.write_text("First Name,Email\n" * 9)), 2,
        "this is no journal of the importer",
        "FOLDER/importer.db",
        "name another file with --journal; or, if this is the journal, importer salvage --journal"
        " FOLDER/importer.db saves what can be read of it",
    ),
    "another database as journal": Case(
        journal_that_is(sql("CREATE TABLE photos (name TEXT)", anew=True)), 2,
        "this is a database, but no journal of the importer",
        "FOLDER/importer.db",
        "name another file with --journal",
    ),
    "a journal of a newer version": Case(
        journal_that_is(sql("PRAGMA user_version = 99")), 2,
        "the journal is of version 99, and this importer knows 7",
        "FOLDER/importer.db",
        "use the newer importer that wrote it: pip install --upgrade leadsquared-importer",
    ),
    "a damaged journal": Case(
        journal_that_is(lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 8192)),
        2,
        "the journal is damaged: database disk image is malformed",
        "FOLDER/importer.db",
        "importer salvage --journal FOLDER/importer.db saves what can be read of it, and says how"
        " to go on; or put a copy from before in its place; with a new journal all rows of its"
        " lists would be sent again",
    ),
    "a journal with a damaged page": Case(
        damaged_page, 2,
        "the journal is damaged: database disk image is malformed",
        "FOLDER/importer.db",
        "importer salvage --journal FOLDER/importer.db saves what can be read of it, and says how"
        " to go on; or put a copy from before in its place; with a new journal all rows of its"
        " lists would be sent again",
        goes_on=False,
    ),
    "a folder as journal": Case(
        folder_as_journal, 2,
        "this is a folder, and no journal",
        "FOLDER/jobs",
        "name a file with --journal",
        goes_on=False,
    ),
    "an empty journal": Case(
        empty_journal, 2,
        "the journal is empty: nothing is in the file",
        "FOLDER/empty.db",
        "if it held jobs, put a copy from before in its place: with a new journal all rows of its"
        " lists would be sent again; if it never did, remove it: rm FOLDER/empty.db",
        goes_on=False,
    ),
    "a log without its journal": Case(
        log_without_its_journal, 2,
        "the journal is gone, and its log is still there",
        "FOLDER/gone.db-wal",
        "put the journal back beside it: with a new journal all rows of its lists would be sent"
        " again; or, if that is what you want, move the log away too",
        goes_on=False,
    ),
    "a name too long for a journal": Case(
        nothing_but("check", "--journal", LONG), 2,
        "no journal can be there: File name too long",
        f"FOLDER/{LONG}",
        FIX_JOURNAL,
        goes_on=False,
    ),
    "a journal in a closed folder": Case(
        lambda world: named_in_a_closed_folder(world, "--journal"), 2,
        "no journal can be there: Permission denied",
        "FOLDER/closed/named",
        FIX_JOURNAL,
        goes_on=False,
    ),
    "settings in a closed folder": Case(
        lambda world: named_in_a_closed_folder(world, "--config"), 2,
        "the file of settings cannot be reached: Permission denied",
        "closed/named",
        "name a file with --config, or leave it out: an importer.toml is found from the working"
        " folder upwards",
        goes_on=False,
    ),
    "a working folder in a closed folder": Case(
        within_a_closed_folder, 2,
        "no journal can be there: Permission denied",
        "FOLDER/closed/in/importer.db",
        FIX_JOURNAL,
    ),
    "a working folder that was removed": Case(
        removed_working_folder, 2,
        "the working folder is not there any more",
        "the folder that this was started in",
        "cd to a folder that is there, and run it again",
    ),
    "a name too long for a folder to write to": Case(
        nothing_but("retry", "1", "--out", LONG), 2,
        "no file of the importer can be written there: File name too long",
        LONG,
        "name a folder that you can write to with --out",
        goes_on=False,
    ),
    "a name too long for a list": Case(
        nothing_but("run", LONG, "-m", "mapping.yaml"), 2,
        "the file can't be read: File name too long",
        LONG,
        "close it in other programs, and check that you may open it",
        goes_on=False,
    ),
    "no journal": Case(
        nothing_but("retry", "1", "--journal", "jobs.db"), 2,
        "there is no journal yet",
        "FOLDER/jobs.db",
        "importer run FILE -m MAPPING makes one; or name it with --journal",
        goes_on=False,
    ),
    "a job at which another importer works": Case(
        another_importer, 75,
        "another importer is at work on job KEY of this journal",
        "FOLDER/importer.db",
        "wait until it ends, or stop it with Ctrl-C; nothing was sent from here",
    ),
    "an unknown job": Case(
        nothing_but("retry", "7"), 2,
        'the journal has no job "7"',
        "FOLDER/importer.db",
        "use one of: 1 (importer status lists them)",
        goes_on=False,
    ),
    "a name that no static list can have": Case(
        nothing_but("retry", "1", "--list", " "), 2,
        'no list can have the name " "',
        "--list",
        "write a name of 1 to 100 characters, on one line",
        goes_on=False,
    ),
    "a dynamic list": Case(
        nothing_but("retry", "1", "--list", "engaged leads"), 2,
        'the list "Engaged Leads" is dynamic: LeadSquared fills it itself, and nothing else adds'
        " leads to it",
        "--list",
        "name a static one, or a new one, which is made; or leave --list out; no row was sent now",
        goes_on=False,
    ),
    "a file that is changed while it is read": Case(
        file_that_changes, 2,
        "the file was changed while it was being read",
        "more.csv",
        "close it in other programs, and run the command again",
        goes_on=False,
    ),
    "a file that goes while it is read": Case(
        file_that_goes, 2,
        "the file is not there any more",
        "more.csv",
        "put it back, and run the command again",
        goes_on=False,
    ),
}  # fmt: skip
WHY = re.compile(r"(?<=its name is not known: ).*|(?<=as a TLS server: ).*")


def said(world: Person, text: str | None) -> str | None:
    if text is None:
        return None
    text = text.replace(str(world.folder), "FOLDER")
    text = re.sub(r"\b127\.0\.0\.1:\d+", "HOST", text)
    text = re.sub(r"\b[0-9a-f]{12}\b", "KEY", text)
    text = re.sub(r"(account|keys)-[\w-]+\.db", "QUOTA", text)
    return WHY.sub("WHY", text)  # the system's words, which differ


@pytest.mark.parametrize("name", CASES)
def test_what_a_person_can_cause_has_three_parts_and_loses_nothing(
    world: Person, name: str
) -> None:
    case = CASES[name]
    with case.breaks(world) as arguments:
        ended = world.importer(*arguments, "--json")
    found = ended.json
    error = {part: said(world, text) for part, text in found["error"].items()}
    assert error == {"what": case.what, "where": case.where, "fix": case.fix}
    assert (ended.code, found["exit"]) == (case.code, case.code)
    parts = found["error"]
    assert ended.err.endswith(
        f"importer: {parts['what']}\n  at:  {parts['where']}\n  fix: {parts['fix']}\n"
    )
    assert "hush" not in ended.err + ended.out, "a proxy's password"
    assert world.statuses() == {"created": 1, "pending": 2}
    if case.goes_on:
        again = world.importer(*arguments, "--json")
        assert (again.code, again.json["created"]) == (0, 3), again.err
    else:
        assert world.importer(*RETRY, "--json").json["created"] == 3


def test_a_disk_that_fills_up_during_a_run_loses_no_row_and_sends_none_twice(
    person: Person,
) -> None:
    world = person
    rows = [(first, last, f"full.{email}", "", city) for first, last, email, _, city in people(300)]
    file = world.write_csv("list.csv", rows)
    before = len(world.leads())
    world.most_blocks = 300  # of 512 bytes or of 1 kB: more than storing the rows takes
    ended = world.run(file, "--rate", "none")
    assert (ended.code, ended.json["error"]["what"]) == (
        2,
        "the journal cannot be written: disk I/O error",
    )
    assert sum(world.statuses().values()) == 300
    sent = len(world.leads()) - before
    assert 0 < sent < 300, "it filled up while rows were sent"
    world.most_blocks = None
    again = world.run(file, "--rate", "none")
    assert (again.code, again.json["created"]) == (0, 300), again.err
    assert len(world.leads()) - before == 300


def test_a_job_goes_on_from_the_journal_when_its_file_is_changed_moved_or_gone(
    world: Person,
) -> None:
    (world.folder / "list.csv").unlink()
    ended = world.importer(*RETRY, "--json")
    assert (ended.code, ended.json["created"]) == (0, 3)


def test_a_closed_folder_on_the_way_up_is_passed_over(world: Person) -> None:
    with within_closed(world):
        ended = world.importer(*RETRY, "--json")
    assert (ended.code, ended.json["created"]) == (0, 3), ended.err
    assert ended.json["journal"] == str(world.folder / "importer.db")


def test_where_all_is_named_absolutely_a_removed_working_folder_is_no_error(world: Person) -> None:
    (world.folder / "bad.csv").write_text("First Name,Last Name,Email,Phone,City\nAda\n")
    (world.folder / "importer.toml").touch()
    named = ("--config", world.folder / "importer.toml", "--journal", world.folder / "importer.db")
    world.leaves = True
    ended = world.importer("run", world.folder / "bad.csv", "-m", world.mapping, *named)
    assert (ended.code, said(world, ended.out.splitlines()[-1])) == (
        1,
        "next: mend the rows in bad.rejects.csv, then: importer run FOLDER/bad.rejects.csv"
        " --journal FOLDER/importer.db --config FOLDER/importer.toml",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_result_that_cannot_be_written_is_an_error_and_not_in_silence(world: Person) -> None:
    process = world.start("status")
    process.communicate()
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "importer", "status"]
        ended = subprocess.run(
            command, cwd=world.folder, env=world.environment, stdout=full, stderr=subprocess.PIPE
        )
    assert (ended.returncode, ended.stderr.decode()) == (
        2,
        "importer: stdout cannot be written: No space left on device\n"
        "  at:  stdout\n"
        "  fix: make room, or send it elsewhere; importer status shows the jobs again\n",
    )


# A bug


TRIGGER = "CREATE TRIGGER no BEFORE UPDATE ON row BEGIN SELECT RAISE(ABORT, 'no'); END"


def test_a_bug_is_told_and_its_trace_holds_no_row_value_and_no_key(world: Person) -> None:
    # The journal was mended by hand, and is sound: that is no fault that we know how to name.
    with closing(sqlite3.connect(world.folder / "importer.db")) as db:
        db.executescript(TRIGGER)
    ended = world.importer(*RETRY, "-vv", "--json")
    assert (ended.code, ended.json["exit"], ended.json["state"]) == (3, 3, "open")
    error = ended.json["error"]
    trace = Path(error["where"])
    assert trace.parent == world.folder / "state" / "bugs"
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    text = trace.read_text()
    assert "importer/journal/rows.py" in text
    assert error["what"] == f"this is a bug in the importer: {text.split()[-1].rpartition('.')[2]}"
    keys = [world.environment[name] for name in ("LSQ_ACCESS_KEY", "LSQ_SECRET_KEY")]
    cells = [cell for row in world.read_csv(world.folder / "list.csv") for cell in row.values()]
    for secret in {*keys, *filter(None, cells)}:
        assert secret not in text + ended.out + ended.err, secret
    assert sum(world.statuses().values()) == 3


# What is raised


ERRORS = {"ImporterError", "SettingsError", "MappingError", "SourceError", "JournalError",
          "ApiError", "ResumableError", "BusyError", "InterruptedRunError",
          "ChangedFileError", "HeldError", "TornFileError"}  # fmt: skip
# Errors without a place of their own.
ACCOUNT = "its place is the account's address: jobs/deliver.py, connected"
OPTION = "an option, which its words quote"
NO_PLACE = {
    "__main__.py": OPTION,
    "cli/account.py": OPTION,
    "console/ask.py": OPTION,
    "console/choose.py": OPTION,
    "delivery/ask.py": ACCOUNT,
    "delivery/connection.py": ACCOUNT,
    "delivery/deleter.py": ACCOUNT,
    "delivery/day.py": ACCOUNT,
    "delivery/fields.py": ACCOUNT,
    "delivery/refusals.py": ACCOUNT,
    "delivery/throttle.py": OPTION,
    "delivery/worker.py": ACCOUNT,
    "jobs/account_leads.py": ACCOUNT,
    "jobs/adoption.py": ACCOUNT,
    "jobs/again.py": OPTION,
    "jobs/api.py": "an argument, which its words name",
    "jobs/check.py": ACCOUNT,
    "jobs/deliver.py": "a signal",
    "jobs/enlist.py": ACCOUNT,
    "jobs/list_calls.py": ACCOUNT,
    "jobs/purge.py": OPTION,
    "jobs/resolve.py": OPTION,
    "jobs/session.py": "a signal",
    "jobs/undo.py": "a signal",
}


def raised(source: str) -> Iterator[tuple[int, set[str]]]:
    """The line of each error that is made, and the parts that it has."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ERRORS:
            yield node.lineno, {keyword.arg or "" for keyword in node.keywords}


def test_every_error_tells_how_to_mend_it_and_where_it_is(root: Path) -> None:
    found = {
        (path.relative_to(root / "importer").as_posix(), line): parts
        for path in sorted((root / "importer").rglob("*.py"))
        for line, parts in raised(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 100, "the errors are found"
    assert [place for place, parts in found.items() if "fix" not in parts] == []
    nowhere = {place for place, parts in found.items() if "where" not in parts}
    assert [place for place in nowhere if place[0] not in NO_PLACE] == []
    assert set(NO_PLACE) == {file for file, _ in nowhere}, "the table is as short as can be"


def test_every_kind_of_error_is_looked_for() -> None:
    for module in walk_packages(importer.__path__, "importer."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    kinds, found = [errors.ImporterError], set()
    while kinds:
        kind = kinds.pop()
        found.add(kind.__name__)
        kinds += kind.__subclasses__()
    assert found == ERRORS
