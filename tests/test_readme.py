"""The README's commands are run, and print what it says; what it names is there."""

import re
import shlex
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from importer.sandbox import demo
from tests.docs.pages import Shown, consoles, fences
from tests.docs.terminal import Terminal, compare, sandbox


@pytest.fixture(scope="module")
def readme() -> str:
    return (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_quick_start_prints_what_the_readme_shows(
    readme: str, tmp_path: Path, root: Path
) -> None:
    _, *blocks = (each for each in fences(readme) if each.language == "console")
    with sandbox() as told:
        terminal = Terminal(tmp_path, root, told)
        for block in blocks:
            terminal.do(block)
    assert terminal.code == 0


def test_the_demo_prints_what_the_readme_shows(readme: str, tmp_path: Path, root: Path) -> None:
    ((first,), *_) = consoles(readme)
    assert first.command == "make demo"
    terminal = Terminal(tmp_path, root, [])
    printed = terminal.said(f"{shlex.quote(sys.executable)} -m importer.sandbox.demo")
    compare(Shown("make demo", first.lines), printed, tmp_path)


LEAD = {"ProspectID": "1", "EmailAddress": "asha@example.com"}
OTHER = {"ProspectID": "2", "EmailAddress": "ravi@example.com"}


@pytest.mark.parametrize(
    ("leads", "totals", "holds"),
    [
        ([LEAD, OTHER], {"creates": 2, "throttled": 0}, True),
        ([LEAD], {"creates": 1, "throttled": 0}, False),
        ([LEAD, OTHER, {"ProspectID": "3"}], {"creates": 3, "throttled": 0}, False),
        ([LEAD, {**LEAD, "ProspectID": "2"}], {"creates": 2, "throttled": 0}, False),
        ([LEAD, OTHER], {"creates": 3, "throttled": 0}, False),
        ([LEAD, OTHER], {"creates": 2, "throttled": 1}, False),
    ],
)
def test_the_demo_fails_where_the_account_is_not_as_it_should_be(
    leads: list[dict[str, str]], totals: dict[str, int], holds: bool
) -> None:
    class Told(demo.Account):
        def ask(self, path: str, body: object = None) -> Any:
            assert body is None
            return leads if path == "/_sandbox/leads" else {**totals, "max_in_window": 25}

    ends_well = nullcontext() if holds else pytest.raises(demo.DemoError, match="not as it should")
    with ends_well:
        demo.check(Told({}), ["1"], ["2"])


def test_the_demo_runs_by_make(root: Path) -> None:
    recipe = "demo: $(READY)"
    makefile = (root / "Makefile").read_text()
    assert recipe in makefile
    assert "-m importer.sandbox.demo" in makefile.partition(recipe)[2].splitlines()[1]


def test_what_the_readme_names_is_there(readme: str, root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", readme)) <= targets
    links = {link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", readme)}
    assert {link for link in links if not (root / link).exists()} == set()
