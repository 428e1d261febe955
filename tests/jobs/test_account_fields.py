"""A list and a mapping held against the account's fields, before and after it is sent."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.jobs.account_fields import UNKNOWN
from tests.acceptance.world import Done, World, sandbox

MAPPING = """\
version: 1
columns:
  Email: EmailAddress
  Company: Company
  Interest: {field: mx_Interest, on_unknown: UNKNOWN}
  Owner: {field: OwnerId, transform: owner}
"""
HEADER = ("Email", "Company", "Interest", "Owner")


def mapping(world: World, on_unknown: str = "refuse") -> None:
    world.mapping.write_text(MAPPING.replace("UNKNOWN", on_unknown))


def written(world: World, *rows: tuple[str, ...]) -> Path:
    path = world.folder / "fair.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def run(world: World, file: Path, *options: object) -> Done:
    return world.run(file, "--rate", "none", *options)


def lead(world: World, email: str) -> dict[str, str]:
    return next(each for each in world.leads() if each.get("EmailAddress") == email)


def calls(world: World, name: str) -> int:
    return int(world.totals()["calls"].get(name, 0))


def kept_file(world: World) -> Path:
    (path,) = (world.folder / "state").glob("*.fields.json")
    return path


def age(world: World, ms: int) -> None:
    """Make what is kept so much older."""
    path = kept_file(world)
    known = json.loads(path.read_text())
    path.write_text(json.dumps({**known, "at_ms": known["at_ms"] - ms}))


def test_a_value_that_is_no_option_makes_its_row_invalid_and_is_never_sent(world: World) -> None:
    mapping(world)
    file = written(
        world,
        ("a1@example.com", "A", "High", ""),
        ("a2@example.com", "B", "high", ""),
        ("a3@example.com", "C", "", ""),
    )
    done = run(world, file)
    assert (done.code, done.json["created"], done.json["invalid"]) == (1, 2, 1)
    (refused,) = world.read_csv(world.folder / "fair.rejects.csv")
    assert (refused["Reject Code"], refused["Reject Column"]) == ("unknown_option", "Interest")
    assert refused["Reject Reason"] == (
        '"Interest" is "high": none of the options of "Interest" (mx_Interest); did you mean'
        ' "High"? use one of: High, Medium, Low; or map it under choices: in the mapping; or add'
        " the option in LeadSquared, and then: importer fields"
    )


@pytest.mark.parametrize(("on_unknown", "stored"), [("keep", "Tepid"), ("blank", None)])
def test_a_mapping_can_say_what_becomes_of_such_a_value(
    world: World, on_unknown: str, stored: str | None
) -> None:
    mapping(world, on_unknown)
    email = f"{on_unknown}@example.com"
    assert run(world, written(world, (email, "A", "Tepid", ""))).code == 0
    assert lead(world, email).get("mx_Interest") == stored


def test_a_row_that_was_refused_is_sent_once_the_account_has_the_option(tmp_path: Path) -> None:
    """What was accepted is not sent again, and what was asked a moment ago is not asked again."""
    row = ("b1@example.com", "A", "Tepid", "")
    with sandbox("--limit", "none", "--org-id", "acme") as keys:
        world = World(tmp_path, keys)
        mapping(world)
        file = written(world, row, ("b2@example.com", "B", "Low", ""))
        assert run(world, file).json["invalid"] == 1
    path = kept_file(world)
    known = json.loads(path.read_text())
    for field in known["fields"]:
        if field["name"] == "mx_Interest":
            field["options"].append("Tepid")
    path.write_text(json.dumps(known))
    with sandbox("--limit", "none", "--org-id", "acme") as keys:
        again = World(tmp_path, keys)
        mapping(again)
        done = run(again, file)
        assert (done.code, done.json["created"]) == (0, 2)
        assert "what the account takes changed: 1 row not yet accepted made anew by it" in done.err
        assert [each["EmailAddress"] for each in again.leads()] == ["b1@example.com"]
        assert calls(again, "LeadsMetaData.Get") == 0


def test_an_owner_is_looked_up_by_email_or_name(world: World) -> None:
    mapping(world)
    users = {each["email"]: each["id"] for each in world.importer("fields", "--json").json["users"]}
    anna = users["anna.schmidt@example.com"]
    file = written(
        world,
        ("o1@example.com", "A", "", "Anna.Schmidt@example.com"),
        ("o2@example.com", "B", "", "anna  schmidt"),
        ("o3@example.com", "C", "", anna),
        ("o4@example.com", "D", "", "Ana Schmidt"),
        ("o5@example.com", "E", "", "Maria Left"),
        ("o6@example.com", "F", "", ""),
    )
    done = run(world, file)
    assert (done.json["created"], done.json["invalid"]) == (4, 2)
    assert {lead(world, f"o{n}@example.com")["OwnerId"] for n in (1, 2, 3)} == {anna}
    codes = {
        row["Email"]: (row["Reject Code"], row["Reject Reason"])
        for row in world.read_csv(world.folder / "fair.rejects.csv")
    }
    assert codes["o4@example.com"][0] == "unknown_owner"
    assert 'did you mean "Anna Schmidt"?' in codes["o4@example.com"][1]
    assert codes["o5@example.com"][0] == "inactive_owner"


@pytest.fixture
def untold(world: World) -> Iterator[World]:
    world.post("/_sandbox/faults", "fields404=100%")
    yield world
    world.post("/_sandbox/faults", "")


def test_where_the_account_does_not_tell_its_fields_that_is_said_and_ends_nothing(
    untold: World,
) -> None:
    mapping(untold)
    done = run(untold, written(untold, ("u1@example.com", "A", "Tepid", "")))
    assert (done.code, done.json["created"]) == (0, 1)
    said = "warning: the account's fields could not be read ("
    assert [line for line in done.err.splitlines() if line.startswith(said)]
    fields = untold.importer("fields", "--json")
    assert (fields.code, fields.json.get("fields")) == (2, None)


def test_an_owner_is_never_guessed_where_the_users_are_not_known(untold: World) -> None:
    """The row waits for a run that knows them; the others go."""
    mapping(untold)
    file = written(
        untold,
        ("w1@example.com", "A", "", "Anna Schmidt"),
        ("w2@example.com", "B", "", ""),
    )
    done = run(untold, file)
    assert (done.code, done.json["created"], done.json["invalid"]) == (1, 1, 1)
    untold.post("/_sandbox/faults", "")
    done = run(untold, file)
    assert (done.code, done.json["created"]) == (0, 2)


def test_fields_are_asked_for_when_they_are_older_than_a_day(world: World) -> None:
    mapping(world)
    before = calls(world, "LeadsMetaData.Get")

    def asked(name: str) -> int:
        run(world, written(world, (f"{name}@example.com", "A", "", "")))
        return calls(world, "LeadsMetaData.Get") - before

    assert [asked("d1"), asked("d2")] == [1, 1]
    age(world, 24 * 3_600_000 - 60_000)
    assert asked("d3") == 1
    age(world, 120_000)
    assert asked("d4") == 2
    world.importer("fields")
    assert calls(world, "LeadsMetaData.Get") - before == 3


def test_a_preview_makes_no_call_and_says_how_old_its_fields_are(world: World) -> None:
    mapping(world)
    file = written(world, ("p1@example.com", "A", "high", ""))
    before = world.totals()["calls"]

    def second_line() -> str:
        return world.importer("preview", file, "-m", world.mapping).out.splitlines()[1]

    assert second_line() == UNKNOWN
    assert world.totals()["calls"] == before
    world.importer("fields")
    age(world, 2 * 86_400_000 + 5)
    before = world.totals()["calls"]
    assert second_line() == "checked against the fields of Sandbox Organisation as of 2 days ago"
    told = world.importer("preview", file, "-m", world.mapping, "--json").json
    assert (told["invalid"], told["problems"][0]["code"]) == (1, "unknown_option")
    assert world.totals()["calls"] == before


def test_a_mapping_that_no_row_could_be_sent_by_stops_before_anything_is_stored(
    world: World,
) -> None:
    text = MAPPING.replace("mx_Interest", "mx_interest").replace("Company: Company", "Company: Cmp")
    world.mapping.write_text(text.replace(", on_unknown: UNKNOWN", ""))
    done = run(world, written(world, ("s1@example.com", "A", "High", "")))
    assert (done.code, done.json["rows"]) == (2, None)
    error = done.json["error"]
    assert error["where"] == str(world.mapping)
    assert '  line 4: the account has no field "Cmp"' in error["what"]
    assert 'did you mean "mx_Interest" ("Interest")?' in error["what"]
    assert world.importer("preview", world.folder / "fair.csv", "-m", world.mapping).code == 2


def test_a_mandatory_field_is_needed_in_the_mapping_and_in_each_row(tmp_path: Path) -> None:
    with sandbox("--limit", "none", "--mandatory", "Company") as keys:
        world = World(tmp_path, keys)
        mapping(world)
        file = written(world, ("m1@example.com", "A", "", ""), ("m2@example.com", " ", "", ""))
        done = run(world, file)
        assert (done.json["created"], done.json["invalid"]) == (1, 1)
        (refused,) = world.read_csv(world.folder / "fair.rejects.csv")
        assert (refused["Reject Code"], refused["Reject Reason"]) == (
            "required",
            '"Company" is blank, and the account requires it: fill it in',
        )
        world.mapping.write_text("version: 1\ncolumns: {Email: EmailAddress}\n")
        lacking = world.importer("run", file, "-m", world.mapping, "--again", "--json")
        assert lacking.json["error"]["what"] == (
            'the account refuses a lead without "Company" (Company)'
        )


def test_a_mended_row_is_checked_too(world: World) -> None:
    mapping(world)
    run(world, written(world, ("r1@example.com", "A", "high", "")))
    path = world.folder / "fair.rejects.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",high,", ",Hihg,"), encoding="utf-8-sig")
    done = world.importer("run", path, "--rate", "none", "--json")
    assert (done.code, done.json["invalid"]) == (1, 1)
    path.write_text(text.replace(",high,", ",High,"), encoding="utf-8-sig")
    done = world.importer("run", path, "--rate", "none", "--json")
    assert (done.code, done.json["created"]) == (0, 1)


def test_purging_a_job_forgets_the_users_that_it_knew(world: World) -> None:
    mapping(world)
    run(world, written(world, ("q1@example.com", "A", "", "")))
    (before,) = world.journal("SELECT fields FROM mapping")
    assert "anna.schmidt" in before[0]
    assert world.importer("purge", 1, "--yes").code == 0
    assert world.journal("SELECT fields FROM mapping") == [("",)]


# What the account shows afterwards


def test_what_the_account_dropped_is_told_by_field_and_the_exit_code_stays(tmp_path: Path) -> None:
    with sandbox("--limit", "none", "--drop-field", "Company") as keys:
        world = World(tmp_path, keys)
        mapping(world)
        file = written(world, *[(f"k{n}@example.com", "A", "Low", "") for n in range(20)])
        done = run(world, file, "--read-back", 3)
        assert done.code == 0
        lines = [line for line in done.err.splitlines() if "Company" in line]
        assert len(lines) == 1
        assert lines[0].startswith(
            "warning: read back 3 leads of 20 new: the account has nothing in Company, and a value"
            " was sent: row "
        )
        assert "mx_Interest" not in done.err
        asked = "SELECT sum(call LIKE 'Lead%ByIds') FROM attempt"
        assert world.journal(asked) == [(1,)]


def test_no_lead_is_read_back_where_none_is_wanted(world: World) -> None:
    mapping(world)
    before = calls(world, "Leads/Retrieve/ByIds")
    file = written(world, ("n1@example.com", "A", "Low", ""))
    done = run(world, file, "--read-back", 0)
    assert (done.code, "read back" in done.err) == (0, False)
    assert calls(world, "Leads/Retrieve/ByIds") == before


def test_leads_that_the_account_does_not_show_yet_are_no_difference(world: World) -> None:
    mapping(world)
    world.post("/_sandbox/lag", "60")
    done = run(world, written(world, ("l1@example.com", "A", "Low", "")))
    world.post("/_sandbox/lag", "0")
    assert done.code == 0
    assert "1 new lead of 1 not shown by the account yet; to look again: importer verify 1" in (
        done.err
    )
    assert "warning: read back" not in done.err


def test_where_leads_can_not_be_read_that_is_said(world: World) -> None:
    mapping(world)
    world.post("/_sandbox/faults", "lookup404=100%")
    done = run(world, written(world, ("x1@example.com", "A", "Low", "")))
    world.post("/_sandbox/faults", "")
    assert (done.code, done.json["created"]) == (0, 1)
    assert "warning: the new leads could not be read back: " in done.err


def test_a_field_that_is_locked_or_kept_out_of_imports_is_told(world: World) -> None:
    mapping(world)
    world.importer("fields")
    path = kept_file(world)
    known = json.loads(path.read_text())
    for field in known["fields"]:
        if field["name"] == "Company":
            field |= {"is_locked": True, "is_offered": False}
    path.write_text(json.dumps(known))
    file = written(world, ("t1@example.com", "A", "Low", ""))
    told = world.importer("preview", file, "-m", world.mapping)
    how = "(locked once the lead is there, LeadSquared's own import does not offer it)"
    assert f"  Company   -> Company  {how}" in told.out.splitlines()
    done = run(world, file)
    assert done.code == 0
    assert "warning: LeadSquared's own import does not offer Company: see whether" in done.err


# What a person may write otherwise


def test_an_owner_that_is_no_id_is_refused_with_the_transform_that_makes_one(world: World) -> None:
    text = MAPPING.replace("{field: OwnerId, transform: owner}", "OwnerId")
    world.mapping.write_text(text.replace("UNKNOWN", "refuse"))
    done = run(world, written(world, ("oid@example.com", "A", "", "anna.schmidt@example.com")))
    assert (done.code, done.json["invalid"]) == (1, 1)
    (refused,) = world.read_csv(world.folder / "fair.rejects.csv")
    assert refused["Reject Reason"] == (
        '"Owner" is "anna.schmidt@example.com": no Id of a user; add transform: owner to the'
        " column, which takes e-mails and names"
    )


def test_a_constant_owner_is_told_its_id(world: World) -> None:
    users = {each["email"]: each["id"] for each in world.importer("fields", "--json").json["users"]}
    anna = users["anna.schmidt@example.com"]
    text = "version: 1\ncolumns: {Email: EmailAddress}\nconstants: {OwnerId: WHO}\n"
    file = written(world, ("oc@example.com", "A", "", ""))
    world.mapping.write_text(text.replace("WHO", "anna.schmidt@example.com"))
    error = run(world, file).json["error"]
    assert error["what"] == 'the constant "OwnerId" is "anna.schmidt@example.com": no Id of a user'
    assert error["fix"] == f"write the Id: {anna}"
    world.mapping.write_text(text.replace("WHO", anna))
    assert run(world, file).code == 0
    assert lead(world, "oc@example.com")["OwnerId"] == anna


def test_under_choices_an_option_of_the_account_stands_for_itself(world: World) -> None:
    world.mapping.write_text(
        "version: 1\ncolumns:\n  Email: EmailAddress\n"
        "  Interest: {field: mx_Interest, choices: {Hot: High}}\n"
    )
    file = written(
        world,
        ("h1@example.com", "", "Hot", ""),
        ("h2@example.com", "", "Low", ""),
        ("h3@example.com", "", "low", ""),
    )
    done = run(world, file)
    assert (done.json["created"], done.json["invalid"]) == (2, 1)
    stored = [lead(world, f"h{n}@example.com")["mx_Interest"] for n in (1, 2)]
    assert stored == ["High", "Low"]


@pytest.mark.parametrize(
    ("on_unknown", "does"),
    [
        ("blank", "the field is left out of these leads"),
        ("keep", "they are sent all the same"),
    ],
)
def test_a_preview_counts_what_is_no_option_and_passes(
    world: World, on_unknown: str, does: str
) -> None:
    mapping(world, on_unknown)
    world.importer("fields")
    file = written(world, *[(f"c{n}@example.com", "A", "Tepid", "") for n in range(600)])
    told = world.importer("preview", file, "-m", world.mapping, "--json").json
    (finding,) = [each for each in told["findings"] if each["code"] == "unknown_option"]
    assert (finding["column"], finding["rows"], finding["does"]) == ("Interest", 600, does)
    assert finding["examples"][0] == {"row": 2, "value": "Tepid"}


def test_fields_that_can_not_be_kept_are_used_all_the_same(world: World) -> None:
    mapping(world)
    world.importer("fields")
    path = kept_file(world)
    path.unlink()
    path.mkdir()
    done = run(world, written(world, ("z1@example.com", "A", "low", "")))
    assert (done.code, done.json["invalid"]) == (1, 1)
    assert "the account's fields can't be kept" in done.err


def test_a_kept_file_that_is_damaged_is_asked_for_again(world: World) -> None:
    mapping(world)
    world.importer("fields")
    path = kept_file(world)
    path.write_text(path.read_text().replace('"at_ms": ', '"at_ms": "soon", "x": '))
    before = calls(world, "LeadsMetaData.Get")
    done = run(world, written(world, ("y1@example.com", "A", "Low", "")))
    assert (done.code, calls(world, "LeadsMetaData.Get") - before) == (0, 1)


def test_scripts_are_told_what_was_read_back(tmp_path: Path) -> None:
    with sandbox("--limit", "none", "--drop-field", "Company") as keys:
        world = World(tmp_path, keys)
        mapping(world)
        done = run(world, written(world, ("v1@example.com", "A", "Low", "")), "-q")
        assert (done.code, done.err) == (0, "")
        assert done.json["read_back"] == {
            "read": 1,
            "of": 1,
            "not_shown": 0,
            "altered": {},
            "dropped": {"Company": {"rows": 1, "first": [2]}},
        }
