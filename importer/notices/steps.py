"""What a person does after a pass: the report's own advice, and commands to copy. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from importer.model import REFUSED, JobState, RowStatus
from importer.notices.words import account_words, listed, plain, sentence
from importer.passes import AccountReport, Fate, FileReport, PassReport
from importer.quoting import Named, quoted_path

MOST_STEPS = 12
MOST_NAMES = 3  # of files that have one advice


@dataclass(slots=True)
class Step:
    """what: for a person. command: "" without one. names: of whom it is about."""

    what: str
    command: str = ""
    names: list[str] = field(default_factory=list)


def step_lines(files: Sequence[FileReport], report: PassReport) -> Iterator[str]:
    """Numbered; the worst first, as the files are given."""
    steps = _merged([*_of_accounts(report.accounts), *_of_files(files, report.journal)])
    for number, step in enumerate(steps[:MOST_STEPS], 1):
        yield f"{number}. {listed(step.names, MOST_NAMES)}: {step.what}"
        if step.command:
            yield f"   {step.command}"
    if len(steps) > MOST_STEPS:
        yield f"and {len(steps) - MOST_STEPS:,} more"
    if any(step.command for step in steps[:MOST_STEPS]):
        yield "(type commands in the folder of importer.toml)"


def _of_accounts(accounts: Sequence[AccountReport]) -> Iterator[Step]:
    for account in accounts:
        if account.stopped and account.fix:
            yield Step(sentence(account.fix), names=[account_words(account.name)])


def _of_files(files: Sequence[FileReport], journal: str) -> Iterator[Step]:
    for file in files:
        if file.fate is Fate.LEFT_ALONE:
            continue
        if file.fix:
            yield Step(sentence(file.fix), names=[plain(file.file)])
        for step in _of_rows(file, journal):
            if step.command not in file.fix:
                yield step


def _of_rows(file: FileReport, journal: str) -> Iterator[Step]:
    """Of the rows of a file that is finished: what is open, the next pass goes on with."""
    job = file.job
    if job is None or job.state is not JobState.FINISHED:
        return
    named = Named(journal=journal or None, account=file.account or None)
    names = [plain(file.file)]
    if any(job.counts.get(status) for status in REFUSED):
        if file.rejects:
            what = f"mend the rows in {plain(file.rejects)}, then:"
            run = f"importer run {quoted_path(file.rejects)}{named.for_calls}"
            yield Step(what, run, names)
        else:
            what = "write the refused rows with their reasons:"
            yield Step(what, f"importer rejects {job.number}{named.for_all}", names)
    if job.counts.get(RowStatus.FAILED):
        retry = f"importer retry {job.number}{named.for_calls}"
        yield Step("send the failed rows again:", retry, names)
    if job.counts.get(RowStatus.IN_DOUBT):
        resolve = f"importer resolve {job.number}{named.for_calls}"
        yield Step("decide on the rows in doubt:", resolve, names)


def _merged(steps: Sequence[Step]) -> list[Step]:
    """One step where several files have the same to be done."""
    found: dict[tuple[str, str], Step] = {}
    for step in steps:
        known = found.setdefault((step.what, step.command), step)
        if known is not step and step.names[0] not in known.names:
            known.names.extend(step.names)
    return list(found.values())
