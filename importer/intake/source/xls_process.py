"""The process that reads an .xls workbook: a hostile one takes this process with it, and no other.

In: the workbook as standard input, and what is wanted as arguments. Out: lines of JSON, as
`xls.py` takes them: what the workbook is, packages of rows, and a summary; or what is wrong.
"""

import json
import os
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from importer.errors import SourceError
from importer.intake.source.number_format import renderer
from importer.intake.source.packing import FILTERED, HIDDEN, NOT_HIDDEN, Cell, Packer
from importer.intake.source.sheet_xml import WIDEST, Width
from importer.intake.source.sheets import Book, Sheet, choose_sheet, described
from importer.intake.source.styles import BUILT_IN, GENERAL
from importer.intake.source.unpacking import BombError
from importer.model import CellKind

# Records of a sheet's stream: MS-XLS 2.3.
END, FILTER_MODE, CALCULATED_BY = 0x000A, 0x009B, 0x01C1
FORMULA = (0x0006, 0x0206, 0x0406)
RECORD = struct.Struct("<2H")  # its kind and its length
FORMULA_HEAD = struct.Struct("<2H2xB5xH")  # row, column, sort of value, mark: MS-XLS 2.5.133
IS_NO_NUMBER, IS_BLANK_TEXT = 0xFFFF, 3
WIDTH_UNITS = 256  # a column's width is told in parts of a character
UNKNOWN_FORMULA = "=?"
DATA_FOR_ALL, DATA_A_BYTE = 384 << 20, 48  # bytes of memory
SECONDS_FOR_ALL, BYTES_A_SECOND = 20, 200_000  # xlrd reads some 3 MB a second


def main() -> None:
    """Arguments: the path for messages, the size, and the wanted sheet as JSON."""
    label, size, wanted = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
    limit(size)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with out, open(os.devnull, "w", encoding="utf-8") as nowhere:
        sys.stdout = nowhere  # xlrd prints what it wonders about
        try:
            for line in _lines(Path(label), size, wanted):
                out.write(line + b"\n")
        except SourceError as error:
            _tell(out, {"error": [error.what, error.where, error.fix]})
        except BombError as error:
            _tell(out, {"bomb": str(error)})
        except Exception as error:
            # xlrd has errors of its own, and runs into a dozen of Python's.
            reason = " ".join(str(error).split()) or type(error).__name__
            is_locked = "encrypted" in reason
            _tell(out, {"locked": reason} if is_locked else {"damage": reason})


def seconds(size: int) -> int:
    """Of a processor, that a workbook of that size may take."""
    return SECONDS_FOR_ALL + size // BYTES_A_SECOND


def limit(size: int) -> None:
    """Where the platform has limits; Windows has none."""
    if sys.platform != "win32":
        import resource

        wanted = {
            resource.RLIMIT_DATA: DATA_FOR_ALL + DATA_A_BYTE * size,
            resource.RLIMIT_CPU: seconds(size),
            resource.RLIMIT_CORE: 0,
        }
        for which, most in wanted.items():
            _, hard = resource.getrlimit(which)
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (most, hard))


def _tell(out: BinaryIO, what: Mapping[str, object]) -> None:
    out.write(json.dumps(what).encode() + b"\n")


def _lines(path: Path, size: int, wanted: str | None) -> Iterator[bytes]:
    import xlrd  # type: ignore[import-untyped]  # it ships no types

    content = sys.stdin.buffer.read()
    with xlrd.open_workbook(
        file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True
    ) as workbook:
        book = _book(path, workbook)
        chosen = choose_sheet(book, wanted)
        about = {
            "sheet": chosen.name,
            "described": described(book, chosen, is_wanted=wanted is not None),
        }
        yield json.dumps(about).encode()
        packer = Packer(f'{path}, sheet "{chosen.name}"', size)
        yield from _XlsSheet(workbook, chosen.index, book.is_1904).lines(packer)


def _book(path: Path, workbook: Any) -> Book:
    """Charts and sheets of macros are not among xlrd's sheets."""
    visibilities = workbook._sheet_visibility  # known before a sheet is read, but for nobody
    return Book(
        path=path,
        sheets=[
            Sheet(name, i, part="", is_table=True, is_hidden=bool(visibilities[i]))
            for i, name in enumerate(workbook.sheet_names())
        ],
        is_1904=bool(workbook.datemode),
    )


