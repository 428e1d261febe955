"""YAML text becomes nested dicts, lists and texts, and each knows its line.

Every scalar stays the text that was typed, whatever YAML makes of `No`, `0123` or `~`. Anchors,
aliases, tags and merge keys are refused: a mapping needs none, and an alias can blow up memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

Value = str | list["Value"] | dict[str, "Value"]
Place = tuple[str | int, ...]

MAX_DEPTH = 10  # the format needs 4; PyYAML takes seconds for thousands

# What PyYAML 6 says, and the same in plain words. The first that fits.
PLAIN_WORDS = (
    ("found character '\\t'", "a tab is used where spaces belong", "indent with spaces"),
    (
        "mapping values are not allowed here",
        "there is a second colon, or the line above has none, or this line is indented too far",
        "put a text with a colon in quotation marks, and align the line with its neighbours",
    ),
    (
        "could not find expected ':'",
        "this line, or the one before it, has no colon",
        "write it as Column Name: FieldName",
    ),
    (
        "unknown escape",
        "a backslash stands in double quotation marks, where it means something in YAML",
        "use single quotation marks: 'a\\b'",
    ),
    (
        "escape sequence",
        "a backslash stands in double quotation marks, where it means something in YAML",
        "use single quotation marks: 'a\\b'",
    ),
    (
        "quoted scalar",
        "a quotation mark is opened and not closed",
        "close it on the same line",
    ),
    (
        "that cannot start any token",
        "a text begins with a sign that means something in YAML",
        "put the text in quotation marks",
    ),
    (
        "expected <block end>",
        "this line is indented differently from its neighbours, or text follows a closing mark",
        "align it with its neighbours, and put a text with quotation marks in marks as a whole",
    ),
    (
        "flow",
        "a bracket is opened and not closed, or a comma is missing",
        "write it as [a, b] or {a: b}",
    ),
    (
        "single document",
        "there is a line --- that begins a second document",
        "take that line out",
    ),
)


NO_CHARACTER = re.compile(r"\\U(?!000|0010)")  # above U+10FFFF
HALF = re.compile("[\ud800-\udfff]")  # of a pair, by "\ud83d"

# Where a name may not be blank, and what to do instead.
BLANK_NAMES = {
    "columns": "a column without a name is known by its letter",
    "choices": "a blank cell has no choice; default:, under fields:, is sent for it",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong in the text, and how to mend it."""

    line: int
    what: str
    fix: str


@dataclass(slots=True)
class Document:
    """value: None where the text holds nothing. lines: the line of each key and list entry."""

    value: Value | None = None
    lines: dict[Place, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of that place, or of the nearest one around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_document(text: str) -> Document:
    """What the text says; where it is no YAML, or uses what is refused, that is among its flaws."""
    document = Document()
    try:
        document.flaws.extend(_refused(text))
        node = None if document.flaws else yaml.compose(text, yaml.SafeLoader)
        if node is not None:
            document.value = _Conversion(document).value(node, ())
    except yaml.MarkedYAMLError as error:
        document.flaws.append(_syntax_flaw(error))
    except yaml.reader.ReaderError as error:
        document.flaws.append(_not_shown(text.count("\n", 0, error.position) + 1))
    except (ValueError, OverflowError):  # PyYAML makes no error of its own of such an escape
        found = NO_CHARACTER.search(text)
        document.flaws.append(_not_shown(text.count("\n", 0, found.start() if found else 0) + 1))
    return document


def _not_shown(line: int) -> Flaw:
    return Flaw(line, "there is a character that can't be shown", "remove it")


def _refused(text: str) -> Iterator[Flaw]:
    """Each anchor, alias and tag in the text; and where it is nested too deeply to go on."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            yield Flaw(line, "brackets or lines are nested too deeply", "compare a ready mapping")
            return
        if isinstance(event, yaml.AliasEvent):
            yield _sign(line, f"*{event.anchor}")
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            yield _sign(line, f"&{event.anchor}")
        if (tag := getattr(event, "tag", None)) is not None:
            yield _sign(line, tag.replace("tag:yaml.org,2002:", "!!"))


def _sign(line: int, sign: str) -> Flaw:
    fix = "remove it and write the text itself; a text that begins so belongs in quotation marks"
    return Flaw(line, f'"{sign}" can\'t be used in a mapping', fix)


class _Conversion:
    def __init__(self, document: Document) -> None:
        self._document = document

    def value(self, node: yaml.Node, place: Place) -> Value:
        self._document.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(entry, (*place, i)) for i, entry in enumerate(node.value)]
        return self._text(node)

    def _entries(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, Value]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if (key := self._key(key_node)) is None:
                continue
            if not key:
                section = str(place[-1]) if place else ""
                self._flaw(line, "a name is blank", BLANK_NAMES.get(section, "write the name"))
            if key in seen:
                what = f'"{key}" stands here again; the first is in line {seen[key]}'
                self._flaw(line, what, "keep one of the two")
                continue
            seen[key] = self._document.lines[*place, key] = line
            yield key, self.value(value_node, (*place, key))

    def _key(self, node: yaml.Node) -> str | None:
        """The key's text, trimmed as headers are; None where it can't be one."""
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode):
            self._flaw(line, "a name is a list or a section", "put the name in quotation marks")
            return None
        if node.value == "<<" and node.style is None:
            self._flaw(line, '"<<" can\'t be used in a mapping', "write the entries themselves")
            return None
        return self._text(node).strip()

    def _text(self, node: yaml.Node) -> str:
        text = str(node.value)
        if HALF.search(text):
            self._document.flaws.append(_not_shown(node.start_mark.line + 1))
        return HALF.sub("\N{REPLACEMENT CHARACTER}", text)  # other flaws may quote it

    def _flaw(self, line: int, what: str, fix: str) -> None:
        self._document.flaws.append(Flaw(line, what, fix))


def _syntax_flaw(error: yaml.MarkedYAMLError) -> Flaw:
    said = f"{error.context or ''} {error.problem or ''}"
    opened = "quoted scalar" in said or "flow" in said
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    for sign, what, fix in PLAIN_WORDS:
        if sign in said:
            return Flaw(line, what, fix)
    return Flaw(line, f"this is not YAML: {said.strip()}", "compare it with a ready mapping")
