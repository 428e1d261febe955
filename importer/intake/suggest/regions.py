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
FITS = 0.7  # of the numbers, that a region has to read
VALID = 0.9  # of them that are valid in it, where it is sure: the rest is junk
MOST = 0.9  # of what tells a country
SOME = 0.1
ACCOUNT = "the account's country says so"
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


def share_valid(texts: Sequence[str], region: str) -> float:
    from importer.intake.transforms.phone_regions import is_valid_within

    return sum(is_valid_within(text, region) for text in texts) / len(texts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """region: that numbers without a + may be of. why: as the end of a sentence. share: 0 to 1, of
    what speaks for it."""

    region: str
    why: str
    share: float = 0.0

    @property
    def is_strong(self) -> bool:
        """Whether it is enough by itself."""
        return self.share >= MOST


@dataclass(frozen=True, slots=True)
class Found:
    """check: "" where the region is sure."""

    region: str
    check: str = ""


def region_of(column: Column, bare: Sequence[str], of: List) -> Found | None:
    """Of the numbers without a + in the column; None where nothing tells. What stands in the list
    outvotes the account, and a country that the numbers are valid in one that they are not."""
    known = sorted(_evidence(column, of), key=lambda each: -each.share)
    reads = {each.region: share_read(bare, each.region) for each in known}
    fit = [each for each in known if reads[each.region] >= FITS]
    if not fit:
        return None
    valid = {each.region: share_valid(bare, each.region) for each in fit}
    best = max(fit, key=lambda each: (round(valid[each.region], 1), reads[each.region]))
    chosen = next((each for each in fit if valid[each.region] >= VALID), best)
    return Found(chosen.region, _check(chosen, known, valid[chosen.region]))


def _check(chosen: Evidence, known: Sequence[Evidence], valid: float) -> str:
    region = chosen.region
    asked = f"are numbers without a + from {region}?"
    others = [each for each in known if each.region != region]
    if chosen.is_strong:
        others = [each for each in others if each.why != ACCOUNT]
    agreed = {each.why for each in known if each.region == region}
    if valid < VALID:
        return f"{asked} {1 - valid:.0%} of them are no valid numbers of it"
    if others:
        return f"{asked} {chosen.why}, but for {others[0].region} speaks: {others[0].why}"
    if chosen.is_strong or len(agreed) > 1:
        return ""
    return f"{asked} {'Only ' if chosen.why == ACCOUNT else ''}{chosen.why}"


def _evidence(column: Column, of: List) -> Iterator[Evidence]:
    """What counts for as much, the nearer first."""
    yield from _by_plus(column.values.texts, "those with a + are")
    for region, share in _countries(of):
        yield Evidence(region, f"{share:.0%} of the rows are", share)
    for each in of.decisions:
        if each.column is not column and each.field in ("Phone", "Mobile", "Fax"):
            name = each.column.name
            yield from _by_plus(each.column.values.texts, f'those with a + in "{name}" are')
    for region, why in _by_signs(of):
        yield Evidence(region, why)
    if own := _of_account(of.target):
        yield Evidence(own, ACCOUNT)


def _by_plus(texts: Sequence[str], why: str) -> Iterator[Evidence]:
    from importer.intake.transforms.phone_regions import region_of_number

    numbers = [text for text in texts if not needs_region(text)][:TRIED]
    regions = Counter(region for text in numbers if (region := region_of_number(text)))
    total = sum(regions.values())
    for region, count in regions.most_common(2):
        if count >= SOME * total:
            yield Evidence(region, why, count / total)


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
            shares = [(code, count / total) for code, count in codes.most_common(2)]
            return [each for each in shares if each[1] >= SOME]
    return []


def _by_signs(of: List) -> Iterator[tuple[str, str]]:
    """By the domains of e-mails and sites, and by what the columns are called."""
    ends = Counter[str]()
    for decision in of.decisions:
        if decision.field in ("EmailAddress", "Website"):
            for text in decision.column.values.texts[:TRIED]:
                end = text.rstrip("/").rpartition(".")[2].lower()
                ends[DOMAINS.get(end, "")] += 1
    total = sum(ends.values())
    del ends[""]
    for common, count in ends.most_common(2):
        if count < SOME * total:
            continue
        yield common, "their e-mails or sites are"
    for column in of.columns:
        if region := HINTS.get(plain(column.name)):
            yield region, f'the column "{column.name}" looks like it'
    for column in of.columns:
        for word in plain(column.name).split():
            if word in BY_WORD:
                yield BY_WORD[word], f'the column "{column.name}" looks like it'
    if any(
        column.meaning.meaning == "zip" and "pin" in column.meaning.words for column in of.columns
    ):
        yield "IN", "the list has PIN codes"
