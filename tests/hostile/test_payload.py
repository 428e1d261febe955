"""What is sent says what the lead says, and nothing that a cell made of it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from importer.delivery.leadsquared import create_request, to_json
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import load_mapping
from importer.model import Lead, Row, Stamp
from tests.hostile.texts import any_text
from tests.intake.test_leads import COLUMNS, mappings
from tests.journal.stored import FIXED

NAMES = st.sampled_from(["FirstName", "EmailAddress", "Phone", "Attribute", "Value", "Fields", "a"])
VALUES = any_text(st.characters())
FORGED = '"},{"Attribute":"ProspectID","Value":"x'
PAIR = "\ud83d\ude00"  # two halves, each a sign of its own to Python


def whole(text: str) -> str:
    """The text with each pair of halves as the one sign that they are in JSON."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


@st.composite
def leads(draw: st.DrawFn) -> Lead:
    """Fields and custom field sets; no set is a field too, and its children stand together."""
    custom = st.text("aZ0_", min_size=1, max_size=4).map("mx_{}".format)
    parents = draw(st.lists(NAMES | custom, unique=True, max_size=6))
    values: dict[str, str] = {}
    for parent in parents:
        children = draw(st.lists(NAMES, unique=True, max_size=3))
        for name in [f"{parent}.{child}" for child in children] or [parent]:
            values[name] = draw(VALUES)
    stamp = Stamp("mx_Our_Stamp", draw(VALUES)) if draw(st.booleans()) else None
    return Lead(values, {}, stamp)


def strictly(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which no key stands twice."""
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def said_by(body: bytes) -> Iterator[tuple[str, str]]:
    """Each attribute and its value, as the account gets them."""
    attributes = json.loads(body.decode("utf-8"), object_pairs_hook=strictly)
    assert len({each["Attribute"] for each in attributes}) == len(attributes)
    for each in attributes:
        if "Fields" not in each:
            assert [*each] == ["Attribute", "Value"]
            yield each["Attribute"], each["Value"]
            continue
        assert [*each] == ["Attribute", "Value", "Fields"]
        assert each["Value"] == ""
        assert each["Fields"]
        for field in each["Fields"]:
            assert [*field] == ["Attribute", "Value"]
            yield f"{each['Attribute']}.{field['Attribute']}", field["Value"]


def assert_says(lead: Lead, expected: Mapping[str, str]) -> None:
    request = create_request(lead)
    assert request.body is not None
    assert [*said_by(request.body)] == [(name, whole(text)) for name, text in expected.items()]


@settings(FIXED, max_examples=300)
@given(lead=leads())
@example(lead=Lead({"FirstName": FORGED, "mx_A.b": f"{FORGED}\ud800"}, {}))
@example(lead=Lead({"FirstName": PAIR, "mx_A.b": "\ud800"}, {}, Stamp("mx_K", "\udc00")))
def test_the_body_says_each_value_once_and_nothing_else(lead: Lead) -> None:
    stamp = {lead.stamp.field: lead.stamp.value} if lead.stamp else {}
    assert_says(lead, {**lead.values, **stamp})


@settings(FIXED, max_examples=150)
@given(text=mappings(), cells=st.lists(VALUES | st.just(FORGED), min_size=4, max_size=4))
def test_no_cell_makes_an_attribute(text: str, cells: list[str]) -> None:
    mapping = load_mapping(text, name="m.yaml")
    lead = LeadBuilder(mapping, COLUMNS, file="list.csv").build(Row(2, cells))
    if isinstance(lead, Lead):
        assert {*lead.values} <= {*mapping.order}
        assert_says(lead, lead.values)


JSON = st.recursive(
    VALUES | st.booleans() | st.none() | st.integers(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(VALUES.map(whole), part, max_size=3),
)


@settings(FIXED, max_examples=300)
@given(value=JSON)
@example(value=[PAIR, "\ud800", "\x00\x7f\x85\u2028\ufeff", '\\"'])
def test_json_of_any_value_is_utf_8_and_says_it(value: object) -> None:
    found = json.loads(to_json(value).decode("utf-8"))
    assert json.dumps(found) == json.dumps(value)
