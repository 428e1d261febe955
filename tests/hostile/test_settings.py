"""importer.toml, mappings, hosts and paths that are not what they should be."""

import os
from pathlib import Path

import pytest

from importer.settings.document import MAX_BYTES, MOST_DOTS
from tests.acceptance.world import Done
from tests.hostile.limits import MAPPING, limited

NO_FILE = "this is a folder or a device, not a file"
LIST = "First Name,Email\nAda,ada@example.com\n"
DEEP_ENTRY = "a." * MOST_DOTS + "a{}=1\n"
SECOND = "if it is a new list, rename or remove the columns Import Row and Import Job"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a list and its mapping, and a pipe into which nobody writes."""
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    os.mkfifo(tmp_path / "pipe", 0o600)
    return tmp_path


def refusal(done: Done) -> tuple[str, str, str]:
    """Of a command that was refused: what, where and the remedy."""
    assert done.code == 2, done
    error = done.json["error"]
    return error["what"], error["where"] or "", error["fix"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("x=" + "[" * 60_000, "lists or tables stand too deep in each other"),
        ("x=" + "{a=" * 20_000, "lists or tables stand too deep in each other"),
        ("x=[" + "\n[" * 30_000, "lists or tables stand too deep in each other"),
        ("a." * 32_000 + "a=1", f"the line has more than {MOST_DOTS} dots"),
        ("[" + '"".' * 16_000 + "a]", f"the line has more than {MOST_DOTS} dots"),
        ("x=" + "1" * 60_000, "a number has too many digits"),
        ("journal=0x" + "f" * 60_000, "journal is a number of very many digits"),
        ("#" * (MAX_BYTES + 1), "the settings have more than 65,536 bytes"),
    ],
    ids=lambda text: text[:12],
)
def test_settings_that_are_large_or_deep_are_refused(folder: Path, text: str, what: str) -> None:
    (folder / "importer.toml").write_text(text)
    assert what in refusal(limited(folder, "status", "--json"))[0]


@pytest.mark.parametrize(
    "entries",
    [
        [DEEP_ENTRY.format(number) for number in range(1_000)],
        ["b{}." + "a." * (MOST_DOTS - 1) + "a=1\n"] * 1_000,
        ["[b{}" + ".a" * MOST_DOTS + "]\n"] * 1_000,
        ["x{}={{" + "a." * MOST_DOTS + "a=1}}\n"] * 1_000,
        ["x=[\n", *(["{" + "a." * MOST_DOTS + "a=[\n"] * 150)],
        ["a{}=1\n"] * 7_000,
        ["accounts.a{}.b=1\n"] * 3_000,
    ],
    ids=range(7),
)
def test_settings_of_the_most_bytes_take_no_time(folder: Path, entries: list[str]) -> None:
    text = "".join(entry.replace("{}", str(i)) for i, entry in enumerate(entries))
    text = text.replace("{{", "{").replace("}}", "}")
    (folder / "importer.toml").write_text(text[: text.rfind("\n", 0, MAX_BYTES)])
    assert refusal(limited(folder, "status", "--json"))[2]


def test_settings_without_end_are_read_no_further_than_they_may_be_long(folder: Path) -> None:
    with (folder / "importer.toml").open("wb") as file:
        file.truncate(4 << 30)
    what, _, _ = refusal(limited(folder, "status", "--json"))
    assert what == "the settings have more than 65,536 bytes"


@pytest.mark.parametrize("name", ["pipe", "/dev/zero", "."])
def test_what_is_no_file_is_neither_settings_nor_a_mapping(folder: Path, name: str) -> None:
    what, _, _ = refusal(limited(folder, "status", "--config", name, "--json"))
    assert what in ("the file of settings is a device", "the file of settings is a folder")
    done = limited(folder, "preview", "list.csv", "-m", name, "--json")
    assert refusal(done) == (NO_FILE, name, "name a YAML file with -m")


@pytest.mark.parametrize("name", ["pipe", "/dev/null", "/dev/zero"])
def test_a_device_is_no_journal_and_nothing_is_made_beside_it(folder: Path, name: str) -> None:
    beside = [folder, Path("/dev")]
    before = [sorted(os.listdir(each)) for each in beside]
    for command in (("status",), ("salvage",), ("preview", "list.csv", "-m", "mapping.yaml")):
        what, where, fix = refusal(limited(folder, *command, "--journal", name, "--json"))
        assert (what, fix) == ("this is a device, and no journal", "name a file with --journal")
        assert where.endswith(name)
    assert [sorted(os.listdir(each)) for each in beside] == before


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("pipe", "it is a device, not a folder"),
        ("/dev/null", "it is a device, not a folder"),
        ("loop", "it is a link that leads nowhere"),
        ("list.csv", "it is a file, not a folder"),
    ],
)
def test_what_is_no_folder_takes_no_results(folder: Path, name: str, why: str) -> None:
    (folder / "loop").symlink_to("loop")
    what, where, _ = refusal(limited(folder, "salvage", "--out", name, "--json"))
    assert (what, where) == (f"no file of the importer can be written there: {why}", name)


@pytest.mark.parametrize("sheet", ["9" * 5_000, "٣" * 5_000, "9" * 9])
def test_a_number_that_no_sheet_has_is_refused(folder: Path, root: Path, sheet: str) -> None:
    workbook = next((root / "sample_data").glob("*.xlsx"))
    done = limited(folder, "preview", workbook, "-m", "mapping.yaml", "--sheet", sheet, "--json")
    what, _, fix = refusal(done)
    assert what.startswith("the workbook has no sheet ")
    assert fix.startswith("name one with --sheet: ")


def test_a_list_that_looks_like_a_reject_file_is_told_its_way_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("HOST", "127.0.0.1:9"), ("ACCESS_KEY", "a"), ("SECRET_KEY", "b")):
        monkeypatch.setenv(f"LSQ_{name}", value)
    (folder / "list.csv").write_text("First Name,Email,Import Row,Import Job\nAda,a@x.in,2,x\n")
    for command in ("preview", "run"):
        done = limited(folder, command, "list.csv", "-m", "mapping.yaml", "--json")
        assert SECOND in refusal(done)[2]