class _XlsSheet:
    def __init__(self, workbook: Any, index: int, is_1904: bool) -> None:
        import xlrd

        self._errors: Mapping[int, str] = xlrd.error_text_from_code
        self._workbook = workbook
        self._is_1904 = is_1904
        self._uncalculated: set[tuple[int, int]] = set()
        self._hides = HIDDEN
        self._look_through(workbook._sh_abs_posn[index])
        self._sheet = workbook.sheet_by_index(index)
        self._codes = [self._code(style.format_key) for style in workbook.xf_list]
        self._kinds = {
            xlrd.XL_CELL_TEXT: CellKind.TEXT,
            xlrd.XL_CELL_NUMBER: CellKind.NUMBER,
            xlrd.XL_CELL_DATE: CellKind.DATE,
            xlrd.XL_CELL_BOOLEAN: CellKind.BOOLEAN,
            xlrd.XL_CELL_ERROR: CellKind.ERROR,
        }

    def lines(self, packer: Packer) -> Iterator[bytes]:
        sheet = self._sheet
        for row in range(sheet.nrows):
            cells = list(self._cells(row))
            info = sheet.rowinfo_map.get(row) if cells else None
            packer.add(row, cells, self._hides if info and info.hidden else NOT_HIDDEN)
            yield from packer.lines
            packer.lines.clear()
        summary = packer.end()
        columns = sheet.colinfo_map
        summary.hidden_columns = [i for i, each in columns.items() if each.hidden]
        summary.widths = [
            Width(i, i, each.width / WIDTH_UNITS)
            for i, each in columns.items()
            if 0 <= each.width / WIDTH_UNITS <= WIDEST
        ]
        yield from packer.lines
        yield json.dumps({"summary": asdict(summary)}).encode()

    def _cells(self, row: int) -> Iterator[Cell]:
        sheet = self._sheet
        pairs = zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        for column, (sort, value) in enumerate(pairs):
            kind = self._kinds.get(sort)
            if self._uncalculated and (row, column) in self._uncalculated:
                yield Cell(column, UNKNOWN_FORMULA, CellKind.UNCALCULATED, GENERAL)
            elif kind is not None and value != "":
                style = sheet.cell_xf_index(row, column)
                code = self._codes[style] if 0 <= style < len(self._codes) else GENERAL
                yield Cell(column, *self._shown(kind, value, code), code)

    def _shown(self, kind: CellKind, value: Any, code: str) -> tuple[str, CellKind]:
        if kind is CellKind.TEXT:
            return value, kind
        if kind is CellKind.BOOLEAN:
            return "TRUE" if value else "FALSE", kind
        if kind is CellKind.ERROR:
            return self._errors.get(value, "#N/A"), kind
        return renderer(code, self._is_1904)(float(value))

    def _code(self, key: int) -> str:
        known = self._workbook.format_map.get(key)
        code: str | None = known.format_str if known else None
        return code or BUILT_IN.get(key, GENERAL)

    def _look_through(self, at: int) -> None:
        """What xlrd does not tell: whether rows are filtered, and formulas without a value.

        A program that does not calculate leaves a blank text for each; Excel says who calculated.
        """
        blank, formulas = set(), 0
        for kind, data in self._records(at):
            if kind == FILTER_MODE:
                self._hides = FILTERED
            elif kind in FORMULA and len(data) > FORMULA_HEAD.size:
                row, column, sort, mark = FORMULA_HEAD.unpack_from(data)
                formulas += 1
                if (sort, mark) == (IS_BLANK_TEXT, IS_NO_NUMBER):
                    blank.add((row, column))
        kinds = (kind for kind, _ in self._records(self._workbook.base))
        if len(blank) == formulas and blank and CALCULATED_BY not in kinds:
            self._uncalculated = blank

    def _records(self, at: int) -> Iterator[tuple[int, bytes]]:
        """Of one part of the stream, from its first on: their kinds, and what they have."""
        stream = self._workbook.mem
        while at + RECORD.size <= len(stream):
            kind, length = RECORD.unpack_from(stream, at)
            if kind == END:
                return
            at += RECORD.size
            yield kind, stream[at : at + length]
            at += length
