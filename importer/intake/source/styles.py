"""A workbook's styles, as far as a cell's text depends on them: the number format of each.

In: xl/styles.xml. openpyxl can read it too, but costs 0.13 to 0.4 s to import, and gives up the
whole file over one odd colour or font.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from importer.intake.source.package import STYLES, Package

GENERAL = "General"
# The formats that need not be defined: ECMA-376 part 1, 18.8.30.
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
# Of these the language of Excel decides; in all of them they are dates, and 32 and 33 times.
BUILT_IN |= dict.fromkeys((*range(27, 32), *range(34, 37), *range(50, 59)), "yyyy-mm-dd")
BUILT_IN |= {32: "h:mm", 33: "h:mm:ss"}
LONGEST_CODE = 255  # characters (support.microsoft.com, "Excel specifications and limits")
LONGEST_NUMBER = 9  # digits
GROUPS = ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs")  # of which one has the cells' styles


@dataclass(frozen=True, slots=True)
class Styles:
    """codes: the format codes that are used, General first. formats: of each style, into codes."""

    codes: Sequence[str]
    formats: Sequence[int]


def read_styles(package: Package) -> Styles:
    """Raises SourceError: the styles are damaged. A workbook may have none."""
    defined, used, group = dict(BUILT_IN), [], ""
    for name, attributes in package.tags(STYLES, {*GROUPS, "numFmt", "xf"}):
        if name in GROUPS:
            group = name
        elif name == "numFmt" and not group:
            code = attributes.get("formatCode", GENERAL)
            known = code if len(code) <= LONGEST_CODE else GENERAL
            defined[_number(attributes.get("numFmtId"))] = known
        elif name == "xf" and group == "cellXfs":
            used.append(_number(attributes.get("numFmtId")))
    codes = {GENERAL: 0}
    formats = [codes.setdefault(defined.get(each, GENERAL), len(codes)) for each in used]
    return Styles(list(codes), formats)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
