"""The table of the benchmarks, its goals, and the exit code. Nothing is measured here."""

import inspect
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import engine, kills, quota, staging, start, transforms, workbook
from benchmarks.__main__ import BENCHMARKS, Benchmark, main
from benchmarks.figure import Figure, at_least, at_most, below, exit_code, line, none_of
from benchmarks.machine import Machine, this_machine
from benchmarks.page import BEGIN, END, PAGE, rendered, write

MACHINE = Machine(
    cpu="Made-up 9000",
    cores=2,
    memory_gb=15.6,
    system="Debian GNU/Linux 12 (bookworm), kernel 6.1",
    python="3.11.7",
    sqlite="3.40.1",
    day="2026-01-31",
)
FAST = Figure("engine | bare loop", "2.31 ×", "≥ 2.00 ×", True, "median of 5 pairs")
SLOW = Figure("staging", "9.1 ×", "≤ 8.0 ×", False)
TABLE = """\
| what | measured | goal | holds |
|---|---|---|---|
| engine \\| bare loop | 2.31 × (median of 5 pairs) | ≥ 2.00 × | yes |
| staging | 9.1 × | ≤ 8.0 × | **missed** |

"""
SAID = (
    "Measured on 2026-01-31: Made-up 9000, 2 cores, 16 GB of memory, "
    "Debian GNU/Linux 12 (bookworm), kernel 6.1, Python 3.11.7, SQLite 3.40.1."
)


# The figures of made-up benchmarks: they run in processes of their own.


def fast() -> list[Figure]:
    return [FAST]


def slow(rows: int = 1000) -> list[Figure]:
    return [SLOW if rows == 1000 else Figure(f"staging {rows}", "7.0 ×", "≤ 8.0 ×", True)]


def broken() -> list[Figure]:
    raise AssertionError("the sandbox went away")


MADE_UP = {
    "fast": Benchmark("fast", fast, {}),
    "slow": Benchmark("slow", slow, {"rows": 1}),
    "broken": Benchmark("broken", broken, {}),
}


# The table


def test_the_table_has_each_figure_and_the_machine() -> None:
    assert rendered([FAST, SLOW], MACHINE) == TABLE + SAID


def test_the_machine_is_told_in_full() -> None:
    told = this_machine()
    assert told.cpu
    assert told.system
    assert told.cores >= 1
    assert told.memory_gb > 0.1


def test_a_line_says_what_is_missed() -> None:
    assert line(FAST) == "engine | bare loop: 2.31 × (goal ≥ 2.00 ×); median of 5 pairs"
    assert line(SLOW) == "staging: 9.1 × (goal ≤ 8.0 ×, missed)"


# The page


def test_only_what_stands_between_the_markers_is_written(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"# Before\n\n{BEGIN}\nold\n{END}\n\nAfter.\n", encoding="utf-8")
    write(page, "new \\1")
    assert page.read_text(encoding="utf-8") == f"# Before\n\n{BEGIN}\nnew \\1\n{END}\n\nAfter.\n"


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"# Before\n{BEGIN}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="0 places"):
        write(page, "new")
    assert page.read_text(encoding="utf-8") == f"# Before\n{BEGIN}\n"


def test_the_manual_has_one_place_for_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert (text.count(f"\n{BEGIN}\n"), text.count(f"\n{END}\n")) == (1, 1)


# The run of all


def run(names: Sequence[str], *arguments: str, page: Path = PAGE) -> int:
    return main(arguments, [MADE_UP[name] for name in names], page)


def test_figures_that_all_hold_give_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fast"]) == 0
    said = capsys.readouterr()
    assert said.err == "1/1 fast\n"
    assert said.out.startswith("| what | measured | goal | holds |\n")


def test_a_missed_figure_gives_exit_code_1_and_is_written_as_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    assert run(["fast", "slow"], "--write", page=page) == 1
    said = capsys.readouterr()
    assert said.err == "1/2 fast\n2/2 slow\n"
    assert said.out.startswith(TABLE)
    assert page.read_text(encoding="utf-8") == f"{BEGIN}\n{said.out}{END}\n"


def test_a_benchmark_that_breaks_is_missed_and_the_others_go_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["broken", "fast"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[2:4] == [
        "| broken | not measured (it broke: AssertionError('the sandbox went away')) | – "
        "| **missed** |",
        "| engine \\| bare loop | 2.31 × (median of 5 pairs) | ≥ 2.00 × | yes |",
    ]
    assert "in broken" in said.err, "its trace is shown"


def test_quick_takes_the_small_sizes_and_writes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["slow"], "--quick") == 0
    assert "| staging 1 | 7.0 × |" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        run(["slow"], "--quick", "--write")
    assert stopped.value.code == 2


