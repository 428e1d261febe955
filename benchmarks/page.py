"""Figures as a Markdown table, and the page that keeps it.

Comes in: figures, the machine. Goes out: text, put between the two markers of docs/performance.md.
What stands outside the markers is never touched.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.machine import Machine
from docs_build.tables import table

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- measured: python -m benchmarks --write -->", "<!-- end -->"
HEAD = ("what", "measured", "goal", "holds")


def rendered(figures: Sequence[Figure], machine: Machine) -> str:
    rows = (
        (each.name, _measured(each), each.goal, "yes" if each.holds else "**missed**")
        for each in figures
    )
    return f"{table(HEAD, rows)}\n\n{said(machine)}"


def _measured(figure: Figure) -> str:
    return f"{figure.measured} ({figure.note})" if figure.note else figure.measured


def said(machine: Machine) -> str:
    """When, and on what."""
    cores = "1 core" if machine.cores == 1 else f"{machine.cores} cores"
    return (
        f"Measured on {machine.day}: {machine.cpu}, {cores}, {machine.memory_gb:.0f} GB of memory, "
        f"{machine.system}, Python {machine.python}, SQLite {machine.sqlite}."
    )


def write(page: Path, text: str, begin: str = BEGIN) -> None:
    """Raises ValueError: the page has not exactly one place for it."""
    before = page.read_text(encoding="utf-8")
    part = re.compile(f"^{re.escape(begin)}\n(.*?)^{END}$", re.MULTILINE | re.DOTALL)
    after, places = part.subn(lambda _: f"{begin}\n{text}\n{END}", before)
    if places != 1:
        raise ValueError(f"{page}: {places} places between {begin} and {END}, not 1")
    page.write_text(after, encoding="utf-8")
