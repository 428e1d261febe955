"""The dead-man's ping: a service that misses it, or is told of a failure, alerts people.

POST of the address, with one line as body; of its path with /fail where the pass failed
(https://healthchecks.io/docs/signaling_failures/). Nothing shows more of it than its host.
"""

from urllib.parse import urlsplit, urlunsplit

from importer.notices.errands import Errand

TRIES = 2  # a lost packet must wake nobody
TIMEOUT_S = 4.0  # of each part of a try; together within the patience of errands
CAME_TO_ITS_END = frozenset({0, 1, 75})
FAILED = frozenset({2, 3})
WHERE = "healthcheck_url in [notices]"


def errands(url: str, exit_code: int, line: str) -> list[Errand]:
    """None for a pass that was stopped: it neither failed nor came to its end."""
    if exit_code not in CAME_TO_ITS_END | FAILED:
        return []
    try:
        address = fail_address(url) if exit_code in FAILED else url
        host = urlsplit(url).hostname or ""
        is_http = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        address, host, is_http = "", "", False
    if not host or not is_http:
        fix = "write the address as the service shows it, such as https://hc-ping.com/…"
        return [Errand(WHERE, fix, lambda: "this is no address that begins with http")]
    fix = "copy the address again from the service's page, and see whether it can be reached"
    return [Errand(f"{WHERE} ({host})", fix, lambda: _pinged(address, line))]


def fail_address(url: str) -> str:
    """/fail stands at the end of the path, before a query."""
    parts = urlsplit(url)
    path = f"{parts.path.rstrip('/')}/fail"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def _pinged(address: str, line: str) -> str:
    import httpx

    tries_left = TRIES
    while True:
        tries_left -= 1
        try:
            with httpx.Client(timeout=TIMEOUT_S, follow_redirects=True) as client:
                answer = client.post(address, content=line.encode("utf-8", "backslashreplace"))
            return "" if answer.is_success else f"the service answered with {answer.status_code}"
        except httpx.TransportError:
            if not tries_left:
                return "the service could not be reached"
