"""Of which country are phone numbers without a +? By the list's other columns, and by the account.
Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importer.intake.suggest.column import Column, Decision
from importer.intake.suggest.geography import country_code
from importer.intake.suggest.plain import plain
from importer.intake.suggest.target import Target
from importer.intake.transforms.options import OptionError, Options
from importer.intake.transforms.registry import make_transform
from importer.model import Problem

TRIED = 200  # values
DOMAINS = {
    "de": "DE",
    "at": "AT",
    "ch": "CH",
    "fr": "FR",
    "es": "ES",
    "it": "IT",
    "pt": "PT",
    "br": "BR",
    "mx": "MX",
    "in": "IN",
    "uk": "GB",
    "us": "US",
    "ar": "AR",
    "co": "",
    "nl": "NL",
    "be": "BE",
    "au": "AU",
    "ae": "AE",
}
HINTS = {
    "plz": "DE",
    "postleitzahl": "DE",
    "cep": "BR",
    "pincode": "IN",
    "pin code": "IN",
    "code postal": "FR",
}
# Words of a language's columns, and the country where most of its lists are of.
BY_WORD = {
    "handy": "DE",
    "rufnummer": "DE",
    "portable": "FR",
    "movil": "ES",
    "celular": "BR",
    "telemovel": "PT",
}


@dataclass(frozen=True)
class List:
    """What the treatment of one column asks of the others."""

    columns: Sequence[Column]
    decisions: Sequence[Decision]
    target: Target


def needs_region(text: str) -> bool:
    return not text.lstrip(" (tel:").startswith("+")


def share_read(texts: Sequence[str], region: str | None) -> float:
    try:
        phone = make_transform("phone", Options(region=region))
    except OptionError:
        return 0.0
    return sum(not isinstance(phone(text), Problem) for text in texts) / len(texts)


def regions(of: List) -> Iterator[tuple[str, str, bool]]:
    """A country, why it may be that of the phones, and whether that is sure."""
    countries = _countries(of)
    signs = [*_by_signs(of)]
    if countries and countries[0][1] >= 0.9:
        yield countries[0][0], "", True
    own = _of_account(of.target)
    hints = {region for region, _ in [*countries[:1], *signs]}
    if own and (not hints or own in hints):
        yield own, f"{own} is the account's country", not countries or countries[0][0] == own
    for region, share in countries[:2]:
        yield region, f"{share:.0%} of the rows are", False
    for region, why in signs:
        yield region, why, False
    if own:
        yield own, "The account's country is", False


def _of_account(target: Target) -> str:
    if target.account is None or not target.account.country_code:
        return ""
    from importer.intake.transforms.phone import region_of_code

    return region_of_code(target.account.country_code)


def _countries(of: List) -> list[tuple[str, float]]:
    for decision in of.decisions:
        if decision.field == "mx_Country":
            found = map(country_code, decision.column.values.texts)
            codes = Counter(code for code in found if code)
            total = sum(codes.values())
            return [(code, count / total) for code, count in codes.most_common()]
    return []


def _by_signs(of: List) -> Iterator[tuple[str, str]]:
    """By the domains of e-mails and sites, and by what the columns are called."""
    ends = Counter[str]()
    for decision in of.decisions:
        if decision.field in ("EmailAddress", "Website"):
            for text in decision.column.values.texts[:TRIED]:
                end = text.rstrip("/").rpartition(".")[2].lower()
                ends[DOMAINS.get(end, "")] += 1
    del ends[""]
    for common, _ in ends.most_common(2):
        yield common, "Their e-mails or sites are"
    for column in of.columns:
        if region := HINTS.get(plain(column.name)):
            yield region, f'The column "{column.name}" looks like it'
    for column in of.columns:
        for word in plain(column.name).split():
            if word in BY_WORD:
                yield BY_WORD[word], f'The column "{column.name}" looks like it'
    if any(
        column.meaning.meaning == "zip" and "pin" in column.meaning.words for column in of.columns
    ):
        yield "IN", "The list has PIN codes"
