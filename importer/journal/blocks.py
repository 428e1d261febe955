"""How the cells and the keys of up to 500 rows are kept as two blobs.

Kept row by row, a million rows take 89 bytes each beyond the file and twice the time; kept so,
they take less than the file itself.
"""

import json
import sys
import zlib
from array import array
from collections.abc import Sequence

import xxhash

from importer.model import Lead

CELL_END, ROW_END = "\x1f", "\x1e"  # ASCII's unit and record separators
SEPARATED, JSON = b"S", b"J"
WHOLE_SLOT = 1 << 16  # the slot of a whole payload: no mapping has so many unique fields
LEVEL = 1  # zlib: 6 takes three times as long and saves a tenth


def pack_cells(rows: Sequence[Sequence[str]]) -> bytes:
    """Blank rows are empty sequences. Lone surrogates survive."""
    text = ROW_END.join([CELL_END.join(cells) for cells in rows])
    ends = sum(map(len, rows)) - sum(map(bool, rows))
    if text.count(CELL_END) == ends and text.count(ROW_END) == len(rows) - 1:
        return SEPARATED + zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)
    return JSON + zlib.compress(json.dumps(rows).encode(), LEVEL)


def unpack_cells(blob: bytes) -> list[list[str]]:
    data = zlib.decompress(memoryview(blob)[1:])
    if blob[:1] == JSON:
        rows: list[list[str]] = json.loads(data)
        return rows
    text = data.decode("utf-8", "surrogatepass")
    return [line.split(CELL_END) if line else [] for line in text.split(ROW_END)]


def pack_kinds(kinds: Sequence[str]) -> bytes | None:
    """Each row's `CellKind`s; None where all cells are text."""
    return zlib.compress("\n".join(kinds).encode(), LEVEL) if any(kinds) else None


def unpack_kinds(blob: bytes | None) -> list[str]:
    return zlib.decompress(blob).decode().split("\n") if blob else []


def hash_key(text: str, slot: int, seed: int) -> int:
    """A positive 63-bit number; 0 stands for "no value".

    Seeded, so that a file can't be made whose values all fall together.
    """
    digest = xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"), seed + slot)
    return (digest >> 1) or 1


def hashes_of(lead: Lead, unique: Sequence[str], seed: int) -> list[int]:
    """The hashes by which the lead's row is found; as `pack_keys` makes them."""
    if not lead.keys:
        return [hash_key(lead.text, WHOLE_SLOT, seed)]
    return [
        hash_key(lead.keys[name], slot, seed)
        for slot, name in enumerate(unique)
        if name in lead.keys
    ]


def pack_keys(keys: Sequence[Sequence[str]], whole: Sequence[str], seed: int) -> bytes:
    """Each row's hashes, a slot a unique field; the whole payload's where it has no value.

    keys: one sequence a unique field; whole: see `Screened`.
    """
    intdigest, wide = xxhash.xxh3_64_intdigest, "surrogatepass"
    columns = [
        [
            (intdigest(text.encode("utf-8", wide), seed + slot) >> 1 or 1) if text else 0
            for text in column
        ]
        for slot, column in enumerate(keys)
    ]
    first = columns[0] if columns else [0] * len(whole)
    for index, text in enumerate(whole):
        if text:
            first[index] = hash_key(text, WHOLE_SLOT, seed)
    hashes = array("Q")
    for column in columns or [first]:
        hashes.extend(column)
    if sys.byteorder == "big":
        hashes.byteswap()
    return hashes.tobytes()


def unpack_keys(blob: bytes) -> "array[int]":
    """All slots of the first field, then of the next; the slot's index modulo the block's length
    is the row's index."""
    hashes = array("Q")
    hashes.frombytes(blob)
    if sys.byteorder == "big":
        hashes.byteswap()
    return hashes
