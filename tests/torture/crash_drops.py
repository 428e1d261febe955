"""Scenes of `drops`: a pass may be killed anywhere, and the next one ends what it has begun."""

from pathlib import Path

from tests.torture.crash_stage import PACE, Stage


def filed(stage: Stage) -> None:
    """A folder with two files, of which one has rows to mend, and one says that it is whole."""
    inbox = stage.inbox()
    stage.list_of("inbox/first.csv", [stage.keyed(), stage.keyless()[:3], stage.keyless()])
    stage.list_of("inbox/second.csv", [stage.keyless(), stage.keyed()])
    (inbox / "second.csv.done").touch()
    stage.do("drops", "run", *PACE)
    expect_put_away(stage, inbox, "first.csv", "second.csv")


def expect_put_away(stage: Stage, inbox: Path, *names: str) -> None:
    left = {path.name for path in inbox.iterdir() if not path.name.startswith(".")}
    # A marker without its file says nothing.
    left = {name for name in left if not name.endswith(".done")}
    stage.expect(left == {"done"}, f"left in the folder: {left}")
    done = {path.name for path in inbox.glob("done/*/*")}
    stage.expect(done >= set(names), f"put away: {done}")


def let_through(stage: Stage) -> None:
    """A file that is far shorter than the last one, which a person accepts."""
    inbox = stage.inbox()
    stage.list_of("inbox/first.csv", [stage.keyless() for _ in range(20)])
    stage.give("drops", "run", *PACE)
    file = stage.list_of("inbox/second.csv", [stage.keyed()])
    stage.do("drops", "accept", file)
    stage.do("drops", "run", *PACE)
    expect_put_away(stage, inbox, "first.csv", "second.csv")


def failed_before(stage: Stage) -> None:
    """Rows that failed in an earlier pass."""
    inbox = stage.inbox("retry_failed = 3\n")
    taken = stage.keyed()
    lead = stage.somebody(taken)
    stage.list_of("inbox/first.csv", [taken, stage.keyless()])
    stage.give("drops", "run", *PACE)
    stage.change(
        "UPDATE row SET status = 'failed', lead_id = NULL WHERE status = 'duplicate'",
        "UPDATE count SET rows = status = 'failed' WHERE status IN ('failed', 'duplicate')",
    )
    stage.delete(lead)
    stage.do("drops", "run", *PACE)
    expect_put_away(stage, inbox, "first.csv")
