"""The page of a preview: what stands on it, and that nothing of a list is more than text."""

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256

import pytest

from importer.model import Finding, Preview, RowStatus, Stamp, Trouble
from importer.page import ColumnCells, ListCells, PageRow, RowTable
from importer.plan import Plan
from importer.results import page_file
from importer.results.page import facts, lead_values, page_html, time_needed
from importer.results.page_file import HEAD, NO_HASH

MADE_AT = 1_790_000_000.0  # 21 September 2026, 14:13:20 UTC
EVIL = "\"><script>x</script>'{{ 7 }}</style>\x00\x1b‮<!--"
SHOWN = "&#34;&gt;&lt;script&gt;x&lt;/script&gt;&#39;{{ 7 }}&lt;/style&gt;\\x00\\x1b\\u202e&lt;!--"
PREVIEW = Preview(
    file="/lists/list.csv",
    name="list.csv",
    sheet=None,
    found=["2 columns", "UTF-8", "separated by commas"],
    account_fields="checked against the fields of Acme as of 2 hours ago",
    columns=[("Name", "FirstName", ""), ("Email", "EmailAddress", "trim, email")],
    constants={"Source": "Fair"},
    unique=["EmailAddress"],
    rows=300,
    counts=Counter({RowStatus.PENDING: 47, RowStatus.INVALID: 250, RowStatus.SKIPPED: 3}),
    troubles=[Trouble("bad_email", "Email", '"Email" is "x": no @', 250, [(2, "x")])],
    findings=[],
    by_unique=40,
    by_stamp=0,
    by_nothing=7,
    stamp=None,
    leads=[(3, '[{"Attribute":"FirstName","Value":"Asha"}]')],
    seconds=9.4,
    rate="25 calls in 5 s",
    left_today=None,
    today="",
    plan=Plan(49, 9.8, 1, MADE_AT + 9.8),
    command="importer run list.csv -m m.yaml",
)
TABLE = RowTable(["Email", "Name"], 1, 0, [PageRow(2, ["x", "Asha"]), PageRow(5, [" ", "Ravi"])])
CELLS = ListCells(
    [ColumnCells("Name", 300, ["Asha", "Ravi"]), ColumnCells("Email", 150, ["x"])],
    {("bad_email", "Email"): TABLE},
    [],
)


def html(preview: Preview = PREVIEW, cells: ListCells = CELLS) -> str:
    return page_html(preview, cells, MADE_AT)


