"""How often each kind of value was met, where many texts are of one kind."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

Text = TypeVar("Text", str, bytes)
Kind = TypeVar("Kind", bound=Hashable)
REMEMBERED = 32_768  # texts: the days of 90 years


class Codes(dict[Text, int], Generic[Text, Kind]):
    """Text to the number of its kind; what is not there is classified, and remembered where it is
    no longer than `longest`. All is forgotten before it is too much."""

    def __init__(self, classify: Callable[[Text], Kind], longest: int) -> None:
        super().__init__()
        self._classify: Callable[[Text], Kind] = classify
        self._longest = longest
        self._kinds: dict[Kind, int] = {}
        self._counts: Counter[int] = Counter()

    def add(self, texts: Iterable[Text]) -> None:
        self._counts.update(map(self.__getitem__, texts))

    def counts(self) -> Counter[Kind]:
        """Of all that was added."""
        return Counter({kind: self._counts[code] for kind, code in self._kinds.items()})

    def __missing__(self, text: Text) -> int:
        code = self._kinds.setdefault(self._classify(text), len(self._kinds))
        if len(text) <= self._longest:
            if len(self) >= REMEMBERED:
                self.clear()
            self[text] = code
        return code
