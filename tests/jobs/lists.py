"""Lists of people whom no other test has, and what a person does with a reject file."""

import csv
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from importer.model import REJECT_COLUMNS
from tests.acceptance.world import HEADER, Done, World

SERIAL = count(1)
BAD = "not an e-mail"


def people(number: int) -> list[list[str]]:
    found = []
    for serial, _ in zip(SERIAL, range(number), strict=False):
        found.append([f"First{serial}", f"Last{serial}", f"p{serial}@example.com", "", "Pune"])
    return found


def calls_during(world: World, *arguments: object) -> tuple[Done, int]:
    """A command without a pace, and how many leads it asked for."""
    before = world.create_calls()
    done = world.importer(*arguments, "--rate", "none", "--json")
    return done, world.create_calls() - before


def run(world: World, file: Path, *arguments: object) -> tuple[Done, int]:
    return calls_during(world, "run", file, "-m", world.mapping, *arguments)


def repair(world: World, file: Path, *arguments: object) -> tuple[Done, int]:
    return calls_during(world, "run", file, *arguments)


def write_rejects(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*HEADER, *REJECT_COLUMNS])
        writer.writeheader()
        writer.writerows(rows)
    return path


def statuses(world: World, job: int = 1) -> dict[int, str]:
    sql = f"SELECT id & 4294967295, status FROM row WHERE id >> 32 = {job} ORDER BY id"
    return dict(world.journal(sql))


def leads_of(world: World, rows: Iterable[list[str]]) -> int:
    """How many leads the account has for these people."""
    names = {row[0] for row in rows}
    return sum(lead.get("FirstName") in names for lead in world.leads())
