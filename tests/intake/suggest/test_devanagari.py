import pytest

from importer.intake.suggest.devanagari import skeleton, spelled


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("मार्केटिंग", "Marketing"),
        ("प्रीमियम", "Premium"),
        ("ट्रैक्टर", "Tractor"),
        ("लैपटॉप", "Laptop"),
        ("होम लोन", "Home Loan"),
    ],
)
def test_an_english_word_sounds_the_same_in_devanagari(text: str, english: str) -> None:
    assert skeleton(text) == skeleton(english)


def test_names_of_letters_are_the_letters() -> None:
    assert [spelled(each) for each in ("एम.बी.ए.", "एल के जी", "कक्षा", "नई दिल्ली")] == [
        "mba",
        "lkg",
        "",
        "??",
    ]
