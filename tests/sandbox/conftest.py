"""Real sandboxes: processes of their own, on free ports."""

import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]


@contextmanager
def running(*options: str) -> Iterator[httpx.Client]:
    """Start a sandbox, and give a client with its address and keys; check that it ends well."""
    with serving(*options) as (client, _):
        yield client


@contextmanager
def serving(*options: str) -> Iterator[tuple[httpx.Client, int]]:
    """As `running`, with the id of the sandbox's process too."""
    command = [sys.executable, "-m", "importer.sandbox", "--port", "0", *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(3)]
        try:
            values = dict(shlex.split(line)[0].split("=", 1) for line in said)
            keys = {
                "x-LSQ-AccessKey": values["LSQ_ACCESS_KEY"],
                "x-LSQ-SecretKey": values["LSQ_SECRET_KEY"],
            }
            host = values["LSQ_HOST"]
            with httpx.Client(base_url=host, headers=keys, trust_env=False) as client:
                yield client, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            rest, errors = process.communicate(timeout=10)
        assert (process.returncode, rest, errors.count("\n")) == (0, "", 2), errors


@pytest.fixture
def start() -> Iterator[Callable[..., httpx.Client]]:
    """Start sandboxes with the options given; all end with the test."""
    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(running(*options))


@pytest.fixture(scope="module")
def api() -> Iterator[httpx.Client]:
    """One sandbox for the tests of a module; each brings leads of its own."""
    with running("--limit", "none", "--org-id", "the-org") as client:
        yield client
