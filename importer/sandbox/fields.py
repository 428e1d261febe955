"""The fields of the sandbox's account, and the metadata that tells of them.

Standard names: contract section 6 (apidocs get-a-lead-by-email-id). The custom fields are the
ones that the sample mappings use.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from importer.sandbox.countries import COUNTRIES

LENGTHS = {"Text": "200", "Email": "100", "Phone": "10", "Website": "255", "Select": "100"}
"""Seen on real accounts (contract, section 6); Phone is the vendor's sample, in digits."""

RENDERS = {
    "Text": (1, "Textbox"),
    "Number": (2, "Textbox"),
    "Email": (3, "Email"),
    "Phone": (4, "Phone"),
    "Website": (5, "URL"),
    "Date": (6, "Date"),
    "DateTime": (7, "DateTime"),
    "Select": (8, "Dropdown"),
    "Boolean": (9, "CheckBox"),
    "CustomObject": (10, "CustomObject"),
}
"""DataType → RenderType and its text. The numbers are assumed; the texts are documented."""

METADATA_MADE_MS = 1_652_350_241_000


@dataclass(frozen=True, slots=True)
class Field:
    """`children` are the fields of a custom field set; `kind` is the vendor's DataType,
    but for DateTime, which the vendor tells from Date by its render. takes_others: a drop-down
    with a box for other values. least, most: of a number. lock: LockAfterCreate; 2 can't be locked.
    dropped: values are taken without a word, and not stored.
    """

    name: str
    kind: str = "Text"
    options: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    writable: bool = True
    takes_others: bool = False
    least: str = ""
    most: str = ""
    lock: int = 0
    mandatory: bool = False
    dropped: bool = False

    @property
    def max_length(self) -> str | None:
        return LENGTHS.get(self.kind)


def _of(kind: str, names: str, *, writable: bool = True) -> list[Field]:
    return [Field(name, kind, writable=writable) for name in names.split()]


INDUSTRIES = ("Education", "Finance", "Healthcare", "Manufacturing", "Retail", "Software", "Other")
CUSTOM = re.compile(r"mx_[A-Za-z0-9_]+(\.[A-Za-z][A-Za-z0-9_]*)?")

FIELDS: dict[str, Field] = {
    field.name: field
    for field in [
        *_of("Text", "ProspectID ProspectAutoId", writable=False),
        *_of("Text", "FirstName LastName"),
        *_of("Email", "EmailAddress"),
        *_of("Phone", "Phone Mobile Fax"),
        *_of("Text", "Company"),
        *_of("Website", "Website"),
        *_of("Text", "JobTitle TimeZone Region Origin"),
        Field("Source", "Select", ("Trade Show", "Web", "Referral", "Direct")),
        *_of("Text", "SourceMedium SourceCampaign SourceContent SourceReferrer SourceIPAddress"),
        *_of("Text", "Notes"),
        *_of("Boolean", "DoNotEmail DoNotCall DoNotSMS DoNotTrack"),
        Field("ProspectStage", "Select", ("Prospect", "Contacted", "Customer", "Disqualified")),
        *_of("Text", "Grade"),
        *_of("Number", "Score Revenue EngagementScore"),
        *_of("Text", "OwnerId"),
        *_of("Text", "OwnerIdName OwnerIdEmailAddress CreatedBy CreatedByName", writable=False),
        *_of("DateTime", "CreatedOn", writable=False),
        *_of("Text", "ModifiedBy ModifiedByName", writable=False),
        *_of("DateTime", "ModifiedOn LeadLastModifiedOn LeadConversionDate", writable=False),
        *_of("Text", "StatusCode StatusReason", writable=False),
        *_of("Boolean", "IsLead", writable=False),
        Field("LeadType", "Select", ("OT_0", "OT_1"), lock=1),
        *_of("Number", "Latitude Longitude"),
        *_of("Text", "mx_Street1 mx_Street2 mx_City mx_State mx_Zip"),
        Field("mx_Country", "Select", COUNTRIES),
        *_of("Date", "mx_DOB mx_Anniversary"),
        *_of("Website", "mx_FaceBookURL mx_TwitterURL"),
        *_of("DateTime", "mx_Met_On"),
        Field("mx_Interest", "Select", ("High", "Medium", "Low")),
        *_of("Text", "mx_Booth mx_Import_Key"),
        Field("mx_Industry", "Select", INDUSTRIES),
        Field("mx_Heard_From", "Select", ("Search", "Friend", "Press"), takes_others=True),
        Field("mx_Employees", "Number", least="1", most="5000000"),
        Field(
            "mx_KYC",
            "CustomObject",
            children=("Status", "mx_CustomObject_1", "mx_CustomObject_2", "mx_CustomObject_3"),
        ),
    ]
}


