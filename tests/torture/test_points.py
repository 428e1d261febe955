"""No crash point is forgotten: they are read from the code, and all writes go by one door."""

import ast
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.crashpoints import listen, reached
from importer.journal.journal import BEGIN, COMMIT, Journal
from tests.acceptance.world import World, people, sandbox
from tests.torture import points
from tests.torture.crashing import Recorder
from tests.torture.points import APART, JOURNAL, PACKAGE, WRITE, all_points, constants

MODULES = sorted(path for path in JOURNAL.glob("*.py") if path.stem not in APART)
OPENING = {"creation", "schema", "reading", "damaged", "saved"}  # of these, or a copy
ROOT = Path(__file__).parents[2]


def in_functions(tree: ast.AST) -> Iterator[str]:
    """The texts that stand in functions, but for docstrings."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            docstring = ast.get_docstring(function, clean=False)
            texts = (node.value for node in ast.walk(function) if isinstance(node, ast.Constant))
            yield from (text for text in texts if isinstance(text, str) and text != docstring)


def doors(tree: ast.AST) -> dict[str, list[str]]:
    """Function to what it lets the journal's connection do."""
    return {
        function.name: [
            node.attr
            for node in ast.walk(function)
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self._connection"
        ]
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
    }


def test_no_two_points_have_one_name() -> None:
    assert [name for name, count in Counter(all_points()).items() if count > 1] == []


def test_no_two_statements_have_one_text() -> None:
    texts = Counter(text for _, text in constants())
    assert [name for name, text in constants() if texts[text] > 1] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_statement_that_writes_is_a_constant_of_its_module(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [text for text in in_functions(tree) if WRITE.match(text)] == []


def test_a_statement_that_stands_in_a_function_is_found() -> None:
    tree = ast.parse("def f(db):\n    '''Insert it.'''\n    db.execute('DELETE FROM row')")
    assert [text for text in in_functions(tree) if WRITE.match(text)] == ["DELETE FROM row"]


@pytest.mark.parametrize(
    ("text", "writes"),
    [
        ("UPDATE row SET status = 'sending'", True),
        ("\nWITH RECURSIVE a (id) AS (VALUES (1))\nINSERT INTO row SELECT id FROM a", True),
        ("INSERT OR IGNORE INTO twin (key, row) VALUES (?, ?)", True),
        ("update or replace output set kind = 'a'", True),
        ("DROP TABLE IF EXISTS temp.kept", True),
        ("VACUUM", True),
        ("PRAGMA wal_checkpoint(TRUNCATE)", True),
        ("PRAGMA busy_timeout = 5", False),
        ("SELECT status FROM row", False),
        ("create", False),
        ("delete it here and edit that lead", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
    ],
)
def test_what_writes_is_told_from_what_reads(text: str, writes: bool) -> None:
    assert bool(WRITE.match(text)) is writes


def test_the_journal_is_written_by_one_door() -> None:
    found = doors(ast.parse((JOURNAL / "journal.py").read_text(encoding="utf-8")))
    assert {name: uses for name, uses in found.items() if uses} == {
        "__init__": ["be_patient"],
        "close": ["close"],
        "execute": ["go_on_waiting"],  # and SQLite's own, past the connection's
        "execute_many": ["executemany"],
        "transaction": ["in_transaction", "execute"],  # which takes back, and is no move
    }


def test_no_other_module_opens_a_journal_to_write_it() -> None:
    opening = {
        path.stem for path in JOURNAL.glob("*.py") if "sqlite3.connect(" in path.read_text("utf-8")
    }
    assert opening <= OPENING
    for words in ("._connection.exec", "Connection.execute("):
        elsewhere = [path for path in PACKAGE.rglob("*.py") if words in path.read_text("utf-8")]
        assert [path.name for path in elsewhere] == ["journal.py"]


def test_nobody_listens_but_tests() -> None:
    taken = {
        alias.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "importer.crashpoints"
        for alias in node.names
    }
    assert taken == {"reached"}
    assert all("import crashpoints" not in path.read_text() for path in PACKAGE.rglob("*.py"))


def test_a_point_without_a_text_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("reached(table.name)")
    monkeypatch.setattr(points, "PACKAGE", tmp_path)
    with pytest.raises(ValueError, match=r"a\.py, line 1: table.name is no text"):
        points.steps.__wrapped__()


def test_a_statement_is_told_when_it_is_done_and_again_when_it_is_committed(tmp_path: Path) -> None:
    recorder = Recorder()
    with Journal(tmp_path / "importer.db", create=True) as journal:
        listen(recorder)
        try:
            with journal.transaction():
                journal.execute(points_sql("statements.RELEASE"), {"id": 1, "now": 1})
            journal.execute("SELECT 1")
            reached("lock held")
        finally:
            listen(None)
    told = ("statements.RELEASE",), ("statements.RELEASE committed",), ("lock held",)
    assert recorder.moments == [*told]


def test_what_was_rolled_back_was_not_committed() -> None:
    recorder = Recorder()
    for told in (BEGIN, points_sql("statements.CLAIM"), BEGIN, COMMIT):
        recorder(told)
    assert recorder.moments == [("statements.CLAIM",)]


def points_sql(name: str) -> str:
    (text,) = (text for text, other in points.statements().items() if other == name)
    return text


def crashing(world: World, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tests.torture.crashing", *map(str, arguments)],
        cwd=world.folder,
        env={**world.environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_process_is_killed_at_the_nth_time_and_goes_on_until_then(tmp_path: Path) -> None:
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys)
        command = ("run", world.write_csv("list.csv", people(6)), "-m", world.mapping)
        done = crashing(world, "statements.CLAIM committed", 3, *command)
        assert done.returncode == -9, done.stderr
        assert world.statuses().keys() <= {"created", "sending", "pending"}
        assert world.journal("SELECT count(*) FROM attempt WHERE call IS NULL")[0][0] >= 3
        assert world.create_calls() + world.in_flight() >= 2


def test_a_point_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    keys = {"LSQ_HOST": "http://127.0.0.1:1"}
    done = crashing(World(tmp_path, keys), "rows.CLAIM", 1, "status")
    assert done.returncode == 2
    assert 'there is no point "rows.CLAIM": use one of: ' in done.stderr
    assert "statements.CLAIM committed" in done.stderr


def test_the_points_are_those_of_this_code() -> None:
    assert {"statements.CLAIM", "Lead.Create bytes left", "lock held"} <= {*all_points()}
    assert os.path.samefile(PACKAGE, ROOT / "importer")
