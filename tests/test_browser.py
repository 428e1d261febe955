"""Which browser `make browser-test` takes, what it installs, and what it says without one."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pytest

from tests.browser.program import (
    APT,
    NAMES,
    NPM,
    UNPACK,
    Machine,
    NoBrowserError,
    browser_of,
    succeeds,
)


class Computer:
    """programs: that are there; broken: that fail; installs: what a command brings."""

    def __init__(
        self,
        programs: Collection[str],
        *,
        broken: Collection[str] = (),
        installs: Mapping[str, str] | None = None,
        is_root: bool = False,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.programs, self.broken = {*programs}, {*broken}
        self.installs = installs or {}
        self.ran: list[tuple[str, ...]] = []
        self.said: list[str] = []
        self.machine = Machine(
            variables or {}, self.which, self.run, is_root, Path("/nowhere"), self.said.append
        )

    def which(self, name: str) -> str | None:
        if name.startswith("/"):
            return name if name in self.programs else None
        return f"/bin/{name}" if name in self.programs else None

    def run(self, command: Sequence[str]) -> bool:
        name = command[0].rpartition("/")[2]
        if command[-1] == "--version":
            return name not in self.broken
        self.ran.append(tuple(command))
        if name in self.broken:
            return False
        if new := self.installs.get(" ".join(command)):
            self.programs.add(new)
        return True


APT_INSTALL = " ".join(APT[-1])


@pytest.mark.parametrize("name", NAMES)
def test_one_that_is_there_is_taken(name: str) -> None:
    computer = Computer([name, "apt-get", "npm"], is_root=True)
    assert browser_of(computer.machine) == f"/bin/{name}"
    assert (computer.ran, computer.said) == ([], [])


def test_one_that_does_not_run_is_passed_over() -> None:
    computer = Computer(["chromium-browser", "google-chrome"], broken=["chromium-browser"])
    assert browser_of(computer.machine) == "/bin/google-chrome"


def test_the_variable_goes_before_all_others() -> None:
    variables = {"CHROMIUM": "/opt/edge"}
    assert (
        browser_of(Computer(["chromium", "/opt/edge"], variables=variables).machine) == "/opt/edge"
    )
    for computer in (
        Computer(["chromium"], variables=variables),
        Computer(["chromium", "/opt/edge"], broken=["edge"], variables=variables),
    ):
        with pytest.raises(NoBrowserError, match="CHROMIUM names no browser that runs: /opt/edge"):
            browser_of(computer.machine)


def test_root_installs_that_of_debian() -> None:
    computer = Computer(["apt-get", "npm"], installs={APT_INSTALL: "chromium"}, is_root=True)
    assert browser_of(computer.machine) == "/bin/chromium"
    assert computer.ran == [*APT]
    assert computer.said == ["no Chromium is here: installing one with apt-get"]


def test_others_do_so_by_sudo_where_it_asks_for_nothing() -> None:
    installs = {f"sudo -n {APT_INSTALL}": "chromium"}
    computer = Computer(["apt-get", "sudo"], installs=installs)
    assert browser_of(computer.machine) == "/bin/chromium"
    assert computer.ran == [("sudo", "-n", "true"), *(("sudo", "-n", *each) for each in APT)]


def test_npm_comes_last_and_its_chromium_stays_in_a_folder_of_its_own() -> None:
    unpack = ("sh", "-c", UNPACK, "/nowhere")
    installs = {" ".join(unpack): "/nowhere/chromium"}
    computer = Computer(["apt-get", "npm"], broken=["apt-get"], installs=installs, is_root=True)
    assert browser_of(computer.machine) == "/nowhere/chromium"
    assert computer.ran == [APT[0], (*NPM, "/nowhere"), unpack]
    assert computer.said[1] == "no Chromium is here: installing one with npm, in /nowhere"


@pytest.mark.parametrize("programs", [[], ["apt-get"], ["apt-get", "sudo", "npm"]])
def test_without_any_it_fails_and_says_so(programs: list[str]) -> None:
    computer = Computer(programs, broken=["sudo"])
    with pytest.raises(NoBrowserError) as raised:
        browser_of(computer.machine)
    assert str(raised.value) == (
        "there is no Chromium to test the page in, and none could be installed:\n"
        f"  looked for: {', '.join(NAMES)}\n"
        "  mend it: install one (Debian: apt-get install chromium), or name its program:"
        " make browser-test CHROMIUM=/path/to/chrome"
    )


def test_a_command_that_fails_or_is_not_there_installs_nothing() -> None:
    assert [succeeds(["true"]), succeeds(["false"]), succeeds(["/no/such/program"])] == [
        True,
        False,
        False,
    ]
