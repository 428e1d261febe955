"""What a survey has found, in words: how it came about, what is done, and what would change that.

Only what concerns the mapping is told: a column that no field takes may be as damaged as it likes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from importer.intake.by_column import DATES
from importer.intake.columns.damage import CALLED, ONLY_FOR, REASONS, is_clean, repaired
from importer.intake.columns.questions import questions
from importer.intake.columns.reading import ColumnReading, Order
from importer.intake.columns.seen import Seen
from importer.intake.columns.survey import NAMES, Survey
from importer.intake.columns.tally import ColumnTally
from importer.intake.mapping import Mapping, Rule
from importer.intake.values import shown
from importer.model import Finding


class Code(StrEnum):
    """What a finding is called in JSON; those that refuse are the codes of the refused rows too."""

    LEFT_OUT = "left_out"
    LONE_CELLS = "lone_cells"
    AMBIGUOUS_DATE = "ambiguous_date"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    SCIENTIFIC_NOTATION = "scientific_notation"
    ROUNDED_DIGITS = "rounded_digits"
    LOST_CHARACTER = "lost_character"
    LOST_ZEROS = "lost_zeros"
    DAY_NUMBERS = "day_numbers"
    BECAME_DATES = "became_dates"
    MOJIBAKE = "mojibake"
    ENTITIES = "entities"
    ERROR_TEXT = "error_text"
    QUOTED_TEXT = "quoted_text"
    INVISIBLE = "invisible"
    CAPITALS = "capitals"
    UNKNOWN_OPTION = "unknown_option"
    CURRENCY = "currency"
    PERCENT = "percent"


SENT, REFUSED = "the rows are sent as they are", "these rows are refused"
SEEN_AS = {"ambiguous_date": "dates", "ambiguous_number": "numbers"}  # by the tally
ASK = "ask the sender for the list with this column formatted as text"
FIX_TEXT = "transform: fix_text"
FEW, MOST_SHORT = 0.5, 0.35  # shares of a column's cells
MOST_LONE = 0.3  # of a list's rows
SHORTEST_ID = 4  # digits


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    tally: ColumnTally
    reading: ColumnReading
    rules: Sequence[Rule]

    def has(self, *transforms: str) -> bool:
        return any(not {*transforms}.isdisjoint(rule.transforms) for rule in self.rules)

    def finding(self, code: str, seen: Seen, what: str, does: str, change: str) -> Finding:
        return Finding(code, self.name, seen.rows, tuple(seen.examples), what, does, change)

    def line(self, text: str) -> str:
        """The line of the mapping that changes what is done."""
        return f'write {text} for "{self.name}" in the mapping'

    def alike(self, rows: int) -> Seen:
        """So many rows, of which the first filled ones are examples."""
        return Seen(rows, self.tally.first.examples)


def findings(survey: Survey, mapping: Mapping, names: Sequence[str]) -> list[Finding]:
    """names: of the file's columns. Those of rows first, then column by column."""
    found = [*_rest(survey), *_lone(survey), *_asked(survey, mapping, names)]
    for name, tally, reading in zip(names, survey.columns, survey.readings, strict=True):
        rules = [rule for rule in mapping.rules if name in rule.columns]
        if tally is not None and rules and not any(rule.as_is for rule in rules):
            column = _Column(name, tally, reading, rules)
            for look in LOOKS:
                found += look(column)
    return found


def _rest(survey: Survey) -> Iterator[Finding]:
    if survey.rest:
        yield Finding(
            code=Code.LEFT_OUT,
            column=None,
            rows=len(survey.rest),
            examples=tuple((each.row, each.text) for each in survey.rest[:3]),
            what=f"no rows of the list: {_reasons(survey)}",
            does="left out",
            change=f"where they are rows of it, run with --range {survey.whole}",
        )


