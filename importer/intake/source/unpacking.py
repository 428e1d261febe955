"""How large a part of an archive really is, before anything reads it: a bomb of a megabyte unpacks
to gigabytes, and an archive's directory can lie about it.

In: an archive's file, and what its directory says of a part. Out: nothing, or an error. The part is
unpacked piece by piece, and thrown away.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

# The XML of a sheet whose cells are all the same is 25 times as long as what it is packed to
# (openpyxl; XlsxWriter 17). Apache POI takes 100 for a bomb (ZipSecureFile).
MOST_RATIO = 50
HARMLESS = 16 << 20  # bytes that may be of any ratio
MOST_SMALL = 8 << 20  # bytes: 65,490 cell formats, the most that Excel takes, are some 8 MB
PIECE = 64 << 10
LOCAL = struct.Struct("<26x2H")  # the lengths of the name and of more, in the head before a part
# calamine makes room for as many shared strings as the part says that it has, before it reads one.
COUNT = re.compile(rb"""uniqueCount\s{0,9}=\s{0,9}["']\s{0,9}\+?(\d{1,99})""")
FEW_STRINGS = 100_000  # that take 2.4 MB
LONGEST_COUNT = 150  # bytes that the expression takes
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # that a workbook may have: ISO/IEC 29500-2


class BombError(Exception):
    """A part takes far more memory than the file's size lets expect."""


def refuse_bomb(
    file: BinaryIO,
    info: zipfile.ZipInfo,
    look: Callable[[bytes], None] | None = None,
    *,
    may_be_large: bool = True,
) -> None:
    """look: is told of all bytes, piece by piece. may_be_large: it grows with the list.

    Raises BombError: the part unpacks to more than a workbook's can. BadZipFile, zlib.error: it
    can't be unpacked, is longer than the directory says, or has fewer strings than it says.
    """
    if info.compress_type not in METHODS:
        raise _odd_method(info)
    most = max(HARMLESS, MOST_RATIO * info.compress_size) if may_be_large else MOST_SMALL
    size = promised = 0
    before = b""
    for piece in _unpacked(file, info):
        size += len(piece)
        if look:
            look(piece)
        promised = max([promised, *map(int, COUNT.findall(before + piece))])
        before = piece[-LONGEST_COUNT:]
        if size > most:
            raise BombError(f"{info.compress_size:,} bytes of it unpack to more than {most:,}")
    if size > info.file_size:
        raise zipfile.BadZipFile(f"{info.filename} is longer than the directory says")
    if promised > max(size, FEW_STRINGS):
        raise zipfile.BadZipFile(
            f"{info.filename} does not have the {promised:,} texts it promises"
        )


def head(file: BinaryIO, info: zipfile.ZipInfo) -> bytes:
    """The part's first bytes, PIECE at most. Raises as `refuse_bomb` does."""
    if info.compress_type not in METHODS:
        raise _odd_method(info)
    return next(_unpacked(file, info), b"")


def _odd_method(info: zipfile.ZipInfo) -> zipfile.BadZipFile:
    return zipfile.BadZipFile(f"{info.filename} is packed by method {info.compress_type}")


def _unpacked(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.compress_type == zipfile.ZIP_STORED:
        yield from _packed(file, info)
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _packed(file, info):
        while packed and not inflate.eof:
            yield inflate.decompress(packed, PIECE)
            packed = inflate.unconsumed_tail
    yield inflate.flush(PIECE)


def _packed(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(info.header_offset)
    head = file.read(LOCAL.size)
    if len(head) < LOCAL.size:
        raise zipfile.BadZipFile(f"{info.filename} is not where the directory says")
    file.seek(info.header_offset + LOCAL.size + sum(LOCAL.unpack(head)))
    left = info.compress_size
    while left and (packed := file.read(min(left, PIECE))):
        left -= len(packed)
        yield packed
