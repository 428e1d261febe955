"""Moments at which a test ends this process, to see that nothing is lost by it.

Every change to the journal, and every step around a call, tells its name here. Nobody listens but
a test that runs the importer in a process of its own: no option, variable or file turns it on.
Else a point costs one call of a function that does nothing.
"""

from collections.abc import Callable

Listener = Callable[[str], None]

_listener: Listener | None = None


def reached(name: str) -> None:
    """name: of what was just done, unless it says otherwise; an SQL statement is its own name."""
    if _listener is not None:
        _listener(name)


def listen(listener: Listener | None) -> None:
    """For tests. It is told each name, in the thread that reached it; None: nobody listens."""
    global _listener
    _listener = listener
