"""A job's leads are added to a static list of the account, once no row of it is left to send.

Which list: the one that --list named last for the job, else the mapping's `list`. It is looked for
before a row is sent, so that one that takes no leads ends the run early; it is made when there is a
lead to add. Rows are noted as added after the account has said so: after a kill the rest is added,
and perhaps some once more, which changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from uuid import UUID

from importer.delivery.ask import kept_at
from importer.delivery.connection import Connection
from importer.delivery.lists import LEADS_A_CALL, is_same_name
from importer.errors import ApiError, InterruptedRunError, ResumableError, SettingsError
from importer.intake.list_name import FIX, is_list_name, list_name
from importer.intake.mapping import Mapping, load_mapping
from importer.jobs.commands import command
from importer.jobs.list_calls import ListCalls, Refusal
from importer.jobs.recorded import recorded
from importer.jobs.session import Session, counted, now_ms
from importer.jobs.there import There
from importer.journal.audit import Numbers
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.lists import StaticList, StaticLists
from importer.journal.rows import Rows
from importer.model import JobState
from importer.runs import Work
from importer.steps import Unlisted

# What `ask` says of a call that no answer came to, and of one that is refused: not all of it here.
ASK_AGAIN, THEN_AGAIN = "nothing was changed", "; then run the same command again"
NOT_FOUND = ("in the account before, and not found there by the value that was taken", "")
PAGE = 1_000  # rows read at a time
TOLD_EVERY = 10_000  # leads: some 80 s at 25 calls in 5 s


def check_list_name(session: Session) -> None:
    """Raises SettingsError: no list can have the name that --list gives."""
    name = session.options.list_name
    if name is not None and not is_list_name(name):
        raise SettingsError(f'no list can have the name "{name}"', where="--list", fix=FIX)


def calls_for(leads: int) -> int:
    """That it takes to add so many."""
    return -(-leads // LEADS_A_CALL)


@dataclass(slots=True)
class Added:
    """What became of leads, and of rows: refused, by the vendor's words."""

    leads: int = 0
    rows: int = 0
    refused: dict[Refusal, Numbers] = field(default_factory=lambda: defaultdict(Numbers))
    is_made: bool = False

    @property
    def refused_rows(self) -> int:
        return sum(numbers.total for numbers in self.refused.values())


