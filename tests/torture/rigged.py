"""The preloaded library in an arena's processes. See preload.py for what it can do there."""

import atexit
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.torture.preload import Preload, build
from tests.torture.scene import Arena


@contextmanager
def preloaded(arena: Arena, journal: Path | None = None) -> Iterator[Preload]:
    """Until the end, the importer's processes have the library. journal: as for `Preload`.

    Raises RuntimeError: see `build`.
    """
    with tempfile.TemporaryDirectory(prefix="torture-preload-") as folder:
        preload = Preload(library(), Path(folder), journal)
        before = dict(arena.environment)
        arena.environment.update(preload.environment)
        yield preload
        arena.environment.clear()
        arena.environment.update(before)


@cache
def library() -> Path:
    """Compiled once a process."""
    folder = tempfile.TemporaryDirectory(prefix="torture-library-")
    atexit.register(folder.cleanup)
    return build(Path(folder.name))
