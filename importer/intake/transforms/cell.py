"""What the transforms that can refuse have in common: blank cells, edges, and refusals."""

from collections.abc import Callable

from importer.intake.transforms.options import Transform
from importer.intake.transforms.text import EDGES
from importer.model import Problem


class CellError(ValueError):
    """Why a text can't be transformed, then `; ` and what to write. code: of the problem, where it
    is another one than the transform's."""

    def __init__(self, why: str, code: str | None = None) -> None:
        super().__init__(why)
        self.code = code


def on_cells(code: str, read: Callable[[str], str]) -> Transform:
    """`read` as a transform. It gets texts that are not blank, without what is left of EDGES.

    A CellError from it becomes a Problem with that code.
    """

    def transform(cell: str) -> str | Problem:
        text = cell.strip(EDGES)
        if not text:
            return cell if cell.isspace() else ""
        try:
            return read(text)
        except CellError as error:
            return Problem(error.code or code, str(error), value=cell)

    return transform
