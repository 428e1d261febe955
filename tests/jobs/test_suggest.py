"""The command: what it writes and says, and what it refuses. No call is made, no journal kept."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from importer.intake.mapping import Header, load_mapping

LIST = """\
First Name,Last Name,Email,Phone,Lead Status,Birthday
Asha,Rao,asha@rao.in,+91 98450 12345,New,23/01/1985
Ravi,Nair,ravi@nair.in,+91 98450 12346,Old,02/03/1990
"""
WRITTEN = """\
# Drafted by importer suggest from list.csv (2 rows).
#
#   importer preview list.csv -m out.yaml
#   importer run list.csv -m out.yaml
#
# Nothing in it was unsure. Look it through all the same, and see a preview.
version: 1

columns:
  First Name: FirstName
  Last Name: LastName
  Email:
    field: EmailAddress
    transform: [trim, lower, email]
  Phone:
    field: Phone
    transform: phone
  Birthday:
    field: mx_DOB
    transform: date
    formats: D/M/YYYY  # the day comes first: there are days beyond 12
  # Left out: nothing stands after the colon.
  Lead Status:         # a status of another system
"""
TABLE = """\
list.csv: 6 columns, UTF-8, separated by commas
  First Name   -> FirstName      98% sure   the name
  Last Name    -> LastName       98% sure   the name
  Email        -> EmailAddress   98% sure   the name and the values
  Phone        -> Phone          99% sure   it has the field's own name
  Lead Status  -                left out    a status of another system
  Birthday     -> mx_DOB         98% sure   the name and the values
