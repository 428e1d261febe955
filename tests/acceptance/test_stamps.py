"""With a stamp that the account makes unique, no row stays in doubt: whatever is lost or killed."""

from collections import Counter
from pathlib import Path
from uuid import UUID

from tests.acceptance.world import MAPPING, World, people, sandbox

FIELD = "mx_Import_Key"
STAMPED = f"{MAPPING}stamp: {FIELD}\nunique: [EmailAddress, Phone, {FIELD}]\n"
FAULTS = "drop=6%,late=5%,reset=5%,reset_after=6%"
ROWS, SEED = 150, 3
SETTLE_S = 4  # the sandbox commits a late lead 3 s after the drop at the latest
KILLS = (10, 35, 60, 90, 120, 150)  # create calls


def test_rows_without_e_mail_and_phone_all_get_their_lead_and_none_two(tmp_path: Path) -> None:
    rows = people(ROWS, keyless_every=1)
    options = ("--limit", "none", "--unique", FIELD, "--fault", FAULTS, "--seed", SEED)
    with sandbox(*options) as keys:
        world = World(tmp_path, keys, IMPORTER_SETTLE_S=str(SETTLE_S), IMPORTER_TRIES="9")
        world.mapping.write_text(STAMPED)
        file = world.write_csv("list.csv", rows)
        kills = 0
        for calls in KILLS:
            process = world.start("run", file, "-m", world.mapping, "--rate", "none")
            kills += world.kill_when(process, calls)
        assert kills >= len(KILLS) // 2, "most of the kills must have hit a live run"
        done = world.run(file, "--rate", "none")
        lost = world.totals()["faults"]
        leads = world.leads()
    assert (done.code, done.json["created"], done.json["in_doubt"]) == (0, ROWS, 0), done.err
    assert min(lost.get(name, 0) for name in ("drop", "late", "reset", "reset_after")) > 0
    [(key,)] = world.journal("SELECT key FROM job")
    assert Counter(lead[FIELD] for lead in leads) == {f"{key}-{n + 2}": 1 for n in range(ROWS)}
    ids = {lead[FIELD]: lead["ProspectID"] for lead in leads}
    held = world.journal("SELECT id & 4294967295, lead_id FROM row")
    assert {f"{key}-{n}": str(UUID(bytes=lead_id)) for n, lead_id in held} == ids
