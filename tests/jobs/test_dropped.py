"""What a drop's file is, and its files once its job is finished; and work without a person."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from importer.errors import BusyError, MappingError, SettingsError, SourceError
from importer.intake.source.file import Reading
from importer.jobs.connected import remembered_account
from importer.jobs.dropped import Seen, look_at, reading_of, refuse_unreadable, write_beside
from importer.jobs.session import Options, Session
from importer.jobs.start import run_file
from importer.journal.lock import held
from importer.model import JobState
from importer.settings import Drop
from tests.acceptance.world import HEADER, World
from tests.drops.shop import STRICT, Voice
from tests.jobs.lists import BAD, people

DROP = Drop("events", Path("/inbox"), "*.csv", Path("/mapping.yaml"))


def drop_of(world: World, **given: object) -> Drop:
    return Drop("events", world.folder, "*.csv", world.mapping, **given)  # type: ignore[arg-type] # of its keys


@contextmanager
def unattended(world: World, voice: Voice | None = None) -> Iterator[Session]:
    with Session(voice or Voice(), None, Options(unattended=True)) as session:
        environment = {**world.environment, "IMPORTER_JOURNAL": str(world.folder / "importer.db")}
        session.begin(environment)
        session.use_account(environment, None, "none")
        yield session


def seen(world: World, file: Path, **given: object) -> Seen:
    """As it is for who knows the account; no call is made."""
    calls = world.totals()
    with unattended(world) as session:
        found = look_at(session, file, drop_of(world, **given), remembered_account(session))
    assert world.totals() == calls
    return found


def imported(world: World, file: Path, voice: Voice | None = None) -> None:
    with unattended(world, voice) as session:
        run_file(session, file, world.mapping)


def test_a_drop_says_how_its_files_are_read() -> None:
    drop = Drop(
        "events", Path("/inbox"), "*.csv", Path("/m.yaml"), sheet="2", header_row=3, area="A3:D",
        encoding="latin-1", delimiter=";", pads=True,
    )  # fmt: skip
    assert reading_of(drop) == Reading(
        encoding="latin-1", delimiter=";", sheet="2", header_row=3, pads=True, area="A3:D"
    )


def test_a_mapping_that_is_unsound_is_refused_before_any_file(world: World) -> None:
    refuse_unreadable(world.mapping)
    world.mapping.write_text("version: 1\ncolumns: [\n")
    with pytest.raises(MappingError):
        refuse_unreadable(world.mapping)


def test_a_new_list_is_seen_with_its_columns_and_what_is_like_it(world: World) -> None:
    found = seen(world, world.write_csv("list.csv", people(3)))
    assert (found.job, found.mends, found.unfit) == (None, False, None)
    assert dict(found.mapped) == dict.fromkeys(HEADER, False)
    assert found.profile is not None
    assert found.profile.rows == 3
    assert not (world.folder / "importer.db").exists()


def test_a_list_is_known_by_its_bytes_wherever_it_lies(world: World) -> None:
    file = world.write_csv("list.csv", people(2))
    new = seen(world, file)
    imported(world, file)
    copy = world.folder / "other.csv"
    shutil.copy(file, copy)
    known = seen(world, copy)
    assert known.job is not None
    assert (known.job.number, known.job.state) == (1, JobState.FINISHED)
    assert known.key == known.job.key
    assert known.sha256 == new.sha256
    assert seen(world, world.write_csv("list.csv", people(2))).job is None


def test_a_list_that_the_mapping_cannot_take_is_seen_with_the_reason(world: World) -> None:
    file = world.folder / "list.csv"
    file.write_text("One,Two\n1,2\n")
    found = seen(world, file)
    assert isinstance(found.unfit, MappingError)
    assert found.profile is not None


def test_a_mended_reject_file_is_seen_as_its_job(world: World) -> None:
    world.mapping.write_text(STRICT)
    rows = people(2)
    rows[0][2] = BAD
    file = world.write_csv("list.csv", rows)
    world.run(file, "--rate", "none")
    found = seen(world, world.folder / "list.rejects.csv")
    assert found.mends
    assert found.job is not None
    assert (found.job.number, found.key, found.profile) == (1, found.job.key, None)
    (world.folder / "importer.db").rename(world.folder / "elsewhere.db")
    with pytest.raises(SourceError, match="there is no journal that knows its job") as caught:
        seen(world, world.folder / "list.rejects.csv")
    assert caught.value.fix == "name the journal of that job in importer.toml"


def test_a_reject_file_of_a_job_that_is_gone_is_refused(world: World) -> None:
    world.mapping.write_text(STRICT)
    rows = people(2)
    rows[0][2] = BAD
    world.run(world.write_csv("list.csv", rows), "--rate", "none")
    assert world.importer("purge", 1, "--yes").code == 0
    with pytest.raises(SourceError):
        seen(world, world.folder / "list.rejects.csv")


def test_a_file_that_we_wrote_or_that_is_none_is_refused(world: World) -> None:
    imported(world, world.write_csv("list.csv", people(1)))
    assert world.importer("results", 1).code == 0
    with pytest.raises(SourceError, match="this is a results file of the importer"):
        seen(world, world.folder / "list.results.csv")
    with pytest.raises(SourceError):
        seen(world, world.folder / "gone.csv")


# Its files


def test_without_a_person_no_file_is_written_until_it_is_asked_for(world: World) -> None:
    world.mapping.write_text(STRICT)
    rows = people(3)
    rows[1][2] = BAD
    file = world.write_csv("list.csv", rows)
    place = world.folder / "done" / "list.csv"
    place.parent.mkdir()
    with unattended(world) as session:
        run_file(session, file, world.mapping)
        assert session.exit_code == 1
        assert (session.files, session.read_back) == ({}, None)
        assert not list(world.folder.glob("list.*.csv"))
        write_beside(session, place, is_file=True)
        assert session.files == {
            "rejects": place.with_name("list.rejects.csv"),
            "results": place.with_name("list.results.csv"),
            "report": place.with_name("list.report.html"),
        }
        assert all(path.exists() for path in session.files.values())
    assert world.journal("SELECT file FROM job") == [(str(place),)]
    assert not list(world.folder.glob("list.*.csv"))


def test_files_of_a_mended_job_go_where_they_are_wanted_and_its_list_stays_what_it_was(
    world: World,
) -> None:
    file = world.write_csv("list.csv", people(1))
    with unattended(world) as session:
        run_file(session, file, world.mapping)
        with pytest.raises(SettingsError):
            write_beside(session, world.mapping / "list.csv", is_file=False)
        place = world.folder / "there" / "list.rejects.csv"
        write_beside(session, place, is_file=False)
        assert session.files == {
            "results": place.with_name("list.results.csv"),
            "report": place.with_name("list.report.html"),
        }
    assert world.journal("SELECT file FROM job") == [(str(file),)]


def test_files_of_a_job_that_another_importer_has_are_not_written(world: World) -> None:
    file = world.write_csv("list.csv", people(1))
    with unattended(world) as session:
        run_file(session, file, world.mapping)
        assert session.job is not None
        with (
            held(world.folder / "importer.db", f"job-{session.job.key}"),
            pytest.raises(BusyError),
        ):
            write_beside(session, file, is_file=True)
    assert not list(world.folder.glob("list.*.csv"))


def test_without_a_person_no_value_of_a_row_is_said(world: World) -> None:
    rows = people(30)
    rows[17][2] = "Secret.Person at example"
    rows[18][4] = f"{rows[18][4]}\u200b Secretville"
    said: list[str] = []
    for is_alone in (True, False):
        voice = Voice()
        with Session(voice, None, Options(unattended=is_alone)) as session:
            name = f"{is_alone}.db"
            environment = {**world.environment, "IMPORTER_JOURNAL": str(world.folder / name)}
            session.begin(environment)
            session.use_account(environment, None, "none")
            file = world.write_csv("list.csv", rows)
            run_file(session, file, world.mapping)
        said.append("\n".join(voice.said))
    assert "Secret" not in said[0]
    assert said[0] != said[1]
