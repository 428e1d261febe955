"""The table of design §5: the body decides, then the status."""

import json
from uuid import UUID

import pytest

from importer.delivery.replies import (
    Created,
    Duplicate,
    Rejected,
    Reply,
    Stopped,
    Throttled,
    Unsettled,
    Verdict,
    duplicate_field,
    read_created,
    stopped,
    throttled,
)
from importer.delivery.throttle import Rate
from tests.delivery.account import error_reply

HOST = "api.example.com"
ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
LIMIT = "API calls exceeded the limit of 25 in 5 second(s)"
DUPLICATE = "MXDuplicateEntryException"
FIX_FIELD = "correct the schema name in the mapping (Settings > Leads > Lead Fields shows them)"
FIX_KEYS = (
    "check LSQ_ACCESS_KEY, LSQ_SECRET_KEY and LSQ_HOST, or the account in importer.toml (My Profile"
    " > Settings > API and Webhooks shows them)"
)
FIX_RIGHTS = "use the keys of a user who may create leads, such as an administrator"
FIX_HOST = (
    "set LSQ_HOST, or host in importer.toml, to the account's API host, such as"
    " api-in21.leadsquared.com"
)


def verdict(status: int, body: object, **headers: str) -> Verdict:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_created(Reply(status, headers, data), HOST)


def success(lead_id: object = ID, **more: object) -> dict[str, object]:
    return {"Status": "Success", "Message": {"Id": lead_id, **more}}


def error(kind: str, message: str = "No.", status: int = 500) -> Verdict:
    return read_created(error_reply(kind, message, status), HOST)


@pytest.mark.parametrize("status", [200, 201, 202])
def test_success_with_an_id_is_created(status: int) -> None:
    assert verdict(status, success()) == Created(UUID(ID))


def test_an_id_is_read_with_braces_or_without_hyphens_and_in_capitals() -> None:
    for text in (ID.upper(), f"{{{ID}}}", ID.replace("-", "")):
        assert verdict(200, success(text)) == Created(UUID(ID))


@pytest.mark.parametrize(
    "body",
    [
        success(None),
        success(""),
        success("17"),
        success(17),
        {"Status": "Success"},
        {"Status": "Success", "Message": ID},
        {"Status": "Error", "Message": {"Id": ID}},
        {"Message": {"Id": ID}},
        [success()],
        {},
        None,
    ],
)
def test_a_success_without_an_id_proves_nothing_and_is_kept_word_for_word(body: object) -> None:
    assert verdict(200, body) == Unsettled("HTTP 200", json.dumps(body), ended=False)


def test_a_server_error_is_no_success_whatever_it_says() -> None:
    body = json.dumps(success())
    assert verdict(500, success()) == Unsettled("HTTP 500", body, ended=True)


@pytest.mark.parametrize("status", [500, 200, 400, 409])
@pytest.mark.parametrize(
    ("message", "field"),
    [
        ("A Lead with same Phone Number already exists.", "Phone"),
        ("A Lead with same Email already exists.", "EmailAddress"),
        ("A lead with same Mobile Number already exists", "Mobile"),
        ("A Lead with same mx_Import_Key already exists.", "mx_Import_Key"),
        ("Duplicate entry 'x@y' for key 'UQ_Prospect_Base_EmailAddress'", "EmailAddress"),
        ("Duplicate entry '7' for key 'UQ_Prospect_ExtensionBase_mx_Code'", "mx_Code"),
        ("It is there already.", None),
        ("", None),
    ],
)
def test_a_duplicate_names_its_field(status: int, message: str, field: str | None) -> None:
    assert error(DUPLICATE, message, status) == Duplicate(DUPLICATE, message, field)
    assert duplicate_field(message) == field


@pytest.mark.parametrize("value", ["info@throttlemotors.com", "ratelimit@example.com"])
def test_a_duplicate_whose_value_has_the_word_throttle_is_a_duplicate(value: str) -> None:
    message = f"Duplicate entry '{value}' for key 'UQ_Prospect_Base_EmailAddress'"
    assert error(DUPLICATE, message) == Duplicate(DUPLICATE, message, "EmailAddress")


