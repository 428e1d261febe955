"""Made-up tables to measure with."""

import csv
from pathlib import Path

HEADER = ("First Name", "Last Name", "Email", "Phone", "City")


def write_people(path: Path, count: int) -> Path:
    """Five columns; every row has an e-mail and a phone of its own."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(
            (f"First{i}", f"Last{i}", f"person.{i}@example.com", f"+91-98{i:08d}", "Pune")
            for i in range(count)
        )
    return path
