from itertools import pairwise

import pytest

from importer.sandbox.account import Account, User, national_digits, unique_fields
from importer.sandbox.records import Record
from importer.sandbox.replies import RefusedError


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.9

    def __call__(self) -> float:
        return self.now


def record(**values: str) -> Record:
    return Record(values, {})


def account(clock: Clock) -> Account:
    return Account(User.of_seed(0, "org"), clock=clock)


def test_leads_are_found_by_the_whole_seconds_of_their_last_change() -> None:
    clock = Clock()
    org = account(clock)
    asha, ravi = org.create(record(FirstName="Asha")), org.create(record(FirstName="Ravi"))
    clock.now += 10
    org.update(asha, record(LastName="Rao"))
    clock.now += 10
    meera = org.create(record(FirstName="Meera"))
    first = 1_700_000_000
    assert org.modified_between(first, first + 20) == [ravi, asha, meera]
    assert org.modified_between(first, first) == [ravi]
    assert org.modified_between(first + 10, first + 19) == [asha]
    org.delete(asha)
    assert org.modified_between(first, first + 19) == [ravi]
    assert asha.values["CreatedOn"] == "2023-11-14 22:13:20.000"
    for name in ("ModifiedOn", "LeadLastModifiedOn"):
        assert asha.values[name] == "2023-11-14 22:13:30.000"
    assert asha.values["ModifiedBy"] == asha.values["CreatedBy"] == org.user.id


def test_a_clock_that_is_set_back_does_not_disturb_the_order() -> None:
    clock = Clock()
    org = account(clock)
    for step in (5, -100, 3):
        clock.now += step
        org.create(record(FirstName="Asha"))
    found = [lead.values["LeadLastModifiedOn"] for lead in org.modified_between(0, 2**40)]
    assert len(found) == 3
    assert all(left <= right for left, right in pairwise(found))


def test_a_value_is_free_again_once_its_lead_has_another_or_is_gone() -> None:
    org = account(Clock())
    first = org.create(record(EmailAddress="Asha@Example.com", Phone="+91-9811112222"))
    with pytest.raises(RefusedError, match="same Email"):
        org.create(record(EmailAddress=" asha@example.COM "))
    with pytest.raises(RefusedError, match="same Phone Number"):
        org.create(record(Phone="+91-9811112222"))
    org.update(first, record(EmailAddress="rao@example.com"))
    second = org.create(record(EmailAddress="asha@example.com"))
    with pytest.raises(RefusedError, match="same Email"):
        org.update(first, record(EmailAddress="asha@example.com"))
    org.delete(second)
    org.update(first, record(EmailAddress="asha@example.com"))
    assert org.holder("EmailAddress", "ASHA@example.com") is first


def test_an_accounts_own_unique_field_is_refused_by_its_display_name_and_last() -> None:
    unique = unique_fields(["mx_Import_Key", "EmailAddress"])
    org = Account(User.of_seed(0, "org"), clock=Clock(), unique=unique)
    first = org.create(record(FirstName="Asha", mx_Import_Key="a1", EmailAddress="a@example.com"))
    org.create(record(FirstName="Asha"))
    with pytest.raises(RefusedError, match=r"^A Lead with same Import Key already exists\.$"):
        org.create(record(FirstName="Ravi", mx_Import_Key="A1"))
    with pytest.raises(RefusedError, match=r"^A Lead with same Email already exists\.$"):
        org.create(record(EmailAddress="a@example.com", mx_Import_Key="a1"))
    org.update(first, record(mx_Import_Key="a2"))
    org.create(record(FirstName="Ravi", mx_Import_Key="a1"))
    with pytest.raises(RefusedError, match="same Import Key"):
        org.update(first, record(mx_Import_Key="a1"))
    assert org.holder("mx_Import_Key", "a2") is first


def test_reads_show_a_lead_when_the_lag_has_passed_since_it_was_made() -> None:
    clock, steady = Clock(), Clock()
    org = Account(User.of_seed(0, "org"), clock=clock, steady=steady, lag_s=2.0)
    old = org.create(record(Phone="+91-9811112222"))
    steady.now += 1.5
    new = org.create(record(Phone="9811112222"))
    shown = []
    for step in (0.0, 0.5, 1.5):
        steady.now += step
        shown.append((org.shown([old, new]), org.by_phone("9811112222")))
    assert shown == [([], None), ([old], old), ([old, new], new)]
    org.update(new, record(FirstName="Ravi"))
    assert org.shown([old, new]) == [old, new]


def test_uniqueness_sees_what_reads_do_not_show() -> None:
    org = Account(User.of_seed(0, "org"), clock=Clock(), lag_s=3600.0)
    lead = org.create(record(EmailAddress="a@example.com"))
    assert org.shown([lead]) == []
    with pytest.raises(RefusedError, match="same Email"):
        org.create(record(EmailAddress="a@example.com"))


def test_a_phone_that_is_written_otherwise_is_not_the_same() -> None:
    org = account(Clock())
    org.create(record(Phone="+91-9811112222"))
    org.create(record(Phone="91-9811112222"))
    assert len(org.leads) == 2


@pytest.mark.parametrize(
    ("stored", "asked", "found"),
    [
        ("+91-9811112222", "9811112222", True),
        ("+91-9811112222", "+91-9811112222", True),
        ("+91-9811112222", " 919811112222", True),
        ("9811112222", "+91-9811112222", True),
        ("+919811112222", "9811112222", True),
        ("+44-9811112222", "9811112222", True),
        ("+44-9811112222", "+91-9811112222", False),
        ("+91-9811112222", "811112222", False),
    ],
)
def test_a_phone_is_found_by_digits_with_or_without_country_code(
    stored: str, asked: str, found: bool
) -> None:
    org = account(Clock())
    lead = org.create(record(FirstName="Asha", Mobile=stored))
    assert org.by_phone(asked) is (lead if found else None)


def test_of_two_leads_with_a_phone_the_latest_change_is_shown() -> None:
    org = account(Clock())
    first = org.create(record(Phone="+91-9811112222"))
    second = org.create(record(Phone="9811112222"))
    assert org.by_phone("9811112222") is second
    org.update(first, record(FirstName="Asha"))
    assert org.by_phone("9811112222") is first


def test_national_digits_lack_the_country_code() -> None:
    phones = ("+91-9811112222", "+1-2025550123", "919811112222", "9811112222")
    assert [national_digits(phone) for phone in phones] == [
        "9811112222",
        "2025550123",
        "9811112222",
        "9811112222",
    ]