def words(page: str) -> str:
    """Its text, without what is in tags, on one line."""
    body = re.sub(r"<(style|script)>.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def finding(**values: object) -> Finding:
    made = {"code": "capitals", "column": "Name", "rows": 9, "examples": [], "stops": False}
    made |= {"what": "names in capitals", "does": "they are sent so", "change": "add title"}
    return Finding(**{**made, **values})  # type: ignore[arg-type]  # each of its own type


def test_the_whole_page_is_told_in_this_order() -> None:
    assert words(html()) == (
        "Import preview: list.csv Skip to the result Import preview – nothing was sent list.csv"
        " 300 rows, 2 columns. Looked at on 21 September 2026, 14:13 UTC ."
        " What an import would do would be sent 47 would be refused 250 would be skipped 3"
        " rows in all 300 Skipped rows have nothing to do: the same row or lead stands earlier in"
        " the list, or was sent before. Read as 2 columns, UTF-8, separated by commas"
        " Fields Checked against the fields of Acme as of 2 hours ago"
        " Calls 47, one for each row that is sent Time about 9 seconds, at 25 calls in 5 s"
        " Safe to repeat 40 rows, by a unique field (EmailAddress)"
        " Without protection 7 rows: where a reply is lost, they may end in doubt"
        " What comes next Mend the rows that would be refused in the list, and look again; or send"
        " the others now: those that are refused come back in a reject file with their reasons, to"
        " be mended and run. importer run list.csv -m m.yaml"
        " Rows that would be refused Find in the rows of this page Email 250 rows"
        " Row 2: &#34;Email&#34; is &#34;x&#34;: no @ Code: bad_email Show 2 rows of 250"
        " Rows as they stand in the file; marked: Email Row Email Name 2 x Asha 5 blank Ravi"
        " 248 rows more are not shown here. All of them come in the reject file, which the run"
        " writes beside the list."
        " The columns, and where they go Columns of the file, and their fields"
        " Column Filled Examples Goes into How"
        " Name 100% (300) Asha Ravi FirstName as it is Email 50% (150) x EmailAddress trim, email"
        " What goes into every lead besides Field Value Source Fair"
        " The first leads, as they would be sent Row 3 The lead of row 3 Field Value FirstName Asha"
        " This page has data of people in it: treat it as you treat the list. It needs no network,"
        " and asks for nothing."
    )


@pytest.mark.parametrize(("stops", "times"), [(True, 39), (False, 38)])  # asked, or the command
def test_no_text_of_a_list_is_more_than_text_wherever_it_stands(stops: bool, times: int) -> None:
    place = (EVIL, EVIL)
    preview = replace(
        PREVIEW,
        name=EVIL,
        sheet=EVIL,
        found=[EVIL],
        columns=[(EVIL, EVIL, EVIL), ("gone", EVIL, "optional")],
        constants={EVIL: EVIL},
        unique=[EVIL],
        troubles=[Trouble(EVIL, EVIL, EVIL, 1, [(2, EVIL)])],
        findings=[
            finding(code=c, column=EVIL, what=EVIL, does=EVIL, change=EVIL, stops=stops)
            for c in (EVIL, "other")
        ],
        stamp=Stamp(EVIL, ""),
        by_stamp=1,
        leads=[(3, '[{"Attribute":"<b>","Value":"<i>"}]')],
        rate=EVIL,
        command=EVIL,
    )
    table = RowTable([EVIL, EVIL], 1, 0, [PageRow(2, [EVIL, EVIL], EVIL)])
    cells = ListCells([ColumnCells(EVIL, 1, [EVIL])], {place: table}, [table, table])
    page = html(preview, cells)
    assert page.count(SHOWN) == times
    assert EVIL[:10] not in page
    assert not {sign for sign in page if not (sign.isprintable() or sign == "\n")}
    tags = Counter(re.findall(r"<(\w+)", page))
    assert (tags["script"], tags["style"], tags["b"], tags["i"]) == (1, 1, 0, 0)


def test_the_policy_names_the_only_script_and_the_only_style() -> None:
    page = html()
    policy = re.search(r'Policy" content="([^"]*)"', page)
    assert policy is not None
    hashes = [
        f"&#39;sha256-{b64encode(sha256(text.encode()).digest()).decode()}&#39;"
        for tag in ("style", "script")
        for text in re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    ]
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; base-uri 'none';"
        " form-action 'none'"
    ).replace("&#39;", "'")
    assert " style=" not in page
    assert not re.search(r"https?:|src=|url\(|@import|@font-face", page)


def test_the_marker_stands_at_the_head_of_the_page() -> None:
    found = page_file.PREVIEW.marker.search(html().encode(), 0, HEAD)
    assert found is not None
    assert found[1] == NO_HASH.encode()


def test_a_list_without_a_flaw_has_its_command_and_no_problems() -> None:
    counts = Counter({RowStatus.PENDING: 300})
    page = words(html(replace(PREVIEW, troubles=[], counts=counts), replace(CELLS, problems={})))
    assert "Nothing stands in the way. This sends the rows: importer run list.csv -m m.yaml" in page
    assert "Rows that would be refused" not in page
    assert "What is striking" not in page