def test_a_duplicate_whose_value_speaks_of_a_timeout_is_a_duplicate() -> None:
    message = "Duplicate entry 'timeout@x.in' for key 'UQ_Prospect_Base_EmailAddress'"
    assert error(DUPLICATE, message) == Duplicate(DUPLICATE, message, "EmailAddress")


@pytest.mark.parametrize("status", [200, 400, 403, 500])
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("MXTimeoutException", "The server was busy."),
        ("MXException", "The request timed out."),
        ("MXException", "Unable to Connect to DB"),
        ("MXException", "There is no connection to the database"),
        ("MXException", "The connection was lost"),
    ],
)
def test_a_vendors_error_that_is_transient_is_as_a_bare_one(
    status: int, kind: str, words: str
) -> None:
    assert error(kind, words, status) == Unsettled(kind, words, ended=status == 500)


@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("MXMandatoryFieldMissingException", "LastName is mandatory"),
        ("MXInvalidInputException", "Invalid Input! Parameter Name: Phone"),
        ("MXInvalidDataTypeException", "mx_Age is no number"),
        ("MXInvalidEntityReferenceException", "Invalid value 'Throttle Motors' for Industry"),
        ("MXInvalidInputException", 'Invalid value "connection lost" for Notes'),
        ("MXSomethingNewException", "Whatever"),
    ],
)
def test_any_other_exception_of_the_vendor_is_rejected(status: int, kind: str, words: str) -> None:
    assert error(kind, words, status) == Rejected(kind, words)


def test_an_exception_without_words_is_rejected_and_says_so() -> None:
    assert error("MXInvalidInputException", "") == Rejected(
        "MXInvalidInputException", "no message came with it"
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"Unexpected character encountered while parsing value", None),
        (b"  \n", "no words came with it"),
        (b'{"Status":"Error","ExceptionMessage":"It is no JSON."}', "It is no JSON."),
    ],
)
def test_a_400_is_rejected_in_the_servers_words(body: bytes, words: str | None) -> None:
    assert verdict(400, body) == Rejected("HTTP 400", words or body.decode())


@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_an_unknown_attribute_stops_the_run(status: int) -> None:
    found = error("MXUnknownAttributeException", "Attribute(s) does not exist - A,B", status)
    what = "the account does not know a field that the mapping names:"
    assert found == Stopped(f"{what} Attribute(s) does not exist - A,B", FIX_FIELD, True)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, ""),
        (401, "MXInvalidAccessDetailsException"),
        (200, "MXAuthenticationFailedException"),
        (403, "MXUnAuthorizedAccessException"),
        (500, "MXUnauthorizedRequestException"),
    ],
)
def test_refused_keys_stop_the_run(status: int, kind: str) -> None:
    what = "api.example.com refuses the keys: Invalid Access Details"
    assert error(kind, "Invalid Access Details", status) == Stopped(what, FIX_KEYS)


@pytest.mark.parametrize(
    ("words", "host"),
    [
        ("Use api-in21.leadsquared.com", "api-in21.leadsquared.com"),
        ("Access https://api-us11.leadsquared.com/v2/ instead.", "api-us11.leadsquared.com"),
        ("Your host is api.leadsquared.com.", "api.leadsquared.com"),
    ],
)
def test_a_401_that_names_the_right_host_says_so(words: str, host: str) -> None:
    what = f"the account lives on {host}, and not on api.example.com: {words}"
    fix = f'set LSQ_HOST={host}, or host = "{host}" in importer.toml'
    assert error("MXInvalidAccessDetailsException", words, 401) == Stopped(what, fix)


@pytest.mark.parametrize(
    "words",
    [
        "see https://apidocs.leadsquared.com, or api-in22.leadsquared.com.example.com",
        "not asyncapi-in21.leadsquared.com, async-api.leadsquared.com or in21.leadsquared.com",
        "API-IN21.leadsquared.com refuses it",
    ],
)
def test_a_401_that_names_no_other_api_host_is_about_the_keys(words: str) -> None:
    found = stopped(Reply(401, {}, words.encode()), "api-in21.leadsquared.com")
    what = f"api-in21.leadsquared.com refuses the keys: {words}"
    assert found == Stopped(what, FIX_KEYS)


def test_a_401_without_a_body_stops_the_run() -> None:
    what = "api.example.com refuses the keys: no words with it"
    assert verdict(401, b"") == Stopped(what, FIX_KEYS)


