"""What happens around the importer: clocks are set, others use the account, lists are moved."""

import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from tests.torture.rigged import preloaded
from tests.torture.scene import Arena, Scene, mixed
from tests.torture.scenes_process import BUSY, DOOR, PACE, QUICK_SETTLE, expect_pace
from tests.torture.scenes_replies import NO_LIMIT

HOUR_S = 3600.0
SOON_S = 60.0  # a run that waits for a clock that was set would take an hour


def clock_in_mid_run(arena: Arena, offset_s: float) -> None:
    with preloaded(arena) as preload:
        process = arena.begin()
        if arena.has_come_to(arena.count // 2, process):
            preload.set_clock(offset_s)
            arena.tried += process.poll() is None
        arena.expect_end(process, within_s=SOON_S)
    arena.finish()


def clock_between(arena: Arena, offset_s: float) -> None:
    """Set while calls that a kill cut off, and others without a reply, are to be looked for."""
    with preloaded(arena) as preload:
        arena.kill(arena.count // 2)
        preload.set_clock(offset_s)
        arena.expect_end(arena.begin(), within_s=SOON_S)
    arena.finish()


# Others


def two_journals(arena: Arena, pace: Sequence[str]) -> None:
    """Two lists at once, each in its own journal; the quota is one."""
    other = arena.write_csv("other.csv", mixed(2 * arena.count)[arena.count :])
    arena.journals.append(arena.folder / "other.db")
    runs = [
        arena.start("run", file, "-m", arena.mapping, "--journal", journal, *pace)
        for file, journal in zip((arena.list, other), arena.journals, strict=True)
    ]
    arena.count *= 2
    for run in runs:
        arena.expect_end(run)
    arena.tried = 1
    expect_pace(arena)


def other_traffic(arena: Arena) -> None:
    with traffic(arena) as answers:
        arena.expect_end(arena.begin(*PACE))
    arena.tried = len(answers)
    arena.finish()


@contextmanager
def traffic(arena: Arena) -> Iterator[list[int]]:
    """Somebody else calls the account, some fifteen times a second; the answers' statuses."""
    keys = "&".join(
        f"{name}={arena.environment[variable]}"
        for name, variable in (("accessKey", "LSQ_ACCESS_KEY"), ("secretKey", "LSQ_SECRET_KEY"))
    )
    url = f"{arena.host}/v2/Authentication.svc/UserByAccessKey.Get?{keys}"
    answers: list[int] = []
    over = threading.Event()

    def call() -> None:
        while not over.wait(0.06):
            try:
                with urllib.request.urlopen(url, timeout=10) as reply:
                    answers.append(reply.status)
            except urllib.error.HTTPError as error:
                answers.append(error.code)
                error.close()

    with ExitStack() as opened:
        thread = threading.Thread(target=call, name="traffic")
        thread.start()
        opened.callback(thread.join)
        opened.callback(over.set)
        yield answers


# Files


def list_changed(arena: Arena) -> None:
    """Saved under its name with other values and more rows, half-way through its import."""
    arena.kill(arena.count // 2)
    rows = [tuple(row.values()) for row in arena.read_csv(arena.list)]
    for i in range(0, len(rows), 5):
        rows[i] = (*rows[i][:4], "Mumbai")
    more = [(f"New{i}", *rest) for i, (_, *rest) in enumerate(mixed(len(rows) + 20)[len(rows) :])]
    arena.write_csv(arena.list.name, [*rows, *more])
    arena.count += len(rows) + len(more)
    arena.cut_off *= 2  # a row that was cut off stands in the new list too
    arena.run(arena.list, "--rate", "none")
    arena.expect_end(arena.start("retry", 1, "--rate", "none"))
    arena.finish()


def list_moved(arena: Arena) -> None:
    arena.kill(arena.count // 2)
    folder = arena.folder / "done"
    folder.mkdir()
    arena.list = Path(shutil.move(arena.list, folder / f"of today{arena.list.suffix}"))
    done = arena.finish()
    arena.expect(done.json["job"] == 1, f"the list that was moved is job {done.json['job']}")


def list_deleted(arena: Arena) -> None:
    """The list and its mapping are gone: the journal has all that is needed."""
    arena.kill(arena.count // 2)
    arena.list.unlink()
    arena.mapping.unlink()
    done = arena.expect_end(arena.start("retry", "--rate", "none", "--json"))
    arena.expect(done.json["rows"] == arena.count, f"rows: {done.json['rows']}")


def _clock(fault: str, play: Callable[[Arena], None]) -> Scene:
    return Scene(fault, play, (*NO_LIMIT, "--fault", "drop=10%,late=5%"), needs_compiler=True)


def _set(play: Callable[..., None], offset_s: float) -> Callable[[Arena], None]:
    return partial(play, offset_s=offset_s)


SCENES = (
    _clock("clock set forward an hour in mid-run", _set(clock_in_mid_run, HOUR_S)),
    _clock("clock set back an hour in mid-run", _set(clock_in_mid_run, -HOUR_S)),
    _clock("clock set forward an hour after a kill", _set(clock_between, HOUR_S)),
    _clock("clock set back an hour after a kill", _set(clock_between, -HOUR_S)),
    Scene("two jobs and journals on one account", partial(two_journals, pace=PACE), DOOR, rows=30,
          takes_any=False, is_alone=True),
    Scene("two jobs and journals on one account, 25 calls in 5 s", partial(two_journals, pace=()),
          ("--limit", "25/5s", *DOOR[2:]), rows=100, takes_any=False, is_alone=True, is_long=True),
    Scene("other traffic on the same quota", other_traffic, DOOR, rows=80),
    Scene("list changed between two runs", list_changed, BUSY, rows=100, takes_any=False,
          variables=QUICK_SETTLE),
    Scene("list moved between two runs", list_moved, BUSY, rows=100, variables=QUICK_SETTLE),
    Scene("list and mapping deleted before it goes on", list_deleted, BUSY, rows=100,
          variables=QUICK_SETTLE),
)  # fmt: skip