def test_what_has_to_be_decided_first_stands_where_the_command_would() -> None:
    asked = finding(code="order", column="Born", stops=True, what="day or month first")
    preview = replace(PREVIEW, findings=[asked, finding()])
    page = html(preview, replace(CELLS, findings=[RowTable([], 0, 0, []), TABLE]))
    assert "Decide in the mapping how “ Born ” is to be read; below it says how." in words(page)
    assert "importer run" not in page
    assert "To be decided before anything is sent. day or month first: they are" in words(page)


def test_a_finding_about_refused_rows_stands_with_their_problem() -> None:
    told = finding(code="bad_email", column="Email", what="cut off", change="send them whole")
    page = words(html(replace(PREVIEW, findings=[told]), replace(CELLS, findings=[TABLE])))
    assert "no @ cut off: they are sent so. To change that, send them whole. Code:" in page
    assert "What is striking" not in page


def test_columns_that_are_left_out_or_missing_are_shown_as_such() -> None:
    columns = [
        ("Name", "FirstName", ""),
        ("Name", "LastName", "upper"),
        ("Email", "", "left out, on purpose"),
        ("Booth", "mx_Booth", "optional, not in the file"),
    ]
    assert (
        "Name 100% (300) Asha Ravi FirstName LastName as it is upper"
        " Email 50% (150) x – left out, on purpose"
        " Booth – – mx_Booth optional, not in the file What goes"
    ) in words(html(replace(PREVIEW, columns=columns)))


def test_an_empty_list_makes_a_page_too() -> None:
    preview = replace(PREVIEW, rows=0, counts=Counter(), troubles=[], leads=[], constants={})
    cells = ListCells([ColumnCells("Name", 0, []), ColumnCells("Email", 0, [])], {}, [])
    assert "Name – (0) FirstName as it is Email – (0)" in words(html(preview, cells))


def test_the_time_tells_of_too_few_calls_and_of_no_limit() -> None:
    assert time_needed(replace(PREVIEW, seconds=None, today="3 calls are left")) == (
        "3 calls are left; about 10 seconds, at 25 calls in 5 s"
    )
    split = replace(PREVIEW, seconds=None, today="3 calls are left")
    split = replace(split, plan=Plan(49, 9.8, 3, MADE_AT, waits=True))
    assert time_needed(split) == (
        f"3 calls are left; about 10 seconds, at 25 calls in 5 s, {split.plan.end}"
    )
    assert time_needed(replace(PREVIEW, seconds=None)) == (
        "as fast as the account answers: there is no limit"
    )


def test_the_list_that_the_leads_come_onto_is_told_with_its_calls() -> None:
    assert "List" not in dict(facts(PREVIEW))
    listed = replace(PREVIEW, list_name="<b>Show</b>", list_calls=1)
    assert dict(facts(listed))["List"] == (
        "the leads are added to “<b>Show</b>”, with 1 more call or so"
    )
    assert "&lt;b&gt;Show" in html(listed)


def test_a_list_that_is_only_added_to_a_static_list_is_said_to_send_no_row() -> None:
    nothing = replace(PREVIEW, counts=Counter({RowStatus.SKIPPED: 300}), troubles=[])
    assert "way. This sends the rows: importer run" in words(html(nothing))
    listed = words(html(replace(nothing, list_name="Show", list_calls=12)))
    assert "way. This sends no row, and adds the leads to the list: importer run" in listed


def test_the_stamp_is_told_by_what_it_is_worth() -> None:
    stamped = replace(PREVIEW, by_stamp=7, by_nothing=0, stamp=Stamp("mx_Key", "", is_unique=True))
    assert ("Safe to repeat", "7 rows, by the stamp (mx_Key)") in [*facts(stamped)]
    stamped = replace(stamped, stamp=Stamp("mx_Key", ""))
    assert ("Found again", "7 rows, by the stamp (mx_Key)") in [*facts(stamped)]


def test_a_lead_is_told_field_by_field() -> None:
    body = '[{"Attribute":"A","Value":"1"},{"Attribute":"mx_S","Value":"","Fields":[{"A":"ü"}]}]'
    assert lead_values(body)[0] == ("A", "1")
