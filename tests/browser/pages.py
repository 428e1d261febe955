"""The pages that the product writes or serves, each described once: the tests of every page go
over them. One more page is one more line."""

from dataclasses import dataclass
from itertools import product

from tests.browser.looks import LEADS_SHOWN, OPEN_ALL
from tests.browser.pictures import SCHEMES, SIZES


@dataclass(frozen=True)
class Described:
    """name: of its pictures. fixture: gives its address, a file or a URL.

    opens: JavaScript that lays open all that a person can see of it.
    styled: a selector of what its own script gives a style.
    """

    name: str
    fixture: str
    opens: str = OPEN_ALL
    styled: str = "no-such"

    def __str__(self) -> str:
        return self.name


PAGES = (
    Described("preview", "usual_preview"),
    Described("preview-hostile", "hostile_preview"),
    Described("report", "report"),
    Described("report-undone", "undone_report"),
    Described("history", "history"),
    Described("sandbox", "live", opens=LEADS_SHOWN, styled="#now, #most"),
    Described("sandbox-lead", "lead"),
)


@dataclass(frozen=True)
class View:
    """A page as it is looked at: loaded once for all that is asked of it."""

    described: Described
    width: int
    height: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.described}-{self.width}-{self.scheme}"


# The light ones first, so that one has the same number among them: pytest groups tests by it.
VIEWS = [
    View(described, *size, scheme) for scheme, described, size in product(SCHEMES, PAGES, SIZES)
]
LIGHT_VIEWS = [each for each in VIEWS if each.scheme == SCHEMES[0]]
