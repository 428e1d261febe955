from uuid import UUID

import pytest

from importer.delivery.evidence import has_stamp, is_ours, lead_id_of, misfit, same, shows
from importer.delivery.lookups import Record
from importer.model import Lead, Stamp

BEGAN = 1_767_261_600_900  # 2026-01-01 10:00:00.900
US, THEM = "5f0c6f6e-0000-4000-8000-000000000001", "5f0c6f6e-0000-4000-8000-000000000002"


def lead(**values: str) -> Lead:
    return Lead(values, {k: v for k, v in values.items() if k in ("EmailAddress", "Phone")})


def record(**values: str | None) -> Record:
    return {"CreatedOn": "2026-01-01 10:00:00.000", "CreatedBy": US, **values}


def ours(found: Record, wanted: Lead, user_id: str = US) -> bool:
    return is_ours(found, wanted, since_ms=BEGAN, user_id=user_id)


RAO = lead(LastName="Rao", EmailAddress="rao@x.in")
HIS = record(LastName="Rao", EmailAddress="rao@x.in")


def test_a_lead_with_our_values_our_user_and_a_time_since_then_is_ours() -> None:
    assert ours(HIS, RAO)


@pytest.mark.parametrize(
    ("created", "is_it"),
    [
        ("2026-01-01 09:59:58.000", True),  # the floor of the second, less 2 s
        ("2026-01-01 09:59:57.999", False),
        ("2026-01-01 09:59:57", False),
        ("2026-01-01 12:00:00.000", True),
        ("2025-12-31 10:00:00.000", False),
        ("/Date(1767261600000)/", False),
        ("", False),
        (None, False),
    ],
)
def test_a_lead_older_than_the_attempt_is_not_ours(created: str | None, is_it: bool) -> None:
    assert ours(HIS | {"CreatedOn": created}, RAO) is is_it


def test_another_users_lead_is_not_ours_where_the_reply_tells() -> None:
    cases = [(THEM, US), (US.upper(), US), (None, US), ("", US), (THEM, "")]
    found = [ours(HIS | {"CreatedBy": creator}, RAO, user) for creator, user in cases]
    assert found == [False, True, True, True, True]


@pytest.mark.parametrize("name", ["LastName", "EmailAddress"])
@pytest.mark.parametrize("value", [None, "", "other"])
def test_names_and_unique_fields_must_show(name: str, value: str | None) -> None:
    assert not ours(HIS | {name: value}, RAO)


def test_a_unique_field_that_is_no_standard_one_must_show_too() -> None:
    stamped = Lead({"LastName": "Rao", "mx_Key": "7"}, {"mx_Key": "7"})
    assert not shows({"LastName": "Rao"}, stamped)
    assert shows({"LastName": "Rao", "mx_Key": "7"}, stamped)


def test_other_fields_need_not_show_but_contradict() -> None:
    wanted = lead(LastName="Rao", mx_City="Pune")
    shown: list[str | None] = [None, "pune ", "Delhi", ""]
    assert [shows({"LastName": "Rao", "mx_City": each}, wanted) for each in shown] == [
        True, True, False, False,
    ]  # fmt: skip
    assert shows({"LastName": "Rao"}, wanted)


def test_a_lead_that_shows_more_than_was_sent_is_ours() -> None:
    assert ours(HIS | {"Source": "Import", "FirstName": "A"}, RAO)


STAMPED = Lead(RAO.values, RAO.keys, Stamp("mx_Key", "2e337ef8afc8-241"))


@pytest.mark.parametrize(
    ("shown", "is_it"),
    [
        ("2e337ef8afc8-241", True),
        ("2E337EF8AFC8-241 ", True),
        ("2e337ef8afc8-24", False),
        ("2e337ef8afc8-2410", False),
        ("", False),
        (None, False),
    ],
)
def test_where_the_stamp_s_field_is_shown_it_alone_tells(shown: str | None, is_it: bool) -> None:
    theirs: Record = {"CreatedOn": "2020-01-01 10:00:00", "CreatedBy": THEM, "mx_Key": shown}
    for found in (theirs, HIS | {"mx_Key": shown}):
        assert ours(found, STAMPED) is is_it
        assert is_ours(found, STAMPED, since_ms=None, user_id=US) is is_it


