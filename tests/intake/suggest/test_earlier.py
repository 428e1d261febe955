import re
from pathlib import Path

import pytest

from importer.intake.suggest.draft import Head, columns_with_checks, written
from importer.intake.suggest.earlier import Earlier, read_earlier
from tests.intake.suggest.lists import drafted, text_of

BEFORE = """\
version: 1
columns:
  Mail: EmailAddress
  Tel: {field: Phone, transform: phone, region: DE}
  Werbung: {field: DoNotEmail, transform: boolean, true: Nein, false: Ja}
  Treffen: {field: Notes}
  Bemerkung:
"""
LIST = {
    "Mail": ["a@rot.de", "b@blau.de"],
    "Tel": ["0171 1234567", "0171 7654321"],
    "Werbung": ["Ja", "Nein"],
    "Treffen": ["Halle 3", "am Stand"],
    "Bemerkung": ["nett", "groß"],
}


@pytest.fixture
def earlier(tmp_path: Path) -> Earlier:
    (tmp_path / "may.yaml").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("version: 7", encoding="utf-8")
    return read_earlier([tmp_path, tmp_path, tmp_path / "nowhere"], list(LIST))


def test_a_list_of_the_same_kind_is_read_as_before(earlier: Earlier) -> None:
    draft = drafted(LIST, earlier=earlier)
    assert [each.field for each in draft.decisions] == [
        "EmailAddress", "Phone", "DoNotEmail", "Notes", "",
    ]  # fmt: skip
    assert draft.treatments[2].entry == {
        "transform": ["boolean"],
        "true": ["Nein"],
        "false": ["Ja"],
    }
    assert draft.treatments[1].entry["region"] == "DE"
    assert not any(columns_with_checks(draft))


def test_what_a_mapping_did_not_meet_is_to_be_checked(earlier: Earlier) -> None:
    draft = drafted({**LIST, "Werbung": ["Ja", "Vielleicht"]}, earlier=earlier)
    assert columns_with_checks(draft)[2] == ["what do these mean? Vielleicht"]


def test_a_mapping_of_another_kind_of_list_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "may.yaml").write_text(BEFORE, encoding="utf-8")
    other = {"Tel": ["022 123 45 67", "022 765 43 21"], "Werbung": ["Ja", "Nein"]}
    earlier = read_earlier([tmp_path], list(other))
    assert text_of(drafted(other, earlier=earlier)) == text_of(drafted(other))


def test_what_nobody_looked_at_says_nothing(tmp_path: Path) -> None:
    """A draft that lies there as it was made makes the next one no surer."""
    odd = {
        "Mail": ["a@rot.de", "b@blau.de"],
        "Umsatz": ["1.250.000,50", "980,00"],
        "Geburtsdatum": ["01/02/1980", "03/02/1985"],
        "Status": ["Unsubscribed", "Active"],
        "Ort": ["Köln", "Bonn"],
    }
    first = drafted(odd)
    text = written(first, Head(about="Drafted by importer suggest from list.csv (2 rows)."))
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    again = drafted(odd, earlier=read_earlier([tmp_path], list(odd)))
    assert columns_with_checks(again) == columns_with_checks(first)
    assert [each.field for each in again.decisions] == [each.field for each in first.decisions]
    heard = [each.column.name for each in again.decisions if "one.yaml" in each.why]
    assert heard == ["Mail", "Ort"]


def test_what_was_looked_at_decides(tmp_path: Path) -> None:
    list_ = {"Mail": ["a@rot.de", "b@blau.de"], "Umsatz": ["1.250.000,50", "980,00"]}
    text = written(drafted(list_), Head())
    assert "# check: " in text
    (tmp_path / "one.yaml").write_text(re.sub("# check: .*", "", text), encoding="utf-8")
    again = drafted(list_, earlier=read_earlier([tmp_path], list(list_)))
    assert not any(columns_with_checks(again))
