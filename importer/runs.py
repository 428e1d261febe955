"""What the journal keeps of each run: a command that sends a job's rows, adds its leads to a list,
or deletes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from importer.model import RowStatus


class Work(StrEnum):
    """What a run does."""

    SEND = "send"  # and adds the leads to the job's list; perhaps that alone, with no row to send
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Run:
    """Times in UTC seconds since 1970. ended_at, after: None where it was killed, or is under way.

    limit: calls and seconds, in force at its end; None without one. web: the address of the
    account's web application, without a slash at its end; "" where it is not known. before, after:
    rows of the job by status.
    """

    number: int
    job: int
    work: Work
    started_at: float
    ended_at: float | None
    limit: tuple[int, float] | None
    web: str
    before: Mapping[RowStatus, int]
    after: Mapping[RowStatus, int] | None


def lead_link(web: str, lead_id: object) -> str:
    """The page of a lead in the account; "" where the account's address is not known."""
    return f"{web}/LeadManagement/LeadDetails?LeadID={lead_id}" if web else ""
