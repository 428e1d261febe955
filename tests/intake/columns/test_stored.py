import pytest

from importer.intake.columns.reading import ColumnReading, DateReading, NumberReading, Order
from importer.intake.columns.stored import dump_readings, load_readings

READINGS = (
    ColumnReading(),
    ColumnReading(DateReading(("D/M/YYYY", "D MMM YYYY"), Order.DAY, 312, 41, 0, 2)),
    ColumnReading(DateReading(), NumberReading()),
    ColumnReading(numbers=NumberReading(None, ".", "€", True, 0, 0, 7, 1)),
    ColumnReading(numbers=NumberReading(None, None, by_comma=1, by_point=1)),
    ColumnReading(damage=("scientific_notation", "lost_character")),
)
TEXT = (
    '[{},{"dates":{"formats":["D/M/YYYY","D MMM YYYY"],"order":"day","both":312,"day_first":41,'
    '"others":2}},{"dates":{},"numbers":{}},{"numbers":{"decimal":null,"grouping":".",'
    '"currency":"\\u20ac","percent":true,"either":7,"others":1}},{"numbers":{"decimal":null,'
    '"grouping":null,"by_comma":1,"by_point":1}},'
    '{"damage":["scientific_notation","lost_character"]}]'
)


def test_readings_are_kept_without_what_has_its_default() -> None:
    assert dump_readings(READINGS) == TEXT


@pytest.mark.parametrize("readings", [(), READINGS, READINGS[:1]])
def test_readings_come_back_as_they_were(readings: tuple[ColumnReading, ...]) -> None:
    assert load_readings(dump_readings(readings)) == readings
