from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.world import World, sandbox


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """One sandbox for a module: each test has rows of its own."""
    with sandbox("--limit", "none") as keys:
        yield keys


@pytest.fixture
def world(server: dict[str, str], tmp_path: Path) -> World:
    return World(tmp_path, server)
