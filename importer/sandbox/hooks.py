"""What tests ask of a sandbox, and what they set while it runs: the paths under /_sandbox/.

They need no keys, and are not counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from importer.sandbox.faults import Faults
from importer.sandbox.options import parse_faults, parse_lag, parse_limit
from importer.sandbox.page import Pages
from importer.sandbox.replies import NOT_FOUND, TEXT, WRONG_VERB, Reply, dump

PREFIX = "/_sandbox/"


@dataclass(frozen=True, slots=True)
class Hooks:
    """The parts of a sandbox that tests look at and change."""

    pages: Pages
    faults: Faults

    def answer(self, verb: str, path: str, body: bytes) -> Reply:
        """Answer with JSON: what was asked for, or what was set. A bad text: 400 and why."""
        name = path.removeprefix(PREFIX)
        asked, told = self._questions().get(name), self._settings().get(name)
        if asked and verb == "GET":
            return Reply(200, dump(asked()))
        if told and verb == "POST":
            try:
                return Reply(200, dump(told(body.decode())))
            except ValueError as error:
                return Reply(400, str(error).encode(), TEXT)
        return WRONG_VERB if asked or told else NOT_FOUND

    def _questions(self) -> dict[str, Callable[[], Any]]:
        return {
            "totals": self.shown_totals,
            "leads": self.leads,
            "ledger": self.ledger,
            "lists": self.members,
            "page": self.pages.state,
        }

    def _settings(self) -> dict[str, Callable[[str], Any]]:
        return {"faults": self.set_faults, "limit": self.set_limit, "lag": self.set_lag}

    def shown_totals(self) -> dict[str, Any]:
        leads = len(self.pages.account.leads)
        return self.pages.totals.shown(leads=leads, max_in_window=self.pages.window.most)

    def leads(self) -> list[dict[str, Any]]:
        """All leads, those that reads do not show yet too."""
        return [{**lead.values, **lead.sets} for lead in self.pages.account.leads.values()]

    def ledger(self) -> list[dict[str, str]]:
        """The leads that Lead.Create made and that still exist, in order, each with the sha256
        of the body that made it.
        """
        return [
            {"id": lead.id, "body": lead.digest.hex()}
            for lead in self.pages.account.leads.values()
            if lead.digest
        ]

    def members(self) -> dict[str, list[str]]:
        """Name of a list → the Ids of its leads, those that reads do not show yet too."""
        return {each.name: list(each.members) for each in self.pages.lists.all()}

    def set_faults(self, text: str) -> dict[str, float]:
        faults = parse_faults(text)
        self.faults.replace(faults)
        return faults

    def set_limit(self, text: str) -> tuple[int, float] | None:
        limit = parse_limit(text)
        self.pages.window.replace(limit)
        return limit

    def set_lag(self, text: str) -> float:
        self.pages.account.lag_s = parse_lag(text)
        return self.pages.account.lag_s
