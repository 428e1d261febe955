import json
from uuid import UUID

import pytest

from importer.delivery.deletion import (
    Deleted,
    Refused,
    Unknown,
    Verdict,
    delete_request,
    verdict_on_delete,
)
from importer.delivery.leadsquared import Call
from importer.delivery.replies import Reply, Throttled
from importer.delivery.throttle import Rate

LEAD = UUID("31cbc6cc-f491-4975-a4cc-dc1313d68ec1")
DONE = {"Status": "Success"}
LIMIT = "API calls exceeded the limit of 20 in 5 second(s)"


def envelope(kind: str, message: str) -> dict[str, str]:
    return {"Status": "Error", "ExceptionType": kind, "ExceptionMessage": message}


def verdict(status: int, body: object) -> Verdict:
    text = body if isinstance(body, str) else json.dumps(body)
    call = Call(delete_request(LEAD), 1.0, 5, Reply(status, {}, text.encode()))
    return verdict_on_delete(call, "api.example.com")


def test_the_request_is_the_documented_one() -> None:
    request = delete_request(LEAD)
    assert (request.path, request.params, request.body) == (
        "/v2/LeadManagement.svc/Lead/Delete/ById",
        {"leadId": str(LEAD)},
        None,
    )


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, DONE, Deleted()),
        (200, "<html>Sign in</html>", Unknown("HTTP 200: <html>Sign in</html>", True)),
        (200, {"Status": "Error"}, Unknown('HTTP 200: {"Status": "Error"}', True)),
        (500, DONE, Unknown('HTTP 500: {"Status": "Success"}', True)),
        (500, "Unable to Connect to DB", Unknown("HTTP 500: Unable to Connect to DB", True)),
        (
            500,
            envelope("MXDBException", "Unable to connect to DB"),
            Unknown("HTTP 500: Unable to connect to DB", True),
        ),
        (502, "<html>", Unknown("HTTP 502: <html>", True)),
        (
            500,
            envelope("MXInvalidEntityReferenceException", "Lead not found"),
            Refused("MXInvalidEntityReferenceException", "Lead not found"),
        ),
        (
            200,
            envelope("MXInvalidEntityReferenceException", "Lead not found"),
            Refused("MXInvalidEntityReferenceException", "Lead not found"),
        ),
        (400, "no Id", Refused("HTTP 400", "no Id")),
        (403, "no", Refused("HTTP 403", "no", for_all=True)),
        (404, "not here", Refused("HTTP 404", "not here", for_all=True)),
        (
            401,
            envelope("MXInvalidAccessDetailsException", "Invalid Access Details"),
            Refused("MXInvalidAccessDetailsException", "Invalid Access Details", for_all=True),
        ),
        (429, LIMIT, Throttled(Rate(20, 5.0), None)),
        (403, envelope("", LIMIT), Throttled(Rate(20, 5.0), None)),
        (
            200,
            envelope("MXAPIRateLimitExceededException", LIMIT),
            Throttled(Rate(20, 5.0), None),
        ),
    ],
)
def test_the_body_decides_then_the_status(status: int, body: object, expected: Verdict) -> None:
    assert verdict(status, body) == expected


def test_no_reply_tells_nothing() -> None:
    call = Call(delete_request(LEAD), 1.0, 5, error="ReadTimeout", message="timed out")
    assert verdict_on_delete(call, "api.example.com") == Unknown("timed out", is_reply=False)
