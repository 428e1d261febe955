"""`python -m docs_build`: bring the generated parts of docs/ up to date, or tell which are not."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from docs_build.pages import write_pages

DOCS = Path(__file__).parents[1] / "docs"


def main(arguments: Sequence[str], docs: Path = DOCS) -> int:
    parser = argparse.ArgumentParser(prog="python -m docs_build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where one differs")
    options = parser.parse_args(arguments)
    stale = write_pages(docs, write=not options.check)
    for name in stale:
        sys.stdout.write(
            f"{name}: {'is not what the code gives' if options.check else 'written'}\n"
        )
    if stale and options.check:
        sys.stdout.write("mend it: python -m docs_build\n")
    return int(bool(stale and options.check))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
