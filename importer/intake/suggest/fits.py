"""Whether a column's values are what its meaning asks for. Pure."""

from collections.abc import Callable, Mapping

from importer.intake.suggest.values import Values

Fit = float
"""1: they prove it; 0: they say nothing; -1: they are something else."""
PROVED, SILENT, OTHERWISE = 1.0, 0.0, -1.0
DOUBTFUL = -0.5  # some are, many are not


def fit_of(meaning: str, values: Values) -> Fit:
    check = CHECKS.get(meaning)
    if check is None or not values.texts:
        return SILENT
    return check(values)


def _mostly(*wanted: str, least: float = 0.6) -> Callable[[Values], Fit]:
    def fit(values: Values) -> Fit:
        share = sum(values.share(kind) for kind in wanted)
        if share >= least:
            return PROVED
        return DOUBTFUL if share >= least / 2 else OTHERWISE

    return fit


def _words(values: Values) -> Fit:
    """Names and other short texts."""
    if values.share("email") > 0.3 or values.share("link") > 0.3 or values.share("phone") > 0.5:
        return OTHERWISE
    if values.share("date") > 0.5 or values.share("number") > 0.6 or values.share("id") > 0.6:
        return OTHERWISE
    if values.share("letters") < 0.5:
        return OTHERWISE
    return SILENT


def _person(values: Values) -> Fit:
    if _words(values) < 0 or values.share("name") < 0.5 or values.words > 6:
        return OTHERWISE
    if values.share("yes_no") > 0.5 and values.filled > 2:
        return OTHERWISE
    return SILENT


def _job(values: Values) -> Fit:
    if values.share("title") >= 0.2:
        return PROVED
    if values.words > 9 or (values.share("yes_no") > 0.5 and values.filled > 2):
        return OTHERWISE
    return DOUBTFUL if values.share("salutation") > 0.5 else _words(values)


def _company(values: Values) -> Fit:
    if values.share("company") >= 0.3:
        return PROVED
    if values.share("yes_no") > 0.5 and values.filled > 2:
        return OTHERWISE
    if values.share("number") > 0.6 or values.share("email") > 0.3 or values.share("link") > 0.5:
        return OTHERWISE
    return SILENT


def _place(values: Values) -> Fit:
    if values.share("country") > 0.8 and len(values.usual) > 3:
        return DOUBTFUL
    if values.words > 6 or values.share("status") > 0.5:
        return OTHERWISE
    if values.share("digits") > 0.8 and values.words < 1.5:  # a code
        return OTHERWISE
    return _words(values)


def _country(values: Values) -> Fit:
    share = values.share("country") + values.share("car_code")
    return PROVED if share >= 0.5 else DOUBTFUL if _words(values) >= 0 else OTHERWISE


def _zip(values: Values) -> Fit:
    if values.texts[0].startswith("z:"):  # as Facebook writes them
        return DOUBTFUL
    if values.share("phone") > 0.8 and values.share("zip") > 0.8:
        lengths = [sum(map(str.isdigit, text)) for text in values.texts[:100]]
        return OTHERWISE if sum(lengths) / len(lengths) > 9 else PROVED
    return PROVED if values.share("zip") >= 0.6 else OTHERWISE


def _street(values: Values) -> Fit:
    if values.share("email") > 0.3 or values.share("link") > 0.5 or values.share("date") > 0.5:
        return OTHERWISE
    if values.share("letters") < 0.3:
        return OTHERWISE
    return PROVED if values.share("digits") > 0.5 else SILENT


def _phone(values: Values) -> Fit:
    share = values.share("phone")
    if share >= 0.5:
        return PROVED
    if values.share("email") > 0.5 or values.share("letters") > 0.7:
        return OTHERWISE
    return DOUBTFUL if values.share("digits") > 0.5 and values.share("yes_no") < 0.5 else OTHERWISE


def _text(values: Values) -> Fit:
    is_short = values.filled > 3 and values.distinct is not None and len(values.distinct) < 3
    if is_short and values.share("yes_no") > 0.5:
        return OTHERWISE
    return OTHERWISE if values.share("number") > 0.8 or values.share("id") > 0.8 else SILENT


def _date(values: Values) -> Fit:
    if values.share("date") >= 0.5:
        return PROVED
    return DOUBTFUL if values.share("digits") > 0.8 and values.share("yes_no") < 0.5 else OTHERWISE


def _money(values: Values) -> Fit:
    if values.share("date") > 0.5 or (
        values.share("phone") > 0.9 and values.share("integer") < 0.5
    ):
        return OTHERWISE
    return PROVED if values.share("number") >= 0.6 else OTHERWISE


def _degrees(values: Values) -> Fit:
    return PROVED if values.share("decimal") >= 0.6 else OTHERWISE


def _twitter(values: Values) -> Fit:
    if values.share("twitter") >= 0.5:
        return PROVED
    return DOUBTFUL if values.share("date") < 0.5 and values.share("email") < 0.5 else OTHERWISE


def _facebook(values: Values) -> Fit:
    if values.share("facebook") >= 0.5 or values.share("link") >= 0.6:
        return PROVED
    return DOUBTFUL if values.share("email") < 0.5 else OTHERWISE


def _referrer(values: Values) -> Fit:
    if values.share("url") >= 0.5:
        return PROVED
    return OTHERWISE if values.share("name") > 0.8 and values.share("source") < 0.3 else DOUBTFUL


CHECKS: Mapping[str, Callable[[Values], Fit]] = {
    "email": _mostly("email"),
    "phone": _phone,
    "mobile": _phone,
    "whatsapp": _phone,
    "fax": _phone,
    "first_name": _person,
    "last_name": _person,
    "second_last_name": _person,
    "full_name": _person,
    "company": _company,
    "website": _mostly("url", least=0.5),
    "domain": _mostly("url", least=0.5),
    "job_title": _job,
    "city": _place,
    "state": _place,
    "country": _country,
    "zip": _zip,
    "street1": _street,
    "street2": _street,
    "street3": _street,
    "dob": _date,
    "anniversary": _date,
    "revenue": _money,
    "engagement": _mostly("number"),
    "notes": _text,
    "message": _text,
    "latitude": _degrees,
    "longitude": _degrees,
    "time_zone": _mostly("zone"),
    "ip": _mostly("ip"),
    "twitter": _twitter,
    "facebook": _facebook,
    "source_referrer": _referrer,
    "source_medium": _words,
    "source_campaign": lambda values: OTHERWISE if values.share("link") > 0.5 else SILENT,
    "lead_source": _words,
    "source": _words,
}
