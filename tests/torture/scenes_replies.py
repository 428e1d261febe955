"""What the server and the network do to calls and their replies."""

from collections.abc import Callable

from tests.acceptance.world import pause
from tests.torture.scene import Arena, Scene

BURST_S = 2.0
NO_LIMIT = ("--limit", "none")


def run_through(arena: Arena) -> None:
    """The sandbox was started with the fault; the run meets it from its first call on."""
    arena.finish()
    arena.tried = sum(arena.totals()["faults"].values())


def run_and_again(arena: Arena) -> None:
    """As `run_through`, and what the look-ups left open is looked for by a run without faults."""
    arena.run(arena.list, "--rate", "none")
    arena.tried = sum(arena.totals()["faults"].values())
    arena.set_faults("")
    arena.finish()


def burst(faults: str) -> Callable[[Arena], None]:
    """All is well, then nothing is for a while, then all is well again."""

    def play(arena: Arena) -> None:
        process = arena.start("run", arena.list, "-m", arena.mapping, "--rate", "none")
        while process.poll() is None and arena.create_calls() < arena.count // 3:
            pause(0.005)
        arena.set_faults(faults)
        pause(BURST_S)
        arena.tried = sum(arena.totals()["faults"].values())
        arena.set_faults("")
        process.communicate()
        arena.finish()

    return play


def spent(arena: Arena) -> None:
    """In the middle of the run the account takes no call more: its day is used up."""
    process = arena.start("run", arena.list, "-m", arena.mapping, "--rate", "none", "--json")
    while process.poll() is None and arena.create_calls() < arena.count // 3:
        pause(0.005)
    arena.set_faults("throttled=100%")
    _, said = process.communicate()
    arena.tried = arena.totals()["faults"].get("throttled", 0)
    arena.expect(process.returncode == 75, f"it ended with {process.returncode}, not 75")
    arena.expect("on at the latest" in said, "it does not say when to run again")
    arena.set_faults("")
    arena.finish()


def _of(fault: str, faults: str, *more: object, rows: int = 150, **variables: str) -> Scene:
    options = (*NO_LIMIT, "--fault", faults, *more)
    return Scene(fault, run_through, options, rows=rows, variables=variables)


def _storm(shape: str) -> Scene:
    options = ("--limit", "500/1s", "--fault", "throttled=12%", "--throttle-as", shape)
    return Scene(f"throttled, said by a {shape}", run_through, options, rows=60)


def _long_storm(shape: str) -> Scene:
    options = ("--limit", "500/1s", "--fault", "throttled=35%", "--throttle-as", shape)
    return Scene(f"a storm of throttling by {shape}", run_through, options, rows=60, is_long=True)


SCENES = (
    _of("reply lost after the commit", "drop=15%"),
    _of("commit seconds after the connection closed", "late=10%"),
    _of("connection reset before the server acted", "reset=15%"),
    _of("connection reset after the server acted", "reset_after=15%"),
    _of("reply slower than the timeout", "slow=8%", IMPORTER_TIMEOUT_S="1"),
    _of("reply that is not JSON", "notjson=15%"),
    _of("reply cut off in the middle", "garbled=15%"),
    _of("reply of 70 MB", "huge=3%"),
    _of("200 with an error", "error200=15%"),
    _of("refusal with status 200", "refuse200=100%", "--limit", "none"),
    _of("500 with nothing done", "bare500=10%", rows=80),
    _of("500 after the commit", "commit500=15%"),
    _of("502 of a gateway", "html502=15%"),
    *map(_storm, ("429", "403", "200")),
    *map(_long_storm, ("429", "403", "200")),
    Scene("a burst of 5xx", burst("bare500=40%,commit500=20%,html502=40%")),
    Scene("a burst of lost connections", burst("reset=50%,drop=50%")),
    _of("look-ups fail, replies are lost", "drop=10%,lookup500=60%"),
    _of("look-ups lag 3 s behind writes", "drop=10%", "--lag", "3"),
    _of("server's clock 5 minutes ahead", "drop=10%,late=3%", "--ahead", "300"),
    _of("server's clock 5 minutes behind", "drop=10%,late=3%", "--ahead", "-300"),
    Scene(
        "no look-up to be had (404)",
        run_through,
        (*NO_LIMIT, "--fault", "drop=5%,lookup404=100%"),
        is_long=True,
        has_evidence=False,
    ),
    Scene("the day's calls used up, for over a minute", spent, is_long=True),
    _of("everything at once", "drop=3%,late=2%,reset=3%,reset_after=2%,bare500=4%,commit500=2%,"
        "html502=3%,garbled=2%,notjson=2%,error200=2%,refuse200=5%,lookup500=20%", rows=300),
)  # fmt: skip
