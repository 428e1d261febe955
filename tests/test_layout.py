"""Who may import whom, which library has which door, and how long a file may be."""

import ast
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "importer"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

VALUES = {"errors", "fields", "model", "passes", "plan", "profile", "runs"}
WORKING = {*VALUES, "intake", "journal", "delivery", "results", "settings", "jobs"}
COMMANDS = {*WORKING, "__init__", "console", "drops", "notices", "sandbox"}
ROOMS = {
    "__init__": {*VALUES, "jobs", "journal"},
    "__main__": {*COMMANDS, "cli", "quoting"},
    "cli": COMMANDS,
    "console": {*VALUES, "quoting", "shown", "steps"},
    "crashpoints": set(),
    "drops": {*VALUES, "crashpoints", "jobs", "journal", "quoting", "settings", "shown"},
    "delivery": {*VALUES, "crashpoints", "journal"},
    "errors": set(),
    "fields": set(),
    "spreadsheet": set(),
    "intake": {*VALUES, "regular", "spreadsheet"},
    "jobs": {*WORKING, "crashpoints", "page", "quoting", "shown", "steps"} - {"jobs"},
    "journal": {*VALUES, "crashpoints", "quoting"},
    "model": {"fields", "plan", "quoting"},
    "notices": {*VALUES, "quoting", "settings"},
    "page": set(),
    "passes": {"model", "plan"},
    "plan": set(),
    "profile": set(),
    "runs": {"model"},
    "results": {*VALUES, "crashpoints", "journal", "page", "quoting", "spreadsheet", "steps"},
    "sandbox": set(),
    "quoting": set(),
    "regular": set(),
    "settings": {"errors", "quoting", "regular"},
    "shown": {"fields", "model", "passes"},
    "steps": {"model", "quoting"},
}
# A library, and the only places that import it: a file, or a folder with all that is in it.
DOORS = {
    "apprise": ("notices/",),
    "babel": ("intake/",),
    "click": ("__main__.py", "cli/", "console/"),
    "httptools": ("sandbox/",),
    "httpcore": ("delivery/transport.py",),
    "httpx": ("delivery/leadsquared.py", "delivery/transport.py", "notices/"),
    "jinja2": ("results/",),
    "nameparser": ("intake/transforms/",),
    "openpyxl": ("intake/source/", "results/"),
    "phonenumbers": ("intake/transforms/",),
    "email_validator": ("intake/transforms/",),
    "charset_normalizer": ("intake/source/",),
    "prometheus_client": ("notices/",),
    "pygal": ("results/",),
    "pandas": ("intake/", "results/"),
    "python_calamine": ("intake/source/",),
    "rapidfuzz": ("intake/",),
    "sqlite3": ("journal/", "delivery/throttle.py", "delivery/day.py", "delivery/quota_file.py"),
    "sqlite_utils": ("journal/", "delivery/throttle.py"),
    "starlette": ("sandbox/",),
    "tqdm": ("console/",),
    "uvicorn": ("sandbox/",),
    "watchfiles": ("drops/",),
    "xlrd": ("intake/source/",),
}
HEAVY = {
    "apprise",
    "babel",
    "httpx",
    "jinja2",
    "nameparser",
    "openpyxl",
    "pandas",
    "pydantic",
    "pygal",
    "rapidfuzz",
    "sqlite_utils",
    "tqdm",
    "yaml",
}
MOST_LINES = 400


def room_of(module: str) -> str:
    """`delivery/worker.py` is in delivery, `cli.py` in cli."""
    return module.partition("/")[0].removesuffix(".py")


def is_at(module: str, door: str) -> bool:
    return module.startswith(door) if door.endswith("/") else module == door


