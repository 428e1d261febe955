"""What a preview says of calls, and of when they will have gone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from time import tzset

import pytest

from importer.console.preview import preview_lines, preview_object
from importer.model import Preview, RowStatus
from importer.plan import Plan

AT = 1_790_000_000.0  # 2026-09-21 14:13:20 UTC
PREVIEW = Preview(
    file="/lists/list.csv",
    name="list.csv",
    sheet=None,
    found=["2 columns"],
    account_fields="checked",
    columns=[("Email", "EmailAddress", "")],
    constants={},
    unique=["EmailAddress"],
    rows=300,
    counts=Counter({RowStatus.PENDING: 300}),
    troubles=[],
    findings=[],
    by_unique=300,
    by_stamp=0,
    by_nothing=0,
    stamp=None,
    leads=[],
    seconds=60.0,
    rate="25 calls in 5 s",
    left_today=None,
    today="",
    plan=Plan(301, 60.2, 1, AT),
    command="importer run list.csv -m m.yaml",
)
LONG = replace(PREVIEW, counts=Counter({RowStatus.PENDING: 25_000}), seconds=5_000.0)


@pytest.fixture(autouse=True)
def kolkata(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        tzset()
        yield
    tzset()


def calls(preview: Preview) -> list[str]:
    """From the line of the calls to the one before the last."""
    lines = list(preview_lines(preview))
    first = next(i for i, line in enumerate(lines) if line.startswith("calls: "))
    return lines[first:-1]


def test_a_short_import_is_told_with_how_long_it_takes() -> None:
    assert calls(PREVIEW) == ["calls: 300, about 0:01:00 at 25 calls in 5 s; nothing was sent"]


def test_a_long_import_is_told_with_its_end() -> None:
    assert calls(replace(LONG, plan=Plan(25_001, 5_000.2, 1, AT))) == [
        "calls: 25,000, about 1:23:20 at 25 calls in 5 s, until 2026-09-21 19:43+05:30 if it begins"
        " now; nothing was sent"
    ]


def test_an_import_of_several_days_is_told_with_them() -> None:
    split = replace(
        LONG,
        seconds=None,
        today="with 3 left of today's 10,000: more can go from then on",
        plan=Plan(25_001, 5_000.2, 3, AT, waits=True),
    )
    end = "over 3 days: done about 2026-09-21 19:43+05:30, where it is run again each time calls"
    assert calls(split) == [
        "calls: 25,000, with 3 left of today's 10,000: more can go from then on; nothing was sent",
        f"  about 1:23:20 at 25 calls in 5 s, {end} are free",
    ]
    unpaced = replace(split, rate="no limit", plan=Plan(25_001, None, 3, AT, waits=True))
    assert calls(unpaced)[1:] == [f"  {end} are free"]


def test_an_import_without_a_limit_is_told_so() -> None:
    unpaced = replace(PREVIEW, seconds=None, rate="no limit", plan=Plan(301, None, 1, None))
    assert calls(unpaced) == ["calls: 300, without a limit; nothing was sent"]


def test_the_plan_is_told_to_programs() -> None:
    assert preview_object(PREVIEW)["plan"] == {
        "calls": 301,
        "sending_s": 60.2,
        "days": 1,
        "ends_at": "2026-09-21T14:13:20.000Z",
    }
    none = replace(PREVIEW, plan=Plan(0, None, 0, None))
    assert preview_object(none)["plan"] == {
        "calls": 0, "sending_s": None, "days": 0, "ends_at": None,
    }  # fmt: skip
