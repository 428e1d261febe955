"""A notice to each of the addresses, by apprise. No address is ever shown: most have keys in what
looks like a host. They are told by their number in importer.toml, and their service's name.
"""

import re
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from importer.notices.errands import OVERHEARD, Errand
from importer.notices.summary import Notice

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

CONNECT_S = READ_S = 4.0  # at most; together within the patience of errands
LEAST_TO_SPLIT = 1_000  # characters of a message: shorter ones are of phones, and cost money each
SEVERAL = re.compile(r",\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)
MANUAL = "apprise's manual, https://github.com/caronc/apprise/wiki"
KINDS = {0: "success", 1: "warning", 75: "warning"}  # by exit code; others are failures


def errands(urls: Sequence[str], notice: Notice) -> list[Errand]:
    """One for each address."""
    return [_errand(url, number, notice) for number, url in enumerate(urls, 1)]


def _errand(url: str, number: int, notice: Notice) -> Errand:
    where = f"number {number} of urls in [notices]"
    if SEVERAL.search(url):
        fix = "give each address a variable or file of its own, and each of these an entry in urls"
        return Errand(where, fix, lambda: "it has several addresses, and one is expected")
    service = _service(url)
    if service is None:
        return Errand(where, f"write it as {MANUAL} says", lambda: "it is no address of a service")
    fix = f"hold the address against {MANUAL}, and see whether the service takes messages"
    where = f"{where} ({service.service_name})"
    return Errand(where, fix, lambda: _sent(service, notice))


def _service(url: str) -> "NotifyBase | None":
    """None: apprise knows no such service, or lacks a part of the address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries of a hundred services
        from apprise import Apprise, OverflowMode

        try:
            service = Apprise.instantiate(url, asset=_asset())
        except Exception:  # a service's own: its text may have the address
            return None
    if service is None:
        return None
    service.socket_connect_timeout = min(service.socket_connect_timeout, CONNECT_S)
    service.socket_read_timeout = min(service.socket_read_timeout, READ_S)
    if "overflow=" not in url:
        splits = service.body_maxlen >= LEAST_TO_SPLIT
        service.overflow_mode = OverflowMode.SPLIT if splits else OverflowMode.TRUNCATE
    return service


def _asset() -> "AppriseAsset":
    """As nobody but importer; with its own limit of time apprise would use threads that outlast
    the process."""
    from apprise import AppriseAsset

    return AppriseAsset(
        app_id="importer",
        app_desc="LeadSquared importer",
        app_url="",
        async_mode=False,
        interpret_emojis=False,
        service_timeout=0,
    )


def _sent(service: "NotifyBase", notice: Notice) -> str:
    from apprise import Apprise, NotifyFormat

    taken = Apprise(service, asset=service.asset).notify(
        title=notice.title,
        body=notice.body,
        notify_type=KINDS.get(notice.exit_code, "failure"),
        body_format=NotifyFormat.TEXT,
    )
    status = OVERHEARD.status()
    if taken:
        return ""
    return f"the service answered with {status}" if status else "the service could not be reached"