def test_where_the_stamp_s_field_is_not_shown_the_values_tell_for_a_row_that_was_sent_before() -> (
    None
):
    assert has_stamp(HIS, STAMPED) is None
    assert ours(HIS, STAMPED)
    assert not ours(HIS | {"LastName": "Nair"}, STAMPED)
    assert not is_ours(HIS, STAMPED, since_ms=None, user_id=US)


def test_a_row_without_a_stamp_is_not_told_by_one() -> None:
    assert has_stamp(HIS | {"mx_Key": "2e337ef8afc8-241"}, RAO) is None


def test_what_was_changed_since_is_no_misfit_of_a_lead_with_the_stamp() -> None:
    columns = ["LastName", "EmailAddress", "mx_City"]
    changed = HIS | {"EmailAddress": None, "mx_City": "Goa"}
    assert misfit(changed, STAMPED, columns) == 2
    assert misfit(changed | {"mx_Key": "2e337ef8afc8-241"}, STAMPED, columns) == 0


def test_a_child_of_a_custom_field_set_contradicts() -> None:
    wanted = {"LastName": "Rao", "mx_KYC.Status": "Pending"}
    shown: Record = {"LastName": "Rao", "mx_KYC": "", "mx_KYC.Status": "Done"}
    assert not shows(shown, Lead(wanted, {}))
    assert shows(shown | {"mx_KYC.Status": "Pending"}, Lead(wanted, {}))


@pytest.mark.parametrize(
    ("name", "sent", "shown"),
    [
        ("LastName", "Anne  Marie ", "anne marie"),
        ("LastName", "STRASSE", "Straße"),
        ("EmailAddress", "A@X.in", "a@x.IN"),
        ("Phone", "+91-98765 43210", "+91-9876543210"),
        ("Phone", "9876543210", "+91-9876543210"),
        ("Mobile", "+91-9876543210", "9876543210"),
        ("DoNotEmail", "true", "1"),
        ("DoNotEmail", "False", "0"),
        ("mx_DOB", "2000-01-31", "2000-01-31 00:00:00"),
        ("mx_DOB", "2000-01-31", "2000-01-31 00:00:00.000"),
        ("mx_Met_On", "2026-01-01 10:00:00", "2026-01-01 10:00:00.000"),
        ("mx_Price", "5", "5.00"),
        ("mx_Price", "-0.50", "-0.5"),
        ("mx_Price", "100", "100.000"),
    ],
)
def test_the_same_value_in_another_dress_is_the_same(name: str, sent: str, shown: str) -> None:
    assert same(name, sent, shown)
    assert same(name, shown, sent)


@pytest.mark.parametrize(
    ("name", "sent", "shown"),
    [
        ("LastName", "Rao", "Raos"),
        ("mx_Code", "005", "5"),
        ("mx_Code", "1.10.0", "1.1.0"),
        ("mx_Code", "3210", "9876543210"),
        ("Phone", "543210", "9876543210"),  # too short for a whole number
        ("Phone", "9876543210", "9876543211"),
        ("Phone", "none", "9876543210"),
        ("Phone", "", "9876543210"),
        ("mx_Price", "5.01", "5.1"),
        ("mx_DOB", "2000-01-31", "2000-01-31 10:00:00"),
    ],
)
def test_different_values_stay_different(name: str, sent: str, shown: str) -> None:
    assert not same(name, sent, shown)
    assert not same(name, shown, sent)


def test_an_id_that_is_none_is_no_lead() -> None:
    found = [lead_id_of({"ProspectID": text}) for text in (US, "17", "", None)]
    assert found == [UUID(US), None, None, None]
    assert lead_id_of({}) is None
