"""A newcomer's list: drafted, and imported by the draft as it is."""

import shutil
from pathlib import Path

import pytest

from importer.fields import AccountFields, Field, FieldType
from importer.intake.account.flaws import account_flaws
from importer.intake.mapping import load_mapping
from tests.acceptance.suggest.judged import FOLDER, account_of, answers_of, judge, names
from tests.acceptance.world import World, sandbox

LISTS = ("02_hubspot_contacts.csv", "04_badge_scanner.csv", "09_partners.xlsx")


@pytest.mark.parametrize("knows_account", [True, False])
def test_a_list_is_drafted_and_imported_without_editing(
    tmp_path: Path, knows_account: bool
) -> None:
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys)
        if knows_account:
            assert world.importer("fields").code == 0
        share = 0.8 if knows_account else 0.6  # else some options are not known beforehand
        for name in LISTS:
            file = Path(shutil.copy(FOLDER / name, tmp_path))
            mapping = tmp_path / "mappings" / f"{file.stem}.yaml"
            drafted = world.importer("suggest", file, "-o", mapping, "--json")
            assert (drafted.code, drafted.json["mapping"]) == (0, str(mapping))
            done = world.importer("run", file, "-m", mapping, "--rate", "none", "--json")
            assert done.code in (0, 1), done.err
            assert done.json["created"] >= share * done.json["rows"], (name, done.json)
        leads = world.leads()
        assert {"EmailAddress", "FirstName", "Company", "JobTitle"} <= {*leads[0]}


@pytest.mark.parametrize("name", names(FOLDER))
def test_a_draft_for_a_known_account_is_one_that_it_takes(name: str) -> None:
    """Whatever is to be checked in it: no line of it would be refused."""
    known = account_of(answers_of(FOLDER, name))
    mapping = load_mapping(judge(FOLDER, name).text, name="draft.yaml")
    assert account_flaws(mapping, known) == []


def test_a_draft_names_no_field_that_the_account_lacks_or_sets_itself() -> None:
    known = AccountFields(
        "org",
        0,
        [
            Field("EmailAddress", "Email", FieldType.EMAIL),
            Field("FirstName", "First Name", is_read_only=True),
        ],
    )
    judged = judge(FOLDER, "01_salesforce_leads", known=known)
    assert {column.field for column in judged.columns} == {"EmailAddress", None}
