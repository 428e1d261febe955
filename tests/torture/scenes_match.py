"""Rows and leads that look alike: what is taken for a row's own lead, and what is sent once."""

from tests.acceptance.world import MAPPING, pause
from tests.torture.scene import Arena, Scene
from tests.torture.scenes_replies import NO_LIMIT, run_through

STAMPED = f"{MAPPING}stamp: mx_Import_Key\nunique: [EmailAddress, Phone, mx_Import_Key]\n"
OLDER_S = 6.0  # than CreatedOn's tolerance of 2 s and the margin of 3 s that look-ups have


def equal_rows(count: int) -> list[tuple[str, ...]]:
    """Each person twice: without a unique field to the letter, with one in other clothes."""
    rows: list[tuple[str, ...]] = []
    for i in range(count // 4):
        rows.append((f"First{i}", f"Last{i}", "", "", "Pune"))
        rows.append((f"Other{i}", f"Last{i}", f"Person.{i}@example.com", f"+91-98{i:08d}", "Pune"))
        rows.append((f"First{i}", f"Last{i}", "", "", "Pune"))
        rows.append((f"Other{i}", f"Last{i}", f"person.{i}@EXAMPLE.com", f"9198{i:08d}", "Pune"))
    return rows


def contained_rows(count: int) -> list[tuple[str, ...]]:
    """Pairs without a unique field: of the second, all that it sends the first one's lead shows."""
    rows: list[tuple[str, ...]] = []
    for i in range(count // 2):
        rows.append((f"First{i}", f"Last{i}", "", "", "Pune"))
        rows.append((f"First{i}", f"Last{i}", "", "", ""))
    return rows


def old_leads(arena: Arena) -> None:
    """Somebody made leads with the very values of the rows before, and changes them just now."""
    for row in arena.read_csv(arena.list):
        if not row["Email"]:
            arena.create(
                FirstName=row["First Name"], LastName=row["Last Name"], mx_City=row["City"],
                Source="Trade Show",
            )  # fmt: skip
    pause(OLDER_S)
    for lead in arena.leads():
        arena.update(lead["ProspectID"], Notes="seen again")
    arena.set_faults("reset=20%")
    run_through(arena)


def twice_in_the_file(arena: Arena) -> None:
    arena.finish()
    arena.tried = arena.count // 2
    leads = arena.leads()
    names = {(lead["FirstName"], lead.get("EmailAddress", "").casefold()) for lead in leads}
    arena.expect(len(leads) == len(names), f"{len(leads)} leads of {len(names)} people")


def journal_lost(arena: Arena) -> None:
    """The list is run again after its journal has gone: the stamps alone tell."""
    arena.finish()
    before = arena.leads()
    for path in arena.folder.glob(f"{arena.journal_path.name}*"):
        if path.is_file():
            path.unlink()
    arena.tried = 1
    arena.finish()
    arena.expect(arena.leads() == before, "leads were made or changed by the second run")


SCENES = (
    Scene("the same person twice in the list", twice_in_the_file, rows=80, takes_any=False,
          make=equal_rows),
    Scene("the same person twice, replies lost", twice_in_the_file,
          (*NO_LIMIT, "--fault", "drop=10%,late=5%,reset_after=5%"), rows=80, takes_any=False,
          make=equal_rows),
    Scene("rows whose values another row has too", run_through,
          (*NO_LIMIT, "--fault", "reset=20%,drop=20%"), rows=80, takes_any=False,
          make=contained_rows),
    Scene("somebody's older leads with the same values", old_leads, rows=30, takes_any=False),
    Scene("replies lost, of rows with a stamp", run_through,
          (*NO_LIMIT, "--unique", "mx_Import_Key", "--fault",
           "drop=10%,late=5%,reset=10%,reset_after=5%,lookup500=20%"), rows=80, takes_any=False,
          mapping=STAMPED),
    Scene("journal lost, rows with a stamp", journal_lost,
          (*NO_LIMIT, "--unique", "mx_Import_Key"), rows=80, takes_any=False, mapping=STAMPED),
    Scene("look-ups lag longer than the rest", run_through,
          (*NO_LIMIT, "--fault", "drop=10%", "--lag", "8"), rows=60, has_evidence=False),
)  # fmt: skip
