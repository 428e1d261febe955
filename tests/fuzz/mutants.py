"""What happens to files on their way: bytes flipped, cut off, taken out, put in, and spliced.

In: bytes, a second file's to splice with, and a `Random`. Out: other bytes, the same for the same
`Random`. Workbooks are changed as bytes, or in a part of theirs and packed again: else the
checksums of a zip would hide all that stands behind them.
"""

import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from sample_data.writers.parts import archive

Change = Callable[[bytes, bytes, Random], bytes]

MOST_CHANGES = 4
MOST_RUN = 64  # bytes that are flipped, taken out or repeated together, as a rule
BYTES = [
    *(bytes([byte]) for byte in b"\0\t\n\r\x1b\x7f\x80\x85\xa0\xff\"',;|\t=+-@<>&:/\\"),
    *(b"\r\n", b'""', b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae"),
    *(b"\xe2\x80\xa8", b"\x1b[2J", b"\xf4\x90\x80\x80", b"\xc0\x80", b"sep=;\n", b"%s%n{0}"),
    *(b"=HYPERLINK(1)", b"1e999", b"-1", b"0", b"NaN", b"9" * 40, b"4294967296", b"0x10"),
    *(b"Import Row", b"Reject Reason", b"Import Status", b"A" * 3000, b"\n" * 300, b"," * 300),
]
TEXTS = [
    *(b"&a ", b"*a", b"!!python/object/apply:os.system [id]", b"!!binary YQ==", b"<<: *a", b"---"),
    *(b"...", b"%YAML 9.9", b"? ", b": ", b"- ", b"[", b"]", b"{", b"}", b"|", b">", b"#", b"'"),
    *(b'"\\uD800"', b'"\\x1b[31m"', b"null", b"~", b"yes", b".inf", b".nan", b"1_000", b"0o17"),
    *(b"2026-01-31", b"12:30:45", b"'''", b'"""', b"[[a]]", b"[a.b]", b"= =", b"1979-05-27T07"),
    *(b"version: 2", b"version: 1", b"columns:", b"fields:", b"stamp: mx_K", b"unique: []"),
    *(b"field: ", b"transform: ", b"formats: [DD]", b"optional: true", b"mx_A.B.C", b"(a+)+$"),
]
ATTRIBUTE = re.compile(rb'"[^"<>]*"')
WORD = re.compile(rb"[^\s:,\[\]{}='\"]+")
TAG = re.compile(rb"<[^<>]*>")
VALUES = [
    *(b"", b"-1", b"0", b"1", b"16385", b"1048577", b"99999999999", b"1e9", b"NaN", b"A0", b"XFE1"),
    *(b"A1048577", b"AAAA1", b"1A", b"A1:XFD1048576", b"s", b"b", b"e", b"d", b"n", b"inlineStr"),
    *(
        b"str",
        b"../../etc/passwd",
        b"file:///etc/passwd",
        b"http://127.0.0.1:1/x",
        b"rId1",
        b"&#0;",
    ),
    *(b"[h]:mm", b"General", b"0" * 300, b"[$-F800]", b"yyyy;@;;;", b'"', b"\\", b"_x0000_"),
]


def changed_bytes(data: bytes, other: bytes, random: Random) -> bytes:
    """A file of any kind, one to four times changed."""
    return _changed(data, other, random, [_flip, _cut, _remove, _repeat, _put_in, _splice, _move])


def changed_text(data: bytes, other: bytes, random: Random) -> bytes:
    """A mapping or settings, one to four times changed."""
    rough = [_flip, _cut, _remove, _splice, _put_in, _indent]
    fine = [_put_text, _swap_words, _swap_words, _take_word, _swap_lines, _take_line]
    return _changed(data, other, random, rough if random.random() < 0.3 else fine)


def changed_workbook(data: bytes, other: bytes, random: Random) -> bytes:
    """Its bytes where they are no zip, or now and then; else one of its parts."""
    parts = parts_of(data)
    if not parts or random.random() < 0.3:
        return changed_bytes(data, other, random)
    name = random.choice(sorted(parts))
    donors = parts_of(other)
    donor = donors.get(name) or random.choice(sorted(donors.values()) or [b""])
    match random.randrange(12):
        case 0:
            del parts[name]
        case 1:
            parts[random.choice(sorted(parts))] = parts[name]
        case 2:
            parts[name] = donor
        case _:
            changes = [_flip, _cut, _remove, _repeat, _put_in, _splice]
            of_xml = [_put_value, _put_value, _put_value, _take_tag, _repeat_tag, _swap_tags]
            parts[name] = _changed(parts[name], donor, random, [*changes, *of_xml, *of_xml])
    return archive(dict(parts))


def parts_of(data: bytes) -> dict[str, bytes]:
    """Of a zip; none of what is no whole one."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            return {info.filename: file.read(info) for info in file.infolist()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return {}


def _changed(data: bytes, other: bytes, random: Random, changes: Sequence[Change]) -> bytes:
    for _ in range(random.randint(1, MOST_CHANGES)):
        data = random.choice(changes)(data, other, random)
    return data


def _run(data: bytes, random: Random) -> tuple[int, int]:
    """Where a piece of it begins and ends: short as a rule."""
    start = random.randint(0, len(data))
    most = len(data) if random.random() < 0.1 else MOST_RUN
    return start, min(len(data), start + random.randint(1, max(1, most)))


def _flip(data: bytes, _: bytes, random: Random) -> bytes:
    start, end = _run(data, random)
    flipped = bytearray(data)
    for place in range(start, min(end, start + random.randint(1, 8))):
        flipped[place] ^= 1 << random.randrange(8)
    return bytes(flipped)


def _cut(data: bytes, _: bytes, random: Random) -> bytes:
    place = random.randint(0, len(data))
    return data[:place] if random.random() < 0.8 else data[place:]


def _remove(data: bytes, _: bytes, random: Random) -> bytes:
    start, end = _run(data, random)
    return data[:start] + data[end:]


def _repeat(data: bytes, _: bytes, random: Random) -> bytes:
    start, end = _run(data, random)
    return data[:end] + data[start:end] * random.choice([1, 1, 1, 2, 50]) + data[end:]


def _move(data: bytes, _: bytes, random: Random) -> bytes:
    start, end = _run(data, random)
    rest, place = data[:start] + data[end:], random.randint(0, len(data) - (end - start))
    return rest[:place] + data[start:end] + rest[place:]


def _put_in(data: bytes, _: bytes, random: Random) -> bytes:
    place = random.randint(0, len(data))
    return data[:place] + random.choice(BYTES) + data[place:]


def _put_text(data: bytes, _: bytes, random: Random) -> bytes:
    """At the start of a word, or in its place."""
    words = list(WORD.finditer(data))
    if not words:
        return random.choice(TEXTS)
    word = random.choice(words)
    return data[: word.start()] + random.choice(TEXTS) + data[random.choice(word.span()) :]


def _swap_words(data: bytes, _: bytes, random: Random) -> bytes:
    found = _two(WORD, data, random)
    if not found or found[0].end() > found[1].start():
        return data
    return _swapped(data, *found)


def _take_word(data: bytes, _: bytes, random: Random) -> bytes:
    words = list(WORD.finditer(data))
    if not words:
        return data
    word = random.choice(words)
    return data[: word.start()] + data[word.end() :]


def _splice(data: bytes, other: bytes, random: Random) -> bytes:
    start, end = _run(other, random)
    place = random.randint(0, len(data))
    return data[:place] + other[start:end] + data[place + (end - start) * random.randrange(2) :]


def _lines(data: bytes, random: Random) -> tuple[list[bytes], int, int]:
    lines = data.splitlines(keepends=True) or [b""]
    return lines, random.randrange(len(lines)), random.randrange(len(lines))


def _swap_lines(data: bytes, _: bytes, random: Random) -> bytes:
    lines, one, two = _lines(data, random)
    lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def _take_line(data: bytes, _: bytes, random: Random) -> bytes:
    """Out of its place; it may stand elsewhere then too."""
    lines, one, two = _lines(data, random)
    taken = lines[one]
    lines[one:one] = [taken] if random.random() < 0.3 else []
    if random.random() < 0.5:
        lines.insert(two, taken)
    else:
        del lines[one]
    return b"".join(lines)


def _indent(data: bytes, _: bytes, random: Random) -> bytes:
    lines, one, _other = _lines(data, random)
    stripped = lines[one].lstrip(b" ")
    lines[one] = b" " * random.choice([0, 1, 2, 3, 4, 40]) + stripped
    return b"".join(lines)


def _put_value(data: bytes, _: bytes, random: Random) -> bytes:
    """Of an attribute in XML."""
    found = list(ATTRIBUTE.finditer(data))
    if not found:
        return data
    place = random.choice(found)
    return data[: place.start() + 1] + random.choice(VALUES) + data[place.end() - 1 :]


def _two(what: re.Pattern[bytes], data: bytes, random: Random) -> list[re.Match[bytes]]:
    """Of such places, in order; one twice, or none."""
    found = list(what.finditer(data))
    return sorted((random.choice(found) for _ in range(2)), key=re.Match.start) if found else []


def _take_tag(data: bytes, _: bytes, random: Random) -> bytes:
    for tag in _two(TAG, data, random)[:1]:
        data = data[: tag.start()] + data[tag.end() :]
    return data


def _repeat_tag(data: bytes, _: bytes, random: Random) -> bytes:
    """A tag, and all up to another, once more."""
    found = _two(TAG, data, random)
    if not found:
        return data
    start, end = found[0].start(), found[1].end()
    return data[:end] + data[start:end] + data[end:]


def _swap_tags(data: bytes, _: bytes, random: Random) -> bytes:
    found = _two(TAG, data, random)
    if not found or found[0].end() > found[1].start():
        return data
    return _swapped(data, *found)


def _swapped(data: bytes, one: re.Match[bytes], two: re.Match[bytes]) -> bytes:
    between = data[one.end() : two.start()]
    return data[: one.start()] + two[0] + between + one[0] + data[two.end() :]
