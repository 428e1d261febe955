"""What disks, copies and other programs do to a journal's bytes. Every choice comes from a seed."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from random import Random

PAGE = 4096
ENDINGS = ("", "-wal", "-shm")

Files = Mapping[str, bytes]
Damage = Callable[[Files, Random], Files]


def read_files(journal: Path) -> dict[str, bytes]:
    """The journal, its log and its -shm, as far as they are there; by what their names end with."""
    paths = {ending: journal.with_name(f"{journal.name}{ending}") for ending in ENDINGS}
    return {ending: path.read_bytes() for ending, path in paths.items() if path.exists()}


def write_files(journal: Path, files: Files) -> None:
    for ending, data in files.items():
        journal.with_name(f"{journal.name}{ending}").write_bytes(data)


def _over(data: bytes, at: int, other: bytes) -> bytes:
    return data[:at] + other[: len(data) - at] + data[at + len(other) :]


def _page(files: Files, number: int) -> bytes:
    return files[""][number * PAGE : (number + 1) * PAGE]


def _any_page(files: Files, random: Random) -> int:
    return random.randrange(len(files[""]) // PAGE)


def noisy_page(files: Files, random: Random) -> Files:
    at = _any_page(files, random) * PAGE
    return {**files, "": _over(files[""], at, random.randbytes(PAGE))}


def noisy_range(files: Files, random: Random) -> Files:
    at, length = random.randrange(len(files[""])), random.choice((1, 5, 20, 300, 3_000, 30_000))
    return {**files, "": _over(files[""], at, random.randbytes(length))}


def noisy_bytes(files: Files, random: Random) -> Files:
    data = bytearray(files[""])
    for _ in range(random.randint(1, 40)):
        data[random.randrange(len(data))] = random.randrange(256)
    return {**files, "": bytes(data)}


def zeroed_page(files: Files, random: Random) -> Files:
    return {**files, "": _over(files[""], _any_page(files, random) * PAGE, bytes(PAGE))}


def cut_file(files: Files, random: Random) -> Files:
    return {**files, "": files[""][: random.randrange(len(files[""]))]}


def swapped_pages(files: Files, random: Random) -> Files:
    one, other = _any_page(files, random), _any_page(files, random)
    data = _over(files[""], one * PAGE, _page(files, other))
    return {**files, "": _over(data, other * PAGE, _page(files, one))}


def copied_page(files: Files, random: Random) -> Files:
    one, other = _any_page(files, random), _any_page(files, random)
    return {**files, "": _over(files[""], one * PAGE, _page(files, other))}


def cut_log(files: Files, random: Random) -> Files:
    return {**files, "-wal": files["-wal"][: random.randrange(len(files["-wal"]))]}


def noisy_log(files: Files, random: Random) -> Files:
    at, length = random.randrange(len(files["-wal"])), random.choice((1, 4, 24, 500, 5_000))
    return {**files, "-wal": _over(files["-wal"], at, random.randbytes(length))}


def zeroed_log(files: Files, random: Random) -> Files:
    at = random.randrange(len(files["-wal"]))
    return {**files, "-wal": _over(files["-wal"], at, bytes(len(files["-wal"]) - at))}


FILE_DAMAGES: Mapping[str, Damage] = {
    "a page of noise": noisy_page,
    "a range of noise": noisy_range,
    "bytes of noise": noisy_bytes,
    "a page of zeros": zeroed_page,
    "a file that was cut": cut_file,
    "two pages swapped": swapped_pages,
    "a page in another's place": copied_page,
}
"""Of a journal that was closed: all of it stands in its file."""

LOG_DAMAGES: Mapping[str, Damage] = {
    "a log that was cut": cut_log,
    "noise in the log": noisy_log,
    "a log that ends in zeros": zeroed_log,
}
"""Of a journal whose run was killed: its last changes stand in the log."""


# Pages of a table: sqlite.org/fileformat2.html#b_tree_pages


def root_of(files: Files, table: str) -> int:
    """The number of its first page, from 1 on; an index has one, too."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(without_log(files[""]))
        found = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    return int(found[0])


def without_log(data: bytes) -> bytes:
    """Marked as a database that needs none."""
    return data[:18] + b"\1\1" + data[20:]


def leaves_of(files: Files, table: str) -> list[int]:
    """The pages that have its records, in their order."""
    return list(_leaves(files[""], root_of(files, table)))


def _leaves(data: bytes, number: int) -> Iterator[int]:
    page = data[(number - 1) * PAGE : number * PAGE]
    if page[0] not in (2, 5):  # what leads to other pages, of an index or a table
        yield number
        return
    cells = int.from_bytes(page[3:5], "big")
    for at in range(12, 12 + 2 * cells, 2):
        start = int.from_bytes(page[at : at + 2], "big")
        yield from _leaves(data, int.from_bytes(page[start : start + 4], "big"))
    yield from _leaves(data, int.from_bytes(page[8:12], "big"))


def with_page(files: Files, number: int, page: bytes) -> Files:
    return {**files, "": _over(files[""], (number - 1) * PAGE, page)}


def zeroed(files: Files, *numbers: int) -> Files:
    for number in numbers:
        files = with_page(files, number, bytes(PAGE))
    return files


def swapped(files: Files, one: int, other: int) -> Files:
    first, second = _page(files, one - 1), _page(files, other - 1)
    return with_page(with_page(files, one, second), other, first)
