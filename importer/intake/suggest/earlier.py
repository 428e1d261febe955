"""What earlier mappings say of the same columns. Pure, but for reading the folder.

A line that still has its `# check:` was looked at by nobody, and says nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from importer.errors import MappingError
from importer.intake.document import read_document
from importer.intake.mapping import Mapping as Read
from importer.intake.mapping import Rule, read_mapping

CHECK = re.compile(r"(?:^|\s)#.*\bcheck:")
MOST_FILES = 200
ALIKE = 0.5  # of its columns are in the file: it is for a list of this kind
SAME = 0.9  # a list of the same making


@dataclass(frozen=True, slots=True)
class Remembered:
    """field: "" where the mapping leaves the column out, on purpose. alike: 0 to 1, how much of the
    mapping's columns the list has."""

    field: str
    mapping: str
    alike: float
    rule: Rule | None = None

    @property
    def entry(self) -> Mapping[str, object]:
        """The rule's keys beside the field, as a mapping has them."""
        if self.rule is None:
            return {}
        rule, options = self.rule, self.rule.options
        keys: dict[str, object] = {
            "transform": [*rule.transforms],
            "region": options.region,
            "formats": [*options.formats],
            "timezone": options.timezone if options.timezone != "UTC" else None,
            "true": [*options.true],
            "false": [*options.false],
            "decimal": options.decimal,
            "grouping": options.grouping,
            "percent": options.percent,
            "choices": dict(rule.choices),
            "on_unknown": rule.on_unknown if rule.choices and rule.on_unknown != "refuse" else None,
        }
        return {key: value for key, value in keys.items() if value}


@dataclass(frozen=True)
class Earlier:
    """By column name, the mapping that is most like the list first."""

    by_column: dict[str, list[Remembered]] = field(default_factory=dict)

    def of(self, column: str) -> Remembered | None:
        found = self.by_column.get(column, [])
        return found[0] if found else None


def read_earlier(folders: Iterable[Path], names: Sequence[str]) -> Earlier:
    """Of the sound mappings in these folders; what is none is passed over."""
    found: dict[str, list[Remembered]] = {}
    for path in _files(folders):
        try:
            mapping = read_mapping(path)
        except MappingError:
            continue
        used = {column for rule in mapping.rules for column in rule.columns}
        alike = len(used & {*names}) / len(used) if used else 0.0
        is_open = _Unchecked(mapping.text).has
        for column, name, rule in _fed(mapping):
            if column in names and not is_open(column):
                found.setdefault(column, []).append(Remembered(name, str(path), alike, rule))
    for each in found.values():
        each.sort(key=lambda one: (-one.alike, one.mapping))
    return Earlier(found)


class _Unchecked:
    """Which columns of a mapping have a check in their lines."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._document = read_document(text) if CHECK.search(text) else None

    def has(self, column: str) -> bool:
        if self._document is None:
            return False
        first = self._document.line(("columns", column)) - 1
        return any(map(CHECK.search, self._entry(first)))

    def _entry(self, first: int) -> Iterator[str]:
        """The line, and those below that stand further in, or carry a long name on."""
        start = self._lines[first]
        yield start
        depth = _depth(start)
        for line in self._lines[first + 1 :]:
            if line.strip() and _depth(line) <= depth and line.strip()[0] != ":":
                return
            yield line


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in {each.resolve(): each for each in folders}.values():
        if folder.is_dir():
            paths = [*folder.glob("*.yaml"), *folder.glob("*.yml")]
            yield from sorted(paths)[:MOST_FILES]


def _fed(mapping: Read) -> Iterator[tuple[str, str, Rule | None]]:
    for rule in mapping.rules:
        if rule.field and len(rule.columns) == 1:
            yield rule.columns[0], rule.field, rule
    for column in mapping.left_out:
        yield column, "", None
