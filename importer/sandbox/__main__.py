"""`python -m importer.sandbox`: the sandbox without the importer's command line."""

import argparse
import sys
from collections.abc import Callable
from typing import TypeVar

from importer.sandbox import (
    SandboxOptions,
    parse_faults,
    parse_lag,
    parse_limit,
    parse_range,
    serve,
)

T = TypeVar("T")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m importer.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8800, help="0 takes a free one")
    parser.add_argument("--limit", type=_argument(parse_limit), default=(25, 5.0))
    parser.add_argument("--latency", type=_argument(parse_range), default=(0, 0), metavar="MS-MS")
    parser.add_argument("--uplink", type=_argument(parse_range), default=(0, 0), metavar="MS-MS")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fault", type=_argument(parse_faults), default={}, metavar="NAME=SHARE,…")
    parser.add_argument("--throttle-as", default="mixed", metavar="429|403|200|mixed")
    parser.add_argument("--lag", type=_argument(parse_lag), default=0.0, metavar="SECONDS")
    parser.add_argument("--ahead", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--unique", action="append", default=[], metavar="FIELD")
    parser.add_argument("--field", action="append", default=[], metavar="FIELD")
    parser.add_argument("--mandatory", action="append", default=[], metavar="FIELD")
    parser.add_argument("--drop-field", action="append", default=[], metavar="FIELD")
    parser.add_argument("--deletion", default="on", metavar="on|off|403|404")
    parser.add_argument("--org-id", default=None)
    given = parser.parse_args()
    try:
        serve(
            SandboxOptions(
                port=given.port,
                limit=given.limit,
                latency_ms=given.latency,
                uplink_ms=given.uplink,
                seed=given.seed,
                faults=given.fault,
                throttle_as=given.throttle_as,
                org_id=given.org_id,
                lag_s=given.lag,
                ahead_s=given.ahead,
                unique=given.unique,
                fields=given.field,
                mandatory=given.mandatory,
                dropped=given.drop_field,
                deletion=given.deletion,
            )
        )
    except (OSError, ValueError) as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 2
    return 0


def _argument(parse: Callable[[str], T]) -> Callable[[str], T]:
    """Let argparse show the text of a ValueError, which it hides."""

    def read(text: str) -> T:
        try:
            return parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


if __name__ == "__main__":
    sys.exit(main())
