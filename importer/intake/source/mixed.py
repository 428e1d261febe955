"""Whether a file is written in two encodings, such as one list pasted below another.

In: an open file that is not UTF-8 throughout. Out: a `Mixture`, or none. A cell is UTF-8 where it
reads much better so than in the encoding of those cells that are no UTF-8: `MÃ¼ller` is Müller,
but `Ã` in `SÃO` is itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from importer.intake.source.fit import Scale
from importer.intake.source.guess import CANDIDATES, CONVINCING, Candidate, decoded, guess
from importer.intake.source.sample import CHUNK, HIGH, Sample, cell_at, places_in

UTF_8 = next(one for one in CANDIDATES if one.codec == "utf-8")
# What Latin letters begin with in UTF-8, up to U+017F, and dashes, quotation marks and the euro.
LEADS = (b"\xc3", b"\xc5", b"\xc4", b"\xc2", b"\xe2")
MISSES = 50_000  # 10 ms: the byte is a letter of the file's own, and the sample has to do
MANY = 4  # bytes that are no UTF-8
FAIRLY, WELL = 0.3, 0.7  # what they are worth in their encoding, where they are many or few
IN_A_WORD = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
MUCH_BETTER = 1.0  # a byte
# Two bytes of ASCII, read as one character of UTF-16. Ten in a row with a line break among them
# are no Chinese: one in five of its characters could be that. U+0A0D is no character at all; alone
# it may be a sign of somebody's own.
PAIRS = re.compile("[\u0900-\u7e7e]{10,}")
CRLF_PAIR = "\u0a0d"
UP_TO_PAIR = re.compile(f"[\u0900-\u7e7e]+{CRLF_PAIR}")
PLAIN = re.compile(rb"[\t\n\r -~]+")


@dataclass(frozen=True, slots=True)
class Mixture:
    """utf_8, other: places near the first cell in each, in bytes from the file's start."""

    utf_8: int
    codec: str
    other: int


@dataclass(slots=True)
class Judge:
    other: Candidate
    _scale: Scale = field(default_factory=Scale)

    def is_utf_8(self, cell: bytes) -> bool:
        """The cell reads well as UTF-8, and much better than in the other encoding."""
        worth = self._mean(cell, UTF_8)
        if worth is None or worth < CONVINCING:
            return False
        otherwise = self._mean(cell, self.other)
        return otherwise is None or worth - otherwise >= MUCH_BETTER

    def _mean(self, cell: bytes, candidate: Candidate) -> float | None:
        texts = decoded([cell], candidate.codec)
        if texts is None:
            return None
        return self._scale.weigh(texts, candidate.codec, candidate.everyday).mean


def mixture(file: BinaryIO, sample: Sample, broken: int) -> Mixture | None:
    """broken: the first byte that is no UTF-8. None: it is alone in that, or no cell is UTF-8."""
    foreign = tuple(cell for cell in sample.cells if decoded([cell], "utf-8") is None)
    other = guess(Sample(foreign, sample.old_mac))
    if other is None or other.codec == "utf-8" or not _is_evidence(foreign, other.mean):
        return None
    candidates = (one for one in CANDIDATES if one.codec == other.codec)
    judge = Judge(next(candidates, Candidate(other.codec)))
    if any(map(judge.is_utf_8, sample.cells)):
        places = _first(file, judge)
    else:
        places = (at for at in _suspects(file) if judge.is_utf_8(cell_at(file, at)))
    place = next(places, None)
    return None if place is None else Mixture(place, other.codec, broken)


def _is_evidence(cells: tuple[bytes, ...], mean: float) -> bool:
    """Of a second encoding, and not of a damaged byte or two."""
    content = b"".join(cells)
    if len(HIGH.findall(content)) >= MANY:
        return mean >= FAIRLY
    return mean >= WELL and bool(len(cells) > 1 or IN_A_WORD.search(content))


def plain_bytes_in(text: str, codec: str) -> str | None:
    """What in a text of UTF-16 is bytes of ASCII, and was never UTF-16."""
    if text.isascii():
        return None
    order = "utf-16-be" if codec == "utf-16-be" else "utf-16-le"
    for run in (UP_TO_PAIR if CRLF_PAIR in text else PAIRS).finditer(text):
        content = run[0].encode(order)
        if PLAIN.fullmatch(content) and (b"\n" in content or b"\r" in content):
            return run[0]
    return None


def _first(file: BinaryIO, judge: Judge) -> Iterator[int]:
    """The places of cells in UTF-8, from the file's start."""
    start, rest = 0, b""
    file.seek(0)
    while chunk := file.read(CHUNK):
        rest += chunk
        end = max(rest.rfind(b"\n"), rest.rfind(b"\r")) + 1 or len(rest)
        yield from (start + at for at, cell in places_in(rest[:end]) if judge.is_utf_8(cell))
        start, rest = start + end, rest[end:]
    yield from (start + at for at, cell in places_in(rest + b"\n") if judge.is_utf_8(cell))


def _suspects(file: BinaryIO) -> Iterator[int]:
    """Where a letter or a sign of the Latin script may stand in UTF-8."""
    misses = dict.fromkeys(LEADS, 0)
    start = 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        for lead in LEADS:
            at = chunk.find(lead) if misses[lead] < MISSES else -1
            while 0 <= at < len(chunk) - 1:
                if 0x80 <= chunk[at + 1] < 0xC0:
                    yield start + at
                misses[lead] += 1
                at = chunk.find(lead, at + 1)
        start += len(chunk)
        file.seek(start)  # who takes the places reads elsewhere
