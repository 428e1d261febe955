"""Names of the months in six languages, full and short, told without accents and capitals.

English, German (Austria's too), French, Spanish, Italian, Portuguese; the short ones as in the
languages' CLDR tables, and those that Excel and people write besides. No name means two months.
"""

import unicodedata

NAMES = (
    "january jan januar janner jaenner janvier janv enero ene gennaio gen genn janeiro",
    "february feb februar feber febr fevrier fevr fev febrero febbraio fevereiro",
    "march mar marz maerz mrz mars marzo marco",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag magg maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug aout agosto ago",
    "september sep sept septembre septiembre setiembre set settembre sett setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dicembre dezembro",
)
MONTH_NUMBERS = {name: number for number, names in enumerate(NAMES, 1) for name in names.split()}
MONTH = f"(?i:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})"
"""A pattern of one of them in a text that was `unaccented`."""


def unaccented(text: str) -> str:
    """The text with letters instead of letters with accents: août becomes aout."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
