"""`salvage` and other commands are of one mind about which journal is sound."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from importer.errors import JournalError
from importer.jobs.again import list_jobs
from importer.jobs.salvage import salvage_all
from importer.jobs.session import Session
from importer.jobs.verify import verify_job
from importer.journal.trouble import accounted
from importer.shown import SalvageReport
from tests.jobs.doubts import session_on
from tests.journal.damage import PAGE, Files, read_files, with_page, write_files
from tests.journal.every_state import make_sound


def ends_with(path: Path, work: Callable[[Session], object]) -> str:
    """What the command's error says, or its exit code where that is not 0; else ""."""
    try:
        with session_on(path) as (session, _), accounted(path):
            work(session)
            return f"ends with {session.exit_code}" if session.exit_code else ""
    except JournalError as error:
        return error.what


def is_sound(path: Path) -> bool:
    """For `salvage`."""
    with session_on(path) as (session, _):
        with suppress(JournalError), accounted(path):
            salvage_all(session)
        assert session.shown is None or isinstance(session.shown, SalvageReport)
        return session.shown is not None and session.shown.is_sound


OTHERS: Mapping[str, Callable[[Session], object]] = {
    "status": list_jobs,
    "verify": lambda session: verify_job(session, None, remote=False),
}
SPOILT: Mapping[str, bytes] = {"zeros": bytes(PAGE), "noise": Random(7).randbytes(PAGE)}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return make_sound(tmp_path_factory.mktemp("closed") / "importer.db")


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("page", range(1, 23))
def test_what_other_commands_call_damage_is_no_sound_journal(
    tmp_path: Path, closed: Files, page: int, spoilt: str
) -> None:
    path = tmp_path / "importer.db"
    write_files(path, with_page(closed, page, SPOILT[spoilt]))
    before, found = read_files(path), is_sound(path)
    assert read_files(path) == before
    said = {name: ends_with(path, work) for name, work in OTHERS.items()}
    assert not (found and any(said.values())), said


def test_a_journal_that_is_sound_is_so_for_all(tmp_path: Path, closed: Files) -> None:
    path = tmp_path / "importer.db"
    write_files(path, closed)
    assert len(closed[""]) == 32 * PAGE
    assert is_sound(path)
    assert {name: ends_with(path, work) for name, work in OTHERS.items()} == {
        "status": "", "verify": "",
    }  # fmt: skip
