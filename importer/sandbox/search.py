"""How leads are found and shown: conditions, sorting, paging, and the two forms of a lead.

A lead is flat (`{"FirstName": "Asha", …}`) or a list of properties
(`{"LeadPropertyList": [{"Attribute": "FirstName", "Value": "Asha"}, …]}`), by call. Every
value is text or null (contract, section 5).
"""

import fnmatch
import re
from collections.abc import Callable, Iterable
from datetime import UTC
from typing import Any

from importer.sandbox.account import Account, Lead
from importer.sandbox.fields import FIELDS
from importer.sandbox.records import read_moment
from importer.sandbox.replies import RefusedError, UnreadableError, invalid_parameter

SEARCH_PAGE = 1000
"""Leads.Get: a larger page is cut to this without a word (contract, section 5)."""

MODIFIED_PAGE = 5000
"""Leads.RecentlyModified: a larger page is refused (apidocs get-leads-by-date-range)."""

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
}


def flat(lead: Lead, columns: Iterable[str] = FIELDS) -> dict[str, str | None]:
    """Show a lead as one object. A set's child is keyed `mx_KYC~Status`: assumed."""
    shown = {name: lead.values.get(name) for name in columns}
    for name, children in lead.sets.items():
        if name in shown:
            shown |= {f"{name}~{child}": text for child, text in children.items()}
    return shown


def property_list(lead: Lead, columns: Iterable[str]) -> dict[str, Any]:
    properties: list[dict[str, Any]] = []
    for name in columns:
        shown: dict[str, Any] = {"Attribute": name, "Value": lead.values.get(name)}
        if name in lead.sets:
            children = lead.sets[name].items()
            shown["Fields"] = [{"Attribute": child, "Value": text} for child, text in children]
        properties.append(shown)
    return {"LeadPropertyList": properties}


def counted(count: int, leads: list[Lead], columns: list[str]) -> dict[str, Any]:
    """Give RecordCount and Leads; the key Leads is left out when there are none."""
    if not leads:
        return {"RecordCount": count}
    return {"RecordCount": count, "Leads": [property_list(lead, columns) for lead in leads]}


def part(request: Any, key: str) -> dict[str, Any]:
    """Return one section of a request's body; {} where it is missing."""
    if not isinstance(request, dict):
        raise UnreadableError("Cannot deserialize the current JSON array into type 'LeadSearch'.")
    section = request.get(key)
    if section is None:
        return {}
    if not isinstance(section, dict):
        raise UnreadableError(f"Error converting value to type 'LeadSearch'. Path '{key}'.")
    return section


def columns_of(request: Any) -> list[str]:
    """Read Columns.Include_CSV; unknown names are dropped without a word, the Id is kept."""
    csv = part(request, "Columns").get("Include_CSV")
    if not csv:
        return list(FIELDS)
    names = [name.strip() for name in str(csv).split(",")]
    return list(dict.fromkeys(["ProspectID", *(name for name in names if name in FIELDS)]))


def paging_of(request: Any, default: int) -> tuple[int, int]:
    """Return the page's number, from 1, and its size."""
    paging = part(request, "Paging")
    try:
        page, size = int(paging.get("PageIndex", 1)), int(paging.get("PageSize", default))
    except (ValueError, TypeError):
        raise invalid_parameter("Paging") from None
    if page < 1 or size < 1:
        raise invalid_parameter("Paging")
    return page, size


def sort(request: Any, leads: list[Lead]) -> list[Lead]:
    """Sort as asked: Direction "1" is descending. Unasked, the order stays as it is."""
    sorting = part(request, "Sorting")
    name = sorting.get("ColumnName")
    if not name:
        return leads
    if name not in FIELDS:
        raise invalid_parameter("Sorting")
    down = str(sorting.get("Direction", "0")) == "1"
    return sorted(leads, key=lambda lead: lead.values.get(name, ""), reverse=down)


def matching(account: Account, request: Any) -> list[Lead]:
    """Apply the one condition of Leads.Get. Without `Parameter` all leads match, as seen."""
    return account.shown(_matching(account, request))


def _matching(account: Account, request: Any) -> Iterable[Lead]:
    condition = part(request, "Parameter")
    leads = account.leads.values()
    if not condition:
        return leads
    name, value = str(condition.get("LookupName")), str(condition.get("LookupValue", ""))
    operator = str(condition.get("SqlOperator", "=")).upper()
    if name not in FIELDS:
        raise RefusedError("MXUnknownAttributeException", f"Attribute(s) does not exist - {name}")
    kind = FIELDS[name].kind
    if kind == "Boolean" and value not in ("0", "1"):
        raise invalid_parameter("LookupValue")
    if operator == "LIKE":
        like = re.compile(fnmatch.translate(_wildcards(value)), re.IGNORECASE)
        return [lead for lead in leads if like.match(lead.values.get(name, ""))]
    if operator not in COMPARE:
        raise invalid_parameter("SqlOperator")
    if operator == "=" and name in account.unique:
        holder = account.holder(name, value)
        return [holder] if holder else []
    read = _reader(name, kind)
    try:
        right = read(value)
    except ValueError:
        raise invalid_parameter("LookupValue") from None
    compare = COMPARE[operator]
    return [
        lead for lead in leads if name in lead.values and compare(read(lead.values[name]), right)
    ]


def quick(account: Account, key: str) -> list[Lead]:
    """Match the text anywhere in a name, the e-mail or the phone; which fields is assumed."""
    names = ("FirstName", "LastName", "EmailAddress", "Phone")
    wanted = key.strip().casefold()
    return account.shown(
        lead
        for lead in account.leads.values()
        if wanted and any(wanted in lead.values.get(name, "").casefold() for name in names)
    )


class ModifiedPages:
    """Leads.RecentlyModified. Keeps the last sorted answer, for the pages that follow.

    While reads lag, each page is of its own moment.
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        self._kept: tuple[Any, list[Lead]] = (None, [])

    def __call__(self, request: Any) -> dict[str, Any]:
        page, size = paging_of(request, MODIFIED_PAGE)
        if size > MODIFIED_PAGE:
            raise RefusedError(
                "MXMandatoryFieldMissingException",
                f"Page size can not be larger than {MODIFIED_PAGE}.",
            )
        parameter = part(request, "Parameter")
        span = (
            _second("FromDate", parameter.get("FromDate")),
            _second("ToDate", parameter.get("ToDate")),
        )
        leads = self._sorted(request, span)
        first = (page - 1) * size
        return counted(len(leads), leads[first : first + size], columns_of(request))

    def _sorted(self, request: Any, span: tuple[int, int]) -> list[Lead]:
        account = self._account
        moment = account.steady() if account.lag_s else None
        asked = (span, str(part(request, "Sorting")), account.version, moment)
        if self._kept[0] != asked:
            found = account.shown(account.modified_between(*span))
            self._kept = (asked, sort(request, found))
        return self._kept[1]


def _second(name: str, text: Any) -> int:
    return int(read_moment(name, text).replace(tzinfo=UTC).timestamp())


def _wildcards(text: str) -> str:
    """Turn SQL's % and _ into the shell's, and quote what only the shell knows."""
    quoted = text.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")
    return quoted.replace("%", "*").replace("_", "?")


def _reader(name: str, kind: str) -> Callable[[str], Any]:
    """Read values for comparison: numbers as such, moments by their one form, text folded."""
    if kind == "Number":
        return float
    if kind in ("Date", "DateTime"):
        return lambda text: read_moment(name, text)
    return str.casefold
