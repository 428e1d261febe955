"""In which encoding a file is written that is neither marked nor UTF-8: by the text it would be.

In: an open file. Out: the name of a codec, or none. A sample from the whole file is weighed; that
every byte can be decoded is not known here.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from importer.intake.source.fit import Scale, Weight

CHUNK = 1024 * 1024  # bytes
CELLS = 500  # in a sample, about
BEFORE, AFTER = 40, 200  # bytes of a cell, around its first that is not ASCII

HIGH = re.compile(rb"[\x80-\xff]")
END_OF_CELL = re.compile(rb"[\t\n\r,;]")  # none is a part of a character in any of CANDIDATES

CONVINCING = 0.5  # the mean of a right guess; of 20 names, 99 of 100 right guesses reach it
HOPELESS = -0.5  # what no right guess of more than a few letters falls to
FEW = 12  # bytes that are not ASCII: too few to give up for, or to ask the detector about
TOLD_BY_NULS = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]
OLD_MAC = 2.0  # carriage returns alone end the lines: Excel's "CSV (Macintosh)"


@dataclass(frozen=True, slots=True)
class Candidate:
    """doubt: what has to outweigh it, as letters. everyday: as `Scale.weigh` takes it.

    errors: "replace" where bytes that are no text are to be an error in this encoding, and no
    reason to take another.
    """

    codec: str
    doubt: float = 0.0
    everyday: re.Pattern[bytes] | None = None
    errors: str = "strict"


# Of equals the first. Which ideographs are in daily use: the first level of JIS X 0208 and GB 2312,
# the hangul of KS X 1001, the common ones of Big5.
CANDIDATES = (
    Candidate("cp1252", errors="replace"),  # latin-1 too: it differs in what no text has
    Candidate("utf-8", 0, re.compile(rb"[\xe3-\xed]..", re.DOTALL), errors="replace"),
    Candidate("cp1250", 0.5),
    Candidate("iso8859-2", 2),
    Candidate("cp1254", 0.5),
    Candidate("cp1251", 0.5),
    Candidate("cp932", 1, re.compile(rb"[\x81-\x98].", re.DOTALL)),
    Candidate("gb18030", 1, re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")),
    Candidate("cp949", 1.5, re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")),
    Candidate("cp950", 1.5, re.compile(rb"[\xa4-\xc6].", re.DOTALL)),
    Candidate("mac-roman", 1),
    Candidate("cp850", 2),
)


def guess(file: BinaryIO) -> str | None:
    """The codec whose text reads best; `utf-8` for a file that is written in it but for some bytes.

    None: no text reads well.
    """
    sample, old_mac = _sample(file)
    scale = Scale()
    weights: dict[str, Weight] = {}
    for candidate in CANDIDATES:
        _weigh(candidate, sample, scale, weights)
    if old_mac and "mac-roman" in weights:
        weights["mac-roman"].sum += OLD_MAC
    best = max(weights, key=lambda codec: weights[codec].sum)
    if weights[best].mean >= CONVINCING or weights[best].size <= FEW:
        return best
    if told := _detector(sample):
        _weigh(Candidate(told), sample, scale, weights)
        best = max(weights, key=lambda codec: weights[codec].sum)
    return best if weights[best].mean > HOPELESS else None


def _weigh(
    candidate: Candidate, sample: list[bytes], scale: Scale, weights: dict[str, Weight]
) -> None:
    """Add the candidate's weight, unless it can't decode the sample."""
    decoder = codecs.getincrementaldecoder(candidate.codec)(candidate.errors)
    try:
        texts = []
        for cell in sample:
            texts.append(decoder.decode(cell))
            decoder.reset()
    except UnicodeDecodeError:
        return
    weight = scale.weigh(texts, candidate.codec, candidate.everyday)
    weight.sum -= candidate.doubt
    weights.setdefault(candidate.codec, weight)


def _detector(sample: list[bytes]) -> str | None:
    """What charset-normalizer says, which is at home in other scripts and not in short Latin."""
    from charset_normalizer import from_bytes  # 75 ms

    match = from_bytes(b"".join(sample), cp_exclusion=TOLD_BY_NULS).best()
    return codecs.lookup(match.encoding).name if match else None


def _sample(file: BinaryIO) -> tuple[list[bytes], bool]:
    """Different cells that are not ASCII, from all over the file; whether its lines end in CR only.

    Where they are too many, every second is let go, and half as many taken from there on.
    """
    cells: dict[bytes, None] = {}
    take, rest = CELLS, b""
    breaks = {b"\r": False, b"\n": False}
    file.seek(0)
    while chunk := file.read(CHUNK):
        for mark in breaks:
            breaks[mark] = breaks[mark] or mark in chunk
        rest += chunk
        end = max(rest.rfind(b"\n"), rest.rfind(b"\r")) + 1 or len(rest)
        cells.update(dict.fromkeys(islice(_cells(rest[:end]), take)))
        rest = rest[end:]
        if len(cells) > 2 * CELLS:
            cells, take = dict.fromkeys(list(cells)[::2]), max(1, take // 2)
    cells.update(dict.fromkeys(islice(_cells(rest + b"\n"), take)))
    return list(cells), breaks[b"\r"] and not breaks[b"\n"]


def _cells(data: bytes) -> Iterator[bytes]:
    """The surroundings of what is not ASCII, each with the byte that ends its cell."""
    at = 0
    while high := HIGH.search(data, at):
        first = high.start()
        start = max(at, first - BEFORE)
        for end in END_OF_CELL.finditer(data, start, first):
            start = end.end()
        ended = END_OF_CELL.search(data, first, first + AFTER)
        yield data[start : ended.end() if ended else first + AFTER]
        ended = ended or END_OF_CELL.search(data, first + AFTER)
        if not ended:
            return
        at = ended.end()
