"""What a mapping may do to a cell's text: pure functions, one cell at a time.

A blank text stays blank in each of them.
"""

from collections.abc import Callable, Mapping

Transform = Callable[[str], str]

trim: Transform = str.strip
lower: Transform = str.lower

TRANSFORMS: Mapping[str, Transform] = {"trim": trim, "lower": lower}
