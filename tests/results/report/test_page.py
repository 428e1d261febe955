"""The report's page: what it says of a job that has everything, and that nothing of it runs."""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from importer.journal.figures import Reason
from importer.journal.job import MappingText
from importer.journal.journal import Journal
from importer.journal.purge import remove_rows
from importer.journal.rows import Rows
from importer.model import Check, JobState, Outcome, RowStatus, Verification
from importer.results.report.gather import MOST_DUPLICATES, MOST_REASONS, Example, Group, Report
from importer.results.report.page import clock, report_html, sentence, signed
from tests.journal.stored import NOW, create_job, make_job, people
from tests.results.report.everything import (
    EVIL,
    KNOWN,
    SHOWN,
    TAKEN,
    WEB,
    everything,
    report_of,
)
from tests.results.report.reading import Parsed

SECTIONS = {
    "": (
        "Import report: list.csv Skip to the result Import report list.csv Job 1, sheet “ "
        "Sheet 1 ”; 26 rows, 3 columns. As it stood on 14 Nov 2023, 22:23 UTC, as all times "
        "here."
    ),
    "What became of the list": (
        "13 of 26 rows are leads in LeadSquared by this list; 1 row is still to be sent; 1 row was"
        " sent, and the reply is not known yet; 1 lead was deleted again; 8 rows need you. What"
        " became of the rows in LeadSquared by this list 13, still to be sent 1, undone: the "
        "lead was deleted 1, nothing to do 2, sent, not known whether it arrived 2, failed: not "
        "there 1, refused 6 in LeadSquared by this list: 13 (50%) still to be sent: 1 (4%) "
        "undone: the lead was deleted: 1 (4%) nothing to do: 2 (8%) sent, not known whether it "
        "arrived: 2 (8%) failed: not there: 1 (4%) refused: 6 (23%) The rows by status "
        "Each row has one of these; together they are the rows of the list Status "
        "Rows Means pending 1 to be sent"
        " sending 1 sent, the reply not known yet created 13 leads in the account, by this "
        "file updated 0 leads changed duplicate 2 refused: another lead has that e-mail or "
        "phone rejected 2 refused by LeadSquared invalid 2 not sent: something is wrong with "
        "the row failed 1 not there: errors outlasted the tries in_doubt 1 sent, and nothing "
        "tells whether they arrived skipped 2 nothing to do: sent before, there already, left"
        " out, or given up deleted 1 undone all 26 rows of the list"
    ),
    "What to do next": (
        "Mend the rows in list.rejects.csv; then run the file: importer run "
        "'list.rejects.csv' Lists the in_doubt rows, for you to decide on: importer resolve 1"
        " To be typed in the folder /home/asha/leads ."
    ),
    "Rows that were not taken, and why": (
        "Reasons, by column Column Rows Reason Status Email 2 MXDup duplicate Name; Phone 2 "
        "bad_name invalid The row as a whole 1 HTTP 503 failed The row as a whole 1 "
        "ReadTimeout in_doubt The row as a whole 1 MXBad rejected \"><script>x</script>'{{ 7 "
        "}}</style>\\x00\\x1b\\u202e<!-- 1 MXBad rejected Email 2 rows MXDup : refused: another "
        "lead has that e-mail or phone The rows Row Email Why, and how to mend it 10 "
        "p8@example.com There: \"><script>x</script>'{{ 7 }}</style>\\x00\\x1b\\u202e<!-- 11 "
        "p9@example.com There. Mend it Name; Phone 2 rows The name is bad. So is the phone. "
        "bad_name : not sent: something is wrong with the row The rows Row Name; Phone 26 "
        "\"><script>x</script>'{{ 7 }}</style>\\x00\\x1b\\u202e<!-- 27 blank The row as a whole 1"
        " row Busy. HTTP 503 : not there: errors outlasted the tries Row 14 The row as a "
        "whole 1 row Nobody knows. ReadTimeout : sent, and nothing tells whether they arrived"
        " Row 15 The row as a whole 1 row No such city. MXBad : refused by LeadSquared Row 13"
        " \"><script>x</script>'{{ 7 }}</style>\\x00\\x1b\\u202e<!-- 1 row "
        "\"><script>x</script>'{{ 7 }}</style>\\x00\\x1b\\u202e<!-- MXBad : refused by "
        "LeadSquared Row 12"
    ),
    "People who were there already": (
        "3 rows met a lead that was there before this list: it has the same e-mail, phone or other"
        " unique value, or an earlier import made it of the same row. Show 3 rows "
        "Rows, and the leads that stand in their way Row Column Value, or why The lead that is "
        "there 10 Email p8@example.com 12345678-9abc-def0-1234-56789abcdef0 11 Email "
        "p9@example.com not told by LeadSquared 23 Email p21@example.com "
        "12345678-9abc-def0-1234-56789abcdef0"
    ),
    "Rows that stand twice in the list": (
        "1 row repeats another row of this list, or a unique value of one; no second lead was "
        "made of it. Show the row Rows, and what they repeat Row Why The lead of the other row "
        "21 As row 2. see that row"
    ),
    "Rows with nothing to do": (
        "Why they were skipped Reason Rows Such as MXDup Email 1 row 23: There. same_row 1 "
        "row 21: As row 2."
    ),
    "Calls without an answer, and how it came out": (
        "Of 7 rows a call was left without a reply that proves something: the lead might have"
        " been made, or not. None was sent again before that was looked for. How it came out "
        "What became of them Rows Found in the account: not sent again 1 A person said which "
        "lead it is 1 Not there: sent again, and created 1 Sent again, and refused: the lead "
        "that was there is its own 1 Not there; the errors outlasted the tries 1 Nothing "
        "tells: still in doubt, for a person to decide on 1 Not known yet: it is still to be "
        "looked for 1 Show 7 rows Rows, and the last of their calls without an answer Row "
        "What came instead What became of it 14 HTTP 503, without LeadSquared’s own words Not"
        " there; the errors outlasted the tries 15 no reply: ReadTimeout Nothing tells: still"
        " in doubt, for a person to decide on 16 no reply: ReadTimeout Found in the account: "
        "not sent again 17 HTTP 500, without LeadSquared’s own words Not there: sent again, "
        "and created 18 HTTP 502, without LeadSquared’s own words Sent again, and refused: "
        "the lead that was there is its own 19 no reply: ReadError A person said which lead "
        "it is 24 the run ended before the reply came Not known yet: it is still to be looked"
        " for 1 row is in doubt: nothing tells whether the lead is there, and only a person "
        "can."
    ),
    "How fast it went": (
        "calls of Lead.Create 29 of the quota used 100.0% typical time to reply 150 ms "
        "throttled, of all kinds of calls 1 Calls over time 29 calls in 5 seconds of work, 100.0% "
        "of the limit of 25 calls in 5 s 0 5 10 15 20 25 run 1 run 2 Calls of Lead.Create in 5 s, "
        "by the time that was worked; the line is the limit, 25 calls in 5 s. The time between two "
        "runs is left out. Look-ups take their part of the quota, and are not in it. The figures "
        "of this picture Calls by run Run First call Worked Calls Limit Quota used run 1 14 "
        "Nov 2023, 22:13 1 second 8 25 calls in 5 s 100.0% run 2 14 Nov 2023, 22:16 4 seconds"
        " 21 25 calls in 5 s 100.0% Calls of Lead.Create in each 5 seconds of work From Calls"
        " Throttled 0:00:00 8 0 0:00:05 1 0 0:00:10 20 1 How long a reply took Half of the "
        "replies came within 150 ms , 95 of 100 within 150 ms ; the slowest took 150 ms. Time"
        " until the reply most of them, 17, took 150–159 ms 0 5 10 15 20 90 110 130 150 Calls"
        " of Lead.Create by the time until their reply, in whole milliseconds. The figures of this "
        "picture Calls of Lead.Create by the time until their reply Time Calls 90–99 ms 8 "
        "100–109 ms 0 110–119 ms 0 120–129 ms 0 130–139 ms 0 140–149 ms 0 150–159 ms 17 What "
        "the account answered Calls that left, by their answers Call Answer Calls Lead.Create"
        " HTTP 200 11 Lead.Create HTTP 503 5 Lead.Create HTTP 500, MXDup 4 Lead.Create no "
        "reply, ReadTimeout 2 Lead.Create HTTP 400, MXBad 2 Lead.Create no reply 1 "
        "Lead.Create no reply, ReadError 1 Lead.Create HTTP 200 (throttled) 1 Lead.Create "
        "HTTP 500 1 Lead.Create HTTP 502 1 Lead/Delete/ById HTTP 200 1 Leads.RecentlyModified "
        "HTTP 200 1 Calls that belong to no job are not in it: those that ask whose the keys are, "
        "and what fields and users the account has. Rows by the calls of Lead.Create that they "
        "took Calls Rows 1 18 2 3 5 1"
    ),
    "Static lists": (
        "Lists of the account that the leads were added to List Leads added "
        "\"><script>x</script>'{{ 7 }}</style>\\x00\\x1b\\u202e<!-- 0 Newsletter 1"
    ),
    "Runs, and what people decided": (
        "Runs of this job Run Started What Took Limit Calls Created Refused Deleted run 1 14 "
        "Nov 2023, 22:13 rows sent killed 25 calls in 5 s 8 +8 0 0 run 2 14 Nov 2023, 22:16 "
        "rows sent 5 seconds 25 calls in 5 s 21 +5 +4 +1 run 3 14 Nov 2023, 22:20 leads "
        "deleted 1 second no limit 1 0 0 0 Created, refused and deleted: by how many rows these "
        "became more (+) or fewer (−) in that run. 2 rows were refused when the list was checked,"
        " before the first run, and are in none of them. Calls: of Lead.Create, or of "
        "Lead/Delete/ById where leads were deleted; look-ups are not in it. What people decided "
        "about rows Decision Times "
        "First Last mark_created 1 14 Nov 2023, 22:18 14 Nov 2023, 22:18"
    ),
    "The mapping": (
        f"Rows are made into leads by {SHOWN}.yaml , version 2, since the mapping, or what the "
        "account takes, was changed last. Earlier leads were made by earlier versions: Versions of"
        f" the mapping, the newest first Version File Leads made 2 {SHOWN}.yaml 0 1 first.yaml 14 "
        "Leads made: those that were deleted since, too. Show the mapping, version 2 version: 1 "
        f"columns: Email: EmailAddress # {SHOWN} Show the mapping, version 1 version: 1 columns: "
        "{Email: EmailAddress}"
    ),
    "The ledger": (
        "Every row of the list is accounted for: all of these were checked, and hold. What "
        "was checked in the journal What Holds Found counts yes 26 rows Reject file: none was"
        " written yet. File /lists/list.csv Job key 994a849e4921 Account org-1 Encoding utf-8"
        " Staged 14 Nov 2023, 22:13 This page has data of people in it: treat it as you treat"
        " the list. It needs no network, and asks for nothing."
    ),
}
# All that a page may be made of: no script, no frame, no form, nothing that is fetched.
KNOWN_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "footer"),
    *("h1", "h2", "h3", "p", "a", "b", "bdi", "mark", "code", "pre", "span", "time", "div"),
    *("figure", "figcaption", "svg", "desc", "g", "rect", "path", "text", "ul", "ol", "li"),
    *("details", "summary", "article", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
KNOWN_ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "href", "rel", "id", "dir"),
    *("tabindex", "role", "aria-labelledby", "aria-label", "aria-hidden", "scope", "datetime"),
    *("viewbox", "preserveaspectratio", "width", "height", "x", "y", "d", "transform"),
}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "importer.db", create=True) as opened:
        yield opened


