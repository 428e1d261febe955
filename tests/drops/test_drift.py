"""What holds a list back, and what does not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.drops.drift import Drift, drift
from importer.profile import ColumnProfile, FileProfile, Kind

NAME = ColumnProfile("Name", 0.0, "text")
EMAIL = ColumnProfile("Email", 0.02, "email")
PHONE = ColumnProfile("Phone", 0.4, "phone")
CITY = ColumnProfile("City", 0.1, "text")
NOTES = ColumnProfile("Notes", 0.8, "")
COLUMNS = (NAME, EMAIL, PHONE, CITY, NOTES)
MAPPED = {"Name": False, "Email": False, "Phone": False, "City": True}  # and Notes is not read


def of(*columns: ColumnProfile, rows: int = 1_000) -> FileProfile:
    return FileProfile(columns, rows)


BEFORE = of(*COLUMNS)


def changed(old: ColumnProfile, new: ColumnProfile | None, rows: int = 1_000) -> FileProfile:
    """BEFORE with another column in this one's place, or without it."""
    columns = [new if each == old else each for each in COLUMNS]
    return of(*(each for each in columns if each), rows=rows)


def told(now: FileProfile, before: FileProfile = BEFORE) -> list[str]:
    return [each.what for each in drift(before, now, MAPPED)]


# What is none

PROFILES = st.builds(
    FileProfile,
    st.lists(
        st.builds(
            ColumnProfile,
            st.sampled_from(["Name", "Email", "E-mail", "Phone", "City", "C", "Übung"]),
            st.floats(0, 1),
            st.sampled_from(["", "of a later release", *Kind]),
        ),
        unique_by=lambda column: column.name,
    ).map(tuple),
    st.integers(0, 100_000),
)
WHICH = st.dictionaries(st.sampled_from(["Name", "Email", "City", "Gone"]), st.booleans())


@given(PROFILES, WHICH)
def test_a_list_that_looks_the_same_is_not_held(
    profile: FileProfile, mapped: dict[str, bool]
) -> None:
    assert drift(profile, profile, mapped) == []


@given(PROFILES, PROFILES, WHICH)
def test_of_any_two_lists_it_is_told_without_fail(
    before: FileProfile, now: FileProfile, mapped: dict[str, bool]
) -> None:
    found = drift(before, now, mapped)
    assert all(each.what and each.fix for each in found)
    assert len({each.what for each in found}) == len(found)


@given(PROFILES, st.randoms(use_true_random=False), WHICH)
def test_another_order_of_columns_is_none(
    profile: FileProfile, random: object, mapped: dict[str, bool]
) -> None:
    columns = list(profile.columns)
    random.shuffle(columns)  # type: ignore[attr-defined]  # one of hypothesis
    assert drift(profile, replace(profile, columns=tuple(columns)), mapped) == []


def test_more_rows_and_new_columns_are_none() -> None:
    new = ColumnProfile("E-mail 2", 0.0, "email")
    assert told(of(*COLUMNS, new, rows=1_000_000)) == []


def test_columns_that_the_mapping_does_not_read_may_change_as_they_like() -> None:
    before = of(NAME, EMAIL, PHONE, CITY, ColumnProfile("Notes", 0.0, "email"))
    assert told(changed(NOTES, None), before) == []
    assert told(changed(NOTES, ColumnProfile("Notes", 1.0, "")), before) == []
    assert told(changed(NOTES, ColumnProfile("Notes", 0.0, "phone")), before) == []


# Rows


def test_ten_times_fewer_rows_hold_a_list() -> None:
    assert drift(BEFORE, of(*COLUMNS, rows=100), MAPPED) == [
        Drift(
            "it has 100 rows, and the one before had 1,000",
            "see whether the file is whole; if it is meant so, accept the file",
        )
    ]
    assert told(of(*COLUMNS, rows=101)) == []


def test_a_list_without_rows_is_held_where_there_were_some() -> None:
    blank = [replace(each, blank=0.0, kind="") for each in COLUMNS]
    for rows in (1, 5, 1_000):
        what = f"it has no rows, and the one before had {rows:,}"
        assert told(of(*blank, rows=0), of(*COLUMNS, rows=rows)) == [what]
    assert told(of(*blank, rows=0), of(*blank, rows=0)) == []


