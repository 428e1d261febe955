import pytest

from importer.fields import Person
from importer.intake.transforms.owner import make_owner
from importer.model import Problem

ANNA = Person("11111111-aaaa", "Anna Schmidt", "anna@example.com")
RAVI = Person("22222222-bbbb", "Ravi Kumar", "ravi@example.com")
OTHER_RAVI = Person("33333333-cccc", "Ravi Kumar", "ravi.kumar@example.com")
GONE = Person("44444444-dddd", "Maria Left", "maria@example.com", is_active=False)
FORMER_ANNA = Person("55555555-eeee", "Anna Schmidt", "as@example.com", is_active=False)
JOSE = Person("66666666-ffff", "José Núñez", "jose@example.com")
OWNER = make_owner([ANNA, RAVI, OTHER_RAVI, GONE, FORMER_ANNA, JOSE])


@pytest.mark.parametrize(
    ("text", "user_id"),
    [
        ("anna@example.com", ANNA.id),
        (" Anna@Example.COM ", ANNA.id),
        ("anna  SCHMIDT", ANNA.id),
        ("11111111-AAAA", ANNA.id),
        ("ravi@example.com", RAVI.id),
        ("Jose\u0301 Nu\u0301n\u0303ez", JOSE.id),
    ],
)
def test_a_user_is_found_by_email_name_or_id(text: str, user_id: str) -> None:
    assert OWNER(text) == user_id


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        (
            "ana@example.com",
            "unknown_owner",
            'no user of the account; did you mean "anna@example.com"? write a user\'s e-mail, as'
            " importer fields lists them, or clear it: then the lead belongs to the user of the"
            " keys",
        ),
        (
            "Ravi Kumar",
            "unknown_owner",
            "the name of several users of the account; write the e-mail",
        ),
        (
            "maria@example.com",
            "inactive_owner",
            "a user who is no longer active in the account; write another's e-mail",
        ),
    ],
)
def test_who_can_not_own_a_lead_is_told_why(text: str, code: str, why: str) -> None:
    assert OWNER(text) == Problem(code, why, value=text)


def test_where_the_users_are_not_known_nobody_is_guessed() -> None:
    made = make_owner(None)("anna@example.com")
    assert isinstance(made, Problem)
    assert made.code == "unknown_owner"
