"""Options, then environment, then importer.toml, then defaults: one table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from importer.settings import Account, Settings, read_account, read_settings
from tests.settings.texts import ACCOUNT, ACME_KEYS, write

KEYS = {"LSQ_HOST": "api.leadsquared.com", "LSQ_ACCESS_KEY": "u$r9", "LSQ_SECRET_KEY": "own"}
LIMIT = "calls = 10\nwindow_s = 2.5\n"


@dataclass(frozen=True)
class Given:
    """account and rate, journal: options; toml: lines at its top, and of [accounts.acme]."""

    options: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    top: str = ""
    entry: str = ""

    def read(self, folder: Path) -> tuple[Settings, Account]:
        if self.top or self.entry or "name" in self.options:
            write(folder / "importer.toml", f"{self.top}\n{ACCOUNT}{self.entry}")
        environment = {**KEYS, **ACME_KEYS, **self.environment}
        settings = read_settings(environment, journal=self.options.get("journal"))
        of_account = {key: self.options[key] for key in ("name", "rate") if key in self.options}
        return settings, read_account(settings, environment, **of_account)


ACME = {"name": "acme"}
TOP = 'journal = "toml.db"'
J, T, S, N = "IMPORTER_JOURNAL", "IMPORTER_TIMEOUT_S", "IMPORTER_SETTLE_S", "IMPORTER_TRIES"


@pytest.mark.parametrize(
    ("what", "given", "expected"),
    [
        ("journal", Given({"journal": "o.db"}, {J: "e.db"}, TOP), Path("{here}/o.db")),
        ("journal", Given({"journal": "o.db"}, {}, TOP), Path("{here}/o.db")),
        ("journal", Given({}, {J: "e.db"}, TOP), Path("{here}/e.db")),
        ("journal", Given({}, {J: ""}, TOP), Path("{here}/toml.db")),
        ("journal", Given({}, {}, TOP), Path("{here}/toml.db")),
        ("journal", Given(), Path("{here}/importer.db")),
        ("rate", Given({**ACME, "rate": "7/1s"}, {}, "", LIMIT), "7/1s"),
        ("rate", Given({**ACME, "rate": "none"}, {}, "", LIMIT), "none"),
        ("rate", Given(ACME, {}, "", LIMIT), "10/2.5s"),
        ("rate", Given(ACME, {}, "", ""), None),
        ("rate", Given({"rate": "7/1s"}), "7/1s"),
        ("rate", Given({}, {}, "", LIMIT), None),
        ("timeout_s", Given(ACME, {T: "7.5"}, "", "timeout_s = 3"), 7.5),
        ("timeout_s", Given(ACME, {T: ""}, "", "timeout_s = 3"), 3.0),
        ("timeout_s", Given(ACME, {}, "", ""), 30.0),
        ("timeout_s", Given({}, {T: "7.5"}, "", "timeout_s = 3"), 7.5),
        ("timeout_s", Given({}, {}, "", "timeout_s = 3"), 30.0),
        ("settle_s", Given(ACME, {S: "0"}, "", "settle_s = 3.5"), 0.0),
        ("settle_s", Given(ACME, {}, "", "settle_s = 3.5"), 3.5),
        ("settle_s", Given(ACME, {}, "", ""), 30.0),
        ("settle_s", Given({}, {}, "", "settle_s = 3.5"), 30.0),
        ("tries", Given(ACME, {N: "9"}, "", "tries = 2"), 9),
        ("tries", Given(ACME, {}, "", "tries = 2"), 2),
        ("tries", Given(ACME, {}, "", ""), 5),
        ("tries", Given({}, {N: "9"}), 9),
        ("tries", Given({}, {}, "", "tries = 2"), 5),
        ("daily_calls", Given(ACME, {}, "", "daily_calls = 10_000"), 10_000),
        ("daily_calls", Given({}, {}, "", "daily_calls = 10_000"), None),
        ("reserve_calls", Given(ACME, {}, "", "daily_calls = 9\nreserve_calls = 8"), 8),
        ("reserve_calls", Given(ACME, {}, "", "daily_calls = 9"), 0),
        ("reserve_calls", Given({}, {}, "", "daily_calls = 9\nreserve_calls = 8"), 0),
        ("name", Given(ACME), "acme"),
        ("name", Given({}, {}, "", "tries = 2"), None),
        ("host", Given(ACME), "api-in21.leadsquared.com"),
        ("host", Given({}, {}, "", "tries = 2"), "api.leadsquared.com"),
        ("access_key", Given(ACME), "u$r1"),
        ("access_key", Given(), "u$r9"),
        ("secret_key", Given(ACME), "s3c~!"),
        ("secret_key", Given(), "own"),
    ],
)
def test_an_option_wins_over_a_variable_that_over_importer_toml_and_that_over_the_default(
    folder: Path, what: str, given: Given, expected: Any
) -> None:
    settings, account = given.read(folder)
    found = settings.journal if what == "journal" else getattr(account, what)
    if isinstance(expected, Path):
        expected = Path(str(expected).format(here=folder))
    assert (found, type(found)) == (expected, type(expected))
