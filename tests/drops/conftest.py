from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.world import World, sandbox
from tests.drops.shop import Shop


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """One sandbox for a module: each test has rows of its own."""
    with sandbox("--limit", "none") as keys:
        yield keys


@pytest.fixture
def shop(server: dict[str, str], tmp_path: Path) -> Shop:
    return Shop(World(tmp_path, server))
