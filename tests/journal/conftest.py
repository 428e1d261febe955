from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.journal.journal import Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "importer.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path, create=True) as opened:
        yield opened
