"""How the rows of a job become leads, from what the journal has of its mappings."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from importer.delivery.picker import Later, Recipe
from importer.fields import AccountFields
from importer.intake.account.stored import load_part
from importer.intake.columns.stored import load_readings
from importer.intake.columns.survey import Readings
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import Mapping, load_mapping
from importer.journal.blocks import CELL_END
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow
from importer.journal.staging import stored_up_to
from importer.model import Lead, Outcome, Problem, Row, Stamp

Built = Lead | tuple[Problem, ...]
ADDED_DIGITS = 8  # 32 bits: two people who were added by one number differ


class Builders:
    """The job's mappings, each made when a row asks for its version."""

    def __init__(self, journal: Journal, job: Job) -> None:
        self._journal = journal
        self._job = job
        self.mapping = lru_cache(maxsize=None)(self._mapping)
        self.version = lru_cache(maxsize=None)(self._version)

    def _mapping(self, version: int) -> Mapping:
        stored = self._journal.mapping(self._job, version)
        return load_mapping(stored.text, name=stored.name)

    def _version(self, version: int) -> LeadBuilder:
        stored = self._journal.mapping(self._job, version)
        readings, known = load_readings(stored.readings), load_part(stored.fields)
        return make_builder(self.mapping(version), self._job, readings, known)

    def build(self, row: JournalRow) -> Built:
        """Its stamp is the same whenever, and from whatever journal, this row is sent."""
        built = self.version(row.version).build(Row(row.number, row.cells, row.kinds))
        stamp = stamp_of(self.mapping(row.version), self._key(row))
        return replace(built, stamp=stamp) if stamp and isinstance(built, Lead) else built

    def _key(self, row: JournalRow) -> str:
        """Of a row that a person added to a reject file its cells tell too: another journal may
        have another person by that number."""
        key = f"{self._job.key}-{row.number}"
        if row.number <= self._stored:
            return key
        text = CELL_END.join(row.cells).encode("utf-8", "surrogatepass")
        return f"{key}-{hashlib.sha256(text).hexdigest()[:ADDED_DIGITS]}"

    @cached_property
    def _stored(self) -> int:
        """The number of the file's last row."""
        return stored_up_to(self._journal, self._job)

    def column(self, field: str) -> str:
        """The file's columns that feed the field; itself where none does."""
        rules = self.mapping(self._job.version).rules
        return next(("; ".join(rule.columns) for rule in rules if rule.field == field), field)

    def recipe(
        self,
        note: Callable[[int, Lead], None],
        known: Callable[[int, Lead], Outcome | Later | None],
    ) -> Recipe:
        """note and known: see `Recipe`. With --again no other job counts."""
        mapping = self.mapping(self._job.version)
        return Recipe(
            build=self.build,
            unique=self.version(self._job.version).unique,
            columns=mapping.order,
            column=self.column,
            note=note,
            known=(lambda *_: None) if self._job.identity.is_again else known,
            skips_duplicates=mapping.skips_duplicates,
        )


def stamp_of(mapping: Mapping, value: str) -> Stamp | None:
    """None where the mapping has none."""
    if not mapping.stamp:
        return None
    return Stamp(mapping.stamp, value, mapping.stamp in mapping.unique)


def make_builder(
    mapping: Mapping, job: Job, readings: Readings, known: AccountFields | None
) -> LeadBuilder:
    """known: the part of the account that the mapping feeds."""
    header, file = job.layout.header, Path(job.file).name
    return LeadBuilder(mapping, header, file=file, columns=readings, known=known)
