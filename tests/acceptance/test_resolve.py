"""Rows in doubt, made by a real run: shown with what is known, and decided on by a person."""

from pathlib import Path

from tests.acceptance.world import Done, World, pause, sandbox

# By this seed the first lead is made 2.6 s after its call was lost, and found by no look-up in
# time; the second and the third never are; the fourth call is answered.
FAULTS = ("--fault", "late=40%,reset=40%", "--seed", "4166")
KEYLESS = [
    ("Asha", "Rao", "", "", "Pune"),
    ("Ravi", "Das", "", "", "Pune"),
    ("Mia", "Roy", "", "", ""),
]


def test_rows_in_doubt_are_listed_marked_given_up_and_sent_again(tmp_path: Path) -> None:
    with sandbox("--limit", "none", *FAULTS) as keys:
        world = World(tmp_path, keys, IMPORTER_SETTLE_S="0")
        file = world.write_csv("list.csv", KEYLESS)
        done = world.run(file, "--rate", "5/1s")
        assert (done.code, done.json["in_doubt"]) == (1, 3), done.err
        while not world.leads():  # the one that comes late
            pause(0.05)
        (asha,) = world.leads()
        assert asha["FirstName"] == "Asha"

        listed = world.importer("resolve", "--json")
        assert (listed.code, listed.json["in_doubt"], listed.json["state"]) == (0, 3, "finished")
        assert [row["row"] for row in listed.json["doubts"]] == [2, 3, 4]
        first = listed.json["doubts"][0]
        assert first["lead"][0] == {"Attribute": "FirstName", "Value": "Asha"}
        assert [(call["call"], call["http"], call["for_all"]) for call in first["calls"]][:2] == [
            ("Lead.Create", None, False),
            ("Leads.RecentlyModified", 200, True),
        ]

        wrong = resolve(world, 3, "--mark-created", asha["ProspectID"])
        assert (wrong.code, wrong.json["in_doubt"]) == (2, 3)
        assert "First Name, Last Name" in wrong.json["error"]["what"]
        marked = resolve(world, 2, "--mark-created", asha["ProspectID"])
        assert (marked.code, marked.json["created"], marked.json["in_doubt"]) == (1, 1, 2)
        given_up = resolve(world, 3, "--give-up")
        assert (given_up.code, given_up.json["skipped"], given_up.json["in_doubt"]) == (1, 1, 1)
        sent = resolve(world, 4, "--resend", "--rate", "none")
        assert (sent.code, sent.json["created"], sent.json["in_doubt"]) == (0, 2, 0)

        assert sorted(lead["FirstName"] for lead in world.leads()) == ["Asha", "Mia"]
        assert world.create_calls() == 4
        results = world.read_csv(tmp_path / "list.results.csv")
        ids = {lead["FirstName"]: lead["ProspectID"] for lead in world.leads()}
        assert [(row["Import Status"], row["Lead Id"]) for row in results] == [
            ("created", ids["Asha"]),
            ("skipped", ""),
            ("created", ids["Mia"]),
        ]
        assert world.importer("resolve").out.splitlines()[0] == "job 1 has no in_doubt rows"
        row = world.importer("status", "1", "--row", "4", "--json").json["row"]
        creates = [call["http"] for call in row["calls"] if call["call"] == "Lead.Create"]
        assert (row["status"], creates) == ("created", [None, 200])
        assert [decision["what"] for decision in row["decisions"]] == ["resend"]


def resolve(world: World, row: int, *decision: str) -> Done:
    return world.importer("resolve", "1", "--row", row, *decision, "--json")