class Enlistment:
    """Of the session's job, to one list. asked: --list names it now."""

    def __init__(
        self, session: Session, connection: Connection, job: Job, mapping: Mapping, name: str
    ) -> None:
        self._session = session
        self._job = job
        self._mapping = mapping
        self._lists = StaticLists(session.journal, job)
        self.asked = session.options.list_name is not None
        self.list = self._lists.named(name)
        rows = Rows(session.journal, job)
        begin = kept_at(rows, 0, now_ms, connection.ahead_ms)
        self._there = There(connection, session.stop.sleep, rows, self._lists)
        self._calls = ListCalls(connection, session.stop.sleep, begin)
        self._earlier: UUID | None = None  # the list's Id, as an earlier run has used it
        self._added = Added()

    @property
    def name(self) -> str:
        return self.list.name

    def left(self) -> int:
        """Rows whose lead is to be added."""
        return self._lists.count_left(self.list.number, others=self._mapping.skips_duplicates)

    # Before a row is sent

    def find(self) -> None:
        """Look whether the account has the list, and keep in the journal that it is used.

        Raises SettingsError: it can take no leads, or the account lets no list be used.
        ResumableError: no answer came.
        """
        try:
            found = self._calls.find(self.name)
        except ApiError as error:
            raise self._unusable(
                f'the list "{self.name}" can\'t be used: {error.what}',
                "use the keys of a user who may see and change lists, such as an administrator",
            ) from error
        if found is not None and not found.is_static:
            raise self._unusable(
                f'the list "{found.name.strip()}" is {found.kind}: LeadSquared fills it itself, and'
                " nothing else adds leads to it",
                "name a static one, or a new one, which is made",
            )
        with self._session.journal.transaction():
            self.list = self._lists.note(self.name, asked=self.asked)
            self._earlier = self.list.list_id
            self._use(None if found is None else found.list_id)

    def _unusable(self, what: str, fix: str) -> SettingsError:
        if self.asked:
            where, other = "--list", "leave --list out"
        elif is_same_name(self.name, self._mapping.list_name):
            where, other = f"list: in {self._mapping.name}", "leave list: out of the mapping"
        else:
            where = f"--list, of an earlier run of job {self._job.number}"
            other = "name another with --list"
        return SettingsError(what, where=where, fix=f"{fix}; or {other}; no row was sent now")

    def announcement(self, rows: int) -> str:
        """rows: that are to be sent. `find` was called before."""
        calls = counted(calls_for(rows + self.left()), "more call")
        return f'to be added to the list "{self.name}", which takes {calls} or so'

    def _use(self, list_id: UUID | None) -> None:
        """Inside a transaction."""
        if self.list.list_id != list_id:
            self._lists.set_id(self.list.number, list_id)
            self.list = StaticList(self.list.number, self.name, list_id)

    # After it

    def add(self) -> int:
        """Add what is not added yet, say so, and give the rows whose lead was refused. `find` was
        called before.

        Raises ApiError: the account takes none. ResumableError: not all are added.
        """
        try:
            self._add_all()
        except (ApiError, ResumableError) as error:
            raise self._with_rest(error) from error
        finally:
            self._session.listed = self._object()
        for line in self._lines():
            self._session.voice.say(line)
        return self._added.refused_rows

    def _add_all(self) -> None:
        total = self.left()
        if not total:
            return
        if total > PAGE:
            self._session.voice.say(f"adding {counted(total, 'lead')} to the list; Ctrl-C ends it")
        if self._mapping.skips_duplicates:
            self._find_there()
        for page in self._pages():
            leads = [*page.items()]
            for start in range(0, len(leads), LEADS_A_CALL):
                self._add(dict(leads[start : start + LEADS_A_CALL]))

    def _find_there(self) -> None:
        try:
            self._there.find_all()
        except ApiError as error:
            self._session.voice.say(
                "warning: who was in the account before could not be looked up, and is not added:"
                f" {error.what}"
            )
        if self._there.unfound.total:
            self._added.refused[NOT_FOUND] = self._there.unfound

    def _pages(self) -> Iterator[dict[UUID, list[int]]]:
        """Leads, each with its rows; several may have the same."""
        after, others = 0, self._mapping.skips_duplicates
        while rows := self._lists.left(self.list.number, after, PAGE, others=others):
            leads: dict[UUID, list[int]] = defaultdict(list)
            for number, lead_id in rows:
                leads[lead_id].append(number)
            yield leads
            after = rows[-1][0]

    def _add(self, leads: dict[UUID, list[int]]) -> None:
        self._session.stop.check("")
        refused = self._calls.add(self.list.list_id or self._made(), [*leads])
        taken = [number for each, rows in leads.items() if each not in refused for number in rows]
        with self._session.journal.transaction():
            self._lists.note_listed(self.list.number, taken)
        for each, refusal in refused.items():
            for number in leads[each]:
                self._added.refused[refusal].add(number)
        before = self._added.leads
        self._added.leads += len(leads) - len(refused)
        self._added.rows += len(taken)
        if before // TOLD_EVERY < self._added.leads // TOLD_EVERY:
            self._session.voice.say(f"{counted(self._added.leads, 'lead')} added to the list")

    def _made(self) -> UUID:
        """A list that another has made meanwhile, or a killed run of ours, is used as it is."""
        list_id = self._calls.make(self.name)
        self._added.is_made = list_id is not None
        list_id = list_id or self._shown() or self._earlier
        if list_id is None:
            raise ApiError(
                f'the account has a list "{self.name}" already, and does not show it as one that'
                " takes leads",
                fix="name another list with --list",
            )
        with self._session.journal.transaction():
            self._use(list_id)
        return list_id

    def _shown(self) -> UUID | None:
        found = self._calls.find(self.name) or self._calls.find(self.name, in_all=True)
        return found.list_id if found is not None and found.is_static else None

    # What is said

    def _with_rest(self, error: ApiError | ResumableError) -> ApiError | ResumableError:
        """With what is still to be done, and how."""
        left, retry = self.left(), command(self._session, "retry", self._job.number)
        what = f'{error.what}; still to be added to the list "{self.name}": {counted(left, "row")}'
        rest = "it adds the rest, and sends no row twice"
        again = f"run the same command again, or: {retry}; {rest}"
        signal = self._session.stop.signal
        if isinstance(error, InterruptedRunError) and signal is not None:
            return InterruptedRunError(signal, what, fix=again)
        if isinstance(error, ResumableError):
            fix = f"{error.fix}; {rest}" if error.fix and ASK_AGAIN not in error.fix else again
            return ResumableError(what, where=error.where, fix=fix)
        way = (error.fix or "").removesuffix(THEN_AGAIN)
        plain = f"{error.plain}; {left:,} still to be added"
        told = ApiError(what, where=error.where, fix=f"{way}; then {again}", plain=plain)
        told.is_of_rows = True  # other lists of people may be taken
        return told

    def _lines(self) -> Iterator[str]:
        added = self._added
        made = ", which was made" if added.is_made else ""
        refused = f", {added.refused_rows:,} refused" if added.refused else ""
        yield f'list "{self.name}"{made}: {counted(added.leads, "lead")} added{refused}'
        for (code, words), numbers in added.refused.items():
            said = f"{code}, {words}" if words and not self._session.options.unattended else code
            yield f'not added to the list "{self.name}": {numbers}: {said}'
        if added.refused:
            again = command(self._session, "retry", self._job.number)
            yield f"see whether these leads are still in the account; {again} adds them again"

    def _object(self) -> dict[str, object]:
        """For scripts. added, refused: leads, and rows, of this run."""
        list_id = self.list.list_id
        return {
            "name": self.name,
            "id": None if list_id is None else str(list_id),
            "added": self._added.leads,
            "refused": self._added.refused_rows,
        }


