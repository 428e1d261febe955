"""A person's e-mail or name → the Id by which a lead's owner is named (OwnerId).

People: Users.Get. Whether the account takes an e-mail there is not documented; it takes an Id.
"""

import unicodedata
from collections.abc import Sequence

from importer.fields import Person
from importer.intake.nearest import nearest_of
from importer.intake.transforms.options import Transform
from importer.model import Problem

OWNER = "owner"
OWNER_FIELD = "OwnerId"  # of a lead: its owner's Id


def make_owner(people: Sequence[Person] | None) -> Transform:
    """people: None where the account's users are not known; then no text has a value."""
    if people is None:
        return _unknown
    by_id = {_plain(each.id): [each] for each in people}
    by_email = _by(people, "email")
    by_name = _by(people, "name")
    names = [text for each in people if each.is_active for text in (each.email, each.name) if text]

    def owner(text: str) -> str | Problem:
        sought = _plain(text)
        if not sought:
            return text
        found = by_id.get(sought) or by_email.get(sought) or by_name.get(sought)
        if found is None:
            near = nearest_of(sought, names)
            meant = f'did you mean "{near}"? ' if near else ""
            return Problem(
                "unknown_owner",
                f"no user of the account; {meant}write a user's e-mail, as importer fields lists"
                " them, or clear it: then the lead belongs to the user of the keys",
                value=text,
            )
        active = [each for each in found if each.is_active] or found
        if len({each.id for each in active}) > 1:
            return Problem(
                "unknown_owner",
                "the name of several users of the account; write the e-mail",
                value=text,
            )
        if not active[0].is_active:
            return Problem(
                "inactive_owner",
                "a user who is no longer active in the account; write another's e-mail",
                value=text,
            )
        return active[0].id

    return owner


def _by(people: Sequence[Person], key: str) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for each in people:
        if text := _plain(str(getattr(each, key))):
            found.setdefault(text, []).append(each)
    return found


def _plain(text: str) -> str:
    """Capitals, blanks, and how accents are stored, make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def make_owner_check(people: Sequence[Person]) -> Transform:
    """Whether a text is the Id of a user who can own leads: nothing else may be sent."""
    owner = make_owner(people)

    def check(text: str) -> str | Problem:
        made = owner(text)
        if isinstance(made, Problem) or _plain(made) == _plain(text):
            return made
        why = "no Id of a user; add transform: owner to the column, which takes e-mails and names"
        return Problem("unknown_owner", why, value=text)

    return check


def _unknown(text: str) -> str | Problem:
    if not text.strip():
        return text
    return Problem(
        "unknown_owner",
        "not looked up: the account's users are not known; fetch them with importer fields, and run"
        " the list again",
        value=text,
    )