def add_fields(names: Iterable[str]) -> None:
    """Have more custom fields from now on: of text; the child of a set, as Parent.Child; or a
    drop-down, as Name=One|Two.

    For the process, which is one account; before it serves any call.
    """
    for text in names:
        name, _, options = text.partition("=")
        parent, _, child = name.partition(".")
        field = Field(parent, "CustomObject" if child else "Text")
        if options:
            field = Field(parent, "Select", tuple(options.split("|")))
        field = FIELDS.setdefault(parent, field)
        if child and child not in field.children:
            FIELDS[parent] = replace(field, children=(*field.children, child))


def drop_silently(names: Iterable[str]) -> None:
    """Take values of these fields without a word, and not store them; as `add_fields`."""
    for name in names:
        FIELDS[name] = replace(FIELDS[name], dropped=True)


def make_mandatory(names: Iterable[str]) -> None:
    """Have leads refused without these fields, from now on: as `add_fields`."""
    for name in names:
        FIELDS[name] = replace(FIELDS[name], mandatory=True)


def metadata(options: bool = True) -> dict[str, dict[str, Any]]:
    """SchemaName → an entry of LeadsMetaData.Get. No IsUnique: the vendor's samples lack it.

    How the children of a custom field set are told is not documented: that each has an entry,
    named as the call that adds options names it (Parent~Child), is assumed.
    """
    entries = {}
    for name, field in FIELDS.items():
        entries[name] = _entry(field, options)
        for child in field.children:
            full = f"{name}~{child}"
            entries[full] = {
                **_entry(Field(full), options),
                "DisplayName": f"{display_name(name)} - {display_name(child)}",
            }
    return entries


def _entry(field: Field, options: bool) -> dict[str, Any]:
    render, render_text = RENDERS[field.kind]
    if field.takes_others:
        render_text = "DropdownWithOthers"
    made = f"/Date({METADATA_MADE_MS}+0000)/"
    entry: dict[str, Any] = {
        "Entity": "Lead",
        "SchemaName": field.name,
        "DisplayName": display_name(field.name),
        "DataType": "Date" if field.kind == "DateTime" else field.kind,
        "IsMandatory": field.mandatory,
        "MaxLength": field.max_length,
        "EntityAttributeId": str(uuid.uuid5(uuid.NAMESPACE_OID, field.name)),
        "Name": field.name,
        "Description": "",
        "EntityAttributeType": "Custom" if field.name.startswith("mx_") else "System",
        "RenderType": render,
        "RenderTypeTextValue": render_text,
        "IsVisible": True,
        "IsSearchable": True,
        "ShowInMailMerge": True,
        "DefaultValue": "",
        # True on plain Phone in the vendor's sample: it does not mark a multi-select.
        "AllowMultiple": field.kind == "Phone",
        "ShowInImport": field.writable,
        "ShowInQuickAdd": field.name in ("FirstName", "LastName", "EmailAddress", "Phone"),
        "ShowInQuickSearch": field.name in ("FirstName", "EmailAddress", "Phone"),
        "RangeMin": "10" if field.kind == "Phone" else field.least,
        "RangeMax": field.most,
        "Txt_Row": "0",
        "Txt_Col": "0",
        "OwnerID": None,
        "CreatedBy": None,
        "CreatedOn": made,
        "ModifiedBy": None,
        "ModifiedOn": made,
        "OwnerIdName": None,
        "CreatedByName": None,
        "ModifiedByName": None,
        # Not uniqueness: it stood on Phone, FirstName and Mobile of a real account.
        "IsLeadIdentifier": field.name in ("FirstName", "Phone", "Mobile"),
        "LockAfterCreate": field.lock if field.writable else 2,
        "UseInLeadClone": False,
        "IsSortable": True,
    }
    if options:
        entry["Options"] = [{"Value": value} for value in field.options] or None
    return entry


def display_name(name: str) -> str:
    """Give a tenant's wording: not the schema name, so that mapping by it is noticed."""
    known = {"EmailAddress": "Email", "Phone": "Phone Number", "mx_KYC": "KYC"}
    return known.get(name, name.removeprefix("mx_").replace("_", " "))
