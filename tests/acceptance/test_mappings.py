"""Each ready mapping, run with its list as its own head says, against a real sandbox process."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from importer.intake.source.open import open_source
from tests.acceptance.world import World, sandbox

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "sample_data"
MAPPINGS = ROOT / "mappings"
# What the account adds to a lead by itself.
ITS_OWN = {
    "CreatedBy",
    "CreatedOn",
    "LeadLastModifiedOn",
    "ModifiedBy",
    "ModifiedOn",
    "OwnerId",
    "ProspectAutoId",
    "ProspectID",
}
Values = Mapping[str, object]

# The constants of each mapping, and the stage that a lead of the account has from the first.
STAGE = {"ProspectStage": "Prospect"}
OF_THE_SHOW = {**STAGE, "Source": "Trade Show", "SourceCampaign": "Pack & Process Pune 2026"}
OF_THE_WEBINAR = {
    **STAGE,
    "Source": "Web",
    "SourceMedium": "Webinar",
    "SourceCampaign": "Cold chain in practice, November 2026",
}
OF_THE_PARTNER = {**STAGE, "Source": "Referral", "mx_Country": "Germany"}
OF_THE_EXPORT = {**STAGE, "Source": "Direct", "SourceMedium": "Old CRM"}


@dataclass(frozen=True)
class Case:
    """A mapping and its list, and what has to come of them.

    there: a lead that the account has before, by its values. counts: those that are not zero.
    refused: row number to Reject Code and Reject Column. leads: the row number of the list, and
    the whole lead. delimiter: of the results, which is the list's.
    """

    mapping: str
    list: str
    counts: Mapping[str, int]
    refused: Mapping[int, tuple[str, str]]
    leads: Mapping[int, Values]
    there: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ","

    @property
    def exit(self) -> int:
        return 1 if self.refused else 0


TRADE_SHOW = Case(
    mapping="trade_show.yaml",
    list="trade_show_scans.xlsx",
    there={"FirstName": "Lakshmi", "EmailAddress": "lakshmi.raghavan@example.com"},
    counts={"created": 12, "duplicate": 2, "invalid": 6},
    refused={
        6: ("bad_phone", "Phone"),
        8: ("unknown_choice", "Interest"),
        11: ("cell_error", "Job Title"),
        12: ("no_name_or_contact", ""),
        14: ("duplicate_in_file", "Email"),
        16: ("bad_email", "Email"),
        18: ("MXDuplicateEntryException", "Email"),
        19: ("bad_datetime", "Scanned At"),
    },
    leads={
        3: {
            "FirstName": "Rohit",
            "LastName": "Bhandari",
            "Company": "Bhandari Plastics",
            "JobTitle": "Director",
            "EmailAddress": "rohit@example.org",
            "Phone": "+91-9822045102",
            "mx_Met_On": "2026-10-14 04:41:00.000",
            "mx_Interest": "Medium",
            "mx_Booth": "B-14",
            **OF_THE_SHOW,
        },
        7: {
            "FirstName": "Li Wei",
            "LastName": "Tan",
            "Company": "Merlion Cold Chain",
            "JobTitle": "Operations Lead",
            "EmailAddress": "liwei.tan@example.net",
            "Phone": "+65-61234567",
            "mx_Met_On": "2026-10-14 05:35:00.000",
            "mx_Interest": "High",
            "mx_Booth": "B-14",
            "Notes": "Flies back on Thursday",
            **OF_THE_SHOW,
        },
    },
)
WEBINAR = Case(
    mapping="webinar.yaml",
    list="webinar_signups.csv",
    there={"FirstName": "Rahul", "EmailAddress": "rahul.sen@example.org"},
    counts={"created": 11, "duplicate": 1, "invalid": 5, "skipped": 1},
    refused={
        6: ("bad_number", "Minutes"),
        10: ("required", "Email"),
        13: ("bad_email", "Email"),
        15: ("bad_datetime", "Join Time"),
        16: ("bad_boolean", "E-mail updates"),
        19: ("MXDuplicateEntryException", "Email"),
    },
    leads={
        3: {
            "FirstName": "Jonas",
            "LastName": "Keller",
            "EmailAddress": "jonas.keller@example.org",
            "Company": "Keller Werkzeuge",
            "JobTitle": "IT Manager",
            "mx_Country": "Germany",
            "mx_Met_On": "2026-11-03 10:01:40.000",
            "EngagementScore": "61.5",
            "mx_Interest": "High",
            "DoNotEmail": "1",
            **OF_THE_WEBINAR,
        },
        9: {
            "FirstName": "Hiroshi",
            "LastName": "Nakagawa",
            "EmailAddress": "hiroshi.nakagawa@example.org",
            "Company": "Nakagawa Optics",
            "JobTitle": "Engineer",
            "mx_Country": "Japan",
            "EngagementScore": "0",
            "mx_Interest": "Low",
            "DoNotEmail": "1",
            **OF_THE_WEBINAR,
        },
    },
)
PARTNER_LIST = Case(
    mapping="partner_list.yaml",
    list="partner_list.csv",
    delimiter=";",
    there={"FirstName": "Björn", "EmailAddress": "Bjoern.Petersen@example.net"},
    counts={"created": 8, "invalid": 5, "skipped": 2},
    refused={
        6: ("bad_phone", "Telefon"),
        7: ("bad_date", "Partner seit"),
        11: ("bad_number", "Umsatz in €"),
        14: ("bad_email", "E-Mail"),
        15: ("bad_boolean", "Werbung"),
    },
    leads={
        2: {
            "FirstName": "Jürgen",
            "LastName": "Weiss",
            "Company": "Weiss Fördertechnik GmbH",
            "JobTitle": "Geschäftsführer",
            "EmailAddress": "juergen.weiss@example.com",
            "Phone": "+49-3023125001",
            "mx_Street1": "Ahornweg 4",
            "mx_Zip": "01067",
            "mx_City": "Dresden",
            "Revenue": "1250000.50",
            "mx_Anniversary": "2019-04-01 00:00:00.000",
            "DoNotEmail": "0",
            **OF_THE_PARTNER,
        },
        12: {
            "Company": "Elbe Spedition",
            "Phone": "+49-4066969111",
            "mx_Street1": "Hafenrand 8",
            "mx_Zip": "20359",
            "mx_City": "Hamburg",
            "DoNotEmail": "0",
            **OF_THE_PARTNER,
        },
    },
)
CRM_EXPORT = Case(
    mapping="crm_export.yaml",
    list="crm_export.xlsx",
    there={"FirstName": "Ingrid", "EmailAddress": "ingrid.solberg@example.com"},
    counts={"created": 9, "duplicate": 2, "invalid": 5},
    refused={
        8: ("bad_phone", "Phone"),
        9: ("bad_date", "Birthdate"),
        10: ("unknown_choice", "Lead Status"),
        11: ("no_name_or_contact", ""),
        13: ("duplicate_in_file", "Email"),
        16: ("MXDuplicateEntryException", "Email"),
        17: ("bad_email", "Email"),
    },
    leads={
        2: {
            "FirstName": "Vikram",
            "LastName": "Nair",
            "JobTitle": "CTO",
            "EmailAddress": "vikram.nair@example.com",
            "DoNotEmail": "0",
            "Phone": "+91-4844001201",
            "Website": "https://www.example.com/nair",
            "mx_City": "Kochi",
            "mx_State": "Kerala",
            "mx_Zip": "682030",
            "Revenue": "18500000",
            "mx_DOB": "1984-02-29 00:00:00.000",
            "Company": "Backwater Software",
            "mx_Street1": "Tower B, Infopark Road",
            "Notes": "Hot / Moves to the cloud / Sounded keen",
            "mx_Country": "India",
            "Region": "South Asia",
            **OF_THE_EXPORT,
        },
        5: {
            "FirstName": "Mary",
            "LastName": "Donnelly",
            "JobTitle": "Office Manager",
            "EmailAddress": "mary.donnelly@example.com",
            "DoNotEmail": "0",
            "Phone": "+1-6175550104",
            "Website": "https://www.example.com/donnelly",
            "mx_City": "Boston",
            "mx_State": "MA",
            "mx_Zip": "02108",
            "mx_DOB": "1990-07-30 00:00:00.000",
            "Company": "Donnelly Orchards",
            "mx_Street1": "88 Orchard Street",
            "Notes": "Warm / Small, but loyal",
            "mx_Country": "United States",
            "Region": "Americas",
            **OF_THE_EXPORT,
        },
        7: {
            "FirstName": "Emma",
            "LastName": "Lindholm",
            "JobTitle": "Buyer",
            "EmailAddress": "emma.lindholm@example.net",
            "DoNotEmail": "0",
            "Phone": "+46-812345606",
            "Website": "https://www.example.com/lindholm",
            "mx_City": "Stockholm",
            "Revenue": "1800000",
            "Company": "Unknown",
            "mx_Street1": "Kungsgatan 1",
            "Notes": "Met in Pune",
            "mx_Country": "Sweden",
            "Region": "Europe",
            **OF_THE_EXPORT,
            "ProspectStage": "Contacted",
        },
    },
)
MARKETING_LIST = Case(
    mapping="marketing_list.yaml",
    list="trade_show.csv",
    counts={"created": 231, "duplicate": 2, "rejected": 3, "invalid": 3, "skipped": 1},
    refused={
        **dict.fromkeys((52, 113, 188), ("MXInvalidInputException", "Email")),
        **dict.fromkeys((84, 166), ("duplicate_in_file", "Email")),
        **dict.fromkeys((97, 199), ("no_name_or_contact", "")),
        143: ("row_width", ""),
    },
    leads={
        2: {
            "FirstName": "Tomás",
            "LastName": "Deshmukh",
            "EmailAddress": "tomas.deshmukh@example.com",
            "Phone": "+91-9227270001",
            "Company": "Saffron Retail, Pvt. Ltd.",
            "JobTitle": "Product Manager",
            "mx_City": "Boston",
            "mx_Country": "United States",
            "mx_Zip": "02108",
            "Source": "Trade Show",
            **STAGE,
        },
    },
)
CUSTOM_FIELD_SET = Case(
    mapping="custom_field_set.yaml",
    list="kyc.csv",
    counts={"created": 4},
    refused={},
    leads={
        4: {
            "EmailAddress": "meera.das@example.org",
            "FirstName": "Meera",
            "LastName": "Das",
            "Phone": "+91-9845098452",
            "mx_City": "Kolkata",
            "mx_KYC": {"Status": "Pending", "mx_CustomObject_2": "DOC-00503"},
            **STAGE,
        },
    },
)
CASES = (TRADE_SHOW, WEBINAR, PARTNER_LIST, CRM_EXPORT, MARKETING_LIST, CUSTOM_FIELD_SET)


def read_results(folder: Path, case: Case) -> dict[int, dict[str, str]]:
    path = folder / f"{Path(case.list).stem}.results.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            int(row["Import Row"]): row for row in csv.DictReader(file, delimiter=case.delimiter)
        }


def read_rejects(folder: Path, case: Case) -> dict[int, tuple[str, str]]:
    """Row number to Reject Code and Reject Column; the file is of the kind that the list is."""
    found: dict[int, tuple[str, str]] = {}
    for path in folder.glob(f"{Path(case.list).stem}.rejects.*"):
        source = open_source(path)
        for cells in (cells for block in source.blocks() for cells in block.rows if cells):
            row = dict(zip(source.header, cells, strict=True))
            found[int(row["Import Row"])] = (row["Reject Code"], row["Reject Column"])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mapping)
def test_a_ready_mapping_takes_its_list(case: Case, tmp_path: Path) -> None:
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys)
        if case.there:
            world.create(**case.there)
        done = world.importer(
            *("run", LISTS / case.list, "-m", MAPPINGS / case.mapping),
            *("--out", tmp_path, "--rate", "none", "--json"),
        )
        assert done.code == case.exit, done.err
        told = {status: done.json[status] for status in case.counts}
        assert (told, done.json["rows"]) == (case.counts, sum(case.counts.values()))

        results = read_results(tmp_path, case)
        assert Counter(row["Import Status"] for row in results.values()) == case.counts
        assert read_rejects(tmp_path, case) == case.refused
        leads = {lead["ProspectID"]: lead for lead in world.leads()}
        for number, wanted in case.leads.items():
            lead = leads[results[number]["Lead Id"]]
            assert {name: lead[name] for name in lead.keys() - ITS_OWN} == wanted


def test_each_ready_mapping_is_run() -> None:
    assert {case.mapping for case in CASES} == {path.name for path in MAPPINGS.glob("*.yaml")}
    assert {case.list for case in CASES} <= {path.name for path in LISTS.iterdir()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mapping)
def test_a_ready_mapping_names_its_schema_and_its_command(case: Case) -> None:
    """Editors check a file by the schema that its first line names."""
    first, *rest = (MAPPINGS / case.mapping).read_text(encoding="utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=mapping.schema.json"
    commands = [line.split() for line in rest if line.startswith("#   importer run ")]
    assert [Path(command[3]).name for command in commands] == [case.list]
    assert [command[4:] for command in commands] == [["-m", f"mappings/{case.mapping}"]]
