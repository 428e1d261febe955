"""A file's bytes: whether they are those that were found, or those that we wrote ourselves."""

import hashlib
import os

from importer.drops.scan import Found, signature_of
from importer.journal.drops import DropRecords

OURS = (".rejects", ".results", ".report")  # in the names of files that we write
UNMENDED = "as the importer wrote it: mend its rows first"
RESULTS = "a results file of the importer: its rows were sent already"


def is_ours(found: Found, records: DropRecords) -> bool:
    """Whether we wrote the file, and nobody has edited it since."""
    if not any(each in found.path.name for each in OURS):
        return False
    found_digest = digest_of(found)
    return found_digest is not None and records.is_ours(found_digest)


def why_ours(found: Found) -> str:
    return RESULTS if OURS[1] in found.path.name else UNMENDED


def digest_of(found: Found) -> str | None:
    """SHA-256 of the file that was found; None where it is another, or a link."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(found.path, flags), "rb") as file:
            if signature_of(os.fstat(file.fileno())) != found.signature:
                return None
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
