from io import StringIO

from tests.torture.cast import SCENES, play
from tests.torture.progress import POINTS_A_LINE, Progress
from tests.torture.scene import Scene


def test_without_a_terminal_a_line_tells_of_each_scene_as_it_ends() -> None:
    stream = StringIO()
    with Progress(2, 0, stream) as progress:
        progress.scene_ended(SCENES[0], 3.14)
        progress.scene_ended(SCENES[1], 62)
    assert stream.getvalue() == (
        f"1 of 2: {SCENES[0].fault}, 3.1 s\n2 of 2: {SCENES[1].fault}, 62.0 s\n"
    )


def test_crash_points_are_told_some_at_once() -> None:
    stream = StringIO()
    points = POINTS_A_LINE + 3
    with Progress(0, points, stream) as progress:
        for _ in range(points):
            progress.point_ended()
    assert stream.getvalue() == "50 of 53 crash points\n53 of 53 crash points\n"


def test_a_terminal_has_a_bar_and_no_lines() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with Progress(2, 0, stream) as progress:
        progress.scene_ended(SCENES[0], 3.14)
    assert "1/2" in stream.getvalue()
    assert SCENES[0].fault not in stream.getvalue()


def test_a_scene_is_told_when_it_ends_and_before_the_next_begins() -> None:
    """Those that are played by themselves; the others are played in any order."""
    told: list[str] = []

    def scene(name: str) -> Scene:
        return Scene(name, lambda _: told.append(f"{name} is played"), rows=1, is_alone=True)

    for _ in play([scene("one"), scene("two")], 1, told=lambda s, _: told.append(s.fault)):
        pass
    assert told == ["one is played", "one", "two is played", "two"]
