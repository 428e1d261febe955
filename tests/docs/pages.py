"""Pages of Markdown: their fenced blocks, and the commands in those."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

FENCE = re.compile(
    r'^```(?P<language>[a-z]+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
INLINE = re.compile(r"(?<!`)`(importer [^`]+)`(?!`)")


@dataclass(frozen=True)
class Fence:
    """title: the name of a file that the block is the content of."""

    language: str
    title: str | None
    text: str


@dataclass(frozen=True)
class Shown:
    """A command of a page, and the lines below it."""

    command: str
    lines: list[str]


def fences(page: str) -> list[Fence]:
    return [Fence(f["language"], f["title"], f["text"]) for f in FENCE.finditer(page)]


def consoles(page: str) -> list[list[Shown]]:
    return [list(commands(each.text)) for each in fences(page) if each.language == "console"]


def commands(block: str) -> Iterator[Shown]:
    """A `$` begins a command, except in the demo, whose own output has such lines."""
    first, *rest = block.splitlines()
    assert first.startswith("$ "), f"a console block begins with a command: {first}"
    shown = Shown(first.removeprefix("$ "), [])
    for line in rest:
        if line.startswith("$ ") and shown.command != "make demo":
            yield shown
            shown = Shown(line.removeprefix("$ "), [])
        else:
            shown.lines.append(line)
    yield shown


def inline_commands(page: str) -> list[str]:
    """The commands of ours that stand in the text."""
    return INLINE.findall(FENCE.sub("", page))
