"""`make audit`: whether a package that constraints.txt pins has a known vulnerability.

In: constraints.txt, and the advisories of pypi.org, asked by pip-audit. Out: exit code 0 where each
pinned package was looked up and none has one; else 1, with what is wrong. A package that could not
be looked up is no good news: pip-audit by itself passes it over.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
PIP_AUDIT = (
    *(sys.executable, "-m", "pip_audit", "-r", str(CONSTRAINTS), "--no-deps", "--disable-pip"),
    *("--format", "json", "--progress-spinner", "off"),
)
WHERE = "run it where https://pypi.org can be reached"
Answer = tuple[str, str]
Run = Callable[[Sequence[str]], Answer]


def main(run: Run | None = None) -> int:
    """run: gives what a command says on stdout and stderr."""
    pins = pinned(CONSTRAINTS.read_text(encoding="utf-8"))
    troubles = list(found_wrong(pins, *(run or _run)(PIP_AUDIT)))
    for trouble in troubles:
        sys.stderr.write(f"audit: {trouble}\n")
    if not troubles:
        sys.stdout.write(f"audit: {len(pins)} packages are pinned, and none is known as unsafe\n")
    return int(bool(troubles))


def pinned(text: str) -> Mapping[str, str]:
    """Name, as pypi.org writes it, to version."""
    lines = (line.partition("==") for line in text.splitlines() if not line.startswith("#"))
    return {_plain(name): version for name, _, version in lines}


def found_wrong(pins: Mapping[str, str], out: str, err: str) -> Iterator[str]:
    """pip-audit's answer against the pins, a line each."""
    try:
        packages: list[dict[str, Any]] = json.loads(out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (err.strip().splitlines() or ["it said nothing"])[-1]
        yield f"pip-audit gave no answer: {last}; {WHERE}"
        return
    known = {_plain(each["name"]): each for each in packages if "vulns" in each}
    if missing := [name for name in pins if name not in known]:
        reasons = [each["skip_reason"] for each in packages if each.get("skip_reason")]
        why = f" ({reasons[0]})" if reasons else ""
        yield (
            f"{len(missing)} of {len(pins)} packages could not be looked up, {missing[0]} the"
            f" first{why}; {WHERE}"
        )
    for name, each in known.items():
        for flaw in each["vulns"]:
            mended = " or ".join(flaw.get("fix_versions") or ["no version yet"])
            yield f"{name} {each['version']} has {flaw['id']}, mended in {mended}: pin that"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _run(command: Sequence[str]) -> Answer:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


if __name__ == "__main__":
    sys.exit(main())
