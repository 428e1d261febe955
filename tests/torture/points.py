"""Every crash point of the importer, read from its code, and what a process says at each.

A point is `statements.CLAIM`, where that statement is done; `statements.CLAIM committed`, where its
transaction is; `Lead.Create about to leave`, `… bytes left` and `… reply read` of each kind of
call; or the text of a `reached("…")`. None is listed by hand, so none can be forgotten.
"""

import ast
import importlib
import re
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import importer
from importer.delivery.leadsquared import BYTES_LEFT, REPLY_READ
from importer.journal.journal import BEGIN, COMMIT

PACKAGE = Path(importer.__file__).parent
JOURNAL = PACKAGE / "journal"
WRITE = re.compile(
    r"\s*(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+(OR\s+\w+\s+)?\w+\s+SET|DELETE\s+FROM"
    r"|(CREATE|DROP|ALTER)\s+(TEMP|UNIQUE|TABLE|INDEX|VIEW|TRIGGER)|VACUUM"
    r"|WITH\b.*\b(INSERT|REPLACE)\s+INTO|WITH\b.*\b(UPDATE|DELETE)\s|PRAGMA\s+wal_checkpoint)\b",
    re.IGNORECASE | re.DOTALL,
)
ALONE = re.compile(r"\s*(VACUUM|PRAGMA)\b", re.IGNORECASE)  # is in no transaction
COMMITTED, TO_LEAVE = "committed", "about to leave"
AT_A_CALL = (TO_LEAVE, BYTES_LEFT, REPLY_READ)
# Their statements go by another door: of the tables, where each migration is a point as a whole;
# and of a database for a while, which is no journal.
APART = frozenset({"__init__", "schema", "drop_tables", "run_tables", "saved"})
# What `reached` is given there is no text of its own: a statement, and the name of a call.
NAMED_ELSEWHERE = {"journal/journal.py": "sql", "delivery/leadsquared.py": "request.name"}


@cache
def statements() -> dict[str, str]:
    """The text of each statement that writes the journal, to the name of its constant."""
    return {text: name for name, text in constants()}


def constants() -> Iterator[tuple[str, str]]:
    for path in sorted(JOURNAL.glob("*.py")):
        if path.stem not in APART:
            yield from _constants(path)


def _constants(path: Path) -> Iterator[tuple[str, str]]:
    """Those of the module that it makes itself."""
    module = importlib.import_module(f"importer.journal.{path.stem}")
    for name in _assigned(ast.parse(path.read_text(encoding="utf-8"))):
        value = getattr(module, name, None)
        if isinstance(value, str) and WRITE.match(value):
            yield f"{path.stem}.{name}", value
        elif isinstance(value, tuple):
            for place, each in enumerate(value):
                if isinstance(each, str) and WRITE.match(each):
                    yield f"{path.stem}.{name}[{place}]", each


def _assigned(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        yield from (target.id for target in targets if isinstance(target, ast.Name))


@cache
def calls() -> tuple[str, ...]:
    """The names of all calls: what `Request` is given first."""
    found = {
        text
        for path in sorted((PACKAGE / "delivery").glob("*.py"))
        for node in _called(path, "Request")
        for text in (_texts(node.args[0], path) if node.args else [])
    }
    return tuple(sorted(found))


@cache
def steps() -> tuple[str, ...]:
    """The texts of all `reached("…")`, in the order of the files, repeated ones too.

    Raises ValueError: a point is no text, and would not be found.
    """
    found: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        for node in _called(path, "reached"):
            (given,) = node.args
            texts = _texts(given, path)
            if not texts and ast.unparse(given) != NAMED_ELSEWHERE.get(place):
                raise ValueError(f"{place}, line {node.lineno}: {ast.unparse(given)} is no text")
            found += texts
    return tuple(text for text in found if text not in AT_A_CALL)


def _texts(given: ast.expr, path: Path) -> list[str]:
    """A text, one of two, or a constant of the module."""
    if isinstance(given, ast.Constant):
        return [str(given.value)]
    if isinstance(given, ast.IfExp):
        return [*_texts(given.body, path), *_texts(given.orelse, path)]
    if isinstance(given, ast.Name):
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        value = getattr(importlib.import_module(module), given.id, None)
        return [value] if isinstance(value, str) else []
    return []


def _called(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


@cache
def all_points() -> tuple[str, ...]:
    return (
        *statements().values(),
        *(f"{name} {COMMITTED}" for sql, name in statements().items() if not ALONE.match(sql)),
        *(f"{name} {moment}" for name in calls() for moment in AT_A_CALL),
        *steps(),
    )


class Names:
    """The points at which a process is, by what `reached` tells; several at a commit.

    Each thread that has the journal has a transaction of its own; calls leave in several.
    """

    def __init__(self) -> None:
        self._statements = statements()
        self._calls, self._steps = frozenset(calls()), frozenset(steps())
        self._here = threading.local()

    def at(self, told: str) -> tuple[str, ...]:
        name = self._statements.get(told)
        if name is not None:
            self._here.written = {**self._written(), name: None}
            return (name,)
        if told in (BEGIN, COMMIT):
            written, self._here.written = self._written(), {}
            return tuple(f"{name} {COMMITTED}" for name in written) if told == COMMIT else ()
        if told in self._calls:
            self._here.call = told
            return (f"{told} {TO_LEAVE}",)
        if told in AT_A_CALL:
            return (f"{self._here.call} {told}",)
        return (told,) if told in self._steps else ()

    def _written(self) -> dict[str, None]:
        found: dict[str, None] = getattr(self._here, "written", {})
        return found
