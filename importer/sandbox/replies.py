"""The bodies that the API answers with: the error envelope, and refusals as exceptions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"

BLANKS = b" " * 65_536
"""JSON allows blanks at its end: a client that read a padded reply whole would understand it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """`padding`: how many times BLANKS is sent behind the body. more: headers, of pages."""

    status: int
    body: bytes
    media: str = JSON
    padding: int = 0
    more: Mapping[str, str] | None = None


class RefusedError(Exception):
    """The API says no, for good: an MX exception in the envelope.

    HTTP 500 is the vendor's status for a logical refusal (contract, section 4).
    """

    def __init__(self, exception_type: str, message: str, status: int = 500) -> None:
        super().__init__(message)
        self.exception_type = exception_type
        self.message = message
        self.status = status


class UnreadableError(Exception):
    """The body is not what the call takes: HTTP 400 with text that is not JSON."""


class MissingError(Exception):
    """The account has no such call: HTTP 404, as for a path that is not there."""


def dump(value: Any) -> bytes:
    # Half of a character, which a client can send as "\ud83d", is shown as it was sent.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace")


def envelope(status: int, exception_type: str, message: str) -> Reply:
    """Refuse in the vendor's envelope (apidocs error-handling)."""
    return Reply(
        status,
        dump({"Status": "Error", "ExceptionType": exception_type, "ExceptionMessage": message}),
    )


def invalid_parameter(name: str, status: int = 500) -> RefusedError:
    return RefusedError("MXInvalidInputException", f"Invalid Input! Parameter Name: {name}", status)


BARE_500 = Reply(500, b"Unable to Connect to DB", TEXT)
BAD_GATEWAY = Reply(
    502,
    b"<html><head><title>502 Bad Gateway</title></head>"
    b"<body><center><h1>502 Bad Gateway</h1></center></body></html>",
    HTML,
)
SIGN_IN = Reply(
    200,
    b"<!DOCTYPE html><html><head><title>Sign in</title></head>"
    b"<body><h1>Please sign in to go on</h1></body></html>",
    HTML,
)
"""What a proxy or a portal between client and server may answer for it."""

NOT_FOUND = Reply(404, b"The resource you are looking for does not exist.", TEXT)
WRONG_VERB = Reply(405, b"The requested resource does not support this http method.", TEXT)
BAD_KEYS = envelope(401, "MXInvalidAccessDetailsException", "Invalid Access Details provided.")
UNKNOWN_ERROR = envelope(200, "", "Something went wrong")

NOT_JSON = "The incoming message has an unexpected message format 'Raw'."
"""Content-Type must be application/json (apidocs); what is said to another is assumed."""
