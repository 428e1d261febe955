"""A page that shows what is not so is found."""

from pathlib import Path

import pytest

from tests.docs.pages import Fence, Shown, fences, inline_commands
from tests.docs.terminal import FOLDER, Terminal, compare, plain


@pytest.fixture
def terminal(tmp_path: Path, root: Path) -> Terminal:
    return Terminal(tmp_path, root, [])


def console(text: str) -> Fence:
    return Fence("console", None, text)


def test_commands_run_in_order_and_print_what_is_shown(terminal: Terminal) -> None:
    terminal.do(console("$ echo one\none\n$ export NAME='a $b'\n$ echo \"$NAME\"\na $b\n"))
    assert terminal.environment["NAME"] == "a $b"


def test_a_command_knows_how_the_one_before_it_ended(terminal: Terminal) -> None:
    terminal.do(console("$ false\n$ echo $?\n1\n$ echo $?\n0\n"))
    assert terminal.code == 0


def test_a_command_that_can_not_go_on_fails_its_page(terminal: Terminal) -> None:
    with pytest.raises(AssertionError, match="exit 2 ends with 2"):
        terminal.do(console("$ exit 2\n"))


def test_a_file_of_a_page_is_written_where_its_commands_run(terminal: Terminal) -> None:
    terminal.do(console("$ mkdir lists\n$ cd lists\n"))
    terminal.do(Fence("csv", "a.csv", f"Name\n{FOLDER}\n"))
    terminal.do(console(f"$ cat a.csv\nName\n{FOLDER}\n$ ls {FOLDER}/lists\na.csv\n"))
    assert (terminal.folder / "lists" / "a.csv").read_text() == f"Name\n{terminal.folder}\n"


PRINTED = ["one", "two", "three", "four"]


@pytest.mark.parametrize(
    ("lines", "is_so"),
    [
        ([], True),
        (PRINTED, True),
        (["…"], True),
        (["one", "…", "four"], True),
        (["…", "two", "three", "…"], True),
        (["one"], False),
        (["one", "two", "three", "four", "five"], False),
        (["…", "three", "…", "two", "…"], False),
        (["one", "…", "five"], False),
        (["…", "one", "three", "…"], False),
    ],
)
def test_lines_are_compared_whole_or_each_part_in_its_place(lines: list[str], is_so: bool) -> None:
    if is_so:
        compare(Shown("say", lines), PRINTED, Path("/x"))
    else:
        with pytest.raises(AssertionError):
            compare(Shown("say", lines), PRINTED, Path("/x"))


def test_what_differs_from_run_to_run_is_taken_out() -> None:
    lines = [
        "http://127.0.0.1:8800 about 0:00:47 at 25 calls in 5 s",
        "/x/importer.db since 2026-11-24 03:12:23+05:30, on 2026-11-24 (2e337ef8afc8)",
        "lead: a656beee-fe54-464a-8d26-91de1646c78f, 237 rows",
    ]
    assert plain(lines, Path("/x")) == [
        "http://127.0.0.1:PORT PACE",
        f"{FOLDER}/importer.db since TIME, on DAY (KEY)",
        "lead: ID, 237 rows",
    ]


def test_the_blocks_of_a_page_are_found() -> None:
    page = 'Run `importer status`.\n\n```csv title="a.csv"\nx\n```\n\n```text\n`importer no`\n```\n'
    assert fences(page) == [Fence("csv", "a.csv", "x\n"), Fence("text", None, "`importer no`\n")]
    assert inline_commands(page) == ["importer status"]
