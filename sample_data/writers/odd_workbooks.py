"""Workbooks that XlsxWriter can't write, made of their parts; and files that are none."""

import struct

from sample_data.writers.parts import MACRO_TYPE, STRICT, archive, workbook_parts

HEADER_ROW = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>First Name</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Email</t></is></c></row>'
)
ASHA_ROW = (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Asha</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>asha.rao@example.com</t></is></c></row>'
)
# A text of several runs, with its reading in another script; blanks at the ends; Excel's sign for
# a character that XML can't hold; a number, which needs no type.
INLINE_ROWS = """\
<row r="1"><c r="A1" t="inlineStr"><is><t>First Name</t></is></c>\
<c r="B1" t="inlineStr"><is><r><t>No</t></r><r><rPr><b/></rPr><t>tes</t></r></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>Asha</t></is></c>\
<c r="B2" t="inlineStr"><is><r><t xml:space="preserve">Call </t></r>\
<r><rPr><b/></rPr><t>today</t></r></is></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>さくら</t><rPh sb="0" eb="3"><t>サクラ</t></rPh></is></c>\
<c r="B3" t="inlineStr"><is><t xml:space="preserve">  two blanks </t></is></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>Meera</t></is></c><c r="B4"><v>501</v></c></row>
"""
# What programs write that calculate nothing: the formula alone.
UNCALCULATED_ROWS = f"""\
{HEADER_ROW}
<row r="2"><c r="A2" t="inlineStr"><is><t>Asha</t></is></c>\
<c r="B2"><f>LOWER(A2)&amp;"@example.com"</f></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>Jonas</t></is></c>\
<c r="B3" t="str"><f>LOWER(A3)&amp;"@example.net"</f><v>jonas@example.net</v></c></row>
"""
# Numbers as the programs store them: with the noise of binary fractions, with an exponent, with
# decimals that are zero; and the day that the 1900 system has and the calendar has not.
STORED_ROWS = """\
<row r="1"><c r="A1" t="inlineStr"><is><t>How</t></is></c>\
<c r="B1" t="inlineStr"><is><t>Value</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>0.1 + 0.2</t></is></c>\
<c r="B2"><v>0.30000000000000004</v></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>a phone with an exponent</t></is></c>\
<c r="B3"><v>9.1987654321E+12</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>a whole number with decimals</t></is></c>\
<c r="B4"><v>501.0</v></c></row>
<row r="5"><c r="A5" t="inlineStr"><is><t>29 February 1900</t></is></c>\
<c r="B5" s="1"><v>60</v></c></row>
"""
# Some programs leave out the names of rows and cells: then they follow each other.
NAMELESS_ROWS = """\
<row><c t="inlineStr"><is><t>First Name</t></is></c><c t="inlineStr"><is><t>Zip</t></is></c></row>
<row><c t="inlineStr"><is><t>Asha</t></is></c><c t="inlineStr"><is><t>00501</t></is></c></row>
"""
# One pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
PDF = b"""\
%PDF-1.4
%\xe2\xe3\xcf\xd3
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [] /Count 0 >>
endobj
trailer
<< /Root 1 0 R >>
%%EOF
"""
HTML = """\
<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>
<body><table border="1">
<tr><th>First Name</th><th>Email</th></tr>
<tr><td>Asha</td><td>asha.rao@example.com</td></tr>
</table></body>
</html>
"""
# Of a compound file: its sectors' size, and the marks in its table (MS-CFB 2.1).
SECTOR, FREE, END, TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
DOCUMENT = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": "<document>First Name, Email</document>",
}


def odd_workbook_files() -> dict[str, bytes]:
    plain = HEADER_ROW + ASHA_ROW
    macros = workbook_parts(plain, workbook_type=MACRO_TYPE)
    damaged = workbook_parts(plain)
    damaged["xl/worksheets/sheet1.xml"] = str(damaged["xl/worksheets/sheet1.xml"])[:-60]
    return {
        "workbook_inline_strings.xlsx": archive(workbook_parts(INLINE_ROWS)),
        "workbook_formula_without_value.xlsx": archive(workbook_parts(UNCALCULATED_ROWS)),
        "workbook_macros.xlsm": archive({**macros, "xl/vbaProject.bin": b"no real macros"}),
        "workbook_strict.xlsx": archive(workbook_parts(plain, dialect=STRICT)),
        "workbook_numbers_as_stored.xlsx": archive(workbook_parts(STORED_ROWS)),
        "workbook_without_cell_names.xlsx": archive(workbook_parts(NAMELESS_ROWS)),
        "error_damaged_sheet.xlsx": archive(damaged),
        "error_word_document.xlsx": archive({**DOCUMENT}),
        "error_zip.csv": archive(
            dict.fromkeys(
                ("leads.csv", "more.csv"), "First Name,Email\r\nAsha,asha.rao@example.com\r\n"
            )
        ),
        "error_image.xlsx": PNG,
        "error_pdf.csv": PDF,
        "error_html.xls": HTML.encode(),
        "error_old_workbook.xls": _old_workbook(),
    }


def _old_workbook() -> bytes:
    """The outside of an .xls: a compound file with the stream `Workbook`, which is all zeros.

    Head, table of sectors, folder and stream, as MS-CFB 2.1 to 2.6 has them.
    """
    stream_sectors = 8  # 4,096 bytes: a shorter stream would need a second table
    head = struct.pack(
        "<8s16x5H6x9I109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),  # version 3, little-endian, sectors of 512 and 64 bytes
        *(0, 1, 1, 0, 4096, END, 0),  # one table; the folder is sector 1; no small streams
        *(END, 0),  # no further tables
        *(0, *[FREE] * 108),  # the table is sector 0
    )
    chain = [TABLE, END, *range(3, 2 + stream_sectors), END]
    table = struct.pack("<128I", *chain, *([FREE] * (128 - len(chain))))
    folder = _entry("Root Entry", kind=5, child=1, start=END, size=0)
    folder += _entry("Workbook", kind=2, child=FREE, start=2, size=stream_sectors * SECTOR)
    return head + table + folder.ljust(SECTOR, b"\0") + bytes(stream_sectors * SECTOR)


def _entry(name: str, *, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    siblings = (FREE, FREE)
    return struct.pack("<64sH2B3I36xIQ", text, len(text), kind, 1, *siblings, child, start, size)
