"""axe-core, which knows what keeps people from a page: fetched once by npm, checked at each use.

In: a page that is shown. Out: what axe finds there, in words. Its package is never unpacked, and
nothing of it is run but the one script, in the page.
Source: github.com/dequelabs/axe-core, doc/API.md.
"""

import json
import tarfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha512
from pathlib import Path
from typing import Any

from tests.browser.devtools import Page
from tests.browser.program import Machine

PACKAGE = "axe-core@4.14.1"
# As the registry has it (`npm view axe-core@4.14.1 dist.integrity`), and a package-lock would.
INTEGRITY = (
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASy"
    "FNNtuFooJpZe37OgudVGtQ=="
)
ARCHIVE = f"{PACKAGE.replace('@', '-')}.tgz"
MEMBER = "package/axe.min.js"
NPM = ("npm", "pack", "--silent", PACKAGE, "--pack-destination")
# With no more said, axe runs all rules, the best practices too, but those that it has on trial.
RUN = "axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(JSON.stringify)"
# What axe leaves to a person, and who looks instead: the rule and the reason's key.
SEEN_TO: Mapping[tuple[str, str], str] = {
    ("color-contrast", "bgOverlap"): (
        "cells that a table's own scrolling hides; `looks.PALE` measures every text, hidden or not"
    ),
    ("color-contrast", "imgNode"): "letters of a picture that we draw, beside its shapes; as above",
    ("color-contrast", "shortTextContent"): "a text of one letter; as above",
}


class NoAxeError(Exception):
    """It cannot be had as it is pinned, with what can be done."""


def axe_of(machine: Machine, integrity: str = INTEGRITY) -> str:
    """Its script; fetched where it is not there. Raises NoAxeError."""
    if not (machine.folder / ARCHIVE).exists():
        machine.say(f"axe is not here: fetching {PACKAGE} with npm, into {machine.folder}")
        fetch(machine)
    return script_of(machine.folder, integrity)


def fetch(machine: Machine) -> None:
    if not machine.which("npm"):
        raise _absent(machine.folder, "there is no npm to fetch it with")
    machine.folder.mkdir(parents=True, exist_ok=True)
    if not machine.run((*NPM, str(machine.folder))):
        raise _absent(machine.folder, "npm did not get it")


def script_of(folder: Path, integrity: str = INTEGRITY) -> str:
    """Raises NoAxeError: it is not there, or is not what is pinned."""
    archive = folder / ARCHIVE
    if not archive.is_file():
        raise _absent(folder, "it was not fetched")
    found = integrity_of(archive.read_bytes())
    if found != integrity:
        raise NoAxeError(
            f"the package of axe is not the {PACKAGE} that is pinned:\n"
            f"  at:      {archive}\n  pinned:  {integrity}\n  found:   {found}\n"
            "  mend it: remove the file, and run make browser-test again"
        )
    with tarfile.open(archive) as members:
        file = members.extractfile(MEMBER)
        assert file is not None, f"{MEMBER} is a file"
        return file.read().decode()


def integrity_of(package: bytes) -> str:
    """As npm writes it."""
    return f"sha512-{b64encode(sha512(package).digest()).decode()}"


def _absent(folder: Path, why: str) -> NoAxeError:
    return NoAxeError(
        f"there is no axe to look at the pages with, and {why}:\n"
        f"  looked for: {folder / ARCHIVE}\n"
        f"  mend it: run make browser-test where npm reaches its registry, or fetch it by hand:"
        f" {' '.join(NPM)} {folder}"
    )


def barriers(axe: str, page: Page) -> list[str]:
    """All that axe finds, and what it could not tell, unless SEEN_TO has it: a line each."""
    page.value(f"{axe}\n;0")
    found: dict[str, Any] = json.loads(page.value(RUN))
    assert found["passes"], "axe has looked at nothing"
    return [*_told(found["violations"]), *_told(found["incomplete"], "cannot tell: ")]


def _told(rules: list[dict[str, Any]], unsure: str = "") -> Iterator[str]:
    for rule in rules:
        for node in rule["nodes"]:
            if unsure and all((rule["id"], reason) in SEEN_TO for reason in _reasons(node)):
                continue
            summary = " ".join(str(node.get("failureSummary")).split())
            yield f"{unsure}{rule['id']} ({rule['impact']}) at {node['target']}: {summary}"


def _reasons(node: dict[str, Any]) -> set[str]:
    """Keys of what kept axe from an answer; at least one, be it blank."""
    data = [each["data"] for each in (*node["any"], *node["all"], *node["none"])]
    keys = {str(each.get("messageKey")) for each in data if isinstance(each, dict)}
    return keys or {""}
