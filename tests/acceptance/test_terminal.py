"""How the commands behave on a terminal and in a pipe; and what they say comes next."""

import os
import pty
import re
import shlex
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Sequence
from fcntl import ioctl
from itertools import count
from pathlib import Path

import click
import pytest

from docs_build.commands import every_command
from importer import __version__
from importer.cli.group import cli
from tests.acceptance.test_errors import answering, served, user_of
from tests.acceptance.test_resolve import FAULTS, KEYLESS
from tests.acceptance.world import PATIENCE_S, Done, World, pause, people, sandbox

ESCAPE = "\x1b"
BAR = "%|"
RATE = ("--rate", "40/1s")


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with sandbox("--limit", "none") as keys:
        yield keys


@pytest.fixture
def world(server: dict[str, str], tmp_path: Path) -> World:
    return World(tmp_path, server)


@pytest.fixture
def mark(request: pytest.FixtureRequest) -> str:
    """One sandbox for all: the people of one test are no others' duplicates."""
    return re.sub(r"\W", "", request.node.name)[-40:]


def write_list(world: World, mark: str, count: int = 3) -> Path:
    rows = [(first, last, f"{mark}.{email}", "", city)
            for first, last, email, _, city in people(count)]  # fmt: skip
    return world.write_csv("my list.csv", rows)


