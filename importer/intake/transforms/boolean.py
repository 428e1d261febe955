"""Yes and no: a cell becomes 1 or 0, as the CRM's own records have it."""

from collections.abc import Mapping, Sequence

from importer.intake.transforms.cell import CellError, on_cells
from importer.intake.transforms.options import OptionError, Transform
from importer.intake.transforms.text import EDGES

TRUE = ("true", "yes", "y", "1", "on")
FALSE = ("false", "no", "n", "0", "off")
MOST_NAMED = 8  # of the accepted texts, in a problem
MOST_SHOWN = 24  # characters of each
LONGEST = 100  # characters of a text


def make_boolean(true: Sequence[str], false: Sequence[str]) -> Transform:
    """Raises OptionError: as `read_texts`."""
    meanings = read_texts(true, false)
    why = f"it is none of {_named(true or TRUE, false or FALSE)}; write one of these"

    def boolean(text: str) -> str:
        meaning = meanings.get(text.casefold())
        if meaning is None:
            raise CellError(why)
        return meaning

    return on_cells("bad_boolean", boolean)


def read_texts(true: Sequence[str], false: Sequence[str]) -> Mapping[str, str]:
    """Each accepted text, case-folded, and its "1" or "0". A list that is empty is the usual one.

    Raises OptionError: a text stands for both.
    """
    yes, no = ({_folded(text): text for text in texts} for texts in (true or TRUE, false or FALSE))
    for both in yes.keys() & no.keys():
        if true and false:
            raise OptionError(
                f'"{yes[both]}" stands under true and under false', "keep one of them"
            )
        listed, usual = ("true", "false") if true else ("false", "true")
        raise OptionError(
            f'"{yes[both]}" stands under {listed}, and is a usual text for {usual}',
            f"add {usual}: with the texts that mean it here",
        )
    return dict.fromkeys(yes, "1") | dict.fromkeys(no, "0")


def check_text(text: str) -> None:
    """Raises OptionError: blank, too long, or with a character that can't be shown."""
    if not text.strip(EDGES):
        raise OptionError("a text for yes or no is blank", "write one, or take it out")
    if len(text) > LONGEST or not text.isprintable():
        raise OptionError(
            f"a text for yes or no is no plain text of up to {LONGEST} characters",
            "write a shorter one, such as Yes",
        )


def _folded(text: str) -> str:
    check_text(text)
    return text.strip(EDGES).casefold()


def _named(true: Sequence[str], false: Sequence[str]) -> str:
    """All of them, or as many of each list as can be."""
    most = MOST_NAMED if len(true) + len(false) <= MOST_NAMED else MOST_NAMED // 2
    return ", ".join(text[:MOST_SHOWN] for text in (*true[:most], *false[:most]))
