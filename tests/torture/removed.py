"""The guards, each with the edits that take it out, and the scene that shows what it prevents."""

from dataclasses import dataclass

from tests.torture.cast import SCENES
from tests.torture.scene import Arena, Scene
from tests.torture.scenes_replies import NO_LIMIT, run_through


@dataclass(frozen=True, slots=True)
class Edit:
    """In a file of the package: old stands there exactly once."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Guard:
    name: str
    edits: tuple[Edit, ...]
    scene: Scene


def scene_of(fault: str) -> Scene:
    (found,) = (scene for scene in SCENES if scene.fault == fault)
    return found


def killed_ten_times(arena: Arena) -> None:
    for calls in sorted(arena.random.sample(range(arena.count), 10)):
        arena.kill(calls)
    arena.finish()


LATE = Scene(
    "commit seconds after the connection closed",
    run_through,
    (*NO_LIMIT, "--fault", "late=30%"),
    rows=80,
)
KILLS = Scene("killed at ten moments", killed_ten_times, rows=600)
WORKER, RECORDER = "delivery/worker.py", "delivery/recorder.py"
RECONCILE, EVIDENCE = "delivery/reconcile.py", "delivery/evidence.py"
NO_LOCK = Edit(
    "jobs/deliver.py", 'with held(session.journal.path, f"job-{key}"):', "with suppress():"
)

TWO_WORKERS = scene_of("two workers in the same instant on one job")
SYNCED = Guard(
    "each commit of the journal is on the disk before the run goes on",
    (Edit("journal/schema.py", "PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL"),),
    scene_of("power cut, five times"),
)

GUARDS = (
    Guard(
        "the claim is on disk before the call leaves",
        (
            Edit(
                WORKER,
                "attempt = self._rows.claim(row.number, self._clock.wall_ms(), "
                "self._reconciler.ahead_ms)",
                "attempt = 0",
            ),
            Edit(
                WORKER,
                "        self._rows.end_attempt(\n            flight.number,",
                "        if not flight.is_look:\n"
                "            self._rows.claim(flight.number, self._clock.wall_ms(), 0)\n"
                "        self._rows.end_attempt(\n            flight.number,",
            ),
            Edit(
                "delivery/picker.py",
                "self._cursor = fresh.number - 1",
                "self._cursor = fresh.number",
            ),
        ),
        KILLS,
    ),
    Guard(
        "a look-up before anything is sent again",
        (
            Edit(
                RECORDER,
                "self._unsettled(number, verdict, counted=counted)",
                "self._back(number, code=verdict.code, reason=verdict.message)",
            ),
        ),
        scene_of("reply lost after the commit"),
    ),
    Guard(
        'the rest before "not there"',
        (Edit(RECONCILE, "elif started < each.ended_ms + self._settle_ms:", "elif False:"),),
        LATE,
    ),
    Guard(
        "a refusal can be a receipt",
        (Edit(RECORDER, "row.since_at is None and lead.stamp is None:", "row is not None:"),),
        scene_of("look-ups lag longer than the rest"),
    ),
    Guard(
        "rows with the same key are never in flight together",
        (Edit("delivery/twins.py", "if not self._any:", "if self is not None:"),),
        scene_of("the same person twice in the list"),
    ),
    Guard(
        "CreatedOn in the match",
        (
            Edit(
                EVIDENCE,
                "if created is None or created < since_ms // 1000 - TOLERANCE_S:",
                "if created is None:",
            ),
        ),
        scene_of("somebody's older leads with the same values"),
    ),
    Guard(
        "held by another row, in the match",
        (Edit(RECONCILE, " and not self._rows.is_held(lead_id)", ""),),
        scene_of("rows whose values another row has too"),
    ),
    Guard("one worker a job, by a lock", (NO_LOCK,), TWO_WORKERS),
    Guard(
        "a claim names the status that it moves from, where the lock has failed",
        (
            NO_LOCK,
            Edit(
                "journal/statements.py",
                "waits_for = NULL, changed_at = :now\nWHERE id = :id AND status = 'pending'",
                "waits_for = NULL, changed_at = :now\nWHERE id = :id",
            ),
        ),
        TWO_WORKERS,
    ),
    Guard(
        "one file for the pace of all processes",
        (
            Edit(
                "delivery/connection.py",
                'state / f"{name}.db", rate,',
                'state / f"{name}-{os.getpid()}.db", rate,',
            ),
        ),
        scene_of("two jobs and journals on one account"),
    ),
    Guard(
        "calls are counted from the leaving of their bytes",
        (Edit("delivery/senders.py", "on_left(slot, moment)", "pass"),),
        scene_of("each connection takes 0.3 s to come about"),
    ),
    SYNCED,
)