def on_terminal(
    world: World, *arguments: object, columns: int = 80, **variables: str
) -> tuple[int, str]:
    """The exit code, and all that reached the terminal, as its lines end there: \\r\\n."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "importer", *map(str, arguments)],
        cwd=world.folder,
        env={**world.environment, "TERM": "xterm-256color", **variables},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    screen = bytearray()
    while part := _read(ours):
        screen += part
    os.close(ours)
    return process.wait(PATIENCE_S), screen.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux: the other side is closed
        return b""


# A terminal


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_bar_that_moves_is_all_that_a_terminal_gets_and_no_colour(
    world: World, mark: str, no_color: str
) -> None:
    file = write_list(world, mark, 30)
    code, screen = on_terminal(world, "run", file, "-m", world.mapping, *RATE, NO_COLOR=no_color)
    assert code == 0
    assert BAR in screen
    assert "\r" in screen.replace("\r\n", "")
    assert ESCAPE not in screen
    assert "  created           30  leads in the account, by this file\r\n" in screen


def test_a_dumb_terminal_gets_lines_and_no_bar(world: World, mark: str) -> None:
    file = write_list(world, mark, 30)
    code, screen = on_terminal(world, "run", file, "-m", world.mapping, *RATE, TERM="dumb")
    assert (code, BAR in screen, ESCAPE in screen) == (0, False, False)
    assert "\r" not in screen.replace("\r\n", "")


def test_quiet_is_quiet_on_a_terminal_too(world: World, mark: str) -> None:
    file = write_list(world, mark, 30)
    code, screen = on_terminal(world, "run", file, "-m", world.mapping, *RATE, "-q")
    assert code == 0
    assert screen.startswith("job 1 (")
    assert BAR not in screen


def test_the_bar_fits_a_narrow_terminal(world: World, mark: str) -> None:
    file = write_list(world, mark, 40)
    _, screen = on_terminal(world, "run", file, "-m", world.mapping, *RATE, columns=40)
    drawn = [part for part in re.split(r"[\r\n]+", screen) if part.startswith("sending")]
    assert len(drawn) > 1
    assert max(map(len, drawn)) <= 40


# A pipe


@pytest.mark.parametrize("ends", ["finished", "interrupted"])
def test_no_bar_goes_into_a_pipe(world: World, mark: str, ends: str) -> None:
    file = write_list(world, mark, 60)
    before = world.create_calls()
    process = world.start("run", file, "-m", world.mapping, *RATE)
    if ends == "interrupted":
        while world.create_calls() < before + 10:
            pause(0.01)
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == (0 if ends == "finished" else 130)
    for text in (out, err):
        assert [sign for sign in (BAR, "\r", ESCAPE, "sending:") if sign in text] == []


def test_a_long_path_is_whole_in_a_pipe(world: World, mark: str) -> None:
    folder = world.folder / ("a long name " * 12).strip()
    folder.mkdir()
    file = write_list(world, mark).rename(folder / "list.csv")
    done = world.importer("run", file, "-m", world.mapping, "--rate", "none")
    assert f"results: {folder / 'list.results.csv'}" in done.out.splitlines()


def test_quiet_leaves_the_summary_and_the_errors(world: World, mark: str) -> None:
    file = write_list(world, mark)
    done = world.importer("run", file, "-m", world.mapping, "-q")
    assert (done.code, done.err, done.out[:7]) == (0, "", "job 1 (")
    wrong = world.importer("status", "7", "-q")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.startswith('importer: the journal has no job "7"\n')


def test_v_tells_each_refusal_and_vv_each_call_and_neither_a_row_s_values(
    world: World, mark: str
) -> None:
    said = {}
    for option in ("", "-v", "-vv"):
        rows = [
            ("Asha", "Rao", f"{mark}{option}@example.com", "", ""),
            ("Ravi", "Das", "no", "", ""),
        ]
        file = world.write_csv(f"list{option}.csv", rows)
        done = world.importer("run", file, "-m", world.mapping, *filter(None, [option]))
        assert done.code == 1
        said[option] = done.err
    times = {
        option: len(re.findall(r"^[-\d]+ [:,\d]+ ", err, re.M)) for option, err in said.items()
    }
    assert times[""] == 0
    assert 0 < times["-v"] < times["-vv"]
    assert "row 3" in said["-v"]
    assert "example.com" not in "".join(said.values())


# The command line


def test_version_is_told() -> None:
    ended = command("--version")
    assert (ended.code, ended.out) == (0, f"importer, version {__version__}\n")


def command(*arguments: str, **variables: str) -> Done:
    ended = subprocess.run(
        [sys.executable, "-m", "importer", *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )
    return Done(ended.returncode, ended.stdout, ended.stderr)


@pytest.mark.parametrize("name", [name for name, _ in every_command()])
def test_help_fits_80_columns_and_ends_with_an_example_that_can_be_given(
    root: Path, name: str
) -> None:
    text = command(*name.split(), "--help", COLUMNS="80").out
    assert [line for line in text.splitlines() if len(line) > 80] == []
    head, _, example = text.partition("  Example:\n")
    options = head.partition("Options:\n")[2].splitlines()
    places = {found.start(1) for line in options if (found := re.search(r"^  \S.*?  +(\S)", line))}
    assert len(places) == 1, "the options' words stand in one column"
    lines = example.splitlines()
    assert len(lines) == 1
    parses(root, lines[0].strip())


def test_the_first_help_shows_commands_that_can_be_given(root: Path) -> None:
    lines = command("--help", COLUMNS="80").out.split("Options:")[0].splitlines()
    shown = [line.strip() for line in lines if line.startswith("  importer ")]
    assert len(shown) == 6
    for line in shown:
        parses(root, line.partition("   ")[0])


def parses(root: Path, line: str) -> None:
    """As click reads it; a mapping that it names is one of ours."""
    program, name, *arguments = shlex.split(line)
    assert program == "importer"
    found = cli.commands[name]
    if isinstance(found, click.Group):
        found = found.commands[arguments.pop(0)]
    context = found.make_context(name, arguments, parent=click.Context(cli, **cli.context_settings))
    mapping = context.params.get("mapping")
    assert mapping is None or (root / mapping).is_file()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(shell: str) -> None:
    ended = command(_IMPORTER_COMPLETE=f"{shell}_source")
    assert (ended.code, ended.err) == (0, "")
    assert f"_IMPORTER_COMPLETE={shell}_complete" in ended.out


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (
            "importer re",
            ["plain,rejects", "plain,report", "plain,resolve", "plain,results", "plain,retry"],
        ),
        ("importer run --again --short-rows ", ["plain,refuse", "plain,pad"]),
        ("importer run --ag", ["plain,--again"]),
    ],
)
def test_completion_offers_commands_options_and_their_choices(
    words: str, choices: list[str]
) -> None:
    count = len(words.split()) - (not words.endswith(" "))
    ended = command(_IMPORTER_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(count))
    assert (ended.code, sorted(ended.out.split())) == (0, sorted(choices))


# What comes next


def next_of(done: Done) -> list[str]:
    """The commands that the last lines name."""
    lines = [line for line in done.out.splitlines() if line.startswith("next: ")]
    return [line.removeprefix("next: ").split("then: ")[-1].split("  (")[0] for line in lines]


def give(world: World, line: str) -> Done:
    """The command line as a person copies it."""
    program, *arguments = shlex.split(line)
    assert program == "importer"
    return world.importer(*arguments)


def mended(world: World, name: str, mark: str) -> None:
    path = world.folder / name
    path.write_text(path.read_text("utf-8-sig").replace(",no,", f",{mark}.no@example.com,"))


def test_the_commands_that_come_next_keep_the_journal_the_account_and_the_settings(
    world: World, mark: str
) -> None:
    keys = [world.environment.pop(f"LSQ_{name}_KEY") for name in ("ACCESS", "SECRET")]
    world.environment |= {"ACME_ACCESS": keys[0], "ACME_SECRET": keys[1]}
    (world.folder / "my settings.toml").write_text(
        f'[accounts.acme]\nhost = "{world.environment.pop("LSQ_HOST")}"\n'
        'access_key = { env = "ACME_ACCESS" }\nsecret_key = { env = "ACME_SECRET" }\n'
    )
    named = ("--account", "acme", "--journal", "my.db", "--config", "my settings.toml")
    options = "--account acme --journal my.db --config 'my settings.toml'"
    rows = [("Asha", "Rao", f"{mark}@example.com", "", ""), ("Ravi", "Das", "no", "", "")]
    file = world.write_csv("list.csv", rows)
    started = world.importer("run", file, "-m", world.mapping, "--limit", "1", *named)
    assert (started.code, next_of(started)) == (0, [f"importer retry 1 {options}"])
    refused = give(world, next_of(started)[0])
    assert (refused.code, next_of(refused)) == (1, [f"importer run list.rejects.csv {options}"])
    shown = world.importer("status", "1", *named[2:])
    rejects = "importer rejects 1 --journal my.db --config 'my settings.toml'"
    assert next_of(shown) == [rejects]
    assert give(world, rejects).code == 0
    mended(world, "list.rejects.csv", mark)
    done = give(world, next_of(refused)[0])
    assert (done.code, next_of(done)) == (0, []), done.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_run_that_was_stopped_names_the_command_that_goes_on(
    world: World, mark: str, number: int
) -> None:
    before = world.create_calls()
    process = world.start("run", write_list(world, mark, 60), "-m", world.mapping, *RATE)
    while world.create_calls() < before + 10:
        pause(0.01)
    process.send_signal(number)
    done = Done(process.returncode, *process.communicate(timeout=PATIENCE_S))
    assert process.returncode == 128 + number
    assert next_of(done) == ["importer retry 1"]
    assert "  fix: run the same command again, or: importer retry 1; it carries on\n" in done.err
    assert give(world, f"{next_of(done)[0]} --rate none").code == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_run_that_was_stopped_while_it_stored_names_the_command_that_stores_the_rest(
    world: World, mark: str, number: int
) -> None:
    file = write_list(world, mark, 2_000)
    started: list[subprocess.Popen[str]] = []
    host = world.environment["LSQ_HOST"]
    calls = count(
        1
    )  # the second asks for the account's fields: its answer is none, and rows follow

    def before() -> None:
        if next(calls) == 2:
            _stop(started, number)

    with served(answering(200, user_of(world), before)) as between:
        world.environment["LSQ_HOST"] = between
        started.append(world.start("run", file, "-m", "mapping.yaml"))
        out, err = started[0].communicate(timeout=PATIENCE_S)
    world.environment["LSQ_HOST"] = host
    assert started[0].returncode == 128 + number, err
    done = Done(128 + number, out, err)
    assert next_of(done) == ["importer run 'my list.csv' -m mapping.yaml"]
    shown = world.importer("status", "1")
    assert next_of(shown) == next_of(done)
    again = give(world, f"{next_of(done)[0]} --limit 1")
    assert (again.code, sum(world.statuses().values())) == (0, 2_000)


def _stop(started: Sequence["subprocess.Popen[str]"], number: int) -> None:
    while not started:
        pause(0.01)
    started[0].send_signal(number)


def test_a_run_without_a_network_names_the_command_that_goes_on(world: World, mark: str) -> None:
    started = world.run(write_list(world, mark), "--limit", "1")
    assert started.json["pending"] == 2
    online = dict(world.environment)
    world.environment |= {"LSQ_HOST": "127.0.0.1:1", "IMPORTER_STATE": str(world.folder / "new")}
    done = world.importer("retry")
    assert (done.code, next_of(done)) == (75, ["importer retry 1"])
    world.environment = online
    assert give(world, next_of(done)[0]).code == 0


def test_failed_rows_have_a_command_that_sends_them_again(tmp_path: Path, mark: str) -> None:
    with sandbox("--limit", "none", "--fault", "bare500=100%") as keys:
        world = World(tmp_path, keys, IMPORTER_TRIES="1")
        done = world.importer("run", write_list(world, mark, 1), "-m", world.mapping)
        assert (done.code, next_of(done)) == (1, ["importer retry 1"]), done.err
        before = world.create_calls()
        again = give(world, next_of(done)[0])
        assert (again.code, world.statuses()) == (1, {"failed": 1}), again.err
        assert world.create_calls() == before + 1


def test_rows_in_doubt_have_a_command_that_lists_them(tmp_path: Path) -> None:
    with sandbox("--limit", "none", *FAULTS) as keys:
        world = World(tmp_path, keys, IMPORTER_SETTLE_S="0")
        file = world.write_csv("list.csv", KEYLESS)
        done = world.importer("run", file, "-m", world.mapping, "--rate", "5/1s")
        assert (done.code, next_of(done)) == (1, ["importer resolve 1"]), done.err
        listed = give(world, next_of(done)[0])
        assert (listed.code, next_of(listed)) == (0, [])
        decide = [line.partition(":")[2].strip() for line in listed.out.splitlines()
                  if "--give-up" in line]  # fmt: skip
        assert len(decide) == 1
        assert give(world, decide[0]).code == 1


def test_nothing_comes_next_where_nothing_is_left_to_do(world: World, mark: str) -> None:
    done = world.importer("run", write_list(world, mark), "-m", world.mapping)
    assert (done.code, next_of(done)) == (0, [])
