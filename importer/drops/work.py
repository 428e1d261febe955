"""What a lane does with one task: the report of it, and what no other of the account would fare
better with.

Whatever goes wrong is part of the report, and no exception.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from importer.drops.hand import Hand, Task, ends_all
from importer.drops.turns import Turns
from importer.drops.voice import FileVoice, Lines
from importer.errors import ImporterError
from importer.jobs.session import Options, Session, Stops
from importer.journal.trouble import accounted
from importer.passes import FileReport


@dataclass(frozen=True, slots=True)
class Result:
    """ends: why the account's other files need not be tried. sent: job, and UTC ms since when; None
    where nothing was."""

    report: FileReport
    ends: ImporterError | None = None
    sent: tuple[int, int] | None = None


@dataclass(slots=True)
class Hands:
    """base: with the account's connection. today: where this machine is. on_bug: saves its trace,
    and gives what to tell of it."""

    base: Session
    turns: Turns
    lines: Lines
    stops: Stops
    today: Callable[[], date]
    on_bug: Callable[[Exception], ImporterError]

    def do(self, task: Task, ticket: int) -> Result:
        voice = FileVoice(f"{task.drop.name}/{task.name}", self.lines)
        options = Options(keep_going=task.drop.keep_going, unattended=True)
        with Session(voice, None, options) as session, self.stops.over(session.stop):
            session.begin_as(self.base)
            hand = Hand(session, task, ticket, self.turns, self.today)
            session.turn = hand
            session.made = hand.note
            try:
                with accounted(session.settings.journal.resolve()):
                    report, error = hand.report(), None
            except ImporterError as mendable:
                report, error = hand.failed(mendable), mendable
            except Exception as bug:
                error = self.on_bug(bug)
                report = hand.failed(error)
            finally:
                self.turns.end(ticket)
            sent = None
            if error is None and session.job is not None and session.sent_since is not None:
                sent = (session.job.number, session.sent_since)
            return Result(report, error if error and ends_all(error) else None, sent)
