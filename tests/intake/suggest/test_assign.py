"""Which of several columns feeds a field."""

from importer.intake.suggest.draft import columns_with_checks
from tests.intake.suggest.lists import drafted

FULL = ["a@one.com", "b@two.com", "c@three.com", "d@four.com"]
HALF = ["x@one.com", "", "y@three.com", ""]


def test_the_fuller_of_two_columns_of_emails_is_taken() -> None:
    draft = drafted({"E-Mail": HALF, "Email": FULL})
    assert [each.field for each in draft.decisions] == ["", "EmailAddress"]
    assert columns_with_checks(draft)[0] == []
    private = drafted({"Email": HALF, "Private email": FULL})
    assert [each.field for each in private.decisions] == ["", "EmailAddress"]


def test_a_private_one_that_is_nearly_as_full_is_not() -> None:
    draft = drafted({"Private email": FULL, "Email": FULL})
    assert [each.field for each in draft.decisions] == ["", "EmailAddress"]


def test_the_other_one_is_to_be_checked_where_it_has_more() -> None:
    draft = drafted({"Email": FULL[:3], "Email 2": ["", "", "", "e@five.com"]})
    assert columns_with_checks(draft)[1] == [
        'it has values in rows where "Email" has none: which is meant?'
    ]
