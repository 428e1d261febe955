"""The example of Lead.Create's own page (create-a-lead), from a row of a sample file."""

import json
from pathlib import Path
from typing import Any

from importer.delivery.leadsquared import create_request
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import read_mapping
from importer.intake.source.open import open_source
from importer.model import Lead, Row
from tests.acceptance.world import World, sandbox

ROOT = Path(__file__).parents[2]
MAPPING = ROOT / "mappings" / "custom_field_set.yaml"
FILE = ROOT / "sample_data" / "kyc.csv"


def first_lead() -> Lead:
    source = open_source(FILE)
    builder = LeadBuilder(read_mapping(MAPPING), source.header, file=FILE.name)
    block = next(source.blocks())
    lead = builder.build(Row(block.first, block.rows[0]))
    assert isinstance(lead, Lead)
    return lead


EXPECTED: list[dict[str, Any]] = [
    {"Attribute": "EmailAddress", "Value": "asha.rao@example.com"},
    {"Attribute": "FirstName", "Value": "Asha"},
    {"Attribute": "LastName", "Value": "Rao"},
    {"Attribute": "Phone", "Value": "+91-9845098450"},
    {"Attribute": "mx_City", "Value": "Bengaluru"},
    {
        "Attribute": "mx_KYC",
        "Value": "",
        "Fields": [
            {"Attribute": "Status", "Value": "Pending"},
            {
                "Attribute": "mx_CustomObject_1",
                "Value": "https://files.example.com/kyc/asha-rao.pdf",
            },
            {"Attribute": "mx_CustomObject_2", "Value": "DOC-00501"},
        ],
    },
]


def test_the_json_is_the_vendors() -> None:
    request = create_request(first_lead())
    assert request.path == "/v2/LeadManagement.svc/Lead.Create"
    assert request.body is not None
    assert json.loads(request.body) == EXPECTED


def test_the_account_has_the_custom_field_set(tmp_path: Path) -> None:
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys)
        done = world.importer("run", FILE, "-m", MAPPING, "--out", tmp_path, "--json")
        assert done.code == 0, done.err
        leads = {lead["EmailAddress"]: lead for lead in world.leads()}
    values = first_lead().values
    lead = leads[values["EmailAddress"]]
    children = {name.partition(".")[2]: v for name, v in values.items() if "." in name}
    assert {name: lead["mx_KYC"][name] for name in children} == children
