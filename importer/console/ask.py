"""A question to the person at the terminal, before something that can't be undone."""

import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from importer.console.line import one_line
from importer.errors import InterruptedRunError, SettingsError


def refuse_nobody() -> None:
    """Raises SettingsError: nobody is there to answer."""
    if not sys.stdin.isatty():
        raise SettingsError(
            "this asks first, and nobody is there to answer", fix="give --yes, if that is meant"
        )


def ask(question: Iterable[str]) -> bool:
    """Whether the answer was yes. question: its lines.

    Raises SettingsError: nobody is there to answer. InterruptedRunError: Ctrl-C was the answer.
    """
    refuse_nobody()
    with heard("stopped at the question; nothing was done"):
        return click.confirm("\n".join(map(one_line, question)), err=True)


@contextmanager
def heard(stopped: str) -> Iterator[None]:
    """Ctrl-C ends the question. Raises InterruptedRunError, with these words."""
    # A run's own handler only notes the signal, and a question would wait on.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    except click.Abort as error:
        raise InterruptedRunError(signal.SIGINT, stopped, fix="run it again") from error
    finally:
        signal.signal(signal.SIGINT, before)