@pytest.mark.parametrize("benchmark_of", BENCHMARKS, ids=[each.name for each in BENCHMARKS])
def test_the_small_sizes_are_sizes_of_the_benchmark_and_smaller(benchmark_of: Benchmark) -> None:
    usual = inspect.signature(benchmark_of.figures).parameters
    assert list(benchmark_of.quick) == list(usual)
    assert [n for n, size in benchmark_of.quick.items() if size >= usual[n].default] == []


# Goals: what reaches one just holds, what is beyond it does not


def test_a_goal_is_reached_by_its_own_value_but_for_one_that_asks_for_less() -> None:
    assert at_least("a", 2.0, 2.0, "{:.1f} ×") == Figure("a", "2.0 ×", "≥ 2.0 ×", True)
    assert at_most("a", 2.0, 2.0, "{:.1f} ×") == Figure("a", "2.0 ×", "≤ 2.0 ×", True)
    assert below("a", 2.0, 2.0, "{:.1f} ×") == Figure("a", "2.0 ×", "< 2.0 ×", False)
    assert none_of("a", 1, "of 9") == Figure("a", "1", "0", False, "of 9")
    assert [exit_code([FAST]), exit_code([FAST, SLOW])] == [0, 1]


def figures_of(by: float) -> list[Figure]:
    """Of every benchmark: what is better than its goal by so much, or worse where by is below 0."""
    lost = int(by < 0)
    costs = staging.Costs(
        staged=staging.GOAL_RATIO - by,
        megabytes=staging.GOAL_MB - by,
        start_s=staging.GOAL_START_S - by,
        transformed=staging.GOAL_TRANSFORMED - by,
        kept_bytes=staging.GOAL_BYTES - by,
    )
    bare, ours = workbook.Cost(1, 1), workbook.Cost(workbook.GOAL_RATIO - by, workbook.GOAL_MB - by)
    killed = kills.Round(2000, 20, 9, lost=lost, twice=lost, in_doubt=3, adds_up=not lost)
    return [
        *quota.over("200 creates", quota.GOAL + by, lost),
        engine.judged(3000, [(1.0, engine.GOAL + by)]),
        *staging.judged(1_000_000, costs),
        transforms.judged(200_000, transforms.GOAL_RATIO - by),
        *workbook.judged(100_000, [(bare, ours)]),
        start.judged("help", [start.GOAL_HELP - by], start.GOAL_HELP),
        start.judged("import", [start.GOAL_IMPORT - by], start.GOAL_IMPORT),
        *kills.judged([killed]),
    ]


def test_the_goals_are_those_of_the_design() -> None:
    assert [(each.name, each.goal) for each in figures_of(0.01)] == [
        ("quota used over 200 creates, 25 calls in 5 s, 100–300 ms latency", "≥ 98.50%"),
        ("the same: throttled replies", "0"),
        ("engine without a limit, 3,000 rows, against a bare httpx asyncio loop", "≥ 2.00 ×"),
        ("staging a CSV of 1,000,000 rows × 12 columns, against `csv.reader`", "≤ 8.0 ×"),
        ("the same: peak memory", "< 200 MB"),
        ("the same with `email` and `phone`", "≤ 60.0 ×"),
        ("a resumed job of 1,000,000 rows: from start to the first Lead.Create", "< 1.00 s"),
        ("journal of 20,000 finished rows: beyond the file, a row", "≤ 60.0 bytes"),
        ("`email` and `phone` by themselves, 200,000 rows, against `csv.reader`", "≤ 45.0 ×"),
        ("a workbook of 100,000 rows × 12 columns, against python-calamine", "≤ 2.00 ×"),
        ("the same: memory for each 100,000 rows", "≤ 150 MB"),
        ("help", "≤ 2.50 ×"),
        ("import", "≤ 2.00 ×"),
        (
            "20 times kill -9 at random moments, 2,000 rows, half without a unique field: "
            "rows lost",
            "0",
        ),
        ("the same: leads made twice", "0"),
        ("the same: jobs, of 1, whose journal and account differ", "0"),
    ]


def test_what_is_worse_than_a_goal_misses_it() -> None:
    assert [each.name for each in figures_of(0.01) if not each.holds] == []
    assert [each.name for each in figures_of(-0.01) if each.holds] == []


def test_what_the_kills_left_in_doubt_is_told() -> None:
    rounds = [
        kills.Round(2000, 19, 9, lost=0, twice=0, in_doubt=3, adds_up=True),
        kills.Round(2000, 20, 7, lost=1, twice=2, in_doubt=2, adds_up=False),
    ]
    notes = "5 in doubt, for a person to decide, of 16 calls cut off"
    measured = [(each.measured, each.note) for each in kills.judged(rounds)]
    assert measured == [("1", notes), ("2", ""), ("1", "")]


def test_a_row_that_nobody_knows_of_is_lost() -> None:
    rows = [("Asha",), ("Ravi",), ("Meera",)]
    assert kills.lost(rows, Counter(["Asha"]), {3}) == 1
    assert kills.lost(rows, Counter(["Asha", "Meera"]), {3}) == 0
