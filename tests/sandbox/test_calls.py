"""The contract, call by call."""

from typing import Any

import httpx
import pytest

LEADS = "/v2/LeadManagement.svc/"


def attributes(values: dict[str, str]) -> list[dict[str, Any]]:
    return [{"Attribute": name, "Value": value} for name, value in values.items()]


def create(api: httpx.Client, **values: str) -> str:
    reply = api.post(LEADS + "Lead.Create", json=attributes(values))
    assert reply.status_code == 200, reply.text
    body = reply.json()
    assert body == {"Status": "Success", "Message": {"Id": body["Message"]["Id"]}}
    return str(body["Message"]["Id"])


def refusal(reply: httpx.Response) -> tuple[int, str, str]:
    body = reply.json()
    assert list(body) == ["Status", "ExceptionType", "ExceptionMessage"]
    assert body["Status"] == "Error"
    return reply.status_code, body["ExceptionType"], body["ExceptionMessage"]


def get(api: httpx.Client, operation: str, **query: str) -> Any:
    reply = api.get(LEADS + operation, params=query)
    assert reply.status_code == 200, reply.text
    return reply.json()


def post(api: httpx.Client, operation: str, body: Any) -> Any:
    reply = api.post(LEADS + operation, json=body)
    assert reply.status_code == 200, reply.text
    return reply.json()


def where(name: str, operator: str, value: str, **more: Any) -> dict[str, Any]:
    condition = {"LookupName": name, "LookupValue": value, "SqlOperator": operator}
    return {"Parameter": condition, "Columns": {"Include_CSV": "ProspectID"}, **more}


def test_a_new_lead_is_found_by_each_road(api: httpx.Client) -> None:
    new = create(
        api,
        FirstName="Asha",
        EmailAddress="Asha@Example.com",
        Phone="+91-9811100001",
        mx_Met_On="2026-03-01 10:00:00",
        mx_Interest="Scorching",
        DoNotEmail="true",
    )
    found = [
        get(api, "Leads.GetByEmailaddress", emailaddress="asha@example.com"),
        get(api, "RetrieveLeadByPhoneNumber", phone="9811100001"),
        get(api, "Leads.GetById", id=new),
        get(api, "Leads.GetByQuickSearch", key="asha@ex"),
        post(api, "Leads.Get", {**where("Phone", "=", "+91-9811100001"), "Columns": {}}),
    ]
    assert all(leads == found[0] for leads in found)
    (lead,) = found[0]
    assert all(value is None or isinstance(value, str) for value in lead.values())
    assert {name: lead[name] for name in ("ProspectID", "EmailAddress", "mx_Met_On")} == {
        "ProspectID": new,
        "EmailAddress": "Asha@Example.com",
        "mx_Met_On": "2026-03-01 10:00:00.000",
    }
    # A dropdown takes what is none of its options; a boolean reads as 1 or 0.
    assert (lead["mx_Interest"], lead["DoNotEmail"]) == ("Scorching", "1")
    assert lead["LastName"] is None


def test_what_is_not_there_is_an_empty_list(api: httpx.Client) -> None:
    assert get(api, "Leads.GetByEmailaddress", emailaddress="no@example.com") == []
    assert get(api, "RetrieveLeadByPhoneNumber", phone="1") == []
    assert get(api, "Leads.GetById", id="no") == []
    assert post(api, "Leads.Get", where("Phone", "=", "1")) == []
    ids = {"SearchParameters": {"LeadIds": ["no"]}}
    assert post(api, "Leads/Retrieve/ByIds", ids) == {"RecordCount": 0}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"FirstName": "Asha", "City": "Pune", "mx_No": "1"},
            (500, "MXUnknownAttributeException", "Attribute(s) does not exist - City,mx_No"),
        ),
        (
            {"EmailAddress": "asha"},
            (400, "MXInvalidInputException", "Invalid Input! Parameter Name: EmailAddress"),
        ),
        (
            {"FirstName": "x" * 201},
            (500, "MXInvalidInputException", "Invalid Input! Parameter Name: FirstName"),
        ),
        (
            {"FirstName": "A", "mx_Met_On": "01/03/2026"},
            (500, "MXInvalidInputException", "Invalid Input! Parameter Name: mx_Met_On"),
        ),
        (
            {"FirstName": "A", "Revenue": "1,000"},
            (500, "MXInvalidDataTypeException", "Invalid value for field Revenue"),
        ),
        (
            {"Company": "Acme", "FirstName": ""},
            (
                500,
                "MXMandatoryAttributeMissingException",
                "At least one of FirstName, LastName, EmailAddress, Phone is mandatory "
                "for creating lead",
            ),
        ),
    ],
)
def test_a_record_that_does_not_fit_is_refused_whole(
    api: httpx.Client, values: dict[str, str], expected: tuple[int, str, str]
) -> None:
    before = len(api.get("/_sandbox/leads").json())
    assert refusal(api.post(LEADS + "Lead.Create", json=attributes(values))) == expected
    assert len(api.get("/_sandbox/leads").json()) == before


@pytest.mark.parametrize(
    ("name", "value", "again", "words"),
    [
        ("EmailAddress", "dup@example.com", "DUP@example.com", "Email"),
        ("Phone", "+91-9811100002", "+91-9811100002", "Phone Number"),
        ("Mobile", "+91-9811100003", "+91-9811100003", "Mobile Number"),
    ],
)
def test_a_unique_value_is_taken_once(
    api: httpx.Client, name: str, value: str, again: str, words: str
) -> None:
    create(api, FirstName="Asha", **{name: value})
    lead = attributes({"FirstName": "Ravi", name: again})
    assert refusal(api.post(LEADS + "Lead.Create", json=lead)) == (
        500,
        "MXDuplicateEntryException",
        f"A Lead with same {words} already exists.",
    )


