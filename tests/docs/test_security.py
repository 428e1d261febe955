"""The page on security names tests that are there, and leaves out none of those that attack."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_each_test_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 50
    assert named - set().union(*map(names_in, TESTS)) == set()


def test_each_test_that_attacks_is_named() -> None:
    attacks = [path for path in TESTS if path.parent.name == "hostile"]
    missing = {name for path in attacks for name in names_in(path) if f"`{name}`" not in PAGE}
    assert missing == set()


def test_each_file_that_the_pages_name_is_there() -> None:
    pages = PAGE + (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"((?:tests|sample_data|docs)/[\w/.]+\w)", pages))
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []
