"""Names of time zones: which there are, and which one was meant."""

from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from importer.intake.transforms.options import OptionError

EXAMPLES = "use a name such as Asia/Kolkata, Europe/London, America/New_York or UTC"
# Abbreviations that mean several zones, or (EST, MST, HST) one without its summer time.
MEANT = {
    "AEST": "Australia/Sydney",
    "BST": "Europe/London",
    "CDT": "America/Chicago",
    "CEST": "Europe/Berlin",
    "CST": "America/Chicago",
    "EDT": "America/New_York",
    "EST": "America/New_York",
    "GST": "Asia/Dubai",
    "HST": "Pacific/Honolulu",
    "IST": "Asia/Kolkata",
    "JST": "Asia/Tokyo",
    "MDT": "America/Denver",
    "MST": "America/Denver",
    "PDT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "SGT": "Asia/Singapore",
    "Z": "UTC",
}
NO_ZONES = {"Factory", "localtime"}  # of the IANA files, but of no place


def check_timezone(name: str) -> None:
    """Raises OptionError: no IANA name, or an abbreviation."""
    names = available_timezones() - NO_ZONES - MEANT.keys()
    if name not in names:
        meant = _meant(name, names)
        advice = f"did you mean {meant}? {EXAMPLES}" if meant else EXAMPLES
        raise OptionError(f'"{name}" is no time zone of the IANA list', advice)


def read_zone(name: str) -> ZoneInfo:
    """Raises OptionError: as `check_timezone`."""
    check_timezone(name)
    return ZoneInfo(name)


def _meant(name: str, names: set[str]) -> str | None:
    """The likeliest name, by its city too."""
    if name.upper() in MEANT:
        return MEANT[name.upper()]
    ordered = sorted(names, reverse=True)
    folded = {known.rpartition("/")[2].casefold(): known for known in ordered}
    folded |= {known.casefold(): known for known in ordered}
    close = get_close_matches(name.strip().replace(" ", "_").casefold(), folded, n=1, cutoff=0.75)
    return folded[close[0]] if close else None
