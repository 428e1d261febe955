"""Whole lists against hand-written answers: nearly all right, and nothing wrong that is sure."""

import pytest

from importer.fields import AccountFields
from tests.intake.suggest.answers import LISTS
from tests.intake.suggest.exports import EXPORTS
from tests.intake.suggest.lists import account, judged
from tests.intake.suggest.sheets import SHEETS
from tests.intake.suggest.traps import TRAPS

ALL = {**LISTS, **EXPORTS, **SHEETS}
ACCOUNTS = pytest.mark.parametrize("known", [None, account()], ids=["unknown", "known"])
ENOUGH = 0.98


@ACCOUNTS
def test_nearly_all_columns_go_where_they_should(known: AccountFields | None) -> None:
    found = [each for text in ALL.values() for each in judged(text, known)]
    wrong = [each for each in found if each[1] not in each[2].split("/")]
    assert len(wrong) <= (1 - ENOUGH) * len(found), wrong


@ACCOUNTS
@pytest.mark.parametrize("name", ALL)
def test_nothing_that_is_wrong_is_sure(name: str, known: AccountFields | None) -> None:
    wrong = [each for each in judged(ALL[name], known) if each[1] not in each[2].split("/")]
    assert [each for each in wrong if each[3]] == []


@ACCOUNTS
@pytest.mark.parametrize(("name", "values", "right"), TRAPS)
def test_a_column_is_taken_for_nothing_else(
    name: str, values: str, right: str, known: AccountFields | None
) -> None:
    rows = [f"p{number}@example.com|{text}" for number, text in enumerate(values.split("|"))]
    text = "\n".join([f"Email|{name}", "EmailAddress|any", *rows])
    assert judged(text, known)[1][1] in right.split("/")
