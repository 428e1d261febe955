"""What is written of a column, by its values."""

from importer.fields import Field, FieldType, Person
from importer.intake.suggest.draft import columns_with_checks
from tests.intake.suggest.lists import account, drafted, entry, text_of

INDIA = account()


def test_dates_go_by_what_the_values_prove() -> None:
    assert entry("DOB", ["01/02/1980", "23/02/1985"]) == (
        "  DOB:\n"
        "    field: mx_DOB\n"
        "    transform: date\n"
        "    formats: D/M/YYYY  # the day comes first: there are days beyond 12\n"
    )
    assert entry("DOB", ["1980-02-01", "1985-02-23"]) == (
        "  DOB:\n    field: mx_DOB\n    transform: date\n"
    )


def test_where_nothing_proves_the_order_of_a_date_both_ways_are_offered() -> None:
    assert entry("DOB", ["01/02/1980", "03/02/1985"]) == (
        "  DOB:\n"
        "    field: mx_DOB  # check: day or month first? No value proves it. Keep one of the two"
        " lines:\n"
        "    transform: date\n"
        "    # formats: D/M/YYYY\n"
        "    # formats: M/D/YYYY\n"
    )


def test_a_moment_is_of_the_accounts_time_zone() -> None:
    met = Field("mx_Met_On", "Met On", FieldType.DATETIME)
    assert entry("Met on", ["2026-01-02 10:15", "2026-01-23 11:00"], account(met)) == (
        "  Met on:\n"
        "    field: mx_Met_On\n"
        "    transform: datetime\n"
        "    timezone: Asia/Kolkata  # of the account; LeadSquared keeps UTC\n"
    )


def test_phones_without_a_plus_are_of_the_country_of_those_with_one() -> None:
    assert entry("Phone", ["98450 12345", "+91 98450 12346"], INDIA) == (
        "  Phone:\n"
        "    field: Phone\n"
        "    transform: phone\n"
        "    region: IN  # the country of numbers without a +\n"
    )


def test_phones_of_another_country_than_the_accounts_are_to_be_checked() -> None:
    draft = drafted(
        {
            "E-Mail": ["a@rot.de", "b@blau.de"],
            "Telefon": ["0171 1234567", "0171 7654321"],
            "PLZ": ["01067", "28195"],
        },
        INDIA,
    )
    assert draft.treatments[1].entry["region"] == "DE"
    assert columns_with_checks(draft)[1] == [
        "are numbers without a + from DE? their e-mails or sites are, but for IN speaks: the"
        " account's country says so"
    ]


def test_the_country_column_tells_the_region() -> None:
    draft = drafted(
        {
            "Email": ["a@rot.com", "b@blau.com"],
            "Phone": ["0171 1234567", "0171 7654321"],
            "Country": ["Deutschland", "Germany"],
        },
        INDIA,
    )
    assert draft.treatments[1].entry["region"] == "DE"
    assert columns_with_checks(draft)[1] == []


def test_numbers_go_by_their_signs() -> None:
    assert entry("Umsatz", ["1.250.000,50", "980,00"]) == (
        "  Umsatz:\n"
        "    field: Revenue  # check: is it this field? What speaks for it: the name and the"
        " values\n"
        "    transform: number\n"
        '    decimal: ","\n'
        '    grouping: "."\n'
    )
    assert "    transform: number\n    grouping" not in entry("Revenue", ["1200", "900.5"])


def test_yes_and_no_of_other_languages_are_listed() -> None:
    assert entry("Désinscrit", ["oui", "non"]) == (
        "  Désinscrit:\n"
        "    field: DoNotEmail\n"
        "    transform: boolean\n"
        "    true: oui\n"
        "    false: non\n"
    )
    assert entry("Do not call", ["yes", "no"]) == (
        "  Do not call:\n    field: DoNotCall\n    transform: boolean\n"
    )


def test_names_in_capitals_are_titled() -> None:
    draft = drafted({"First Name": ["ASHA", "RAVI"], "Last Name": ["Rao", "Nair"]})
    assert [each.entry for each in draft.treatments] == [{"transform": ["title"]}, {}]


