"""Texts that somebody may have put into a cell to do harm, and any others."""

from collections.abc import Sequence

from hypothesis import strategies as st

HOSTILE = (
    "", " ", "\u00a0", "\u200b", "=1+1", '=HYPERLINK("http://example.com","x")', "+91 98", "-1",
    "@SUM(A1)", "'", "''=1", "'00501", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", '"', '""',
    '"a', 'a"b', '"a"b', "a,b", "a;b", "a\tb", "a|b", "a\nb", "a\r\nb", "a\rb", "\r\n", "\n",
    "sep=;", "00501", "9198765432100", "1E5", "1/2/2026", "TRUE", "#N/A", "NULL", "\0", "a\0b",
    "\ufeff", "\u202eevil\u202c", "\u2066x\u2069", "\x1b[31m", "\x07", "\x7f", "\x85", "\u2028",
    "\ufffe", "\U0001f600", "e\u0301", "ﬁ", "İ", "_x000D_", "_x0041_", "&amp;", "<b>", "]]>",
    "%s{0}", '","Attribute":"mx_Evil","Value":"', '"}],[{"', "\\", "\\u0000", "\\ud800", "${x}",
    "; DROP", "Import Job", "Import Row", "Reject Code", "2", "0123456789ab", "x" * 40_000,
)  # fmt: skip


def any_text(
    alphabet: st.SearchStrategy[str], hostile: Sequence[str] = HOSTILE
) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(hostile), st.text(alphabet, max_size=8))
