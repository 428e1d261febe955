"""Pictures of figures, drawn by pygal, as inline SVG that our style colours.

In: numbers and their labels. Out: an svg element without a style, a script or a comment, the same
for the same numbers; what it shows stands in its title and description.
"""

import re
import sys
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from markupsafe import Markup

WIDTH = 640  # of the drawing; the page scales it
HEIGHT, STRIP = 280, 44
STRIP_EDGE = 12.3  # what pygal leaves free at either side: 1/52 of the width
LABEL = 19  # size of the letters on a phone, for which room is left; elsewhere they are smaller
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+\.\d+")
# What pygal puts in for its script and for its own style.
UNUSED = ("defs", "desc", "title")
OVERLAYS = frozenset({"overlay", "text-overlay", "tooltip-overlay"})
KEPT = ("d", "x", "y", "width", "height", "transform", "class", "viewBox", "points")
CLASSES = {"axis", "x", "y", "guides", "line", "guide", "major", "plot", "series", "background"}


def strip(parts: Sequence[tuple[str, str, int]], id_: str, title: str) -> "Markup":
    """One bar of several parts, each with its name, its class and its size."""
    chart = _chart("HorizontalStackedBar", STRIP, range=(0, sum(n for *_, n in parts) or 1))
    for name, _, number in parts:
        chart.add(name, [number])
    described = ", ".join(f"{name} {number:,}" for name, _, number in parts)
    return _svg(chart, id_, title, described, [each for _, each, _ in parts], cut=STRIP_EDGE)


def bars(
    labels: Sequence[str],
    series: Sequence[tuple[str, str, Sequence[int]]],
    id_: str,
    title: str,
    described: str,
) -> "Markup":
    """Upright bars, one a label, each of the series' parts: name, class and numbers."""
    most = max(map(sum, zip(*(numbers for *_, numbers in series), strict=True)), default=0)
    chart = _chart("StackedBar", HEIGHT, show_x_labels=True, y_labels=_ticks(most))
    chart.x_labels = _thinned(labels)
    for name, _, numbers in series:
        chart.add(name, [*numbers])
    return _svg(chart, id_, title, described, [each for _, each, _ in series])


def steps(
    lines: Sequence[tuple[str, str, Sequence[tuple[float, float]]]],
    marks: Sequence[tuple[float, str]],
    id_: str,
    title: str,
    described: str,
) -> "Markup":
    """Lines over time, the first of them filled: name, class and points. marks: on the time's
    axis."""
    most = max((y for *_, points in lines for _, y in points), default=1)
    chart = _chart("XY", HEIGHT, show_x_labels=True, show_dots=False, y_labels=_ticks(most))
    chart.x_labels = [{"value": at, "label": label} for at, label in marks]
    for index, (name, _, points) in enumerate(lines):
        chart.add(name, [*points], fill=not index)
    return _svg(chart, id_, title, described, [each for _, each, _ in lines])


def _chart(kind: str, height: int, **options: Any) -> Any:
    pygal = _pygal()
    plain = "y_labels" not in options
    shown = {"show_x_labels": False, "show_y_labels": not plain, **options}
    margins = {"margin": 0} if plain else {"margin": 8, "margin_right": 24}
    return getattr(pygal, kind)(
        width=WIDTH,
        height=height,
        js=[],
        style=pygal.style.Style(label_font_size=LABEL, major_label_font_size=LABEL),
        disable_xml_declaration=True,
        show_legend=False,
        spacing=0 if plain else 12,
        show_x_guides=False,
        show_y_guides=not plain,
        x_label_rotation=0,
        truncate_label=-1,
        formatter=lambda value: f"{value:,.10g}",
        **margins,
        **shown,
    )


def _pygal() -> Any:
    """The library, without the finder that it leaves among Python's: of plug-ins, which it has none
    of here, and of a kind that warns at each later import."""
    import pygal  # type: ignore[import-untyped]  # it has no types

    sys.meta_path[:] = [each for each in sys.meta_path if type(each).__module__ != "pygal"]
    return pygal


def _ticks(most: float) -> list[int]:
    """From 0 to the least round number that is no less, six of them at most."""
    steps = (first * 10**power for power in count() for first in (1, 2, 5))
    step: int = next(step for step in steps if most <= 5 * step)
    return [step * index for index in range(max(1, -int(-most // step)) + 1)]


def _thinned(labels: Sequence[str]) -> list[str]:
    """So many of them at most that they have room: about six."""
    step = max(1, -(-len(labels) // 6))
    return [label if index % step == 0 else "" for index, label in enumerate(labels)]


def _svg(
    chart: Any, id_: str, title: str, described: str, classes: Sequence[str], cut: float = 0
) -> "Markup":
    """cut: off both sides of the drawing."""
    from markupsafe import Markup

    rendered = chart.render()
    drawn = ElementTree.fromstring(rendered)
    root = ElementTree.Element(
        "svg",
        {
            "class": "chart",
            "viewBox": f"{cut:g} 0 {WIDTH - 2 * cut:g} {chart.config.height}",
            "role": "img",
            "aria-labelledby": f"{id_}-title {id_}-desc",
        },
    )
    ElementTree.SubElement(root, "title", {"id": f"{id_}-title"}).text = title
    ElementTree.SubElement(root, "desc", {"id": f"{id_}-desc"}).text = described
    for child in drawn:
        _copy(child, root, classes)
    return Markup(ElementTree.tostring(root, encoding="unicode"))  # ElementTree has escaped it


def _copy(node: ElementTree.Element, into: ElementTree.Element, classes: Sequence[str]) -> None:
    """What is drawn of it, without what pygal's own style and script would need."""
    name = str(node.tag).removeprefix(SVG)
    own = node.get("class", "")
    if name in UNUSED or OVERLAYS & {*own.split()}:
        return
    given = {key: _rounded(value) for key, value in node.attrib.items() if key in KEPT}
    kept = [each for each in own.split() if each in CLASSES]
    found = re.search(r"\bserie-(\d+)\b", own)
    kept += [classes[int(found[1])]] if found else []
    given.pop("class", None)
    if kept:
        given["class"] = " ".join(kept)
    if given.get("width") == "0.0" or given.get("height") == "0.0":
        return
    made = ElementTree.SubElement(into, name, given)
    made.text = node.text
    for child in node:
        _copy(child, made, classes)
    if name == "g" and not len(made):
        into.remove(made)


def _rounded(text: str) -> str:
    return NUMBER.sub(lambda found: f"{float(found[0]):.1f}", text)
