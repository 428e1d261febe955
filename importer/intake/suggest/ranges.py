"""Ranges of numbers, as drop-downs and people write them: `11-50`, `Mais de 200`, `1 Cr+`. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from importer.intake.suggest.plain import plain

# Digits with signs between, and the unit behind them.
NUMBER = re.compile(
    r"(\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d+(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
    r"\s*((?:[^\W\d_][\u0900-\u094f]*)*)"
)
SMALL = 1000  # a number that must be of a unit, where the options have one
# Stretches of time, in months.
TIMES = (
    (1.0, r"month|monat|mois|mes(?:es)?\b|mês|mahin|माह|मही"),
    (12.0, r"year|jahr|\bans?\b|año|\banos?\b|saal|साल|वर्ष"),
    (0.23, r"week|woche|semaine|seman|haft|हफ्त|सप्ताह"),
    (0.033, r"\bdays?\b|\btage?n?\b|jours?\b|días?\b|dias?\b|\bdin\b|दिन"),
)
SOON = re.compile(r"\b(?:in|dans|en|em|mein|me)\b|में")
WRITTEN: Mapping[str, float] = {
    **dict.fromkeys(("k", "tsd", "mil", "mille", "thousand", "hazar", "हजार", "teur"), 1e3),
    **dict.fromkeys(("l", "lac", "lacs", "lakh", "lakhs", "lakhh", "लाख"), 1e5),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions", "millionen", "millones"), 1e6),
    **dict.fromkeys(("milhoes", "milhao"), 1e6),
    **dict.fromkeys(("cr", "crore", "crores", "करोड़", "karod"), 1e7),
    **dict.fromkeys(("bn", "mrd", "billion"), 1e9),
}
OUTSIDE = re.compile(r"<|\b(?:less|fewer|under|below|unter|weniger|moins|menos)\b")
UNITS = {plain(unit): many for unit, many in WRITTEN.items()}
MORE = re.compile(
    r"\+|>|≥|\b(?:more than|over|above|greater|at least|from|uber|ueber|mehr als|ab|plus de|mas de"
    r"|mais de|acima|superior|desde|a partir|au moins|se zyada|se jyada|se upar|zyada|upar|and more"
    r"|or more|und mehr|et plus|o mas|ou mais)\b|से अधिक|से ज्यादा|से ऊपर",
)
LESS = re.compile(
    r"<|≤|\b(?:less than|under|below|up to|upto|within|fewer|unter|bis|bis zu|weniger als|innerhalb"
    r"|moins de|jusqu|menos de|hasta|ate|abaixo|inferior|tak|se kam|se neeche|dans les)\b|तक|से कम",
)


@dataclass(frozen=True, slots=True)
class Range:
    """kind: "time" where months or years are counted, else ""."""

    least: float
    most: float
    kind: str = ""

    def holds(self, other: "Range") -> bool:
        """Whether the other is within; ends may touch, or be one apart: 51 to 100, 50+."""
        is_one = self.least == self.most or other.least == other.most
        slack = 0 if self.kind or is_one else 1
        return (
            self.kind == other.kind
            and self.least - slack <= other.least
            and other.most <= self.most + slack
        )


def range_of(text: str) -> Range | None:
    """None for what is no range or number."""
    found = NUMBER.findall(text.casefold())
    words = _signs(text)
    if not 1 <= len(found) <= 2 or _others(text) > 3:
        return None
    time = next((many for many, sign in TIMES if re.search(sign, text, re.I)), 0.0)
    kind = "time" if time else ""
    units = [UNITS.get(plain(unit), 0.0) for _, unit in found]
    shared = next((unit for unit in reversed(units) if unit), 1.0)
    numbers = [
        _number(digits) * (unit or shared) * (time or 1)
        for (digits, _), unit in zip(found, units, strict=True)
    ]
    if len(numbers) == 2:
        least, most = numbers
        return Range(least, most, kind) if least < most else None
    if MORE.search(words):
        return Range(numbers[0], inf, kind)
    if LESS.search(words) or (kind and SOON.search(words)):
        least_out = 0.5 if OUTSIDE.search(words) and not kind else 0.0
        return Range(0, numbers[0] - least_out, kind)
    return Range(numbers[0], numbers[0], kind)


def within(value: str, options: Sequence[str]) -> str:
    """The one option, of ranges, that the value's range lies in; "" for none."""
    ranges = [(option, found) for option in options if (found := range_of(option))]
    if len(ranges) < 2 or 2 * len(ranges) < len(options):
        return ""
    wanted = range_of(value)
    if wanted is None:
        return ""
    unit = max((_unit(option) for option, _ in ranges), default=1.0)
    if unit > 1 and _unit(value) == 1 and 0 < wanted.least < SMALL:  # 25 to 50, of lakhs
        return ""
    same = [option for option, each in ranges if each == wanted]
    if len(same) == 1:
        return same[0]
    holding = [(each.most - each.least, option) for option, each in ranges if each.holds(wanted)]
    if wanted.least == wanted.most and len(holding) > 1:
        return ""
    holding.sort(key=lambda each: each[0])
    return holding[0][1] if len(holding) == 1 or _is_narrower(holding) else ""


def _is_narrower(holding: Sequence[tuple[float, str]]) -> bool:
    return len(holding) > 1 and holding[0][0] < holding[1][0]


def _unit(text: str) -> float:
    units = [UNITS.get(plain(unit), 1.0) for _, unit in NUMBER.findall(text.casefold())]
    return max(units, default=1.0)


def _signs(text: str) -> str:
    """Small letters without accents; plus and less stay."""
    kept = "".join(f" {sign} " if sign in "+<>≥≤" else sign for sign in text)
    return " ".join(part if part in "+<>≥≤" else plain(part) for part in kept.split() if part)


def _others(text: str) -> int:
    """Words that are neither numbers nor units nor signs of a range."""
    words = re.sub(r"[\d.,'’+<>≥≤–—-]", " ", text).split()
    return sum(plain(word) not in UNITS for word in words)


def _number(digits: str) -> float:
    grouped = re.fullmatch(r"\d{1,2}(?:,\d{2})+,\d{3}|\d+(?:[.,'’\u00a0\u202f ]\d{3})+", digits)
    if grouped:
        return float(re.sub(r"\D", "", digits))
    return float(digits.replace(",", "."))
