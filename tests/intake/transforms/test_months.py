import pytest

from importer.intake.transforms.months import MONTH_NUMBERS, NAMES, unaccented

FULL = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
}


@pytest.mark.parametrize("names", [*FULL.values(), *SHORT.values()])
def test_the_months_of_six_languages_are_known(names: str) -> None:
    numbers = [MONTH_NUMBERS.get(unaccented(name).lower()) for name in names.split()]

    assert numbers == list(range(1, 13))


def test_no_name_means_two_months() -> None:
    assert len(MONTH_NUMBERS) == sum(len(names.split()) for names in NAMES)


def test_names_stand_there_as_they_are_compared() -> None:
    assert all(name == unaccented(name).lower() for name in MONTH_NUMBERS)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("août", "aout"), ("Mär", "Mar"), ("März\u00a03", "Marz\u00a03"), ("a", "a")],
)
def test_accents_are_taken_off_and_nothing_else(text: str, plain: str) -> None:
    assert unaccented(text) == plain