def test_one_row_after_nine_is_no_less_than_short_lists_are() -> None:
    assert told(of(*COLUMNS, rows=1), of(*COLUMNS, rows=9)) == []
    assert told(of(*COLUMNS, rows=1), of(*COLUMNS, rows=10)) == [
        "it has 1 row, and the one before had 10"
    ]


# Columns that are gone


def test_a_column_that_is_gone_holds_a_list() -> None:
    assert drift(BEFORE, changed(EMAIL, None), MAPPED) == [
        Drift(
            'the column "Email" is missing',
            "have the file made with it, as before; or take it out of the mapping, or set"
            " optional: true for it there",
        )
    ]


def test_a_column_that_a_list_may_lack_may_be_gone() -> None:
    assert told(changed(CITY, None)) == []


def test_a_column_that_was_not_there_before_is_not_missed() -> None:
    assert told(changed(EMAIL, None), changed(EMAIL, None)) == []


@pytest.mark.parametrize(
    "name",
    ["E-mail", "EMAIL", "email ", "Emial", "Email Address", "Work e-mail", "Correo electrónico"],
)
def test_a_renamed_column_is_told_with_its_likely_new_name(name: str) -> None:
    assert drift(BEFORE, changed(EMAIL, replace(EMAIL, name=name)), MAPPED) == [
        Drift(
            f'the column "Email" is missing; "{name}" is new, and is likely the same',
            f'write "{name}" for "Email" in the mapping, or have it named as before',
        )
    ]


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (ColumnProfile("Email sent on", 0.02, "date"), "near by name, and of another kind"),
        (ColumnProfile("Website", 0.02, "url"), "in its place, and of another kind"),
        (ColumnProfile("Correo", 0.9, "email"), "in its place, and blank"),
        (ColumnProfile("Correo", 0.02, ""), "in its place, and of no kind"),
    ],
)
def test_a_new_column_that_is_another_is_no_likely_name(new: ColumnProfile, why: str) -> None:
    assert told(changed(EMAIL, new)) == ['the column "Email" is missing'], why


def test_a_new_column_elsewhere_is_no_likely_name_by_its_kind_alone() -> None:
    later = ColumnProfile("Correo", 0.02, "email")
    columns = [each for each in COLUMNS if each != EMAIL]
    assert told(of(*columns, later)) == ['the column "Email" is missing']
    assert told(of(NAME, ColumnProfile("New", 0.5, ""), later, PHONE, CITY, NOTES)) == [
        'the column "Email" is missing; "Correo" is new, and is likely the same'
    ], "beside the same column"


def test_a_column_that_a_list_may_lack_is_missed_where_it_is_surely_renamed() -> None:
    assert told(changed(CITY, replace(CITY, name="Town"))) == []
    assert told(changed(CITY, replace(CITY, name="City (home)"))) == [
        'the column "City" is missing; "City (home)" is new, and is likely the same'
    ]


def test_columns_that_differ_by_a_number_are_not_near() -> None:
    before = of(NAME, ColumnProfile("Phone 1", 0, ""))
    mapped = {"Name": False, "Phone 1": False}
    (found,) = drift(before, of(NAME, ColumnProfile("Phone 2", 0, "")), mapped)
    assert found.what == 'the column "Phone 1" is missing'


def test_each_new_name_is_told_once_and_of_the_likeliest() -> None:
    before = of(ColumnProfile("First Name", 0, "text"), ColumnProfile("Last Name", 0, "text"), NAME)
    now = of(ColumnProfile("Firstname", 0, "text"), ColumnProfile("Lastname", 0, "text"), NAME)
    mapped = {"Last Name": False, "First Name": False}
    assert [each.what for each in drift(before, now, mapped)] == [
        'the column "First Name" is missing; "Firstname" is new, and is likely the same',
        'the column "Last Name" is missing; "Lastname" is new, and is likely the same',
    ]


def test_a_new_name_is_told_of_one_column_alone() -> None:
    before = of(NAME, ColumnProfile("Mail", 0, "email"), EMAIL)
    mapped = {"Mail": False, "Email": False}
    assert [
        each.what for each in drift(before, of(NAME, replace(EMAIL, name="E-mail")), mapped)
    ] == [
        'the column "Mail" is missing',
        'the column "Email" is missing; "E-mail" is new, and is likely the same',
    ]


