"""What a list looks like, as its columns tell."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.mapping import load_mapping
from importer.intake.profile import EVERY, LONGEST, kind_of, mapped_columns, profile_of
from importer.intake.source.file import Reading
from importer.profile import ColumnProfile, FileProfile, Kind
from tests.intake.columns.lists import FIND_OUT, Rows, listed


def profiled(header: Sequence[str], rows: Rows, *, cut: int = 500) -> FileProfile:
    return profile_of(listed(header, rows, cut=cut), FIND_OUT)


def kind_in(texts: Sequence[str]) -> str:
    (column,) = profiled(["Column"], [[text] for text in texts]).columns
    return column.kind


def test_a_profile_has_the_columns_their_blanks_and_kinds_and_the_rows() -> None:
    header = [" Name ", "E-mail", "", "Phone", "Phone", "Next"]
    rows = [
        ["Ann", "ann@example.com", "x", "", "+91 98765 43210", "2026-01-31"],
        ["", "", "", "", "", ""],
        ["Bob", "bob@example.com", "", "  ", "+91 98765 43211", "31/12/2026"],
        ["Lee", "n/a", "", "", "+91 98765 43212", ""],
        ["Kim", "kim@example.com", "", "\u00a0", "080 1234 5678", "3 May 2026"],
    ]
    assert profiled(header, rows) == FileProfile(
        (
            ColumnProfile("Name", 0.0, "text"),
            ColumnProfile("E-mail", 0.0, "email"),
            ColumnProfile("C", 0.75, "yes_no"),
            ColumnProfile("D", 1.0, ""),
            ColumnProfile("E", 0.0, "phone"),
            ColumnProfile("Next", 0.25, "date"),
        ),
        4,
    )


def test_a_list_without_rows_has_a_profile() -> None:
    assert profiled(["A", "B"], []) == FileProfile(
        (ColumnProfile("A", 0.0, ""), ColumnProfile("B", 0.0, "")), 0
    )


def test_a_row_of_another_width_counts_by_the_cells_that_it_has() -> None:
    rows = [["Ann"], ["Bob", "b@example.com", "more"], ["Lee", "l@example.com"], []]
    assert profiled(["Name", "Email"], rows) == FileProfile(
        (ColumnProfile("Name", 0.0, "text"), ColumnProfile("Email", 1 / 3, "email")), 3
    )


def test_a_range_is_kept_to() -> None:
    source = listed(["Name", "Note"], [["Ann", "x"], ["Bob", ""], ["Total", "2"]])
    assert profile_of(source, Reading(area="A1:B3")) == FileProfile(
        (ColumnProfile("Name", 0.0, "text"), ColumnProfile("Note", 0.5, "yes_no")), 2
    )


ROWS = st.lists(
    st.lists(st.sampled_from(["", " ", "Ann", "a@example.com", "5"]), min_size=1, max_size=3),
    max_size=30,
)


@given(ROWS)
def test_blanks_and_rows_are_counted_one_by_one(rows: list[list[str]]) -> None:
    full = [row + [""] * (2 - len(row)) for row in rows if "".join(row).strip()]
    found = profiled(["A", "B"], rows)
    assert found.rows == len(full)
    for index, column in enumerate(found.columns):
        blanks = sum(not row[index].strip() for row in full)
        assert column.blank == (blanks / len(full) if full else 0)


@given(ROWS, st.integers(1, 7))
def test_a_list_has_one_profile_however_often_it_is_read(rows: list[list[str]], cut: int) -> None:
    source = listed(["A", "B"], rows, cut=cut)
    assert profile_of(source, FIND_OUT) == profile_of(source, FIND_OUT)


def test_white_space_that_stands_all_over_a_list_is_counted() -> None:
    rows = [["Ann", " " if number % 2 else "x"] for number in range(100 * EVERY)]
    assert profiled(["A", "B"], rows, cut=7).columns[1].blank == 0.5


def test_the_kind_is_that_of_values_from_all_over_the_list() -> None:
    texts = ["Ann"] * 1_000 + ["a@example.com"] * 99_000
    assert kind_in(texts) == "email"
    assert kind_in(texts[::-1]) == "email"
    assert kind_in(["Ann"] * 50_000 + ["a@example.com"] * 50_000) == ""


def test_a_column_that_has_few_values_has_a_kind() -> None:
    assert kind_in([*[""] * 5, *["a@example.com", *["", "n/a"] * 10] * 20]) == "email"


def test_what_says_nothing_has_no_kind() -> None:
    assert kind_in(["n/a", "-", "null", ""]) == ""


def test_nothing_is_kept_of_a_long_cell_but_its_beginning() -> None:
    assert kind_in(["a" * LONGEST * 1000 + "@example.com"]) == "text"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ann@example.com", Kind.EMAIL),
        ("https://example.com/a", Kind.URL),
        ("www.example.com", Kind.URL),
        ("2026-01-31", Kind.DATE),
        ("31.12.2026", Kind.DATE),
        ("Jan 5, 2026", Kind.DATE),
        ("46022", Kind.SERIAL),
        ("+91 98765 43210", Kind.PHONE),
        ("+919876543210", Kind.PHONE),
        ("(080) 1234-5678", Kind.PHONE),
        ("080 12345678", Kind.PHONE),
        ("9876543210", Kind.DIGITS),
        ("98765 43210", Kind.DIGITS),
        ("1234567", Kind.DIGITS),
        ("12", Kind.NUMBER),
        ("-3.5", Kind.NUMBER),
        ("₹1,25,000", Kind.NUMBER),
        ("1,234,567.00", Kind.NUMBER),
        ("0.12345678", Kind.DIGITS),
        ("yes", Kind.YES_NO),
        ("0", Kind.YES_NO),
        ("SW1A 1AA", Kind.CODE),
        ("12 Main Street", Kind.CODE),
        ("Ann", Kind.TEXT),
        ("São Paulo", Kind.TEXT),
        ("+", Kind.TEXT),
    ],
)
def test_a_value_is_of_a_kind(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_any_value_is_of_a_kind(text: str) -> None:
    assert isinstance(kind_of(text), Kind)


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["9876543210", "9876543211"], "digits"),
        (["9876543210", "+91 98765 43211"], "phone"),
        (["9876543210", "12", "46022"], "number"),
        (["1", "0", "2", "3", "5"], "number"),
        (["1", "0"], "yes_no"),
        (["2026-01-31", "46022"], "date"),
        (["12", "12a"], "code"),
        (["Acme", "3M", "no"], "text"),
        (["Acme", "a@example.com"], ""),
        (["+91 98765 43210", "12"], ""),
    ],
)
def test_a_column_is_of_the_kind_that_nearly_all_its_values_may_be(
    texts: list[str], kind: str
) -> None:
    assert kind_in(texts * 5) == kind


def test_who_watches_may_stop_it() -> None:
    class StoppedError(Exception):
        pass

    seen = []

    def watch() -> None:
        seen.append(1)
        if len(seen) == 3:
            raise StoppedError

    source = listed(["A"], [["x"]] * 100, cut=10)
    with pytest.raises(StoppedError):
        profile_of(source, FIND_OUT, watch)
    assert len(seen) == 3


def test_a_column_may_be_missing_where_all_that_read_it_say_so() -> None:
    mapping = load_mapping(
        """
version: 1
columns:
  Email: EmailAddress
  Booth: {field: mx_Booth, optional: true}
  Id:
  Opt-out: {field: mx_Opt_Out, optional: true}
  Account: {field: mx_Account, optional: true}
fields:
  Company: {from: Account}
  mx_Street1: {from: [Address 1, Address 2], optional: true}
skip_if:
  Opt-out: yes
  Bounced: yes
""",
        name="m.yaml",
    )
    assert mapped_columns(mapping) == {
        "Opt-out": False,
        "Bounced": False,
        "Email": False,
        "Booth": True,
        "Account": False,
        "Address 1": True,
        "Address 2": True,
    }
