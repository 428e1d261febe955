import pytest

from importer.intake.suggest.plain import plain
from importer.intake.suggest.questions import asked_for


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Wie heißen Sie?", "full_name"),
        ("¿Cómo te llamas?", "full_name"),
        ("Aapka shubh naam?", "full_name"),
        ("Pour quelle raison ?", ""),
        ("Where do you work?", "company"),
        ("Onde você trabalha?", "company"),
        ("Où habitez-vous ?", "city"),
        ("Kahan rehte hain", "city"),
        ("Dites-nous ce que vous cherchez", "message"),
        ("Wie können wir Ihnen helfen?", "message"),
        ("Kuch aur batana chahenge?", "message"),
        ("Unter welcher Nummer erreichen wir Sie?", "phone"),
        ("¿Cómo nos conociste?", "heard"),
        ("आपको कैसे पता चला?", "heard"),
        ("When were you born?", "dob"),
        ("Name", ""),
        ("Which colour do you like?", ""),
    ],
)
def test_a_sentence_asks_for_something(header: str, meaning: str) -> None:
    assert asked_for(plain(header)) == meaning
