"""The versions of a job's mapping: which of them a page names, and whose texts it shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from importer.journal.figures import Figures, Version
from importer.journal.job import Job
from importer.journal.journal import Journal

MOST_VERSIONS = 20
MOST_TEXTS = 3  # that differ


@dataclass(frozen=True, slots=True)
class MappingText:
    """numbers: of the versions that have this text; the newest first. text: all of it."""

    numbers: Sequence[int]
    text: str


@dataclass(frozen=True, slots=True)
class Mappings:
    """The one in use is the first; then those are chosen that made most leads. versions: the newest
    first. left_…: how many are not shown."""

    in_use: Version
    versions: Sequence[Version]
    left_versions: int
    texts: Sequence[MappingText]
    left_texts: int


def mappings_of(journal: Journal, job: Job) -> Mappings:
    found = Figures(journal, job).mappings()
    found.sort(key=lambda each: (each.number != job.version, -each.leads, -each.number))
    alike: dict[str, list[int]] = {}
    for each in found:
        alike.setdefault(each.sha256, []).append(each.number)
    groups = [sorted(numbers, reverse=True) for numbers in alike.values()]
    return Mappings(
        in_use=found[0],
        versions=sorted(found[:MOST_VERSIONS], key=lambda each: -each.number),
        left_versions=max(0, len(found) - MOST_VERSIONS),
        texts=[
            MappingText(group, journal.mapping(job, group[0]).text) for group in groups[:MOST_TEXTS]
        ],
        left_texts=max(0, len(groups) - MOST_TEXTS),
    )
