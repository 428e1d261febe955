"""The task for Windows, as a text: no test of it runs on Windows."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from importer.drops.planned import Planned
from importer.drops.task import task
from tests.drops.scheduled import AT

FOLDER = r"C:\Users\Asha & Co\it's <100%>"
PLAN = Planned(
    words=(
        r"C:\Users\Asha & Co\Scripts\importer.exe",
        *("drops", "run", "-q", "--config", rf"{FOLDER}\importer.toml"),
        *("--journal", "D:\\a journal\\"),
    ),
    folder=FOLDER,
    stem="importer",
    at=AT,
)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def xml_of(text: str) -> str:
    found = re.search(r"^\$task = @'\n(.*?)\n'@$", text, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def values_of(xml: str | bytes) -> dict[str, str | None]:
    """By tag, of the tags that have a text."""
    found = ET.fromstring(xml)
    return {each.tag.removeprefix(TASK): each.text for each in found.iter() if not list(each)}


EXPECTED = {
    "Description": "Import what has come into the folders of importer.toml",
    "StartBoundary": "2026-01-01T02:30:00",
    "DaysInterval": "1",
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "StartWhenAvailable": "true",
    "ExecutionTimeLimit": "PT0S",
    "Enabled": "true",
    "Command": r"C:\Users\Asha & Co\Scripts\importer.exe",
    "Arguments": rf'drops run -q --config "{FOLDER}\importer.toml" --journal "D:\a journal\\"',
    "WorkingDirectory": FOLDER,
}


def test_the_task_is_xml_with_the_command_and_when_it_runs() -> None:
    xml = xml_of(task(PLAN))
    assert values_of(xml) == EXPECTED
    assert values_of(xml.encode("utf-16")) == EXPECTED, "as it says of its encoding"


def test_the_lines_around_it_register_the_task() -> None:
    text = task(PLAN)
    begin, end = "$task = @'", "'@"
    register = "Register-ScheduledTask -TaskName 'Import drops into LeadSquared' -Xml $task"
    assert text == f"{begin}\n{xml_of(text)}\n{end}\n{register}\n"


def test_variables_are_set_for_the_user_and_keys_are_only_named() -> None:
    values = {"IMPORTER_STATE": "D:\\Asha's \N{RIGHT SINGLE QUOTATION MARK}state", "NO_PROXY": "a"}
    text = task(replace(PLAN, values=values, variables=("LSQ_HOST", "LSQ_ACCESS_KEY")))
    head, _, _ = text.partition("$task")
    state = "D:\\Asha''s \N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}state"
    assert head.splitlines() == [
        "# Set for your user, by Edit environment variables for your account: LSQ_HOST,"
        " LSQ_ACCESS_KEY",
        f"[Environment]::SetEnvironmentVariable('IMPORTER_STATE', '{state}', 'User')",
        "[Environment]::SetEnvironmentVariable('NO_PROXY', 'a', 'User')",
    ]


@pytest.mark.parametrize(("folder", "is_other"), [("/home/asha/leads", True), (FOLDER, False)])
def test_paths_of_another_system_are_told(folder: str, is_other: bool) -> None:
    assert task(replace(PLAN, folder=folder)).startswith("# These paths are of another") is is_other
