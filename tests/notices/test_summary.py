"""A pass, or a stop, as a notice."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from importer.notices.summary import MOST_BODY, Notice, headline, pass_notice, stop_notice
from importer.passes import AccountReport, Fate, FileReport
from tests.notices.reports import (
    RUNNING,
    SPENT,
    VALUE,
    done,
    held,
    job,
    left_alone,
    refused_rows,
    troubled,
    waiting,
    whole_pass,
)

pytestmark = pytest.mark.usefixtures("kolkata")

END = """\
Calls of account acme in 24 hours: 731 of 10,000, 500 kept for people
Ended 2026-11-30 08:01:23+05:30, after 0:01:24. Journal: /srv/leads/importer.db"""
WELL = f"""\
All is well: 1 file imported, 240 leads created.

- trade_show.csv (events): imported; job 7, 240 rows: 240 created

{END}"""
TROUBLED = f"""\
Something is to be mended before all goes on: 2 files imported, 471 leads created, 8 rows refused, \
1 file held.

- partners-30.xlsx (partners): held, until a person accepts it
  it is not like the last one ("partners-29.xlsx"); it has 12 rows, and the one before had 14,020 \
(/srv/leads/inbox/partners/partners-30.xlsx)
- trade_show.csv (events): imported; job 7, 240 rows: 231 created, 8 refused, 1 skipped
  5 rows: bad_phone in Phone
  2 rows: MXDuplicateEntryException in Email
  1 row: duplicate_in_file
- leads-29.csv (events): imported; job 6, 240 rows: 240 created
- 1 file left alone: notes.txt

What to do:
1. partners-30.xlsx: see whether the file is whole; if it is meant so, accept the file; \
importer drops accept /srv/leads/inbox/partners/partners-30.xlsx
2. trade_show.csv: mend the rows in \
/srv/leads/inbox/events/done/2026-11-30/trade_show.rejects.csv, then:
   importer run /srv/leads/inbox/events/done/2026-11-30/trade_show.rejects.csv --account acme \
--journal /srv/leads/importer.db
(type commands in the folder of importer.toml)

{END}"""
NOT_FINISHED = """\
Not all is done yet, and the next pass goes on: 1 file imported, 240 leads created, \
5 files waiting, account acme can't go on.

- trade_show.csv (events): imported; job 7, 240 rows: 240 created
- 5 files not begun, a.csv (events), b.csv (events), c.csv (events) and 2 more: \
its account can't go on
- account acme can't go on: the day's calls are used up (/srv/leads/importer.toml, [accounts.acme])

What to do:
1. account acme: wait, or set daily_calls higher where the plan has more

Calls of account acme in 24 hours: 9,500 of 10,000, 500 kept for people
Ended 2026-11-30 08:01:23+05:30, after 0:01:24. Journal: /srv/leads/importer.db"""


def test_a_pass_without_trouble_is_told_in_one_look() -> None:
    found = pass_notice(whole_pass(done()), rows=False)
    assert found == Notice("importer: all is well", WELL, 0)


def test_a_pass_with_trouble_tells_the_worst_first_and_what_to_do() -> None:
    found = pass_notice(troubled(), rows=False)
    assert found == Notice("importer: something is to be mended", TROUBLED, 2)


def test_a_pass_that_could_not_go_on_tells_why_once() -> None:
    files = [done(), *(waiting(f"{name}.csv") for name in "abcde")]
    report = whole_pass(*files, exit_code=75, accounts=(SPENT,))
    found = pass_notice(report, rows=False)
    assert found == Notice("importer: not finished yet", NOT_FINISHED, 75)


def test_refused_rows_are_told_with_their_values_only_where_that_is_wanted() -> None:
    silent, open_ = (pass_notice(troubled(), rows=rows).body for rows in (False, True))
    assert VALUE not in silent
    more = f"""\
  row 17, Phone: {VALUE} is no phone: mend it
  row 1,204, Email: a lead has that e-mail
