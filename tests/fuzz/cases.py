"""What the importer is given: lists, mappings and settings that something has happened to.

Each case is made anew from its seed, its kind and its number, so that any one can be tried again
alone. The lists are those of sample_data/, the mappings those of mappings/.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random

import yaml

from importer.errors import ImporterError
from importer.intake.source.open import open_source
from tests.fuzz.mutants import changed_bytes, changed_text, changed_workbook

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
ZIPPED = (".xlsx", ".xlsm")
NO_LISTS = (".py", ".gitattributes", ".yaml", ".toml", ".md")  # in that folder
KEY = "u$r5ecret0key0that0no0output0may0show"
KEY_FILE = "keys/acme.secret"
SETTINGS = f"""\
journal = "importer.db"

[accounts.acme]
host = "api-in21.leadsquared.com"
access_key = {{ env = "ACME_ACCESS_KEY" }}
secret_key = {{ file = "{KEY_FILE}" }}
calls = 25
window_s = 5
daily_calls = 10000

[accounts."globex us"]
host = 'https://api-us11.leadsquared.com/v2/'
access_key = {{ env = "GLOBEX_SECRET_KEY" }}
secret_key = {{ env = "GLOBEX_SECRET_KEY" }}
timeout_s = 1.5
settle_s = 0
tries = 3
"""
LITERAL = f"""
[accounts.wrong]   # by its literal key, as it must not be
host = "api.leadsquared.com"
access_key = "{KEY}"
secret_key = {{ env = "{KEY}" }}
"""
ENVIRONMENT = {"ACME_ACCESS_KEY": KEY, "GLOBEX_SECRET_KEY": KEY}
# How columns are sent, one after another: each transform reads cells that something happened to.
HOW: Sequence[Mapping[str, object]] = (
    {"transform": ["trim", "title"]},
    {"transform": ["trim", "lower", "email"]},
    {"transform": "phone", "region": "IN"},
    {"transform": "date", "formats": ["DD/MM/YYYY", "YYYY-MM-DD", "D MMM YY"]},
    {"transform": "datetime", "formats": ["DD/MM/YYYY HH:mm", "YYYY-MM-DD HH:mm:ss"],
     "timezone": "Europe/Berlin"},
    {"transform": "number", "decimal": ",", "grouping": "."},
    {"transform": "boolean", "true": ["Yes", "x"], "false": ["No", "-"]},
    {"choices": {"Hot": "High", "Cold": "Low"}, "on_unknown": "keep"},
)  # fmt: skip
PAIRS = {
    "marketing_list.yaml": "trade_show.csv",
    "trade_show.yaml": "trade_show_scans.xlsx",
    "webinar.yaml": "webinar_signups.csv",
    "partner_list.yaml": "partner_list.csv",
    "crm_export.yaml": "crm_export.xlsx",
    "custom_field_set.yaml": "kyc.csv",
}


class Kind(StrEnum):
    LIST = "list"
    MAPPING = "mapping"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Case:
    """files: what stands in the folder, by its name. list_name: which of them is the list.
    has_given_rows: whether it is as it was, so that its rows are known."""

    name: str
    files: Mapping[str, bytes]
    list_name: str
    arguments: Sequence[str]
    kind: Kind

    def lay_out(self, folder: Path) -> None:
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(content)


def make(seed: int, kind: Kind, number: int) -> Case:
    random = Random(f"{seed} {kind} {number}")
    make_one = {Kind.LIST: _list, Kind.MAPPING: _mapping, Kind.SETTINGS: _settings}[kind]
    return make_one(f"{kind} {number} of seed {seed}", random)


@cache
def lists() -> Sequence[Path]:
    found = (path for path in SAMPLES.rglob("*") if path.is_file())
    kept = (path for path in found if not path.name.endswith(NO_LISTS))
    return sorted(path for path in kept if not {"__pycache__", "hostile"} & set(path.parts))


def _any_list(random: Random) -> Path:
    """One that is refused as it is, now and then only."""
    path = random.choice(lists())
    return random.choice(lists()) if path.name.startswith("error_") else path


def _list(name: str, random: Random) -> Case:
    path, other = _any_list(random), _any_list(random).read_bytes()
    change = changed_workbook if path.suffix in ZIPPED else changed_bytes
    list_name = f"list{path.suffix}"
    files = {list_name: change(path.read_bytes(), other, random), "mapping.yaml": _mapped(path)}
    return _case(Kind.LIST, f"{name}, of {path.name}", files, list_name)


def _mapping(name: str, random: Random) -> Case:
    of = random.choice(sorted(PAIRS))
    other = (ROOT / "mappings" / random.choice(sorted(PAIRS))).read_bytes()
    mapping = changed_text((ROOT / "mappings" / of).read_bytes(), other, random)
    list_name = PAIRS[of]
    files = {list_name: (SAMPLES / list_name).read_bytes(), "mapping.yaml": mapping}
    return _case(Kind.MAPPING, f"{name}, of {of}", files, list_name)


def _settings(name: str, random: Random) -> Case:
    other = (ROOT / "pyproject.toml").read_bytes()
    list_name = "kyc.csv"
    settings = SETTINGS + LITERAL if random.random() < 0.2 else SETTINGS
    files = {
        list_name: (SAMPLES / list_name).read_bytes(),
        "mapping.yaml": (ROOT / "mappings" / "custom_field_set.yaml").read_bytes(),
        "importer.toml": changed_text(settings.encode(), other, random),
        KEY_FILE: KEY.encode(),
    }
    account = random.choice(["acme", "globex us"])
    return _case(Kind.SETTINGS, name, files, list_name, "--account", account)


def _case(kind: Kind, name: str, files: Mapping[str, bytes], list_name: str, *options: str) -> Case:
    arguments = ["preview", list_name, "-m", "mapping.yaml", "--json", *options]
    return Case(name, files, list_name, arguments, kind)


@cache
def _mapped(path: Path) -> bytes:
    """A mapping that sends every column of the list, each transformed in another way."""
    try:
        header = open_source(path).header
    except ImporterError:
        header = ("First Name", "Last Name", "Email")
    names = [name.strip() for name in header if name.strip()]
    once = [name for name in names if names.count(name) == 1]
    columns: dict[str, object] = {
        name: {"field": f"mx_Field_{index}", "optional": True, **how}
        for index, (name, how) in enumerate(zip(once, cycle(HOW), strict=False))
    }
    if once:
        columns[once[0]] = {"field": "FirstName", "optional": True}
    document = {"version": 1, "columns": columns, "unique": [], "stamp": "mx_Import_Key"}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode()
