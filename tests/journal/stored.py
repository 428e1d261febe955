"""Small jobs in real journals."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import settings

from importer.journal.job import Identity, Job, Layout, MappingText
from importer.journal.journal import Journal
from importer.journal.staging import stage
from importer.model import Block, Lead, Problem, Screened

# The same examples at every run, and nothing kept between two.
FIXED = settings(derandomize=True, database=None, deadline=None)
HEADER = ("Name", "Email", "Phone")
UNIQUE = ("EmailAddress", "Phone")
MAPPING = MappingText(1, "mapping.yaml", "version: 1", "aa" * 32)
NOW = 1_700_000_000_000
TABLES = ("job", "mapping", "count", "block", "row", "attempt", "twin", "output")


def lead_of(cells: Sequence[str]) -> Lead:
    values = dict(zip(("FirstName", *UNIQUE), cells, strict=True))
    keys = {name: values[name].casefold() for name in UNIQUE if values[name]}
    return Lead({name: value for name, value in values.items() if value}, keys)


def screen(block: Block) -> Screened:
    """A row whose name is Bad is invalid; one without e-mail and phone is known as a whole."""
    problems: dict[int, list[Problem]] = {}
    keys: list[list[str]] = [[], []]
    whole: list[str] = []
    for index, cells in enumerate(block.rows):
        bad = cells[:1] == ["Bad"]
        if bad:
            problems[index] = [
                Problem("bad_name", "The name is bad.", "Name", "Bad"),
                Problem("bad_phone", "So is the phone.", "Phone"),
            ]
        lead = lead_of(cells) if cells and not bad else None
        for values, name in zip(keys, UNIQUE, strict=True):
            values.append(lead.keys.get(name, "") if lead else "")
        whole.append(lead.text if lead and not lead.keys else "")
    return Screened(problems, keys, whole)


def blocks_of(rows: Sequence[Sequence[str]], size: int = 2) -> list[Block]:
    """The rows from number 2 on, `size` a block; an empty row is blank."""
    found: list[Block] = []
    for start in range(0, len(rows), size):
        part = [list(row) for row in rows[start : start + size]]
        first = start + 2
        while part and not part[0]:
            del part[0]
            first += 1
        while part and not part[-1]:
            del part[-1]
        if part:
            found.append(Block(first, part))
    return found


def create_job(
    journal: Journal, *, sha256: str = "ab" * 32, layout: Layout | None = None, file: str = ""
) -> Job:
    return journal.create_job(
        Identity(sha256, "org-1"),
        layout or Layout("utf-8", ",", HEADER),
        file=file or "/lists/list.csv",
        mapping=MAPPING,
        now=NOW,
    )


def make_job(
    journal: Journal, rows: Sequence[Sequence[str]], *, size: int = 2, sha256: str = "ab" * 32
) -> Job:
    job = create_job(journal, sha256=sha256)
    return stage(journal, job, blocks_of(rows, size), screen, lambda: NOW)


def people(number: int) -> list[tuple[str, str, str]]:
    return [(f"Person {i}", f"person.{i}@example.com", f"98{i:08d}") for i in range(number)]


def content(path: Path, tables: Iterable[str] = TABLES) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the journal's tables, in order, but for what chance makes."""
    found = {}
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for table in tables:
        names = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
        wanted = ", ".join(name for name in names if name != "key_seed")
        found[table] = db.execute(f"SELECT {wanted} FROM {table} ORDER BY 1, 2").fetchall()
    db.close()
    return found


def ticking() -> Any:
    """A clock that moves 1 ms at each look."""
    return count(NOW).__next__