"""
    before = "- leads-29.csv (events): imported"
    assert open_ == silent.replace(before, more + before)


def test_nothing_that_came_in_is_well_too() -> None:
    assert headline(whole_pass()) == "All is well: no file came in."


@pytest.mark.parametrize(
    ("exit_code", "title", "begins"),
    [
        (2, "something is to be mended", "Something is to be mended before all goes on: "),
        (3, "a bug", "A bug in the importer stood in the way: "),
        (143, "stopped", "The pass was stopped, and the next one goes on: "),
    ],
)
def test_the_first_line_says_how_the_pass_ended(exit_code: int, title: str, begins: str) -> None:
    found = pass_notice(whole_pass(exit_code=exit_code), rows=False)
    assert found.title == f"importer: {title}"
    assert found.body.startswith(begins)


def test_every_fate_and_kind_of_row_is_counted() -> None:
    rows = job(9, failed=2, in_doubt=1, pending=4, sending=1, skipped=3, updated=1, deleted=1)
    files = (
        done(job=rows, created=0, fate=Fate.OPEN, exit_code=75),
        held(),
        replace(held(), fate=Fate.REFUSED),
        replace(held(), fate=Fate.BLOCKED),
        waiting("a.csv"),
    )
    found = pass_notice(whole_pass(*files, exit_code=75), rows=False).body.splitlines()
    assert found[0].partition(": ")[2] == (
        "0 leads created, 2 rows failed, 1 row in doubt, 5 rows not sent yet, 1 file refused,"
        " 1 file held, 1 file blocked, 1 file not finished, 1 file waiting."
    ).removeprefix("0 leads created, ")
    assert next(line for line in found if "trade_show" in line) == (
        "- trade_show.csv (events): not finished; job 9, 13 rows: 1 updated, 2 failed, 1 in doubt,"
        " 5 not sent yet, 3 skipped, 1 deleted"
    )


def test_leads_of_an_earlier_pass_are_told_apart() -> None:
    found = pass_notice(whole_pass(done(created=40)), rows=False)
    assert "240 rows: 240 created (40 in this pass)" in found.body


def test_a_file_that_came_again_is_imported_before_and_its_job_counts_once() -> None:
    files = (refused_rows(), refused_rows(file="again.csv", is_known=True, created=0))
    found = pass_notice(whole_pass(*files, exit_code=1), rows=False).body
    assert "231 leads created, 8 rows refused." in found.splitlines()[0]
    assert "- again.csv (events): imported before; job 7" in found
    assert "1. trade_show.csv, again.csv: mend the rows in" in found


def test_rows_of_a_finished_job_each_get_their_command() -> None:
    rows = job(9, invalid=1, failed=2, in_doubt=1)
    file = done("a b.csv", number=9, job=rows, created=0, exit_code=1, account="")
    found = pass_notice(whole_pass(file, exit_code=1), rows=False).body
    options = "--journal /srv/leads/importer.db"
    assert found.partition("What to do:\n")[2].partition("\n\n")[0] == (
        f"1. a b.csv: write the refused rows with their reasons:\n   importer rejects 9 {options}\n"
        f"2. a b.csv: send the failed rows again:\n   importer retry 9 {options}\n"
        f"3. a b.csv: decide on the rows in doubt:\n   importer resolve 9 {options}\n"
        "(type commands in the folder of importer.toml)"
    )


def test_a_command_that_the_report_gives_is_not_given_twice() -> None:
    rejects = "/srv/r.csv"
    run = f"importer run {rejects} --account acme --journal /srv/leads/importer.db"
    file = refused_rows(rejects=rejects, fix=f"mend the rows, then: {run}")
    found = pass_notice(whole_pass(file, exit_code=1), rows=False).body
    assert found.count(run) == 1


def test_a_path_of_a_command_is_quoted() -> None:
    file = refused_rows(rejects="/srv/it's here.csv")
    found = pass_notice(whole_pass(file, exit_code=1), rows=False).body
    assert """importer run '/srv/it'"'"'s here.csv' --account acme""" in found


def test_one_advice_for_many_files_is_given_once() -> None:
    files = [replace(held(), file=f"{n}.csv", fate=Fate.BLOCKED, fix="mend m") for n in range(5)]
    found = pass_notice(whole_pass(*files, exit_code=2), rows=False).body
    assert "What to do:\n1. 0.csv, 1.csv, 2.csv and 2 more: mend m\n\n" in found


def test_long_lists_are_cut() -> None:
    files = [done(f"{n}.csv", number=n, job=job(n, created=2), created=2) for n in range(24)]
    alone = [left_alone(f"{n}.txt") for n in range(4)]
    found = pass_notice(whole_pass(*files, *alone), rows=False).body
    assert "- 11.csv (events): imported; job 11, 2 rows: 2 created\n- and 12 more" in found
    assert "- and 12 more, with 24 leads created\n- 4 files left alone\n" in found


def test_many_steps_and_many_reasons_are_cut() -> None:
    refusals = [replace(each, rows=4) for each in refused_rows().refusals] * 2
    many = [refused_rows(file=f"{n}.csv", rejects=f"/{n}", refusals=refusals) for n in range(14)]
    found = pass_notice(whole_pass(*many, exit_code=1), rows=False).body
    assert "  and 12 rows for other reasons\n" in found
    assert "\nand 2 more\n(type commands" in found


def test_a_body_has_an_end_however_long_its_texts() -> None:
    long = [
        replace(held(), file=f"{n}.csv", what="w" * 5_000, fix=f"{n}" + "f" * 5_000)
        for n in range(12)
    ]
    found = pass_notice(whole_pass(*long, exit_code=1), rows=False).body
    assert len(found) < MOST_BODY + 100
    assert found.endswith("\n… cut here: importer status tells the rest")


def test_a_name_breaks_no_line_and_turns_no_text() -> None:
    name = "a\r\nAll is well\u202e\x1b[2J.csv"
    files = (done(name), replace(held(), what="line 1\r\n  line 2", file="b.csv"))
    found = pass_notice(whole_pass(*files, exit_code=1), rows=False).body
    assert "- a\\r\\nAll is well\\u202e\\x1b[2J.csv (events): imported; job 7" in found
    assert "  line 1 line 2 (/srv" in found


def test_a_stop_says_why_and_what_to_do() -> None:
    assert stop_notice(SPENT) == Notice(
        "importer: account acme can't go on",
        """\
