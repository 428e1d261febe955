import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.fields import Field, FieldType
from importer.intake.account.checks import check_of
from importer.model import Problem

STAGE = Field("mx_Stage", "Stage", FieldType.CHOICE, options=("New lead", "Old/ Junk", "Won"))
REVENUE = Field("Revenue", "Revenue", FieldType.NUMBER, least="0", most="1000.5")
BIRTH = Field("mx_DOB", "Birth date", FieldType.DATE)
MET = Field("mx_Met", "Met", FieldType.DATETIME)
CITY = Field("mx_City", "City", max_length=5)
PHONE = Field("Phone", "Phone Number", FieldType.PHONE, max_length=10, least="10")
OPT_OUT = Field("DoNotEmail", "No mail", FieldType.BOOLEAN)
TOPICS = Field("mx_Topics", "Topics", FieldType.CHOICES, options=("A", "B c"))


def code(field: Field, value: str, on_unknown: str = "refuse") -> str:
    """The problem's code; "" where the value passes unchanged."""
    check = check_of(field, on_unknown)
    assert check is not None, "the field is checked"
    made = check(value)
    if isinstance(made, Problem):
        assert made.value == value
        return made.code
    assert made == value
    return ""


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (STAGE, "New lead", ""),
        (STAGE, "", ""),
        (STAGE, "  ", ""),
        (STAGE, "new lead", "unknown_option"),
        (STAGE, "New  lead", "unknown_option"),
        (STAGE, "New lead ", "unknown_option"),
        (STAGE, "Old/Junk", "unknown_option"),
        (TOPICS, "A;B c", ""),
        (TOPICS, "B c; A", ""),
        (TOPICS, "A;C", "unknown_option"),
        (REVENUE, "1000.5", ""),
        (REVENUE, "-0.01", "out_of_range"),
        (REVENUE, "1000.51", "out_of_range"),
        (REVENUE, "1,000", "bad_number"),
        (REVENUE, "١٢", "bad_number"),
        (REVENUE, "1e3", "bad_number"),
        (BIRTH, "2026-02-28", ""),
        (BIRTH, "2026-02-29", "bad_date"),
        (BIRTH, "28.02.2026", "bad_date"),
        (MET, "2026-02-28 23:59:59", ""),
        (MET, "2026-02-28 24:00:00", "bad_datetime"),
        (MET, "2026-02-28T10:00:00", "bad_datetime"),
        (CITY, "Ålöüé", ""),
        (CITY, "Mumbai", "too_long"),
        (PHONE, "+91-9845098450", ""),
        (PHONE, "98450 98450", ""),
        (PHONE, "98450", "too_few_digits"),
        (OPT_OUT, "1", ""),
        (OPT_OUT, "False", ""),
        (OPT_OUT, "Yes", "bad_boolean"),
    ],
)
def test_a_value_fits_its_field_or_is_refused_with_a_code(
    field: Field, value: str, expected: str
) -> None:
    assert code(field, value) == expected


@pytest.mark.parametrize(
    "field",
    [
        Field("Notes", "Notes"),
        Field("mx_Stage", "Stage", FieldType.CHOICE),
        Field("mx_Stage", "Stage", FieldType.CHOICE, options=("A",), is_open=True),
        Field("mx_Time", "Time", FieldType.OTHER, max_length=3),
        Field("Phone", "Phone", FieldType.PHONE, max_length=10),
    ],
)
def test_where_the_account_tells_no_limit_nothing_is_checked(field: Field) -> None:
    assert check_of(field) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            "new-lead",
            'none of the options of "Stage" (mx_Stage); did you mean "New lead"? use one of:'
            " New lead, Old/ Junk, Won; or map it under choices: in the mapping; or add the option"
            " in LeadSquared, and then: importer fields",
        ),
        (
            "Nothing like it",
            'none of the options of "Stage" (mx_Stage); use one of: New lead, Old/ Junk, Won; or'
            " map it under choices: in the mapping; or add the option in LeadSquared, and then:"
            " importer fields",
        ),
    ],
)
def test_a_value_that_is_no_option_is_told_the_nearest(value: str, said: str) -> None:
    check = check_of(STAGE)
    assert check is not None
    assert check(value) == Problem("unknown_option", said, value=value)


def test_what_becomes_of_a_value_that_is_no_option_can_be_said() -> None:
    keep, blank = check_of(STAGE, "keep"), check_of(STAGE, "blank")
    assert keep is not None
    assert blank is not None
    assert (keep("Other"), blank("Other"), blank("Won")) == ("Other", "", "Won")


def test_of_a_long_list_of_options_the_command_that_lists_them_is_named() -> None:
    options = tuple(f"Option {n}" for n in range(21))
    check = check_of(Field("mx_Big", "Big", FieldType.CHOICE, options=options))
    assert check is not None
    made = check("none of them")
    assert isinstance(made, Problem)
    assert "use one of its 21 (importer fields mx_Big lists them)" in made.why


PHONES = [
    "",
    " ",
    "+91-9845098450",
    "98450",
    "abc",
    "98450\n98450",
    "9845098450\n9845098450",
    "x\n",
]


@given(st.lists(st.sampled_from(PHONES), min_size=1))
def test_phones_that_fit_all_at_once_fit_one_by_one(values: list[str]) -> None:
    check = check_of(PHONE)
    assert check is not None
    fits = [check(value) == value for value in values]
    assert not check.all_fit(values) or all(fits)


def test_a_block_of_whole_phones_is_told_at_once() -> None:
    check = check_of(PHONE)
    assert check is not None
    assert check.all_fit(["+91-9845098450", "", "98450 98450"])
    assert not check.all_fit(["abc", "9845098450"])


@given(st.lists(st.sampled_from(["New lead", "Won", "", "won", "12", "2026-01-01", "x" * 6])))
def test_values_that_fit_all_at_once_fit_one_by_one(values: list[str]) -> None:
    for field in (STAGE, REVENUE, BIRTH, CITY, PHONE, OPT_OUT, TOPICS):
        check = check_of(field)
        assert check is not None
        if check.all_fit(values):
            assert [check(value) for value in values] == values
