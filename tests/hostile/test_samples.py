"""Each file of sample_data/hostile: it does no harm, and the importer says what is wrong with it.

Those that once crashed the importer, or had it lose something, are among them.
"""

import shutil
from pathlib import Path

import pytest

from tests.acceptance.world import Done
from tests.fuzz.verdict import CONTROLS
from tests.hostile.limits import MAPPING, limited

FOLDER = Path(__file__).parents[2] / "sample_data" / "hostile"
GOOD_LIST = "First Name,Email\nAsha,asha@example.com\n"
REFUSED = {
    "bomb_of_aliases.yaml": 'the mapping has 17 errors:\n  line 1: "&a" can\'t be used in a ',
    "bomb_of_blanks.xlsx": "the workbook is a bomb: ",
    "bomb_of_entities.xlsx": "the workbook is damaged: its content is not as Excel writes it (a"
    " document type is declared)",
    "cell_far_away.xlsx": "the sheet spans 1,048,576 rows and 16,384 columns, nearly all of them",
    "dimension_that_lies.xlsx": "the sheet spans 1,048,576 rows and 16,384 columns, nearly all",
    "half_a_sign.yaml": "the mapping has 2 errors:\n  line 5: there is a character that can't be",
    "key_in_settings.toml": "access_key stands in the file itself",
    "sheet_elsewhere.xlsx": "the workbook is damaged: a sheet is missing (Leads)",
    "sheet_on_the_web.xlsx": "the workbook is damaged: a sheet is missing (Leads)",
    "strings_promised.xlsx": "the workbook is damaged: its archive can't be unpacked"
    " (xl/sharedStrings.xml does not have the 99,999,999,999 texts it promises)",
}
READ = {  # and the rows that are in them
    "cells_of_blanks.xlsx": 2,
    "escape_codes.csv": 3,
    "formulas.csv": 3,
    "names_that_lead_out.xlsx": 1,
}


def tried(name: str, folder: Path, *options: str) -> Done:
    """The file in its place: as the list, the mapping or the settings."""
    path = folder / shutil.copy(FOLDER / name, folder)
    (folder / "good.csv").write_text(GOOD_LIST)
    (folder / "good.yaml").write_text(MAPPING)
    places = {".yaml": ("good.csv", "-m", path), ".toml": ("good.csv", "-m", "good.yaml")}
    words = places.get(path.suffix, (path, "-m", "good.yaml"))
    more = ("--config", path, "--account", "acme") if path.suffix == ".toml" else ()
    return limited(folder, "preview", *words, *more, *options)


def test_every_file_is_tried() -> None:
    names = {path.name for path in FOLDER.iterdir()}
    assert names == {*REFUSED, *READ}
    assert max(path.stat().st_size for path in FOLDER.iterdir()) < 50_000, "each is small"


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_the_reason(name: str, tmp_path: Path) -> None:
    ended = tried(name, tmp_path, "--json")
    assert ended.code == 2, ended
    assert ended.json["error"]["what"].startswith(REFUSED[name])
    assert all(ended.json["error"][key] for key in ("where", "fix"))


@pytest.mark.parametrize("name", READ)
def test_it_is_read_and_does_nothing_else(name: str, tmp_path: Path) -> None:
    ended = tried(name, tmp_path, "--json")
    assert (ended.code, ended.json["rows"]) == (0, READ[name])
    assert not [*tmp_path.rglob("evil.txt")]
    shown = tried(name, tmp_path)
    assert not CONTROLS.search(shown.out + shown.err)
