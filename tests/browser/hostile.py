"""A list that is made to run something, to reach out, or to look like another, in a browser."""

import json

AWAY = "http://127.0.0.1:9/leak"
RAN = "window.ran = true"
LONG = "x" * 100_000
CELLS = (
    f"<script>{RAN}</script>",
    f'"><img src=x onerror="{RAN}">',
    f"</style></title></textarea><svg onload='{RAN}'>",
    f"javascript:{RAN}",
    f'<a href="javascript:{RAN}" autofocus onfocus="{RAN}">look</a>',
    f'<iframe src="{AWAY}"></iframe><img src="{AWAY}"><link rel=stylesheet href="{AWAY}">',
    f'<meta http-equiv="refresh" content="0;url={AWAY}"><base href="{AWAY}">',
    f"<style>@import '{AWAY}';body{{display:none}}</style>",
    f"<form action='{AWAY}'><input autofocus onfocus='{RAN}'></form>",
    "</td></tr></table></details></main><h1>All rows are fine</h1>",
    "{{ 7 * 7 }}{% for x in y %}",
    "&lt;b&gt; &#60;script&#62;",
    "<!--", "]]>", "a ‮gpj.exe", "⁦ltr", "bell \x07 esc \x1b[31m red", "two\nlines",
    "שלום עולם", "नमस्ते", "👩‍🚀", LONG,
)  # fmt: skip
NAME = f"<img src=x onerror='{RAN}'>.csv"
MAPPING = f"""\
version: 1
columns:
  First Name: FirstName
  Email: {{field: EmailAddress, transform: [trim, email]}}
  Phone: {{field: Phone, transform: phone}}
  {json.dumps(CELLS[0])}: mx_Notes
constants:
  Source: {json.dumps(CELLS[1])}
"""
