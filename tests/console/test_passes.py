"""The whole of what is said of a pass."""

from dataclasses import replace

from importer.console.passes import pass_lines, pass_object
from importer.passes import AccountReport, Fate, FileReport, PassReport
from tests.notices.reports import (
    SPENT,
    done,
    held,
    job,
    left_alone,
    refused_rows,
    waiting,
    whole_pass,
)


def lines(*files: FileReport, **given: object) -> list[str]:
    return list(pass_lines(whole_pass(*files, **given)))


def test_a_pass_over_empty_folders_says_so() -> None:
    assert lines() == ["nothing to do: the folders are empty"]


def test_a_file_that_is_done_is_told_with_its_rows_and_its_place() -> None:
    assert lines(done()) == [
        "events/trade_show.csv, job 7: done; of 240 rows 240 created",
        "  moved to: /srv/leads/inbox/events/done/2026-11-30/trade_show.csv",
    ]


def test_refused_rows_are_told_with_the_next_step() -> None:
    counts = job(7, created=1_200, invalid=5, duplicate=3, skipped=1, failed=2, in_doubt=4)
    assert lines(replace(refused_rows(), job=counts, created=1_200)) == [
        "events/trade_show.csv, job 7: done; of 1,215 rows 1,200 created, 1 skipped, 8 refused,"
        " 2 failed, 4 in doubt",
        "  moved to: /srv/leads/inbox/events/done/2026-11-30/trade_show.csv",
        "  rejects: /srv/leads/inbox/events/done/2026-11-30/trade_show.rejects.csv",
        "  next: mend the rows in that reject file, and put it into the drop's folder",
    ]


def test_known_content_and_altered_fields_are_said() -> None:
    known = done(what="imported before, as job 3: nothing was sent again", created=0)
    assert lines(replace(known, altered=("mx_City", "Phone"), moved_to=None)) == [
        "events/trade_show.csv, job 7: done; of 240 rows 240 created (0 now)",
        "  imported before, as job 3: nothing was sent again",
        "  the account has other values than were sent in: mx_City, Phone",
    ]


def test_what_a_person_has_to_mend_is_told_with_how() -> None:
    gone = FileReport("gone", "", "", Fate.BLOCKED, 2, "can't be listed", fix="make the folder")
    refused = FileReport("a", "", "a.csv", Fate.REFUSED, 2, "it is a PDF", moved_to="/r/a.csv")
    unfinished = FileReport("a", "", "b.csv", Fate.OPEN, 75, "rows are left", fix="run it again")
    assert lines(held(), gone, refused, unfinished) == [
        "partners/partners-30.xlsx: held back",
        '  it is not like the last one ("partners-29.xlsx"); it has 12 rows, and the one before'
        " had 14,020",
        "  fix: see whether the file is whole; if it is meant so, accept the file; importer drops"
        " accept /srv/leads/inbox/partners/partners-30.xlsx",
        "gone: stays",
        "  can't be listed",
        "  fix: make the folder",
        "a/a.csv: refused",
        "  it is a PDF",
        "  moved to: /r/a.csv",
        "a/b.csv: not finished",
        "  rows are left",
        "  fix: run it again",
    ]


def test_files_that_wait_for_the_same_are_told_together() -> None:
    files = [waiting(f"{number}.csv") for number in range(12)]
    growing = replace(waiting("g.csv"), what="it may still be written", fix="leave it")
    assert lines(*files, growing) == [
        f"{', '.join(f'events/{number}.csv' for number in range(10))} and 2 more: waits",
        "  its account can't go on",
        "events/g.csv: waits",
        "  it may still be written",
        "  fix: leave it",
    ]


def test_a_folder_that_another_pass_has_is_told_by_its_drop() -> None:
    busy = FileReport("events", "", "", Fate.WAITING, 75, "another pass has it", fix="wait")
    assert lines(busy) == ["events: waits", "  another pass has it", "  fix: wait"]


def test_what_is_left_alone_comes_last_and_not_without_end() -> None:
    alone = [replace(left_alone(f"{number}.txt"), what="its name") for number in range(12)]
    found = lines(*alone, done())
    assert found[:2] == lines(done())
    assert found[2:4] == ["events/0.txt: left alone", "  its name"]
    assert found[-3:] == ["events/9.txt: left alone", "  its name", "2 more files were left alone"]


def test_an_account_that_stopped_is_told() -> None:
    nameless = AccountReport("", stopped="no keys")
    assert lines(done(), accounts=(SPENT, nameless))[-3:] == [
        "account acme: the day's calls are used up",
        "  fix: wait, or set daily_calls higher where the plan has more",
        "account of the environment: no keys",
    ]


def test_programs_get_all_of_it() -> None:
    counts = job(7, created=2, invalid=1)
    report = PassReport(
        0.0,
        1.5,
        1,
        "/importer.db",
        [replace(refused_rows(), job=counts, created=2, altered=("Phone",))],
        [SPENT],
    )
    assert pass_object(report) == {
        "started_at": "1970-01-01T00:00:00.000Z",
        "ended_at": "1970-01-01T00:00:01.500Z",
        "files": [
            {
                "drop": "events",
                "account": "acme",
                "file": "trade_show.csv",
                "fate": "done",
                "exit": 1,
                "what": None,
                "where": None,
                "fix": None,
                "job": 7,
                "key": "000000000007",
                "state": "finished",
                "rows": 3,
                **{status.value: count for status, count in counts.counts.items()},
                "created_now": 2,
                "known": False,
                "moved_to": "/srv/leads/inbox/events/done/2026-11-30/trade_show.csv",
                "rejects": "/srv/leads/inbox/events/done/2026-11-30/trade_show.rejects.csv",
                "results": None,
                "report": None,
                "altered": ["Phone"],
            }
        ],
        "accounts": [
            {
                "name": "acme",
                "day_calls": 9_500,
                "daily_calls": 10_000,
                "reserve_calls": 500,
                "exit": 75,
                "stopped": "the day's calls are used up",
                "fix": "wait, or set daily_calls higher where the plan has more",
            }
        ],
    }


def test_programs_get_null_for_what_is_not_known() -> None:
    bare = FileReport("gone", "", "", Fate.BLOCKED, 2)
    files = pass_object(PassReport(0, 0, 2, "", [bare], [AccountReport("")]))["files"]
    assert isinstance(files, list)
    assert {name for name, value in files[0].items() if value is not None} == {
        "drop", "fate", "exit", "created_now", "known", "altered",
    }  # fmt: skip