def imported(source: str) -> Iterator[str]:
    """The dotted names that a module imports, those inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.ImportFrom) and node.module == "importer":
            yield from (f"importer.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def complaints(module: str, source: str) -> list[str]:
    """Imports that the tables above do not allow in this module."""
    room = room_of(module)
    if room not in ROOMS:
        return [f"{room} is no room of the table"]
    found = []
    for name in imported(source):
        top, _, rest = name.partition(".")
        if not top:
            found.append(f"a relative import: {name}")
        elif top == "importer":
            other = rest.partition(".")[0]
            other = other if other in ROOMS else "__init__"
            if other not in {room, *ROOMS[room]}:
                found.append(f"{room} imports {other}")
        elif top in DOORS and not any(is_at(module, door) for door in DOORS[top]):
            found.append(f"{top} is imported in {module}")
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_what_the_table_allows(module: str) -> None:
    assert complaints(module, (PACKAGE / module).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "source", "complaint"),
    [
        ("intake/a.py", "import importer.journal.rows", "intake imports journal"),
        ("intake/a.py", "from importer.delivery import retry", "intake imports delivery"),
        ("results/a.py", "def f():\n    from importer import jobs", "results imports jobs"),
        ("model.py", "from importer.errors import ImporterError", "model imports errors"),
        ("sandbox/a.py", "from importer.model import Lead", "sandbox imports model"),
        ("sandbox/a.py", "from importer import __version__", "sandbox imports __init__"),
        ("jobs/a.py", "from importer import cli", "jobs imports cli"),
        (
            "console/console.py",
            "if TYPE_CHECKING:\n    from importer.settings import Account",
            "console imports settings",
        ),
        ("delivery/a.py", "from .worker import Worker", "a relative import: .worker"),
        ("delivery/worker.py", "import httpx", "httpx is imported in delivery/worker.py"),
        ("jobs/a.py", "import sqlite3", "sqlite3 is imported in jobs/a.py"),
        ("settings.py", "def f():\n    import click", "click is imported in settings.py"),
        ("journal/a.py", "from tqdm import tqdm", "tqdm is imported in journal/a.py"),
        ("cli/a.py", "import starlette.requests", "starlette is imported in cli/a.py"),
        ("gossip/a.py", "", "gossip is no room of the table"),
    ],
)
def test_an_import_outside_the_table_is_found(module: str, source: str, complaint: str) -> None:
    assert complaints(module, source) == [complaint]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("delivery/leadsquared.py", "import httpx\nfrom importer.model import Lead"),
        ("delivery/worker.py", "from importer.delivery.retry import Terms"),
        ("journal/a.py", "import sqlite3"),
        ("cli/a.py", "from importer import __version__, sandbox"),
        ("__main__.py", "import click\nfrom importer.cli.group import cli"),
    ],
)
def test_an_import_inside_the_table_is_allowed(module: str, source: str) -> None:
    assert complaints(module, source) == []


def test_every_room_of_the_table_is_there() -> None:
    assert {room_of(module) for module in MODULES} == set(ROOMS)


@pytest.mark.parametrize("module", MODULES)
def test_a_file_can_be_read_in_one_sitting(module: str) -> None:
    lines = len((PACKAGE / module).read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES


@pytest.mark.parametrize("options", [["--help"], ["run", "--help"], ["sandbox", "--help"]])
def test_help_imports_nothing_heavy(options: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "importer", *options]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    names = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines()}
    assert "click" in names, "the list of imports can be read"
    assert names & HEAVY == set()


def test_a_test_reaches_no_other_machine() -> None:
    with (
        socket.socket(socket.AF_INET) as one,
        pytest.raises(AssertionError, match=r"reaches for the network: 192\.0\.2\.1"),
    ):
        one.connect(("192.0.2.1", 80))


def test_a_test_sees_no_settings_and_no_home_of_the_person_who_runs_it() -> None:
    names = [name for name in os.environ if name.startswith(("LSQ_", "IMPORTER_"))]
    assert names == ["IMPORTER_STATE"]
    assert Path(os.environ["IMPORTER_STATE"]).parent == Path.home()
    assert not list(Path.home().iterdir())
