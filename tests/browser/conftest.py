"""A browser for all tests, and pages that the command itself has written."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from csv import reader, writer
from io import StringIO
from pathlib import Path

import pytest

from tests.browser.account import Imported, imported
from tests.browser.axe import script_of
from tests.browser.devtools import Browser, Page, chromium
from tests.browser.hostile import CELLS, LONG, MAPPING, NAME
from tests.browser.pages import Described, View
from tests.browser.pictures import emptied
from tests.browser.program import FOLDER, ROOT

HEADER = ["First Name", "Email", "Phone", *CELLS]
Preview = Callable[[str, Sequence[Sequence[str]], str], Path]


@pytest.fixture(scope="session")
def browser(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    program = request.config.getoption("--browser")
    with chromium(program, tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="session")
def previewed(tmp_path_factory: pytest.TempPathFactory) -> Preview:
    """The page of a list with these rows, the first of them its header."""

    def preview(name: str, rows: Sequence[Sequence[str]], mapping: str) -> Path:
        folder = tmp_path_factory.mktemp("list")
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer(file).writerows(rows)
        (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
        command = ["preview", name, "-m", "mapping.yaml", "--html", "page.html", "--json"]
        ended = subprocess.run(
            [sys.executable, "-m", "importer", *command],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "IMPORTER_STATE": str(folder)},
            capture_output=True,
            text=True,
        )
        page = folder / "page.html"
        assert json.loads(ended.stdout)["html"] == str(page), ended.stderr
        return page

    return preview


@pytest.fixture(scope="session")
def page(previewed: Preview) -> Path:
    """Of a list in which every text is hostile, with problems in two columns, and one of rows."""
    evil = [*CELLS]
    rows = [["Asha", "asha@example.com", "+919845011111", *evil]]
    rows += [["Ravi", "ravi@example.com", "12", *evil], ["", "", "", *evil]]
    rows += [["Nila", "nila@example.com", "", *evil, LONG]]
    rows += [[evil[n % len(evil)], "nobody", evil[n % len(evil)], *evil] for n in range(220)]
    return previewed(NAME, [HEADER, *rows], MAPPING)


# Every page has one of these: see pages.py


@pytest.fixture(scope="session")
def usual_preview(previewed: Preview) -> Path:
    """Of a list as people have it."""
    file = ROOT / "sample_data" / "webinar_signups.csv"
    mapping = ROOT / "mappings" / "webinar.yaml"
    rows = [*reader(StringIO(file.read_text(encoding="utf-8-sig"), newline=""))]
    return previewed(file.name, rows, mapping.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def hostile_preview(previewed: Preview) -> Path:
    """As `page`, with fewer rows: each kind of thing is there, and it takes less time."""
    evil = [*CELLS]
    rows = [["Asha", "asha@example.com", "+919845011111", *evil]]
    rows += [["Ravi", "ravi@example.com", "12", *evil], ["", "", "", *evil]]
    rows += [["Nila", "nila@example.com", "", *evil, LONG]]
    rows += [[each, "nobody", each, *evil] for each in evil[:9]]
    return previewed(NAME, [HEADER, *rows], MAPPING)


@pytest.fixture(scope="session")
def importing(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Future[Imported]"]:
    """Goes on beside the tests: most of an import that meets faults is waits."""
    folder = tmp_path_factory.mktemp("account")
    with ExitStack() as stack, ThreadPoolExecutor(1) as beside:
        yield beside.submit(lambda: stack.enter_context(imported(folder)))


@pytest.fixture(scope="session")
def account(importing: "Future[Imported]") -> Imported:
    """A hostile list that was imported, and the sandbox that has its leads, which still runs."""
    return importing.result()


@pytest.fixture(scope="session")
def report(account: Imported) -> Path:
    return account.reported(account.job)


@pytest.fixture(scope="session")
def undone_report(account: Imported) -> Path:
    return account.reported(account.undone)


@pytest.fixture(scope="session")
def history(account: Imported) -> Path:
    return account.reported("--all")


@pytest.fixture(scope="session")
def live(account: Imported) -> str:
    return account.url


@pytest.fixture(scope="session")
def lead(account: Imported) -> str:
    """The page of one whose name and notes are hostile."""
    (found,) = [
        each["ProspectID"]
        for each in account.world.leads()
        if each.get("EmailAddress") == "person0@example.com"
    ]
    return f"{account.url}LeadManagement/LeadDetails?LeadID={found}"


@pytest.fixture(scope="session")
def address(request: pytest.FixtureRequest, described: Described) -> Path | str:
    found: Path | str = request.getfixturevalue(described.fixture)
    return found


@pytest.fixture(scope="session")
def shown(request: pytest.FixtureRequest, browser: Browser, view: View) -> Iterator[Page]:
    """The page of a view, all of it laid open."""
    request.getfixturevalue("importing")  # begun before its pages are due
    address = request.getfixturevalue(view.described.fixture)
    with browser.page(address, width=view.width, height=view.height, scheme=view.scheme) as page:
        page.value(view.described.opens)
        yield page


# What they are looked at with


@pytest.fixture(scope="session")
def axe() -> str:
    """`make browser-test` has fetched it."""
    return script_of(FOLDER)


@pytest.fixture(scope="session")
def pictures() -> Path:
    """A folder without those of an earlier run."""
    return emptied()
