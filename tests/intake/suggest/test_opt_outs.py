"""Whoever must not be written to is said, and can be left out by taking two signs away."""

import pytest
import yaml

from importer.fields import Field, FieldType
from importer.intake.suggest.draft import columns_with_checks
from tests.intake.suggest.lists import account, drafted, text_of

PEOPLE = [f"p{number}@example.com" for number in range(3)]


def skipped(name: str, texts: list[str]) -> list[str]:
    """What the section says that stands ready, with its signs taken away."""
    draft = drafted({"Email": PEOPLE, name: texts})
    section = text_of(draft).partition("# skip_if:")[2]
    if not section:
        assert columns_with_checks(draft)[1] == []
        return []
    assert columns_with_checks(draft)[1], "it is not sure"
    read = yaml.load(f"skip_if:{section.replace('#', '')}", Loader=yaml.BaseLoader)
    found = read["skip_if"][name]
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize(
    "value",
    [
        "Unsubscribed",
        "UNSUBSCRIBED",
        "Hard bounce",
        "hard_bounced",
        "opted out",
        "Opt-out",
        "OptedOut",
        "Bounced",
        "complained",
        "Do not contact",
        "DNC",
        "Blacklisted",
        "Non-Subscribed",
        "abgemeldet",
        "Gesperrt",
        "nicht mehr kontaktieren",
        "keine Werbung",
        "Widerruf",
        "Werbesperre",
        "désabonné",
        "Désabonnée",
        "désinscrit",
        "ne pas contacter",
        "Ne plus appeler",
        "dado de baja",
        "Baja",
        "No contactar",
        "rebotado",
        "descadastrado",
        "não contatar",
        "cancelou a inscrição",
        "संपर्क न करें",
        "call na kare",
    ],
)
def test_a_value_says_that_somebody_must_not_be_written_to(value: str) -> None:
    assert skipped("Status", [value, "Active", "Neu"]) == [value]


@pytest.mark.parametrize(
    ("name", "texts", "found"),
    [
        ("Newsletter", ["No", "Yes", "No"], ["No"]),
        ("Opt-in", ["TRUE", "FALSE", "TRUE"], ["FALSE"]),
        ("GDPR consent", ["yes", "no", "refused"], ["no", "refused"]),
        ("Einwilligung", ["ja", "nein", "Nein"], ["nein"]),
        ("RGPD", ["Oui", "Non", "Oui"], ["Non"]),
        ("Acepta recibir boletín", ["sí", "no", "sí"], ["no"]),
        ("Consentimento LGPD", ["Sim", "Não", "Sim"], ["Não"]),
        ("सहमति", ["हाँ", "नहीं", "हाँ"], ["नहीं"]),
        ("Ne pas contacter", ["Oui", "Non", "non"], ["Oui"]),
        ("Do not contact", ["1", "0", "0"], ["1"]),
        ("Unsubscribed at", ["2026-01-02", "", "2026-03-04"], ["2026-01-02", "2026-03-04"]),
    ],
)
def test_a_header_and_its_yes_or_no_say_it(name: str, texts: list[str], found: list[str]) -> None:
    assert skipped(name, texts) == found


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Status", ["Active", "Subscribed", "New"]),
        ("Prioridad", ["Alta", "Media", "Baja"]),
        ("Interés", ["Alta", "Baja", "Baja"]),
        ("Company", ["Bounce Ltd", "Stop & Shop", "Acme"]),
        ("Newsletter", ["Yes", "Yes", "Yes"]),
        ("Attended", ["Yes", "No", "No"]),
        ("City", ["San José de Baja", "Roma", "Goa"]),
    ],
)
def test_what_says_nothing_of_this_is_left_alone(name: str, texts: list[str]) -> None:
    assert skipped(name, texts) == []


def test_a_plain_opt_out_feeds_its_field_instead() -> None:
    draft = drafted({"Email": PEOPLE, "Email Opt Out": ["yes", "no", "no"]})
    assert draft.decisions[1].field == "DoNotEmail"
    assert "skip_if" not in text_of(draft)


def test_the_section_is_ready_to_be_taken() -> None:
    draft = drafted({"Email": PEOPLE, "Status": ["Unsubscribed", "Active", "Bounced"]})
    assert text_of(draft).partition("Status:")[2] == (
        "  # check: must these not be written to? Unsubscribed, Bounced. They are sent, unless"
        " skip_if: names them; a status of another system\n"
        "\n"
        "# check: who must not be written to? Take the # away below: these rows are left out.\n"
        "# skip_if:\n"
        "#   Status: [Unsubscribed, Bounced]\n"
    )


def test_a_bare_status_is_not_that_of_a_field_set() -> None:
    known = account(
        Field("mx_KYC.mx_Status", "KYC - Status", FieldType.CHOICE, ("Open", "Done")),
    )
    draft = drafted({"Email": PEOPLE, "Status": ["Open", "Done", "Unsubscribed"]}, known)
    assert draft.decisions[1].field == ""
