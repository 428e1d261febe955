"""The records that the parts of a binary workbook are made of, and the values in them.

In: the bytes of a part, unpacked as they are read. Out: numbers of kinds, and data. The layouts:
MS-XLSB 2.1.4 (records), 2.5.123 (RkNumber), 2.5.169 (XLWideString), 2.5.97.2 (errors).
"""

import struct
from collections.abc import Iterator
from typing import IO

CHUNK = 256 * 1024  # bytes
LONGEST = 8 << 20  # bytes of a record: a cell of 32,767 characters takes 64 kB
LENGTH = struct.Struct("<I")
REAL = struct.Struct("<d")
SIGNED = struct.Struct("<i")
ABSENT = 0xFFFFFFFF  # the length of a text that is not there
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def records(part: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Raises ValueError: the part ends within a record, or has one that is longer than any."""
    data, at = b"", 0
    while chunk := part.read(CHUNK):
        data, at = data[at:] + chunk, 0
        while (head := _head(data, at)) and head[1] + head[2] <= len(data):
            kind, start, size = head
            at = start + size
            yield kind, data[start:at]
        if head and head[2] > LONGEST:
            raise ValueError(f"a record of {head[2]:,} bytes")
    if at < len(data):
        raise ValueError("it ends in the middle of a record")


def _head(data: bytes, at: int) -> tuple[int, int, int] | None:
    """A record's kind, its data's place and size; None where not all of that is there."""
    kind, start = _number(data, at, 2)
    size, start = _number(data, start, 4) if start else (0, 0)
    return (kind, start, size) if start else None


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first, and where it ends; 0 where it does not."""
    value = 0
    for i, byte in enumerate(data[at : at + most]):
        value |= (byte & 0x7F) << 7 * i
        if byte < 0x80 or i == most - 1:
            return value, at + i + 1
    return 0, 0


def text_at(data: bytes, at: int) -> tuple[str, int]:
    """The text there, and where it ends. Raises ValueError, struct.error: it ends elsewhere."""
    (length,) = LENGTH.unpack_from(data, at)
    start = at + LENGTH.size
    if length == ABSENT:
        return "", start
    end = start + 2 * length
    if end > len(data):
        raise ValueError("a text is longer than its record")
    return data[start:end].decode("utf-16-le", "surrogatepass"), end


def real_at(data: bytes, at: int) -> float:
    (value,) = REAL.unpack_from(data, at)
    return float(value)


def packed_at(data: bytes, at: int) -> float:
    """A number in 30 bits: a whole one or the upper part of a real one, or a hundred times that."""
    (bits,) = SIGNED.unpack_from(data, at)
    if bits & 2:
        value = float(bits >> 2)
    else:
        value = REAL.unpack(b"\0\0\0\0" + SIGNED.pack(bits & ~3))[0]
    return value / 100 if bits & 1 else value
