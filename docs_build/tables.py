"""Markdown tables, and tables of words that have to name what the code has, and no more."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A cell may hold anything: its bars are escaped, its line breaks made spaces."""
    lines = [_line(head), "|" + "---|" * len(head), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


def code(text: str) -> str:
    """GitHub and MkDocs differ about a bar between backquotes."""
    if "|" in text:
        return f"<code>{escape(text).replace('|', '&#124;')}</code>"
    return f"`{text}`"


def codes(texts: Iterable[str]) -> str:
    return ", ".join(map(code, texts))


def same_names(known: Iterable[str], written: Iterable[str], what: str) -> None:
    """Raises ValueError: the words miss one that the code has, or have one that it has not."""
    missing, surplus = sorted({*known} - {*written}), sorted({*written} - {*known})
    if missing or surplus:
        raise ValueError(f"{what}: no words for {missing}; not in the code: {surplus}")


def said(words: Mapping[str, str], known: Iterable[str], what: str) -> Mapping[str, str]:
    """The words, in the order of the code. Raises ValueError: see same_names."""
    names = list(known)
    same_names(names, words, what)
    return {name: words[name] for name in names}
