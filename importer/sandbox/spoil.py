"""What a client sees of a call that goes wrong, where it sees a reply. Pure."""

from dataclasses import replace

from importer.sandbox.faults import Fault
from importer.sandbox.replies import (
    BAD_GATEWAY,
    BARE_500,
    BLANKS,
    NOT_FOUND,
    SIGN_IN,
    UNKNOWN_ERROR,
    Reply,
)

HUGE_BYTES = 70_000_000
INSTEAD = {
    "bare500": BARE_500,
    "error200": UNKNOWN_ERROR,
    "lookup500": BARE_500,
    "lookup404": NOT_FOUND,
    "fields404": NOT_FOUND,
    "list500": BARE_500,
    "delete500": BARE_500,
}
AFTER = {"commit500": BARE_500, "html502": BAD_GATEWAY, "notjson": SIGN_IN}


def instead(fault: Fault) -> Reply | None:
    """Return the reply of a call that is not done. None: it is done."""
    if fault.name == "html502" and not fault.committed:
        return BAD_GATEWAY
    return INSTEAD.get(fault.name)


def spoilt(fault: Fault, reply: Reply) -> Reply:
    """What is shown of the reply to work that was done."""
    if fault.name == "garbled" and reply.status == 200:
        return Reply(200, reply.body[: len(reply.body) // 2])
    if fault.name == "refuse200" and reply.status == 500:
        return Reply(200, reply.body)
    if fault.name == "huge":
        return replace(reply, padding=-(-HUGE_BYTES // len(BLANKS)))
    return AFTER.get(fault.name, reply)
