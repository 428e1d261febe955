"""The pages that the product writes or serves, each described once: the tests of every page go
over them. One more page is one more line."""

from dataclasses import dataclass

from tests.browser.looks import OPEN_ALL


@dataclass(frozen=True)
class Described:
    """name: of its pictures. fixture: gives its address, a file or a URL.

    opens: JavaScript that lays open all that a person can see of it.
    """

    name: str
    fixture: str
    opens: str = OPEN_ALL

    def __str__(self) -> str:
        return self.name


PAGES = (
    Described("preview", "usual_preview"),
    Described("preview-hostile", "hostile_preview"),
)
