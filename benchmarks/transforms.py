"""What a transform costs: microseconds a call, and e-mail with phone against a pass of csv.reader.

`python -m benchmarks.transforms [--rows N]`: each transform on N cells, the best of three rounds;
then `email` and `phone` on a 12-column CSV of N rows whose addresses and numbers are all different,
as a ratio against one bare pass of csv.reader over it. The goal is 45 x: a staging with both may
take 60 x, and without them takes about 7 x.
"""

import csv
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.figure import Figure, at_most, sizes, tell
from importer.intake.transforms.options import Options, Transform
from importer.intake.transforms.registry import make_transform

GOAL_RATIO = 45.0
ROUNDS = 3
HEADER = "First Name,Last Name,Email,Phone,Company,Job Title,Street,City,State,Zip,Country,Notes"
EMAIL, PHONE = 2, 3
MAILERS = ("gmail.com", "yahoo.co.in", "Outlook.com", "hotmail.com", "rediffmail.com")
INDIAN = Options(region="IN")


def main() -> int:
    given = sizes(figures, __doc__)
    rows = given["rows"]
    for label, transform, cells in samples(rows):
        print(f"{label:<32} {1e6 * seconds(transform, cells) / rows:6.2f} µs a call")
    return tell(figures(**given))


def figures(rows: int = 200_000) -> list[Figure]:
    return [judged(rows, against_a_pass(rows))]


def judged(rows: int, ratio: float) -> Figure:
    name = f"`email` and `phone` by themselves, {rows:,} rows, against `csv.reader`"
    return at_most(name, ratio, GOAL_RATIO, "{:.1f} ×")


def samples(rows: int) -> Iterator[tuple[str, Transform, Sequence[str]]]:
    """A label, the transform, and its cells."""
    chosen = random.Random(1)
    names = [chosen.choice((" anna maria ", "O'NEIL", "de la Cruz")) for _ in range(rows)]
    moments = [datetime(2020, 1, 1) + timedelta(seconds=977 * i) for i in range(rows)]  # noqa: DTZ001  # as in a file
    iso = [moment.isoformat(" ") for moment in moments]
    days = [moment.strftime("%d/%m/%Y") for moment in moments]
    times = [moment.strftime("%d/%m/%Y %H:%M") for moment in moments]
    sums = [f"{chosen.randrange(10**7):,}.50" for _ in range(rows)]
    people = list(made_people(rows))
    national = [f"{80 + i % 19}{i:08d}" for i in range(rows)]
    zone = "Asia/Kolkata"
    for name in ("trim", "lower", "upper", "title"):
        yield name, make_transform(name, Options()), names
    yield "phone, mixed", make_transform("phone", INDIAN), [row[PHONE] for row in people]
    yield "phone, 9845098450", make_transform("phone", INDIAN), national
    yield "phone, 09845098450", make_transform("phone", INDIAN), [f"0{n}" for n in national]
    yield "phone, refused", make_transform("phone", INDIAN), [n[:9] for n in national]
    yield "email, mixed", make_transform("email", Options()), [row[EMAIL] for row in people]
    yield "email, refused", make_transform("email", Options()), [f"a{i}@local" for i in range(rows)]
    yield "date, DD/MM/YYYY", make_transform("date", Options(formats=("DD/MM/YYYY",))), days
    with_time = Options(formats=("DD/MM/YYYY HH:mm",), timezone=zone)
    yield f"datetime, {zone}", make_transform("datetime", with_time), times
    yield "datetime, ISO, UTC", make_transform("datetime", Options()), iso
    yield "boolean", make_transform("boolean", Options()), ["Yes", "no", "TRUE", "0"] * (rows // 4)
    yield "number, grouped", make_transform("number", Options(grouping=",")), sums


def made_people(rows: int) -> Iterator[list[str]]:
    """Rows of 12 cells; every address and number is different, in the forms of real lists."""
    chosen = random.Random(1)
    for i in range(rows):
        domain = chosen.choice(MAILERS) if i % 10 < 7 else f"company{i % 7001}.co.in"
        local = chosen.choice((f"anna.kumar{i}", f"A.Kumar{i}", f"anna_{i}"))
        street = f"{i % 300} Main Street"
        where = (street, "Pune", "Maharashtra", f"{i % 100000:05d}", "India")
        yield [
            *(f"First{i % 997}", f"Last{i % 7919}", f"{local}@{domain}", _phone(chosen, i)),
            *(f"Company {i % 5003} Ltd", "Manager", *where, f"met at booth {i % 50}"),
        ]


def _phone(chosen: random.Random, i: int) -> str:
    number = f"{chosen.randrange(70, 100)}{i:08d}"
    forms = (f"+91-{number}", f"+91 {number[:5]} {number[5:]}", number, f"91{number}")
    rarer = (f"0{number}", f"+1 415-{i % 800 + 200}-{i % 10000:04d}", f"+44 7{i:09d}")
    return chosen.choices((*forms, *rarer), weights=(40, 15, 20, 5, 10, 5, 5))[0]


def seconds(transform: Callable[[str], object], cells: Sequence[str]) -> float:
    """Of the best round. What a transform remembers of one, it knows in the next."""
    return min(_once(transform, cells) for _ in range(ROUNDS))


def _once(transform: Callable[[str], object], cells: Sequence[str]) -> float:
    started = time.perf_counter()
    for _ in map(transform, cells):
        pass
    return time.perf_counter() - started


def against_a_pass(rows: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "people.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER.split(","))
            writer.writerows(made_people(rows))
        bare = min(_pass(path) for _ in range(ROUNDS))
    people = list(made_people(rows))
    email = seconds(make_transform("email", Options()), [row[EMAIL] for row in people])
    phone = seconds(make_transform("phone", INDIAN), [row[PHONE] for row in people])
    return (email + phone) / bare


def _pass(path: Path) -> float:
    started = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
