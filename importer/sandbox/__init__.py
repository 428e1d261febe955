"""A local stand-in for the LeadSquared REST API, made from the contract alone.

It imports nothing of the importer, so that it cannot share the importer's misreading of the
contract. Starlette and uvicorn (the extra `[sandbox]`) are imported by `serve` only.
"""

from importer.sandbox.options import (
    FAULTS,
    THROTTLE_SHAPES,
    SandboxOptions,
    parse_faults,
    parse_lag,
    parse_limit,
    parse_range,
)

__all__ = [
    "FAULTS",
    "THROTTLE_SHAPES",
    "SandboxOptions",
    "parse_faults",
    "parse_lag",
    "parse_limit",
    "parse_range",
    "serve",
]


def serve(options: SandboxOptions) -> None:
    """Answer calls on 127.0.0.1 until SIGINT or SIGTERM.

    Raises PortError (an OSError): the port is taken or not allowed.
    """
    from importer.sandbox.server import serve as serve_now

    serve_now(options)