def test_a_drop_down_gets_choices_and_the_rest_is_said() -> None:
    texts = ["web", "Referral", "Messe", *["Direct"] * 7, "Fax"]
    assert entry("Lead Source", texts, INDIA) == (
        "  Lead Source:\n"
        "    field: Source  # check: is that meant? Messe → Trade Show\n"
        "    # check: none of its options, and refused so: Fax\n"
        "    choices:\n"
        "      web: Web\n"
        "      Messe: Trade Show\n"
        "    # on_unknown: blank  # leaves these out; keep sends them as they are\n"
    )


def test_options_themselves_are_not_written_down() -> None:
    """A drop-down of many options and one odd value."""
    countries = tuple(f"Land {number}" for number in range(240))
    known = account(Field("mx_Land", "Land", FieldType.CHOICE, countries))
    assert entry("Land", [*countries[:30], "Moon"], known) == (
        "  Land:\n"
        "    field: mx_Land  # check: none of its options, and refused so: Moon\n"
        "    # on_unknown: blank  # leaves these out; keep sends them as they are\n"
    )


def test_where_many_rows_fit_no_option_they_go_without_it() -> None:
    assert entry("Lead Source", ["web", "Referral", "Fax"], INDIA) == (
        "  Lead Source:\n"
        "    field: Source  # check: none of its options, and left out of the lead: Fax\n"
        "    choices:\n"
        "      web: Web\n"
        "    on_unknown: blank\n"
    )


def test_an_owner_is_one_of_the_accounts_users() -> None:
    users = [Person("1", "Jo May", "jo@us.com"), Person("2", "Al Day", "al@us.com")]
    known = account(users=users)
    assert entry("Contact Owner", ["jo@us.com", "Al Day"], known) == (
        "  Contact Owner:\n    field: OwnerId\n    transform: owner\n"
    )
    assert "field: OwnerId" not in entry("Contact Owner", ["x@us.com", "y@us.com"], known)
    assert "field: OwnerId" not in entry("Contact Owner", ["jo@us.com"], INDIA)


def test_garbled_text_is_fixed() -> None:
    assert entry("City", ["MÃ¼nchen", "KÃ¶ln"]) == (
        "  City:\n    field: mx_City\n    transform: fix_text\n"
    )


def test_two_lines_of_an_address_are_joined_where_there_is_one_field() -> None:
    columns = {"Email": ["a@b.com"], "Address 1": ["1 High St"], "Address 2": ["Flat 2"]}
    text = text_of(drafted(columns, account(without=["mx_Street2"])))
    assert text.endswith('\n\nfields:\n  mx_Street1: {from: [Address 1, Address 2], join: ", "}\n')


def test_what_the_account_asks_for_and_no_column_feeds_is_said() -> None:
    asked = Field("mx_Program", "Program", FieldType.CHOICE, ("MBA", "BBA"), is_mandatory=True)
    assert text_of(drafted({"Email": ["a@b.com"]}, account(asked))).endswith(
        "\n# constants:\n"
        "#   mx_Program: MBA  # check: the account asks for it (Program), and no column feeds it\n"
    )


def test_a_full_name_is_split() -> None:
    assert text_of(drafted({"Full Name": ["Asha Rao"], "Email": ["a@b.com"]})).endswith(
        "\n\nsplit_name:\n  from: Full Name\n  first: FirstName\n  last: LastName\n"
    )


def test_the_accounts_own_fields_are_known_by_their_display_names() -> None:
    known = account(
        Field("mx_LinkedIn", "LinkedIn URL", FieldType.URL),
        Field("mx_Product_Interest", "Product Interest"),
    )
    link = ["https://linkedin.com/in/a", "https://linkedin.com/in/b"]
    assert entry("LinkedIn", link, known) == "  LinkedIn: mx_LinkedIn\n"
    assert entry("Product interest", ["Pump", "Valve"], known) == (
        "  Product interest: mx_Product_Interest\n"
    )


def test_no_field_is_named_that_the_account_lacks_or_that_the_server_sets() -> None:
    known = account(without=["mx_City"])
    assert entry("City", ["Pune", "Goa"], known) == (
        "  # Left out: nothing stands after the colon.\n"
        "  City:  # the account has no field mx_City\n"
    )
    assert "CreatedOn" not in entry("Created On", ["2026-01-02", "2026-01-03"], known)
