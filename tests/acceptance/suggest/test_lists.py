"""Twelve lists in six languages, as programs and people write them, with the right answers."""

import pytest

from tests.acceptance.suggest.judged import FOLDER, JudgedList, judge, names

RIGHT = 0.95  # of all columns


@pytest.fixture(scope="module")
def lists() -> list[JudgedList]:
    return [judge(FOLDER, name) for name in names(FOLDER)]


def test_nearly_all_columns_are_mapped_as_a_person_would(lists: list[JudgedList]) -> None:
    columns = [column for each in lists for column in each.columns]
    wrong = [
        f"{each.name}: {column.column!r} -> {column.field}, not {column.right}"
        for each in lists
        for column in each.columns
        if not column.is_right
    ]
    assert (len(lists), len(columns) > 250) == (12, True)
    assert 1 - len(wrong) / len(columns) >= RIGHT, wrong


def test_no_column_is_mapped_wrongly_without_a_mark(lists: list[JudgedList]) -> None:
    assert [
        (each.name, column.column, column.field)
        for each in lists
        for column in each.columns
        if column.is_wrong_and_sure
    ] == []


def test_no_field_is_fed_twice(lists: list[JudgedList]) -> None:
    for each in lists:
        fed = [column.field for column in each.columns if column.field]
        joined = {field for field in fed if fed.count(field) > 1}
        assert all(f"  {field}:\n    from: [" in each.text for field in joined), each.name


def test_a_value_map_sends_options_alone(lists: list[JudgedList]) -> None:
    """What is written down for a value is what a person wrote down for it, or nothing."""
    wrong = {
        (each.name, *place): answer
        for each in lists
        for place, answer in each.choices.items()
        if answer[0] is not None
    }
    assert wrong == {}
