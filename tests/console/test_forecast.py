"""The whole of what is said of a pass before it is made."""

from collections.abc import Iterator
from time import tzset

import pytest

from importer.console.forecast import forecast_lines, forecast_object, plan_words
from importer.passes import Expected, Fate, Forecast
from importer.plan import Plan

AT = 1_790_000_000.0  # 2026-09-21 14:13:20 UTC
SHORT = Plan(301, 60.2, 1, AT)
LONG = Plan(25_001, 5_000.2, 3, AT, waits=True)


@pytest.fixture(autouse=True)
def kolkata(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        tzset()
        yield
    tzset()


def test_empty_folders_are_said() -> None:
    assert list(forecast_lines(Forecast([], {"acme": Plan(0, None, 0, None)}, {}))) == [
        "nothing to do: the folders are empty"
    ]


def test_each_file_and_account_is_told() -> None:
    files = [
        Expected("events", "acme", "a.csv", Fate.DONE, "3 rows, 3 calls", fix="none", calls=3),
        Expected("events", "acme", "b.csv", Fate.HELD, "it is shorter", fix="accept it"),
        Expected("events", "acme", "c.csv", Fate.REFUSED, "it is a PDF", fix="export it anew"),
        Expected("events", "acme", "d.txt", Fate.LEFT_ALONE, "its name does not fit"),
        Expected("events", "acme", "e.csv", Fate.OPEN, "rows are left"),
        Expected("events", "acme", "f.csv", Fate.WAITING, "it grows"),
        Expected("gone", "", "", Fate.BLOCKED, "can't be listed", "/srv/gone", "make the folder"),
    ]
    plans = {"acme": SHORT, "": LONG, "idle": Plan(0, None, 0, None)}
    assert list(forecast_lines(Forecast(files, plans, {"": "no keys", "more": "no host"}))) == [
        "events/a.csv: would be imported: 3 rows, 3 calls",
        "events/b.csv: would be held back: it is shorter",
        "  fix: accept it",
        "events/c.csv: would be refused: it is a PDF",
        "  fix: export it anew",
        "events/d.txt: left alone: its name does not fit",
        "events/e.csv: would go on: rows are left",
        "events/f.csv: would wait: it grows",
        "gone: would stay: can't be listed",
        "  at:  /srv/gone",
        "  fix: make the folder",
        "account acme: 301 calls, 0:01:00, until 2026-09-21 19:43+05:30 if it begins now; nothing"
        " was sent",
        "account of the environment: 25,001 calls, 1:23:20 of sending, over 3 days: done about"
        " 2026-09-21 19:43+05:30, where it is run again each time calls are free; nothing was sent",
        "account of the environment: no keys",
        "account more: no host",
    ]


def test_a_plan_without_a_limit_has_no_end() -> None:
    assert plan_words(Plan(1, None, 1, None)) == "1 call, as fast as the account answers"


def test_a_plan_that_only_the_day_limits_has_no_pace() -> None:
    assert plan_words(Plan(2, None, 1, AT, waits=True)) == (
        "2 calls, done about 2026-09-21 19:43+05:30, where it is run again each time calls are free"
    )


def test_programs_get_all_of_it() -> None:
    files = [
        Expected("events", "acme", "a.csv", Fate.DONE, "3 rows, 3 calls", calls=3),
        Expected("gone", "", "", Fate.BLOCKED, "can't be listed", "/srv/gone", "make the folder"),
    ]
    assert forecast_object(Forecast(files, {"acme": SHORT}, {"": "no keys"})) == {
        "files": [
            {
                "drop": "events",
                "account": "acme",
                "file": "a.csv",
                "fate": "done",
                "what": "3 rows, 3 calls",
                "where": None,
                "fix": None,
                "calls": 3,
            },
            {
                "drop": "gone",
                "account": None,
                "file": None,
                "fate": "blocked",
                "what": "can't be listed",
                "where": "/srv/gone",
                "fix": "make the folder",
                "calls": 0,
            },
        ],
        "plans": [
            {
                "account": "acme",
                "calls": 301,
                "sending_s": 60.2,
                "days": 1,
                "ends_at": "2026-09-21T14:13:20.000Z",
            }
        ],
        "missing": [{"account": None, "what": "no keys"}],
    }