def _own_mapping(journal: Journal, job: Job) -> Mapping:
    """The one that the job uses."""
    stored = journal.mapping(job)
    return load_mapping(stored.text, name=str(stored.name))


def list_of(journal: Journal, job: Job, mapping: Mapping) -> str:
    """The one that --list named last, else the mapping's; "" where there is none."""
    asked = StaticLists(journal, job).last_asked()
    return asked.name if asked else mapping.list_name


def calls_to_add(journal: Journal, job: Job, rows: int = 0, mapping: Mapping | None = None) -> int:
    """Of a run by that mapping, else by the job's own: for the leads of the job that are not on its
    list, and for so many rows besides; 0 without a list."""
    mapping = mapping or _own_mapping(journal, job)
    name = list_of(journal, job, mapping)
    if not name:
        return 0
    lists = StaticLists(journal, job)
    number, others = lists.named(name).number, mapping.skips_duplicates
    return calls_for(rows + lists.count_left(number, others=others))


def enlistment(session: Session, connection: Connection) -> Enlistment | None:
    """None where no list is asked for. No call is made."""
    job = session.job
    assert job is not None, "there is a job"
    mapping = _own_mapping(session.journal, job)
    named = session.options.list_name
    name = list_of(session.journal, job, mapping) if named is None else list_name(named)
    is_other = mapping.list_name and not is_same_name(mapping.list_name, name)
    if named is None and is_other:
        session.voice.say(
            f'the list of this job is "{name}", as --list named it, and not "{mapping.list_name}"'
            " of the mapping"
        )
    return Enlistment(session, connection, job, mapping, name) if name else None


def add_rest(session: Session, connection: Connection) -> int:
    """Of a job without a row to send: add the leads that are not on its list yet, if it has one;
    gives the rows whose lead was refused. Where there is one to add, it is a run of the job.

    Raises SettingsError, ApiError, ResumableError.
    """
    job, wanted = session.job, enlistment(session, connection)
    if job is None or wanted is None or not (wanted.asked or wanted.left()):
        return 0
    wanted.find()
    kept = recorded(session, job, connection, Work.SEND) if wanted.left() else nullcontext()
    with kept:
        return wanted.add()


def unlisted_of(journal: Journal, job: Job) -> Unlisted | None:
    """None where no list was ever used for the job, or where rows of it are open."""
    lists = StaticLists(journal, job)
    used = lists.last_asked() or lists.last_noted()
    if used is None or job.state is not JobState.FINISHED:
        return None
    others = _own_mapping(journal, job).skips_duplicates
    return Unlisted(used.name, lists.count_left(used.number, others=others))


def refused_words(session: Session) -> str:
    """ "" where no lead was refused; what a pass over a folder tells of it."""
    listed = session.listed
    if not listed or not listed["refused"]:
        return ""
    return f'rows whose lead was not added to the list "{listed["name"]}": {listed["refused"]}'
