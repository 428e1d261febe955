"""Which rows of an .xlsx sheet are hidden, by a person or by a filter, and which columns.

A row says only that it is hidden. That a filter does it, is known where one is at work on that
part of the sheet: the sheet's own, or that of one of its tables.
"""

import posixpath
import re
from collections.abc import Iterator

from importer.intake.source.cells import CHUNK, MOST_HELD, Grid
from importer.intake.source.hidden import Hidden
from importer.intake.source.package import Package, start_tags
from importer.intake.source.sheet_xml import MOST_ROWS
from importer.intake.source.unpacking import PIECE

END = b"</sheetData"
FILTER = re.compile(rb"<((?:[\w.-]+:)?autoFilter)\b[^>]*>(?:.*?</\1\s*>)?", re.DOTALL)
MODE = re.compile(rb"""\sfilterMode\s*=\s*["'](?:1|true|on)["']""")
AREA = re.compile(r"\$?[A-Z]{1,3}\$?(\d{1,7})(?::\$?[A-Z]{1,3}\$?(\d{1,7}))?")


def hidden_in(package: Package, sheet: str, grid: Grid) -> Hidden:
    """sheet: its part. Raises SourceError, BadZipFile: it is damaged."""
    rows = sorted(row for row in grid.hidden if grid.has_value(row))
    if not rows:
        return Hidden(columns=grid.hidden_columns)
    filters = list(_filters(package, sheet))
    if not filters and MODE.search(package.head(sheet, PIECE)):
        filters = [range(MOST_ROWS)]
    filtered = [row for row in rows if any(row in each for each in filters)]
    unfiltered = sorted(set(rows) - set(filtered))
    return Hidden(unfiltered, filtered, grid.hidden_columns)


def _filters(package: Package, sheet: str) -> Iterator[range]:
    """The rows, from 0, that filters choose from; those that choose all are left out."""
    yield from _filter(_behind_rows(package, sheet))
    folder, name = posixpath.split(sheet)
    for tag in package.tags(f"{folder}/_rels/{name}.rels", {"Relationship"}):
        if tag.attributes.get("Type", "").endswith("/table"):
            part = posixpath.normpath(posixpath.join(folder, tag.attributes.get("Target", "")))
            if package.has(part):
                with package.open(part) as xml:
                    yield from _filter(xml.read(MOST_HELD))


def _filter(xml: bytes) -> Iterator[range]:
    if not (found := FILTER.search(xml)):
        return
    tags = start_tags(b"<x>" + found[0], {"autoFilter", "filterColumn"}, is_whole=False)
    area = AREA.match(tags[0].attributes.get("ref", "")) if tags else None
    if area and len(tags) > 1:
        yield range(int(area[1]), int(area[2] or area[1]))


def _behind_rows(package: Package, sheet: str) -> bytes:
    """What the sheet says behind its rows, as far as it is looked at."""
    end = b""
    with package.open(sheet) as xml:
        while END not in end:
            if not (chunk := xml.read(CHUNK)):
                return b""
            end = end[-len(END) :] + chunk
        return end[end.index(END) :] + xml.read(MOST_HELD)
