"""Pages with generated parts: found by their markers, and filled."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from docs_build import commands, journal, json_keys, mapping, rows, settings

PART = re.compile(
    r"^<!-- generated: (?P<name>[a-z ]+) -->\n.*?^<!-- end -->$", re.MULTILINE | re.DOTALL
)
PARTS: Mapping[str, Callable[[], str]] = {
    "commands": commands.commands,
    "options": commands.options,
    "exit codes": commands.exit_codes,
    "json keys": json_keys.json_keys,
    "added json keys": json_keys.added_keys,
    "sandbox options": commands.sandbox_options,
    "faults": commands.faults,
    "mapping keys": mapping.mapping_keys,
    "transforms": mapping.transforms,
    "statuses": rows.statuses,
    "job states": rows.job_states,
    "reject codes": rows.reject_codes,
    "findings": rows.findings,
    "reject columns": rows.reject_columns,
    "results columns": rows.results_columns,
    "tables": journal.tables,
    "views": journal.views,
    "variables": settings.variables,
    "toml keys": settings.toml_keys,
}


def write_pages(docs: Path, *, write: bool) -> list[str]:
    """The pages whose generated parts differ from the code, in order; they are brought up to date.

    Raises ValueError: a part is asked for that is not made, or one that is made is on no page.
    """
    stale, used = [], Counter[str]()
    for page in sorted(docs.rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        used.update(part["name"] for part in PART.finditer(text))
        filled = PART.sub(_filled, text)
        if filled != text:
            stale.append(page.relative_to(docs).as_posix())
            if write:
                page.write_text(filled, encoding="utf-8")
    if used != dict.fromkeys(PARTS, 1):
        odd = sorted({*used, *PARTS} - {name for name, count in used.items() if count == 1})
        raise ValueError(f"not on one page exactly: {', '.join(odd)}")
    return stale


def _filled(part: re.Match[str]) -> str:
    name = part["name"]
    if name not in PARTS:
        raise ValueError(f"nothing makes the part {name!r}; there are: {', '.join(PARTS)}")
    return f"<!-- generated: {name} -->\n{PARTS[name]().strip()}\n<!-- end -->"
