"""Signs and codes of currencies beside a number: `€`, `EUR`, `Rs.`, `R$`. Which ones mean the same.

A unit (kg) or another text is none of them.
"""

import re
from functools import cache

# ISO 4217, those in use, but for ALL and TOP: "TOP 10" is no sum of money.
CODES = (
    "AED AFN AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL "
    "GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF "
    "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD "
    "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
# Signs and short forms, and the code where they have but one.
SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₺": "TRY", "₫": "VND", "₦": "NGN",
    "₱": "PHP", "฿": "THB", "₩": "KRW", "₪": "ILS", "₴": "UAH", "₸": "KZT", "₨": "₨",
    "$": "$", "¢": "¢", "¥": "¥", "￥": "¥", "＄": "$",
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD",
    "NZ$": "NZD", "S$": "SGD", "R$": "BRL", "MX$": "MXN",
    "RS": "INR", "KR": "KR", "ZŁ": "PLN", "KČ": "CZK", "LEI": "RON", "TL": "TRY",
    "FR": "CHF", "SFR": "CHF",
}  # fmt: skip
# Written in small letters too; other codes (PEN, TRY) would be words then.
ANY_CASE = ("EUR", "USD", "GBP", "INR", "CHF", "AED", *(t for t in SIGNS if t.isalpha()))
TOKENS = {*CODES.split(), *SIGNS, *map(str.lower, ANY_CASE), *map(str.title, ANY_CASE), "SFr"}
# A point may stand behind letters; behind a sign it is the number's: $.50.
PATTERNS = (
    re.escape(t) + r"\.?" * t[-1].isalpha() for t in sorted(TOKENS, key=lambda t: (-len(t), t))
)
CURRENCY = f"(?:{'|'.join(PATTERNS)})"
"""A pattern of one of them."""
# The sign, a currency before the number or behind it, and a second place for the sign.
AROUND = (
    rf"(?P<sign>[-\u2212+]?)\s*(?:(?P<before>{CURRENCY})\s*(?P<inner>[-\u2212+]?)\s*)?"
    rf"(?P<number>[^\s\w]*[0-9](?:.*[0-9])?(?:\s*%)?)(?:\s*(?P<behind>{CURRENCY}))?"
)


@cache
def _around() -> re.Pattern[str]:
    """Compiled for the first number: it takes 20 ms, and most commands read none."""
    return re.compile(AROUND, re.DOTALL)


@cache
def same_currency(token: str) -> str:
    """One text for all that mean the same currency: `Rs.` and `₹` are both INR."""
    plain = token.rstrip(".").upper()
    return SIGNS.get(plain, plain)


def without_currency(text: str) -> tuple[str, str]:
    """The number with its sign, and what was taken off; "" where there is none or it is unclear."""
    match = _around().fullmatch(text)
    if match is None or not (match["before"] or match["behind"]):
        return text, ""
    if (match["before"] and match["behind"]) or (match["sign"] and match["inner"]):
        return text, ""
    sign = match["sign"] or match["inner"] or ""
    return f"{sign}{match['number']}", match["before"] or match["behind"]
