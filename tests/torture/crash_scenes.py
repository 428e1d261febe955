"""Scenes of real commands that together reach every crash point.

In each, a `do` may be killed anywhere; it is given again, and in the end all is as without a kill.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from importer.journal import schema
from tests.torture.crash_drops import failed_before, filed, let_through
from tests.torture.crash_stage import CHANGED_MAPPING, PACE, Stage

NOT_LEFT = "Lead.Create about to leave"
CALM = ("--limit", "none", "--latency", "5-15")
NARROW = ("--limit", "20/1s", "--latency", "5-15")
FAULTY = (*CALM, "--fault", "drop=10%,reset=10%,bare500=10%,lookup500=10%")
ONE = ("--limit", 1)  # a row is in flight, and no more
LONG_CITY = "P" * 201  # the account takes 200 characters
OLD_VERSION = 2  # before fingerprints
COPIED = ("job", "mapping", "count", "block", "row", "attempt", "twin", "output")
LEADS = "SELECT lower(hex(coalesce(lead_id, existing_id))) FROM row WHERE status <> 'in_doubt'"
MISSING = 2  # the exit code where a command finds nothing more to do


@dataclass(frozen=True, slots=True)
class CrashScene:
    """sandbox: its options. is_steady: what becomes of each row is the same each time."""

    name: str
    play: Callable[[Stage], None]
    sandbox: tuple[str, ...] = CALM
    is_steady: bool = True


def all_kinds(stage: Stage) -> Path:
    """Rows with all that can happen to them."""
    one, lone, taken = stage.keyed(), stage.keyless(), stage.keyed()
    stage.somebody(taken)
    return stage.list_of(
        "list.csv",
        [
            one,
            ("Twin", one[1], one[2], "", "Pune"),
            lone,
            lone,
            (*one[:2], one[2].upper(), *one[3:]),
            (*stage.keyless()[:2], "no address", "", "Pune"),
            stage.keyless()[:3],
            stage.keyed(city=LONG_CITY),
            taken,
            stage.keyless(),
            stage.keyed(),
            stage.keyless(),
        ],
    )


def first(stage: Stage) -> None:
    stage.do(*stage.sending(all_kinds(stage)))


def again(stage: Stage) -> None:
    """The file of a finished job, from another place."""
    file = all_kinds(stage)
    stage.give(*stage.sending(file))
    moved = stage.folder / "moved.csv"
    file.rename(moved)
    stage.do(*stage.sending(moved))


def resumed(stage: Stage) -> None:
    """Four runs that were killed, one call under way each; somebody has two of the keys."""
    by_mail = stage.keyed()
    by_phone = (*stage.keyless()[:2], "", stage.keyed()[3], "Pune")
    people = [stage.keyless(), by_mail, by_phone, stage.keyless(), stage.keyed()]
    command = stage.sending(stage.list_of("list.csv", people))
    stage.somebody((*by_mail[:3], "", ""))
    stage.somebody(by_phone)
    for _ in people[:3]:
        stage.is_killed(NOT_LEFT, *command, *ONE)
    stage.is_killed("Lead.Create reply read", *command, *ONE)
    stage.do(*command)


def known(stage: Stage) -> None:
    """A list that has grown, and rows that were mended there."""
    mail, lone, doubtful = stage.keyed(), stage.keyless(), stage.keyless()
    command = stage.sending(stage.list_of("first.csv", [doubtful, mail, lone]))
    stage.is_killed(NOT_LEFT, *command, *ONE)
    stage.give(*command)
    stage.cut_off += 1  # it stands in the next list too
    grown = [mail, lone, stage.keyless(), (*mail[:4], "Delhi"), stage.keyed(), doubtful]
    stage.do(*stage.sending(stage.list_of("second.csv", grown)))


def mended(stage: Stage) -> None:
    done = stage.give(*stage.sending(all_kinds(stage)), "--json")
    rejects = stage.folder / "list.rejects.csv"
    mail, lone = stage.keyed()[2], stage.keyless()

    def edit(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["Email"] == "no address":
                row["Email"] = mail
            row["City"] = row["City"][:20]
        names = ("First Name", "Last Name", "Email", "Phone", "City")
        new = dict.fromkeys(rows[0], "") | dict(zip(names, lone, strict=True))
        rows.append(new | {"Import Job": done.json["key"]})

    stage.edit(rejects, edit)
    stage.rows += 1
    stage.do("run", rejects)


def remapped(stage: Stage) -> None:
    file = all_kinds(stage)
    stage.give(*stage.sending(file))
    stage.mapping.write_text(CHANGED_MAPPING)
    stage.do(*stage.sending(file))


def padded(stage: Stage) -> None:
    """After that no row is refused, and the reject file goes."""
    people = [stage.keyed(), stage.keyless()[:3], stage.keyless()]
    command = stage.sending(stage.list_of("list.csv", people))
    stage.give(*command)
    stage.do(*command, "--short-rows", "pad")


def retried(stage: Stage) -> None:
    taken, also = stage.keyed(), stage.keyed()
    leads = [stage.somebody(taken), stage.somebody(also)]
    stage.give(*stage.sending(stage.list_of("list.csv", [taken, stage.keyless(), also])))
    for lead in leads:
        stage.delete(lead)
    stage.do("retry", *PACE, "--status", "duplicate,rejected")


def cancelled(stage: Stage) -> None:
    people = [stage.keyed(), *(stage.keyless() for _ in range(4))]
    stage.give(*stage.sending(stage.list_of("list.csv", people)), "--limit", 2)
    stage.do("cancel")


def doubtful(stage: Stage, count: int) -> Path:
    """A list whose first rows, so many, are in doubt; two more are created."""
    people = [stage.keyless() for _ in range(count)]
    file = stage.list_of("list.csv", [*people, stage.keyed(), stage.keyless()])
    for _ in people:
        stage.is_killed(NOT_LEFT, *stage.sending(file), *ONE)
    stage.give(*stage.sending(file))
    return file


def resolved(stage: Stage) -> None:
    """Each of the decisions; one that was made is not made again, and is said to be."""
    doubtful(stage, 3)
    lead = stage.as_the_row((f"First{2}", *stage.keyless()[1:]))
    codes = (0, 1, MISSING)
    stage.do("resolve", "--row", 2, "--give-up", codes=codes)
    stage.do("resolve", "--row", 3, "--mark-created", lead, *PACE, codes=codes)
    stage.do("resolve", "--row", 4, "--resend", *PACE, codes=codes)
    stage.give("retry", *PACE)


def purged(stage: Stage) -> None:
    """What was accepted is known after it; and what nobody knows of stays in doubt."""
    doubtful(stage, 1)
    stage.change(  # as an importer that reads the job's mapping otherwise would find row 3
        "UPDATE row SET mapping = 2 WHERE id & 4294967295 = 3",
        "INSERT INTO mapping SELECT job, 2, name, replace(text, 'LastName',"
        " '{field: LastName, transform: date}'), sha256, readings, fields FROM mapping",
    )
    stage.do("purge", 1, "--yes")
    stage.set_aside()
    last = f"Last{stage.number}"
    rows = stage.read_csv(stage.folder / "list.csv")
    old = [tuple(row.values()) for row in rows]
    assert {row[1] for row in old} == {last}
    stage.do(*stage.sending(stage.list_of("second.csv", [stage.keyless(), *old])))


def half_stored(stage: Stage) -> Path:
    file = all_kinds(stage)
    stage.is_killed("staging.INSERT_UNSENT committed", *stage.sending(file))
    return file


def dropped(stage: Stage) -> None:
    file = half_stored(stage)
    stage.do("purge", 1, "--yes", codes=(0, MISSING))
    stage.give(*stage.sending(file))


def stored_anew(stage: Stage) -> None:
    """Half stored by another mapping; then stored, and read otherwise before a row was sent."""
    file = half_stored(stage)
    stage.mapping.write_text(CHANGED_MAPPING)
    stage.is_killed("journal.SET_STATE committed", *stage.sending(file))
    stage.do(*stage.sending(file, "--encoding", "latin-1"))


def half_stored_anew(stage: Stage) -> None:
    file = half_stored(stage)
    stage.mapping.write_text(CHANGED_MAPPING)
    stage.do(*stage.sending(file))


def older(stage: Stage) -> None:
    """A journal that an importer without fingerprints has made, and rows that it has sent."""
    mail, lone = stage.keyed(), stage.keyless()
    stage.give(*stage.sending(stage.list_of("first.csv", [mail, lone])))
    set_back(stage.journals[0], OLD_VERSION)
    stage.do(*stage.sending(stage.list_of("second.csv", [lone, stage.keyless(), mail])))


def set_back(path: Path, version: int) -> None:
    """Make the journal's tables as they were then, with what is in them."""
    newer = path.rename(path.with_name("newer.db"))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations = Migrations("importer")
        for number, step in enumerate(schema.MIGRATIONS[:version], start=1):
            migrations(name=f"{number:03}")(step)
        migrations.apply(Database(db))
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {version}")
        db.execute("ATTACH ? AS newer", (str(newer),))
        for table in COPIED:
            names = ", ".join(row[1] for row in db.execute(f"PRAGMA main.table_info({table})"))
            db.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newer.{table}")


