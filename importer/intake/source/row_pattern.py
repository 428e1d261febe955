"""The regular expression for the rows of one sort, as Excel and most other programs write them.

It takes a run of rows whose cells, those that have a value, have one of the styles that are named
for their column. A cell may be blank or left out; its value is a number, a text or a formula's.
Comments, CDATA, unknown attributes, formulas without a value, and errors that are not named are
not taken: such rows want an XML parser.
"""

import re
from collections.abc import Collection, Mapping

from importer.intake.letters import column_letter

# P stands for the prefix that the sheet's tags have, as in <x:c>. Groups are repeated in (?>), as
# Python before 3.11.5 loses matches where a repeated group is possessive by itself (gh-106052).
FORMULA = rb"(?:<Pf[^>]*+(?:(?<=/)>|>[^<]*+</Pf>))"
VALUE = rb'<Pv(?: xml:space="preserve")?>'
RICH_TEXT = rb"<Pis>[^<]*+(?>(?:<(?!/Pis>)[^<]*+)*)</Pis>"
# What nearly all cells hold, and what some do.
PLAIN = rb">(?:<Pv>[^<]++</Pv>|<Pis><Pt>[^<]*+</Pt></Pis>)</Pc>"
FILLED = rb">(?:%s?%s[^<]++</Pv>|%s)</Pc>" % (FORMULA, VALUE, RICH_TEXT)
BLANK = rb"[^>/]*+(?:/>|></Pc>)"
BLANK_TEXT = rb'[^>]* t="str"[^>]*>%s?(?:<Pv></Pv>|<Pv/>)?</Pc>' % FORMULA
TYPE = rb' t="(?:s|n|str|inlineStr|b)"'
MORE = rb'(?>(?: [cv]m="\d+")*)'  # Excel's marks of array formulas and rich values
BLANK_ROW = rb'<Prow r="\d+"[^>]*+(?:(?<=/)>|>(?>(?:<Pc %s)*)</Prow>)\s*+' % BLANK


def blank_rows(prefix: bytes) -> re.Pattern[bytes]:
    """Rows without a value: Excel writes them where only their look was changed."""
    return _runs_of(BLANK_ROW, prefix)


def filled_rows(
    prefix: bytes, styles: Mapping[int, Collection[int]], errors: Mapping[int, bytes]
) -> re.Pattern[bytes]:
    """styles: of each column; none where it is always blank. errors: what a column always has."""
    cells = b"".join(
        _error(column, styles[column], errors[column])
        if column in errors
        else _cell(column, styles[column])
        for column in sorted(styles)
    )
    return _runs_of(rb'(?!%s)<Prow r="\d+"[^>]*+>%s</Prow>\s*+' % (BLANK_ROW, cells), prefix)


def _cell(column: int, styles: Collection[int]) -> bytes:
    kinds = [BLANK, BLANK_TEXT]
    if styles:
        attributes = _attributes(styles, TYPE)
        kinds = [attributes + PLAIN, attributes + MORE + FILLED, *kinds]
    return rb'(?>(?:<Pc r="%s\d+"(?:%s))?)' % (column_letter(column).encode(), b"|".join(kinds))


def _error(column: int, styles: Collection[int], error: bytes) -> bytes:
    attributes = rb'(?=[^>]* t="e")' + _attributes(styles, rb' t="e"') + MORE
    value = rb">%s?<Pv>%s</Pv></Pc>" % (FORMULA, re.escape(error))
    return rb'<Pc r="%s\d+"%s%s' % (column_letter(column).encode(), attributes, value)


def _attributes(styles: Collection[int], kind: bytes) -> bytes:
    """In both orders that are met; style 0 may be left out."""
    style = rb' s="(?:%s)"' % b"|".join(b"%d" % each for each in sorted(styles))
    if 0 in styles:
        return rb"(?>(?:%s)?)(?>(?:%s)?)(?>(?:%s)?)" % (style, kind, style)
    return rb"(?:%s(?>(?:%s)?)|%s%s)" % (style, kind, kind, style)


def _runs_of(row: bytes, prefix: bytes) -> re.Pattern[bytes]:
    escaped = re.escape(prefix)
    return re.compile(
        b"(?>(?:%s)+)" % row.replace(b"<P", b"<" + escaped).replace(b"/P", b"/" + escaped)
    )
