"""How far the scenes have come: a bar on a terminal, else a line as each of them ends."""

import sys
from typing import Any, TextIO

from tqdm import tqdm

from tests.torture.scene import Scene

POINTS_A_LINE = 50


class Progress:
    """Scenes end in several threads. stream: where it is said."""

    def __init__(self, scenes: int, points: int, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._scenes, self._points = scenes, points
        self._ended = self._killed = 0
        self._bar: tqdm[Any] = tqdm(total=scenes + points, file=self._stream, disable=None)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def scene_ended(self, scene: Scene, seconds: float) -> None:
        self._ended += 1
        self._bar.update()
        self._say(f"{self._ended} of {self._scenes}: {scene.fault}, {seconds:.1f} s")

    def point_ended(self) -> None:
        self._killed += 1
        self._bar.update()
        if self._killed % POINTS_A_LINE == 0 or self._killed == self._points:
            self._say(f"{self._killed} of {self._points} crash points")

    def _say(self, line: str) -> None:
        if self._bar.disable:
            self._stream.write(f"{line}\n")
            self._stream.flush()
