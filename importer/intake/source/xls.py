"""An .xls workbook becomes a sheet in memory; another process reads it, within limits.

In: an open file. Out: an `OpenSheet`. xlrd trusts what it reads: it may run for ever, or fill the
memory, over a few bytes that are wrong.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, NoReturn

from importer.errors import SourceError
from importer.intake.source.held import HeldTable
from importer.intake.source.kind import SAVE_AS_WORKBOOK, locked
from importer.intake.source.package import bomb_named
from importer.intake.source.packing import Summary
from importer.intake.source.sheet_rows import OpenSheet
from importer.intake.source.xls_process import seconds

# Nothing of the working folder is imported, and nothing by the environment's word.
START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1));"
    "from importer.intake.source.xls_process import main; main()"
)
PATIENCE = 4  # times as long as it may work: the machine may be busy
UNENDED = "its content is not as Excel writes it, or takes more than a workbook of its size can"


def read_xls(path: Path, file: BufferedReader, wanted: str | None) -> OpenSheet:
    """Raises SourceError: no workbook, a damaged one, no such sheet."""
    size = os.fstat(file.fileno()).st_size
    os.lseek(file.fileno(), 0, os.SEEK_SET)  # the other process reads on from there
    with _process(path, file, size, wanted) as told:
        about = _next(path, told)
        lines, summary = _lines(path, told)
    return OpenSheet(
        name=about["sheet"],
        found=(".xls workbook", about["described"]),
        table=HeldTable(lines, summary),
    )


@contextmanager
def _process(
    path: Path, file: BufferedReader, size: int, wanted: str | None
) -> Iterator[IO[bytes]]:
    """What it tells; it is killed where it has not ended in time, or is not wanted any more."""
    arguments = [json.dumps(sys.path), str(path), str(size), json.dumps(wanted)]
    with subprocess.Popen(
        [sys.executable, "-I", "-c", START, *arguments],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        timer = threading.Timer(PATIENCE * seconds(size), process.kill)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdout is not None
            yield process.stdout
        finally:
            timer.cancel()
            process.kill()


def _lines(path: Path, told: IO[bytes]) -> tuple[list[bytes], Summary]:
    lines = []
    for line in told:
        if line.startswith(b"["):
            lines.append(line)
        else:
            return lines, Summary(**_answer(path, line)["summary"])
    raise _damaged(path, UNENDED)


def _next(path: Path, told: IO[bytes]) -> Mapping[str, Any]:
    return _answer(path, told.readline())


def _answer(path: Path, line: bytes) -> Mapping[str, Any]:
    if not line.endswith(b"\n"):
        raise _damaged(path, UNENDED)
    answer: Mapping[str, Any] = json.loads(line)
    if not answer.keys() & {"sheet", "summary"}:
        _refuse(path, answer)
    return answer


def _refuse(path: Path, answer: Mapping[str, Any]) -> NoReturn:
    if "error" in answer:
        what, where, fix = answer["error"]
        raise SourceError(what, where=where, fix=fix)
    if "locked" in answer:
        raise locked(path)
    if "bomb" in answer:
        raise bomb_named(str(path), answer["bomb"])
    raise _damaged(path, f"its content is not as Excel writes it ({answer['damage']})")


def _damaged(path: Path, why: str) -> SourceError:
    what = f"the workbook is damaged: {why}"
    return SourceError(what, where=str(path), fix=SAVE_AS_WORKBOOK)