@pytest.fixture
def report(journal: Journal) -> Report:
    return report_of(journal, everything(journal))


@pytest.fixture
def page(report: Report) -> Parsed:
    return Parsed(report_html(report))


def test_every_section_says_what_the_journal_has(page: Parsed) -> None:
    for heading, words in SECTIONS.items():
        assert page.sections[heading] == words
    assert [*page.sections] == [*SECTIONS]


def test_the_page_is_the_same_for_the_same_report(report: Report) -> None:
    assert report_html(report) == report_html(report)


def test_nothing_on_the_page_runs_or_is_fetched(report: Report, page: Parsed) -> None:
    assert {*page.tags()} <= KNOWN_TAGS
    names = {name for _, attributes in page.elements for name in attributes}
    assert names <= KNOWN_ATTRIBUTES
    assert page.comments == []
    (policy,) = [each["content"] for each in page.of("meta") if "http-equiv" in each]
    style = re.search("<style>(.*?)</style>", report_html(report), re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import", style[1])


def test_a_hostile_text_is_only_text(page: Parsed) -> None:
    """Of a cell, a column, a reason, a list and the mapping, each as often as it stands there."""
    assert [text for text in page.texts if EVIL in text] == []
    assert sum(SHOWN in text for text in page.texts) == 9


def test_headings_are_in_order_and_each_id_is_there_once(page: Parsed) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = Counter(each["id"] for _, each in page.elements if each.get("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    named = [
        name
        for _, each in page.elements
        for name in (each.get("aria-labelledby") or "").split()
        + ([(each.get("href") or "")[1:]] if (each.get("href") or "").startswith("#") else [])
    ]
    assert [name for name in named if name not in ids] == []


def test_pictures_have_a_text_and_tables_a_caption_and_scopes(page: Parsed) -> None:
    charts = [each for each in page.of("svg") if each.get("class") == "chart"]
    assert [each["role"] for each in charts] == ["img"] * 3
    others = [each for each in page.of("svg") if each.get("class") != "chart"]
    assert {each["aria-hidden"] for each in others} == {"true"}
    tags = page.tags()
    assert tags["caption"] == tags["table"]
    assert [each for each in page.of("th") if each.get("scope") not in ("col", "row")] == []
    scrolls = [each for each in page.of("div") if "scroll" in (each.get("class") or "")]
    assert {(each["role"], each["tabindex"]) for each in scrolls} == {("region", "0")}


def test_a_lead_is_linked_only_where_the_address_is_one_of_the_web(journal: Journal) -> None:
    job = everything(journal)
    report = report_of(journal, job)

    def links(web: str) -> list[str | None]:
        page = Parsed(report_html(replace(report, web=web)))
        return [each["href"] for each in page.of("a") if "rel" in each]

    lead = f"https://in21.leadsquared.com/LeadManagement/LeadDetails?LeadID={TAKEN}"
    assert links(report.web) == [lead, lead]
    assert links("") == links("javascript:alert(1)//") == []


def test_a_lead_that_was_undone_is_said_to_be_and_has_no_link(journal: Journal) -> None:
    """Of the first list, whose row was met by the second, and repeated in the first itself."""
    job, other = make_job(journal, people(2)), make_job(journal, people(1), sha256="cd" * 32)
    with journal.transaction():
        rows = Rows(journal, job)
        rows.finish(2, Outcome(RowStatus.DELETED, lead_id=TAKEN), NOW, old=RowStatus.PENDING)
        outcome = Outcome(RowStatus.SKIPPED, "same_row", "As row 2.", existing_id=TAKEN)
        rows.finish(3, outcome, NOW, old=RowStatus.PENDING)
        outcome = Outcome(RowStatus.SKIPPED, "accepted_before", "Job 1.", existing_id=TAKEN)
        Rows(journal, other).finish(2, outcome, NOW, old=RowStatus.PENDING)
    for each, heading in (
        (job, "Rows that stand twice in the list"),
        (other, "People who were there already"),
    ):
        html = report_html(replace(report_of(journal, each), web=WEB))
        assert Parsed(html).sections[heading].endswith(" undone since: that lead was deleted")
        assert str(TAKEN) not in html


def test_a_job_that_is_done_has_nothing_to_do(journal: Journal) -> None:
    job = make_job(journal, [])
    page = Parsed(report_html(report_of(journal, job, replace(KNOWN, steps=()))))
    assert page.sections["What to do next"] == (
        "Nothing: no row is left to be sent, mended or decided on."
    )
    assert page.sections["What became of the list"].startswith("The list has no rows.")
    assert "How fast it went" not in page.sections


def test_a_purged_job_tells_what_was_kept(journal: Journal) -> None:
    job = everything(journal)
    with journal.transaction():
        journal.set_state(job, JobState.FINISHED, NOW)
    remove_rows(journal, job, iter(()), iter(()), NOW + 86_400_000)
    page = Parsed(report_html(report_of(journal, journal.job(job.number))))
    assert (
        "were purged on 15 Nov 2023, 22:13 : its cells" in page.sections["What became of the list"]
    )
    assert page.sections["How fast it went"].startswith("calls of Lead.Create 29")
    assert f"{SHOWN}.yaml – 1 first.yaml – Leads made" in page.sections["The mapping"]
    assert f"Email: EmailAddress # {SHOWN} Show" in page.sections["The mapping"]
    assert not {"Rows that were not taken, and why", "Rows that stand twice in the list"} & {
        *page.sections
    }


def test_a_run_under_way_is_said_and_a_ledger_that_does_not_hold(journal: Journal) -> None:
    job = everything(journal)
    wrong = Verification([Check("rows", False, "1 row is missing", "put it back")], [])
    known = replace(KNOWN, is_at_work=True, ledger=wrong)
    page = Parsed(report_html(report_of(journal, job, known)))
    assert "A run is at work on it right now" in page.sections["What became of the list"]
    assert page.sections["The ledger"].startswith(
        "Something does not hold: see below, and importer verify 1 . What was checked in the"
        " journal What Holds Found rows NO 1 row is missing; to mend it: put it back"
    )


def test_what_is_left_out_is_said_and_a_page_stays_small(journal: Journal) -> None:
    """Whatever stands in the cells, and however many reasons there are."""
    job = make_job(journal, people(3))
    with journal.transaction():
        for number in range(30):
            text = ('"' if number % 2 else "\U000e0001") * 90_000
            journal.add_mapping(job, MappingText(1, EVIL * 90, text, f"{number:064}"))
    worst = "\U000e0001" * 9_000
    groups = [
        Group(
            Reason(RowStatus.INVALID, worst, worst, 10**9),
            "",
            True,
            [Example(number, worst[:150], worst) for number in range(5)],
        )
    ] * MOST_REASONS
    report = report_of(journal, journal.job(job.number))
    report = replace(report, groups=groups, left_reasons=940, all_duplicates=9_000)
    html = report_html(report)
    assert len(html.encode()) < 2_000_000
    assert "940 reasons more, of fewer rows each, are not shown here: the reject file has" in html
    assert "11 versions more, which made fewer leads or none, are not shown here." in html
    assert "28 other texts of it are not shown here." in html


def test_of_many_duplicates_the_first_are_shown(journal: Journal) -> None:
    job = everything(journal)
    report = report_of(journal, job)
    many = [*report.duplicates] * 67
    report = replace(report, duplicates=many[:MOST_DUPLICATES], all_duplicates=1_200)
    page = Parsed(report_html(report))
    words = page.sections["People who were there already"]
    assert words.startswith("1,200 rows met a lead")
    assert words.endswith(
        "1,000 rows more are not shown here; all of them stand in the results file."
    )


def test_a_row_of_an_earlier_import_is_told_by_its_reason(journal: Journal) -> None:
    job = make_job(journal, people(3))
    with journal.transaction():
        reason = "accepted before, as row 5 of job 1 (list.csv)"
        outcome = Outcome(RowStatus.SKIPPED, "accepted_before", reason, existing_id=TAKEN)
        Rows(journal, job).finish(2, outcome, NOW, old=RowStatus.PENDING)
    page = Parsed(report_html(report_of(journal, job)))
    assert page.sections["People who were there already"].endswith(
        f" 2 The row as a whole Accepted before, as row 5 of job 1 (list.csv) {TAKEN}"
    )
    assert "Rows that stand twice in the list" not in page.sections


def test_a_job_of_an_older_journal_has_no_runs(journal: Journal) -> None:
    job = everything(journal)
    with journal.transaction():
        journal.execute("DELETE FROM run")
    page = Parsed(report_html(report_of(journal, job)))
    assert "before runs were kept 14 Nov 2023, 22:13" in page.sections["How fast it went"]
    assert page.sections["Runs, and what people decided"].startswith("What people decided")


def test_a_job_without_a_name_in_its_path_is_told_all_the_same(journal: Journal) -> None:
    job = create_job(journal, file="/lists/\udcff.csv")
    assert "\\udcff.csv" in Parsed(report_html(report_of(journal, job))).sections[""]


def test_times_and_numbers_are_told_as_people_read_them() -> None:
    assert [clock(0), clock(65), clock(7_265), clock(90_000)] == [
        "0:00:00", "0:01:05", "2:01:05", "1 d 01:00",
    ]  # fmt: skip
    assert [signed(0), signed(1_200), signed(-3)] == ["0", "+1,200", "−3"]
    assert sentence("mend it.") == "Mend it"