def clock_set(stage: Stage) -> None:
    """This computer's clock was a minute behind while a row became unsettled."""
    people = [stage.keyless(), stage.keyed()]
    command = stage.sending(stage.list_of("list.csv", people))
    stage.is_killed(NOT_LEFT, *command, *ONE)
    stage.is_killed("statements.UNSETTLE committed", *command)
    stage.change("UPDATE attempt SET ahead_ms = ahead_ms + 60000")
    stage.do(*command)


def beside(stage: Stage) -> None:
    """Another list with the same rows is under way, and its process stands still meanwhile."""
    lone, mail = stage.keyless(), stage.keyed()
    other = stage.list_of("first.csv", [lone, stage.keyless()])
    file = stage.list_of("second.csv", [mail, lone])
    standing = stage.stops("call handed to a sender", *stage.sending(other))
    command = stage.sending(file)
    first = stage.attempt(*command)
    waits = "SELECT count(*) FROM row WHERE status = 'pending' AND due_at IS NOT NULL"
    stage.until(lambda: first.has_ended() or stage.journal(waits) != [(0,)])
    standing.goes_on()
    stage.end(first, *command)
    stage.expect(standing.wait().code == 0, "the other import did not end well")


def verified(stage: Stage) -> None:
    people = [stage.keyed(), stage.keyless()]
    stage.give(*stage.sending(stage.list_of("list.csv", people)))
    stage.do("verify", 1, "--remote", *PACE)
    stage.do("fields", *PACE)


