"""How `make browser-test` comes by axe, and what it says where it can't."""

import io
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.axe import (
    ARCHIVE,
    INTEGRITY,
    MEMBER,
    NPM,
    PACKAGE,
    NoAxeError,
    axe_of,
    integrity_of,
)
from tests.browser.program import Machine

SCRIPT = "window.axe = {}"


def package_with(script: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as members:
        member = tarfile.TarInfo(MEMBER)
        member.size = len(script)
        members.addfile(member, io.BytesIO(script.encode()))
    return file.getvalue()


GIVEN = package_with(SCRIPT)


@dataclass
class Computer:
    """gives: what its npm fetches; None where it gets nothing."""

    folder: Path
    has_npm: bool = True
    gives: bytes | None = GIVEN
    ran: list[tuple[str, ...]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def machine(self) -> Machine:
        return Machine({}, self.which, self.run, folder=self.folder, say=self.said.append)

    def which(self, name: str) -> str | None:
        return "/bin/npm" if name == "npm" and self.has_npm else None

    def run(self, command: Sequence[str]) -> bool:
        self.ran.append(tuple(command))
        if self.gives is not None:
            (Path(command[-1]) / ARCHIVE).write_bytes(self.gives)
        return self.gives is not None


def test_npm_fetches_it_once(tmp_path: Path) -> None:
    computer = Computer(tmp_path / "build")
    for _ in range(2):
        assert axe_of(computer.machine, integrity_of(GIVEN)) == SCRIPT
    assert computer.ran == [(*NPM, str(tmp_path / "build"))]
    assert computer.said == [
        f"axe is not here: fetching {PACKAGE} with npm, into {tmp_path / 'build'}"
    ]


def test_where_it_is_no_npm_is_needed(tmp_path: Path) -> None:
    (tmp_path / ARCHIVE).write_bytes(GIVEN)
    computer = Computer(tmp_path, has_npm=False)
    assert axe_of(computer.machine, integrity_of(GIVEN)) == SCRIPT
    assert (computer.ran, computer.said) == ([], [])


@pytest.mark.parametrize(
    ("has_npm", "why"), [(False, "there is no npm to fetch it with"), (True, "npm did not get it")]
)
def test_without_it_the_check_fails_and_says_so(tmp_path: Path, has_npm: bool, why: str) -> None:
    computer = Computer(tmp_path, has_npm=has_npm, gives=None)
    with pytest.raises(NoAxeError) as raised:
        axe_of(computer.machine)
    assert str(raised.value) == (
        f"there is no axe to look at the pages with, and {why}:\n"
        f"  looked for: {tmp_path / ARCHIVE}\n"
        "  mend it: run make browser-test where npm reaches its registry, or fetch it by hand:"
        f" npm pack --silent {PACKAGE} --pack-destination {tmp_path}"
    )


def test_another_package_than_is_pinned_is_not_run(tmp_path: Path) -> None:
    with pytest.raises(NoAxeError) as raised:
        axe_of(Computer(tmp_path).machine)
    assert str(raised.value) == (
        f"the package of axe is not the {PACKAGE} that is pinned:\n"
        f"  at:      {tmp_path / ARCHIVE}\n"
        f"  pinned:  {INTEGRITY}\n"
        f"  found:   {integrity_of(GIVEN)}\n"
        "  mend it: remove the file, and run make browser-test again"
    )


def test_integrity_is_written_as_npm_writes_it() -> None:
    """Of nothing, as `openssl dgst -sha512 -binary | base64` has it."""
    assert integrity_of(b"") == (
        "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
    )