5 sure, 0 to check, 1 left out
only standard fields are named: importer fields asks for the account's own; then draft it again
mapping: {folder}/out.yaml
next: importer preview list.csv -m out.yaml
"""


def suggest(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "importer", "suggest", *options]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def test_a_draft_is_written_and_told(folder: Path) -> None:
    done = suggest(folder, "list.csv", "-o", "out.yaml")
    assert done.stderr == ""
    assert done.stdout == TABLE.format(folder=folder)
    assert done.returncode == 0
    assert (folder / "out.yaml").read_text(encoding="utf-8") == WRITTEN
    assert sorted(each.name for each in folder.iterdir()) == ["list.csv", "out.yaml"]


def test_without_o_the_text_goes_to_stdout_and_the_table_to_stderr(folder: Path) -> None:
    done = suggest(folder, "list.csv")
    mapping = load_mapping(
        done.stdout, name="out", header=Header("list.csv", LIST.split("\n")[0].split(","))
    )
    assert mapping.order == ("FirstName", "LastName", "EmailAddress", "Phone", "mx_DOB")
    assert "-> EmailAddress" in done.stderr
    assert suggest(folder, "list.csv", "-q").stderr == ""


def test_a_file_that_is_there_is_never_overwritten(folder: Path) -> None:
    (folder / "out.yaml").write_text("mine")
    (folder / "out-2.yaml").write_text("mine")
    done = suggest(folder, "list.csv", "-o", "out.yaml")
    assert done.returncode == 2
    assert done.stderr == (
        "importer: there is a file of that name already, and it is not overwritten\n"
        "  at:  out.yaml\n"
        "  fix: name another: -o out-3.yaml\n"
    )
    assert (folder / "out.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("out", "said"),
    [
        (
            "",
            "importer: -o names no file to write the mapping to\n"
            '  at:  -o "."\n'
            "  fix: name one: -o mappings/leads.yaml\n",
        ),
        (
            "list.csv/x.yaml",
            'importer: the mapping can\'t be written: "list.csv" is a file, and no folder\n'
            "  at:  list.csv/x.yaml\n"
            "  fix: name a file in a folder: -o mappings/x.yaml\n",
        ),
    ],
)
def test_where_no_file_can_be_is_told(folder: Path, out: str, said: str) -> None:
    done = suggest(folder, "list.csv", "-o", out)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_the_object_has_the_columns_and_the_mapping(folder: Path) -> None:
    told = json.loads(suggest(folder, "list.csv", "-o", "out.yaml", "--json").stdout)
    assert told["mapping"] == str(folder / "out.yaml")
    assert told["text"] == WRITTEN
    assert told["columns"][2] == {
        "column": "Email",
        "field": "EmailAddress",
        "confidence": 0.98,
        "sure": True,
        "reason": "the name and the values",
        "transforms": ["trim", "lower", "email"],
    }
    assert (told["columns"][4]["field"], told["exit"]) == (None, 0)
    (folder / "out.yaml").unlink()
    assert json.loads(suggest(folder, "list.csv", "--json").stdout)["mapping"] is None


def test_the_schema_is_named_where_it_is(folder: Path) -> None:
    (folder / "mappings").mkdir()
    (folder / "mappings" / "mapping.schema.json").write_text("{}")
    suggest(folder, "list.csv", "-o", "mappings/a.yaml")
    suggest(folder, "list.csv", "-o", "other/b.yaml")
    first = [
        (folder / name).read_text().split("\n")[0] for name in ("mappings/a.yaml", "other/b.yaml")
    ]
    assert first == [
        "# yaml-language-server: $schema=mapping.schema.json",
        "# yaml-language-server: $schema=../mappings/mapping.schema.json",
    ]


def test_a_mapping_of_the_same_list_before_decides(folder: Path) -> None:
    """Its way of reading a column too: here a status that means no mails."""
    (folder / "mappings").mkdir()
    before = "version: 1\ncolumns:\n  First Name: FirstName\n  Email: EmailAddress\n"
    before += "  Lead Status: {field: DoNotEmail, transform: boolean, true: Old, false: New}\n"
    (folder / "mappings" / "may.yaml").write_text(before)
    text = suggest(folder, "list.csv").stdout
    assert (
        "  Lead Status:\n    field: DoNotEmail\n    transform: boolean\n"
        "    true: Old\n    false: New\n"
    ) in text


def test_a_mapping_of_another_list_decides_nothing(folder: Path) -> None:
    (folder / "mappings").mkdir()
    others = "".join(f"  Column {n}: mx_A{n}\n" for n in range(8))
    before = f"version: 1\ncolumns:\n  Mail: EmailAddress\n{others}  Lead Status: Notes\n"
    (folder / "mappings" / "other.yaml").write_text(before)
    assert (
        "  Lead Status:         # a status of another system\n"
        in suggest(folder, "list.csv").stdout
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the file is empty"),
        ("A,B\n", "the list has no rows below its header"),
        ("Email,Import Row,Import Job\na@b.com,2,0123456789ab\n", "this is a reject file"),
    ],
)
def test_what_is_no_list_is_told(folder: Path, text: str, what: str) -> None:
    (folder / "none.csv").write_text(text)
    done = suggest(folder, "none.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"importer: {what}")


def test_a_list_that_makes_no_lead_is_told_and_drafted(folder: Path) -> None:
    (folder / "odd.csv").write_text("City,Country\nPune,India\nGoa,India\n")
    done = suggest(folder, "odd.csv", "-o", "odd.yaml")
    assert done.returncode == 0
    assert done.stderr.startswith("warning: no lead can be made of this list as it is")
    text = (folder / "odd.yaml").read_text()
    assert "# check: no lead can be made of this list as it is" in text
    assert "  City: mx_City\n" in text


def test_a_list_without_names_is_told_and_drafted(folder: Path) -> None:
    (folder / "bare.csv").write_text(
        "Asha,asha@rao.in,+91 98450 12345\nRavi,ravi@nair.in,+91 98450 12346\n"
    )
    done = suggest(folder, "bare.csv", "-o", "bare.yaml", "--json")
    (check,) = json.loads(done.stdout)["checks"]
    assert check.startswith("the row that names the columns looks like values: add a first row")
    assert f"# check: {check}\nversion: 1\n" in (folder / "bare.yaml").read_text()
    assert f"  check: {check}\n" in suggest(folder, "bare.csv", "-o", "again.yaml").stdout


def test_columns_of_one_name_go_by_their_letters(folder: Path) -> None:
    (folder / "twice.csv").write_text("Email,Email,Name\na@b.com,,Asha Rao\nc@d.com,,Ravi Nair\n")
    text = suggest(folder, "twice.csv").stdout
    assert '  A:\n    field: EmailAddress  # check: "Email" stands there more than once' in text


def test_asking_needs_a_terminal(folder: Path) -> None:
    done = suggest(folder, "list.csv", "--ask")
    assert done.returncode == 2
    assert done.stderr == (
        "importer: --ask goes through the unsure columns with you, and there is no terminal to ask"
        ' at\n  fix: leave --ask out, and look at the lines with "check:" in the mapping\n'
    )


def answer(folder: Path, *answers: str) -> subprocess.CompletedProcess[str]:
    ours, theirs = pty.openpty()
    os.write(ours, "".join(f"{each}\n" for each in answers).encode())
    command = [sys.executable, "-m", "importer", "suggest", "ask.csv", "--ask", "-o", "ask.yaml"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, stdin=theirs, check=False
    )
    os.close(ours)
    os.close(theirs)
    return done


def test_the_answers_of_a_person_go_into_the_mapping(folder: Path) -> None:
    (folder / "ask.csv").write_text(
        "Email,Description,WhatsApp\na@b.com,tall,+91 98450 12345\nc@d.com,small,+91 98450 12346\n"
    )
    done = answer(folder, "0", "2")
    assert done.returncode == 0, done.stderr
    text = (folder / "ask.yaml").read_text()
    assert "  Description:  # left out by a person\n" in text
    assert "  WhatsApp:\n    field: Phone\n    transform: phone\n" in text
    assert "# check" not in text


def test_a_schema_name_may_be_typed_and_a_wrong_one_is_told(folder: Path) -> None:
    (folder / "ask.csv").write_text("Email,Description\na@b.com,tall\nc@d.com,small\n")
    done = answer(folder, "abc", "9", "emailaddress", "mx_Citty", "mx_city")
    assert done.returncode == 0, done.stderr
    told = [line[line.index("Error") :] for line in done.stderr.split("\n") if "Error" in line]
    assert told == [
        'Error: "abc" is no number and no schema name of the account. Give a number from 0 to 1, or'
        " a schema name",
        "Error: 9 is none of the numbers: give a number from 0 to 1, or a schema name",
        'Error: EmailAddress is fed by "Email" already: give a number from 0 to 1, or a schema'
        " name",
        'Error: "mx_Citty" is no schema name of the account; did you mean "mx_City"? Give a number'
        " from 0 to 1, or a schema name",
    ]
    assert "  Description: mx_City\n" in (folder / "ask.yaml").read_text()


def test_how_values_are_made_is_asked_too(folder: Path) -> None:
    (folder / "ask.csv").write_text(
        "Email,DOB,Phone\na@b.com,01/02/1980,98450 12345\nc@d.com,03/02/1985,98450 12346\n"
    )
    done = answer(folder, "2", "1")
    assert done.returncode == 0, done.stderr
    text = (folder / "ask.yaml").read_text()
    assert "    transform: date\n    formats: M/D/YYYY\n" in text
    assert "    transform: phone\n    region: IN\n" in text
    assert "# check" not in text


def test_a_workbook_goes_the_same_way(folder: Path, root: Path) -> None:
    path = root / "sample_data" / "crm_export.xlsx"
    text = suggest(folder, str(path)).stdout
    assert "  Email Opt Out:\n    field: DoNotEmail\n    transform: boolean\n" in text