def undone(stage: Stage) -> None:
    """The wrong list; and after all the right one."""
    stage.give(*stage.sending(stage.list_of("list.csv", [stage.keyed(), stage.keyless()])))
    stage.do("undo", "--yes", *PACE)
    stage.give("undo", "--yes", *PACE)
    stage.do("retry", "--status", "deleted", *PACE)


def written(stage: Stage) -> None:
    """The files of a finished job, elsewhere; one has its name, and the journal knew no more."""
    stage.give(*stage.sending(all_kinds(stage)))
    stage.do("rejects", "--out", "elsewhere")
    stage.is_killed("file renamed", "results", "--out", "elsewhere")
    stage.do("results", "--out", "elsewhere")


def enlisted(stage: Stage) -> None:
    """All leads come onto the list, that of somebody who was there before too."""
    taken, name = stage.keyed(), f"List {stage.number}"
    stage.somebody(taken)
    stage.mapping.write_text(f"{stage.mapping.read_text()}on_duplicate: skip\n")
    file = stage.list_of("list.csv", [stage.keyed(), taken, stage.keyless()])
    stage.do(*stage.sending(file, "--list", name))
    wanted = [lead for (lead,) in stage.journal(LEADS)]
    found = stage.get("/_sandbox/lists").get(name, [])
    lost = 3 - len(wanted)  # in doubt, as the call was cut off
    stage.expect(lost <= stage.cut_off, f"leads that are not known: {lost}")
    are_on = {lead.replace("-", "") for lead in found} == {*wanted}
    stage.expect(are_on, f"on the list: {len(found)} of {len(wanted)}")


def throttled(stage: Stage) -> None:
    """More calls than the account takes in a second, which it tells."""
    people = [stage.keyless() if number % 2 else stage.keyed() for number in range(24)]
    stage.do(*stage.sending(stage.list_of("list.csv", people)))


SCENES = (
    CrashScene("a list with all kinds of rows", first),
    CrashScene("the same file again", again),
    CrashScene("calls without a reply", resumed),
    CrashScene("a list that has grown", known),
    CrashScene("a mended reject file", mended),
    CrashScene("a changed mapping", remapped),
    CrashScene("narrow rows filled", padded),
    CrashScene("refused rows again", retried),
    CrashScene("a cancelled job", cancelled),
    CrashScene("doubts resolved", resolved),
    CrashScene("a purged job", purged),
    CrashScene("a half-stored job dropped", dropped),
    CrashScene("a half-stored job with another mapping", half_stored_anew),
    CrashScene("a file read otherwise", stored_anew),
    CrashScene("a journal of an older importer", older),
    CrashScene("a clock that was set", clock_set),
    CrashScene("the same row in another import", beside),
    CrashScene("leads read again", verified),
    CrashScene("an import that is undone", undone),
    CrashScene("files written again", written),
    CrashScene("a pass over a folder", filed),
    CrashScene("a file that was let through", let_through),
    CrashScene("failed rows of an earlier pass", failed_before),
    CrashScene("leads on a static list", enlisted),
    CrashScene("calls over the limit", throttled, NARROW),
    CrashScene("replies lost, look-ups that fail", first, FAULTY, is_steady=False),
)
