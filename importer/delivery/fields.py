"""The account's fields and users: asked of the API, and kept in a file for the account.

Comes in: replies of LeadsMetaData.Get and Users.Get. Goes out: `AccountFields`. The file stands
beside the account's quota file, readable by its owner alone; it has names and e-mails of users.
Sources: meta-data, get-lead-field-properties and get-users on apidocs.leadsquared.com.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from importer.delivery.ask import ask
from importer.delivery.connection import Connection, file_name
from importer.delivery.leadsquared import Request
from importer.delivery.replies import Reply, as_text
from importer.errors import ApiError
from importer.fields import AccountFields, Field, FieldType, Person, dump_fields, load_fields

METADATA = Request("LeadsMetaData.Get", "/v2/LeadManagement.svc/LeadsMetaData.Get", asks_leads=True)
USERS = Request("Users.Get", "/v2/UserManagement.svc/Users.Get", asks_leads=True)
ASK_ADMIN = (
    "use the keys of a user who may see them, such as an administrator; or ask LeadSquared's"
    " support to allow the call"
)
MOST_OF_TEXT = 500  # characters of a name, or of an option

# DataType and RenderTypeTextValue (create-custom-lead-field); some are seen in the vendor's own
# interface alone: MultiSelect, CustomObject, Country, TimeZone.
TYPES = {
    "text": FieldType.TEXT,
    "number": FieldType.NUMBER,
    "email": FieldType.EMAIL,
    "phone": FieldType.PHONE,
    "website": FieldType.URL,
    "date": FieldType.DATE,
    "datetime": FieldType.DATETIME,
    "boolean": FieldType.BOOLEAN,
    "select": FieldType.CHOICE,
    "country": FieldType.CHOICE,
    "timezone": FieldType.CHOICE,
    "multiselect": FieldType.CHOICES,
    "customobject": FieldType.SET,
}
# No key tells that a field can't be written; these the server fills in by itself (the names of a
# lead as it is read: get-a-lead-by-email-id).
READ_ONLY = frozenset(
    {
        *("ProspectID", "ProspectAutoId", "OwnerIdName", "OwnerIdEmailAddress"),
        *("CreatedBy", "CreatedByName", "CreatedOn", "ModifiedBy", "ModifiedByName", "ModifiedOn"),
        *("LeadLastModifiedOn", "LeadConversionDate", "IsLead", "StatusCode", "StatusReason"),
    }
)
# How a set's child may be named, or where its list may stand: neither is documented.
CHILD = "~"
CHILDREN = ("Fields", "CustomObjectMetadata")


def ask_fields(
    connection: Connection,
    sleep: Callable[[float], None],
    now_ms: int,
    *,
    with_users: bool = True,
) -> AccountFields:
    """Ask the account, in a call, and another for its users. sleep may raise.

    Raises ApiError: it does not tell its fields. ResumableError: no answer came. Users that are
    not told are None.
    """
    try:
        fields = read_fields(ask(connection, METADATA, sleep))
    except ApiError as error:
        raise ApiError(f"{METADATA.name}: {error.what}", fix=ASK_ADMIN) from error
    if fields is None:
        raise ApiError(f"{connection.api.host} does not tell the account's fields", fix=ASK_ADMIN)
    user = connection.user
    return AccountFields(
        account=user.account,
        at_ms=now_ms,
        fields=fields,
        users=_ask_users(connection, sleep) if with_users else None,
        organisation=user.name,
        country_code=user.country_code,
        time_zone=user.time_zone,
    )


def _ask_users(connection: Connection, sleep: Callable[[float], None]) -> tuple[Person, ...] | None:
    try:
        return read_users(ask(connection, USERS, sleep))
    except ApiError:
        return None  # these keys may not see them


def read_fields(reply: Reply) -> tuple[Field, ...] | None:
    """None where it is no such reply. Entries without a name are passed over."""
    body = reply.json
    if reply.status != 200 or not isinstance(body, list) or not body:
        return None
    found: dict[str, Field] = {}
    for entry in body:
        if isinstance(entry, dict):
            found.update({field.name: field for field in _fields_of(entry)})
    return tuple(found.values()) or None


def read_users(reply: Reply) -> tuple[Person, ...] | None:
    """None where it is no such reply. StatusCode: 0 is active, 1 is not (get-users)."""
    body = reply.json
    if reply.status != 200 or not isinstance(body, list):
        return None
    return tuple(
        Person(
            id=_text(each, "ID") or _text(each, "UserId"),
            name=" ".join(filter(None, (_text(each, "FirstName"), _text(each, "LastName")))),
            email=_text(each, "EmailAddress"),
            is_active=_text(each, "StatusCode") in ("", "0"),
        )
        for each in body
        if isinstance(each, dict) and (_text(each, "ID") or _text(each, "UserId"))
    )


def _fields_of(entry: dict[str, Any]) -> Iterator[Field]:
    name = _text(entry, "SchemaName").replace(CHILD, ".")
    if not name:
        return
    yield _field(name, entry)
    for child in _children(entry):
        if own := _text(child, "SchemaName"):
            yield _field(f"{name}.{own.rpartition(CHILD)[2]}", child)


def _children(entry: dict[str, Any]) -> list[dict[str, Any]]:
    for key in CHILDREN:
        found = entry.get(key)
        found = found.get("Fields") if isinstance(found, dict) else found
        if isinstance(found, list):
            return [each for each in found if isinstance(each, dict)]
    return []


def _field(name: str, entry: dict[str, Any]) -> Field:
    render = _text(entry, "RenderTypeTextValue")
    options = entry.get("Options")
    texts = [_text(each, "Value") for each in options or [] if isinstance(each, dict)]
    length = _text(entry, "MaxLength")
    return Field(
        name=name,
        display=_text(entry, "DisplayName") or name,
        type=_type(_text(entry, "DataType"), render),
        options=tuple(dict.fromkeys(filter(None, texts))),
        is_open="others" in render.lower(),
        max_length=int(length) if length.isdecimal() and int(length) else None,
        least=_text(entry, "RangeMin"),
        most=_text(entry, "RangeMax"),
        is_mandatory=entry.get("IsMandatory") is True,
        is_locked=_text(entry, "LockAfterCreate") == "1",
        is_read_only=name in READ_ONLY,
        is_offered=entry.get("ShowInImport") is not False,
        is_unique=entry.get("IsUnique") is True,  # in no public sample; used where it is there
    )


def _type(data_type: str, render: str) -> FieldType:
    found = TYPES.get(data_type.lower(), FieldType.OTHER)
    if found is FieldType.DATE and render.lower() == "datetime":
        return FieldType.DATETIME
    return found


def _text(entry: dict[str, Any], name: str) -> str:
    return as_text(entry.get(name), MOST_OF_TEXT)


# The file


def fields_path(state: Path, account: str) -> Path:
    return state / f"{file_name(account)}.fields.json"


def load_file(path: Path, account: str) -> AccountFields | None:
    """None where there is none, or where it can't be used: then the account is asked anew."""
    try:
        known = load_fields(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return known if known.account == account and known.fields else None


def keep_file(path: Path, known: AccountFields) -> None:
    """Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(dump_fields(known))
    os.replace(new, path)
