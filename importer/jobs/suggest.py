"""`suggest`: the draft of a mapping, made of a list. No call is made, no file is overwritten."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from importer.errors import SettingsError, SourceError
from importer.intake.leads import LeadBuilder
from importer.intake.mapping import Header, load_mapping
from importer.intake.repair import is_repair
from importer.intake.source.file import Reading, Source
from importer.intake.source.open import FIND_OUT
from importer.intake.suggest.draft import Draft, Head, columns_with_checks, written
from importer.intake.suggest.earlier import read_earlier
from importer.intake.suggest.sampling import look_at
from importer.intake.suggest.suggest import decide, list_checks, make_draft, makes_a_lead
from importer.intake.suggest.target import Target
from importer.jobs.account_fields import cached_fields
from importer.jobs.commands import note_reading, run_command
from importer.jobs.session import Session, counted
from importer.jobs.start import described, header_of, open_list
from importer.jobs.suggest_ask import Choose, ask_fields, ask_treatments, shown_name
from importer.quoting import quoted_path
from importer.shown import SuggestedColumn, Suggestion

FOLDER = Path("mappings")
SCHEMA = "mapping.schema.json"
MOST_NAMES = 10_000  # of a mapping beside others: one of them is free


def suggest_file(
    session: Session,
    file: Path,
    out: Path | None,
    reading: Reading = FIND_OUT,
    choose: Choose | None = None,
    tell: Callable[[Suggestion], None] | None = None,
) -> None:
    """Set session.shown; write the draft to `out`, where it is given. choose: asks a person
    about what is to be checked. tell: of the columns, where
    the draft itself is what is shown.

    Raises SettingsError: `out` is there already, or can't be written. SourceError: the list can't
    be read, has no rows, or needs no mapping.
    """
    if out is not None:
        _refuse_taken(out)
    source = open_list(session, file, reading)
    _refuse_repair(session, source)
    note_reading(session, reading)
    columns, rows = look_at(
        source, reading, lambda: session.stop.check("run the same command again")
    )
    source.release()
    if not rows:
        raise SourceError(
            "the list has no rows below its header, so that nothing tells what its columns hold",
            where=str(file),
            fix="give a list with some rows",
        )
    known = cached_fields(session)
    target = Target(known)
    folders = [FOLDER, out.parent] if out else [FOLDER]
    names = [column.name for column in columns]
    decisions = decide(columns, target, read_earlier(folders, names))
    if choose is not None:
        ask_fields(make_draft(columns, decisions, target), target, choose)
    draft = make_draft(columns, decisions, target)
    if choose is not None:
        ask_treatments(draft, choose)
    checks = list_checks(source.header, decisions)
    commands = [*_next_commands(session, source, out, reading)]
    about = f"Drafted by importer suggest from {source.path.name} ({counted(rows, 'row')})."
    text = written(draft, Head(_schema(out), about, commands, checks))
    _check(text, header_of(source), draft)
    if out is not None:
        _write(out, text)
    for check in checks:
        session.voice.say(f"warning: {check}")
    session.shown = shown = Suggestion(
        file=str(source.path.resolve()),
        name=source.path.name,
        found=described(source),
        columns=_shown(draft),
        missing=[each.name for each in draft.missing],
        checks=checks,
        text=text,
        mapping=str(out.resolve()) if out else None,
        is_known=known is not None,
        commands=commands,
    )
    if out is None and tell is not None:
        tell(shown)


def _refuse_repair(session: Session, source: Source) -> None:
    if is_repair(source.header):
        path = str(source.path)
        raise SourceError(
            "this is a reject file: it needs no mapping",
            where=path,
            fix=f"run it: importer run {quoted_path(path)}{session.named.for_calls}",
        )


# The file


def _refuse_taken(out: Path) -> None:
    if not out.name:
        raise SettingsError(
            "-o names no file to write the mapping to",
            where=f'-o "{out}"',
            fix=f"name one: -o {FOLDER / 'leads.yaml'}",
        )
    above = next((each for each in out.parents if each.exists()), None)
    if above is not None and not above.is_dir():
        raise SettingsError(
            f'the mapping can\'t be written: "{above}" is a file, and no folder',
            where=str(out),
            fix=f"name a file in a folder: -o {quoted_path(str(FOLDER / out.name))}",
        )
    if out.exists() or out.is_symlink():
        raise SettingsError(
            "there is a file of that name already, and it is not overwritten",
            where=str(out),
            fix=f"name another: -o {quoted_path(str(_free(out)))}",
        )


def _free(out: Path) -> Path:
    names = (out.with_name(f"{out.stem}-{number}{out.suffix}") for number in range(2, MOST_NAMES))
    return next((name for name in names if not name.exists()), out.with_name("draft.yaml"))


def _write(out: Path, text: str) -> None:
    """Raises SettingsError."""
    _refuse_taken(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise SettingsError(
            f"the mapping can't be written: {error.strerror or error}",
            where=str(out),
            fix="name a file in a folder that you may write to, with -o",
        ) from error


def _schema(out: Path | None) -> str:
    """The path of the JSON Schema from the draft's folder; "" where none is near."""
    if out is None:
        return ""
    for folder in (out.parent, FOLDER):
        if (folder / SCHEMA).is_file():
            path = os.path.relpath((folder / SCHEMA).resolve(), out.parent.resolve())
            return Path(path).as_posix()
    return ""


def _next_commands(
    session: Session, source: Source, out: Path | None, reading: Reading
) -> Iterator[str]:
    mapping = out or FOLDER / f"{source.path.name.split('.')[0]}.yaml"
    run = run_command(session, str(source.path), str(mapping), reading.sheet)
    yield run.replace("importer run", "importer preview", 1)
    yield run


def _check(text: str, header: Header, draft: Draft) -> None:
    """Whether it is a mapping for the file. Raises MappingError, where it is not: a bug of ours."""
    probe = text
    if not makes_a_lead(draft.decisions):
        probe += "\nconstants: {FirstName: probe}\n"
    mapping = load_mapping(probe, name="the draft", header=header)
    LeadBuilder(mapping, header.cells, file=header.file)


# What is shown


def _shown(draft: Draft) -> list[SuggestedColumn]:
    open_checks = columns_with_checks(draft)
    return [
        SuggestedColumn(
            column=decision.column.name,
            field=shown_name(decision.field),
            confidence=round(decision.confidence, 2) if decision.field else 0.0,
            sure=not open_checks[place],
            reason=_reason(decision.why, open_checks[place]),
            transforms=[str(name) for name in treatment.entry.get("transform", ())],  # type: ignore[attr-defined]
        )
        for place, (decision, treatment) in enumerate(
            zip(draft.decisions, draft.treatments, strict=True)
        )
    ]


def _reason(why: str, checks: Sequence[str]) -> str:
    """What speaks for it, once."""
    return "; ".join([each for each in (why, *checks) if each and not each.endswith(f": {why}")])
