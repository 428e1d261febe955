"""E-mail addresses: a cell becomes the address as the email-validator library writes it.

Syntax only: nothing is asked of the network. The domain comes out in small letters, the rest as it
was typed; addresses and domains in other scripts are taken as the library takes them. Domains that
take no mail from outside (localhost, .local, .test, .invalid, …) are refused, as there.
"""

import re

import email_validator
from email_validator import EmailNotValidError, validate_email

from importer.intake.transforms.cell import CellError, on_cells
from importer.model import Problem

EXAMPLE = "anna@example.com"
LONGEST = 254  # characters (RFC 3696, errata 1690), and bytes
ATOM = r"[A-Za-z0-9_!#$%&'*+\-/=?^`{|}~]+"  # RFC 5322 3.2.3
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"  # RFC 1035 2.3.1
# The form of nearly all, judged without the library; it has to be asked of the rest.
SIMPLE = re.compile(rf"({ATOM}(?:\.{ATOM})*)@((?:{LABEL}\.)+([A-Za-z]{{2,63}}))")
RESERVED = frozenset(
    name.rpartition(".")[2] for name in email_validator.SPECIAL_USE_DOMAIN_NAMES
)  # last labels, "test" among them
INVISIBLE = r"[\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
REASONS = (
    (re.compile(r"[^@]*"), f"there is no @ in it; write it as {EXAMPLE}"),
    (re.compile(r"mailto:.*", re.I | re.S), "it begins with mailto:; remove that"),
    (re.compile(r".*[<>].*", re.S), f"there are < > in it; write the address alone, as {EXAMPLE}"),
    (re.compile(r".*@.*@.*", re.S), "there is more than one @ in it; keep one address"),
    (re.compile(r".*[.,;:]", re.S), "it ends with a dot, comma, colon or semicolon; remove it"),
    (re.compile(r".*\s.*", re.S), "there is a space or line break in it; remove it"),
    (re.compile(rf".*{INVISIBLE}.*", re.S), "there is an invisible sign in it; type it again"),
    (re.compile(r"@.*", re.S), f"nothing stands before the @; write it as {EXAMPLE}"),
    (re.compile(r".*@", re.S), f"nothing stands behind the @; write it as {EXAMPLE}"),
    (re.compile(r"\..*|.*(\.\.|\.@|@\.).*", re.S), "a dot in it has no text beside it; remove it"),
    (re.compile(r".*@[^.]*", re.S), f"its domain has no dot; write it as {EXAMPLE}"),
    (
        re.compile(rf".*[.@]({'|'.join(sorted(RESERVED))})", re.I | re.S),
        f"its domain takes no mail from outside; write one that does, as in {EXAMPLE}",
    ),
)
TOO_LONG = f"it has more than {LONGEST} characters; keep the address alone"
OTHERWISE = f"no address is written so; write it as {EXAMPLE}"


def email(cell: str) -> str | Problem:
    """The address; a Problem where it is none, or where there is more in the cell."""
    return _read_simple(cell) or _carefully(cell)


def _read_simple(cell: str) -> str | None:
    """What the library gives; None where it has to be asked. A test holds the two together."""
    simple = SIMPLE.fullmatch(cell) if len(cell) <= LONGEST else None
    if simple is None:
        return None
    local, domain, last = simple.groups()
    if "--" in domain or last.lower() in RESERVED:
        return None
    if local.isalpha() and not local.islower():  # Info, Sales: the library writes these small
        return None
    return f"{local}@{domain.lower()}"


def _read(text: str) -> str:
    if len(text) > LONGEST:
        raise CellError(TOO_LONG)
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        why = next((why for form, why in REASONS if form.fullmatch(text)), OTHERWISE)
        raise CellError(why) from error


_carefully = on_cells("bad_email", _read)