Nothing more is sent to account acme: the day's calls are used up.
At: /srv/leads/importer.toml, [accounts.acme]
What to do: wait, or set daily_calls higher where the plan has more
Calls of account acme in 24 hours: 9,500 of 10,000, 500 kept for people
The next pass goes on where it was.""",
        75,
    )


def test_a_stop_that_needs_a_person_says_so() -> None:
    report = AccountReport("", exit_code=2, stopped="the keys are refused.")
    assert stop_notice(report) == Notice(
        "importer: the environment's account can't go on",
        "Nothing more is sent to the environment's account: the keys are refused.\n"
        "Its files wait until that is mended.",
        2,
    )


def test_calls_without_a_limit_are_told_without_one() -> None:
    accounts = (replace(RUNNING, daily_calls=None, reserve_calls=0), AccountReport("other"))
    found = pass_notice(whole_pass(accounts=accounts), rows=False).body
    assert re.findall("^Calls.*", found, re.MULTILINE) == ["Calls of account acme in 24 hours: 731"]


def test_a_file_without_a_job_is_told_with_its_reason_alone() -> None:
    file = FileReport("events", "acme", "x.csv", Fate.REFUSED, 2, "it is no CSV")
    found = pass_notice(whole_pass(file, exit_code=2), rows=False).body
    assert "- x.csv (events): refused, as a whole\n  it is no CSV\n\n" in found


def test_the_page_shows_what_is_told(root: Path) -> None:
    page = (root / "docs" / "how-to" / "be-told.md").read_text(encoding="utf-8")
    for body in (WELL, TROUBLED):
        assert f"```text\n{body}\n```" in page


def test_fields_that_the_account_changed_are_told() -> None:
    file = replace(done(), altered=("mx_City", "mx_Zip"))
    assert (
        "  the account has other values than were sent in: mx_City, mx_Zip\n"
        in pass_notice(whole_pass(file), rows=False).body
    )