def _lone(survey: Survey) -> Iterator[Finding]:
    """Rows that were left out are told already; where most rows are so, it is a list of names, and
    one alone may be a person's."""
    lone, out = survey.lone, survey.left_out
    examples = tuple((row, text) for row, text in lone.examples if row not in out)
    if len(examples) > 1 and lone.rows <= MOST_LONE * (survey.whole.last_row or 0):
        what = "rows with one cell alone, as headings between rows are"
        change = "delete them from the file, where they are no people"
        yield Finding(Code.LONE_CELLS, None, lone.rows, examples, what, SENT, change)


def _asked(survey: Survey, mapping: Mapping, names: Sequence[str]) -> Iterator[Finding]:
    for each in questions(mapping, names, survey.readings):
        reading = survey.readings[names.index(each.column)]
        is_date = reading.dates is not None and reading.dates.order is Order.OPEN
        yield Finding(
            code=Code.AMBIGUOUS_DATE if is_date else Code.AMBIGUOUS_NUMBER,
            column=each.column,
            rows=_in_two_ways(reading, is_date=is_date),
            examples=tuple(_first(survey, names.index(each.column))),
            what=f"the values can be read in two ways: {each.what}",
            does="run stops, and asks for a line in the mapping",
            change=f'write {each.fix} for "{each.column}" in the mapping',
            stops=True,
        )


def _first(survey: Survey, index: int) -> Sequence[tuple[int, str]]:
    tally = survey.columns[index]
    return tally.first.examples if tally else ()


def _in_two_ways(reading: ColumnReading, *, is_date: bool) -> int:
    if is_date and reading.dates:
        return reading.dates.both
    return reading.numbers.either if reading.numbers else 0


def _reasons(survey: Survey) -> str:
    return ", ".join(dict.fromkeys(each.why for each in survey.rest))


def _refused(column: _Column) -> Iterator[Finding]:
    for code in column.reading.damage:
        seen = column.tally.seen[SEEN_AS.get(code, code)]
        if code in ONLY_FOR and not column.has(*ONLY_FOR[code]):
            continue
        code = CALLED.get(code, code)
        what = REASONS[code].partition(":")[0]
        is_read = column.has("phone", "email", "number", "boolean", *DATES)
        change = ASK if is_read else column.line("as_is: yes")
        yield column.finding(code, seen, what, REFUSED, change)


def _unsure_dates(column: _Column) -> Iterator[Finding]:
    dates = column.reading.dates
    if dates is None or dates.order is not Order.MIXED or not _reads_dates(column):
        return
    seen = column.alike(dates.both)
    what = (
        f"{dates.both:,} fit both, {dates.day_first:,} only day-month,"
        f" {dates.month_first:,} only month-day"
    )
    if dates.both:
        change = column.line("formats: with one order, such as [D/M/YYYY],")
        yield column.finding(
            Code.AMBIGUOUS_DATE, seen, what, "those that fit both are refused", change
        )


def _day_numbers(column: _Column) -> Iterator[Finding]:
    """Where they are read as days, or stand among dates in a column that is sent as it is."""
    dates, seen = column.reading.dates, column.tally.seen.get("day_numbers")
    what = "dates became the numbers of days that Excel keeps"
    if dates and _reads_dates(column) and any(form.startswith("excel") for form in dates.formats):
        seen = seen or column.alike(column.tally.filled - dates.others)
        change = column.line("formats: with the forms that are meant")
        yield column.finding(Code.DAY_NUMBERS, seen, what, "read as these days", change)
    elif seen and not column.has(*DATES) and 0 < seen.rows < column.tally.dates:
        yield column.finding(Code.DAY_NUMBERS, seen, what, SENT, column.line("transform: date"))


def _reads_dates(column: _Column) -> bool:
    return any(
        not rule.options.formats and {*DATES} & {*rule.transforms} and len(rule.columns) == 1
        for rule in column.rules
    )


