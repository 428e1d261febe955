import pytest

from importer.fields import AccountFields, Field, FieldType
from importer.intake.account.flaws import account_flaws
from importer.intake.document import Flaw
from importer.intake.mapping import load_mapping

KNOWN = AccountFields(
    "acme",
    0,
    [
        Field("FirstName", "First Name"),
        Field("EmailAddress", "Email", FieldType.EMAIL),
        Field("mx_City", "City", max_length=6),
        Field("mx_Team_Size", "Crew", FieldType.NUMBER),
        Field("Source", "Patient Source", FieldType.CHOICE, options=("Web", "Fair")),
        Field("CreatedOn", "Created", FieldType.DATETIME, is_read_only=True),
        Field("mx_KYC", "KYC", FieldType.SET),
        Field("mx_KYC.Status", "KYC - Status"),
        Field("mx_Loan", "Loan", FieldType.SET),
    ],
)
FIELDS = "use a schema name of the account (importer fields shows those of the account, and asks it"
USE = f"{FIELDS} anew)"


def flaws(text: str, known: AccountFields = KNOWN) -> list[Flaw]:
    return account_flaws(load_mapping(f"version: 1\n{text}", name="m.yaml"), known)


def test_a_mapping_that_fits_has_no_flaw() -> None:
    text = (
        "columns:\n  A: EmailAddress\n  B: mx_KYC.Status\n  C: mx_Loan.Amount\n"
        "  D: {field: Source, choices: {www: Web}}\nconstants: {mx_City: Pune}\n"
    )
    assert flaws(text) == []


@pytest.mark.parametrize(
    ("text", "line", "what", "fix"),
    [
        (
            "columns:\n  A: EmailAddress\n  B: mx_city\n",
            4,
            'the account has no field "mx_city"',
            f'did you mean "mx_City" ("City")? {USE}',
        ),
        (
            "columns:\n  A: EmailAddress\n  B: City\n",
            4,
            'the account has no field "City"',
            f'did you mean "mx_City" ("City")? {USE}',
        ),
        (
            "columns:\n  A: EmailAddress\n  B: PatientSource\n",
            4,
            'the account has no field "PatientSource"',
            f'did you mean "Source" ("Patient Source")? {USE}',
        ),
        (
            "columns:\n  A: EmailAddress\n  B: Wxyz\n",
            4,
            'the account has no field "Wxyz"',
            USE,
        ),
        (
            "columns:\n  A: EmailAddress\n  B: mx_KYC.Stat\n",
            4,
            'the account has no field "mx_KYC.Stat"',
            f'did you mean "mx_KYC.Status" ("KYC - Status")? {USE}',
        ),
        (
            "columns:\n  A: EmailAddress\nstamp: mx_Key\n",
            4,
            'the account has no field "mx_Key"',
            USE,
        ),
        (
            "columns:\n  A: EmailAddress\nstamp: mx_Team_Size\n",
            4,
            '"mx_Team_Size" takes no text (number), so that it can\'t take the stamp',
            "name a custom field of text",
        ),
        (
            "columns:\n  A: EmailAddress\n  B: CreatedOn\n",
            4,
            '"CreatedOn" is set by LeadSquared itself, and what is sent for it is lost',
            "remove the line, or feed another field",
        ),
        (
            "columns:\n  A: EmailAddress\n  B: mx_KYC\n",
            4,
            '"mx_KYC" is a custom field set, which takes no value of its own',
            "name one of its fields, such as mx_KYC.Status",
        ),
        (
            "columns:\n  A: EmailAddress\nconstants:\n  Source: web\n",
            5,
            'the constant "Source" is "web": none of the options of "Patient Source" (Source)',
            'did you mean "Web"? use one of: Web, Fair; or add the option in LeadSquared, and then:'
            " importer fields",
        ),
        (
            "columns:\n  A: EmailAddress\n  B:\n    field: Source\n    choices:\n      x: Web\n"
            "      y: Www\n",
            8,
            'choices sends "Www" for "y": none of the options of "Patient Source" (Source)',
            "use one of: Web, Fair; or add the option in LeadSquared, and then: importer fields",
        ),
        (
            "columns:\n  A: EmailAddress\nfields:\n  mx_City: {from: B, default: Hyderabad}\n",
            5,
            'the default is "Hyderabad": 9 characters, and the field "City" takes 6',
            "shorten it",
        ),
    ],
)
def test_what_the_account_would_refuse_of_every_row_is_said_with_its_line(
    text: str, line: int, what: str, fix: str
) -> None:
    assert flaws(text) == [Flaw(line, what, fix)]


def test_a_mandatory_field_has_to_be_fed() -> None:
    known = AccountFields(
        "acme",
        0,
        [
            Field("EmailAddress", "Email"),
            Field("mx_Team", "Team", is_mandatory=True, type=FieldType.CHOICE, options=("A", "B")),
            Field("LeadType", "Object Type", FieldType.CHOICE, is_mandatory=True),
        ],
    )
    assert flaws("columns:\n  A: EmailAddress\n", known) == [
        Flaw(
            2,
            'the account refuses a lead without "mx_Team" (Team)',
            "add a column for it, or mx_Team: … under constants:, with one of: A, B",
        )
    ]
    assert flaws("columns:\n  A: EmailAddress\nconstants: {mx_Team: B}\n", known) == []
