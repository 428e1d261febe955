"""Settings as people write them."""

from pathlib import Path

from importer.errors import ImporterError

ACCOUNT = """\
[accounts.acme]
host = "api-in21.leadsquared.com"
access_key = { env = "ACME_ACCESS_KEY" }
secret_key = { env = "ACME_SECRET_KEY" }
"""
ACME_KEYS = {"ACME_ACCESS_KEY": "u$r1", "ACME_SECRET_KEY": "s3c~!"}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def said(error: ImporterError) -> tuple[str, str | None, str | None]:
    return error.what, error.where, error.fix
