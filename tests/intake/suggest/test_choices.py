from importer.intake.suggest.choices import Drafted, draft_choices, fitting


def test_values_go_to_the_options_that_they_are() -> None:
    options = ["United States", "United Kingdom", "United Arab Emirates", "Germany", "India"]
    values = [
        "USA",
        "UK",
        "UAE",
        "Deutschland",
        "भारत",
        "IN",
        "germany",
        "Allemagne",
        "Reino Unido",
    ]
    assert dict(draft_choices(options, values).pairs) == {
        "USA": "United States",
        "UK": "United Kingdom",
        "UAE": "United Arab Emirates",
        "Deutschland": "Germany",
        "भारत": "India",
        "IN": "India",
        "germany": "Germany",
        "Allemagne": "Germany",
        "Reino Unido": "United Kingdom",
    }
    assert draft_choices(options, values).doubtful == []


def test_codes_of_countries_are_options_too() -> None:
    assert draft_choices(["US", "DE"], ["Germany", "USA"]).pairs == [
        ("Germany", "DE"),
        ("USA", "US"),
    ]


def test_synonyms_and_near_ones_are_for_a_person_to_check() -> None:
    options = ["High", "Medium", "Low"]
    found = draft_choices(options, ["Hot", "Warm", "Cold", "medium ", "Lowest", "n/a"])
    assert found == Drafted(
        [("Hot", "High"), ("Warm", "Medium"), ("Cold", "Low"), ("medium ", "Medium")],
        ["Hot", "Warm", "Cold"],
        ["Lowest", "n/a"],
    )
    assert draft_choices(["Manufacturing"], ["Manufacturng"]).doubtful == ["Manufacturng"]


def test_options_that_differ_by_capitals_alone_are_not_guessed_between() -> None:
    assert draft_choices(["google_lp", "Google_lp"], ["GOOGLE_LP"]).unknown == ["GOOGLE_LP"]
    assert draft_choices(["google_lp", "Google_lp"], ["Google_lp"]).pairs == [("Google_lp",) * 2]


def test_how_many_fit() -> None:
    assert fitting(["Web", "Direct"], ["web", "WEB", "sys-a", "Direct"]) == 0.75
    assert fitting(["Web"], []) == 0.0


def test_an_option_is_offered_by_its_meaning_for_a_person_to_check() -> None:
    options = ["Trade Show", "Web", "Referral", "Direct"]
    values = ["Fachmesse", "Suchmaschine", "un ami", "Boca a boca", "सिफारिश", "Laufkundschaft"]
    found = draft_choices(options, values)
    assert [option for _, option in found.pairs] == [
        *("Trade Show", "Web", "Referral", "Referral", "Referral", "Direct")
    ]
    assert found.doubtful == values
    assert draft_choices(options, ["Radio", "Direct Mail", "Web Referral"]).pairs == []


def test_one_of_several_of_a_kind_is_no_other_of_them() -> None:
    options = ["Tower A", "Tower B", "Phase 1", "Phase 2", "Villa"]
    found = draft_choices(options, ["tower b", "Tower C", "Phase II", "Phase 3", "Phase 1 flat"])
    assert dict(found.pairs) == {
        "tower b": "Tower B",
        "Phase II": "Phase 2",
        "Phase 1 flat": "Phase 1",
    }
    assert draft_choices(["250+", "< 250"], ["250"]).doubtful == ["250"]


def test_short_forms_and_other_scripts_go_to_their_option() -> None:
    options = ["Post Graduate", "Data Science", "Tractor", "Laptop"]
    values = ["PG", "Data Sci.", "Traktor", "लैपटॉप"]
    assert [*zip(values, options, strict=True)] == draft_choices(options, values).pairs


def test_signs_of_cars_are_countries_among_countries() -> None:
    found = draft_choices(["Germany", "Austria", "France"], ["D", "A", "F"])
    assert [option for _, option in found.pairs] == ["Germany", "Austria", "France"]
    assert found.doubtful == ["D", "A", "F"]
