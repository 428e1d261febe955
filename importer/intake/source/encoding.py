"""Which encoding a file is said to be written in: by a person, by its first bytes, or by none.

In: what a person calls an encoding, the first bytes of a file. Out: the codec with which Python's
open() reads the file. What only the whole file can tell is not told here.
"""

import codecs
import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from importer.errors import SourceError

# Unicode 23.8. UTF-32 before UTF-16, whose mark it begins with.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BYTE_ORDERS = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
}

# As people and programs call them, for those that are met most.
USUAL_NAMES = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "windows-1252": "cp1252",
    "latin-1": "iso8859-1",
    "mac-roman": "mac-roman",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "shift-jis": "cp932",  # as Windows means it
    "gbk": "gb18030",  # which holds all of it
}
OTHER_NAMES = {
    "ansi": "cp1252",
    "gb2312": "gb18030",
    "mac": "mac-roman",
    "sjis": "cp932",
    "unicode": "utf-16",  # Excel's "Unicode Text"
    "utf-8-bom": "utf-8",
}
LABELS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp932": "Shift-JIS",
    "gb18030": "GBK",
    "cp949": "EUC-KR",
    "cp950": "Big5",
    "iso8859-1": "Latin-1",
    "mac-roman": "Mac Roman",
    "cp850": "MS-DOS (850)",
}
# Text codecs to Python, but they would alter the text, or have none.
NO_FILES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})

SEPARATORS = re.compile(r"[\W_]+")
PLAIN = re.compile(r"[\t\n\r -~]")
MOSTLY_PLAIN = 0.4  # of a UTF-16 text's characters; names in Latin letters have twice that
SOME_PLAIN = 0.02  # at least: delimiters and line breaks, beside any script


class Origin(StrEnum):
    """How the encoding is known; the words go behind the encoding's name in a message."""

    DECLARED = "which --encoding names"
    MARKED = "which the file's first bytes name"
    FOUND = "which the rest of the file is written in"


class Confidence(StrEnum):
    """How far the encoding is to be relied on, as it is said."""

    CERTAIN = "certain"  # and nothing is said
    LIKELY = "likely"  # many letters, and in no other encoding do they read nearly as well
    GUESS = "a guess"


@dataclass(frozen=True, slots=True)
class Encoding:
    """codec: as Python names it; open() reads the file with it, without its byte order mark."""

    codec: str
    origin: Origin
    confidence: Confidence = Confidence.CERTAIN

    @property
    def label(self) -> str:
        return label(self.codec)

    def __str__(self) -> str:
        if self.confidence is Confidence.CERTAIN:
            return self.label
        return f"{self.label} ({self.confidence}; --encoding sets it)"


def label(codec: str) -> str:
    """What people call the codec."""
    if codec.startswith("cp125"):
        return f"Windows-{codec[2:]}"
    if codec.startswith(("utf-16", "utf-32")):
        return codec[: len("utf-16")].upper()
    return LABELS.get(codec) or codec.upper()


def expected_encoding(head: bytes, declared: str | None, path: Path) -> Encoding:
    """What a person says, else the byte order mark or the pattern of NULs, else UTF-8.

    head: the file's first bytes, some thousands. Raises SourceError: an unknown name, or one that
    the byte order mark gives the lie.
    """
    codec = None if declared is None else named_codec(declared, path)
    mark = next((pair for pair in MARKS if head.startswith(pair[0])), None)
    if mark:
        if codec and not _agree(codec, *mark):
            raise _contradiction(declared, mark[1], path)
        return Encoding(mark[1], Origin.DECLARED if codec else Origin.MARKED)
    if codec in ("utf-16", "utf-32"):  # without a mark, Python would take this machine's order
        return Encoding(_likelier_order(codec, head)[0], Origin.DECLARED)
    if codec:
        return Encoding(codec.removesuffix("-sig"), Origin.DECLARED)
    return Encoding(unmarked_utf16(head) or "utf-8", Origin.FOUND)


def named_codec(name: str, path: Path) -> str:
    """The codec that a person means. Raises SourceError: there is none, or it is not for text."""
    wanted = _squeezed(name)
    for known, codec in (USUAL_NAMES | OTHER_NAMES).items():
        if wanted in (_squeezed(known), _squeezed(codec)):
            return codec
    try:
        "x".encode(name)  # a codec that is not for text, such as base64, is refused here
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name; `undefined`
        codec = ""
    if not codec or codec.replace("_", "-") in NO_FILES:
        raise SourceError(
            f'"{name}" is no encoding that can be read',
            where=str(path),
            fix="use one of: " + ", ".join(_nearest_first(wanted)) + "; or another that Python has",
        )
    return codec


def unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by every second byte of plain text being NUL."""
    if b"\0" not in head:
        return None
    codec, share = _likelier_order("utf-16", head)
    if share >= MOSTLY_PLAIN:
        return codec
    text = head.decode(codec, "replace")
    has_lines = "\n" in text or "\r" in text
    return codec if share >= SOME_PLAIN and has_lines and not _is_utf8_with_nuls(head) else None


def _likelier_order(codec: str, head: bytes) -> tuple[str, float]:
    """The byte order that gives more plain text, and the share of that in the characters."""
    shares = {}
    for order in (f"{codec}-le", f"{codec}-be"):
        text = head.decode(order, "ignore")
        shares[order] = len(PLAIN.findall(text)) / max(len(text), 1)
    return max(shares.items(), key=lambda pair: pair[1])


def _is_utf8_with_nuls(head: bytes) -> bool:
    """Text with some NULs in it; UTF-16 would have bytes that are no text by themselves."""
    text = head.replace(b"\0", b"").decode("utf-8", "replace")
    return "\ufffd" not in text and all(char >= " " or char in "\t\r\n" for char in text)


def _agree(codec: str, mark: bytes, marked: str) -> bool:
    return codec in (marked, marked.removesuffix("-sig"), BYTE_ORDERS.get(mark))


def _contradiction(declared: str | None, marked: str, path: Path) -> SourceError:
    return SourceError(
        f"the file begins with the byte order mark of {label(marked)}, but --encoding says "
        f'"{declared}"',
        where=str(path),
        fix=f"leave --encoding out, or give {label(marked).lower()}",
    )


def _nearest_first(wanted: str) -> list[str]:
    names = {_squeezed(name): name for name in USUAL_NAMES}
    near = [names[match] for match in get_close_matches(wanted, names, n=3, cutoff=0.5)]
    return near + [name for name in USUAL_NAMES if name not in near]


def _squeezed(name: str) -> str:
    """`Windows 1252`, `windows_1252` and `WINDOWS-1252` are one name."""
    return SEPARATORS.sub("", name).lower()
