"""A path becomes a `Source`: what kind of file it is, is found by its first bytes."""

import stat
from pathlib import Path

from importer.errors import SourceError
from importer.intake.source.file import Reading, Source, unreadable
from importer.intake.source.kind import Kind, find_kind
from importer.intake.source.text import open_text
from importer.regular import NO_FILE

FIND_OUT = Reading()


def open_source(path: Path, reading: Reading = FIND_OUT) -> Source:
    """Say what the file is, and read its header.

    Raises SourceError: no such file, no spreadsheet, nothing in it, or not as `reading` says.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            fix = "name a CSV file or an Excel workbook"
            raise SourceError(NO_FILE, where=str(path), fix=fix)
        return open_kind(path, find_kind(path), reading)
    except FileNotFoundError as error:
        raise SourceError(
            "there is no such file", where=str(path), fix="check the name and the folder"
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error


def open_kind(path: Path, kind: Kind, reading: Reading) -> Source:
    """By the module of its kind, which is imported no earlier than it is wanted. OSError passes."""
    if kind is Kind.TEXT:
        return open_text(path, reading)
    if kind in (Kind.ZIP, Kind.GZIP):
        from importer.intake.source.packed import open_packed

        return open_packed(path, reading)
    from importer.intake.source.workbook import open_workbook

    if kind is Kind.XLS:
        from importer.intake.source.xls import read_xls

        return open_workbook(path, reading, read_xls)
    if kind is Kind.XLSB:
        from importer.intake.source.xlsb import read_xlsb

        return open_workbook(path, reading, read_xlsb)
    if kind is Kind.ODS:
        from importer.intake.source.ods import read_ods

        return open_workbook(path, reading, read_ods)
    return open_workbook(path, reading)
