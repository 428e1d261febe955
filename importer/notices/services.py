"""A notice to each of the addresses, by apprise. No address is ever shown: most have keys in what
looks like a host. They are told by their number in importer.toml, and their service's name.
"""

import re
import threading
import warnings
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from importer.notices.errands import OVERHEARD, Errand
from importer.notices.summary import Notice

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

CONNECT_S = READ_S = 4.0  # at most; together within the patience of errands
LEAST_TO_SPLIT = 1_000  # characters of a message: shorter ones are of phones, and cost money each
SEVERAL = re.compile(r",\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)
FIX = (
    "hold the address against apprise's manual, https://github.com/caronc/apprise/wiki, and see"
    " whether the service takes messages"
)
LOADING = threading.Lock()
KINDS = {0: "success", 1: "warning", 75: "warning"}  # by exit code; others are failures


def errands(urls: Sequence[str], notice: Notice) -> list[Errand]:
    """One for each address. An address is looked at on its errand alone: else apprise's words
    about it would be heard."""
    if urls:
        _load()
    return [
        Errand(f"number {number} of urls in [notices]", FIX, partial(_told, url, notice))
        for number, url in enumerate(urls, 1)
    ]


def _load() -> None:
    """All that apprise has: its libraries warn, and only one thread at a time can be deaf."""
    with LOADING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from apprise import Apprise

        Apprise.instantiate("json://localhost")


def _told(url: str, notice: Notice) -> str:
    if SEVERAL.search(url):
        return "these are several addresses, and each is to be an entry of its own"
    service = service_of(url)
    return (
        _sent(service, notice) if service else "this is no address of a service that apprise knows"
    )


def service_of(url: str) -> "NotifyBase | None":
    """None: apprise knows no such service, or misses a part of the address."""
    from apprise import Apprise, OverflowMode

    service = Apprise.instantiate(url, asset=_asset())
    if service is None:
        return None
    service.socket_connect_timeout = min(service.socket_connect_timeout, CONNECT_S)
    service.socket_read_timeout = min(service.socket_read_timeout, READ_S)
    if "overflow=" not in url:
        splits = service.body_maxlen >= LEAST_TO_SPLIT
        service.overflow_mode = OverflowMode.SPLIT if splits else OverflowMode.TRUNCATE
    return service


def _asset() -> "AppriseAsset":
    """As nobody but importer, and without pictures, which services would fetch from elsewhere. With
    its own limit of time apprise would use threads that outlast the process."""
    from apprise import AppriseAsset

    return AppriseAsset(
        app_id="importer",
        app_desc="LeadSquared importer",
        app_url="",
        image_url_mask="",
        image_url_logo="",
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
    how = f"answered with {status}" if status else "could not be reached"
    return f"{service.service_name} {how}"