def _mojibake(column: _Column) -> Iterator[Finding]:
    seen = column.tally.seen.get("mojibake")
    if seen and not column.has("fix_text"):
        number, text = seen.examples[0]
        what, mended = "written in one encoding and read in another", repaired(text)
        if is_clean(mended):
            what += f'; row {number} would be "{shown(mended)}"'
        yield column.finding(Code.MOJIBAKE, seen, what, SENT, column.line(FIX_TEXT))


def _entities(column: _Column) -> Iterator[Finding]:
    seen = column.tally.seen.get("entities")
    if seen and not column.has("fix_text"):
        yield column.finding(
            Code.ENTITIES, seen, "signs written as on a web page", SENT, column.line(FIX_TEXT)
        )


def _error_texts(column: _Column) -> Iterator[Finding]:
    if seen := column.tally.seen.get("error_text"):
        what = "a formula's error, saved as a text"
        change = "correct these cells, or clear them"
        yield column.finding(Code.ERROR_TEXT, seen, what, SENT, change)


def _quoted_texts(column: _Column) -> Iterator[Finding]:
    seen = column.tally.seen.get("quoted_text")
    if seen and not column.has("fix_text"):
        what = "written so that Excel would not change it"
        yield column.finding(Code.QUOTED_TEXT, seen, what, SENT, column.line(FIX_TEXT))


def _invisible(column: _Column) -> Iterator[Finding]:
    seen = column.tally.seen.get("invisible")
    if seen and not column.has("fix_text", "number", "phone", "email", *DATES):
        what = "characters that are not seen, or spaces that do not break a line"
        yield column.finding(Code.INVISIBLE, seen, what, SENT, column.line(FIX_TEXT))


def _capitals(column: _Column) -> Iterator[Finding]:
    seen = column.tally.seen.get("capitals")
    is_name = any(rule.field in NAMES for rule in column.rules)
    if (
        seen
        and is_name
        and seen.rows > FEW * column.tally.filled
        and not column.has("title", "upper")
    ):
        yield column.finding(
            Code.CAPITALS, seen, "names in capitals", SENT, column.line("transform: title")
        )


def _lost_zeros(column: _Column) -> Iterator[Finding]:
    found = column.tally.short_ids()
    if found is None or column.has("number", *DATES):
        return
    width, short = found
    if width >= SHORTEST_ID and short.rows <= MOST_SHORT * column.tally.filled:
        what = f"most have {width} digits, these fewer, and none begins with 0: it was taken off"
        yield column.finding(
            Code.LOST_ZEROS,
            short,
            what,
            SENT,
            f"{ASK}; where it is meant so, {column.line('as_is: yes')}",
        )


def _became_dates(column: _Column) -> Iterator[Finding]:
    tally = column.tally
    if column.has(*DATES) or not tally.ranges:
        return
    what = "a number such as 1-2 became a date when Excel opened the list"
    change = f"{ASK}; where it is meant so, {column.line('as_is: yes')}"
    for code in ("became_dates", "dates"):
        seen = tally.seen.get(code)
        if seen:
            yield column.finding(Code.BECAME_DATES, seen, what, SENT, change)
            return


def _number_signs(column: _Column) -> Iterator[Finding]:
    numbers = column.reading.numbers
    if numbers is None or not column.has("number"):
        return
    seen = column.alike(column.tally.filled - numbers.others)
    if numbers.currency:
        does = "the number alone is sent"
        yield column.finding(
            Code.CURRENCY,
            seen,
            f"numbers with {numbers.currency}",
            does,
            "leave out transform: number",
        )
    if numbers.percent and not any(rule.options.percent for rule in column.rules):
        what, does = "numbers with a percent sign", "12% is sent as 12"
        yield column.finding(
            Code.PERCENT, seen, what, does, column.line("percent: share, which sends 0.12,")
        )


LOOKS: Sequence[Callable[[_Column], Iterator[Finding]]] = (
    _refused,
    _unsure_dates,
    _day_numbers,
    _mojibake,
    _entities,
    _error_texts,
    _quoted_texts,
    _invisible,
    _capitals,
    _lost_zeros,
    _became_dates,
    _number_signs,
)
