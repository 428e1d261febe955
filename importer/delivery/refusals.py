"""The first rows of a job, all refused alike: the list, its mapping or the account is wrong. Pure.

A day's quota is some ten thousand calls; a list that no row of is accepted should not take them.
"""

from importer.delivery import replies
from importer.delivery.replies import Verdict
from importer.errors import ApiError

MOST_ALIKE = 20  # calls, of the 10,000 of the smallest day's quota (rate-limits)


class FirstRefusals:
    """Counts the rows that were rejected with one code, until any other end comes.

    is_on: not where the job has accepted rows already. Duplicates count for nothing: a list of
    people who are all there already is right. Nor do calls that did not end their row.
    """

    def __init__(self, *, is_on: bool) -> None:
        self._is_on = is_on
        self._first: replies.Rejected | None = None
        self._count = 0

    @property
    def alike(self) -> replies.Rejected | None:
        """The refusal, once there are enough of it; the first of them."""
        return self._first if self._is_on and self._count >= MOST_ALIKE else None

    def note(self, verdict: Verdict) -> None:
        match verdict:
            case replies.Created():
                self._is_on = False
            case replies.Rejected(code):
                self._first = self._first or verdict
                self._count += 1
                self._is_on = self._is_on and code == self._first.code


def refused_alike(refusal: replies.Rejected) -> ApiError:
    """Who knows the job names the commands that go on."""
    words = refusal.message.rstrip(" .")
    what = f"the first {MOST_ALIKE} rows were all refused alike, so the rest was not sent"
    failure = ApiError(
        f"{what}: {refusal.code}, {words}",
        fix="correct the mapping, or what is set in the account",
        plain=f"{what}: {refusal.code}",
    )
    failure.names_field = failure.is_of_rows = True
    return failure
