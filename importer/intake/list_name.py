"""What can be the name of a static list, in a mapping or after --list."""

from unicodedata import normalize

MOST = 100  # characters; what LeadSquared takes is not documented
FIX = f"write a name of 1 to {MOST} characters, on one line"


def list_name(text: str) -> str:
    """As it is sent: trimmed, and letters with accents in the form that most programs write."""
    return normalize("NFC", text.strip())


def is_list_name(text: str) -> bool:
    """Whether a list can have it, once it is trimmed."""
    return 0 < len(text.strip()) <= MOST and text.strip().isprintable()
