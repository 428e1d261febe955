"""In which encoding a file is written that is neither marked nor UTF-8: by the text it would be.

In: cells that are not ASCII, from all over the file. Out: the name of a codec and how far it is to
be relied on, or none. That every byte of the file can be decoded is not known here.
"""

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from importer.intake.source.encoding import Confidence
from importer.intake.source.fit import Scale, Weight
from importer.intake.source.sample import Sample

CONVINCING = 0.5  # the mean of a right guess; of 20 names, 99 of 100 right guesses reach it
HOPELESS = -0.5  # what no right guess of more than a few letters falls to
FEW = 12  # bytes that are not ASCII: too few to give up for, or to ask the detector about
TOLD_BY_NULS = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]
FIRST_ROUND = 40  # cells: what is far behind by then is not weighed further
FAR_BEHIND = 0.7  # a byte, of the first round: no 260 cells more make up for it
SOME, CLEAR = 6, 3.0  # bytes that are not ASCII, and the lead over the next: of a letter or two
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


@dataclass(frozen=True, slots=True)
class Guess:
    """mean: what a byte of the sample is worth in it."""

    codec: str
    confidence: Confidence
    mean: float


@dataclass(slots=True)
class Weighing:
    """The sample in one encoding after the other."""

    sample: Sample
    scale: Scale = field(default_factory=Scale)
    weights: dict[str, Weight] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)

    @property
    def best(self) -> str:
        return max(self.weights, key=lambda codec: self.weights[codec].sum)

    def add(self, candidate: Candidate) -> None:
        """Its weight, unless it can't decode the sample."""
        texts = decoded(self.sample.cells, candidate.codec, candidate.errors)
        if texts is None or candidate.codec in self.weights:
            return
        weight = self.scale.weigh(texts, candidate.codec, candidate.everyday)
        weight.sum -= candidate.doubt
        if candidate.codec == "mac-roman" and self.sample.old_mac:
            weight.sum += OLD_MAC
        self.weights[candidate.codec], self.texts[candidate.codec] = weight, texts

    def lead(self) -> float:
        """Of the best over the next whose text is another."""
        best = self.best
        others = [
            weight.sum
            for codec, weight in self.weights.items()
            if self.texts[codec] != self.texts[best]
        ]
        return self.weights[best].sum - max(others, default=float("-inf"))


@lru_cache(maxsize=2)  # asked again where nothing is found to be mixed
def guess(sample: Sample) -> Guess | None:
    """The codec whose text reads best; `utf-8` for a file that is written in it but for some bytes.

    None: no text reads well.
    """
    weighing = _weighed(sample, CANDIDATES)
    best = weighing.weights[weighing.best]
    if best.mean < CONVINCING and best.size > FEW:
        if told := _detector(sample.cells):
            weighing.add(Candidate(told))
        best = weighing.weights[weighing.best]
        if best.mean <= HOPELESS:
            return None
    likely = best.mean >= CONVINCING and best.size >= SOME and weighing.lead() >= CLEAR
    confidence = Confidence.LIKELY if likely else Confidence.GUESS
    return Guess(weighing.best, confidence, best.mean)


def _weighed(sample: Sample, candidates: Sequence[Candidate]) -> Weighing:
    """All of the sample in those encodings in which a part of it does not read hopelessly."""
    if len(sample.cells) > 2 * FIRST_ROUND:
        part = sample.cells[:: len(sample.cells) // FIRST_ROUND]
        weights = _weighed(Sample(part, sample.old_mac), candidates).weights
        least = max(weight.mean for weight in weights.values()) - FAR_BEHIND
        left = [one for one in candidates if one.codec in weights]
        candidates = [one for one in left if weights[one.codec].mean >= least]
    weighing = Weighing(sample)
    for candidate in candidates:
        weighing.add(candidate)
    return weighing


def decoded(cells: Iterable[bytes], codec: str, errors: str = "strict") -> list[str] | None:
    """A cell that is cut within its last character lacks it. None: they are no text in it."""
    decoder = codecs.getincrementaldecoder(codec)(errors)
    texts = []
    try:
        for cell in cells:
            texts.append(decoder.decode(cell))
            decoder.reset()
    except UnicodeDecodeError:
        return None
    return texts


def _detector(cells: Iterable[bytes]) -> str | None:
    """What charset-normalizer says, which is at home in other scripts and not in short Latin."""
    from charset_normalizer import from_bytes  # 75 ms

    match = from_bytes(b"".join(cells), cp_exclusion=TOLD_BY_NULS).best()
    return codecs.lookup(match.encoding).name if match else None
