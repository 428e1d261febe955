"""The generated parts of the pages are what the code gives, and nothing is left without words."""

import shutil
from pathlib import Path

import click
import pytest

from docs_build.__main__ import DOCS, main
from docs_build.commands import commands, every_command
from docs_build.pages import PARTS, write_pages
from docs_build.rows import all_codes, codes_of, constants_of
from docs_build.tables import code, same_names, table

PAGE = "reference/exit-codes-and-json.md"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DOCS, tmp_path / "docs"))


def test_the_pages_are_what_the_code_gives() -> None:
    assert write_pages(DOCS, write=False) == []


def test_a_page_that_differs_is_found_and_mended(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = (docs / PAGE).read_text(encoding="utf-8")
    (docs / PAGE).write_text(right.replace("| `75` |", "| `76` |"), encoding="utf-8")
    assert main(["--check"], docs) == 1
    assert capsys.readouterr().out == (
        f"{PAGE}: is not what the code gives\nmend it: python -m docs_build\n"
    )
    assert main([], docs) == 0
    assert (docs / PAGE).read_text(encoding="utf-8") == right
    assert main(["--check"], docs) == 0


def test_what_stands_outside_the_markers_is_left_as_it_is(docs: Path) -> None:
    text = (docs / PAGE).read_text(encoding="utf-8").replace("## Exit codes", "## Codes at the end")
    (docs / PAGE).write_text(text, encoding="utf-8")
    assert write_pages(docs, write=True) == []
    assert (docs / PAGE).read_text(encoding="utf-8") == text


def test_a_part_that_nothing_makes_is_refused(docs: Path) -> None:
    (docs / "new.md").write_text("<!-- generated: weather -->\n<!-- end -->\n")
    with pytest.raises(ValueError, match="nothing makes the part 'weather'"):
        write_pages(docs, write=True)


@pytest.mark.parametrize("text", ["", "<!-- generated: faults -->\n<!-- end -->\n" * 2])
def test_a_part_stands_on_one_page_exactly(docs: Path, text: str) -> None:
    (docs / "reference" / "sandbox.md").write_text(text)
    with pytest.raises(ValueError, match="not on one page exactly: faults"):
        write_pages(docs, write=False)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_there(name: str) -> None:
    assert PARTS[name]().strip() != ""


def test_words_are_missed_and_surplus_ones_found() -> None:
    with pytest.raises(ValueError, match=r"statuses: no words for \['a'\]; not in the code: \[\]"):
        same_names(["a", "b"], ["b"], "statuses")
    with pytest.raises(ValueError, match=r"statuses: no words for \[\]; not in the code: \['c'\]"):
        same_names(["b"], ["b", "c"], "statuses")


def test_a_cell_keeps_its_bars_inside() -> None:
    assert table(("a",), [["x|y\nz"]]) == "| a |\n|---|\n| x\\|y z |"
    assert (code("a b"), code("a|<b>")) == ("`a b`", "<code>a&#124;&lt;b&gt;</code>")


def test_codes_are_found_where_they_are_made() -> None:
    source = 'Problem("a", "why")\nOutcome(x, "b")\nrows.unsettle(1, code="c")\nother("d", "e")'
    source += '\non_cells("f", read)\nself._problem("g", why)\nOutcome(x, KNOWN)\nOutcome(x, what)'
    assert codes_of(source, {"KNOWN": "h"}) == {"a", "b", "c", "f", "g", "h"}
    assert dict(constants_of('KNOWN = "h"\nOTHER = 1\nx.y = "z"')) == {"KNOWN": "h"}
    assert {"required", "row_width", "same_row", "given_up"} <= all_codes()


def test_every_command_has_its_help() -> None:
    shown = commands()
    for name, command in every_command():
        assert f"### importer {name}\n" in shown
        for option in command.params:
            names = option.opts if isinstance(option, click.Option) else []
            assert [each for each in names if each not in shown] == []
