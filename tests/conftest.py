"""Every test: a home and a state folder of its own, no settings from outside, no network."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
OURS = ("LSQ_", "IMPORTER_")
SLOW = ("torture", "acceptance", "docs", "hostile", "fuzz", "jobs")
BROWSER_TESTS = Path(__file__).with_name("browser")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--browser", help="a Chromium: the tests in it, as make browser-test has them")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Without a browser its tests are none of the tests. None: others may ignore it."""
    return True if collection_path == BROWSER_TESTS and not config.getoption("--browser") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take minutes come first: begun last, the other processes would wait for them."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        folder = item.path.relative_to(here).parts[0] if item.path.is_relative_to(here) else ""
        return SLOW.index(folder) if folder in SLOW else len(SLOW)

    items.sort(key=rank)


@pytest.fixture(autouse=True)
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Processes that a test starts inherit it. A run's journal is named by the test itself."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(OURS):
                patch.delenv(name)
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(home))
        patch.setenv("IMPORTER_STATE", str(home / "state"))
        yield home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine can be reached; a test that tries another fails, and says which."""
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _within(getattr(socket.socket, name)))


def _within(connect: Any) -> Any:
    def checked(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test reaches for the network: {address[0]}")
        return connect(self, address)

    return checked


@pytest.fixture
def root() -> Path:
    """Where pyproject.toml, mappings/ and sample_data/ are."""
    return Path(__file__).parents[1]
