"""Text that was damaged on its way: a text comes in, a text goes out, never a problem.

Mended are letters of a wrong encoding (MÃ¼ller), HTML entities, signs that nobody sees, and what
keeps a spreadsheet program from taking a text for a number (="00501"). What people mean is kept:
curly quotes, full-width letters, line breaks, the joiners of Indian scripts.
"""

import re

from ftfy import TextFixerConfig
from ftfy import fix_text as mended

from importer.intake.transforms.text import ZERO_WIDTH

CONFIG = TextFixerConfig(
    unescape_html=True,
    replace_lossy_sequences=False,  # it puts U+FFFD there
    fix_surrogates=False,  # likewise for half of a pair
    uncurl_quotes=False,
    fix_character_width=False,
    fix_latin_ligatures=False,
    fix_line_breaks=False,
    explain=False,
)
# The soft hyphen, marks of direction.
UNSEEN = ZERO_WIDTH + "\xad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SIGNS = {**dict.fromkeys(map(ord, UNSEEN)), **dict.fromkeys(map(ord, "\xa0\u2007\u202f"), " ")}
MOST_ROUNDS = 8  # mending may bring to light what is to be mended: &amp;#8203;


# What keeps a spreadsheet program from taking a text for a number: ="00501", or '00501.
KEPT = re.compile(r'="([^"]*)"|[\t ]*\'(?=[-+=@0-9])(.*)', re.DOTALL)


def _alone(cell: str) -> str:
    """Without what keeps a program from taking it for a number."""
    kept = KEPT.fullmatch(cell)
    if kept is None:
        return cell
    return str(kept[1] if kept[2] is None else kept[2])


def fix_text(cell: str) -> str:
    """A blank cell stays as it is."""
    if not cell.strip():
        return cell
    for _ in range(MOST_ROUNDS):
        before, cell = cell, _mended(_alone(cell))
        if cell == before:
            break
    return cell


def _mended(cell: str) -> str:
    if cell.isascii() and "&" not in cell and cell.isprintable():
        return cell
    return mended(cell.translate(SIGNS), CONFIG).translate(SIGNS)
