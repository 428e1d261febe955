"""Do the journal and the account tell the same, and what of the promises is broken?

In: journals that no process uses, and the sandbox's ledger: each lead that Lead.Create made, with
the sha256 of the body that made it. Out: a `Verdict`. A row is known in the ledger by the body that
it sends, so that any list can be judged; what the importer says of a row is never taken for proof.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from importer.delivery.leadsquared import create_request
from importer.delivery.stamps import OWN_STAMP
from importer.jobs.recipes import Builders
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.rows import JournalRow, Rows
from importer.model import ACCEPTED, OPEN, JobState, Lead, RowStatus

Ledger = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Rows, but for `twice`, which counts leads too many.

    lost: in no journal, still open, or `created` with an Id that the account never had. told
    wrongly: `created` with another row's lead, or refused, failed or waiting though the lead is
    there. needless: in doubt though the account has the lead. protected: in doubt though a unique
    field or a unique stamp would have settled it.
    """

    rows: int
    lost: int = 0
    twice: int = 0
    told_wrongly: int = 0
    in_doubt: int = 0
    needless: int = 0
    protected: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what it sends: the sha256 of its body; "" where it makes no lead."""

    row: JournalRow
    body: str
    is_protected: bool


def judge(journals: Iterable[Path], ledger: Ledger, rows: int) -> Verdict:
    """rows: how many the lists have, of those that are stored whole in the journals."""
    found = [each for path in journals for each in _rows_of(path)]
    made: dict[str, set[str]] = defaultdict(set)
    for lead in ledger:
        made[lead["body"]].add(lead["id"])
    by_body: dict[str, list[Judged]] = defaultdict(list)
    for each in found:
        by_body[each.body].append(each)
    open_rows = sum(each.row.status in OPEN for each in found)
    never_there, of_another = _wrong_ids(found, made, {lead["id"] for lead in ledger})
    # Leads that no row asks for are somebody else's.
    unheld = {body: _unheld(by_body[body], ids) for body, ids in made.items() if body in by_body}
    doubtful = [each for each in found if each.row.status is RowStatus.IN_DOUBT]
    return Verdict(
        rows=rows,
        lost=max(0, rows - len(found)) + open_rows + never_there,
        twice=sum(max(0, len(ids) - 1) for body, ids in made.items() if body in by_body),
        told_wrongly=of_another
        + sum(n for body, n in unheld.items() if not _is_explained(by_body[body])),
        in_doubt=len(doubtful),
        needless=sum(
            min(n, sum(each.body == body for each in doubtful)) for body, n in unheld.items()
        ),
        protected=sum(each.is_protected for each in doubtful),
    )


def _rows_of(path: Path) -> Iterator[Judged]:
    with closing(Journal(path)) as journal:
        for job in journal.jobs():
            if job.state is not JobState.PURGED:
                yield from _of_job(journal, job)


def _of_job(journal: Journal, job: Job) -> Iterator[Judged]:
    builders = Builders(journal, job)
    for row in Rows(journal, job).all():
        lead = builders.build(row)
        if isinstance(lead, Lead):
            body = create_request(lead).body or b""
            yield Judged(
                row,
                hashlib.sha256(body).hexdigest(),
                lead.is_protected,
            )
        else:
            yield Judged(row, "", False)


def _wrong_ids(
    found: Iterable[Judged], made: Mapping[str, set[str]], known: set[str]
) -> tuple[int, int]:
    """Accepted rows whose Id the account never had, and those whose Id is another row's."""
    never = other = 0
    for each in found:
        if each.row.status not in ACCEPTED or str(each.row.lead_id) in made.get(each.body, ()):
            continue
        if str(each.row.lead_id) in known:
            other += 1
        else:
            never += 1
    return never, other


def _unheld(rows: Iterable[Judged], ids: set[str]) -> int:
    """1 where a lead is there that none of its rows says to have; what is there twice is counted
    apart."""
    held = {str(each.row.lead_id) for each in rows if each.row.status in ACCEPTED}
    return int(held.isdisjoint(ids))


def _is_explained(rows: Iterable[Judged]) -> bool:
    """Whether one of them says that its lead may be there."""
    return any(
        each.row.status in (RowStatus.IN_DOUBT, RowStatus.SENDING) or each.row.code == OWN_STAMP
        for each in rows
    )
