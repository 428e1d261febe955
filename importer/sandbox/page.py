"""What the sandbox shows in a browser: a live page of all it has seen, and a page of each lead.

In: the account, its lists and what was counted. Out: HTML, and the JSON that the live page asks
for. No text of a lead is ever taken for more than text: the live page sets it as text, a lead's own
page escapes it, and no script runs but ours. Signs that are not seen, or turn the direction of
others, stand on both as their escapes.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import islice
from string import Template
from typing import Any

from importer.sandbox.account import Account, Lead
from importer.sandbox.lists import Lists
from importer.sandbox.replies import HTML, WRONG_VERB, Reply
from importer.sandbox.totals import Totals
from importer.sandbox.window import Window

HOME = "/"
LEAD = "/leadmanagement/leaddetails"
"""A lead's page in the web application of LeadSquared (contract, section 1), in lower case."""

OWN = {
    HOME: ("page.html", HTML),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
}
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self';"
    " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
# Not printable by Unicode, and yet a part of words: joiners of some scripts, and the blank of
# Chinese and Japanese. page.js has the same.
PARTS_OF_WORDS = "\u200c\u200d\u3000"
LINES = "\n\t"  # of a value: its cell shows them
MOST_LEADS = 25
MOST_LISTS = 50
NO_LEAD = "<p>No lead here has the Id that the address names: {given}</p>"
WHY_NONE = (
    "<p>It may have been deleted, or it is of an earlier sandbox, which forgot it when it ended."
    " Each start is a new, empty account.</p>"
)


@dataclass(frozen=True, slots=True)
class Pages:
    """The parts of a sandbox that a person looks at."""

    account: Account
    lists: Lists
    totals: Totals
    window: Window

    def answer(self, verb: str, path: str, query: Mapping[str, str]) -> Reply | None:
        """path: in lower case. None where no page is there."""
        if path not in OWN and path != LEAD:
            return None
        if verb != "GET":
            return WRONG_VERB
        if path == LEAD:
            return self._lead(query.get("leadid", ""))
        name, media = OWN[path]
        return Reply(200, _own(name).encode(), media, more=HEADERS)

    def state(self) -> dict[str, Any]:
        """What the live page shows: cheap, however many leads there are."""
        totals, window, lists = self.totals, self.window, self.lists.all()
        return {
            "leads": len(self.account.leads),
            "last": [_line(lead) for lead in self._last()],
            "calls": totals.calls,
            "refused": totals.refused,
            "throttled": totals.throttled,
            "faults": totals.faults,
            "window": {
                "now": window.held(time.monotonic()),
                "most": window.most,
                "limit": window.limit[0] if window.limit else None,
                "seconds": window.seconds,
            },
            "lists": [
                {"name": each.name, "type": each.kind, "members": len(each.members)}
                for each in lists[: -MOST_LISTS - 1 : -1]
            ],
            "more_lists": max(0, len(lists) - MOST_LISTS),
        }

    def _last(self) -> Iterator[Lead]:
        return islice(reversed(self.account.leads.values()), MOST_LEADS)

    def _lead(self, lead_id: str) -> Reply:
        lead = self.account.leads.get(lead_id.strip().lower())
        if lead is None:
            given = NO_LEAD.format(given=f"<bdi>{_text(lead_id) or '(none)'}</bdi>")
            return _page(404, "There is no such lead", given + WHY_NONE)
        title = _line(lead)["name"] or lead.values.get("EmailAddress") or lead.id
        names = ", ".join(f"<bdi>{_text(each.name)}</bdi>" for each in self.lists.of(lead))
        return _page(200, title, f"<p>On the lists: {names or 'none'}</p>{_fields(lead)}")


def _line(lead: Lead) -> dict[str, str]:
    """One of the last leads. at: in the form that a browser reads."""
    values = lead.values
    name = f"{values.get('FirstName', '')} {values.get('LastName', '')}".strip()
    return {
        "id": lead.id,
        "name": name or values.get("Company", ""),
        "email": values.get("EmailAddress", ""),
        "phone": values.get("Phone", "") or values.get("Mobile", ""),
        "source": values.get("Source", ""),
        "at": f"{values['CreatedOn'].replace(' ', 'T')}Z",
    }


def _fields(lead: Lead) -> str:
    """A table of the fields that have a value; the children of a set as `mx_KYC: Status`."""
    shown = [*lead.values.items()]
    for name, children in lead.sets.items():
        shown += [(f"{name}: {child}", text) for child, text in children.items()]
    rows = "\n".join(
        f'<tr><th scope="row">{_text(name)}</th><td dir="auto">{_text(text, LINES)}</td></tr>'
        for name, text in shown
        if text
    )
    head = '<thead><tr><th scope="col">Field</th><th scope="col">Value</th></tr></thead>'
    note = "<caption>Fields that have a value, by their schema names; all times are UTC</caption>"
    return f'<table class="fields">{note}{head}<tbody>\n{rows}\n</tbody></table>'


def _text(text: str, kept: str = "") -> str:
    """As a page shows it. kept: signs that stand as they are, though they are not seen."""
    shown = (
        sign if sign.isprintable() or sign in PARTS_OF_WORDS + kept else _escaped(sign)
        for sign in text
    )
    return escape("".join(shown))


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()


def _page(status: int, title: str, content: str) -> Reply:
    page = Template(_own("lead.html")).substitute(title=_text(title), content=content)
    return Reply(status, page.encode("utf-8", "replace"), HTML, more=HEADERS)


@cache
def _own(name: str) -> str:
    return files("importer.sandbox").joinpath(name).read_text(encoding="utf-8")
