"""A workbook's sheets, and the one that is to be read."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.errors import SourceError
from importer.intake.source.package import WORKBOOK, Package, Tag
from importer.intake.source.sheet_xml import TRUE

RELATIONS = "xl/_rels/workbook.xml.rels"
MOST_DIGITS = 9  # of a sheet's number: Python reads no more than 4,300


@dataclass(frozen=True, slots=True)
class Sheet:
    """index: among all sheets, from 0. part: where it is in the archive. is_table: no chart."""

    name: str
    index: int
    part: str
    is_table: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """is_1904: its days are counted from 1904, not from 1900."""

    path: Path
    sheets: Sequence[Sheet]
    is_1904: bool

    @property
    def visible(self) -> Sequence[Sheet]:
        """What a person sees, charts too."""
        return [sheet for sheet in self.sheets if not sheet.is_hidden]

    @property
    def offered(self) -> Sequence[Sheet]:
        return [sheet for sheet in self.visible if sheet.is_table]


def read_book(package: Package) -> Book:
    """Raises SourceError: the workbook is damaged."""
    tags = package.tags(WORKBOOK, {"sheet", "workbookPr"})
    related = package.tags(RELATIONS, {"Relationship"})
    relations = {tag.attributes.get("Id", ""): tag.attributes for tag in related}
    sheets = [tag for tag in tags if tag.name == "sheet"]
    return Book(
        path=package.path,
        sheets=[sheet_of(i, tag, relations) for i, tag in enumerate(sheets)],
        is_1904=any(
            tag.name == "workbookPr" and tag.attributes.get("date1904") in TRUE for tag in tags
        ),
    )


def choose_sheet(book: Book, wanted: str | None) -> Sheet:
    """The sheet of that name, else the one at that place among the visible ones, from 1.

    The first visible table where none is wanted. Capitals do not count, as in Excel.
    Raises SourceError: no such sheet, or one that has no cells.
    """
    if wanted is None:
        if not book.offered:
            raise _refused(book, "the workbook has no visible sheet with cells")
        return book.offered[0]
    name = wanted.casefold()
    named: Sequence[Sheet] = [sheet for sheet in book.sheets if sheet.name.casefold() == name]
    if not named and wanted.isdecimal() and len(wanted) <= MOST_DIGITS:
        place = int(wanted)
        named = book.visible[place - 1 : place] if place else []
    if not named:
        raise _refused(book, f'the workbook has no sheet "{wanted}"')
    if not named[0].is_table:
        raise _refused(book, f'the sheet "{named[0].name}" has no cells: it is a chart')
    return named[0]


def described(book: Book, sheet: Sheet, *, is_wanted: bool) -> str:
    """`sheet "Leads" (the first of 3 visible; hidden: "Lookup")`."""
    notes = []
    if sheet.is_hidden:
        notes.append("hidden")
    if not is_wanted:
        if len(book.offered) > 1:
            notes.append(f"the first of {len(book.offered)} visible")
        if hidden := [each.name for each in book.sheets if each.is_hidden]:
            notes.append("hidden: " + ", ".join(f'"{name}"' for name in hidden))
    return f'sheet "{sheet.name}"' + (f" ({'; '.join(notes)})" if notes else "")


def sheet_of(index: int, tag: Tag, relations: Mapping[str, Mapping[str, str]]) -> Sheet:
    """tag: <sheet>. relations: of the workbook, by their Id."""
    relation = relations.get(tag.attributes.get("id", ""), {})
    # An absolute target starts at the archive's root, which join then does too.
    part = posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))
    return Sheet(
        name=tag.attributes.get("name", ""),
        index=index,
        part=part,
        is_table=relation.get("Type", "").endswith("/worksheet"),
        is_hidden=tag.attributes.get("state", "visible") != "visible",
    )


def _refused(book: Book, what: str) -> SourceError:
    places = {sheet.index: f"{place} " for place, sheet in enumerate(book.visible, 1)}
    names = [
        f'{places.get(sheet.index, "")}"{sheet.name}"{" (hidden)" if sheet.is_hidden else ""}'
        for sheet in book.sheets
        if sheet.is_table
    ]
    fix = "name one with --sheet: " + ", ".join(names) if names else "import another workbook"
    return SourceError(what, where=str(book.path), fix=fix)