def test_where_all_columns_are_gone_it_is_told_once_and_without_the_values_in_their_place() -> None:
    values = of(*(replace(each, name=f"{each.name[0]}@example.com") for each in COLUMNS))
    assert drift(BEFORE, values, MAPPED) == [
        Drift(
            "none of the 4 columns is there that the mapping names",
            "see whether its first row still names the columns; or write their names into the"
            " mapping as they are now",
        )
    ]


def test_where_the_only_column_is_gone_no_value_is_taken_for_its_name() -> None:
    before, now = of(EMAIL), of(ColumnProfile("ann@gmail.org", 0.02, "email"))
    assert told(now, before) == ['the column "Email" is missing']


def test_columns_that_are_all_renamed_are_told_each() -> None:
    now = of(*(replace(each, name=each.name.upper()) for each in COLUMNS))
    assert [what.partition(";")[0] for what in told(now)] == [
        'the column "Name" is missing',
        'the column "Email" is missing',
        'the column "Phone" is missing',
        'the column "City" is missing',
    ]


# Kinds


def test_columns_that_have_shifted_hold_a_list() -> None:
    now = of(NAME, replace(PHONE, name="Email"), replace(CITY, name="Phone"), CITY, NOTES)
    fix = "see whether the columns have shifted; if it is meant so, accept the file"
    assert drift(BEFORE, now, MAPPED) == [
        Drift('"Email" had e-mail addresses before, and now has phone numbers', fix),
        Drift('"Phone" had phone numbers before, and now has texts', fix),
    ]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("email", ""),
        ("", "email"),
        ("email", "email"),
        ("email", "of a later release"),
        ("digits", "phone"),
        ("phone", "digits"),
        ("number", "digits"),
        ("serial", "date"),
        ("yes_no", "text"),
        ("number", "code"),
        ("code", "text"),
    ],
)
def test_what_may_be_the_same_kind_is_none(before: str, now: str) -> None:
    was, is_ = replace(EMAIL, kind=before), replace(EMAIL, kind=now)
    assert told(changed(EMAIL, is_), changed(EMAIL, was)) == []


@pytest.mark.parametrize(
    ("before", "now", "least"),
    [("email", "phone", 5), ("date", "phone", 5), ("email", "text", 10), ("number", "text", 10)],
)
def test_a_kind_is_told_by_values_enough(before: str, now: str, least: int) -> None:
    was, is_ = ColumnProfile("Email", 0.0, before), ColumnProfile("Email", 0.0, now)
    assert told(of(is_, rows=least), of(was, rows=least)) != []
    assert told(of(is_, rows=least - 1), of(was, rows=least)) == []
    assert told(of(is_, rows=least), of(was, rows=least - 1)) == []
    blank = replace(is_, blank=0.4)
    assert told(of(blank, rows=least), of(was, rows=least)) == [], "blanks are no values"


# Blanks


def test_far_more_blanks_hold_a_list() -> None:
    assert drift(BEFORE, changed(EMAIL, replace(EMAIL, blank=0.52)), MAPPED) == [
        Drift(
            '"Email" is blank in 52% of the rows, and was in 2% before',
            "see why; if it is meant so, accept the file",
        )
    ]
    assert told(changed(EMAIL, replace(EMAIL, blank=0.51))) == []
    assert told(changed(EMAIL, replace(EMAIL, blank=0.0))) == []


def test_a_column_that_a_list_may_lack_may_be_blank() -> None:
    assert told(changed(CITY, replace(CITY, blank=1.0, kind=""))) == []


@pytest.mark.parametrize(
    ("rows_before", "rows", "blank", "is_held"),
    [
        (5, 5, 1.0, False),
        (9, 1_000, 1.0, False),
        (1_000, 9, 1.0, False),
        (10, 10, 1.0, True),
        (10, 10, 0.7, False),
        (20, 20, 0.5, True),
        (1_000, 101, 0.5, True),
    ],
)
def test_blanks_of_short_lists_are_chance(
    rows_before: int, rows: int, blank: float, is_held: bool
) -> None:
    before = of(ColumnProfile("Email", 0.0, "email"), rows=rows_before)
    now = of(ColumnProfile("Email", blank, "email"), rows=rows)
    assert bool([what for what in told(now, before) if "blank" in what]) == is_held
