"""What a browser has to complain of in a page: on its console, of its policy, of its requests.

In: a page, whose events are kept from before it was asked for. Out: a line for each complaint.
"""

import json
from typing import Any

from tests.browser.devtools import Page

# Some things come after the load: what a script asks for, and the browser's own second looks.
SETTLED = "new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))"
KINDS = (
    "Runtime.consoleAPICalled",
    "Runtime.exceptionThrown",
    "Log.entryAdded",
    "Audits.issueAdded",
    "Network.loadingFailed",
    "Network.responseReceived",
    "Page.javascriptDialogOpening",
    "Page.frameAttached",
    "Page.downloadWillBegin",
)
FAILS = 400  # the least status of a reply that is an error (RFC 9110, section 15)


def complaints(page: Page) -> list[str]:
    """Whatever a page that is well has not: of the console even what is no error, as our pages
    have nothing to say there."""
    page.value(SETTLED)
    told = [(kind, _told(kind, each)) for kind in KINDS for each in page.events(kind)]
    return [f"{kind}: {text}" for kind, text in told if text]


def _told(kind: str, event: dict[str, Any]) -> str:
    """Blank: it is as it should be."""
    match kind:
        case "Runtime.consoleAPICalled":
            words = [each.get("value", each.get("description")) for each in event["args"]]
            return f"{event['type']} {words}"
        case "Runtime.exceptionThrown":
            details = event["exceptionDetails"]
            return str(details.get("exception", {}).get("description") or details["text"])
        case "Log.entryAdded":
            entry = event["entry"]
            return f"{entry['level']} {entry['text']} {entry.get('url', '')}"
        case "Audits.issueAdded":
            issue = event["issue"]
            return f"{issue['code']} {json.dumps(issue['details'])[:500]}"
        case "Network.loadingFailed":
            # A page that ends a request of its own has not failed.
            ended = event.get("canceled") and not event.get("blockedReason")
            return "" if ended else f"{event['type']} {event['errorText']}"
        case "Network.responseReceived":
            reply = event["response"]
            return f"{reply['status']} {reply['url']}" if reply["status"] >= FAILS else ""
    return json.dumps(event)
