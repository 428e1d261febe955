"""Options, environment and importer.toml become frozen settings, and nothing else reads these.

An option wins over a variable, a variable over importer.toml, and that over the default.
"""

from importer.settings.account import read_account
from importer.settings.notices import read_notices
from importer.settings.places import read_settings
from importer.settings.values import Account, Drop, Notices, Settings

__all__ = [
    "Account",
    "Drop",
    "Notices",
    "Settings",
    "read_account",
    "read_notices",
    "read_settings",
]