def test_a_custom_field_set_is_kept_with_its_children(api: httpx.Client) -> None:
    fields = attributes({"Status": "Pending", "mx_CustomObject_1": "a.pdf"})
    kyc = {"Attribute": "mx_KYC", "Value": "", "Fields": fields}
    name = {"Attribute": "FirstName", "Value": "Asha"}
    new = post(api, "Lead.Create", [name, kyc])["Message"]["Id"]
    ids = {"SearchParameters": {"LeadIds": [new]}, "Columns": {"Include_CSV": "mx_KYC"}}
    assert post(api, "Leads/Retrieve/ByIds", ids) == {
        "RecordCount": 1,
        "Leads": [
            {
                "LeadPropertyList": [
                    {"Attribute": "ProspectID", "Value": new},
                    {"Attribute": "mx_KYC", "Value": None, "Fields": fields},
                ]
            }
        ],
    }
    shown = {lead["ProspectID"]: lead for lead in api.get("/_sandbox/leads").json()}
    assert shown[new]["mx_KYC"] == {"Status": "Pending", "mx_CustomObject_1": "a.pdf"}
    kyc["Fields"] = attributes({"Nope": "1"})
    assert refusal(api.post(LEADS + "Lead.Create", json=[name, kyc])) == (
        500,
        "MXUnknownAttributeException",
        "Attribute(s) does not exist - Nope",
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"FirstName":"Asha"}',
        b'[["FirstName"]]',
        b'[{"Value":"Asha"}]',
        b'[{"Attribute":"FirstName","Value":{}}]',
        b'[{"Attribute":"FirstName","Value":"Ash\xe9"}]',
    ],
)
def test_a_body_of_another_shape_is_400_and_no_json(api: httpx.Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    reply = api.post(LEADS + "Lead.Create", content=body, headers=headers)
    assert reply.status_code == 400
    with pytest.raises(ValueError, match="Expecting value"):
        reply.json()


def test_a_body_must_be_sent_as_json(api: httpx.Client) -> None:
    reply = api.post(LEADS + "Lead.Create", content=b'[{"Attribute":"FirstName","Value":"A"}]')
    assert (reply.status_code, reply.text[:20]) == (400, "The incoming message")


def test_wrong_paths_and_verbs(api: httpx.Client) -> None:
    assert api.post(LEADS + "Lead.Creat", json=[]).status_code == 404
    assert api.get("/v2/").status_code == 404
    assert api.get("/_sandbox/no").status_code == 404
    assert api.get(LEADS + "Lead.Create").status_code == 405


def test_an_update_changes_only_what_is_sent(api: httpx.Client) -> None:
    new = create(api, FirstName="Asha", Company="Acme", EmailAddress="upd@example.com")
    path = LEADS + "Lead.Update"
    reply = api.post(path, params={"leadId": new}, json=attributes({"FirstName": "Usha"}))
    assert reply.json() == {"Status": "Success", "Message": {"AffectedRows": 1}}
    (lead,) = get(api, "Leads.GetById", id=new)
    assert (lead["FirstName"], lead["Company"]) == ("Usha", "Acme")
    assert refusal(api.post(path, params={"leadId": "no"}, json=[])) == (
        500,
        "MXInvalidEntityReferenceException",
        "Lead not found",
    )
    assert refusal(api.post(path, json=[]))[1] == "MXMandatoryAttributeMissingException"


def test_create_or_update_matches_by_the_field_that_is_named(api: httpx.Client) -> None:
    new = create(api, EmailAddress="cou@example.com", Phone="+91-9811100004")
    wanted = {"EmailAddress": "cou2@example.com", "Phone": "+91-9811100004", "FirstName": "Asha"}
    path = LEADS + "Lead.CreateOrUpdate"
    # Without SearchBy the e-mail alone decides, and the phone is then taken.
    assert refusal(api.post(path, json=attributes(wanted)))[1] == "MXDuplicateEntryException"
    body = post(api, "Lead.CreateOrUpdate", attributes({**wanted, "SearchBy": "Phone"}))
    assert body == {"Status": "Success", "Message": {"Id": new, "AffectedRows": 1}}
    other = attributes({**wanted, "SearchBy": "ProspectID"})
    assert refusal(api.post(path, json=other))[2] == "Invalid SearchBy value provided"


def test_a_deleted_lead_is_gone_and_its_email_is_free(api: httpx.Client) -> None:
    new = create(api, EmailAddress="del@example.com")
    assert get(api, "Lead/Delete/ById", leadId=new) == {"Status": "Success"}
    assert get(api, "Leads.GetById", id=new) == []
    assert refusal(api.get(LEADS + "Lead/Delete/ById", params={"leadId": new}))[2] == (
        "Lead not found"
    )
    create(api, EmailAddress="del@example.com")


def test_metadata_tells_of_the_fields_but_not_of_uniqueness(api: httpx.Client) -> None:
    fields = {field["SchemaName"]: field for field in get(api, "LeadsMetaData.Get")}
    assert {"FirstName", "EmailAddress", "mx_KYC", "mx_Import_Key"} <= set(fields)
    assert fields["mx_Interest"]["Options"] == [
        {"Value": "High"},
        {"Value": "Medium"},
        {"Value": "Low"},
    ]
    assert fields["Phone"]["CreatedOn"] == "/Date(1652350241000+0000)/"
    assert not any("IsUnique" in field for field in fields.values())
    assert get(api, "LeadsMetaData.Get", schemaName="Phone") == [fields["Phone"]]
    bare = get(api, "LeadsMetaData.Get", excludeOptionSets="1")
    assert not any("Options" in field for field in bare)
