from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.world import World, sandbox
from tests.forked import READ_AT_ITS_START, ForkedWorld
from tests.torture.zygote import Zygote, zygote


@pytest.fixture(scope="session")
def forks() -> Iterator[Zygote]:
    with zygote(READ_AT_ITS_START) as found:
        yield found


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """One sandbox for a module: each test has rows of its own."""
    with sandbox("--limit", "none") as keys:
        yield keys


@pytest.fixture
def world(
    server: dict[str, str],
    tmp_path: Path,
    forks: Zygote,
    tmp_path_factory: pytest.TempPathFactory,
) -> World:
    return ForkedWorld(tmp_path, server, forks, tmp_path_factory.mktemp("outputs"))
