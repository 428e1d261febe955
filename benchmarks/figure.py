"""What a benchmark found, beside what it has to reach.

A goal is one constant: the words and the verdict are both made of it. Nothing is measured here.
"""

import argparse
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """name: what was measured, and its size. note: what else is to be known of the number."""

    name: str
    measured: str
    goal: str
    holds: bool
    note: str = ""


# `form` writes the number and its goal alike, such as "{:.2f} ×".


def at_least(name: str, value: float, goal: float, form: str, note: str = "") -> Figure:
    return Figure(name, form.format(value), f"≥ {form.format(goal)}", value >= goal, note)


def at_most(name: str, value: float, goal: float, form: str, note: str = "") -> Figure:
    return Figure(name, form.format(value), f"≤ {form.format(goal)}", value <= goal, note)


def below(name: str, value: float, goal: float, form: str, note: str = "") -> Figure:
    return Figure(name, form.format(value), f"< {form.format(goal)}", value < goal, note)


def none_of(name: str, count: int, note: str = "") -> Figure:
    return Figure(name, str(count), "0", count == 0, note)


def sizes(figures: Callable[..., list[Figure]], words: str | None) -> dict[str, int]:
    """What the command line says of each parameter of `figures`: `rows` is --rows."""
    parser = argparse.ArgumentParser(description=words)
    for name, parameter in inspect.signature(figures).parameters.items():
        parser.add_argument(f"--{name}", type=int, default=parameter.default, metavar="N")
    return vars(parser.parse_args())


def tell(figures: Iterable[Figure]) -> int:
    """Print a line each; the exit code."""
    found = list(figures)
    for figure in found:
        print(line(figure))
    return exit_code(found)


def line(figure: Figure) -> str:
    missed = "" if figure.holds else ", missed"
    note = f"; {figure.note}" if figure.note else ""
    return f"{figure.name}: {figure.measured} (goal {figure.goal}{missed}){note}"


def exit_code(figures: Iterable[Figure]) -> int:
    """1 where any goal is missed."""
    return int(not all(figure.holds for figure in figures))
