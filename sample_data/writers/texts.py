"""CSV files with one trouble each, written as bytes; and the mappings that are none."""

import codecs
from collections.abc import Sequence

# Names that differ in every encoding. cp1252 has signs that latin-1 lacks: € and ’.
PEOPLE = (
    ("First Name", "Last Name", "City"),
    ("Jürgen", "Weiß", "München"),
    ("José", "Núñez", "Málaga"),
    ("Zoë", "D'Souza", "Pune"),
)
WITH_SIGNS = (*PEOPLE, ("Renée", "O’Hara", "Café “Zur Post”, 5 €"))
WORLD = (*PEOPLE, ("आरव", "शर्मा", "दिल्ली"), ("さくら", "田中", "東京"))
PLAIN = (
    ("First Name", "Last Name", "Company"),
    ("Asha", "Rao", "Ganga Solar"),
    ("Jonas", "Weber", "Weber & Sohn"),
    ("Meera", "Das", "Das, Iyer; Partners | Pune"),
)
UNTOUCHED = """\
What,Cell
leading zeros,00501
not available,NA
a number in words,1E5
many digits,9198765432100123456
yes,TRUE
a date,14/03/2026
a formula,=1+1
a phone,+91-9876543210
blanks,"  two  "
nothing,
quotation marks,"Lotus ""Prime"" Realty"
a line break,"first line
second line"
the end,last
"""
BLANK_ROWS = """\
First Name,Last Name

Asha,Rao
,
  ,
Jonas,Weber

"""
WIDER_AND_NARROWER = """\
First Name,Company,City
Asha,Ganga Solar,Pune
Jonas,Weber, Sohn & Co,Berlin
Meera,Das
Ravi,Peepal Learning,Kochi,,
"""
HEADER_IN_ROW_4 = """\
Visitors of the trade show,,
Exported on,2 November 2026,
,,
First Name,Last Name,Email
Asha,Rao,asha.rao@example.com
Jonas,Weber,jonas.weber@example.net
"""
REPEATED_HEADER = """\
First Name,Email,Phone,Email
Asha,asha.rao@example.com,+91-9876543210,asha@example.org
"""
NO_MAPPING = """\
# A list of steps for another program: YAML, and no mapping.
- name: Import
  run: importer run leads.csv
"""
BROKEN = """\
version: 1
columns:
  First Name: FirstName
  Email: [trim, lower
  Phone: Phone
"""


def text_files() -> dict[str, bytes]:
    return {
        "encoding_utf8_bom.csv": codecs.BOM_UTF8 + csv_text(WORLD).encode(),
        "encoding_utf16.txt": codecs.BOM_UTF16_LE + csv_text(WORLD, "\t").encode("utf-16-le"),
        "encoding_utf16_big_endian.csv": codecs.BOM_UTF16_BE + csv_text(WORLD).encode("utf-16-be"),
        "encoding_utf16_without_mark.csv": csv_text(PEOPLE).encode("utf-16-le"),
        "encoding_cp1252.csv": csv_text(WITH_SIGNS, ";").encode("cp1252"),
        "encoding_latin1.csv": csv_text(PEOPLE).encode("latin-1"),
        "encoding_mac_roman.csv": csv_text(PEOPLE, end="\r").encode("mac_roman"),
        "delimiter_comma.csv": csv_text(PLAIN).encode(),
        "delimiter_semicolon.csv": csv_text(PLAIN, ";").encode(),
        "delimiter_tab.tsv": csv_text(PLAIN, "\t").encode(),
        "delimiter_pipe.txt": csv_text(PLAIN, "|").encode(),
        "sep_line.csv": b"sep=|\r\n" + csv_text(PLAIN, "|").encode(),
        "header_in_row_4.csv": HEADER_IN_ROW_4.encode(),
        "header_only.csv": b"First Name,Last Name,Email\r\n",
        "cells_untouched.csv": UNTOUCHED.encode(),
        "blank_rows.csv": BLANK_ROWS.encode(),
        "rows_wider_and_narrower.csv": WIDER_AND_NARROWER.encode(),
        "error_repeated_header.csv": REPEATED_HEADER.encode(),
        "error_empty.csv": b"",
        "error_blank.csv": b"\r\n,,\r\n\r\n",
        "error_undecodable.csv": _undecodable(),
        "error_nul_bytes.csv": b"First Name,Last Name\r\nAsha,Rao\r\nJo\0nas,Weber\r\n",
        "error_unclosed_quote.csv": b'First Name,City\r\nAsha,"Pune\r\nJonas,Berlin\r\n',
        "mapping_broken.yaml": BROKEN.encode(),
        "mapping_no_mapping.yaml": NO_MAPPING.encode(),
    }


def csv_text(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """The rows as Excel saves them: cells in quotation marks only where they need them."""
    return "".join(delimiter.join(_quoted(c, delimiter) for c in row) + end for row in rows)


def _quoted(cell: str, delimiter: str) -> str:
    if any(sign in cell for sign in (delimiter, '"', "\r", "\n")):
        return '"{}"'.format(cell.replace('"', '""'))
    return cell


def _undecodable() -> bytes:
    """A byte order mark promises UTF-8, and row 3 breaks the promise."""
    good, bad = "First Name,City\r\nAsha,Málaga\r\n".encode(), "Jürgen,München\r\n".encode("cp1252")
    return codecs.BOM_UTF8 + good + bad
