"""A plan in words."""

from time import tzset

import pytest

from importer.plan import Plan

AT = 1_790_000_000.0  # 2026-09-21 14:13:20 UTC


def test_the_end_is_told_where_this_machine_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        tzset()
        several = Plan(25_000, 5_000.0, 3, AT, waits=True).end
        one = Plan(25_000, 5_000.0, 1, AT, waits=True).end
    tzset()
    assert one == (
        "done about 2026-09-21 19:43+05:30, where it is run again each time calls are free"
    )
    assert several == f"over 3 days: {one}"