def test_a_403_that_is_no_throttle_stops_the_run() -> None:
    what = "api.example.com forbids this call: Forbidden"
    assert verdict(403, b"Forbidden") == Stopped(what, FIX_RIGHTS)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 404, 405])
def test_another_server_than_the_api_stops_the_run(status: int) -> None:
    what = f"api.example.com does not offer the LeadSquared API: HTTP {status}"
    assert verdict(status, b"<html>") == Stopped(what, FIX_HOST)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, {"Status": "Error", "ExceptionMessage": LIMIT}),
        (429, LIMIT.encode()),
        (429, LIMIT),  # as a JSON string
        (403, LIMIT),
        (403, {"ExceptionType": "MXException", "ExceptionMessage": LIMIT}),
        (403, {"ExceptionMessage": LIMIT}),
        (503, LIMIT.encode()),
        (200, {"ExceptionType": "MXAPIRateLimitExceededException", "ExceptionMessage": LIMIT}),
        (500, {"ExceptionType": "MXAPIRateLimitExceededException", "ExceptionMessage": LIMIT}),
        (200, {"ExceptionType": "MXThrottleException", "ExceptionMessage": LIMIT}),
    ],
)
def test_throttling_in_any_form_tells_the_limit(status: int, body: object) -> None:
    assert verdict(status, body) == Throttled(Rate(25, 5), None)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, b""),
        (429, {"ExceptionMessage": "API calls exceeded the limit of 0 in 5 second(s)"}),
        (429, {"ExceptionMessage": "API calls exceeded the limit of 5 in 0 second(s)"}),
        (200, {"ExceptionType": "MXAPIRateLimitExceededException", "ExceptionMessage": "Slow"}),
        (403, {"ExceptionType": "MXException", "ExceptionMessage": "Too many requests"}),
        (500, {"ExceptionType": "MXException", "ExceptionMessage": "You are being throttled"}),
    ],
)
def test_throttling_without_a_limit_is_throttling(status: int, body: object) -> None:
    assert verdict(status, body) == Throttled(None, None)


def test_a_retry_after_is_seconds_or_a_date_by_the_servers_own_clock() -> None:
    date = {"date": "Tue, 01 Sep 2026 10:00:00 GMT"}
    later = "Tue, 01 Sep 2026 10:01:30 GMT"
    earlier = "Tue, 01 Sep 2026 09:00:00 GMT"
    told = [
        verdict(429, b"", **{"retry-after": value}, **headers)
        for value, headers in [
            ("7", {}), (later, date), (earlier, date), (later, {}), ("soon", date), ("-1", {}),
        ]
    ]  # fmt: skip
    assert told == [Throttled(None, seconds) for seconds in (7.0, 90.0, 0.0, None, None, None)]


def test_a_200_that_only_mentions_a_limit_is_not_throttling() -> None:
    assert throttled(Reply(200, {}, LIMIT.encode())) is None


@pytest.mark.parametrize(
    ("status", "ended"), [(500, True), (502, False), (503, False), (504, False), (520, False)]
)
def test_a_server_error_without_the_vendors_body_is_unsettled(status: int, ended: bool) -> None:
    assert verdict(status, b"<html>Oops</html>") == Unsettled(
        f"HTTP {status}", "<html>Oops</html>", ended=ended
    )
    assert error("NullReferenceException", "Oops", status) == Unsettled(
        "NullReferenceException", "Oops", ended=ended
    )


def test_an_unsettled_reply_keeps_its_retry_after() -> None:
    assert verdict(503, b"", **{"retry-after": "9"}) == Unsettled(
        "HTTP 503", "", ended=False, retry_after_s=9.0
    )


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", b"[" * 100_000, b'{"Status":', b'"Success"', b"NaN", b"17"]
)
def test_no_body_makes_the_reader_stumble(body: bytes) -> None:
    found = verdict(200, body)
    assert isinstance(found, Unsettled)
    assert (found.code, found.ended) == ("HTTP 200", False)


def test_a_long_reply_is_kept_up_to_two_thousand_characters() -> None:
    assert verdict(502, b"x" * 9_000) == Unsettled("HTTP 502", "x" * 2_000, ended=False)
