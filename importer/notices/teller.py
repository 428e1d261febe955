"""The door of the room: what happens in a pass, told to those who want to know.

Nothing here raises, or waits for longer than `PATIENCE_S` for other machines. What can't be told is
said, with where and how to mend it; of one pass the same only once.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence

from importer.notices import errands, log, metrics, ping, services
from importer.notices.errands import PATIENCE_S, Errand
from importer.notices.summary import Notice, headline, pass_notice, stop_notice
from importer.notices.words import remark
from importer.passes import AccountReport, FileReport, PassReport
from importer.settings import Notices


class Teller:
    """notices: what is wanted. say: for remarks of what could not be told.

    Any method may be called from any of several threads.
    """

    def __init__(
        self,
        notices: Notices,
        say: Callable[[str], None],
        *,
        clock: Callable[[], float] = time.time,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._wanted, self._say = notices, say
        self._clock, self._patience_s = clock, patience_s
        self._lock = threading.Lock()
        self._drops: Sequence[str] = ()
        self._said: set[str] = set()
        self._stops: dict[str, str] = {}

    def began(self, at: float, drops: Sequence[str]) -> None:
        """A pass begins, over the drops of these names."""
        with self._lock:
            self._drops = tuple(drops)
            self._said.clear()
        self._safely(lambda: self._log(log.began(at, drops)))

    def noted(self, report: FileReport) -> None:
        """A file is finished."""
        self._safely(lambda: self._log(log.file_finished(self._clock(), report)))

    def stopped(self, report: AccountReport, *, is_new: bool = True) -> None:
        """An account can't go on: told at once, whatever `when` is. Once that is told, the same is
        not told again before a pass in which the account could go on. is_new: not where the pass
        before had the same to tell."""
        self._safely(lambda: self._log(log.account_stopped(self._clock(), report)))
        if is_new:
            self._safely(lambda: self._tell_stop(report))

    def ended(self, report: PassReport) -> None:
        """The pass ended: the summary by `when`; the ping, the metrics and the log always."""
        with self._lock:
            for account in report.accounts:
                if not account.stopped:
                    self._stops.pop(account.name, None)
        self._safely(lambda: self._log(log.ended(report)))
        self._safely(lambda: self._write_metrics(report))
        self._safely(lambda: self._run(self._errands_at_end(report)))

    def _tell_stop(self, report: AccountReport) -> None:
        with self._lock:
            if self._stops.get(report.name) == report.stopped:
                return
            self._stops[report.name] = report.stopped  # before it is sent: others may be as far
        sent = self._by_services(stop_notice(report))
        if sent and self._run(sent) == len(sent):
            with self._lock:
                self._stops.pop(report.name, None)

    def _errands_at_end(self, report: PassReport) -> list[Errand]:
        found: list[Errand] = []
        if is_wanted(self._wanted.when, report):
            found += self._by_services(pass_notice(report, rows=self._wanted.rows))
        if self._wanted.healthcheck_url:
            found += ping.errands(self._wanted.healthcheck_url, report.exit_code, headline(report))
        return found

    def _by_services(self, notice: Notice) -> list[Errand]:
        return services.errands(self._wanted.urls, notice)

    def _run(self, sent: Sequence[Errand]) -> int:
        """How many did not work."""
        failed = errands.run_all(sent, self._patience_s)
        for errand, what in failed:
            self._remark(
                remark(f"a notice was not sent: {what}", where=errand.where, fix=errand.fix)
            )
        return len(failed)

    def _write_metrics(self, report: PassReport) -> None:
        if self._wanted.metrics_file is not None:
            self._remark(metrics.write(self._wanted.metrics_file, report, self._drops))

    def _log(self, values: Mapping[str, object]) -> None:
        if self._wanted.log_file is not None:
            self._remark(log.append(self._wanted.log_file, values))

    def _remark(self, text: str) -> None:
        """Said, unless it is empty, or was said of this pass."""
        with self._lock:
            is_new = bool(text) and text not in self._said
            self._said.add(text)
        if is_new:
            self._say(text)

    def _safely(self, step: Callable[[], object]) -> None:
        """A bug in telling must not stop what it tells of. Its text may have an address."""
        try:
            step()
        except Exception as bug:
            what = f"a notice was not sent: a bug in the importer, {type(bug).__name__}"
            fix = "tell the importer's makers; the pass itself goes on"
            self._remark(remark(what, where="[notices]", fix=fix))


def is_wanted(when: str, report: PassReport) -> bool:
    """Whether a summary is: `when` of [notices]."""
    match when:
        case "change":
            return report.is_changed
        case "trouble":
            return report.exit_code != 0
    return True
